//! Boxes that say something about the page or the form they stand in.

use super::form_state::FormState;
use super::icon::Icon;
use crate::layout::navigation::Navigator;
use domain::form::UiErrorKind;
use domain::links;
use leptos::prelude::*;

/// How grave a notice is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Good to know.
    Info,
    /// To be looked at.
    Warning,
    /// Something did not work.
    Error,
    /// Something worked.
    Success,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Info => "notice",
            Self::Warning => "notice notice-warning",
            Self::Error => "notice notice-error",
            Self::Success => "notice notice-success",
        }
    }

    const fn icon(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning | Self::Error => "warning",
            Self::Success => "check",
        }
    }
}

/// A notice.
#[component]
pub(crate) fn Notice(
    /// How grave it is.
    tone: Tone,
    /// What it says.
    children: Children,
) -> impl IntoView {
    view! {
        <div class=tone.class()>
            <Icon name=tone.icon()/>
            <div class="notice-body">{children()}</div>
        </div>
    }
}

/// What is wrong with a form as a whole.
#[component]
pub(crate) fn FormMessage(state: FormState) -> impl IntoView {
    let navigator = Navigator::of_context();
    let message = state.message();
    move || {
        message.get().map(|error| {
            let sign_in = (error.kind == UiErrorKind::SignIn).then(|| {
                let href = links::sign_in(&untrack(|| navigator.path_and_query())).to_string();
                view! { " " <a href=href>"Sign in"</a> }.into_any()
            });
            let incident = error.incident.map(|incident| format!(" Incident: {incident}."));
            view! {
                <Notice tone=Tone::Error><p>{error.message} {incident} {sign_in}</p></Notice>
            }
            .into_any()
        })
    }
}
