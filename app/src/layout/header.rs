//! The header of every page.

use super::account_menu::AccountMenu;
use super::navigation::Navigator;
use super::unread::UnreadLink;
use super::visit::Visit;
use crate::ui::icon::Icon;
use crate::ui::query_form::QueryForm;
use domain::links;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The gallery's name, the search, and who is signed in.
#[component]
pub(crate) fn Header() -> impl IntoView {
    let viewer = Visit::of_context().viewer();
    let navigator = Navigator::of_context();
    let signed_in = Memo::new(move |_| viewer.with(Option::is_some));
    let current = move |page: &'static str| (navigator.path() == page).then_some("page");
    view! {
        <header class="header">
            <div class="header-inner">
                <a class="brand" href="/"><Icon name="hall"/>"Guildhall"</a>
                <SearchBox/>
                <nav class="header-links" aria-label="Site">
                    <a
                        class="header-link header-link-wide"
                        href="/packages"
                        aria-current=move || current("/packages")
                    >
                        "Packages"
                    </a>
                    <a
                        class="header-link header-link-upload"
                        href="/packages/manage/upload"
                        aria-current=move || current("/packages/manage/upload")
                    >
                        <Icon name="upload"/>
                        "Upload"
                    </a>
                    {move || if signed_in.get() {
                        view! { <UnreadLink/> <AccountMenu/> }.into_any()
                    } else {
                        view! {
                            <a
                                class="header-link"
                                href=move || sign_in_address(navigator)
                                aria-current=move || current("/sign-in")
                            >
                                "Sign in"
                            </a>
                        }.into_any()
                    }}
                </nav>
            </div>
        </header>
    }
}

/// The search for packages; on the page of its results it shows what was searched for.
#[component]
fn SearchBox() -> impl IntoView {
    let location = use_location();
    let searched = Memo::new(move |_| {
        let on_results = location.pathname.with(|path| path == "/packages");
        location
            .query
            .with(|query| query.get("q").filter(|_| on_results).unwrap_or_default())
    });
    view! {
        <QueryForm action="/packages" class="search" role="search">
            <label class="visually-hidden" for="search-packages">"Search packages"</label>
            <Icon name="search"/>
            <input
                class="search-input"
                id="search-packages"
                type="search"
                name="q"
                autocomplete="off"
                spellcheck="false"
                placeholder="Search packages"
                value=searched.get_untracked()
                prop:value=move || searched.get()
            />
        </QueryForm>
    }
}

/// The sign-in page, with the way back to this page.
fn sign_in_address(navigator: Navigator) -> String {
    match navigator.path().as_str() {
        "/sign-in" | "/register" => "/sign-in".to_owned(),
        _ => links::sign_in(&navigator.path_and_query()).into(),
    }
}
