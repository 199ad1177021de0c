//! The page "Upload packages".

use super::drop_area::DropArea;
use super::item::Item;
use super::published::published;
use super::read::ReadUpload;
use super::refused::{forget_button, refused};
use super::review::draft;
use super::transfer::transfer;
use super::uploads::Uploads;
use crate::layout::heading::Heading;
use crate::page::loaded::Loaded;
use crate::ui::empty_state::EmptyState;
use crate::ui::rows::rows;
use domain::upload::UploadPage;
use leptos::prelude::*;

/// The page "Upload packages".
#[component]
pub(crate) fn Upload() -> impl IntoView {
    view! { <Loaded read=|| ReadUpload {} view=page/> }
}

fn page(data: Memo<UploadPage>) -> AnyView {
    let uploads = Uploads::new(data);
    // What is on its way ends with the page.
    on_cleanup(crate::dom::upload::stop_all);
    let none = Memo::new(move |_| uploads.shown().is_empty());
    let empty = move || {
        none.get().then(|| {
            view! {
                <EmptyState title="No uploads wait for you.">
                    <p>"Choose or drop packages above: each is checked, and you publish it when you have looked at it."</p>
                </EmptyState>
            }
            .into_any()
        })
    };
    view! {
        <div class="page-head">
            <Heading text="Upload packages"/>
        </div>
        <DropArea uploads/>
        {empty}
        <div class="drafts">{rows(move || uploads.shown(), move |item| region(uploads, item))}</div>
    }
    .into_any()
}

fn region(uploads: Uploads, item: Item) -> AnyView {
    let heading = item.heading();
    match item {
        Item::Sending(file) => transfer(uploads, file),
        Item::Failed { number, name, reason } => refused(&heading, name, reason, forget_button(uploads, number)),
        Item::Draft(view) => draft(uploads, &view),
        Item::Published { draft, name, page } => published(draft, name, page),
    }
}
