//! The application and its pages.

use crate::layout::frame::Frame;
use crate::page::problem::NotFound;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{SsrMode, path};

/// The application: the frame, and in it the page that the address names.
///
/// Every page is rendered to its end before the first byte is sent, so that its status, its title and where it may lead
/// instead are decided by then.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let loading = RwSignal::new(false);
    let set_is_routing = SignalSetter::map(move |routing| loading.set(routing));
    view! {
        <Router set_is_routing>
            <Frame loading>
                <FlatRoutes fallback=NotFound>
                    <Route path=path!("/") view=crate::home::page::Home ssr=SsrMode::Async/>
                    <Route path=path!("/sign-in") view=crate::sign_in::page::SignIn ssr=SsrMode::Async/>
                    <Route path=path!("/register") view=crate::account::register::Register ssr=SsrMode::Async/>
                    <Route path=path!("/account") view=crate::account::page::AccountSettings ssr=SsrMode::Async/>
                    <Route path=path!("/account/confirm") view=crate::account::confirm::ConfirmAccount ssr=SsrMode::Async/>
                    <Route path=path!("/account/apikeys") view=crate::api_keys::page::ApiKeys ssr=SsrMode::Async/>
                    <Route path=path!("/account/notifications") view=crate::notifications::page::Notifications ssr=SsrMode::Async/>
                    <Route path=path!("/account/organizations") view=crate::organizations::mine::ManageOrganizations ssr=SsrMode::Async/>
                    <Route path=path!("/account/packages") view=crate::packages::owned::ManagePackages ssr=SsrMode::Async/>
                    <Route path=path!("/organization/add") view=crate::organizations::add::AddOrganization ssr=SsrMode::Async/>
                    <Route path=path!("/organization/:name") view=crate::organizations::overview::Overview ssr=SsrMode::Async/>
                    <Route path=path!("/organization/:name/audit") view=crate::audit::page::AuditTrail ssr=SsrMode::Async/>
                    <Route path=path!("/organization/:name/confirm") view=crate::organizations::confirm::ConfirmOrganization ssr=SsrMode::Async/>
                    <Route path=path!("/organization/:name/members") view=crate::members::page::Members ssr=SsrMode::Async/>
                    <Route path=path!("/organization/:name/packages") view=crate::organizations::packages::OrganizationPackages ssr=SsrMode::Async/>
                    <Route path=path!("/packages") view=crate::packages::search::Packages ssr=SsrMode::Async/>
                    <Route path=path!("/packages/manage/upload") view=crate::upload::page::Upload ssr=SsrMode::Async/>
                    <Route path=path!("/packages/:id") view=crate::packages::page::Package ssr=SsrMode::Async/>
                    <Route path=path!("/packages/:id/manage") view=crate::packages::manage::ManagePackage ssr=SsrMode::Async/>
                    <Route path=path!("/packages/:id/:version") view=crate::packages::page::Package ssr=SsrMode::Async/>
                    <Route path=path!("/profiles/:name") view=crate::profiles::page::Profile ssr=SsrMode::Async/>
                    <Route path=path!("/help/feed") view=crate::help::feed::FeedHelp ssr=SsrMode::Async/>
                    <Route path=path!("/help/organizations") view=crate::help::organizations::OrganizationsHelp ssr=SsrMode::Async/>
                </FlatRoutes>
            </Frame>
        </Router>
    }
}
