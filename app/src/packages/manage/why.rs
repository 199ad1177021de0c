//! The form that asks why somebody can push to the package, and the answers.

use crate::ui::query_form::QueryForm;
use crate::ui::why::why_panel;
use domain::links;
use domain::profile::ManagePackagePage;
use leptos::prelude::*;

/// The id of the text box.
const NAME: &str = "why-user";

/// The part of the page about rights.
pub(super) fn why(id: Memo<String>, data: Memo<ManagePackagePage>) -> AnyView {
    let asked = data.with_untracked(|page| page.why.as_ref().map(|why| why.person.clone()));
    let action = Signal::derive(move || links::manage_package(&id.get()).to_string());
    view! {
        <h2>"Why can somebody push here?"</h2>
        <QueryForm action class="form form-row">
            <div class="field">
                <label class="field-label" for=NAME>"User name"</label>
                <input
                    class="input"
                    id=NAME
                    type="text"
                    name="why"
                    value=asked
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-describedby="why-hint"
                />
                <p class="field-hint" id="why-hint">"Whose rights are to be explained."</p>
            </div>
            <div class="form-buttons"><button class="button" type="submit">"Explain"</button></div>
        </QueryForm>
        {why_panel(move || data.with(|page| page.why.clone()))}
    }
    .into_any()
}
