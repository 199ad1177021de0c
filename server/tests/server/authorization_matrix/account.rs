//! Sign-ins, sessions and deletion: of one's own account, and of an organization.

use super::{Row, form};

/// The rows.
pub(super) const ROWS: &[Row] = &[
    // The stranger registered first: the sign-in is theirs, and their last one. Nobody else knows of it.
    form("/rpc/account/unlink", "identity=1", [401, 409, 404, 404, 404, 403, 404]),
    // Nobody learns whether there is such a session; whoever is locked may end their own.
    form(
        "/rpc/account/revoke-session",
        "session=1000000",
        [401, 409, 409, 409, 409, 409, 409],
    ),
    form("/rpc/account/delete", "", [401, 200, 200, 200, 200, 403, 200]),
    // Contoso has several members, and alone owns its package.
    form(
        "/rpc/organizations/delete",
        "organization=contoso",
        [401, 404, 403, 409, 403, 403, 404],
    ),
];
