//! The page "Account settings".

use super::{email, logo, notifications, profile};
use crate::error::Failure;
use crate::layout::heading::Heading;
use crate::page::loaded::Loaded;
use domain::settings::AccountSettings;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The page.
#[component]
pub(crate) fn AccountSettingsPage() -> impl IntoView {
    view! { <Loaded read=|| ReadAccountSettings {} view=page/> }
}

/// What the page shows.
#[server(prefix = "/rpc", endpoint = "/settings/account", input = GetUrl)]
pub(crate) async fn read_account_settings() -> Result<AccountSettings, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    Ok(gallery::account_settings::of_person(&gallery, &actor).await?)
}

fn page(data: Memo<AccountSettings>) -> AnyView {
    view! {
        <div class="page-head"><Heading text="Account settings"/></div>
        {email::section_of(data)}
        {notifications::section_of(data)}
        {logo::section_of(data)}
        {profile::section_of(data)}
    }
    .into_any()
}
