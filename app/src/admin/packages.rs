//! A package that is looked for: locking it, and deleting its versions.

use super::delete_version::DeleteVersion;
use super::find::Find;
use super::page::Sought;
use super::set_package_locked::SetPackageLocked;
use crate::ui::button::SubmitButton;
use crate::ui::confirm_dialog::ConfirmDialog;
use crate::ui::empty_state::EmptyState;
use crate::ui::form::Form;
use crate::ui::rows::rows;
use crate::ui::text_field::TextField;
use crate::ui::time::Day;
use domain::links;
use domain::site::{SitePackage, SitePage, SiteVersion};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The part of the page about packages.
pub(super) fn package(data: Memo<SitePage>, sought: Sought) -> AnyView {
    let id = Memo::new(move |_| data.with(|page| page.package.as_ref().map(|package| package.id.clone())));
    let asked = Memo::new(move |_| data.with(|page| page.package_sought));
    view! {
        <h2>"Packages"</h2>
        <Find name="package" label="Find a package" value=sought.package other=("account", sought.account)/>
        {move || match id.get() {
            Some(id) => found(data, id),
            None => nothing(asked.get()),
        }}
    }
    .into_any()
}

fn nothing(asked: bool) -> AnyView {
    let (title, what_to_do) = if asked {
        (
            "No package has this id.",
            "Check the spelling, and write the id as a whole.",
        )
    } else {
        (
            "No package is looked for yet.",
            "Search for a whole package id. Add a version to find that one.",
        )
    };
    view! { <EmptyState title><p>{what_to_do}</p></EmptyState> }.into_any()
}

fn found(data: Memo<SitePage>, id: String) -> AnyView {
    let about = move |say: fn(&SitePackage) -> AnyView| move || data.with(|page| page.package.as_ref().map(say));
    let versions = move || {
        let versions = data.with(|page| page.package.as_ref().map(|package| package.versions.clone()));
        versions.unwrap_or_default()
    };
    view! {
        {about(head)}
        <table class="table" aria-label="Versions">
            <thead>
                <tr>
                    <th scope="col">"Version"</th>
                    <th scope="col">"Listing"</th>
                    <th scope="col">"Published"</th>
                    <th scope="col"><span class="visually-hidden">"Actions"</span></th>
                </tr>
            </thead>
            <tbody>{rows(versions, move |version| row(&id, version))}</tbody>
        </table>
        {about(end)}
    }
    .into_any()
}

fn head(package: &SitePackage) -> AnyView {
    let href = links::package(&package.id).to_string();
    let locked = package
        .locked
        .then(|| view! { " " <span class="badge badge-warning">"Locked"</span> }.into_any());
    view! {
        <p class="lead">
            <a href=href>{package.id.clone()}</a>{locked}
            ", owned by " {package.owners.join(", ")} ". "
            {lock(package.id.clone(), package.locked)}
        </p>
    }
    .into_any()
}

fn end(package: &SitePackage) -> AnyView {
    let text = if package.versions.is_empty() {
        "There is no such version. Its id stays with its owners."
    } else if package.more_versions {
        "These are the newest versions. To find an older one, add it to the id."
    } else {
        ""
    };
    (!text.is_empty())
        .then(|| view! { <p class="lead">{text}</p> }.into_any())
        .into_any()
}

/// The button that locks or unlocks. It is one form for both, so that the button keeps the focus.
fn lock(id: String, locked: bool) -> AnyView {
    let verb = if locked { "Unlock" } else { "Lock" };
    let wanted = if locked { "false" } else { "true" };
    view! {
        <Form action=SetPackageLocked::PATH key=id.clone() class="form-inline">
            <input type="hidden" name="id" value=id.clone()/>
            <input type="hidden" name="locked" value=wanted/>
            <SubmitButton text=format!("{verb} {id}") class="button button-small"/>
        </Form>
    }
    .into_any()
}

fn row(id: &str, version: SiteVersion) -> AnyView {
    let href = links::package_version(id, &version.version).to_string();
    let listing = if version.listed { "Listed" } else { "Unlisted" };
    view! {
        <tr>
            <th scope="row"><a href=href>{version.version.clone()}</a></th>
            <td data-label="Listing">{listing}</td>
            <td class="table-time" data-label="Published"><Day at=version.published/></td>
            <td class="table-actions">{delete(id.to_owned(), version.version)}</td>
        </tr>
    }
    .into_any()
}

fn delete(id: String, version: String) -> AnyView {
    let text = format!("Delete {id} {version}");
    view! {
        <ConfirmDialog
            action=DeleteVersion::PATH
            key=format!("{id}-{version}")
            opener=text.clone()
            title=format!("{text}?")
            confirm=text
        >
            <p>
                "Its bytes are removed and cannot be brought back, and projects that use it cannot be restored any more. "
                "Its number stays taken: nobody can publish it again. The owners are told the reason."
            </p>
            <input type="hidden" name="id" value=id/>
            <input type="hidden" name="version" value=version/>
            <TextField name="reason" label="Reason"/>
        </ConfirmDialog>
    }
    .into_any()
}
