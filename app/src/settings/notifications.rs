//! The section with the mails that an account gets.

use super::section::{account_field, section};
use crate::error::Failure;
use crate::ui::button::SubmitButton;
use crate::ui::checkbox::Checkbox;
use crate::ui::form::Form;
use domain::form::Done;
use domain::settings::AccountSettings;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The section.
pub(super) fn section_of(data: Memo<AccountSettings>) -> AnyView {
    let shown = Memo::new(move |_| data.with(|account| (account.name.clone(), account.notify)));
    let content = move || shown.with(|(name, notify)| content(name, *notify));
    section("notifications", "Mail", content.into_any())
}

fn content(name: &str, notify: bool) -> AnyView {
    let account = account_field(name);
    view! {
        <Form action=SaveNotifications::PATH>
            {account}
            <Checkbox
                name="notify"
                label="Notify when a package is published"
                checked=notify
                hint="Mail about the account itself, its members and its keys is always sent."
            />
            <div class="form-buttons"><SubmitButton text="Save notifications" class="button"/></div>
        </Form>
    }
    .into_any()
}

/// Sets which mails the account gets.
#[server(prefix = "/rpc", endpoint = "/settings/notifications")]
pub(crate) async fn save_notifications(
    #[server(default)] account: String,
    #[server(default)] notify: String,
) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    gallery::account_settings::set_notifications(&gallery, &actor, &account, !notify.is_empty()).await?;
    Ok(Done::say("The notifications are saved."))
}
