//! "Why can X push here?": sentences from the permission table.

use crate::dom::focus;
use domain::permission::{Why, WhyAnswer};
use leptos::prelude::*;

/// The id of the heading of the answers about somebody.
const HEADING: &str = "why";

/// The answers about somebody whom the address names; nothing where it names nobody.
pub(crate) fn why_panel(why: impl Fn() -> Option<Why> + Send + Sync + 'static) -> AnyView {
    let why = Memo::new(move |_| why());
    let person = Memo::new(move |_| why.with(|why| why.as_ref().map(|why| why.person.clone())));
    view! { {move || person.get().map(|name| panel(&name, why))} }.into_any()
}

/// It is drawn anew for somebody else only: what others change must not take the focus.
fn panel(name: &str, why: Memo<Option<Why>>) -> AnyView {
    // Whoever asked reads on there.
    Effect::new(move |_| focus::by_id(HEADING));
    view! {
        <section class="panel" aria-labelledby=HEADING>
            <h2 class="panel-title" id=HEADING tabindex="-1">{format!("Why can {name} push here?")}</h2>
            {move || why.get().map(told)}
        </section>
    }
    .into_any()
}

fn told(why: Why) -> AnyView {
    let note = (!why.note.is_empty()).then(|| view! { <p class="quiet">{why.note}</p> }.into_any());
    view! { {answers(why.answers)} {note} }.into_any()
}

/// The answers about a key of a list, to be opened; `id` keeps them open when the row is drawn anew.
pub(crate) fn why_key(id: String, why: Vec<WhyAnswer>) -> AnyView {
    view! {
        <details class="disclosure" id=id>
            <summary class="disclosure-summary">"Why can this key push?"</summary>
            {answers(why)}
        </details>
    }
    .into_any()
}

fn answers(answers: Vec<WhyAnswer>) -> AnyView {
    let items: Vec<AnyView> = answers
        .into_iter()
        .map(|answer| {
            let (class, word) = if answer.allowed {
                ("badge badge-success", "Yes")
            } else {
                ("badge badge-error", "No")
            };
            view! { <li><span class=class>{word}</span> " " {answer.sentence}</li> }.into_any()
        })
        .collect();
    view! { <ul class="answers" role="list">{items}</ul> }.into_any()
}
