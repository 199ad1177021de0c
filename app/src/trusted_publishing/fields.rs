//! The form "Create policy", and its fields, which "Edit" shows again.

use super::create::CreatePolicy;
use super::create_for_organization::CreateOrganizationPolicy;
use crate::dom::typed::Typed;
use crate::ui::button::SubmitButton;
use crate::ui::checkbox::Checkbox;
use crate::ui::fieldset::Fieldset;
use crate::ui::form::Form;
use crate::ui::radio::Radio;
use crate::ui::select::{Choice, SelectField};
use crate::ui::text_field::TextField;
use domain::form::UiError;
use domain::permission::PushScope;
use domain::trusted_publishing::{PolicyForm, PolicyRow, WorkloadProvider};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// For whom a form makes policies.
pub(super) enum PolicyOwner {
    /// One of these, for whom the person may push.
    OneOf(Vec<String>),
    /// This organization, whose own policy it becomes.
    Organization(String),
}

/// The form that makes a policy.
pub(super) fn create_form(owner: PolicyOwner, providers: &[WorkloadProvider]) -> AnyView {
    let action = match &owner {
        PolicyOwner::OneOf(_) => CreatePolicy::PATH,
        PolicyOwner::Organization(_) => CreateOrganizationPolicy::PATH,
    };
    let providers = providers.to_vec();
    view! {
        <Form action class="form form-columns panel" check=check>
            // Within the form, so that the controls are this form's.
            {name_field(String::new())}
            {match owner {
                PolicyOwner::OneOf(owners) => owner_field(owners),
                PolicyOwner::Organization(name) => hidden_owner(name),
            }}
            {fields(None, &providers)}
            <div class="form-buttons"><SubmitButton text="Create policy"/></div>
        </Form>
    }
    .into_any()
}

/// The field "Policy name".
pub(super) fn name_field(value: String) -> AnyView {
    view! { <TextField name="name" label="Policy name" value hint="Empty: the name of the workflow's file."/> }
        .into_any()
}

/// The other fields, with what a policy says that is there.
pub(super) fn fields(row: Option<&PolicyRow>, providers: &[WorkloadProvider]) -> AnyView {
    let of = |part: fn(&PolicyRow) -> &String| row.map(part).cloned().unwrap_or_default();
    let scopes = row.map(|row| row.scopes);
    let push = scopes.is_none_or(|scopes| scopes.push != PushScope::None);
    let versions = scopes.is_some_and(|scopes| scopes.push == PushScope::Versions);
    let unlist = scopes.is_some_and(|scopes| scopes.unlist);
    let globs = row.map(|row| row.globs.join(" ")).unwrap_or_default();
    let mut choices: Vec<Choice> = providers
        .iter()
        .map(|provider| Choice::new(provider.name.clone(), provider.label.clone()))
        .collect();
    // A provider that is not configured any more stays chosen until another one is.
    if let Some(row) = row
        && !choices.iter().any(|choice| choice.value == row.provider)
    {
        choices.push(Choice::same(row.provider.clone()));
    }
    let provider = row
        .map(|row| row.provider.clone())
        .or_else(|| choices.first().map(|choice| choice.value.clone()))
        .unwrap_or_default();
    view! {
        <SelectField name="provider" label="Provider" choices value=provider/>
        <TextField
            name="repository_owner"
            label="Repository owner"
            value=of(|row| &row.repository_owner)
            hint="A user or an organization; at GitLab the namespace, such as contoso/tools."
        />
        <TextField name="repository" label="Repository" value=of(|row| &row.repository)/>
        <TextField
            name="workflow"
            label="Workflow file"
            value=of(|row| &row.workflow)
            hint="The file in .github/workflows, such as release.yml; at GitLab the branch, such as main, or nothing for any."
        />
        <TextField
            name="environment"
            label="Environment"
            value=of(|row| &row.environment)
            hint="Optional: only jobs of this environment may publish."
        />
        <Fieldset name="scopes" legend="Scopes">
            <Checkbox name="push" label="Push" checked=push/>
            <div class="check-nested">
                <Radio
                    name="push_scope"
                    value="new"
                    label="Push new packages and package versions"
                    checked=!versions
                />
                <Radio name="push_scope" value="versions" label="Push only new package versions" checked=versions/>
            </div>
            <Checkbox name="unlist" label="Unlist or relist package versions" checked=unlist/>
        </Fieldset>
        <TextField
            name="globs"
            label="Glob pattern"
            value=globs
            hint="Package ids that may be published: Contoso.* or * for all. Separate several by space or comma."
        />
    }
    .into_any()
}

/// A choice if there is one; it starts empty, so that nobody publishes for the wrong owner unawares.
fn owner_field(owners: Vec<String>) -> AnyView {
    if let [only] = owners.as_slice() {
        return view! {
            <div class="field">
                <span class="field-label">"Package owner"</span>
                <span class="field-text">{only.clone()}</span>
                {hidden_owner(only.clone())}
            </div>
        }
        .into_any();
    }
    let choices = std::iter::once(Choice::new("", "Select an owner…"))
        .chain(owners.into_iter().map(Choice::same))
        .collect();
    view! { <SelectField name="owner" label="Package owner" choices/> }.into_any()
}

fn hidden_owner(name: String) -> AnyView {
    view! { <input type="hidden" name="owner" value=name/> }.into_any()
}

fn check(typed: &Typed) -> Result<(), UiError> {
    let form = PolicyForm {
        name: typed.get("name"),
        provider: typed.get("provider"),
        owner: typed.get("owner"),
        repository_owner: typed.get("repository_owner"),
        repository: typed.get("repository"),
        workflow: typed.get("workflow"),
        environment: typed.get("environment"),
        push: typed.get("push"),
        push_scope: typed.get("push_scope"),
        unlist: typed.get("unlist"),
        globs: typed.get("globs"),
    };
    form.check().map_err(UiError::from)
}
