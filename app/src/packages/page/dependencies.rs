//! The tab "Dependencies".

use crate::ui::empty_state::EmptyState;
use domain::links;
use domain::profile::{DependencyList, DependencyRow};
use leptos::prelude::*;

/// What the package needs, by target framework.
pub(super) fn panel(lists: &[DependencyList]) -> AnyView {
    let content = if lists.is_empty() {
        view! {
            <EmptyState title="This version depends on nothing."><p>"It can be installed on its own."</p></EmptyState>
        }
        .into_any()
    } else {
        let groups: Vec<AnyView> = lists.iter().map(group).collect();
        view! { <div class="dependency-groups">{groups}</div> }.into_any()
    };
    view! { <h2 class="visually-hidden">"Dependencies"</h2> {content} }.into_any()
}

fn group(list: &DependencyList) -> AnyView {
    let framework = if list.framework.is_empty() {
        "Any framework".to_owned()
    } else {
        list.framework.clone()
    };
    let packages = if list.packages.is_empty() {
        view! { <p class="quiet">"No dependencies."</p> }.into_any()
    } else {
        let rows: Vec<AnyView> = list.packages.iter().map(row).collect();
        view! { <ul class="dependency-list">{rows}</ul> }.into_any()
    };
    view! { <div><h3 class="dependency-framework">{framework}</h3> {packages}</div> }.into_any()
}

/// A package needed. One that is not here comes from another feed, so no link could lead to it.
fn row(dependency: &DependencyRow) -> AnyView {
    let id = dependency.id.clone();
    let name = if dependency.here {
        let href = links::package(&id).to_string();
        view! { <a href=href>{id}</a> }.into_any()
    } else {
        view! { <span>{id}</span> }.into_any()
    };
    view! { <li>{name} " " <span class="quiet">{dependency.range.clone()}</span></li> }.into_any()
}
