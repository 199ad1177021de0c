//! Files that a person chose or dropped.

use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};

/// Takes the files out of the control that an event is about, so that the same file can be chosen again.
pub(crate) fn take(event: &web_sys::Event) -> Vec<File> {
    let input = event.target().and_then(|target| target.dyn_into().ok());
    input.map(|input| take_from(&input)).unwrap_or_default()
}

/// Takes the files out of a control.
pub(crate) fn take_from(input: &HtmlInputElement) -> Vec<File> {
    let Some(list) = input.files() else { return Vec::new() };
    let files = (0..list.length()).filter_map(|index| list.get(index)).collect();
    input.set_value("");
    files
}

/// Bytes of a file.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the size of a file is a whole number that JavaScript has no type for"
)]
pub(crate) fn size(file: &File) -> u64 {
    file.size() as u64
}
