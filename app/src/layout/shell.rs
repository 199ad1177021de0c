//! The HTML document around the application.

use super::assets::SiteAssets;
use crate::routes::App;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

/// The whole document of a page, for the server to render.
///
/// The script tags are our own: Leptos' would look for hashed names in a file beside the executable. Each carries the
/// nonce of the content security policy. The module runs once the document is read to its end, so the values that the
/// server left for it at the end of the body are there.
#[must_use]
pub fn shell() -> impl IntoView {
    let assets = SiteAssets::of_context();
    let script = assets.address("guildhall.js");
    let wasm = assets.address("guildhall.wasm");
    // The WASM is asked for before the script that runs it is there. A preload would do the same, and ask for it where
    // no script runs too. Nobody waits for the words of the page until it is live: they are drawn first, if anybody looks.
    let start = format!(
        "const w=fetch({wasm:?}),{{default:start,hydrate}}=await import({script:?});await start({{module_or_path:w}});\
         if(!document.hidden)await new Promise(drawn=>requestAnimationFrame(()=>requestAnimationFrame(()=>setTimeout(drawn))));hydrate()"
    );
    let nonce = use_nonce();
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="stylesheet" href=assets.address("guildhall.css")/>
                <link rel="icon" type="image/svg+xml" href="/favicon.svg"/>
                <link rel="modulepreload" href=script nonce=nonce.clone()/>
                <script type="module" nonce=nonce>{start}</script>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
