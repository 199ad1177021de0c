//! The public page of an account. Nothing on it tells a person from an organization, but for those inside.

use crate::error::Failure;
use crate::layout::heading::Heading;
use crate::layout::navigation::{path_part, query_value};
use crate::packages::card::package_list;
use crate::page::loaded::Loaded;
use crate::ui::button::LinkButton;
use crate::ui::empty_state::EmptyState;
use crate::ui::number::counted;
use crate::ui::pages::{Neighbours, Pages};
use crate::ui::picture::picture;
use domain::links;
use domain::profile::ProfilePage;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The page of an account.
#[component]
pub(crate) fn Profile() -> impl IntoView {
    let name = path_part("name");
    let (after, before) = (query_value("after"), query_value("before"));
    let read = move || ReadProfile {
        name: name.get(),
        after: after.get(),
        before: before.get(),
    };
    view! { <Loaded read view=profile/> }
}

/// The account with its packages.
#[server(prefix = "/rpc", endpoint = "/profiles/read", input = GetUrl)]
pub(crate) async fn read_profile(name: String, after: String, before: String) -> Result<ProfilePage, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::viewer_actor()?);
    Ok(gallery::profiles::profile(&gallery, &actor, &name, domain::page::Place::of_query(&after, &before)).await?)
}

fn profile(data: Memo<ProfilePage>) -> AnyView {
    let name = Signal::derive(move || data.with(|page| page.name.clone()));
    let shown = Memo::new(move |_| data.with(|page| (page.name.clone(), page.logo.clone())));
    let neighbours = Signal::derive(move || {
        data.with(|page| Neighbours::by_key(links::profile(&page.name).as_str(), "", &page.list))
    });
    let list = move || {
        data.with(|page| {
            if page.list.items.is_empty() {
                nothing(page)
            } else {
                package_list("Packages", page.list.items.clone())
            }
        })
    };
    view! {
        <div class="profile">
            {move || shown.with(|(name, logo)| picture(name, logo, "picture"))}
            <div class="profile-words">
                <Heading text=name/>
                {move || data.with(words)}
            </div>
            {move || data.with(own_pages)}
        </div>
        <h2>"Packages"</h2>
        {list}
        <Pages neighbours/>
    }
    .into_any()
}

/// What the account says of itself, and what it has published.
fn words(page: &ProfilePage) -> AnyView {
    let description = (!page.description.is_empty())
        .then(|| view! { <p class="lead package-text">{page.description.clone()}</p> }.into_any());
    let website = (!page.website.is_empty()).then(|| {
        let text = page
            .website
            .trim_start_matches("https://")
            .trim_end_matches('/')
            .to_owned();
        view! { <span><a href=page.website.clone() rel="nofollow noopener noreferrer">{text}</a></span> }.into_any()
    });
    view! {
        {description}
        <p class="package-meta">
            {website}
            <span>{counted(u64::from(page.packages), "package", "packages")}</span>
            <span>{counted(page.downloads, "download", "downloads")}</span>
        </p>
    }
    .into_any()
}

/// For those inside: where the account is managed.
fn own_pages(page: &ProfilePage) -> Option<AnyView> {
    if page.oneself {
        Some(view! { <LinkButton text="Manage packages" href="/account/packages"/> }.into_any())
    } else if page.role.is_some() {
        let href = links::organization(&page.name).to_string();
        Some(view! { <LinkButton text="Manage organization" href/> }.into_any())
    } else {
        None
    }
}

fn nothing(page: &ProfilePage) -> AnyView {
    let inside = page.oneself || page.role.is_some();
    let next = if inside {
        view! {
            <p>"Upload a package, or push one with your client."</p>
            <p><LinkButton text="Upload packages" href="/packages/manage/upload" class="button button-primary"/></p>
        }
        .into_any()
    } else {
        view! { <p>"See what " <a href="/packages">"others have published"</a> "."</p> }.into_any()
    };
    view! { <EmptyState title=format!("{} has no listed packages.", page.name)>{next}</EmptyState> }.into_any()
}
