//! Who may do what, through the real router: every page, every server function, every address of the feed and every other
//! route has a row here, and each row is asked by every kind of visitor.
//!
//! A new endpoint gets its row in the commit that brings it: which address, what is sent, and the status for each kind of
//! visitor in the order of [`VISITORS`]. What changes something is asked of a fresh copy of the prepared gallery, so rows
//! need not know of one another. What a state of the organization makes of the table, is in `states.rs`.

mod account;
mod functions;
mod help;
mod organization_keys;
mod ownership;
mod prepared;
mod settings;
mod site;
mod states;
mod transform;
mod trusted_publishing;

use super::inside::Heard;
use functions::FUNCTIONS;
use gallery::testkit::Database;
use prepared::{House, Prepared};
use rstest::rstest;
use states::State;
use std::collections::BTreeSet;

/// The kinds of visitors, in the order of a row's statuses.
const VISITORS: [&str; 7] = [
    "nobody",
    "a stranger",
    "a collaborator of contoso",
    "an administrator of contoso",
    "a site administrator",
    "a locked administrator of contoso",
    "an unconfirmed person",
];

/// What is asked, and what each kind of visitor is answered.
struct Row {
    method: &'static str,
    /// The route, as the router has it.
    route: &'static str,
    /// An address of that route.
    address: &'static str,
    send: Send,
    expected: [u16; 7],
}

/// What goes with a request besides the visitor's cookie.
#[derive(Clone, Copy)]
enum Send {
    /// A browser goes there.
    Nothing,
    /// A hydrated page reads its data.
    Query,
    /// A form as the hydrated page sends it; what stands in braces is put in: see [`Prepared::fill_in`].
    Form(&'static str),
    /// A file as the upload page sends it.
    File,
    /// A picture for contoso, as the settings page sends it.
    Logo,
    /// The visitor's API key.
    Key,
    /// The visitor's API key, and a new version of a package of contoso.
    KeyAndPackage,
    /// The visitor's API key, and a package of a new id.
    KeyAndNewPackage,
}

const fn page(route: &'static str, address: &'static str, expected: [u16; 7]) -> Row {
    row("GET", route, address, Send::Nothing, expected)
}

/// A server function that reads; the address has its arguments.
const fn read(route: &'static str, address: &'static str, expected: [u16; 7]) -> Row {
    row("GET", route, address, Send::Query, expected)
}

/// A server function that changes something, with the form that is sent: `organization=contoso&invited=bert`.
const fn form(route: &'static str, form: &'static str, expected: [u16; 7]) -> Row {
    row("POST", route, route, Send::Form(form), expected)
}

const fn row(method: &'static str, route: &'static str, address: &'static str, send: Send, expected: [u16; 7]) -> Row {
    Row {
        method,
        route,
        address,
        send,
        expected,
    }
}

const EVERYBODY: [u16; 7] = [200; 7];
const NOT_FOUND: [u16; 7] = [404; 7];
const SIGNED_IN: [u16; 7] = [302, 200, 200, 200, 200, 200, 200];
const MEMBERS: [u16; 7] = [302, 404, 200, 200, 404, 200, 404];

/// The pages.
const PAGES: &[Row] = &[
    page("/", "/", EVERYBODY),
    page("/sign-in", "/sign-in", EVERYBODY),
    page("/register", "/register", [302; 7]),
    page("/account", "/account", SIGNED_IN),
    page("/account/confirm", "/account/confirm?token=x", SIGNED_IN),
    page("/account/apikeys", "/account/apikeys", SIGNED_IN),
    page("/account/notifications", "/account/notifications", SIGNED_IN),
    page("/account/organizations", "/account/organizations", SIGNED_IN),
    page("/account/packages", "/account/packages", SIGNED_IN),
    page("/account/transform", "/account/transform", SIGNED_IN),
    page("/account/trusted-publishing", "/account/trusted-publishing", SIGNED_IN),
    page("/admin", "/admin", [302, 404, 404, 404, 200, 404, 404]),
    page("/organization/add", "/organization/add", SIGNED_IN),
    page("/organization/{name}", "/organization/contoso", MEMBERS),
    page("/organization/{name}/apikeys", "/organization/contoso/apikeys", MEMBERS),
    page("/organization/{name}/audit", "/organization/contoso/audit", MEMBERS),
    page(
        "/organization/{name}/confirm",
        "/organization/contoso/confirm?token=x",
        SIGNED_IN,
    ),
    page(
        "/organization/{name}/members",
        "/organization/contoso/members",
        [302, 404, 200, 200, 200, 200, 404],
    ),
    page(
        "/organization/{name}/packages",
        "/organization/contoso/packages",
        MEMBERS,
    ),
    page(
        "/organization/{name}/settings",
        "/organization/contoso/settings",
        [302, 404, 404, 200, 404, 200, 404],
    ),
    page(
        "/organization/{name}/trusted-publishing",
        "/organization/contoso/trusted-publishing",
        MEMBERS,
    ),
    page("/packages", "/packages", EVERYBODY),
    page("/packages/manage/upload", "/packages/manage/upload", SIGNED_IN),
    page("/packages/{id}", "/packages/Contoso.Json", EVERYBODY),
    page("/packages/{id}/{version}", "/packages/Contoso.Json/1.0.0", EVERYBODY),
    page(
        "/packages/{id}/manage",
        "/packages/Contoso.Json/manage",
        [302, 404, 200, 200, 404, 200, 404],
    ),
    page("/profiles/{name}", "/profiles/contoso", EVERYBODY),
    page("/help/feed", "/help/feed", EVERYBODY),
    page("/help/organizations", "/help/organizations", EVERYBODY),
];

const PUSHED: [u16; 7] = [401, 401, 201, 201, 401, 403, 401];
const LISTED: [u16; 7] = [401, 403, 204, 204, 403, 403, 401];

const fn feed(route: &'static str, address: &'static str) -> Row {
    row("GET", route, address, Send::Key, EVERYBODY)
}

const fn push(method: &'static str, route: &'static str) -> Row {
    row(method, route, route, Send::KeyAndPackage, PUSHED)
}

const fn unlist(route: &'static str, address: &'static str) -> Row {
    row("DELETE", route, address, Send::Key, LISTED)
}

const fn relist(route: &'static str, address: &'static str) -> Row {
    row("POST", route, address, Send::Key, [401, 403, 200, 200, 403, 403, 401])
}

/// The feed. An unconfirmed person has no key, since nobody gets one before that.
const FEED: &[Row] = &[
    feed("/v3/index.json", "/v3/index.json"),
    feed("/v3/query", "/v3/query?q=json"),
    feed("/v3/autocomplete", "/v3/autocomplete?q=c"),
    feed(
        "/v3/registration/{id}/index.json",
        "/v3/registration/contoso.json/index.json",
    ),
    feed(
        "/v3/registration/{id}/page/{lower}/{upper}",
        "/v3/registration/contoso.json/page/1.0.0/9.0.0.json",
    ),
    feed(
        "/v3/registration/{id}/{version}",
        "/v3/registration/contoso.json/1.0.0.json",
    ),
    feed(
        "/v3/registration-gz/{id}/index.json",
        "/v3/registration-gz/contoso.json/index.json",
    ),
    feed(
        "/v3/registration-gz/{id}/page/{lower}/{upper}",
        "/v3/registration-gz/contoso.json/page/1.0.0/9.0.0.json",
    ),
    feed(
        "/v3/registration-gz/{id}/{version}",
        "/v3/registration-gz/contoso.json/1.0.0.json",
    ),
    feed(
        "/v3/registration-gz-semver2/{id}/index.json",
        "/v3/registration-gz-semver2/contoso.json/index.json",
    ),
    feed(
        "/v3/registration-gz-semver2/{id}/page/{lower}/{upper}",
        "/v3/registration-gz-semver2/contoso.json/page/1.0.0/9.0.0.json",
    ),
    feed(
        "/v3/registration-gz-semver2/{id}/{version}",
        "/v3/registration-gz-semver2/contoso.json/1.0.0.json",
    ),
    feed("/v3/package/{id}/index.json", "/v3/package/contoso.json/index.json"),
    feed(
        "/v3/package/{id}/{version}/{file}",
        "/v3/package/contoso.json/1.0.0/contoso.json.1.0.0.nupkg",
    ),
    push("PUT", "/api/v2"),
    push("POST", "/api/v2"),
    push("PUT", "/api/v2/"),
    push("POST", "/api/v2/"),
    push("PUT", "/api/v2/package"),
    push("POST", "/api/v2/package"),
    push("PUT", "/api/v2/package/"),
    push("POST", "/api/v2/package/"),
    push("PUT", "/nuget"),
    push("POST", "/nuget"),
    push("PUT", "/nuget/"),
    push("POST", "/nuget/"),
    push("PUT", "/nuget/package"),
    push("POST", "/nuget/package"),
    push("PUT", "/nuget/package/"),
    push("POST", "/nuget/package/"),
    row(
        "PUT",
        "/api/v2/package",
        "/api/v2/package",
        Send::KeyAndNewPackage,
        [401, 201, 201, 201, 201, 403, 401],
    ),
    // Neither cookie nor key counts here: what is asked for is a workload's token, in JSON.
    row("POST", "/api/v2/token", "/api/v2/token", Send::Key, [415; 7]),
    unlist("/api/v2/package/{id}/{version}", "/api/v2/package/Contoso.Json/1.0.0"),
    relist("/api/v2/package/{id}/{version}", "/api/v2/package/Contoso.Json/1.0.0"),
    unlist("/nuget/package/{id}/{version}", "/nuget/package/Contoso.Json/1.0.0"),
    relist("/nuget/package/{id}/{version}", "/nuget/package/Contoso.Json/1.0.0"),
    unlist("/api/v2/{id}/{version}", "/api/v2/Contoso.Json/1.0.0"),
    unlist("/nuget/{id}/{version}", "/nuget/Contoso.Json/1.0.0"),
];

/// The routes that are in no list of the program.
const OTHERS: &[Row] = &[
    row(
        "GET",
        "/organization/{name}/audit.csv",
        "/organization/contoso/audit.csv",
        Send::Nothing,
        MEMBERS,
    ),
    row(
        "GET",
        "/organization/{name}/audit.json",
        "/organization/contoso/audit.json?member=anna",
        Send::Query,
        [401, 404, 200, 200, 404, 200, 404],
    ),
    row("GET", "/health/live", "/health/live", Send::Nothing, EVERYBODY),
    row("GET", "/health/ready", "/health/ready", Send::Nothing, EVERYBODY),
    row(
        "GET",
        "/packages/{id}/{version}/icon",
        "/packages/Contoso.Json/1.0.0/icon",
        Send::Nothing,
        NOT_FOUND,
    ),
    row(
        "GET",
        "/packages/manage/upload/{key}/icon",
        "/packages/manage/upload/1/icon",
        Send::Nothing,
        [401, 404, 404, 404, 404, 404, 404],
    ),
    row(
        "POST",
        "/upload/package",
        "/upload/package",
        Send::File,
        [401, 200, 200, 200, 200, 403, 403],
    ),
    row(
        "GET",
        "/profiles/{name}/logo",
        "/profiles/contoso/logo",
        Send::Nothing,
        EVERYBODY,
    ),
    row(
        "POST",
        "/upload/logo",
        "/upload/logo",
        Send::Logo,
        [401, 404, 404, 200, 404, 403, 404],
    ),
    row(
        "POST",
        "/sign-in/{provider}",
        "/sign-in/development",
        Send::Form("return=/"),
        [303; 7],
    ),
    row(
        "POST",
        "/sign-in/{provider}",
        "/sign-in/development",
        Send::Form("link=on"),
        [303; 7],
    ),
    row(
        "GET",
        "/sign-in/{provider}/callback",
        "/sign-in/development/callback?state=x&code=y",
        Send::Nothing,
        [303; 7],
    ),
    row("GET", "/dev/identity", "/dev/identity", Send::Nothing, EVERYBODY),
    // A stream that is allowed never ends, so what is refused stands here; the rest is in `live.rs`.
    row(
        "GET",
        "/live",
        "/live?organization=fabrikam-nobody",
        Send::Query,
        [401, 404, 404, 404, 404, 404, 404],
    ),
    page("the not-found page", "/nowhere", NOT_FOUND),
];

fn routes(rows: &[Row]) -> BTreeSet<(String, String)> {
    rows.iter()
        .map(|row| (row.route.to_owned(), row.method.to_owned()))
        .collect()
}

#[test]
fn every_page_has_a_row() {
    let pages = server::web::pages::paths()
        .into_iter()
        .map(|path| (path, "GET".to_owned()));
    assert_eq!(routes(PAGES), pages.collect());
}

#[test]
fn every_server_function_has_a_row() {
    let functions = server::web::rpc::functions();
    assert!(!functions.is_empty(), "they are registered when the binary is linked");
    let functions = functions
        .into_iter()
        .map(|(path, method)| (path.to_owned(), method.to_string()));
    let rows = FUNCTIONS.iter().flat_map(|rows| routes(rows)).collect::<BTreeSet<_>>();
    assert_eq!(rows, functions.collect());
}

#[test]
fn every_address_of_the_feed_has_a_row() {
    let endpoints = server::nuget::ENDPOINTS.iter();
    let endpoints = endpoints.flat_map(|(path, methods)| {
        methods
            .iter()
            .map(|method| ((*path).to_owned(), method.to_ascii_uppercase()))
    });
    assert_eq!(routes(FEED), endpoints.collect());
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn pages_are_for_those_who_may_see_them(#[case] database: Database) {
    hold(database, &[PAGES]).await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn server_functions_are_for_those_who_may_call_them(#[case] database: Database) {
    hold(database, FUNCTIONS).await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_feed_is_for_everybody_and_its_keys_for_those_who_may_publish(#[case] database: Database) {
    hold(database, &[FEED]).await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn other_routes_are_for_those_who_may_use_them(#[case] database: Database) {
    hold(database, &[OTHERS]).await;
}

/// Asks each row as each kind of visitor, and tells all differences at once.
async fn hold(database: Database, tables: &[&[Row]]) {
    let prepared = Prepared::new(database, State::AsUsual).await;
    let mut differences = Vec::new();
    for (row, answers) in ask_all(&prepared, tables).await {
        for ((kind, answer), expected) in VISITORS.iter().zip(answers).zip(row.expected) {
            let asked = format!("{} {} {}: {kind}", row.method, row.address, answer.sent);
            if let Some(fault) = answer.fault {
                differences.push(format!("{asked}: {fault}"));
            }
            if answer.status != expected {
                let Answer { status, line, .. } = answer;
                differences.push(format!("{asked} got {status}, not {expected}: {line}"));
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// What a visitor was answered.
struct Answer {
    status: u16,
    /// What was sent in a form.
    sent: String,
    /// The first line of the answer.
    line: String,
    /// What is wrong with the trail after it.
    fault: Option<&'static str>,
}

/// Asks each row as each kind of visitor, in the order of [`VISITORS`]. What has changed something is not asked again: the
/// next question goes to a fresh copy.
async fn ask_all<'a>(prepared: &Prepared, tables: &[&'a [Row]]) -> Vec<(&'a Row, Vec<Answer>)> {
    let mut house = prepared.copy().await;
    let mut heard = Vec::new();
    for row in tables.iter().copied().flatten() {
        let mut answers = Vec::new();
        for visitor in &prepared.visitors {
            let sent = match row.send {
                Send::Form(form) => prepared.fill_in(form, visitor),
                _ => String::new(),
            };
            let reads = row.method == "GET";
            let before = if reads { Vec::new() } else { house.newest_events().await };
            let Heard { status, body, .. } = ask(&house, row, &sent, visitor).await;
            let mut fault = None;
            if !reads {
                let told = house.newest_events().await != before;
                fault = fault_of_the_trail(row, status, told);
                if told || status < 400 {
                    house.close().await;
                    house = prepared.copy().await;
                }
            }
            let line = body.lines().next().unwrap_or_default().to_owned();
            answers.push(Answer {
                status,
                sent,
                line,
                fault,
            });
        }
        heard.push((row, answers));
    }
    house.close().await;
    heard
}

/// What changes something that the trail is not about, or nothing at all when it is asked for twice.
const QUIET: &[&str] = &[
    // Nobody's session ends, and sign-ins on their way are bookkeeping.
    "/sign-in/{provider}",
    "/rpc/session/end",
    // What is read by its owner, and files that are not published.
    "/rpc/notifications/mark_all_read",
    "/rpc/upload/discard",
    "/upload/package",
    // The version is listed, and the key works: there is nothing to change.
    "/api/v2/package/{id}/{version} POST",
    "/nuget/package/{id}/{version} POST",
    "/rpc/api-keys/confirm",
    // There is no logo to be removed.
    "/rpc/settings/remove-logo",
];

/// Whatever changes something writes an event, and whatever is refused writes none, but for refused pushes: asked of
/// every endpoint that there is, so a use case that forgets its event is found here.
fn fault_of_the_trail(row: &Row, status: u16, told: bool) -> Option<&'static str> {
    let quiet = |name: &&str| *name == row.route || *name == format!("{} {}", row.route, row.method);
    let pushes = matches!(row.send, Send::KeyAndPackage | Send::KeyAndNewPackage) || row.route == "/rpc/upload/publish";
    let done = (200..300).contains(&status);
    if done && !told && !QUIET.iter().any(quiet) {
        Some("it was done, and nothing stands in the trail")
    } else if status >= 400 && told && !pushes && !matches!(row.send, Send::Key) {
        Some("it was refused, and something stands in the trail")
    } else {
        None
    }
}

async fn ask(house: &House, row: &Row, sent: &str, visitor: &prepared::Visitor) -> Heard {
    let mut headers = vec![
        ("host", super::inside::HOST.to_owned()),
        ("origin", format!("http://{}", super::inside::HOST)),
    ];
    if let Some(session) = &visitor.session {
        headers.push(("cookie", format!("{}={session}", super::inside::COOKIE)));
    }
    let key = visitor.key.iter().map(|key| ("x-nuget-apikey", key.clone()));
    let body = match row.send {
        Send::Nothing => {
            headers.push(("accept", "text/html".to_owned()));
            Vec::new()
        }
        Send::Query => {
            headers.push(("accept", "application/json".to_owned()));
            Vec::new()
        }
        Send::Form(_) => {
            headers.push(("accept", "application/json".to_owned()));
            headers.push(("content-type", "application/x-www-form-urlencoded".to_owned()));
            sent.as_bytes().to_vec()
        }
        Send::File => {
            headers.push(("accept", "application/json".to_owned()));
            multipart(&mut headers, "Contoso.New", "1.0.0")
        }
        Send::Logo => {
            headers.push(("accept", "application/json".to_owned()));
            headers.push(("content-type", "multipart/form-data; boundary=b".to_owned()));
            super::logo::form_with_logo("contoso", super::logo::PIXEL)
        }
        Send::Key => {
            headers.extend(key);
            Vec::new()
        }
        Send::KeyAndPackage => {
            headers.extend(key);
            multipart(&mut headers, "Contoso.Json", "2.0.0")
        }
        Send::KeyAndNewPackage => {
            headers.extend(key);
            multipart(&mut headers, "Brand.New", "1.0.0")
        }
    };
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    house.inside.ask(row.method, row.address, &headers, body).await
}

/// A package in a form, as both clients and browsers send it.
fn multipart(headers: &mut Vec<(&str, String)>, id: &str, version: &str) -> Vec<u8> {
    let (_, content_type) = super::nuget_wire::FORM;
    headers.push(("content-type", content_type.to_owned()));
    super::nuget_wire::form(&super::nuget_site::package(id, version).build())
}
