//! The server functions: those that read, and those that change something with what their forms send.
//!
//! Where nobody can be allowed by the prepared gallery alone, 422 and 409 say the same: the asker has the right, and the
//! refusal is about what was sent.

use super::{EVERYBODY, Row, form, read};

/// What everybody who is signed in has of their own.
const OWN: [u16; 7] = [401, 200, 200, 200, 200, 200, 200];
/// What an organization's members see.
const MEMBERS: [u16; 7] = [401, 404, 200, 200, 404, 200, 404];
/// What is done to members: by administrators, and by those of the site.
const MEMBERSHIP: [u16; 7] = [401, 404, 403, 200, 200, 403, 404];
/// What is done to an organization itself: not by administrators of the site. Its address is confirmed already.
const ORGANIZATION: [u16; 7] = [401, 404, 403, 422, 403, 403, 404];
/// What only the administrator of contoso has.
const ANNA: [u16; 7] = [401, 404, 404, 200, 404, 404, 404];
/// The invited person answers; whoever is locked or unconfirmed cannot.
const INVITED: [u16; 7] = [401, 200, 200, 200, 200, 403, 403];

/// The rows by area: one a function, or more where it depends on what is asked for.
pub(super) const FUNCTIONS: &[&[Row]] = &[
    SESSION_AND_PACKAGES,
    super::account::ROWS,
    API_KEYS,
    super::organization_keys::ROWS,
    UPLOAD,
    ORGANIZATIONS,
    MEMBERS_OF_ORGANIZATIONS,
    super::transform::TRANSFORM,
    super::settings::SETTINGS,
    super::site::ROWS,
    super::ownership::ROWS,
    super::trusted_publishing::ROWS,
    super::help::ROWS,
];

const SESSION_AND_PACKAGES: &[Row] = &[
    read("/rpc/session/viewer", "/rpc/session/viewer", EVERYBODY),
    read("/rpc/session/sign_in", "/rpc/session/sign_in", EVERYBODY),
    form("/rpc/session/end", "", EVERYBODY),
    read("/rpc/account/registration", "/rpc/account/registration", EVERYBODY),
    form(
        "/rpc/account/register",
        "name=newcomer&email=newcomer%40example.com",
        [401; 7],
    ),
    form(
        "/rpc/account/confirm",
        "token={uma's token}",
        [401, 422, 422, 422, 422, 403, 200],
    ),
    form(
        "/rpc/account/resend_confirmation",
        "",
        [401, 422, 422, 422, 422, 403, 200],
    ),
    read("/rpc/packages/recent", "/rpc/packages/recent", EVERYBODY),
    read(
        "/rpc/packages/search",
        "/rpc/packages/search?q=json&prerelease=&sort=&page=",
        EVERYBODY,
    ),
    read(
        "/rpc/packages/read",
        "/rpc/packages/read?id=Contoso.Json&version=&after=&before=",
        EVERYBODY,
    ),
    read(
        "/rpc/packages/manage",
        "/rpc/packages/manage?id=Contoso.Json&after=&before=",
        MEMBERS,
    ),
    read("/rpc/packages/owned", "/rpc/packages/owned?owner=&after=&before=", OWN),
    read(
        "/rpc/packages/owned",
        "/rpc/packages/owned?owner=contoso&after=&before=",
        MEMBERS,
    ),
    form(
        "/rpc/packages/listing",
        "id=Contoso.Json&version=1.0.0&listed=false",
        [401, 403, 200, 200, 403, 403, 403],
    ),
    read(
        "/rpc/profiles/read",
        "/rpc/profiles/read?name=contoso&after=&before=",
        EVERYBODY,
    ),
    read("/rpc/notifications/list", "/rpc/notifications/list", OWN),
    form("/rpc/notifications/mark_all_read", "", OWN),
];

const API_KEYS: &[Row] = &[
    read("/rpc/api-keys/read", "/rpc/api-keys/read", OWN),
    form(
        "/rpc/api-keys/create",
        "name=new&days=30&owner=contoso&push=on&push_scope=new&globs=*",
        [401, 422, 200, 200, 422, 403, 403],
    ),
    form("/rpc/api-keys/edit", "key={anna's key}&globs=Contoso.*", ANNA),
    form(
        "/rpc/api-keys/edit",
        "key={lars's key}&globs=Contoso.*",
        [401, 404, 404, 404, 404, 403, 404],
    ),
    form("/rpc/api-keys/regenerate", "key={anna's key}", ANNA),
    form("/rpc/api-keys/revoke", "key={anna's key}", ANNA),
    form("/rpc/api-keys/confirm", "key={anna's key}", ANNA),
    form("/rpc/api-keys/delete", "key={anna's key}", ANNA),
];

const UPLOAD: &[Row] = &[
    read("/rpc/upload/read", "/rpc/upload/read", OWN),
    form(
        "/rpc/upload/publish",
        "draft={draft}&owner=contoso&listed=on",
        [401, 422, 200, 200, 422, 403, 409],
    ),
    form(
        "/rpc/upload/publish",
        "draft={anna's draft}&owner=contoso&listed=on",
        [401, 409, 409, 200, 409, 409, 409],
    ),
    form("/rpc/upload/discard", "draft={anna's draft}", ANNA),
];

const ORGANIZATIONS: &[Row] = &[
    read("/rpc/organizations/mine", "/rpc/organizations/mine", OWN),
    form(
        "/rpc/organizations/add",
        "name=newcorp&email=newcorp%40example.com",
        [401, 200, 200, 200, 200, 403, 200],
    ),
    read(
        "/rpc/organizations/overview",
        "/rpc/organizations/overview?organization=contoso",
        MEMBERS,
    ),
    read(
        "/rpc/organizations/packages",
        "/rpc/organizations/packages?organization=contoso&after=&before=",
        MEMBERS,
    ),
    form(
        "/rpc/organizations/confirm",
        "organization=contoso&token=x",
        ORGANIZATION,
    ),
    form(
        "/rpc/organizations/resend-confirmation",
        "organization=contoso",
        ORGANIZATION,
    ),
    read(
        "/rpc/audit/trail",
        "/rpc/audit/trail?organization=contoso&filter=member%3Danna&after=&before=",
        MEMBERS,
    ),
];

const MEMBERS_OF_ORGANIZATIONS: &[Row] = &[
    read(
        "/rpc/members/list",
        "/rpc/members/list?organization=contoso&q=&after=&before=",
        [401, 404, 200, 200, 200, 200, 404],
    ),
    form(
        "/rpc/members/invite",
        "organization=contoso&invited=bert&role=collaborator",
        MEMBERSHIP,
    ),
    form(
        "/rpc/members/resend",
        "organization=contoso&invitation={invitation}",
        MEMBERSHIP,
    ),
    form(
        "/rpc/members/cancel",
        "organization=contoso&invitation={invitation}",
        MEMBERSHIP,
    ),
    form(
        "/rpc/members/change-invited-role",
        "organization=contoso&invitation={invitation}&role=administrator",
        MEMBERSHIP,
    ),
    form(
        "/rpc/members/change-role",
        "organization=contoso&member=chris&role=administrator",
        MEMBERSHIP,
    ),
    form("/rpc/members/remove", "organization=contoso&member=chris", MEMBERSHIP),
    // Removing oneself is leaving.
    form(
        "/rpc/members/remove",
        "organization=contoso&member=carla",
        [401, 404, 200, 200, 200, 403, 404],
    ),
    form(
        "/rpc/members/leave",
        "organization=contoso",
        [401, 404, 200, 200, 403, 403, 404],
    ),
    form("/rpc/members/accept", "organization=fabrikam", INVITED),
    form("/rpc/members/decline", "organization=fabrikam", INVITED),
    // An invitation is nobody else's.
    form(
        "/rpc/members/accept",
        "organization=contoso",
        [401, 409, 409, 409, 409, 403, 403],
    ),
    form(
        "/rpc/members/decline",
        "organization=contoso",
        [401, 409, 409, 409, 409, 403, 403],
    ),
];
