//! The reserved prefixes, as site administrators manage them.

use super::change::ChangePrefix;
use super::read::ReadPrefixes;
use super::release::ReleasePrefix;
use super::reserve::ReservePrefix;
use crate::dom::typed::Typed;
use crate::page::loaded::Loaded;
use crate::ui::button::SubmitButton;
use crate::ui::checkbox::Checkbox;
use crate::ui::confirm_dialog::ConfirmDialog;
use crate::ui::empty_state::EmptyState;
use crate::ui::form::Form;
use crate::ui::rows::rows;
use crate::ui::select::{Choice, SelectField};
use crate::ui::text_field::TextField;
use domain::form::UiError;
use domain::prefix::{PrefixForm, PrefixReach, PrefixRow};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The section "Reserved prefixes": the form that reserves one, and those that are reserved.
pub(crate) fn prefix_section() -> AnyView {
    view! {
        <section aria-labelledby="prefixes">
            <h2 id="prefixes">"Reserved prefixes"</h2>
            <p class="lead">
                "New packages under a reserved prefix can be published by its owners only. Packages that are there stay."
            </p>
            {reserve_form()}
            <Loaded read=|| ReadPrefixes {} view=list/>
        </section>
    }
    .into_any()
}

fn reserve_form() -> AnyView {
    let reaches = PrefixReach::ALL
        .into_iter()
        .map(|reach| Choice::new(reach.value(), reach.label()))
        .collect();
    view! {
        <Form action=ReservePrefix::PATH class="form" check=check>
            <TextField name="value" label="Prefix" hint="Such as Contoso. with the dot, for Contoso.Json and the like."/>
            <SelectField name="reach" label="What is reserved" choices=reaches value=PrefixReach::Beginning.value()/>
            <TextField name="owners" label="Owners" hint="Users and organizations, by space or comma."/>
            <Checkbox name="shared" label="Everybody may publish under it"/>
            <div class="form-buttons"><SubmitButton text="Reserve prefix"/></div>
        </Form>
    }
    .into_any()
}

fn check(typed: &Typed) -> Result<(), UiError> {
    let form = PrefixForm {
        value: typed.get("value"),
        reach: typed.get("reach"),
        shared: typed.get("shared"),
        owners: typed.get("owners"),
    };
    form.parse().map(|_| ()).map_err(UiError::from)
}

fn list(data: Memo<Vec<PrefixRow>>) -> AnyView {
    let empty = Memo::new(move |_| data.with(Vec::is_empty));
    let list = move || {
        if empty.get() {
            view! {
                <EmptyState title="No prefix is reserved.">
                    <p>"Reserve one above for whoever the ids identify."</p>
                </EmptyState>
            }
            .into_any()
        } else {
            view! { <div class="articles">{rows(move || data.get(), article)}</div> }.into_any()
        }
    };
    view! { {list} }.into_any()
}

fn article(row: PrefixRow) -> AnyView {
    let shown = row.shown();
    let heading = format!("prefix-{}", row.key);
    let note = row.reach.label();
    let release = release(row.key, &shown);
    let change = change(row, &shown);
    view! {
        <article class="article" aria-labelledby=heading.clone()>
            <h3 class="article-title" id=heading.clone()><code>{shown}</code></h3>
            <p class="article-note">{note}</p>
            {change}
            {release}
        </article>
    }
    .into_any()
}

fn change(row: PrefixRow, shown: &str) -> AnyView {
    let key = row.key.to_string();
    let shared = row.access.is_shared();
    let save = format!("Save {shown}");
    view! {
        <Form action=ChangePrefix::PATH key=key.clone() class="form">
            <input type="hidden" name="prefix" value=key/>
            <TextField name="owners" label="Owners" value=row.owners.join(", ")/>
            <Checkbox name="shared" label="Everybody may publish under it" checked=shared/>
            <div class="form-buttons">
                <SubmitButton class="button button-small" text=save/>
            </div>
        </Form>
    }
    .into_any()
}

fn release(key: i64, shown: &str) -> AnyView {
    let text = format!("Release {shown}");
    let key = key.to_string();
    view! {
        <ConfirmDialog
            action=ReleasePrefix::PATH
            key=key.clone()
            opener=text.clone()
            title=format!("{text}?")
            confirm=text
        >
            <p>"Everybody may publish new packages under it then, and its mark disappears from packages."</p>
            <input type="hidden" name="prefix" value=key/>
        </ConfirmDialog>
    }
    .into_any()
}
