//! The front page: what this place is, and where to begin.

use super::recent::Recent;
use crate::layout::heading::Heading;
use crate::layout::visit::Visit;
use crate::ui::button::LinkButton;
use crate::ui::command::Command;
use leptos::prelude::*;

/// The front page.
#[component]
pub(crate) fn Home() -> impl IntoView {
    view! {
        <section class="hero">
            <Heading text="Guildhall" title="Home"/>
            <p class="hero-lead">
                "A NuGet gallery in which packages belong to organizations: one name for a team, many people behind it, "
                "and a trail of who did what."
            </p>
            <Beginning/>
            <p class="hero-feed">"The address of this feed:"</p>
            <Command text=format!("{}/v3/index.json", Visit::of_context().public_url())/>
            <p class="quiet">
                "Reading needs no account. " <a href="/help/feed">"How to add it to your client"</a>
            </p>
        </section>
        <Recent/>
    }
}

/// The next step, as it fits whoever looks.
#[component]
fn Beginning() -> impl IntoView {
    let viewer = Visit::of_context().viewer();
    let signed_in = Memo::new(move |_| viewer.with(Option::is_some));
    // The header has the links "Upload" and "Sign in". The words here differ, so that each link of the page has a name
    // of its own; the page "Add organization" asks to sign in by itself.
    move || {
        let (first, first_page, second, second_page) = if signed_in.get() {
            (
                "Publish a package",
                "/packages/manage/upload",
                "Add an organization",
                "/organization/add",
            )
        } else {
            (
                "Browse packages",
                "/packages",
                "Add an organization",
                "/organization/add",
            )
        };
        view! {
            <p class="form-buttons">
                <LinkButton text=first href=first_page class="button button-primary"/>
                <LinkButton text=second href=second_page/>
            </p>
        }
        .into_any()
    }
}
