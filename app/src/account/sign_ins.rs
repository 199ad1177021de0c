//! The ways in which the person signs in: each can be unlinked but the last one, and further ones can be linked.

use crate::error::Failure;
use crate::layout::visit::Visit;
use crate::ui::button::SubmitButton;
use crate::ui::form::Form;
use crate::ui::notice::{Notice, Tone};
use crate::ui::rows::rows;
use crate::ui::time::{Day, Time};
use domain::form::Done;
use domain::links;
use domain::security::{AccountSecurity, SignInRow};
use domain::session::SignInChoice;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// Under this address and key the server keeps what came of linking a sign-in, as the outcome of a form.
const OUTCOME: (&str, &str) = ("/sign-in", "link");

/// The section "Sign-ins".
pub(crate) fn sign_ins(data: Memo<AccountSecurity>) -> AnyView {
    let (action, form) = OUTCOME;
    let failed = Visit::of_context()
        .outcome_of(action, form)
        .and_then(|outcome| outcome.result.err())
        .map(|error| view! { <Notice tone=Tone::Error><p>{error.message}</p></Notice> }.into_any());
    view! {
        <section class="panel" aria-labelledby="sign-ins">
            <h2 class="panel-title" id="sign-ins">"Sign-ins"</h2>
            <p class="lead">
                "Each of them opens this account. With a second one you get in even if the first one fails."
            </p>
            {failed}
            <ul class="entries" aria-label="Sign-ins">
                {rows(move || data.with(|data| data.sign_ins.clone()), sign_in)}
            </ul>
            <div class="form-buttons">{rows(move || data.with(|data| data.links.clone()), |choice| link(&choice))}</div>
        </section>
    }
    .into_any()
}

fn sign_in(row: SignInRow) -> AnyView {
    let here = row
        .here
        .then(|| view! { " " <span class="badge badge-accent">"In use now"</span> }.into_any());
    let address = (!row.address.is_empty()).then(|| format!("{}. ", row.address));
    let unlink = row.unlinkable.then(|| {
        let (key, text) = (row.key.to_string(), format!("Unlink {}", row.label));
        view! {
            <Form action=UnlinkSignIn::PATH key=key.clone() class="form-inline">
                <input type="hidden" name="identity" value=key/>
                <SubmitButton class="button button-small" text/>
            </Form>
        }
        .into_any()
    });
    view! {
        <li class="entry">
            <div>
                <strong>{row.label}</strong>{here}
                <p class="entry-note">
                    {address} "Linked on " <Day at=row.linked/> ", last used on " <Time at=row.used/> "."
                </p>
            </div>
            {unlink}
        </li>
    }
    .into_any()
}

/// A plain form: it leads to the provider, on another origin, and back to this page.
fn link(choice: &SignInChoice) -> AnyView {
    let action = format!("/sign-in/{}", links::percent_encode(&choice.provider));
    let text = format!("Link {}", choice.provider_label());
    view! {
        <form method="post" action=action>
            <input type="hidden" name="link" value="on"/>
            <button class="button" type="submit">{text}</button>
        </form>
    }
    .into_any()
}

/// Unlinks a sign-in; the sessions that began with it end, perhaps this one.
#[server(prefix = "/rpc", endpoint = "account/unlink")]
pub(crate) async fn unlink_sign_in(identity: i64) -> Result<Done, Failure> {
    let (request, backend) = (crate::backend::request::request()?, crate::backend::request::backend()?);
    let (token, choices) = (request.session.as_deref(), &backend.site.sign_in.choices);
    let unlinked = gallery::sign_in::unlink(&backend.gallery, &request.actor, identity, token, choices).await?;
    let message = format!("The sign-in with {} is unlinked.", unlinked.provider);
    if !unlinked.signed_out {
        return Ok(Done::say(message));
    }
    crate::backend::respond::end_session().await?;
    Ok(Done::go(
        links::sign_in("/account"),
        format!("{message} Sign in again with another one."),
    ))
}
