//! The browser's entry point.

use wasm_bindgen::prelude::wasm_bindgen;

/// Makes the page that the server rendered live.
#[wasm_bindgen]
pub async fn hydrate() {
    app::hydrate().await;
}
