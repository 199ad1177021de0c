//! The head of every page of an organization: its heading, the way to its other pages, and what is in its way.

use super::resend_confirmation::ResendConfirmation;
use crate::layout::heading::Heading;
use crate::ui::button::SubmitButton;
use crate::ui::form::Form;
use crate::ui::notice::{Notice, Tone};
use crate::ui::picture::picture;
use domain::links::{self, LocalPath};
use domain::organization::OrganizationHead;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The pages of an organization that the navigation leads to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum OrganizationTab {
    /// What the organization is.
    Overview,
    /// Who belongs to it.
    Members,
    /// What it owns.
    Packages,
    /// With what it pushes.
    ApiKeys,
    /// Which workflows publish without a key that anybody keeps.
    TrustedPublishing,
    /// What happened.
    AuditTrail,
    /// What can be changed about it.
    Settings,
}

impl OrganizationTab {
    const ALL: [Self; 7] = [
        Self::Overview,
        Self::Members,
        Self::Packages,
        Self::ApiKeys,
        Self::TrustedPublishing,
        Self::AuditTrail,
        Self::Settings,
    ];

    const fn label(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Members => "Members",
            Self::Packages => "Packages",
            Self::ApiKeys => "API keys",
            Self::TrustedPublishing => "Trusted publishing",
            Self::AuditTrail => "Audit trail",
            Self::Settings => "Settings",
        }
    }

    fn address(self, name: &str) -> LocalPath {
        match self {
            Self::Overview => links::organization(name),
            Self::Members => links::members(name),
            Self::Packages => links::organization_packages(name),
            Self::ApiKeys => links::organization_api_keys(name),
            Self::TrustedPublishing => links::organization_trusted_publishing(name),
            Self::AuditTrail => links::audit_trail(name),
            Self::Settings => links::organization_settings(name),
        }
    }

    /// Whether this viewer may open it. Whoever sees a head at all may see the members.
    const fn opens_for(self, head: &OrganizationHead) -> bool {
        match self {
            Self::Members => true,
            Self::Overview | Self::Packages => head.sees_organization,
            Self::ApiKeys | Self::TrustedPublishing => head.sees_keys,
            Self::AuditTrail => head.sees_audit,
            Self::Settings => head.manages,
        }
    }
}

/// The heading of the page, the navigation "Organization", and notices about the organization's state.
#[component]
pub(crate) fn OrganizationHeader(
    /// The organization, as this viewer may see it.
    head: Memo<OrganizationHead>,
    /// The page's heading, from the organization's name.
    heading: fn(&str) -> String,
    /// The page.
    current: OrganizationTab,
) -> impl IntoView {
    let text = Memo::new(move |_| head.with(|head| heading(&head.name)));
    let shown = Memo::new(move |_| head.with(|head| (head.name.clone(), head.logo.clone())));
    let links = move || {
        head.with(|head| {
            OrganizationTab::ALL
                .into_iter()
                .filter(|tab| tab.opens_for(head))
                .map(|tab| link(tab, &head.name, tab == current))
                .collect::<Vec<_>>()
        })
    };
    view! {
        <div class="page-head">
            <div class="page-title">
                {move || shown.with(|(name, logo)| picture(name, logo, "picture picture-title"))}
                <Heading text/>
            </div>
        </div>
        <nav class="subnav" aria-label="Organization"><ul class="subnav-list">{links}</ul></nav>
        {move || head.with(notices)}
    }
}

fn link(tab: OrganizationTab, name: &str, current: bool) -> AnyView {
    let href = tab.address(name).to_string();
    let current = current.then_some("page");
    view! { <li><a class="subnav-link" href=href aria-current=current>{tab.label()}</a></li> }.into_any()
}

fn notices(head: &OrganizationHead) -> AnyView {
    let locked = head.locked.then(|| {
        view! {
            <Notice tone=Tone::Warning>
                <p>
                    "This organization is locked: nothing can be published or changed for it. Ask the operators of this site."
                </p>
            </Notice>
        }
        .into_any()
    });
    let unconfirmed = (!head.confirmed).then(|| unconfirmed(head));
    view! { {locked} {unconfirmed} }.into_any()
}

fn unconfirmed(head: &OrganizationHead) -> AnyView {
    let what_to_do = if head.manages {
        let organization = head.name.clone();
        view! {
            <p>"Open the link in the mail that was sent there, or have the mail sent again."</p>
            <Form action=ResendConfirmation::PATH class="form-inline">
                <input type="hidden" name="organization" value=organization/>
                <SubmitButton class="button button-small" text="Resend confirmation"/>
            </Form>
        }
        .into_any()
    } else {
        view! { <p>"An administrator of the organization opens the link in the mail that was sent there."</p> }
            .into_any()
    };
    let name = head.name.clone();
    view! {
        <Notice tone=Tone::Warning>
            <p>
                "The email address of " <strong>{name}</strong>
                " is not confirmed yet. Until it is, nobody can be invited and nothing can be published for it."
            </p>
            {what_to_do}
        </Notice>
    }
    .into_any()
}
