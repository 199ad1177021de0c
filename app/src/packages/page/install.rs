//! How to install the package with each client, from this server.

use crate::ui::copy_button::CopyButton;
use domain::profile::PackagePage;
use leptos::prelude::*;

/// The command of the .NET CLI; behind it the other clients and the feed's address.
pub(super) fn install(page: &PackagePage) -> AnyView {
    let others: Vec<AnyView> = other_ways(page)
        .into_iter()
        .map(|(client, text)| view! { <p class="field-label">{client}</p> {command(text)} }.into_any())
        .collect();
    view! {
        <h2 class="visually-hidden">"Install"</h2>
        {command(first_way(page))}
        <details class="disclosure">
            <summary class="disclosure-summary">"Other clients, and the address of this feed"</summary>
            {others}
            <p>"New here? " <a href="/help/feed">"How to use this feed"</a></p>
        </details>
    }
    .into_any()
}

/// A line to copy. It takes the focus so that it can be scrolled by keyboard.
fn command(text: String) -> AnyView {
    view! {
        <div class="command">
            <code class="command-text" tabindex="0">{text.clone()}</code>
            <CopyButton text/>
        </div>
    }
    .into_any()
}

fn first_way(page: &PackagePage) -> String {
    let PackagePage { id, version, feed, .. } = page;
    if page.tool {
        format!("dotnet tool install --global {id} --version {version} --add-source {feed}")
    } else {
        format!("dotnet add package {id} --version {version} --source {feed}")
    }
}

/// The other clients that can install it, with what to type; a tool has one client alone.
fn other_ways(page: &PackagePage) -> Vec<(&'static str, String)> {
    let PackagePage { id, version, feed, .. } = page;
    let mut ways = Vec::new();
    if page.tool {
        ways.push((
            "For one folder",
            format!("dotnet tool install {id} --version {version} --add-source {feed}"),
        ));
    } else {
        ways.push((
            "PackageReference",
            format!("<PackageReference Include=\"{id}\" Version=\"{version}\" />"),
        ));
        ways.push((
            "Package Manager",
            format!("Install-Package {id} -Version {version} -Source {feed}"),
        ));
        ways.push((
            "NuGet.exe",
            format!("nuget install {id} -Version {version} -Source {feed}"),
        ));
        ways.push(("Paket", format!("paket add {id} --version {version}")));
    }
    ways.push(("Address of this feed", feed.clone()));
    ways
}
