//! Transforming accounts into organizations. Tara, who is no visitor, asks the administrator of contoso.

use super::{Row, form, read};

/// Everybody here is in an organization, invited to one, or unconfirmed, so nobody's own account can be transformed.
const IN_THE_WAY: [u16; 7] = [401, 422, 422, 422, 422, 403, 422];
/// The one who was asked answers.
const ASKED: [u16; 7] = [401, 409, 409, 200, 409, 403, 403];

pub(super) const TRANSFORM: &[Row] = &[
    read(
        "/rpc/transform/read",
        "/rpc/transform/read",
        [401, 200, 200, 200, 200, 200, 200],
    ),
    form("/rpc/transform/check", "administrator=chris", IN_THE_WAY),
    form("/rpc/transform/request", "administrator=chris", IN_THE_WAY),
    // Nobody has asked for anything that could be taken back.
    form("/rpc/transform/cancel", "", [401, 409, 409, 409, 409, 403, 409]),
    form("/rpc/transform/accept", "account=tara", ASKED),
    form("/rpc/transform/reject", "account=tara", ASKED),
    form(
        "/rpc/transform/accept",
        "account=contoso",
        [401, 409, 409, 409, 409, 403, 403],
    ),
    // Contoso was added as an organization.
    form(
        "/rpc/transform/undo",
        "organization=contoso",
        [401, 404, 403, 409, 403, 403, 404],
    ),
];
