//! Beside the README: facts, links, owners, tags.

use crate::packages::card::tag_list;
use crate::ui::facts::fact;
use crate::ui::number::{bytes, grouped};
use crate::ui::picture::picture;
use crate::ui::time::Day;
use domain::links;
use domain::package::License;
use domain::profile::PackagePage;
use leptos::prelude::*;

/// What stands beside the package's text.
pub(super) fn aside(page: &PackagePage) -> AnyView {
    let tags = (!page.tags.is_empty()).then(|| view! { <h2>"Tags"</h2> {tag_list(page.tags.clone())} }.into_any());
    view! {
        <h2>"Owners"</h2>
        {owner_list(&page.owners)}
        <h2>"About"</h2>
        {facts(page)}
        {tags}
    }
    .into_any()
}

/// The list "Owners", with links to their profiles.
fn owner_list(owners: &[String]) -> AnyView {
    let owners: Vec<AnyView> = owners
        .iter()
        .map(|name| {
            let href = links::profile(name).to_string();
            view! { <li>{picture(name, "", "picture picture-small")}<a href=href>{name.clone()}</a></li> }.into_any()
        })
        .collect();
    view! { <ul class="owners" role="list" aria-label="Owners">{owners}</ul> }.into_any()
}

fn facts(page: &PackagePage) -> AnyView {
    let mut facts = vec![
        fact("Downloads", text(grouped(page.downloads))),
        fact("Of this version", text(grouped(page.version_downloads))),
        fact("Published", view! { <Day at=page.published/> }.into_any()),
        fact("Licence", license(&page.license)),
    ];
    if !page.project_url.is_empty() {
        facts.push(fact(
            "Project",
            outward(page.project_url.clone(), site(&page.project_url)),
        ));
    }
    if !page.repository_url.is_empty() {
        facts.push(fact(
            "Repository",
            outward(page.repository_url.clone(), site(&page.repository_url)),
        ));
    }
    facts.push(fact("Package file", download(page)));
    if !page.authors.is_empty() {
        facts.push(fact("Authors", text(page.authors.clone())));
    }
    if !page.copyright.is_empty() {
        facts.push(fact("Copyright", text(page.copyright.clone())));
    }
    view! { <dl class="facts">{facts}</dl> }.into_any()
}

fn text(text: String) -> AnyView {
    text.into_any()
}

/// A link to somewhere else. What authors write is not vouched for, and is not told who follows it.
fn outward(href: String, words: String) -> AnyView {
    view! { <a href=href rel="nofollow noopener noreferrer">{words}</a> }.into_any()
}

fn license(license: &License) -> AnyView {
    match license {
        License::None => text("Not stated".to_owned()),
        License::Expression(expression) => match license.legacy_url() {
            Some(address) => outward(address, expression.clone()),
            None => text(expression.clone()),
        },
        License::File(path) => text(format!("In the package: {path}")),
        License::Url(url) => outward(url.as_str().to_owned(), site(url.as_str())),
    }
}

/// The file itself. It is no page of the application, so the browser loads it.
fn download(page: &PackagePage) -> AnyView {
    let (id, version) = (page.id.to_lowercase(), page.version.to_lowercase());
    let folder = links::percent_encode(&version);
    let href = format!("/v3/package/{id}/{folder}/{id}.{folder}.nupkg");
    view! { <a href=href rel="external nofollow" download="">{format!("Download ({})", bytes(page.size))}</a> }
        .into_any()
}

/// The host of an address, which says enough beside its name.
fn site(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest).to_owned()
}

#[cfg(test)]
mod tests {
    use super::site;

    #[test]
    fn an_address_is_told_by_its_host() {
        assert_eq!(site("https://contoso.example:8080/json?a"), "contoso.example:8080");
        assert_eq!(site("contoso"), "contoso");
    }
}
