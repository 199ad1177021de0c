//! Site administration: for those who administer the site, and found by nobody else.

use super::{Row, form, read};

/// What only a site administrator has.
const SITE: [u16; 7] = [401, 404, 404, 404, 200, 404, 404];

pub(super) const ROWS: &[Row] = &[
    read(
        "/rpc/admin/read",
        "/rpc/admin/read?account=a&package=Contoso.Json&after=&before=",
        SITE,
    ),
    form("/rpc/admin/set-locked", "name=contoso&locked=true", SITE),
    form("/rpc/admin/set-package-locked", "id=Contoso.Json&locked=true", SITE),
    form(
        "/rpc/admin/delete-version",
        "id=Contoso.Json&version=1.0.0&reason=x",
        SITE,
    ),
];
