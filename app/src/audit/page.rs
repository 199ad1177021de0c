//! The page "Audit trail".

use crate::layout::heading::Heading;
use leptos::prelude::*;

/// The page "Audit trail".
#[component]
pub(crate) fn AuditTrail() -> impl IntoView {
    view! { <Heading text="Audit trail"/> }
}
