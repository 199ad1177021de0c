//! The region "Off-boarding summary of {user}": what became of the rights of somebody who was removed.

use crate::api_keys::new_key::{NewKey, NewKeyValue};
use crate::api_keys::regenerate::regenerate_button;
use crate::ui::rows::rows;
use domain::member::{KnownKey, MembersPage, Offboarding};
use leptos::prelude::*;

/// The id of the region's heading.
const ID: &str = "off-boarding";

/// The region, while the address asks for it, and the value of a key that was regenerated in it.
#[component]
pub(super) fn OffboardingSummary(
    /// The page's data.
    data: Memo<MembersPage>,
) -> impl IntoView {
    let new_key = NewKey::of_page();
    let summary = Memo::new(move |_| data.with(|page| page.offboarding.clone()));
    let of = Memo::new(move |_| summary.with(|summary| summary.as_ref().map(|summary| summary.member.clone())));
    // Whoever has just removed somebody reads on here; whoever opens the address, at the top of the page.
    Effect::new(move |before: Option<Option<String>>| {
        let now = of.get();
        if now.is_some() && before.is_some_and(|before| before != now) {
            request_animation_frame(|| crate::dom::focus::by_id(ID));
        }
        now
    });
    view! {
        <NewKeyValue new_key/>
        {move || of.get().map(|member| region(&member, summary, new_key))}
    }
}

fn region(member: &str, summary: Memo<Option<Offboarding>>, new_key: NewKey) -> AnyView {
    let keys = move || summary.with(|summary| summary.as_ref().and_then(|summary| summary.known.clone()));
    let stopped = move || summary.with(|summary| summary.as_ref().map_or(0, |summary| summary.stopped));
    let any = Memo::new(move |_| keys().map(|keys| !keys.is_empty()));
    let what = move || what_to_do(any.get());
    let table = move || (any.get() == Some(true)).then(|| table(keys, new_key));
    view! {
        <section class="panel" aria-labelledby=ID>
            <h2 class="panel-title" id=ID tabindex="-1">{format!("Off-boarding summary of {member}")}</h2>
            <dl class="facts">
                <div><dt>"Personal rights"</dt><dd>"None any more"</dd></div>
                <div><dt>"Personal API keys that have stopped"</dt><dd>{stopped}</dd></div>
            </dl>
            <p>{what}</p>
            {table}
        </section>
    }
    .into_any()
}

/// What the keys of the organization ask for; nothing is known of them to whoever may not manage them.
const fn what_to_do(any: Option<bool>) -> &'static str {
    match any {
        Some(true) => {
            "The values of these API keys of the organization were shown to this person, and work on. Regenerate them."
        }
        Some(false) => "This person knows the value of no API key of the organization.",
        None => {
            "The person may know values of the organization's API keys. Its administrators see which, and can regenerate them."
        }
    }
}

fn table(keys: impl Fn() -> Option<Vec<KnownKey>> + Send + Sync + 'static, new_key: NewKey) -> AnyView {
    let row = move |known: KnownKey| {
        let button = regenerate_button(known.key, &known.name, new_key);
        view! {
            <tr>
                <th scope="row">{known.name}</th>
                <td class="table-actions">{button}</td>
            </tr>
        }
        .into_any()
    };
    view! {
        <table class="table" aria-label="API keys to regenerate">
            <thead>
                <tr>
                    <th scope="col">"Key"</th>
                    <th scope="col"><span class="visually-hidden">"What to do"</span></th>
                </tr>
            </thead>
            <tbody>{rows(move || keys().unwrap_or_default(), row)}</tbody>
        </table>
    }
    .into_any()
}
