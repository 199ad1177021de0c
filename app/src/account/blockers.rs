//! What stands in the way of a deletion, each with a link that solves it.

use crate::ui::notice::{Notice, Tone};
use domain::deletion::Orphans;
use domain::links::LocalPath;
use leptos::prelude::*;

/// The notice in place of the button.
pub(super) fn blocked(lead: &'static str, items: Vec<AnyView>) -> AnyView {
    view! {
        <Notice tone=Tone::Warning>
            <p>{lead}</p>
            <ul class="notice-list">{items}</ul>
        </Notice>
    }
    .into_any()
}

/// Packages that would have no owner any more; `solve` gives the link for one of them and its words.
pub(super) fn only_owner(
    who: &'static str,
    packages: &Orphans,
    solve: fn(&str) -> (LocalPath, String),
) -> Vec<AnyView> {
    let mut items: Vec<AnyView> = packages
        .ids
        .iter()
        .map(|id| {
            let (href, words) = solve(id);
            view! { <li>{who} " the only owner of " {id.clone()} ". " <a href=String::from(href)>{words}</a></li> }
                .into_any()
        })
        .collect();
    if packages.more {
        items.push(view! { <li>"There are more packages like these."</li> }.into_any());
    }
    items
}
