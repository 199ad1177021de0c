//! The boundary of a page: its data, and what stands there when it could not be read.

use super::problem::problem;
use super::read::{self, Answer, PageRead};
use crate::dom::kept::Kept;
use crate::layout::navigation::Navigator;
use crate::layout::refresh::Refresh;
use domain::form::UiError;
use leptos::either::Either;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use serde::{Deserialize, Serialize};
use std::pin::Pin;
use std::sync::Arc;

/// Reads the page's data and shows it.
///
/// The view is drawn once for each path, with the data as a signal: when the data is read anew, because of another
/// query or after a change, what is on the screen stays and only what differs changes. What could not be read is
/// replaced by a page that says why, with the status that fits.
///
/// Types end here: there is one resource, of JSON, for all pages, where Leptos' own way is one for each. That is a
/// third of the code that the browser gets.
#[component]
pub(crate) fn Loaded<F, R, V>(
    /// The server function with its arguments; it is read again whenever they change.
    read: R,
    /// The page.
    view: V,
) -> impl IntoView
where
    F: PageRead,
    R: Fn() -> F + Clone + Send + Sync + 'static,
    V: Fn(Memo<F::Output>) -> AnyView + Send + Sync + 'static,
{
    let address = {
        let read = read.clone();
        Box::new(move || read::address(&read()))
    };
    #[cfg(feature = "ssr")]
    let fetch: Fetch = Arc::new(move |_| Box::pin(read::answer(read())));
    #[cfg(not(feature = "ssr"))]
    let fetch: Fetch =
        Arc::new(|address| Box::pin(SendWrapper::new(async move { crate::dom::fetch::get(&address).await })));
    boundary(
        address,
        fetch,
        Box::new(move |json| {
            let first = parse::<F>(&untrack(|| json.get()))?;
            let data = Memo::new(move |shown: Option<&F::Output>| {
                parse::<F>(&json.get())
                    .ok()
                    .or_else(|| shown.cloned())
                    .unwrap_or_else(|| first.clone())
            });
            Ok(view(data))
        }),
    )
}

type Fetch = Arc<dyn Fn(String) -> Pin<Box<dyn Future<Output = Answer> + Send>> + Send + Sync>;
type Draw = Box<dyn Fn(Memo<String>) -> Result<AnyView, UiError> + Send + Sync>;

fn parse<F: PageRead>(json: &str) -> Result<F::Output, UiError> {
    serde_json::from_str(json).map_err(|_| super::outdated())
}

/// What was read, under which address, and for the page of which path.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
struct Fetched {
    path: String,
    address: String,
    answer: Answer,
}

/// What is to be drawn: a page anew for each path, or a problem.
#[derive(Clone, PartialEq)]
enum Phase {
    Waiting,
    Page(String),
    Problem(UiError),
}

/// Whether this runs in the browser, where there is a page to look at.
const IN_BROWSER: bool = !cfg!(feature = "ssr");

/// What comes next on the screen. `shown` is the address of the data that is there.
fn phase(fetched: Option<Fetched>, before: Option<&Phase>, shown: StoredValue<String>) -> Phase {
    match (fetched, before) {
        (None, _) => Phase::Waiting,
        (
            Some(Fetched {
                path,
                address,
                answer: Ok(_),
            }),
            _,
        ) => {
            shown.set_value(address);
            Phase::Page(path)
        }
        // A server that is away for a moment takes no page away from whoever reads it, or types in it.
        (
            Some(Fetched {
                address,
                answer: Err(error),
                ..
            }),
            Some(page @ Phase::Page(_)),
        ) if error.is_passing() && shown.with_value(|shown| *shown == address) => page.clone(),
        (Some(Fetched { answer: Err(error), .. }), _) => Phase::Problem(error),
    }
}

/// When new data has come for the page that is on the screen, what somebody has begun there goes on.
fn keep_what_was_begun(fetched: Resource<Fetched>, kept: StoredValue<Option<SendWrapper<Kept>>>) {
    let shown = StoredValue::new(String::new());
    Effect::new(move |_| {
        let Some(path) = fetched.with(|fetched| fetched.as_ref().map(|fetched| fetched.path.clone())) else {
            return;
        };
        let same_page = shown.with_value(|shown| *shown == path);
        shown.set_value(path);
        if let Some(kept) = kept.try_update_value(Option::take).flatten().filter(|_| same_page) {
            request_animation_frame(move || kept.take().restore());
        }
    });
}

/// What is to be drawn, and to be drawn anew when it changes.
///
/// On the server, where nothing is drawn twice, it is read from the resource each time: a memo is told of the data by
/// another thread, perhaps only after the page that waited for the data was rendered, and that page would be empty.
fn phase_of(fetched: Resource<Fetched>) -> Signal<Phase> {
    let shown = StoredValue::new(String::new());
    if IN_BROWSER {
        Memo::new(move |before: Option<&Phase>| phase(fetched.get(), before, shown)).into()
    } else {
        Signal::derive(move || phase(fetched.get(), None, shown))
    }
}

fn boundary(address: Box<dyn Fn() -> String + Send + Sync>, fetch: Fetch, draw: Draw) -> AnyView {
    let navigator = Navigator::of_context();
    let refresh = Refresh::of_context();
    let kept = StoredValue::new(None);
    let fetched = Resource::new(
        move || (address(), refresh.times()),
        move |(address, _)| {
            let path = untrack(|| navigator.path());
            if IN_BROWSER {
                refresh.reads();
            }
            let answer = fetch(address.clone());
            async move {
                let answer = answer.await;
                if IN_BROWSER {
                    // The page is still as it was.
                    kept.try_set_value(Some(SendWrapper::new(Kept::now())));
                }
                Fetched { path, address, answer }
            }
        },
    );
    keep_what_was_begun(fetched, kept);
    let draw = StoredValue::new(draw);
    view! {
        <Transition>
            {
                let phase = phase_of(fetched);
                let json = Memo::new(move |shown: Option<&String>| match fetched.get() {
                    Some(Fetched { answer: Ok(json), .. }) => json,
                    _ => shown.cloned().unwrap_or_default(),
                });
                let mut even = false;
                move || {
                    let view = match phase.get() {
                        Phase::Waiting => None,
                        Phase::Page(_) => Some(draw.with_value(|draw| draw(json)).unwrap_or_else(problem)),
                        Phase::Problem(error) => Some(problem(error)),
                    };
                    // Another page must not grow out of the elements of the last one, with what was typed in them.
                    even = !even;
                    if even { Either::Left(view) } else { Either::Right(view) }
                }
            }
        </Transition>
    }
    .into_any()
}
