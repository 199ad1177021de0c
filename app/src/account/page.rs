//! The page "Account settings".

use super::delete::delete_account;
use super::read::ReadAccountSecurity;
use super::sessions::sessions;
use super::sign_ins::sign_ins;
use crate::layout::heading::Heading;
use crate::page::loaded::Loaded;
use domain::security::AccountSecurity;
use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn AccountSettings() -> impl IntoView {
    view! { <Loaded read=|| ReadAccountSecurity {} view=page/> }
}

fn page(data: Memo<AccountSecurity>) -> AnyView {
    view! {
        <Heading text="Account settings"/>
        {sign_ins(data)}
        {sessions(data)}
        {delete_account(data)}
    }
    .into_any()
}
