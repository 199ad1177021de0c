//! The browsers in which the person is signed in. Each but this one can be signed out from here.

use crate::error::Failure;
use crate::ui::button::SubmitButton;
use crate::ui::form::Form;
use crate::ui::rows::rows;
use crate::ui::time::{Day, Time};
use domain::form::Done;
use domain::security::{AccountSecurity, SessionRow};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The section "Sessions".
pub(crate) fn sessions(data: Memo<AccountSecurity>) -> AnyView {
    view! {
        <section class="panel" aria-labelledby="sessions">
            <h2 class="panel-title" id="sessions">"Sessions"</h2>
            <p class="lead">
                "The browsers in which you are signed in. Revoke a session that you do not recognize: it ends at once."
            </p>
            <ul class="entries" aria-label="Sessions">
                {rows(move || data.with(|data| data.sessions.clone()), session)}
            </ul>
        </section>
    }
    .into_any()
}

fn session(row: SessionRow) -> AnyView {
    let this = row
        .number
        .is_none()
        .then(|| view! { " " <span class="badge badge-accent">"This session"</span> }.into_any());
    let revoke = row.number.map(|number| {
        let key = row.key.to_string();
        view! {
            <Form action=RevokeSession::PATH key=key.clone() class="form-inline">
                <input type="hidden" name="session" value=key/>
                <SubmitButton class="button button-small" text=format!("Revoke session {number}")/>
            </Form>
        }
        .into_any()
    });
    view! {
        <li class="entry">
            <div>
                <strong>{row.browser}</strong>{this}
                <p class="entry-note">
                    "Signed in with " {row.provider} " on " <Day at=row.since/> ", last seen on " <Time at=row.seen/> "."
                </p>
            </div>
            {revoke}
        </li>
    }
    .into_any()
}

/// Ends a session in another browser.
#[server(prefix = "/rpc", endpoint = "account/revoke-session")]
pub(crate) async fn revoke_session(session: i64) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let browser = gallery::sessions::revoke(&gallery, &actor, session).await?;
    Ok(Done::say(format!("The session in {browser} has ended.")))
}
