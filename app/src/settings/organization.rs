//! The page "Settings of {name}".

use super::{email, logo, notifications, policies, profile, rename};
use crate::account::delete_organization::delete_organization;
use crate::error::Failure;
use crate::layout::navigation::path_part;
use crate::organizations::head::{OrganizationHeader, OrganizationTab};
use crate::page::loaded::Loaded;
use crate::transform::undo::undo_panel;
use domain::settings::OrganizationSettings;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The page.
#[component]
pub(crate) fn OrganizationSettingsPage() -> impl IntoView {
    let organization = path_part("name");
    let read = move || ReadOrganizationSettings {
        organization: organization.get(),
    };
    view! { <Loaded read view=page/> }
}

/// What the page shows.
#[server(prefix = "/rpc", endpoint = "/settings/organization", input = GetUrl)]
pub(crate) async fn read_organization_settings(organization: String) -> Result<OrganizationSettings, Failure> {
    let (backend, actor) = (crate::backend::backend()?, crate::backend::actor()?);
    let providers = backend.site.sign_in.choices.clone();
    Ok(gallery::account_settings::of_organization(&backend.gallery, &actor, &organization, providers).await?)
}

fn page(data: Memo<OrganizationSettings>) -> AnyView {
    let head = Memo::new(move |_| data.with(|page| page.head.clone()));
    let account = Memo::new(move |_| data.with(|page| page.account.clone()));
    let undo = Memo::new(move |_| data.with(|page| Some((page.head.name.clone(), page.undo_until?))));
    let deletion = Memo::new(move |_| data.with(|page| page.deletion.clone()));
    view! {
        <OrganizationHeader head heading=|name| format!("Settings of {name}") current=OrganizationTab::Settings/>
        {email::section_of(account)}
        {notifications::section_of(account)}
        {logo::section_of(account)}
        {profile::section_of(account)}
        {policies::section_of(data)}
        {rename::section_of(data)}
        {move || undo.get().map(|(name, until)| undo_panel(&name, until))}
        {delete_organization(deletion)}
    }
    .into_any()
}
