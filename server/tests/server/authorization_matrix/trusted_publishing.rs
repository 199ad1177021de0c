//! Trusted publishing: the policies of a person and of an organization.

use super::{Row, form, read};

/// What only administrators of contoso do; others are told so if they see the organization, and nothing if not.
const ADMINISTRATORS: [u16; 7] = [401, 404, 403, 200, 404, 403, 404];

const RELEASE: &str = "name=new&provider=github&owner=contoso&repository_owner=contoso&repository=json&workflow=release.yml&push=on&push_scope=new&globs=*";

pub(super) const ROWS: &[Row] = &[
    read(
        "/rpc/trusted-publishing/read",
        "/rpc/trusted-publishing/read",
        [401, 200, 200, 200, 200, 200, 200],
    ),
    read(
        "/rpc/trusted-publishing/of-organization",
        "/rpc/trusted-publishing/of-organization?organization=contoso&after=&before=",
        [401, 404, 200, 200, 404, 200, 404],
    ),
    // For contoso: by its members, collaborators too.
    form(
        "/rpc/trusted-publishing/create",
        RELEASE,
        [401, 422, 200, 200, 422, 403, 403],
    ),
    form(
        "/rpc/trusted-publishing/create-for-organization",
        RELEASE,
        ADMINISTRATORS,
    ),
    form(
        "/rpc/trusted-publishing/edit",
        "key={contoso's policy}&name=new&provider=github&repository_owner=contoso&repository=json&workflow=ci.yml&push=on&push_scope=new&globs=*",
        ADMINISTRATORS,
    ),
    form(
        "/rpc/trusted-publishing/activate",
        "key={contoso's policy}",
        ADMINISTRATORS,
    ),
    form(
        "/rpc/trusted-publishing/delete",
        "key={contoso's policy}",
        ADMINISTRATORS,
    ),
    // A person's own policy is nobody else's.
    form(
        "/rpc/trusted-publishing/delete",
        "key={anna's policy}",
        [401, 404, 404, 200, 404, 404, 404],
    ),
    form(
        "/rpc/trusted-publishing/cut-off",
        "organization=contoso&key={anna's policy}",
        ADMINISTRATORS,
    ),
    // A policy that is the organization's own is none to cut off.
    form(
        "/rpc/trusted-publishing/cut-off",
        "organization=contoso&key={contoso's policy}",
        [401, 404, 403, 409, 404, 403, 404],
    ),
];
