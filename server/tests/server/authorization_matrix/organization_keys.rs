//! The keys of organizations, and those of their members.

use super::{Row, form, read};

/// Administrators alone; collaborators know of the organization, so they are told why not. Nobody else knows of its keys,
/// not even a site administrator.
const ADMINISTRATORS: [u16; 7] = [401, 404, 403, 200, 404, 403, 404];

pub(super) const ROWS: &[Row] = &[
    read(
        "/rpc/api-keys/of-organization",
        "/rpc/api-keys/of-organization?organization=contoso&after=&before=",
        [401, 404, 200, 200, 404, 200, 404],
    ),
    form(
        "/rpc/api-keys/create-for-organization",
        "name=new&days=30&owner=contoso&push=on&push_scope=new&globs=*",
        ADMINISTRATORS,
    ),
    form(
        "/rpc/api-keys/edit",
        "key={contoso's key}&globs=Contoso.*",
        ADMINISTRATORS,
    ),
    form("/rpc/api-keys/regenerate", "key={contoso's key}", ADMINISTRATORS),
    form("/rpc/api-keys/revoke", "key={contoso's key}", ADMINISTRATORS),
    form("/rpc/api-keys/delete", "key={contoso's key}", ADMINISTRATORS),
    form(
        "/rpc/api-keys/cut-off",
        "organization=contoso&key={anna's key}",
        ADMINISTRATORS,
    ),
    // A key that is the organization's own is none to cut off.
    form(
        "/rpc/api-keys/cut-off",
        "organization=contoso&key={contoso's key}",
        [401, 404, 403, 409, 404, 403, 404],
    ),
];
