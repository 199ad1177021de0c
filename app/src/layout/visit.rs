//! What a page knows beside its data: who looks at it, what came of a form sent without script, a few facts of the site.

use crate::error::Failure;
use domain::form::{Done, Outcome};
use domain::session::Viewer;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};

/// The facts that the server sends along with the first page, so that both sides render it alike.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Facts {
    /// Who is signed in.
    pub(crate) viewer: Option<Viewer>,
    /// What came of the form that led here.
    pub(crate) outcome: Option<Outcome>,
    /// The address that users see, without a slash at its end.
    pub(crate) public_url: String,
    /// The address of the icon sprite.
    pub(crate) icons: String,
}

/// A visit, from the first page to the last.
#[derive(Clone, Copy)]
pub(crate) struct Visit {
    viewer: RwSignal<Option<Viewer>>,
    outcome: StoredValue<Option<Outcome>>,
    public_url: StoredValue<String>,
    icons: StoredValue<String>,
    live: RwSignal<bool>,
}

impl Visit {
    /// Begins the visit with what the server knows, and provides it to all components.
    pub(crate) fn provide() -> Self {
        let facts = SharedValue::new(facts).into_inner();
        let visit = Self {
            viewer: RwSignal::new(facts.viewer),
            outcome: StoredValue::new(facts.outcome),
            public_url: StoredValue::new(facts.public_url),
            icons: StoredValue::new(facts.icons),
            live: RwSignal::new(false),
        };
        provide_context(visit);
        visit
    }

    /// The visit that this component is part of.
    pub(crate) fn of_context() -> Self {
        expect_context()
    }

    /// Who is signed in, now and later.
    pub(crate) fn viewer(self) -> Signal<Option<Viewer>> {
        self.viewer.into()
    }

    /// Asks the server again who is signed in, and how many notifications wait.
    pub(crate) fn refresh_viewer(self) {
        leptos::task::spawn_local(async move {
            if let Ok(answer) = crate::dom::fetch::get(ReadViewer::PATH).await
                && let Ok(viewer) = serde_json::from_str(&answer)
            {
                self.viewer.try_set(viewer);
            }
        });
    }

    /// What came of a form of this address, sent without script just before this page.
    pub(crate) fn outcome_of(self, action: &str, form: &str) -> Option<Outcome> {
        self.outcome.with_value(|outcome| {
            outcome
                .as_ref()
                .filter(|outcome| outcome.action == action && outcome.form == form)
                .cloned()
        })
    }

    /// What a form of this address did, sent without script just before this page, whichever of equal forms it was: for
    /// what stays on the page when the form itself is gone.
    pub(crate) fn done_by(self, action: &str) -> Option<Done> {
        self.outcome.with_value(|outcome| {
            let outcome = outcome.as_ref().filter(|outcome| outcome.action == action)?;
            outcome.result.clone().ok()
        })
    }

    /// The sentence that the outcome announces.
    pub(crate) fn outcome_message(self) -> String {
        self.outcome
            .with_value(|outcome| match outcome.as_ref().map(|outcome| &outcome.result) {
                Some(Ok(done)) => done.message.clone(),
                Some(Err(error)) => error.message.clone(),
                None => String::new(),
            })
    }

    /// The address of this site as users see it, without a slash at its end.
    pub(crate) fn public_url(self) -> String {
        self.public_url.get_value()
    }

    /// The address of the icon sprite.
    pub(crate) fn icons(self) -> String {
        self.icons.get_value()
    }

    /// Whether the page is live: script may improve now what was rendered.
    pub(crate) fn live(self) -> Signal<bool> {
        self.live.into()
    }

    /// Notes that the page is live. The outcome has been shown by then; a form of the same address on a later page must
    /// not show it again.
    pub(crate) fn went_live(self) {
        self.outcome.set_value(None);
        self.live.set(true);
    }
}

/// On the server, what is known of the request; in the browser this is not run, the server's answer is read.
fn facts() -> Facts {
    #[cfg(feature = "ssr")]
    {
        let icons = super::assets::SiteAssets::of_context().address("icons.svg");
        crate::backend::request::facts(icons)
    }
    #[cfg(not(feature = "ssr"))]
    Facts::default()
}

/// Who is signed in.
#[server(prefix = "/rpc", endpoint = "/session/viewer", input = GetUrl)]
pub(crate) async fn read_viewer() -> Result<Option<Viewer>, Failure> {
    Ok(crate::backend::request::viewer())
}
