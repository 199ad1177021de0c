//! The page "Using this feed": what to type into each client, and what refusals mean.

use super::client::clients;
use super::refusals::Refusals;
use crate::layout::heading::Heading;
use crate::layout::visit::Visit;
use crate::ui::command::Command;
use crate::ui::notice::{Notice, Tone};
use leptos::prelude::*;

/// The page "Using this feed".
#[component]
pub(crate) fn FeedHelp() -> impl IntoView {
    let site = Visit::of_context().public_url();
    let plain = site.starts_with("http://").then(plain_http);
    view! {
        <article class="prose">
            <Heading text="Using this feed"/>
            <p class="lead">"The feed speaks NuGet's protocol V3. Whoever reaches it can read it; publishing needs an API key."</p>
            <Command text=format!("{site}/v3/index.json")/>
            {plain}
            <h2>"In your client"</h2>
            <p>
                "In the commands, KEY stands for an API key: make one under “API keys” in the account menu, with whoever "
                "shall own the package as its package owner. A new version can be restored at once."
            </p>
            {clients(&site)}
            <h2 id="refusals">"When something is refused"</h2>
            <p>
                "The status says what kind of reason it is. The reason itself stands behind it, and in the header "
                <code>"X-NuGet-Warning"</code> ", which clients print. Whoever has no valid key learns nothing more."
            </p>
            <Refusals/>
        </article>
    }
}

/// Clients refuse sources without encryption by themselves.
fn plain_http() -> AnyView {
    view! {
        <Notice tone=Tone::Info>
            <p>
                "This address is plain http, which newer clients refuse. With .NET 9 or later add "
                <code>"--allow-insecure-connections"</code> " where the source is added; in nuget.config, the attribute "
                <code>"allowInsecureConnections=\"true\""</code> " of the source."
            </p>
        </Notice>
    }
    .into_any()
}
