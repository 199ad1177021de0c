//! The same table for an organization in every state: unconfirmed, locked, deleted, and under each policy.
//!
//! What a state changes is written down line by line beside this file, and every other cell must be as usual. The lines
//! are the same on both databases. What no state may allow is asserted besides, whatever was written down.

use super::functions::FUNCTIONS;
use super::prepared::{self, Prepared};
use super::{Answer, FEED, OTHERS, PAGES, Row, VISITORS, ask_all};
use crate::nuget_site::name_of;
use domain::permission::Policy;
use domain::settings::PoliciesForm;
use gallery::testkit::{Database, TestGallery};
use gallery::{Actor, account_settings, accounts, deletion, members, ownership};
use rstest::rstest;

/// What contoso is like.
#[derive(Clone, Copy, Debug)]
pub(super) enum State {
    AsUsual,
    /// Its address was never confirmed.
    Unconfirmed,
    /// By a site administrator.
    Locked,
    /// By its administrator, after its packages and its other members went.
    Deleted,
    /// One policy is set that somebody does not meet.
    Under(Policy),
}

impl State {
    /// Brings contoso into the state. `administrator` is the session of its administrator.
    pub(super) async fn bring_about(self, test: &TestGallery, administrator: Option<&str>) {
        let gallery = &test.gallery;
        let operator = Actor::operator();
        match self {
            Self::AsUsual => {}
            Self::Unconfirmed => {
                test.sql(
                    "UPDATE accounts SET pending_email = email, email = NULL, email_key = NULL WHERE name_key = 'contoso'",
                )
                .await;
            }
            Self::Locked => accounts::lock(gallery, &operator, &name_of("contoso")).await.unwrap(),
            Self::Deleted => {
                let anna = prepared::actor(gallery, administrator.unwrap()).await;
                delete(test, &anna).await;
            }
            Self::Under(policy) => {
                let mut form = PoliciesForm {
                    new_packages: "everyone".to_owned(),
                    ..PoliciesForm::default()
                };
                match policy {
                    Policy::KeyLifetime => {
                        form.key_days = "30".to_owned();
                        test.sql(
                            "UPDATE api_keys SET created_at = created_at - 2764800000000, \
                                  expires_at = expires_at - 2764800000000",
                        )
                        .await;
                    }
                    Policy::NewPackages => form.new_packages = "administrators".to_owned(),
                    Policy::OrganizationKeys => form.organization_keys = "on".to_owned(),
                    Policy::SecondFactor => form.second_factor = "on".to_owned(),
                    Policy::Provider => form.provider = "github".to_owned(),
                }
                let providers = ["github".to_owned()];
                account_settings::set_policies(gallery, &operator, "contoso", form, &providers)
                    .await
                    .unwrap();
            }
        }
    }

    /// Whether an answer is one that nobody may get in this state, whatever is written down: a page of an organization
    /// that is deleted, or a change to one that is deleted or locked. Who is locked out may leave, and the site's
    /// administrators may repair who is a member.
    fn forbids(self, row: &Row, kind: &str, answer: &Answer) -> bool {
        let contoso = |field| field == "organization=contoso" || field == "account=contoso";
        let changes = row.method != "GET" && answer.status < 400 && answer.sent.split('&').any(contoso);
        match self {
            Self::Deleted => changes || answer.status == 200 && SHOWN_TO_MEMBERS.contains(&row.route),
            Self::Locked => changes && kind != "a site administrator" && !LEAVES.contains(&row.route),
            _ => false,
        }
    }
}

/// Pages that only somebody sees who belongs to the organization.
const SHOWN_TO_MEMBERS: &[&str] = &[
    "/organization/{name}",
    "/organization/{name}/apikeys",
    "/organization/{name}/audit",
    "/organization/{name}/audit.csv",
    "/organization/{name}/audit.json",
    "/organization/{name}/members",
    "/organization/{name}/packages",
    "/organization/{name}/settings",
    "/organization/{name}/trusted-publishing",
];

/// What a member does to go.
const LEAVES: &[&str] = &["/rpc/members/leave", "/rpc/members/remove"];

/// Contoso goes, with all that stands in the way.
async fn delete(test: &TestGallery, anna: &Actor) {
    let gallery = &test.gallery;
    ownership::add(gallery, anna, "Contoso.Json", "anna").await.unwrap();
    ownership::remove(gallery, anna, "Contoso.Json", "contoso")
        .await
        .unwrap();
    for member in ["carla", "chris", "lars"] {
        members::remove(gallery, anna, "contoso", member).await.unwrap();
    }
    deletion::delete_organization(gallery, anna, "contoso").await.unwrap();
}

/// The name of the file with the lines of a state.
fn file(state: State) -> String {
    match state {
        State::Under(policy) => format!("under_{policy:?}"),
        state => format!("{state:?}"),
    }
    .to_lowercase()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_state_changes_these_cells_and_no_other(
    #[values(Database::Sqlite, Database::Postgres)] database: Database,
    #[values(
        State::Unconfirmed,
        State::Locked,
        State::Deleted,
        State::Under(Policy::KeyLifetime),
        State::Under(Policy::NewPackages),
        State::Under(Policy::OrganizationKeys),
        State::Under(Policy::SecondFactor),
        State::Under(Policy::Provider)
    )]
    state: State,
) {
    let prepared = Prepared::new(database, state).await;
    let mut tables = vec![PAGES, FEED, OTHERS];
    tables.extend(FUNCTIONS);
    let mut lines = Vec::new();
    let mut forbidden = Vec::new();
    for (row, answers) in ask_all(&prepared, &tables).await {
        let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
        for (kind, answer) in VISITORS.iter().zip(&answers) {
            let asked = format!("{} {} {}: {kind}", row.method, row.address, answer.sent);
            if state.forbids(row, kind, answer) || answer.status >= 500 {
                forbidden.push(format!("{asked}: {}", answer.status));
            }
            if let Some(fault) = answer.fault {
                forbidden.push(format!("{asked}: {fault}"));
            }
        }
        if statuses != row.expected {
            let sent = match row.send {
                super::Send::Form(form) => form,
                super::Send::KeyAndNewPackage => "a new id",
                _ => "",
            };
            lines.push(format!(
                "{:?} not {:?}: {} {} {sent}",
                statuses, row.expected, row.method, row.address
            ));
        }
    }
    assert!(forbidden.is_empty(), "{}", forbidden.join("\n"));
    insta::assert_snapshot!(file(state), lines.join("\n"));
}

/// What is shown and its status are decided together, however many pages are rendered at once.
#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_keeps_its_status_when_many_pages_are_rendered_at_once() {
    let prepared = Prepared::new(Database::Sqlite, State::Under(Policy::SecondFactor)).await;
    let house = std::sync::Arc::new(prepared.copy().await);
    let session = prepared.visitors[3].session.clone().unwrap();
    let mut tasks = tokio::task::JoinSet::new();
    for lane in 0..12 {
        let (house, cookie) = (house.clone(), format!("{}={session}", crate::inside::COOKIE));
        tasks.spawn(async move {
            let mut wrong = Vec::new();
            for round in 0..20 {
                let page = ["packages", "members", "audit", "apikeys"][(lane + round) % 4];
                let headers = [
                    ("host", crate::inside::HOST),
                    ("accept", "text/html"),
                    ("cookie", cookie.as_str()),
                ];
                let path = format!("/organization/contoso/{page}");
                let heard = house.inside.ask("GET", &path, &headers, Vec::new()).await;
                if heard.status != 403 || !heard.body.contains("You do not meet a policy of contoso") {
                    wrong.push(format!("{path} {}: {}", heard.status, heard.body));
                }
            }
            wrong
        });
    }
    let wrong: Vec<String> = tasks.join_all().await.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{} of 240, such as {:?}", wrong.len(), wrong.first());
}
