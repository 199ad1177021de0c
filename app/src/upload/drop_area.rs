//! Where files come in.

use super::uploads::{INPUT, Uploads};
use crate::dom;
use crate::dom::upload::{ADDRESS, FIELD};
use crate::layout::visit::Visit;
use crate::ui::form_state::FormState;
use crate::ui::icon::Icon;
use crate::ui::notice::FormMessage;
use domain::size::Bytes;
use leptos::html::Input;
use leptos::prelude::*;

/// The area on which files are dropped: a file input as large as the area, so that the browser itself does the work.
///
/// Live, files are sent as soon as they are chosen. Without script it is a form with one file and a button.
#[component]
pub(super) fn DropArea(
    /// The files of the page.
    uploads: Uploads,
) -> impl IntoView {
    let live = Visit::of_context().live();
    let state = FormState::new(ADDRESS, "");
    let over = RwSignal::new(false);
    let input = NodeRef::<Input>::new();
    // What was chosen before the page was live is not lost.
    Effect::new(move |_| {
        if live.get()
            && let Some(input) = input.get()
        {
            untrack(|| uploads.add(dom::files::take_from(&input)));
        }
    });
    let choose = move |event: leptos::ev::Event| {
        over.set(false);
        uploads.add(dom::files::take(&event));
    };
    view! {
        // Some browsers remember chosen files when a page is loaded again; they must not be sent a second time.
        <form class="stack" method="post" enctype="multipart/form-data" action=ADDRESS autocomplete="off" novalidate=true>
            <FormMessage state/>
            <div class="drop-area" class:drop-area-over=over>
                <Icon name="upload"/>
                <label class="drop-area-label" for=INPUT>"Choose .nupkg files"</label>
                <p class="drop-area-hint" id="upload-hint">
                    "Or drop them here. Each may have up to " {Bytes(uploads.limit()).to_string()}
                    ". Nothing is published before you say so."
                </p>
                <input
                    class="drop-area-input"
                    id=INPUT
                    node_ref=input
                    type="file"
                    name=FIELD
                    accept=".nupkg"
                    multiple=move || live.get()
                    aria-describedby="upload-hint"
                    on:change=choose
                    on:dragenter=move |_| over.set(true)
                    on:dragleave=move |_| over.set(false)
                    on:drop=move |_| over.set(false)
                />
            </div>
            <p class="until-live"><button class="button button-primary" type="submit">"Upload"</button></p>
        </form>
    }
}
