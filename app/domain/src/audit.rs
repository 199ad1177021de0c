//! The audit trail: what is written of every change, and how it is shown.

pub mod filter;

pub use filter::{AuditFilter, AuditFilterField, AuditFilterForm};

use crate::form::FieldMessage;
use crate::organization::OrganizationHead;
use crate::page::Page;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident = $value:literal, $words:literal;)*) => {
        /// What happened, by the name it has in the trail, in downloads and in filters (product contract, section 8).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum AuditAction {
            $(#[doc = $words] $variant,)*
        }

        impl AuditAction {
            /// Every action, in the order of the contract.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The action's name: `member.role_changed`.
            #[must_use]
            pub const fn value(self) -> &'static str {
                match self { $(Self::$variant => $value,)* }
            }

            /// The action in words: "changed a role".
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self { $(Self::$variant => $words,)* }
            }
        }
    };
}

actions! {
    AccountCreated = "account.created", "Account created";
    AccountRenamed = "account.renamed", "Account renamed";
    AccountLocked = "account.locked", "Account locked";
    AccountUnlocked = "account.unlocked", "Account unlocked";
    AccountDeleted = "account.deleted", "Account deleted";
    AccountPromoted = "account.promoted", "Made site administrator";
    AccountDemoted = "account.demoted", "No longer site administrator";
    IdentityLinked = "identity.linked", "Sign-in linked";
    IdentityUnlinked = "identity.unlinked", "Sign-in unlinked";
    IdentityClaimed = "identity.claimed", "Account claimed";
    SessionStarted = "session.started", "Signed in";
    SessionEnded = "session.ended", "Signed out";
    OrganizationCreated = "organization.created", "Organization added";
    OrganizationRenamed = "organization.renamed", "Organization renamed";
    OrganizationDeleted = "organization.deleted", "Organization deleted";
    InvitationCreated = "invitation.created", "Invitation sent";
    InvitationResent = "invitation.resent", "Invitation sent again";
    InvitationRoleChanged = "invitation.role_changed", "Role of an invitation changed";
    InvitationAccepted = "invitation.accepted", "Invitation accepted";
    InvitationDeclined = "invitation.declined", "Invitation declined";
    InvitationCancelled = "invitation.cancelled", "Invitation cancelled";
    InvitationExpired = "invitation.expired", "Invitation expired";
    MemberAdded = "member.added", "Member added";
    MemberRoleChanged = "member.role_changed", "Role changed";
    MemberRemoved = "member.removed", "Member removed";
    MemberLeft = "member.left", "Member left";
    TransformationRequested = "transformation.requested", "Transformation requested";
    TransformationCancelled = "transformation.cancelled", "Transformation cancelled";
    TransformationRejected = "transformation.rejected", "Transformation rejected";
    TransformationAccepted = "transformation.accepted", "Transformation accepted";
    TransformationUndone = "transformation.undone", "Transformation undone";
    TransformationExpired = "transformation.expired", "Transformation expired";
    EmailRequested = "email.requested", "Address change requested";
    EmailConfirmed = "email.confirmed", "Address confirmed";
    EmailCancelled = "email.cancelled", "Address change cancelled";
    SettingsChanged = "settings.changed", "Settings changed";
    PolicyChanged = "policy.changed", "Policy changed";
    LogoChanged = "logo.changed", "Logo changed";
    ApiKeyCreated = "api_key.created", "API key created";
    ApiKeyEdited = "api_key.edited", "API key edited";
    ApiKeyRegenerated = "api_key.regenerated", "API key regenerated";
    ApiKeyRevoked = "api_key.revoked", "API key revoked";
    ApiKeyDeleted = "api_key.deleted", "API key deleted";
    ApiKeyCutOff = "api_key.cut_off", "API key cut off";
    ApiKeyFirstUsed = "api_key.first_used", "API key used for the first time";
    TrustedPublishingCreated = "trusted_publishing.created", "Publishing policy created";
    TrustedPublishingEdited = "trusted_publishing.edited", "Publishing policy edited";
    TrustedPublishingDeleted = "trusted_publishing.deleted", "Publishing policy deleted";
    TrustedPublishingUsed = "trusted_publishing.used", "Publishing policy used";
    TrustedPublishingRefused = "trusted_publishing.refused", "Trusted publishing refused";
    PackagePushed = "package.pushed", "Package published";
    PackagePushRefused = "package.push_refused", "Push refused";
    PackageListed = "package.listed", "Version relisted";
    PackageUnlisted = "package.unlisted", "Version unlisted";
    PackageDeprecated = "package.deprecated", "Version deprecated";
    PackageUndeprecated = "package.undeprecated", "Deprecation lifted";
    PackageLocked = "package.locked", "Package locked";
    PackageUnlocked = "package.unlocked", "Package unlocked";
    PackageDeleted = "package.deleted", "Version deleted";
    OwnershipRequested = "ownership.requested", "Ownership requested";
    OwnershipAccepted = "ownership.accepted", "Ownership accepted";
    OwnershipRejected = "ownership.rejected", "Ownership rejected";
    OwnershipCancelled = "ownership.cancelled", "Ownership request cancelled";
    OwnershipAdded = "ownership.added", "Owner added";
    OwnershipRemoved = "ownership.removed", "Owner removed";
    OwnershipMoved = "ownership.moved", "Packages moved";
    PrefixReserved = "prefix.reserved", "Prefix reserved";
    PrefixChanged = "prefix.changed", "Reserved prefix changed";
    PrefixReleased = "prefix.released", "Prefix released";
}

impl AuditAction {
    /// Reads an action's name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.value() == text)
    }

    /// Whether a collaborator sees it in the organization's trail.
    #[must_use]
    pub fn is_for_collaborators(self) -> bool {
        ["package.", "ownership.", "invitation.", "member."]
            .iter()
            .any(|start| self.value().starts_with(start))
    }
}

/// A row of the table "Audit trail".
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AuditRow {
    /// When it happened.
    pub time: Timestamp,
    /// The actor's present name, "operator", "system", or "deleted account".
    pub who: String,
    /// Whether `who` has a profile page.
    pub who_is_account: bool,
    /// The action's name; [`AuditAction::words`] tells it in words.
    pub action: String,
    /// What it happened to: a user name, a package with its version, an address (masked), a key's name.
    pub subject: String,
    /// What it was before, or empty.
    pub before: String,
    /// What it is since, or empty.
    pub after: String,
    /// The key's name, or "session".
    pub credential: String,
}

/// The page "Audit trail of {name}".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// Head and navigation of the organization.
    pub head: OrganizationHead,
    /// The events, newest first.
    pub events: Page<AuditRow>,
    /// Whose events can be asked for: the organization itself, its members, and whoever is no account.
    pub members: Vec<String>,
    /// What of the filter could not be read; then there are no events.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<FieldMessage>,
    /// How far the search came, if it ended before the page was full and there is more to look at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub searched_to: Option<Timestamp>,
}
