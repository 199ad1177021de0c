//! How a client pushes with a key.

use crate::layout::visit::Visit;
use crate::ui::copy_button::CopyButton;
use leptos::prelude::*;

/// The commands of the two command-line clients, with this server's address. They are folded away: what the page is for
/// comes first, and there is one button "Copy" in sight when a new key is.
#[component]
pub(super) fn PushCommands() -> impl IntoView {
    let site = Visit::of_context().public_url();
    let plain = site.starts_with("http://").then(|| {
        view! {
            <p>
                "This site is served over plain http: newer clients ask for "
                <code>"--allow-insecure-connections"</code>
                " or the source's setting "
                <code>"allowInsecureConnections"</code>
                " as well."
            </p>
        }
        .into_any()
    });
    view! {
        <details class="panel">
            <summary>"Push a package with a key"</summary>
            <p class="article-note">"Put the value of a key in the place of KEY."</p>
            {command(format!("dotnet nuget push PACKAGE.nupkg --api-key KEY --source {site}/v3/index.json"))}
            {command(format!("nuget push PACKAGE.nupkg KEY -Source {site}/v3/index.json"))}
            {plain}
        </details>
    }
}

fn command(text: String) -> AnyView {
    view! {
        <div class="command">
            <code class="command-text" tabindex="0">{text.clone()}</code>
            <CopyButton text/>
        </div>
    }
    .into_any()
}
