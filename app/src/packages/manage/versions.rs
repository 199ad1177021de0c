//! The versions of a package, with what can be done to each.

use super::ChangeListing;
use super::change_versions::ChangeVersions;
use super::selected::{select_version, selected_versions};
use crate::packages::owned::{deprecated, listing};
use crate::ui::button::SubmitButton;
use crate::ui::empty_state::EmptyState;
use crate::ui::form::Form;
use crate::ui::number::grouped;
use crate::ui::query_form::QueryForm;
use crate::ui::rows::rows;
use crate::ui::time::Day;
use domain::links;
use domain::package::deprecation::VersionsForm;
use domain::profile::{ManagePackagePage, VersionRow};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The form for those that are selected, and the table.
pub(super) fn versions(id: Memo<String>, data: Memo<ManagePackagePage>) -> AnyView {
    let empty = Memo::new(move |_| data.with(|page| page.versions.items.is_empty()));
    view! { {move || if empty.get() { nothing() } else { table(id, data) }} }.into_any()
}

fn nothing() -> AnyView {
    view! {
        <EmptyState title="This package has no versions.">
            <p>"Upload one, or push it with your client."</p>
        </EmptyState>
    }
    .into_any()
}

fn table(id: Memo<String>, data: Memo<ManagePackagePage>) -> AnyView {
    let each = move || data.with(|page| page.versions.items.clone());
    view! {
        {selected_versions(id.get_untracked())}
        <table class="table" aria-label="Versions">
            <thead>
                <tr>
                    <th scope="col"><span class="visually-hidden">"Select"</span></th>
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
}

fn row(id: Memo<String>, version: VersionRow) -> AnyView {
    let id = id.get_untracked();
    let page = links::package_version(&id, &version.version).to_string();
    let list = change(id.clone(), version.version.clone(), version.listed);
    let (mark, deprecate) = if version.deprecated {
        (Some(deprecated()), undeprecate(id, version.version.clone()))
    } else {
        (None, deprecate(&id, version.version.clone()))
    };
    view! {
        <tr>
            <td class="table-select">{select_version(&version.version)}</td>
            <th scope="row"><a href=page>{version.version}</a> " " {mark}</th>
            <td data-label="Listing">{listing(version.listed)}</td>
            <td data-label="Downloads">{grouped(version.downloads)}</td>
            <td data-label="Published"><Day at=version.published/></td>
            <td data-label="Published by">{version.published_by}</td>
            <td class="table-actions">{list} {deprecate}</td>
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

/// The button that leads to the panel in which a version is deprecated.
fn deprecate(id: &str, version: String) -> AnyView {
    view! {
        <QueryForm action=links::manage_package(id).to_string() class="form-inline">
            <input type="hidden" name="deprecate" value=version.clone()/>
            <button class="button button-small" type="submit">{format!("Deprecate {version}")}</button>
        </QueryForm>
    }
    .into_any()
}

fn undeprecate(id: String, version: String) -> AnyView {
    view! {
        <Form action=ChangeVersions::PATH key=format!("undeprecate-{version}") class="form-inline">
            <input type="hidden" name="id" value=id/>
            <input type="hidden" name="versions[]" value=version.clone()/>
            <input type="hidden" name="change" value=VersionsForm::UNDEPRECATE/>
            <SubmitButton text=format!("Undeprecate {version}") class="button button-small"/>
        </Form>
    }
    .into_any()
}
