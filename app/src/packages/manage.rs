//! The page "Manage {id}": what insiders do with a package, its owners and its versions.

mod change_versions;
mod deprecation;
mod selected;
mod versions;
mod why;

use crate::error::Failure;
use crate::layout::heading::Heading;
use crate::layout::navigation::{path_part, query_value};
use crate::ownership::owners::owners;
use crate::page::loaded::Loaded;
use crate::ui::button::LinkButton;
use crate::ui::notice::{Notice, Tone};
use crate::ui::pages::{Neighbours, Pages};
use domain::form::Done;
use domain::links;
use domain::profile::ManagePackagePage;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The page "Manage {id}".
#[component]
pub(crate) fn ManagePackage() -> impl IntoView {
    let id = path_part("id");
    let (after, before) = (query_value("after"), query_value("before"));
    let (deprecate, why) = (query_value("deprecate"), query_value("why"));
    let read = move || ReadManagePackage {
        id: id.get(),
        after: after.get(),
        before: before.get(),
        why: why.get(),
    };
    view! { <Loaded read view=move |data| manage(deprecate, data)/> }
}

/// The package as its insiders see it; `why` is the name of somebody whose rights are to be explained.
#[server(prefix = "/rpc", endpoint = "/packages/manage", input = GetUrl)]
pub(crate) async fn read_manage_package(
    id: String,
    after: String,
    before: String,
    #[server(default)] why: String,
) -> Result<ManagePackagePage, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let place = domain::page::Place::of_query(&after, &before);
    Ok(gallery::packages::manage_page(&gallery, &actor, &id, &place, &why).await?)
}

/// Takes a version out of lists and search, or puts it back. Whoever asks for it by name gets it in any case.
#[server(prefix = "/rpc", endpoint = "/packages/listing")]
pub(crate) async fn change_listing(id: String, version: String, listed: bool) -> Result<Done, Failure> {
    use gallery::packages::Listing;
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let (listing, now) = if listed {
        (Listing::Listed, "listed again")
    } else {
        (Listing::Unlisted, "unlisted")
    };
    let done = gallery::packages::set_listing(&gallery, &actor, &id, &version, listing).await;
    done.map_err(gallery::Error::from)?;
    Ok(Done::say(format!("{id} {version} is {now}.")))
}

fn manage(deprecate: Signal<String>, data: Memo<ManagePackagePage>) -> AnyView {
    let id = Memo::new(move |_| data.with(|page| page.id.clone()));
    let heading = Signal::derive(move || format!("Manage {}", id.get()));
    let neighbours = Signal::derive(move || {
        data.with(|page| Neighbours::by_key(links::manage_package(&page.id).as_str(), "", &page.versions))
    });
    let locked = move || {
        data.with(|page| page.locked).then(|| {
            view! {
                <Notice tone=Tone::Warning>
                    <p>"This package is locked: nothing of it can be changed. Ask the operators of this site."</p>
                </Notice>
            }
            .into_any()
        })
    };
    view! {
        <div class="page-head">
            <Heading text=heading/>
            {move || view! { <LinkButton text="Show package" href=links::package(&id.get())/> }.into_any()}
        </div>
        {locked}
        <h2>"Owners"</h2>
        {owners(id, data)}
        <h2>"Versions"</h2>
        <p class="lead">
            "Search and lists do not show an unlisted version, and clients warn of a deprecated one. Projects that name them still restore them."
        </p>
        {deprecation::panel(id, deprecate)}
        {versions::versions(id, data)}
        <Pages neighbours/>
        {why::why(id, data)}
    }
    .into_any()
}
