//! The page "Create your account": the end of a first sign-in.

use crate::dom::typed::Typed;
use crate::error::Failure;
use crate::layout::heading::Heading;
use crate::layout::redirect::Redirect;
use crate::page::loaded::Loaded;
use crate::ui::button::{LinkButton, SubmitButton};
use crate::ui::form::Form;
use crate::ui::text_field::TextField;
use domain::form::{Done, UiError};
use domain::links;
use domain::session::{RegistrationForm, RegistrationPage};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::server_fn::codec::GetUrl;

/// The page "Create your account". Without a sign-in under way it leads to the sign-in page.
#[component]
pub(crate) fn Register() -> impl IntoView {
    view! {
        <Loaded
            read=move || ReadRegistration {}
            view=page
        />
    }
}

fn page(proposed: Memo<Option<RegistrationPage>>) -> AnyView {
    match proposed.get_untracked() {
        Some(proposed) => registration(proposed),
        None => view! { <Redirect to=links::choose_sign_in()/> }.into_any(),
    }
}

fn registration(proposed: RegistrationPage) -> AnyView {
    view! {
        <div class="narrow">
            <Heading text="Create your account"/>
            <p class="lead">
                "You are signing in for the first time. Choose the name by which others will know you here."
            </p>
            <Form action=RegisterAccount::PATH check=check>
                <TextField
                    name="name"
                    label="User name"
                    value=proposed.name
                    autocomplete="username"
                    hint="At least 3 letters, digits, '.', '-' or '_'. It is public."
                />
                <TextField
                    name="email"
                    label="Email address"
                    kind="email"
                    value=proposed.email
                    autocomplete="email"
                    hint="Invitations and warnings go there. It is not public."
                />
                <div class="form-buttons">
                    <SubmitButton text="Create account"/>
                    <LinkButton text="Cancel" href="/"/>
                </div>
            </Form>
        </div>
    }
    .into_any()
}

fn check(typed: &Typed) -> Result<(), UiError> {
    let form = RegistrationForm {
        name: typed.get("name"),
        email: typed.get("email"),
    };
    form.parse().map(drop).map_err(UiError::from)
}

/// What is proposed; nothing when no sign-in is under way.
#[server(prefix = "/rpc", endpoint = "/account/registration", input = GetUrl)]
pub(crate) async fn read_registration() -> Result<Option<RegistrationPage>, Failure> {
    let Some(token) = crate::backend::request::request()?.registration else {
        return Ok(None);
    };
    let proposed = gallery::accounts::registration(&crate::backend::gallery()?, &token).await;
    crate::backend::respond::unless_signed_out(proposed)
}

/// Makes the account and signs the person in.
#[server(prefix = "/rpc", endpoint = "/account/register")]
pub(crate) async fn register_account(
    #[server(default)] name: String,
    #[server(default)] email: String,
) -> Result<Done, Failure> {
    let request = crate::backend::request::request()?;
    let token = request.registration.ok_or_else(UiError::sign_in)?;
    let form = RegistrationForm { name, email };
    let gallery = crate::backend::gallery()?;
    let (session, next) = gallery::accounts::register(&gallery, request.actor.origin, &token, form).await?;
    crate::backend::respond::begin_session(session.expose())?;
    Ok(Done::go(next, "Your account is ready."))
}
