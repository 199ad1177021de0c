//! The frame around every page.

use super::announcer::{Announcer, StatusElement};
use super::footer::Footer;
use super::header::Header;
use super::navigation::Navigator;
use super::refresh::Refresh;
use super::transformation::TransformationNotice;
use super::unconfirmed::UnconfirmedNotice;
use super::visit::Visit;
use leptos::prelude::*;

/// Header, main part and footer, and what every component may ask for: visit, announcer, navigator, refresh.
#[component]
pub(crate) fn Frame(
    /// Whether the next page is on its way.
    #[prop(into)]
    loading: Signal<bool>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let visit = Visit::provide();
    let announcer = Announcer::provide(visit);
    let navigator = Navigator::provide();
    let refresh = Refresh::provide();
    Effect::new(move |_| go_live(visit, navigator));
    super::live::follow(visit, navigator, refresh);
    // The router takes clicks on links; it scrolls, but leaves the focus where it is.
    let skip = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        crate::dom::focus::by_id("main");
    };
    view! {
        <a class="skip-link" href="#main" on:click=skip>"Skip to the page's content"</a>
        <div class="loading" class:loading-shown=loading aria-hidden="true"></div>
        <Header/>
        <StatusElement announcer/>
        <UnconfirmedNotice/>
        <TransformationNotice/>
        <main class="main" id="main" tabindex="-1">{children()}</main>
        <Footer/>
    }
}

/// Runs once, when the browser has taken over what the server rendered.
fn go_live(visit: Visit, navigator: Navigator) {
    visit.went_live();
    crate::dom::document::mark_live();
    if navigator.shows_outcome() {
        navigator.replace(&untrack(|| navigator.path_and_query()));
    }
}
