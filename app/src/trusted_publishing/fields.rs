//! The form "Create policy", and its fields, which "Edit" shows again.

use super::create::CreatePolicy;
use super::create_for_organization::CreateOrganizationPolicy;
use crate::dom::typed::Typed;
use crate::ui::button::SubmitButton;
use crate::ui::form::Form;
use crate::ui::package_owner::{PackageOwner, package_owner};
use crate::ui::scopes::scopes_field;
use crate::ui::select::{Choice, SelectField};
use crate::ui::text_field::TextField;
use domain::form::UiError;
use domain::permission::{PushScope, Scopes};
use domain::trusted_publishing::{PolicyForm, PolicyRow, WorkloadProvider};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// What most policies are for.
const USUAL: Scopes = Scopes {
    push: PushScope::NewPackages,
    unlist: false,
};

/// The form that makes a policy.
pub(super) fn create_form(owner: PackageOwner, providers: &[WorkloadProvider]) -> AnyView {
    let action = match &owner {
        PackageOwner::OneOf(_) => CreatePolicy::PATH,
        PackageOwner::Organization(_) => CreateOrganizationPolicy::PATH,
    };
    let providers = providers.to_vec();
    view! {
        <Form action class="form form-columns panel" check=check>
            // Within the form, so that the controls are this form's.
            {name_field(String::new())}
            {package_owner(owner)}
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
    let scopes = row.map_or(USUAL, |row| row.scopes);
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
        {scopes_field(scopes)}
        <TextField
            name="globs"
            label="Glob pattern"
            value=globs
            hint="Package ids that may be published: Contoso.* or * for all. Separate several by space or comma."
        />
    }
    .into_any()
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
