//! Pages that say why there is nothing to see, and where to go instead.

use crate::layout::heading::Heading;
use crate::layout::navigation::Navigator;
use crate::layout::redirect::Redirect;
use crate::layout::refresh::Refresh;
use crate::layout::status::set_status;
use crate::members::leave::leave_dialog;
use crate::ui::button::LinkButton;
use domain::form::{UiError, UiErrorKind};
use domain::links::{self, LocalPath, percent_encode};
use leptos::prelude::*;

/// The page for an error, with its status.
pub(crate) fn problem(error: UiError) -> AnyView {
    match error.kind {
        UiErrorKind::SignIn => {
            let back_to = untrack(|| Navigator::of_context().path_and_query());
            view! { <Redirect to=links::sign_in(&back_to)/> }.into_any()
        }
        UiErrorKind::NotFound => view! { <NotFound/> }.into_any(),
        UiErrorKind::Policy => {
            let organization = error.organization.clone().unwrap_or_default();
            // Who is treated as no member is one still, and may go.
            let leave = (!organization.is_empty()).then(|| leave_dialog(organization.clone()));
            told_with(format!("You do not meet a policy of {organization}"), error, leave)
        }
        UiErrorKind::Renamed => {
            let here = untrack(|| Navigator::of_context().path_and_query());
            let present = error.organization.clone().unwrap_or_default();
            match under_name(&here, &present) {
                Some(to) => view! { <Redirect to/> }.into_any(),
                None => view! { <NotFound/> }.into_any(),
            }
        }
        UiErrorKind::Forbidden => told("Not allowed".to_owned(), error),
        UiErrorKind::TooMany => told("Too many requests".to_owned(), error),
        UiErrorKind::Invalid | UiErrorKind::Conflict => told("This cannot be shown".to_owned(), error),
        UiErrorKind::Unavailable | UiErrorKind::Unreachable => told("Not available right now".to_owned(), error),
        UiErrorKind::Internal => told("Something went wrong".to_owned(), error),
    }
}

/// The page for an address that leads nowhere, or that may not be seen.
#[component]
pub(crate) fn NotFound() -> impl IntoView {
    set_status(404);
    view! {
        <div class="problem">
            <Heading text="Not found"/>
            <p>"There is nothing at this address, or you may not see it."</p>
            <p>"Check the address, or search for a package above."</p>
            <p><LinkButton text="Go to the front page" href="/"/></p>
        </div>
    }
}

fn told(heading: String, error: UiError) -> AnyView {
    told_with(heading, error, None)
}

/// The same with something else that can be done about it.
fn told_with(heading: String, error: UiError, way_out: Option<AnyView>) -> AnyView {
    set_status(error.status());
    let refresh = Refresh::of_context();
    let address = untrack(|| Navigator::of_context().path_and_query());
    // The link works without script by loading the page again; live, only its data is read again.
    let again = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        refresh.page();
    };
    let incident = error.incident.map(|incident| {
        view! { <p>"Tell the operators of this site the incident: " <code>{incident}</code></p> }.into_any()
    });
    view! {
        <div class="problem">
            <Heading text=heading/>
            <p>{error.message}</p>
            {incident}
            <p class="form-buttons">
                <a class="button button-primary" href=address rel="external" on:click=again>"Try again"</a>
                <LinkButton text="Go to the front page" href="/"/>
            </p>
            {way_out}
        </div>
    }
    .into_any()
}

/// The same page of an account under another name, which is the second part of the path.
fn under_name(address: &str, name: &str) -> Option<LocalPath> {
    let (area, rest) = address.strip_prefix('/')?.split_once('/')?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let to = format!("/{area}/{}{}", percent_encode(name), rest.get(end..)?);
    LocalPath::parse(&to).filter(|to| !name.is_empty() && to.as_str() != address)
}

#[cfg(test)]
mod tests {
    use super::{LocalPath, under_name};
    use rstest::rstest;

    #[rstest]
    #[case("/organization/old/members?q=a", Some("/organization/new/members?q=a"))]
    #[case("/profiles/old?after=b", Some("/profiles/new?after=b"))]
    #[case("/organization/new", None)]
    #[case("/packages", None)]
    fn a_former_name_leads_to_the_present_one(#[case] address: &str, #[case] to: Option<&str>) {
        assert_eq!(under_name(address, "new").as_ref().map(LocalPath::as_str), to);
    }
}
