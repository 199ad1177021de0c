//! One mail to one recipient.

use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($variant:ident = $value:literal;)*) => {
        /// The kind of a mail, as its header `X-Guildhall-Mail` says (product contract, section 7).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum MailKind {
            $(#[doc = concat!("`", $value, "`")] #[serde(rename = $value)] $variant,)*
        }

        impl MailKind {
            /// The header's value.
            #[must_use]
            pub const fn value(self) -> &'static str {
                match self { $(Self::$variant => $value,)* }
            }
        }
    };
}

kinds! {
    AccountConfirm = "account-confirm";
    OrganizationConfirm = "organization-confirm";
    EmailConfirm = "email-confirm";
    EmailChanged = "email-changed";
    IdentityLinked = "identity-linked";
    IdentityUnlinked = "identity-unlinked";
    IdentityClaimed = "identity-claimed";
    AccountDeleted = "account-deleted";
    Invitation = "invitation";
    InvitationCancelled = "invitation-cancelled";
    InvitationDeclined = "invitation-declined";
    MemberAdded = "member-added";
    RoleChanged = "role-changed";
    MemberRemoved = "member-removed";
    TransformRequested = "transform-requested";
    TransformReceived = "transform-received";
    TransformAccepted = "transform-accepted";
    TransformRejected = "transform-rejected";
    TransformCancelled = "transform-cancelled";
    TransformUndone = "transform-undone";
    OwnershipRequested = "ownership-requested";
    OwnershipAccepted = "ownership-accepted";
    OwnershipRejected = "ownership-rejected";
    OwnershipCancelled = "ownership-cancelled";
    PackagePublished = "package-published";
    OwnerAdded = "owner-added";
    OwnerRemoved = "owner-removed";
    ApiKeyCreated = "api-key-created";
    ApiKeyRevoked = "api-key-revoked";
    ApiKeyExpiring = "api-key-expiring";
    ApiKeyExpired = "api-key-expired";
    OrganizationRenamed = "organization-renamed";
    OrganizationDeleted = "organization-deleted";
}

/// A mail to one recipient, whole.
#[derive(Clone, Serialize, Deserialize)]
pub struct Mail {
    /// What kind of mail.
    pub kind: MailKind,
    /// The recipient's address.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The paragraphs before the link; no paragraph holds a line break.
    pub paragraphs: Vec<String>,
    /// The one link, alone on its line: a path on this site.
    pub link: String,
    /// What the link is called in the HTML part.
    pub link_text: String,
    /// Why the recipient got this, after the link.
    pub reason: String,
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The link may carry a token, the address is a person's.
        f.debug_struct("Mail").field("kind", &self.kind).finish_non_exhaustive()
    }
}
