//! The application and its pages.

use crate::layout::frame::Frame;
use crate::page::lazy::lazy;
use crate::page::problem::NotFound;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{FlatRoutes, Route, RouteChildren, Router};
use leptos_router::{MatchNestedRoutes, SsrMode, path};

/// The application: the frame, and in it the page that the address names.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let loading = RwSignal::new(false);
    let set_is_routing = SignalSetter::map(move |routing| loading.set(routing));
    view! {
        <Router set_is_routing>
            <Frame loading>
                <FlatRoutes fallback=NotFound children=RouteChildren::to_children(pages)/>
            </Frame>
        </Router>
    }
}

/// All pages.
///
/// Every page is rendered to its end before the first byte is sent, so that its status, its title and where it may lead
/// instead are decided by then.
///
/// The browser loads what is marked `lazy!` with the chunk it names, when a page of that chunk is first visited. Home,
/// sign-in, search and package page are there from the beginning. Few chunks are better than many: what pages of several
/// chunks have in common is one more file for each set of them.
fn pages() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/") view=crate::home::page::Home ssr=SsrMode::Async/>
        <Route path=path!("/sign-in") view=crate::sign_in::page::SignIn ssr=SsrMode::Async/>
        <Route path=path!("/register") view=lazy!(account, crate::account::register::Register) ssr=SsrMode::Async/>
        <Route path=path!("/account") view=lazy!(account, crate::settings::account::AccountSettingsPage) ssr=SsrMode::Async/>
        <Route path=path!("/account/confirm") view=lazy!(account, crate::account::confirm::ConfirmAccount) ssr=SsrMode::Async/>
        <Route path=path!("/account/apikeys") view=lazy!(account, crate::api_keys::page::ApiKeys) ssr=SsrMode::Async/>
        <Route path=path!("/account/notifications") view=lazy!(account, crate::notifications::page::Notifications) ssr=SsrMode::Async/>
        <Route path=path!("/account/organizations") view=lazy!(organizations, crate::organizations::mine::ManageOrganizations) ssr=SsrMode::Async/>
        <Route path=path!("/account/packages") view=lazy!(publish, crate::packages::owned::ManagePackages) ssr=SsrMode::Async/>
        <Route path=path!("/account/transform") view=lazy!(account, crate::transform::page::Transform) ssr=SsrMode::Async/>
        <Route path=path!("/account/trusted-publishing") view=lazy!(trusted, crate::trusted_publishing::page::TrustedPublishing) ssr=SsrMode::Async/>
        <Route path=path!("/admin") view=lazy!(admin, crate::admin::page::SiteAdministration) ssr=SsrMode::Async/>
        <Route path=path!("/organization/add") view=lazy!(organizations, crate::organizations::add::AddOrganization) ssr=SsrMode::Async/>
        <Route path=path!("/organization/:name") view=lazy!(organizations, crate::organizations::overview::Overview) ssr=SsrMode::Async/>
        <Route path=path!("/organization/:name/apikeys") view=lazy!(account, crate::api_keys::of_organization::OrganizationApiKeys) ssr=SsrMode::Async/>
        <Route path=path!("/organization/:name/audit") view=lazy!(admin, crate::audit::page::AuditTrail) ssr=SsrMode::Async/>
        <Route path=path!("/organization/:name/confirm") view=lazy!(organizations, crate::organizations::confirm::ConfirmOrganization) ssr=SsrMode::Async/>
        <Route path=path!("/organization/:name/members") view=lazy!(organizations, crate::members::page::Members) ssr=SsrMode::Async/>
        <Route path=path!("/organization/:name/packages") view=lazy!(organizations, crate::organizations::packages::OrganizationPackages) ssr=SsrMode::Async/>
        <Route path=path!("/organization/:name/settings") view=lazy!(account, crate::settings::organization::OrganizationSettingsPage) ssr=SsrMode::Async/>
        <Route path=path!("/organization/:name/trusted-publishing") view=lazy!(trusted, crate::trusted_publishing::of_organization::OrganizationTrustedPublishing) ssr=SsrMode::Async/>
        <Route path=path!("/packages") view=crate::packages::search::Packages ssr=SsrMode::Async/>
        <Route path=path!("/packages/manage/upload") view=lazy!(publish, crate::upload::page::Upload) ssr=SsrMode::Async/>
        <Route path=path!("/packages/:id") view=crate::packages::page::Package ssr=SsrMode::Async/>
        <Route path=path!("/packages/:id/manage") view=lazy!(publish, crate::packages::manage::ManagePackage) ssr=SsrMode::Async/>
        <Route path=path!("/packages/:id/:version") view=crate::packages::page::Package ssr=SsrMode::Async/>
        <Route path=path!("/profiles/:name") view=lazy!(organizations, crate::profiles::page::Profile) ssr=SsrMode::Async/>
        <Route path=path!("/help/feed") view=lazy!(help, crate::help::feed::FeedHelp) ssr=SsrMode::Async/>
        <Route path=path!("/help/organizations") view=lazy!(help, crate::help::organizations::OrganizationsHelp) ssr=SsrMode::Async/>
    }
    .into_inner()
}

/// Loads the chunk of the page at a path; comes back when there is nothing to wait for.
#[cfg(feature = "hydrate")]
pub(crate) async fn load(path: &str) {
    use leptos_router::{ChooseView, MatchInterface, RouteDefs};
    if let Some(found) = RouteDefs::new(pages()).match_route(path) {
        found.into_view_and_child().0.preload().await;
    }
}
