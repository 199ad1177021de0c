//! The page "Trusted publishing".

use super::article::article;
use super::fields::create_form;
use super::read::ReadTrustedPublishing;
use super::snippets::snippets;
use crate::layout::heading::Heading;
use crate::page::loaded::Loaded;
use crate::ui::empty_state::EmptyState;
use crate::ui::package_owner::PackageOwner;
use crate::ui::rows::rows;
use domain::trusted_publishing::TrustedPublishingPage;
use leptos::prelude::*;

/// The page "Trusted publishing".
#[component]
pub(crate) fn TrustedPublishing() -> impl IntoView {
    view! { <Loaded read=|| ReadTrustedPublishing {} view=page/> }
}

fn page(data: Memo<TrustedPublishingPage>) -> AnyView {
    // The form stays as it was when the page came: drawn anew, it would lose what is typed.
    let TrustedPublishingPage {
        name,
        owners,
        providers,
        ..
    } = untrack(|| data.get());
    let none = Memo::new(move |_| data.with(|page| page.policies.is_empty()));
    let empty = move || {
        none.get().then(|| {
            view! {
                <EmptyState title="You have no publishing policies yet.">
                    <p>"Create one above, then run the workflow within seven days."</p>
                </EmptyState>
            }
            .into_any()
        })
    };
    let form = create_form(PackageOwner::OneOf(owners), &providers);
    let how_to = snippets(&name, &providers);
    view! {
        <Heading text="Trusted publishing"/>
        <p class="lead">
            "A workflow publishes without a key that anybody keeps: it shows that it runs in your repository, and gets a key for one hour."
        </p>
        <h2>"Create a policy"</h2>
        {form}
        {how_to}
        <h2>"Your policies"</h2>
        {empty}
        <div class="articles">
            {rows(move || data.with(|page| page.policies.clone()), move |row| article(&row, &providers))}
        </div>
    }
    .into_any()
}
