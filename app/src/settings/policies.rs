//! The section with an organization's policies.

use super::section::{account_field, section};
use crate::dom::typed::Typed;
use crate::error::Failure;
use crate::ui::button::SubmitButton;
use crate::ui::checkbox::Checkbox;
use crate::ui::form::Form;
use crate::ui::select::{Choice, SelectField};
use crate::ui::text_field::TextField;
use domain::form::{Done, Field, UiError};
use domain::permission::NewPackages;
use domain::session::SignInChoice;
use domain::settings::{OrganizationSettings, Policies, PoliciesField, PoliciesForm};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The section.
pub(super) fn section_of(data: Memo<OrganizationSettings>) -> AnyView {
    let shown = Memo::new(move |_| {
        data.with(|page| {
            let page = page.clone();
            (page.account.name, page.policies, page.providers)
        })
    });
    let content = move || {
        let (name, policies, providers) = shown.get();
        content(&name, policies, &providers)
    };
    section("policies", "Policies", content.into_any())
}

fn content(name: &str, policies: Policies, providers: &[SignInChoice]) -> AnyView {
    let account = account_field(name);
    let key_days = policies.key_days.map(|days| days.to_string()).unwrap_or_default();
    let who: Vec<Choice> = NewPackages::ALL
        .into_iter()
        .map(|who| Choice::new(who.value(), who.label()))
        .collect();
    let ways = provider_choices(providers, &policies.provider);
    view! {
        <p class="quiet">"They bind every member with the next request. You can only set what you meet yourself."</p>
        <Form action=SavePolicies::PATH check=check>
            {account}
            <TextField
                name=PoliciesField::KeyDays.name()
                label=PoliciesField::KeyDays.label()
                kind="number"
                value=key_days
                hint="From 1 to 365; leave it empty for no limit of its own. Older keys are refused."
            />
            <SelectField
                name=PoliciesField::NewPackages.name()
                label=PoliciesField::NewPackages.label()
                choices=who
                value=policies.new_packages.value()
                hint="It binds people and their own keys, not the organization's keys and trusted publishing."
            />
            {switch(
                PoliciesField::OrganizationKeys,
                policies.organization_keys,
                "Personal API keys and the upload page are refused.",
            )}
            {switch(
                PoliciesField::SecondFactor,
                policies.second_factor,
                "Members who sign in without one are treated as if they were none.",
            )}
            <SelectField
                name=PoliciesField::Provider.name()
                label=PoliciesField::Provider.label()
                choices=ways
                value=policies.provider
                hint="Members who sign in in another way are treated as if they were none."
            />
            <div class="form-buttons"><SubmitButton text="Save policies" class="button"/></div>
        </Form>
    }
    .into_any()
}

fn switch(policy: PoliciesField, on: bool, hint: &'static str) -> AnyView {
    view! { <Checkbox name=policy.name() label=policy.label() checked=on hint=hint/> }.into_any()
}

/// Any provider, those of the site, and the one that holds, should the site have it no more.
fn provider_choices(providers: &[SignInChoice], present: &str) -> Vec<Choice> {
    let known = present.is_empty() || providers.iter().any(|choice| choice.provider == present);
    let gone = (!known).then(|| Choice::same(present));
    let named = providers.iter().map(|choice| {
        let label = choice.label.strip_prefix("the ").unwrap_or(&choice.label);
        Choice::new(choice.provider.clone(), label)
    });
    std::iter::once(Choice::new("", "Any provider"))
        .chain(named)
        .chain(gone)
        .collect()
}

fn check(typed: &Typed) -> Result<(), UiError> {
    let form = PoliciesForm {
        key_days: typed.get("key_days"),
        new_packages: typed.get("new_packages"),
        ..PoliciesForm::default()
    };
    form.parse().map(|_| ()).map_err(UiError::from)
}

/// Sets all policies.
#[server(prefix = "/rpc", endpoint = "/settings/policies")]
pub(crate) async fn save_policies(
    #[server(default)] account: String,
    #[server(default)] key_days: String,
    #[server(default)] new_packages: String,
    #[server(default)] organization_keys: String,
    #[server(default)] second_factor: String,
    #[server(default)] provider: String,
) -> Result<Done, Failure> {
    let (backend, actor) = (crate::backend::backend()?, crate::backend::actor()?);
    let form = PoliciesForm {
        key_days,
        new_packages,
        organization_keys,
        second_factor,
        provider,
    };
    let providers: Vec<String> = backend
        .site
        .sign_in
        .choices
        .iter()
        .map(|choice| choice.provider.clone())
        .collect();
    gallery::account_settings::set_policies(&backend.gallery, &actor, &account, form, &providers).await?;
    Ok(Done::say("The policies are saved."))
}

#[cfg(test)]
mod tests {
    use super::provider_choices;
    use domain::session::SignInChoice;

    #[test]
    fn any_provider_comes_first_and_the_present_one_is_never_missing() {
        let github = SignInChoice {
            provider: "github".to_owned(),
            label: "GitHub".to_owned(),
        };
        let development = SignInChoice {
            provider: "development".to_owned(),
            label: "the development identity".to_owned(),
        };
        let labels = |present| -> Vec<String> {
            provider_choices(&[github.clone(), development.clone()], present)
                .into_iter()
                .map(|choice| choice.label)
                .collect()
        };
        assert_eq!(labels("github"), ["Any provider", "GitHub", "development identity"]);
        assert_eq!(
            labels("gone"),
            ["Any provider", "GitHub", "development identity", "gone"]
        );
    }
}
