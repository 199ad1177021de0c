//! What an API key or a publishing policy may do.

use super::checkbox::Checkbox;
use super::fieldset::Fieldset;
use super::radio::Radio;
use domain::permission::{PushScope, Scopes};
use leptos::prelude::*;

/// The group "Scopes", ticked as told.
pub(crate) fn scopes_field(ticked: Scopes) -> AnyView {
    let push = ticked.push != PushScope::None;
    let versions = ticked.push == PushScope::Versions;
    view! {
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
            <Checkbox name="unlist" label="Unlist or relist package versions" checked=ticked.unlist/>
        </Fieldset>
    }
    .into_any()
}
