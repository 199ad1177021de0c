//! A file on its way.

use super::item::{Transfer, heading_of_file};
use super::uploads::Uploads;
use crate::ui::number::bytes;
use leptos::prelude::*;

/// The id of the button "Stop" of a file.
pub(super) fn stop_id(number: u32) -> String {
    format!("transfer-{number}-stop")
}

/// The region of a file on its way, named by it.
pub(super) fn transfer(uploads: Uploads, transfer: Transfer) -> AnyView {
    let Transfer {
        number,
        name,
        size,
        sent,
    } = transfer;
    let heading = heading_of_file(number);
    let progress = format!("Upload of {name}");
    let value = {
        let sent = sent.clone();
        move || sent.get().unwrap_or_default().min(size).to_string()
    };
    view! {
        <section class="draft" aria-labelledby=heading.clone()>
            <h2 class="draft-title" id=heading.clone() tabindex="-1">{name}</h2>
            <div class="progress">
                <progress class="progress-bar" aria-label=progress max=size.max(1).to_string() value=value></progress>
                <span class="progress-words">{move || words(sent.get(), size)}</span>
            </div>
            <button
                class="button button-small"
                id=stop_id(number)
                type="button"
                on:click=move |_| uploads.stop(number)
            >
                "Stop"
            </button>
        </section>
    }
    .into_any()
}

/// How far a file is. What is sent beyond its size is the form around it.
fn words(sent: Option<u64>, size: u64) -> String {
    match sent {
        None => "Waits for the others".to_owned(),
        Some(sent) if sent < size => format!("{} of {}", bytes(sent), bytes(size)),
        Some(_) => "Is being checked".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_file_says_how_far_it_is() {
        assert_eq!(words(None, 10), "Waits for the others");
        assert_eq!(words(Some(0), 10), "0 B of 10 B");
        assert_eq!(words(Some(200), 10), "Is being checked");
    }
}
