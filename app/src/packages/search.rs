//! The page "Packages": what was found, or everything there is.

use super::card::package_list;
use crate::error::Failure;
use crate::layout::heading::Heading;
use crate::layout::navigation::query_value;
use crate::page::loaded::Loaded;
use crate::ui::button::LinkButton;
use crate::ui::empty_state::EmptyState;
use crate::ui::filter::{FilterButton, FilterCheckbox, FilterSelect};
use crate::ui::number::counted;
use crate::ui::pages::{Neighbours, Pages};
use crate::ui::query_form::QueryForm;
use crate::ui::select::Choice;
use domain::links::percent_encode;
use domain::profile::{SearchPage, SortBy};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The page "Packages".
#[component]
pub(crate) fn Packages() -> impl IntoView {
    let wanted = Wanted {
        q: query_value("q"),
        prerelease: query_value("prerelease"),
        sort: query_value("sort"),
    };
    let number = query_value("page");
    let read = move || ReadPackages {
        q: wanted.q.get(),
        prerelease: wanted.prerelease.get(),
        sort: wanted.sort.get(),
        page: number.get(),
    };
    view! { <Loaded read view=move |data| found(wanted, data)/> }
}

/// The packages that fit, 20 a page.
#[server(prefix = "/rpc", endpoint = "/packages/search", input = GetUrl)]
pub(crate) async fn read_packages(
    q: String,
    prerelease: String,
    sort: String,
    page: String,
) -> Result<SearchPage, Failure> {
    let gallery = crate::backend::gallery()?;
    let number = page.parse().unwrap_or(1);
    Ok(gallery::search::page(&gallery, &q, prerelease == TICKED, SortBy::parse(&sort), number).await?)
}

/// What the address says of a ticked box.
const TICKED: &str = "true";

/// What the address asks for, as it is written there.
#[derive(Clone, Copy)]
struct Wanted {
    q: Signal<String>,
    prerelease: Signal<String>,
    sort: Signal<String>,
}

impl Wanted {
    fn prerelease(self) -> bool {
        self.prerelease.with(|prerelease| prerelease == TICKED)
    }

    fn sort(self) -> SortBy {
        self.sort.with(|sort| SortBy::parse(sort))
    }
}

fn found(wanted: Wanted, data: Memo<SearchPage>) -> AnyView {
    let count = move || counted(data.with(|page| page.total), "package", "packages");
    let neighbours = Signal::derive(move || {
        let at = |number| {
            wanted
                .q
                .with(|q| address(q, wanted.prerelease(), wanted.sort(), number))
        };
        let (number, pages) = data.with(|page| (page.number, page.pages));
        Neighbours {
            previous: (number > 1).then(|| at(number - 1)),
            next: (number < pages).then(|| at(number + 1)),
        }
    });
    let list = move || {
        let packages = data.with(|page| page.packages.clone());
        if packages.is_empty() {
            wanted
                .q
                .with(|q| nothing(q, wanted.prerelease(), address(q, true, wanted.sort(), 1)))
        } else {
            package_list("Packages", packages)
        }
    };
    view! {
        <Heading text="Packages"/>
        <div class="list-head">
            <p class="list-count" aria-live="polite">{count}</p>
            <Filter wanted/>
        </div>
        {list}
        <Pages neighbours/>
    }
    .into_any()
}

/// Which packages, and in what order. What was searched for goes along.
#[component]
fn Filter(wanted: Wanted) -> impl IntoView {
    let orders = SortBy::ALL.map(|sort| Choice::new(sort.value(), sort.label()));
    let chosen = Signal::derive(move || wanted.sort().value().to_owned());
    let prerelease = Signal::derive(move || wanted.prerelease());
    view! {
        <QueryForm action="/packages" class="filter">
            <input type="hidden" name="q" value=move || wanted.q.get()/>
            <FilterCheckbox name="prerelease" label="Include prerelease" checked=prerelease/>
            <FilterSelect name="sort" label="Sort by" choices=orders.into() value=chosen/>
            <FilterButton/>
        </QueryForm>
    }
}

fn nothing(q: &str, prerelease: bool, with_prereleases: String) -> AnyView {
    let include = (!prerelease)
        .then(|| view! { <p><LinkButton text="Include prereleases" href=with_prereleases/></p> }.into_any());
    if q.is_empty() {
        view! {
            <EmptyState title="No packages are listed yet.">
                <p>"Upload the first one, or push it with your client."</p>
                <p>
                    <LinkButton text="Upload packages" href="/packages/manage/upload" class="button button-primary"/>
                </p>
                {include}
            </EmptyState>
        }
        .into_any()
    } else {
        view! {
            <EmptyState title=format!("No package fits \u{201c}{q}\u{201d}.")>
                <p>"Check the spelling, or search for fewer words: all of them must fit."</p>
                {include}
            </EmptyState>
        }
        .into_any()
    }
}

/// The address of a page of the list; what is not said is the default.
fn address(q: &str, prerelease: bool, sort: SortBy, number: u32) -> String {
    let mut query = Vec::new();
    if !q.is_empty() {
        query.push(format!("q={}", percent_encode(q)));
    }
    if prerelease {
        query.push(format!("prerelease={TICKED}"));
    }
    if sort != SortBy::default() {
        query.push(format!("sort={}", sort.value()));
    }
    if number > 1 {
        query.push(format!("page={number}"));
    }
    if query.is_empty() {
        "/packages".to_owned()
    } else {
        format!("/packages?{}", query.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::address;
    use domain::profile::SortBy;

    #[test]
    fn pages_keep_what_was_asked_for() {
        assert_eq!(address("", false, SortBy::Relevance, 1), "/packages");
        assert_eq!(
            address("a&b", true, SortBy::Name, 2),
            "/packages?q=a%26b&prerelease=true&sort=name&page=2"
        );
    }
}
