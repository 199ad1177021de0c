//! Packages in a list: on the front page, in search, on a profile, and where others use a package.

use crate::ui::icon::Icon;
use crate::ui::number::counted;
use crate::ui::time::Day;
use domain::links;
use domain::profile::PackageCard;
use leptos::prelude::*;

/// The tags of a package that a list shows.
const TAGS: usize = 6;

/// A list of packages, named for those who listen.
pub(crate) fn package_list(label: &'static str, packages: Vec<PackageCard>) -> AnyView {
    let cards: Vec<AnyView> = packages.into_iter().map(card).collect();
    view! { <ul class="package-list" role="list" aria-label=label>{cards}</ul> }.into_any()
}

/// The icon of a version, or the picture of any package.
pub(crate) fn package_icon(icon: bool, id: &str, version: &str) -> AnyView {
    if icon {
        let address = format!("{}/icon", links::package_version(id, version));
        view! { <img class="package-icon" src=address alt="" width="40" height="40" loading="lazy"/> }.into_any()
    } else {
        view! { <span class="package-icon package-icon-none"><Icon name="package"/></span> }.into_any()
    }
}

/// Tags, each leading to the packages that have it.
pub(crate) fn tag_list(tags: impl IntoIterator<Item = String>) -> AnyView {
    let tags: Vec<AnyView> = tags
        .into_iter()
        .map(|tag| {
            let href = format!("/packages?q={}", links::percent_encode(&format!("tags:{tag}")));
            view! { <li><a class="tag" href=href>{tag}</a></li> }.into_any()
        })
        .collect();
    view! { <ul class="tags" role="list" aria-label="Tags">{tags}</ul> }.into_any()
}

fn card(package: PackageCard) -> AnyView {
    let href = address(&package.id, &package.version);
    let icon = package_icon(package.icon, &package.id, &package.version);
    let verified = package
        .verified
        .then(|| view! { <span class="badge badge-success">"Reserved prefix"</span> }.into_any());
    let description = (!package.description.is_empty())
        .then(|| view! { <p class="package-description">{package.description}</p> }.into_any());
    let tags = (!package.tags.is_empty()).then(|| tag_list(package.tags.into_iter().take(TAGS)));
    view! {
        <li class="package">
            {icon}
            <div class="package-words">
                <div class="package-head">
                    <a class="package-name" href=href>{package.id}</a>
                    <span class="package-version">{package.version}</span>
                    {verified}
                </div>
                {description}
                <p class="package-meta">
                    <span>"by " {owners(package.owners)}</span>
                    <span>{counted(package.downloads, "download", "downloads")}</span>
                    <span>"Published " <Day at=package.published/></span>
                </p>
                {tags}
            </div>
        </li>
    }
    .into_any()
}

/// The page of a package: of the version shown if it is a prerelease, since the package's own page shows a stable one
/// where there is one.
fn address(id: &str, version: &str) -> String {
    if version.contains('-') {
        links::package_version(id, version).into()
    } else {
        links::package(id).into()
    }
}

/// Owners in a line, each with a link to the profile.
pub(crate) fn owners(names: Vec<String>) -> AnyView {
    let links: Vec<AnyView> = names
        .into_iter()
        .enumerate()
        .map(|(index, name)| {
            let comma = (index > 0).then_some(", ");
            let href = links::profile(&name).to_string();
            view! { {comma} <a href=href>{name}</a> }.into_any()
        })
        .collect();
    links.into_any()
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn a_prerelease_is_shown_as_itself() {
        assert_eq!(address("Contoso.Json", "1.0.0"), "/packages/Contoso.Json");
        assert_eq!(
            address("Contoso.Json", "1.0.0-beta.1"),
            "/packages/Contoso.Json/1.0.0-beta.1"
        );
    }
}
