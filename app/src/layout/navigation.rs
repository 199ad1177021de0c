//! Going from page to page without a document load.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_params_map, use_url};
use leptos_router::location::Location;

type Go = std::sync::Arc<dyn Fn(&str, NavigateOptions) + Send + Sync>;

/// Leads to other pages, and knows where we are.
#[derive(Clone, Copy)]
pub(crate) struct Navigator {
    go: StoredValue<Go>,
    location: StoredValue<Location>,
    headed: StoredValue<String>,
}

impl Navigator {
    /// Provides the navigator; inside of the router.
    pub(crate) fn provide() -> Self {
        let location = use_location();
        let navigator = Self {
            go: StoredValue::new(std::sync::Arc::new(use_navigate())),
            headed: StoredValue::new(location.pathname.get_untracked()),
            location: StoredValue::new(location),
        };
        provide_context(navigator);
        navigator
    }

    /// The navigator of this application.
    pub(crate) fn of_context() -> Self {
        expect_context()
    }

    /// Goes to a page of this site.
    pub(crate) fn go(self, to: &str) {
        self.navigate(
            to,
            NavigateOptions {
                resolve: false,
                ..NavigateOptions::default()
            },
        );
    }

    /// Goes to a page that takes the place of this one in the history, without scrolling: a filter that changes while
    /// somebody types.
    pub(crate) fn replace(self, to: &str) {
        let options = NavigateOptions {
            resolve: false,
            replace: true,
            scroll: false,
            ..NavigateOptions::default()
        };
        self.navigate(to, options);
    }

    fn navigate(self, to: &str, options: NavigateOptions) {
        if let Some(go) = self.go.try_get_value() {
            go(to, options);
        }
    }

    /// The path without its query; reading it subscribes to it.
    pub(crate) fn path(self) -> String {
        self.location.with_value(|location| location.pathname.get())
    }

    /// The path with its query, without what belongs to this one visit of it; reading it subscribes to it.
    pub(crate) fn path_and_query(self) -> String {
        self.location.with_value(|location| {
            let query = without_outcome(&location.search.get());
            let path = location.pathname.get();
            if query.is_empty() {
                path
            } else {
                format!("{path}?{query}")
            }
        })
    }

    /// Whether the address still names the outcome of a form.
    pub(crate) fn shows_outcome(self) -> bool {
        let query = self.location.with_value(|location| location.search.get_untracked());
        without_outcome(&query) != query
    }

    /// Whether the page at the present path has not had the focus on its heading yet; asking takes it.
    pub(crate) fn takes_focus(self) -> bool {
        let path = untrack(|| self.path());
        let fresh = self.headed.with_value(|headed| *headed != path);
        if fresh {
            self.headed.set_value(path);
        }
        fresh
    }
}

/// A query without the handle of a form's outcome, which is good for one visit only.
fn without_outcome(query: &str) -> String {
    let kept: Vec<&str> = query
        .split('&')
        .filter(|part| !part.is_empty() && !part.starts_with("outcome="))
        .collect();
    kept.join("&")
}

/// A part of the route's path: the `name` of `/organization/:name`; empty where there is none.
///
/// Reading it subscribes to it. It must be called inside of a page.
pub(crate) fn path_part(part: &'static str) -> Signal<String> {
    let parts = use_params_map();
    Signal::derive(move || parts.with(|parts| parts.get(part).unwrap_or_default()))
}

/// A value of the page's query; empty where there is none.
///
/// A page that is being left must not follow the query of the next one, so this listens to the route's own address.
/// That one is not told when the same route takes another path (leptos_router 0.8.17, flat_router.rs), but the route's
/// parameters are; hence both.
pub(crate) fn query_value(name: &'static str) -> Signal<String> {
    let url = use_url();
    let parts = use_params_map();
    let query = use_location().query;
    Signal::derive(move || {
        url.track();
        parts.track();
        untrack(|| query.with(|query| query.get(name).unwrap_or_default()))
    })
}

#[cfg(test)]
mod tests {
    use super::without_outcome;
    use rstest::rstest;

    #[rstest]
    #[case("", "")]
    #[case("outcome=1", "")]
    #[case("after=a&outcome=1&q=b", "after=a&q=b")]
    #[case("q=outcome%3D1", "q=outcome%3D1")]
    fn the_way_back_does_not_show_an_outcome_again(#[case] query: &str, #[case] kept: &str) {
        assert_eq!(without_outcome(query), kept);
    }
}
