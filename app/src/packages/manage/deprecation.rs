//! Why versions should not be used any more: the fields, and the panel for one version.

use super::change_versions::ChangeVersions;
use crate::dom::focus;
use crate::dom::typed::Typed;
use crate::ui::button::LinkButton;
use crate::ui::checkbox::Checkbox;
use crate::ui::fieldset::Fieldset;
use crate::ui::form::Form;
use crate::ui::selection::ChangeButton;
use crate::ui::text_area::TextArea;
use crate::ui::text_field::TextField;
use domain::form::UiError;
use domain::links;
use domain::package::DeprecationReason;
use domain::package::deprecation::VersionsForm;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The id of the panel's heading.
const HEADING: &str = "deprecate-version";

/// The panel that deprecates the version which the address names; nothing where it names none.
pub(super) fn panel(id: Memo<String>, version: Signal<String>) -> AnyView {
    let shown = Memo::new(move |_| version.get());
    view! { {move || shown.with(|version| (!version.is_empty()).then(|| form(id.get(), version.clone())))} }.into_any()
}

fn form(id: String, version: String) -> AnyView {
    let back = links::manage_package(&id).to_string();
    // Whoever asked for the panel reads on there.
    Effect::new(move |_| focus::by_id(HEADING));
    view! {
        <section class="panel" aria-labelledby=HEADING>
            <h3 class="panel-title" id=HEADING tabindex="-1">{format!("Deprecate {version}")}</h3>
            <Form action=ChangeVersions::PATH key=version.clone() class="form" check=check>
                <input type="hidden" name="id" value=id/>
                <input type="hidden" name="versions[]" value=version/>
                {fields()}
                <div class="form-buttons">
                    <ChangeButton
                        text="Save deprecation"
                        value=VersionsForm::DEPRECATE
                        class="button button-primary"
                    />
                    <LinkButton text="Cancel" href=back/>
                </div>
            </Form>
        </section>
    }
    .into_any()
}

/// Reasons, message, and what to use instead.
pub(super) fn fields() -> AnyView {
    view! {
        <Fieldset name="reasons" legend="Reasons">
            <Checkbox name="legacy" label=DeprecationReason::Legacy.label()/>
            <Checkbox name="critical_bugs" label=DeprecationReason::CriticalBugs.label()/>
            <Checkbox name="other" label=DeprecationReason::Other.label()/>
        </Fieldset>
        <TextArea name="message" label="Message" hint="At most 1,000 characters. Needed where there is another reason."/>
        <TextField name="alternate_id" label="Alternate package" hint="The id of a package to use instead, if there is one."/>
        <TextField name="alternate_version" label="Alternate version" hint="The least version of it. Empty: any."/>
    }
    .into_any()
}

/// The browser runs what the server will; the versions are those of the form.
pub(super) fn check(typed: &Typed) -> Result<(), UiError> {
    let form = VersionsForm {
        id: String::new(),
        versions: (0..typed.count("versions[]")).map(|_| String::new()).collect(),
        change: typed.get("change"),
        legacy: typed.get("legacy"),
        critical_bugs: typed.get("critical_bugs"),
        other: typed.get("other"),
        message: typed.get("message"),
        alternate_id: typed.get("alternate_id"),
        alternate_version: typed.get("alternate_version"),
    };
    form.parse().map(|_| ())
}
