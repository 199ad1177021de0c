//! Owners of packages, deprecations, reserved prefixes.
//!
//! Contoso has asked stella to own Contoso.Json, and bert has asked contoso to own Fabrikam.Core: see `prepared`.

use super::{Row, form, read};

/// What is done to the owners of contoso's package.
const OWNERS: [u16; 7] = [401, 404, 403, 200, 403, 403, 404];
/// What is done to its versions, for contoso.
const VERSIONS: [u16; 7] = [401, 403, 200, 200, 403, 403, 403];
/// What site administrators alone find.
const SITE: [u16; 7] = [401, 404, 404, 404, 200, 404, 404];

/// One row a function, or more where it depends on what is asked for.
pub(super) const ROWS: &[Row] = &[
    form("/rpc/ownership/add", "id=Contoso.Json&owner=bert", OWNERS),
    // The right comes before what was typed.
    form(
        "/rpc/ownership/add",
        "id=Contoso.Json&owner=",
        [401, 404, 403, 422, 403, 403, 404],
    ),
    // It is the only owner.
    form(
        "/rpc/ownership/remove",
        "id=Contoso.Json&owner=contoso",
        [401, 404, 403, 409, 403, 403, 404],
    ),
    form(
        "/rpc/ownership/accept",
        "request={request to stella}",
        [401, 200, 404, 404, 403, 404, 404],
    ),
    form(
        "/rpc/ownership/reject",
        "request={request to stella}",
        [401, 200, 404, 404, 403, 404, 404],
    ),
    form("/rpc/ownership/cancel", "request={request to stella}", OWNERS),
    form(
        "/rpc/ownership/accept",
        "request={request to contoso}",
        [401, 404, 403, 200, 403, 403, 404],
    ),
    form(
        "/rpc/ownership/reject",
        "request={request to contoso}",
        [401, 404, 403, 200, 403, 403, 404],
    ),
    form(
        "/rpc/ownership/cancel",
        "request={request to contoso}",
        [401, 404, 404, 404, 403, 404, 404],
    ),
    form(
        "/rpc/ownership/change-packages",
        "organization=contoso&ids[]=Contoso.Json&change=move&owner=bert",
        [401, 404, 403, 200, 404, 403, 404],
    ),
    form(
        "/rpc/ownership/change-packages",
        "organization=contoso&ids[]=Contoso.Json&change=unlist&owner=",
        [401, 404, 200, 200, 404, 403, 404],
    ),
    form(
        "/rpc/packages/change-versions",
        "id=Contoso.Json&versions[]=1.0.0&change=unlist",
        VERSIONS,
    ),
    form(
        "/rpc/packages/change-versions",
        "id=Contoso.Json&versions[]=1.0.0&change=deprecate&legacy=on",
        VERSIONS,
    ),
    read("/rpc/prefixes/list", "/rpc/prefixes/list", SITE),
    form(
        "/rpc/prefixes/reserve",
        "value=Northwind.&reach=beginning&owners=contoso",
        SITE,
    ),
    form("/rpc/prefixes/change", "prefix={prefix}&owners=contoso", SITE),
    form("/rpc/prefixes/release", "prefix={prefix}", SITE),
];
