//! Accounts that are looked for, and locking them.

use super::find::Find;
use super::page::Sought;
use super::set_locked::SetAccountLocked;
use crate::ui::button::SubmitButton;
use crate::ui::empty_state::EmptyState;
use crate::ui::form::Form;
use crate::ui::rows::rows;
use domain::account::AccountKind;
use domain::links;
use domain::site::{SiteAccount, SitePage};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The part of the page about accounts.
pub(super) fn accounts(data: Memo<SitePage>, sought: Sought) -> AnyView {
    let found = Memo::new(move |_| data.with(|page| !page.accounts.is_empty()));
    let asked = Memo::new(move |_| data.with(|page| page.account_sought));
    let more = move || {
        data.with(|page| page.more_accounts)
            .then(|| view! { <p class="lead">"More accounts fit. Type more of the name."</p> }.into_any())
    };
    view! {
        <h2>"Accounts"</h2>
        <Find name="account" label="Find an account" value=sought.account other=("package", sought.package)/>
        {move || if found.get() { table(data) } else { nothing(asked.get()) }}
        {more}
    }
    .into_any()
}

fn nothing(asked: bool) -> AnyView {
    let (title, what_to_do) = if asked {
        (
            "No account fits.",
            "Type less of the name. An address must be written as a whole.",
        )
    } else {
        (
            "No account is looked for yet.",
            "Search for a part of an account's name, or for its whole email address.",
        )
    };
    view! { <EmptyState title><p>{what_to_do}</p></EmptyState> }.into_any()
}

fn table(data: Memo<SitePage>) -> AnyView {
    view! {
        <table class="table" aria-label="Accounts">
            <thead>
                <tr>
                    <th scope="col">"Name"</th>
                    <th scope="col">"Kind"</th>
                    <th scope="col">"State"</th>
                    <th scope="col">"Email address"</th>
                    <th scope="col"><span class="visually-hidden">"Actions"</span></th>
                </tr>
            </thead>
            <tbody>{rows(move || data.with(|page| page.accounts.clone()), row)}</tbody>
        </table>
    }
    .into_any()
}

fn row(account: SiteAccount) -> AnyView {
    let href = links::profile(&account.name).to_string();
    let kind = match account.kind {
        AccountKind::User => "User",
        AccountKind::Organization => "Organization",
    };
    let administers = account
        .site_administrator
        .then(|| view! { " " <span class="badge badge-accent">"Site administrator"</span> }.into_any());
    let state = if account.locked {
        view! { <span class="badge badge-warning">"Locked"</span> }.into_any()
    } else if account.confirmed {
        view! { <span class="badge badge-success">"Confirmed"</span> }.into_any()
    } else {
        view! { <span class="badge">"Unconfirmed"</span> }.into_any()
    };
    let button = (!account.oneself).then(|| lock(account.name.clone(), account.locked));
    view! {
        <tr>
            <th scope="row"><a href=href>{account.name}</a>{administers}</th>
            <td data-label="Kind">{kind}</td>
            <td data-label="State">{state}</td>
            <td data-label="Email address">{account.email}</td>
            <td class="table-actions">{button}</td>
        </tr>
    }
    .into_any()
}

/// The button that locks or unlocks. It is one form for both, so that the button keeps the focus.
fn lock(name: String, locked: bool) -> AnyView {
    let verb = if locked { "Unlock" } else { "Lock" };
    let wanted = if locked { "false" } else { "true" };
    view! {
        <Form action=SetAccountLocked::PATH key=name.clone() class="form-inline">
            <input type="hidden" name="name" value=name.clone()/>
            <input type="hidden" name="locked" value=wanted/>
            <SubmitButton text=format!("{verb} {name}") class="button button-small"/>
        </Form>
    }
    .into_any()
}
