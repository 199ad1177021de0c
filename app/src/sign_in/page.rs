//! The page "Sign in".

use crate::error::Failure;
use crate::layout::heading::Heading;
use crate::layout::navigation::query_value;
use crate::layout::visit::Visit;
use crate::page::loaded::Loaded;
use crate::ui::button::LinkButton;
use crate::ui::notice::{Notice, Tone};
use crate::ui::rows::rows;
use domain::form::UiError;
use domain::links::LocalPath;
use domain::session::{SignInChoice, SignInPage};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// Under this address the server keeps why a sign-in did not come about, as the outcome of a form.
const OUTCOME: &str = "/sign-in";

/// The page "Sign in".
#[component]
pub(crate) fn SignIn() -> impl IntoView {
    let back_to = query_value("return");
    let failed = Visit::of_context()
        .outcome_of(OUTCOME, "")
        .and_then(|outcome| outcome.result.err());
    view! {
        <Loaded
            read=move || ReadSignIn {}
            view=move |page| {
                view! {
                    <div class="narrow">
                        <Heading text="Sign in"/>
                        {failed.clone().map(failure)}
                        <SignedInAlready back_to/>
                        <Choices page back_to/>
                    </div>
                }
                .into_any()
            }
        />
    }
}

/// The ways to sign in.
#[server(prefix = "/rpc", endpoint = "/session/sign_in", input = GetUrl)]
pub(crate) async fn read_sign_in() -> Result<SignInPage, Failure> {
    Ok(crate::backend::request::backend()?.site.sign_in.clone())
}

/// Why the sign-in that led here did not come about.
fn failure(error: UiError) -> AnyView {
    let incident = error.incident.map(|incident| {
        view! { <p>"Tell the operators of this site the incident: " <code>{incident}</code></p> }.into_any()
    });
    view! { <Notice tone=Tone::Error><p>{error.message}</p>{incident}</Notice> }.into_any()
}

/// For those who are signed in: the way on. Another person may sign in all the same.
#[component]
fn SignedInAlready(back_to: Signal<String>) -> impl IntoView {
    let viewer = Visit::of_context().viewer();
    let name = Memo::new(move |_| viewer.with(|viewer| viewer.as_ref().map(|viewer| viewer.name.clone())));
    move || {
        name.get().map(|name| {
            let next = next_page(&back_to.get());
            view! {
                <Notice tone=Tone::Info>
                    <p>"You are signed in as " <strong>{name}</strong> ". Go on, or continue below as somebody else."</p>
                    <p><LinkButton text="Go on" href=next/></p>
                </Notice>
            }
            .into_any()
        })
    }
}

/// Where somebody goes who is signed in already: to the page that was asked for, if it is one of this site.
fn next_page(back_to: &str) -> LocalPath {
    LocalPath::parse(back_to)
        .filter(|path| path.path() != "/sign-in" && path.path() != "/register")
        .unwrap_or_else(LocalPath::home)
}

#[component]
fn Choices(page: Memo<SignInPage>, back_to: Signal<String>) -> impl IntoView {
    let refused = Memo::new(move |_| page.with(|page| page.refused.clone()));
    let none = Memo::new(move |_| page.with(|page| page.choices.is_empty()));
    let choices = move || page.with(|page| page.choices.clone());
    move || {
        if let Some(reason) = refused.get() {
            view! { <Notice tone=Tone::Warning><p>{reason}</p></Notice> }.into_any()
        } else if none.get() {
            let words = "No way to sign in is set up here. The operators of this site name one in its configuration.";
            view! { <Notice tone=Tone::Warning><p>{words}</p></Notice> }.into_any()
        } else {
            view! {
                <p class="lead">
                    "Sign in to publish packages and to work in organizations. No password is kept here. "
                    "If it is your first time, you choose a user name next."
                </p>
                <div class="stack">{rows(choices, move |choice| choice_form(choice, back_to))}</div>
            }
            .into_any()
        }
    }
}

/// A plain form: it leads to the provider, on another origin.
fn choice_form(choice: SignInChoice, back_to: Signal<String>) -> AnyView {
    let action = format!("/sign-in/{}", domain::links::percent_encode(&choice.provider));
    view! {
        <form method="post" action=action>
            <input type="hidden" name="return" value=move || back_to.get()/>
            <button class="button button-wide" type="submit">"Sign in with " {choice.label}</button>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::next_page;
    use rstest::rstest;

    #[rstest]
    #[case("/account/apikeys?x=1", "/account/apikeys?x=1")]
    #[case("/sign-in?return=%2F", "/")]
    #[case("/register", "/")]
    #[case("//evil.example", "/")]
    #[case("", "/")]
    fn the_way_on_stays_on_this_site(#[case] back_to: &str, #[case] next: &str) {
        assert_eq!(next_page(back_to).as_str(), next);
    }
}
