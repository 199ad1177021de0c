//! The page "Account settings".

use super::{email, logo, notifications, profile};
use crate::account::delete::delete_account;
use crate::account::sessions::sessions;
use crate::account::sign_ins::sign_ins;
use crate::error::Failure;
use crate::layout::heading::Heading;
use crate::page::loaded::Loaded;
use domain::settings::AccountPage;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The page.
#[component]
pub(crate) fn AccountSettingsPage() -> impl IntoView {
    view! { <Loaded read=|| ReadAccountSettings {} view=page/> }
}

/// What the page shows.
#[server(prefix = "/rpc", endpoint = "/settings/account", input = GetUrl)]
pub(crate) async fn read_account_settings() -> Result<AccountPage, Failure> {
    let (request, backend) = (crate::backend::request::request()?, crate::backend::backend()?);
    let (token, choices) = (request.session.as_deref(), &backend.site.sign_in.choices);
    Ok(AccountPage {
        settings: gallery::account_settings::of_person(&backend.gallery, &request.actor).await?,
        security: gallery::accounts::security(&backend.gallery, &request.actor, token, choices).await?,
    })
}

fn page(data: Memo<AccountPage>) -> AnyView {
    let settings = Memo::new(move |_| data.with(|page| page.settings.clone()));
    let security = Memo::new(move |_| data.with(|page| page.security.clone()));
    view! {
        <div class="page-head"><Heading text="Account settings"/></div>
        {email::section_of(settings)}
        {notifications::section_of(settings)}
        {logo::section_of(settings)}
        {profile::section_of(settings)}
        {sign_ins(security)}
        {sessions(security)}
        {delete_account(security)}
    }
    .into_any()
}
