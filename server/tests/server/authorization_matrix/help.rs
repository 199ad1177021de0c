//! Help, and why somebody can push: what is explained is for those who see the page.

use super::{EVERYBODY, Row, read};

/// What an organization's members see.
const MEMBERS: [u16; 7] = [401, 404, 200, 200, 404, 200, 404];

pub(super) const ROWS: &[Row] = &[
    read("/rpc/help/reader", "/rpc/help/reader?organization=contoso", EVERYBODY),
    read(
        "/rpc/packages/manage",
        "/rpc/packages/manage?id=Contoso.Json&after=&before=&why=anna",
        MEMBERS,
    ),
    read(
        "/rpc/members/list",
        "/rpc/members/list?organization=contoso&q=&after=&before=&left=&why=anna",
        [401, 404, 200, 200, 200, 200, 404],
    ),
];
