//! The page "Manage {id}": what insiders do with a package and its versions.

use super::owned::listing;
use crate::error::Failure;
use crate::layout::heading::Heading;
use crate::layout::navigation::{path_part, query_value};
use crate::page::loaded::Loaded;
use crate::ui::button::{LinkButton, SubmitButton};
use crate::ui::empty_state::EmptyState;
use crate::ui::form::Form;
use crate::ui::notice::{Notice, Tone};
use crate::ui::number::grouped;
use crate::ui::pages::{Neighbours, Pages};
use crate::ui::rows::rows;
use crate::ui::time::Day;
use domain::form::Done;
use domain::links;
use domain::profile::{ManagePackagePage, VersionRow};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::server_fn::codec::GetUrl;

/// The page "Manage {id}".
#[component]
pub(crate) fn ManagePackage() -> impl IntoView {
    let id = path_part("id");
    let (after, before) = (query_value("after"), query_value("before"));
    let read = move || ReadManagePackage {
        id: id.get(),
        after: after.get(),
        before: before.get(),
    };
    view! { <Loaded read view=manage/> }
}

/// The package as its insiders see it.
#[server(prefix = "/rpc", endpoint = "/packages/manage", input = GetUrl)]
pub(crate) async fn read_manage_package(
    id: String,
    after: String,
    before: String,
) -> Result<ManagePackagePage, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    Ok(gallery::packages::manage_page(&gallery, &actor, &id, &domain::page::Place::of_query(&after, &before)).await?)
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

fn manage(data: Memo<ManagePackagePage>) -> AnyView {
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
        {move || data.with(|page| super::page::owner_list(&page.owners))}
        <h2>"Versions"</h2>
        <p class="lead">
            "Search and lists do not show an unlisted version. Projects that name it still restore it."
        </p>
        {versions(id, data)}
        <Pages neighbours/>
    }
    .into_any()
}

fn versions(id: Memo<String>, data: Memo<ManagePackagePage>) -> AnyView {
    let empty = Memo::new(move |_| data.with(|page| page.versions.items.is_empty()));
    let table = move || {
        let each = move || data.with(|page| page.versions.items.clone());
        view! {
            <table class="table" aria-label="Versions">
                <thead>
                    <tr>
                        <th scope="col">"Version"</th>
                        <th scope="col">"Listing"</th>
                        <th scope="col">"Downloads"</th>
                        <th scope="col">"Published"</th>
                        <th scope="col">"Published by"</th>
                        <th scope="col"><span class="visually-hidden">"Actions"</span></th>
                    </tr>
                </thead>
                <tbody>{rows(each, move |version| row(id, version))}</tbody>
            </table>
        }
        .into_any()
    };
    let nothing = || {
        view! {
            <EmptyState title="This package has no versions.">
                <p>"Upload one, or push it with your client."</p>
            </EmptyState>
        }
        .into_any()
    };
    view! { {move || if empty.get() { nothing() } else { table() }} }.into_any()
}

fn row(id: Memo<String>, version: VersionRow) -> AnyView {
    let id = id.get_untracked();
    let page = links::package_version(&id, &version.version).to_string();
    let button = change(id, version.version.clone(), version.listed);
    view! {
        <tr>
            <th scope="row"><a href=page>{version.version}</a></th>
            <td data-label="Listing">{listing(version.listed)}</td>
            <td data-label="Downloads">{grouped(version.downloads)}</td>
            <td data-label="Published"><Day at=version.published/></td>
            <td data-label="Published by">{version.published_by}</td>
            <td class="table-actions">{button}</td>
        </tr>
    }
    .into_any()
}

/// The button that unlists or relists a version. It is one form for both, so that the button keeps the focus.
fn change(id: String, version: String, listed: bool) -> AnyView {
    let verb = if listed { "Unlist" } else { "Relist" };
    let wanted = if listed { "false" } else { "true" };
    view! {
        <Form action=ChangeListing::PATH key=version.clone() class="form-inline">
            <input type="hidden" name="id" value=id/>
            <input type="hidden" name="version" value=version.clone()/>
            <input type="hidden" name="listed" value=wanted/>
            <SubmitButton text=format!("{verb} {version}") class="button button-small"/>
        </Form>
    }
    .into_any()
}
