//! The settings of accounts and organizations.

use super::{Row, form, read};

/// The page: administrators, locked ones too. For everybody else it is not there.
const ADMINISTRATORS: [u16; 7] = [401, 404, 404, 200, 404, 200, 404];
/// What changes the organization.
const CHANGES: [u16; 7] = [401, 404, 403, 200, 403, 403, 404];
/// Anna's own account; a site administrator sees that it is there.
const ANNA: [u16; 7] = [401, 404, 404, 200, 403, 404, 404];

/// A row a function, and one for somebody's own account.
pub(super) const SETTINGS: &[Row] = &[
    read(
        "/rpc/settings/account",
        "/rpc/settings/account",
        [401, 200, 200, 200, 200, 200, 200],
    ),
    read(
        "/rpc/settings/organization",
        "/rpc/settings/organization?organization=contoso",
        ADMINISTRATORS,
    ),
    form(
        "/rpc/settings/change-email",
        "account=contoso&email=new%40example.com",
        CHANGES,
    ),
    form(
        "/rpc/settings/change-email",
        "account=anna&email=new%40example.com",
        ANNA,
    ),
    form(
        "/rpc/settings/cancel-email-change",
        "account=contoso",
        [401, 404, 403, 409, 403, 403, 404],
    ),
    form("/rpc/settings/notifications", "account=contoso", CHANGES),
    form("/rpc/settings/notifications", "account=anna", ANNA),
    form(
        "/rpc/settings/profile",
        "account=contoso&description=a&website=https%3A%2F%2Fcontoso.example",
        CHANGES,
    ),
    form("/rpc/settings/remove-logo", "account=contoso", CHANGES),
    form(
        "/rpc/settings/policies",
        "account=contoso&key_days=30&new_packages=administrators",
        CHANGES,
    ),
    form("/rpc/settings/rename", "account=contoso&new_name=northwind", CHANGES),
    form(
        "/rpc/settings/rename",
        "account=anna&new_name=northwind",
        [401, 404, 404, 404, 403, 404, 404],
    ),
];
