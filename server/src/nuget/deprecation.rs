//! Deprecations, as registrations and search tell them.

use domain::package::Deprecation;
use serde::Serialize;

/// The reasons, the message, and what to use instead.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DeprecationWords {
    reasons: Vec<&'static str>,
    #[serde(skip_serializing_if = "String::is_empty")]
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    alternate_package: Option<AlternatePackage>,
}

#[derive(Serialize)]
struct AlternatePackage {
    id: String,
    range: String,
}

impl DeprecationWords {
    /// What is said of a version. A named version of the alternate is the least one: newer ones are as good.
    pub(super) fn new(said: &Deprecation) -> Self {
        Self {
            reasons: said.reasons.iter().map(|reason| reason.protocol()).collect(),
            message: said.message.clone(),
            alternate_package: said.alternate.as_ref().map(|alternate| AlternatePackage {
                id: alternate.id.clone(),
                range: alternate
                    .version
                    .as_ref()
                    .map_or_else(|| "*".to_owned(), |version| format!("[{version}, )")),
            }),
        }
    }
}
