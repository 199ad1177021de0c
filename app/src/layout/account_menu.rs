//! The menu of the person who is signed in.

use super::unread::unread;
use super::visit::Visit;
use crate::account::sign_out::SignOut;
use crate::ui::button::SubmitButton;
use crate::ui::form::Form;
use crate::ui::icon::Icon;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

const MENU: &str = "account-menu";

/// The button "Account menu" and what it opens. The browser opens and closes it; it needs no script.
#[component]
pub(crate) fn AccountMenu() -> impl IntoView {
    let viewer = Visit::of_context().viewer();
    let name = Memo::new(move |_| viewer.with(|viewer| viewer.as_ref().map(|viewer| viewer.name.clone())));
    let unread = unread();
    let administers =
        Memo::new(move |_| viewer.with(|viewer| viewer.as_ref().is_some_and(|viewer| viewer.site_administrator)));
    let site = move || {
        administers
            .get()
            .then(|| view! { <a class="menu-item" href="/admin">"Site administration"</a> }.into_any())
    };
    view! {
        <div class="menu">
            <button class="header-link" type="button" popovertarget=MENU>
                <Icon name="person"/>
                <span class="visually-hidden">"Account menu"</span>
                <Icon name="down"/>
            </button>
            // Following a link loads no document, so nothing else would close the menu.
            <div class="menu-list" id=MENU popover="auto" on:click=move |_| crate::dom::dialog::hide_menu(MENU)>
                <p class="menu-title">"Signed in as " <strong>{move || name.get()}</strong></p>
                <a class="menu-item" href="/account/packages">"Manage packages"</a>
                <a class="menu-item" href="/account/organizations">"Manage organizations"</a>
                <a class="menu-item" href="/account/apikeys">"API keys"</a>
                <a class="menu-item" href="/account/trusted-publishing">"Trusted publishing"</a>
                <a class="menu-item" href="/account/notifications">{move || notifications(unread.get())}</a>
                <a class="menu-item" href="/account">"Account settings"</a>
                {site}
                <Form action=SignOut::PATH class="menu-form">
                    <SubmitButton class="menu-item" text="Sign out"/>
                </Form>
            </div>
        </div>
    }
}

/// The words of the link to the notifications.
fn notifications(unread: u32) -> String {
    match unread {
        0 => "Notifications".to_owned(),
        _ => format!("Notifications ({unread} unread)"),
    }
}

#[cfg(test)]
mod tests {
    use super::notifications;

    #[test]
    fn the_link_tells_how_many_wait() {
        assert_eq!(notifications(0), "Notifications");
        assert_eq!(notifications(3), "Notifications (3 unread)");
    }
}
