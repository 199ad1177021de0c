//! The one form component: every change that a person makes goes through it, with and without script.

use super::form_state::FormState;
use super::notice::FormMessage;
use crate::dom;
use crate::dom::typed::Typed;
use crate::layout::announcer::Announcer;
use crate::layout::navigation::Navigator;
use crate::layout::refresh::Refresh;
use crate::layout::visit::Visit;
use domain::form::{Done, UiError};
use leptos::context::Provider;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use web_sys::HtmlFormElement;

/// What the browser can tell about a form before it sends it: the very function that the server runs.
pub(crate) type Check = fn(&Typed) -> Result<(), UiError>;

/// A form that posts to a server function.
///
/// Without script the browser posts it, and the answer is the page it leads to, with what came of it. Live, it is sent
/// in the background: errors appear at their fields, the first wrong one gets the focus and what was typed stays; when
/// it is done the result is announced, the dialog around it closes, and the next page opens or this one is read anew.
///
/// It is one component for all forms on purpose: nothing in it depends on the form's type, so the browser gets its code
/// once.
#[component]
pub(crate) fn Form(
    /// The address of the server function: `InviteMember::PATH`.
    action: &'static str,
    /// Tells equal forms of a page apart, such as the name of the row's member.
    #[prop(optional, into)]
    key: String,
    /// What can be told before sending.
    #[prop(optional)]
    check: Option<Check>,
    /// Told what the form did, before anything else happens.
    #[prop(optional, into)]
    on_done: Option<Callback<Done>>,
    /// Whether what was typed stays when it is done: another question follows.
    #[prop(optional)]
    keeps_typed: bool,
    /// Whether a file is among its controls.
    #[prop(optional)]
    files: bool,
    /// Its id, for controls elsewhere on the page that belong to it.
    #[prop(optional)]
    id: Option<&'static str>,
    /// The form's class.
    #[prop(default = "form")]
    class: &'static str,
    /// Its controls.
    children: Children,
) -> impl IntoView {
    let state = FormState::new(action, &key);
    if let (Some(on_done), Some(done)) = (on_done, state.was_done()) {
        on_done.run(done);
    }
    let sending = Sending::of_context(state, on_done, keeps_typed);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(form) = dom::typed::form_of(&event) {
            sending.send(action, check, files, form, &event);
        }
    };
    let key = (!key.is_empty()).then(|| view! { <input type="hidden" name="form" value=key/> }.into_any());
    view! {
        <form
            id=id
            class=class
            method="post"
            action=action
            enctype=files.then_some("multipart/form-data")
            novalidate=true
            on:submit=submit
        >
            {key}
            <FormMessage state/>
            // For the controls in this form, and for nothing beside it.
            <Provider value=state>{children()}</Provider>
        </form>
    }
}

/// What a form needs when it is sent.
#[derive(Clone, Copy)]
struct Sending {
    state: FormState,
    on_done: Option<Callback<Done>>,
    keeps_typed: bool,
    announcer: Announcer,
    navigator: Navigator,
    refresh: Refresh,
    visit: Visit,
}

impl Sending {
    fn of_context(state: FormState, on_done: Option<Callback<Done>>, keeps_typed: bool) -> Self {
        Self {
            state,
            on_done,
            keeps_typed,
            announcer: Announcer::of_context(),
            navigator: Navigator::of_context(),
            refresh: Refresh::of_context(),
            visit: Visit::of_context(),
        }
    }

    fn send(self, action: &'static str, check: Option<Check>, files: bool, form: HtmlFormElement, event: &SubmitEvent) {
        let typed = Typed::of(&form, event);
        self.announcer.say("");
        if let Some(Err(error)) = check.map(|check| check(&typed)) {
            self.refused(&form, error);
        } else if self.state.begin() {
            let sent = Typed::in_controls(&form).encoded();
            leptos::task::spawn_local(async move {
                let answer = if files {
                    dom::fetch::post_files(action, &form).await
                } else {
                    dom::fetch::post(action, typed.encoded()).await
                };
                match answer.and_then(|done| serde_json::from_str(&done).map_err(|_| crate::page::outdated())) {
                    Ok(done) => self.done(&form, &sent, done),
                    Err(error) => self.refused(&form, error),
                }
            });
        }
    }

    fn refused(self, form: &HtmlFormElement, error: UiError) {
        let silent = error.message.is_empty();
        if !silent {
            self.announcer.say(&error.message);
        }
        // A choice that is sent as soon as it is made goes back to what holds.
        if form.class_name().contains("form-instant") {
            form.reset();
        }
        // A question that was answered wrongly stays; one about something else must not hide what is wrong.
        let asked_there = error.fields.first();
        if !asked_there.is_some_and(|wrong| dom::dialog::asks_for(form, &wrong.field)) {
            dom::dialog::close_within(form);
        }
        self.state.refuse(error);
        let form = form.clone();
        // The marks on the wrong fields are drawn by then.
        request_animation_frame(move || dom::focus::first_wrong(&form));
    }

    fn done(self, form: &HtmlFormElement, sent: &str, done: Done) {
        self.state.end();
        dom::dialog::close_around(form);
        dom::dialog::close_within(form);
        // What was typed while the answer was on its way stays.
        if !self.keeps_typed && Typed::in_controls(form).encoded() == sent {
            form.reset();
        }
        self.announcer.say(&done.message);
        let next = done.next.clone();
        if let Some(on_done) = self.on_done {
            on_done.try_run(done);
        }
        self.visit.refresh_viewer();
        match next {
            Some(next) if next.as_str() != untrack(|| self.navigator.path_and_query()) => {
                // Another query of the same page may show the same data, which has changed.
                let same_page = next.path() == untrack(|| self.navigator.path());
                self.navigator.go(next.as_str());
                if same_page {
                    self.refresh.page();
                }
            }
            _ => self.refresh.page(),
        }
    }
}
