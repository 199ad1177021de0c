//! The front page: what this place is, where to begin, what is new.

use super::beginning::Beginning;
use super::recent::Recent;
use crate::error::Failure;
use crate::layout::heading::Heading;
use crate::layout::visit::Visit;
use crate::page::loaded::Loaded;
use crate::ui::command::Command;
use domain::profile::SearchPage;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// Packages that the front page shows.
#[cfg(feature = "ssr")]
const SHOWN: usize = 6;

/// The front page.
#[component]
pub(crate) fn Home() -> impl IntoView {
    view! { <Loaded read=move || ReadRecent {} view=|found| view! { <Hero/> <Recent found/> }.into_any()/> }
}

/// The packages published last, prereleases too.
#[server(prefix = "/rpc", endpoint = "/packages/recent", input = GetUrl)]
pub(crate) async fn read_recent() -> Result<SearchPage, Failure> {
    let latest_first = domain::profile::SortBy::Recent;
    let mut found = gallery::search::page(&crate::backend::gallery()?, "", true, latest_first, 1).await?;
    found.packages.truncate(SHOWN);
    Ok(found)
}

/// What this is, and how to begin.
#[component]
fn Hero() -> impl IntoView {
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
    }
}
