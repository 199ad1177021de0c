//! The head of a package's page: what it is, and what to know about the version shown.

use crate::layout::heading::Heading;
use crate::packages::card::package_icon;
use crate::ui::button::LinkButton;
use crate::ui::notice::{Notice, Tone};
use domain::links;
use domain::package::Deprecation;
use domain::profile::PackagePage;
use leptos::prelude::*;

/// Icon, id, version with its marks, the link for insiders, notices, description.
pub(super) fn head(data: Memo<PackagePage>) -> AnyView {
    let id = Signal::derive(move || data.with(|page| page.id.clone()));
    let manage = move || {
        data.with(|page| page.insider).then(|| {
            let href = links::manage_package(&id.get()).to_string();
            view! { <LinkButton text="Manage package" href/> }.into_any()
        })
    };
    view! {
        <div class="package-top">
            {move || data.with(|page| package_icon(page.icon, &page.id, &page.version))}
            <div class="package-title">
                <Heading text=id/>
                {move || data.with(marks)}
            </div>
            {manage}
        </div>
        {move || data.with(notices)}
        {move || data.with(description)}
    }
    .into_any()
}

/// The version, and what kind of version it is.
fn marks(page: &PackagePage) -> AnyView {
    let mark = |shown: bool, class: &'static str, text: &'static str| {
        shown.then(|| view! { <span class=class>{text}</span> }.into_any())
    };
    view! {
        <p class="package-meta">
            <span class="package-version">{page.version.clone()}</span>
            {mark(page.prerelease, "badge badge-accent", "Prerelease")}
            {mark(!page.listed, "badge badge-warning", "Unlisted")}
            {mark(page.deprecation.is_some(), "badge badge-warning", "Deprecated")}
            {mark(page.signed, "badge badge-success", "Signed")}
            {mark(page.verified, "badge badge-success", "Reserved prefix")}
            {mark(page.tool, "badge", ".NET tool")}
        </p>
    }
    .into_any()
}

fn notices(page: &PackagePage) -> AnyView {
    let newer = page.newer.clone().map(|newer| {
        let href = links::package_version(&page.id, &newer).to_string();
        view! {
            <Notice tone=Tone::Info><p>"There is a newer version: " <a href=href>{newer}</a> "."</p></Notice>
        }
        .into_any()
    });
    let unlisted = (!page.listed).then(|| {
        view! {
            <Notice tone=Tone::Warning>
                <p>"This version is unlisted: its owners advise against using it anew. Projects that name it still restore it."</p>
            </Notice>
        }
        .into_any()
    });
    let prerelease = (page.prerelease && page.listed).then(|| {
        view! {
            <Notice tone=Tone::Info><p>"This is a prerelease. Clients take it only when they are asked to."</p></Notice>
        }
        .into_any()
    });
    let deprecated = page.deprecation.as_ref().map(deprecation);
    view! { {deprecated} {newer} {unlisted} {prerelease} }.into_any()
}

/// Why the version should not be used any more, and what to use instead.
fn deprecation(said: &Deprecation) -> AnyView {
    let message =
        (!said.message.is_empty()).then(|| view! { <p class="package-text">{said.message.clone()}</p> }.into_any());
    let instead = said.alternate.clone().map(|alternate| {
        let href = match &alternate.version {
            Some(version) => links::package_version(&alternate.id, version),
            None => links::package(&alternate.id),
        };
        let text = match alternate.version {
            Some(version) => format!("{} {version} or newer", alternate.id),
            None => alternate.id,
        };
        view! { <p>"Use " <a href=href.to_string()>{text}</a> " instead."</p> }.into_any()
    });
    let reasons = format!("This version is deprecated: {}.", said.reasons_in_words());
    view! {
        <Notice tone=Tone::Warning>
            <p>{reasons}</p>
            {message}
            {instead}
        </Notice>
    }
    .into_any()
}

fn description(page: &PackagePage) -> AnyView {
    let title = (!page.title.is_empty() && page.title != page.id)
        .then(|| view! { <p><strong>{page.title.clone()}</strong></p> }.into_any());
    let description = (!page.description.is_empty())
        .then(|| view! { <p class="lead package-text">{page.description.clone()}</p> }.into_any());
    view! { {title} {description} }.into_any()
}
