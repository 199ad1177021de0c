//! A file that cannot be published, and why.

use super::uploads::Uploads;
use crate::ui::notice::{Notice, Tone};
use leptos::prelude::*;

/// The region of a refused file, named by it.
pub(super) fn refused(heading: &str, name: String, reason: String, discard: AnyView) -> AnyView {
    view! {
        <section class="draft" aria-labelledby=heading.to_owned()>
            <h2 class="draft-title" id=heading.to_owned() tabindex="-1">{name}</h2>
            <Notice tone=Tone::Error><p>{reason}</p></Notice>
            {discard}
        </section>
    }
    .into_any()
}

/// The button "Discard" of a file that never arrived: there is nothing to discard but the region.
pub(super) fn forget_button(uploads: Uploads, number: u32) -> AnyView {
    view! { <button class="button" type="button" on:click=move |_| uploads.forget(number)>"Discard"</button> }
        .into_any()
}
