//! Pages whose code the browser loads when they are first visited.

use crate::dom::document;
use crate::layout::hint;
use crate::layout::navigation::Navigator;
use leptos::prelude::*;
use leptos_router::ChooseView;
use leptos_router::hooks::use_url;
use std::future::pending;
use std::pin::Pin;
use wasm_split_helpers::SplitLoaderError;

/// A page in a chunk of the WASM of its own, for a route to show. [`lazy!`] makes it.
#[derive(Clone, Copy)]
pub(crate) struct LazyPage {
    /// The chunk's name.
    pub(crate) chunk: &'static str,
    /// Loads the chunk, unless it is there, and gives what draws the page.
    pub(crate) load: fn() -> Loading,
}

/// What loads a page's code.
pub(crate) type Loading = Pin<Box<dyn Future<Output = Result<Draw, NotLoaded>>>>;

/// What draws a page.
pub(crate) type Draw = fn() -> AnyView;

/// A chunk did not come: no connection, or another release is served by now.
pub(crate) struct NotLoaded;

impl From<SplitLoaderError> for NotLoaded {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// `lazy!(chunk, path::to::Page)`: a page that is compiled into the named chunk, together with the others of that name.
macro_rules! lazy {
    ($chunk:ident, $page:path) => {{
        #[wasm_split_helpers::wasm_split($chunk, fallible)]
        fn page() -> Result<$crate::page::lazy::Draw, $crate::page::lazy::NotLoaded> {
            Ok(|| $page().into_any())
        }
        $crate::page::lazy::LazyPage {
            chunk: stringify!($chunk),
            load: || Box::pin(page()),
        }
    }};
}
pub(crate) use lazy;

impl ChooseView for LazyPage {
    async fn choose(self) -> AnyView {
        hint::chunk(self.chunk);
        match (self.load)().await {
            Ok(draw) => draw(),
            Err(NotLoaded) => load_document().await,
        }
    }

    /// Ends when the page can be drawn at once; never, if it cannot be loaded.
    async fn preload(&self) {
        if (self.load)().await.is_err() {
            pending::<()>().await;
        }
    }
}

/// Has the browser go to the page the old way, with a whole document, unless somebody has left it again already.
async fn load_document() -> AnyView {
    let navigator = Navigator::of_context();
    let wanted = use_url().with_untracked(|url| url.path().to_owned());
    if wanted == untrack(|| navigator.path()) {
        document::load(&untrack(|| navigator.path_and_query()));
    }
    pending().await
}
