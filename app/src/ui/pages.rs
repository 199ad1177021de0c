//! The end of a long list.

use leptos::prelude::*;

/// Where the neighbouring pages of a list are; nothing where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Neighbours {
    /// The address of the page before this one.
    pub(crate) previous: Option<String>,
    /// The address of the page after this one.
    pub(crate) next: Option<String>,
}

impl Neighbours {
    /// The neighbours of a page that is read by key; `filter` is what stands in the query beside the place, encoded.
    pub(crate) fn by_key<T>(path: &str, filter: &str, page: &domain::page::Page<T>) -> Self {
        let address = |place: &str, cursor: &Option<String>| {
            let cursor = domain::links::percent_encode(cursor.as_deref()?);
            let and = if filter.is_empty() { "" } else { "&" };
            Some(format!("{path}?{filter}{and}{place}={cursor}"))
        };
        Self {
            previous: address("before", &page.previous),
            next: address("after", &page.next),
        }
    }
}

/// The navigation "Pages". It is there only when there is more than one page.
#[component]
pub(crate) fn Pages(
    /// The neighbouring pages.
    #[prop(into)]
    neighbours: Signal<Neighbours>,
) -> impl IntoView {
    let any = Memo::new(move |_| neighbours.with(|pages| *pages != Neighbours::default()));
    let link = |address: Option<String>, rel: &'static str, text: &'static str| {
        address.map(|href| view! { <a class="button" href=href rel=rel>{text}</a> }.into_any())
    };
    move || {
        any.get().then(|| {
            view! {
                <nav class="pages" aria-label="Pages">
                    {move || link(neighbours.with(|pages| pages.previous.clone()), "prev", "Previous")}
                    {move || link(neighbours.with(|pages| pages.next.clone()), "next", "Next")}
                </nav>
            }
            .into_any()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Neighbours;
    use domain::page::Page;

    #[test]
    fn neighbours_keep_the_filter_and_encode_the_cursor() {
        let page = Page {
            items: vec![()],
            previous: None,
            next: Some("a&b".to_owned()),
        };
        let neighbours = Neighbours::by_key("/organization/a/members", "q=x", &page);
        assert_eq!(
            neighbours.next.as_deref(),
            Some("/organization/a/members?q=x&after=a%26b")
        );
        assert_eq!(neighbours.previous, None);
    }
}
