//! The page "Using this feed": what to type into each client, and what refusals mean.

use super::client::CLIENTS;
use super::part::{Names, contents, parts};
use super::reader::{chooser, for_reader};
use super::refusals::Refusals;
use crate::layout::heading::Heading;
use crate::ui::command::Command;
use crate::ui::notice::{Notice, Tone};
use domain::organization::HelpReader;
use leptos::prelude::*;

/// The page "Using this feed".
#[component]
pub(crate) fn FeedHelp() -> impl IntoView {
    for_reader(page)
}

fn page(reader: Memo<HelpReader>, names: Memo<Names>) -> AnyView {
    let site = names.with_untracked(|names| names.site.clone());
    let plain = site.starts_with("http://").then(plain_http);
    view! {
        <article class="prose">
            <Heading text="Using this feed"/>
            <p class="lead">"The feed speaks NuGet's protocol V3. Whoever reaches it can read it; publishing needs an API key, or trusted publishing."</p>
            <Command text=format!("{site}/v3/index.json")/>
            {plain}
            <p>
                "In the commands, KEY stands for an API key: make one under “API keys” in the account menu, with whoever "
                "shall own the package as its package owner. A new version can be restored at once."
            </p>
            {chooser("/help/feed", reader)}
            {contents(&[CLIENTS], &[("refusals", "When something is refused")])}
            {move || names.with(|names| parts(CLIENTS, names))}
            <h2 id="refusals">"When something is refused"</h2>
            <p>
                "The status says what kind of reason it is. The reason itself stands behind it, and in the header "
                <code>"X-NuGet-Warning"</code> ", which clients print. Whoever has no valid key learns nothing more. "
                "“Why can this key push?” at each key on the page “API keys” says the same beforehand."
            </p>
            <Refusals/>
        </article>
    }
    .into_any()
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
