//! Trusted publishing: policies, and tokens that are exchanged for keys by them.

use crate::organization_keys::open;
use crate::parcels::{package, reason};
use crate::people::{House, said};
use crate::races::rounds;
use domain::page::Place;
use domain::time::DAY;
use domain::trusted_publishing::{PoliciesOfOrganization, PolicyForm, PolicyRow, PolicyState, Workload};
use gallery::testkit::Database;
use gallery::trusted_publishing::{
    TokenRefused, VerifiedToken, activate, create_for_organization, delete, edit, exchange, of_organization, refuse,
};
use gallery::{Actor, Gallery, Origin, audit_trail};
use rstest::rstest;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::Barrier;

/// What a shown key gets that is not known any more.
pub(crate) const UNKNOWN: &str = "The API key is invalid, has expired, or has no permission for this package.";

/// A policy for `contoso/json` at GitHub that may do everything.
pub(crate) fn form(name: &str, owner: &str) -> PolicyForm {
    let text = |text: &str| text.to_owned();
    PolicyForm {
        name: text(name),
        provider: text("github"),
        owner: text(owner),
        repository_owner: text("contoso"),
        repository: text("json"),
        workflow: text("release.yml"),
        environment: String::new(),
        push: text("on"),
        push_scope: text("new"),
        unlist: text("on"),
        globs: text("*"),
    }
}

/// The workload that such a policy trusts.
pub(crate) fn workload() -> Workload {
    let text = |text: &str| text.to_owned();
    Workload {
        provider: text("github"),
        owner: text("contoso"),
        repository: text("json"),
        owner_id: text("10"),
        repository_id: text("20"),
        workflow: Some(text("release.yml")),
        environment: None,
        event: Some(text("push")),
    }
}

/// A change of a workload, and what is said to it.
type Change = (fn(&mut Workload), String);

static TOKENS: AtomicU64 = AtomicU64::new(0);

impl House {
    /// A token that nobody has used.
    pub(crate) fn token(&self, workload: Workload) -> VerifiedToken {
        let number = TOKENS.fetch_add(1, Ordering::Relaxed);
        VerifiedToken {
            workload,
            fingerprint: [&[0; 24][..], &number.to_be_bytes()[..]].concat(),
            worthless: self.g().now().plus_seconds(420),
        }
    }

    /// Exchanges a fresh token of a workload for a key.
    pub(crate) async fn exchange(&self, name: &str, workload: Workload) -> Result<String, TokenRefused> {
        exchange_one(self.g(), name, self.token(workload)).await
    }

    /// The organization's own policies.
    pub(crate) async fn policies(&self, by: &Actor) -> Vec<PolicyRow> {
        let page = of_organization(self.g(), by, "contoso", Place::Start).await.unwrap();
        match page.policies {
            PoliciesOfOrganization::Managed { own, .. } => own,
            PoliciesOfOrganization::Names(names) => panic!("only the names: {names:?}"),
        }
    }

    /// What the newest event of contoso's trail says: action, who, subject, after, credential.
    async fn newest(&self, by: &Actor) -> String {
        let page = audit_trail::of_organization(self.g(), by, "contoso", Place::Start)
            .await
            .unwrap();
        let row = &page.events.items[0];
        format!(
            "{} by {} ({}): {}: {}",
            row.action, row.who, row.credential, row.subject, row.after
        )
    }
}

pub(crate) async fn exchange_one(g: &Gallery, name: &str, token: VerifiedToken) -> Result<String, TokenRefused> {
    let key = exchange(g, Origin::default(), name, token).await?;
    assert!(key.expires <= g.now().plus_seconds(3_600) && key.expires > g.now().plus_seconds(3_500));
    Ok(key.value.expose().to_owned())
}

/// The reason of a refusal, as a workflow's log shows it.
pub(crate) fn refused<T: std::fmt::Debug>(result: Result<T, TokenRefused>) -> String {
    let refused = result.unwrap_err();
    assert!(!matches!(refused, TokenRefused::Internal(_)), "{refused:?}");
    refused.to_string()
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_workload_publishes_for_the_organization_for_an_hour(#[case] database: Database) {
    let (house, [anna, bob, carol, dora]) = open(database).await;
    create_for_organization(house.g(), &anna, form("release", "Contoso"))
        .await
        .unwrap();
    let row = house.policies(&dora).await.remove(0);
    assert_eq!((row.name.as_str(), row.created_by.as_str()), ("release", "anna"));
    assert!(matches!(row.state, PolicyState::Waiting(_)) && row.can_be_activated);
    let key = house.exchange("CONTOSO", workload()).await.unwrap();
    assert_eq!(
        house.newest(&anna).await,
        "trusted_publishing.used by contoso (GitHub: contoso/json): release: release.yml; bound to owner 10 and repository 20"
    );
    house.push(&key, &package("Contoso.A", "1.0.0")).await.unwrap();
    assert_eq!(
        house.newest(&anna).await,
        "package.pushed by contoso (GitHub: contoso/json): Contoso.A 1.0.0: "
    );
    let row = house.policies(&anna).await.remove(0);
    assert_eq!((row.state, row.can_be_activated), (PolicyState::Active, false));
    assert!(row.last_used.is_some());

    // Members see by which workload, others see nothing of it.
    for (viewer, by) in [(&bob, Some("contoso (GitHub: contoso/json)")), (&carol, None)] {
        let page = gallery::packages::page(house.g(), viewer, "contoso.a", None, &Place::Start)
            .await
            .unwrap();
        assert_eq!(page.versions.items[0].published_by.as_deref(), by);
    }
    // A key like this is in no list, and nobody is told about its end.
    assert_eq!(house.own(&anna).await, []);
    gallery::sweep::sweep(house.g()).await.unwrap();
    assert_eq!(house.mails("api-key-expiring").await.len(), 0);

    house.test.clock.advance(3_599);
    house.push(&key, &package("Contoso.A", "1.1.0")).await.unwrap();
    house.test.clock.advance(1);
    assert_eq!(
        reason(house.push(&key, &package("Contoso.A", "1.2.0")).await),
        "The API key of the policy 'GitHub: contoso/json' has expired. Exchange a new token for a new key."
    );
    house.test.clock.advance(3_601);
    gallery::sweep::sweep(house.g()).await.unwrap();
    assert_eq!(house.number("SELECT COUNT(*) FROM short_lived_keys").await, 0);
    assert_eq!(house.number("SELECT COUNT(*) FROM used_tokens").await, 0);
    assert_eq!(house.mails("api-key-expired").await.len(), 0);
    assert_eq!(house.mismatches().await, [""; 0]);
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn what_differs_is_refused_and_stands_in_the_trail(#[case] database: Database) {
    let (house, [anna, ..]) = open(database).await;
    let wanted = PolicyForm {
        environment: "production".to_owned(),
        ..form("release", "contoso")
    };
    create_for_organization(house.g(), &anna, wanted).await.unwrap();
    let good = Workload {
        environment: Some("production".to_owned()),
        ..workload()
    };
    house.exchange("contoso", good.clone()).await.unwrap();
    let none = "No publishing policy of 'contoso' fits this token of GitHub: contoso/json.";
    let anew = "The policy 'release' is bound to another repository or owner that had this name before. Create the policy anew.";
    let changes: [Change; 6] = [
        (|w| w.repository_id = "21".to_owned(), format!("{none} {anew}")),
        (|w| w.owner_id = "11".to_owned(), format!("{none} {anew}")),
        (
            |w| w.workflow = Some("test.yml".to_owned()),
            format!("{none} The policy 'release' is for the workflow 'release.yml'."),
        ),
        (
            |w| w.environment = None,
            format!("{none} The policy 'release' is for the environment 'production'."),
        ),
        (|w| w.repository = "xml".to_owned(), none.replace("json", "xml")),
        (|w| w.provider = "gitlab".to_owned(), none.replace("GitHub", "GitLab")),
    ];
    for (change, sentence) in changes {
        let mut other = good.clone();
        change(&mut other);
        assert_eq!(refused(house.exchange("contoso", other).await), sentence);
        let event = house.newest(&anna).await;
        assert!(
            event.starts_with("trusted_publishing.refused by workload (Git") && event.ends_with(&sentence),
            "{event}"
        );
    }
    let bad = TokenRefused::BadToken("it has expired".to_owned());
    refuse(house.g(), Origin::default(), "contoso", bad).await;
    assert_eq!(
        house.newest(&anna).await,
        "trusted_publishing.refused by workload (): : The token is not accepted: it has expired."
    );
    let before = house.number("SELECT COUNT(*) FROM audit_events").await;
    for name in ["nobody", "", "-", "a b", "anna\u{0}", &"x".repeat(300)] {
        let bad = TokenRefused::BadToken("it has expired".to_owned());
        refuse(house.g(), Origin::default(), name, bad).await;
        assert!(matches!(
            house.exchange(name, good.clone()).await,
            Err(TokenRefused::UnknownName { .. })
        ));
    }
    assert_eq!(house.number("SELECT COUNT(*) FROM audit_events").await, before);
    house.exchange("contoso", good).await.unwrap();
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_one_token_at_several_places_at_once_one_gets_a_key(#[case] database: Database) {
    let (house, [anna, ..]) = open(database).await;
    create_for_organization(house.g(), &anna, form("release", "contoso"))
        .await
        .unwrap();
    for round in 0..rounds() {
        // The first round is the policy's first use, too.
        let token = house.token(workload());
        let barrier = Arc::new(Barrier::new(4));
        let tries: Vec<_> = (0..4)
            .map(|_| {
                let (g, token, barrier) = (house.g().clone(), token.clone(), barrier.clone());
                tokio::spawn(async move {
                    barrier.wait().await;
                    exchange_one(&g, "contoso", token).await
                })
            })
            .collect();
        let mut keys = 0;
        for tried in tries {
            match tried.await.unwrap() {
                Ok(_) => keys += 1,
                Err(refused) => assert!(matches!(refused, TokenRefused::Replayed), "{round}: {refused:?}"),
            }
        }
        assert_eq!(keys, 1, "round {round}");
    }
    let keys = i64::try_from(rounds()).unwrap();
    assert_eq!(house.number("SELECT COUNT(*) FROM short_lived_keys").await, keys);
    let refused = "SELECT COUNT(*) FROM audit_events WHERE action = 'trusted_publishing.refused'";
    assert_eq!(house.number(refused).await, 3 * keys);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn no_key_outlives_a_change_of_its_policy_made_at_the_same_moment(#[case] database: Database) {
    let (house, [anna, ..]) = open(database).await;
    for round in 0..rounds() {
        create_for_organization(house.g(), &anna, form("release", "contoso"))
            .await
            .unwrap();
        let key = house.policies(&anna).await[0].key;
        let (token, changer) = (house.token(workload()), anna.clone());
        let (exchanged, changed) = crate::races::at_once(
            &house,
            |g| async move { exchange_one(&g, "contoso", token).await },
            |g| async move {
                match round % 2 {
                    0 => delete(&g, &changer, key).await,
                    _ => {
                        let other = PolicyForm {
                            workflow: "other.yml".to_owned(),
                            ..form("release", "contoso")
                        };
                        edit(&g, &changer, key, other).await
                    }
                }
            },
        )
        .await;
        changed.unwrap();
        assert_eq!(
            house.number("SELECT COUNT(*) FROM short_lived_keys").await,
            0,
            "{round}"
        );
        if let Ok(value) = exchanged {
            assert_eq!(
                reason(house.push(&value, &package("Contoso.A", "1.0.0")).await),
                UNKNOWN
            );
        }
        if round % 2 == 1 {
            delete(house.g(), &anna, key).await.unwrap();
        }
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_policy_waits_a_week_for_its_first_use(#[case] database: Database) {
    let (house, [anna, ..]) = open(database).await;
    let g = house.g();
    create_for_organization(g, &anna, form("release", "contoso"))
        .await
        .unwrap();
    let key = house.policies(&anna).await[0].key;
    house.test.clock.advance(7 * DAY);
    assert_eq!(house.policies(&anna).await[0].state, PolicyState::Ended);
    assert!(refused(house.exchange("contoso", workload()).await).ends_with("Activate it, then try again."));
    activate(g, &anna, key).await.unwrap();
    house.test.clock.advance(6 * DAY);
    // Editing lets it wait anew.
    edit(g, &anna, key, form("release", "contoso")).await.unwrap();
    house.test.clock.advance(6 * DAY);
    let first = house.exchange("contoso", workload()).await.unwrap();
    house.test.clock.advance(60);

    // Once used it stays, whatever of it is edited but the repository.
    let narrower = PolicyForm {
        workflow: "pack.yml".to_owned(),
        globs: "Contoso.*".to_owned(),
        push_scope: "versions".to_owned(),
        ..form("pack", "contoso")
    };
    edit(g, &anna, key, narrower).await.unwrap();
    assert_eq!(
        reason(house.push(&first, &package("Contoso.A", "1.0.0")).await),
        UNKNOWN
    );
    house.test.clock.advance(100 * DAY);
    assert_eq!(house.policies(&anna).await[0].state, PolicyState::Active);
    let now = Workload {
        workflow: Some("pack.yml".to_owned()),
        ..workload()
    };
    let second = house.exchange("contoso", now.clone()).await.unwrap();
    assert_eq!(
        reason(house.push(&second, &package("Contoso.A", "1.0.0")).await),
        "The API key 'GitHub: contoso/json' pushes new versions only, and the package id 'Contoso.A' is new."
    );
    let before = house.number("SELECT COUNT(*) FROM audit_events").await;
    activate(g, &anna, key).await.unwrap();
    assert_eq!(house.number("SELECT COUNT(*) FROM audit_events").await, before);
    let other = PolicyForm {
        repository: "xml".to_owned(),
        workflow: "pack.yml".to_owned(),
        ..form("pack", "contoso")
    };
    edit(g, &anna, key, other).await.unwrap();
    assert!(matches!(house.policies(&anna).await[0].state, PolicyState::Waiting(_)));
    let elsewhere = Workload {
        repository: "xml".to_owned(),
        repository_id: "99".to_owned(),
        ..now
    };
    house.exchange("contoso", elsewhere).await.unwrap();
    delete(g, &anna, key).await.unwrap();
    assert_eq!(house.policies(&anna).await, []);
    assert_eq!(said(delete(g, &anna, key).await), "There is nothing at this address.");
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_oldest_policy_wins_and_names_differ(#[case] database: Database) {
    let (house, [anna, ..]) = open(database).await;
    let narrow = PolicyForm {
        globs: "Contoso.*".to_owned(),
        ..form("first", "contoso")
    };
    create_for_organization(house.g(), &anna, narrow).await.unwrap();
    create_for_organization(house.g(), &anna, form("second", "contoso"))
        .await
        .unwrap();
    assert_eq!(
        said(create_for_organization(house.g(), &anna, form(" FIRST ", "contoso")).await),
        "name: Another policy has this name. Choose another name, or delete that policy first."
    );
    let key = house.exchange("contoso", workload()).await.unwrap();
    assert_eq!(
        reason(house.push(&key, &package("Fabrikam", "1.0.0")).await),
        "The glob patterns of the API key 'GitHub: contoso/json' do not match the package id 'Fabrikam'."
    );
    // A name of its own can be kept, another one's cannot be taken.
    let second = house.policies(&anna).await[0].key;
    edit(house.g(), &anna, second, form("Second", "")).await.unwrap();
    assert!(edit(house.g(), &anna, second, form("first", "")).await.is_err());
    let nothing = create_for_organization(
        house.g(),
        &anna,
        PolicyForm {
            owner: "contoso".to_owned(),
            ..PolicyForm::default()
        },
    );
    let all = said(nothing.await);
    for field in [
        "name: ",
        "provider: ",
        "repository_owner: ",
        "repository: ",
        "scopes: ",
        "globs: ",
    ] {
        assert!(all.contains(field), "{field}: {all}");
    }
}
