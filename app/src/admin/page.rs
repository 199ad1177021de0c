//! The page "Site administration".

use super::accounts::accounts;
use super::packages::package;
use crate::audit::table::table;
use crate::error::Failure;
use crate::layout::heading::Heading;
use crate::layout::navigation::query_value;
use crate::page::loaded::Loaded;
use crate::prefixes::section::prefix_section;
use crate::ui::pages::{Neighbours, Pages};
use domain::links::{self, percent_encode};
use domain::site::SitePage;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// What the address looks for.
#[derive(Clone, Copy)]
pub(super) struct Sought {
    /// A part of an account's name, or its address.
    pub(super) account: Signal<String>,
    /// A package's id, or its id and a version.
    pub(super) package: Signal<String>,
}

/// The page.
#[component]
pub(crate) fn SiteAdministration() -> impl IntoView {
    let sought = Sought {
        account: query_value("account"),
        package: query_value("package"),
    };
    let (after, before) = (query_value("after"), query_value("before"));
    let read = move || ReadSiteAdministration {
        account: sought.account.get(),
        package: sought.package.get(),
        after: after.get(),
        before: before.get(),
    };
    view! { <Loaded read view=move |data| page(data, sought)/> }
}

/// What the page shows.
#[server(prefix = "/rpc", endpoint = "/admin/read", input = GetUrl)]
pub(crate) async fn read_site_administration(
    account: String,
    package: String,
    after: String,
    before: String,
) -> Result<SitePage, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let place = domain::page::Place::of_query(&after, &before);
    Ok(gallery::site::page(&gallery, &actor, &account, &package, &place).await?)
}

fn page(data: Memo<SitePage>, sought: Sought) -> AnyView {
    let neighbours = Signal::derive(move || {
        let filter = sought
            .account
            .with(|account| sought.package.with(|package| query(account, package)));
        data.with(|page| Neighbours::by_key(links::site_administration().as_str(), &filter, &page.events))
    });
    view! {
        <Heading text="Site administration"/>
        {accounts(data, sought)}
        {package(data, sought)}
        {prefix_section()}
        <h2>"Audit trail of the site"</h2>
        {table(move || data.with(|page| page.events.items.clone()))}
        <Pages neighbours/>
    }
    .into_any()
}

/// What stands in the query beside the place in the trail.
fn query(account: &str, package: &str) -> String {
    let parts = [("account", account), ("package", package)];
    let said = parts.into_iter().filter(|(_, value)| !value.is_empty());
    said.map(|(name, value)| format!("{name}={}", percent_encode(value)))
        .collect::<Vec<_>>()
        .join("&")
}

#[cfg(test)]
mod tests {
    use super::query;

    #[test]
    fn turning_the_page_keeps_what_is_looked_for() {
        assert_eq!(query("", ""), "");
        assert_eq!(
            query("a&b", "Contoso.A 1.0.0"),
            "account=a%26b&package=Contoso.A%201.0.0"
        );
    }
}
