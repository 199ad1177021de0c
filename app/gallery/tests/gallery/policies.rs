//! Policies of organizations: who can set which, and that every door knows them with the very next request.

use crate::parcels::{key_form, package, reason, received};
use crate::people::{House, identity, name, said};
use crate::settings::told;
use domain::api_key::NewApiKey;
use domain::page::Place;
use domain::permission::{Glob, NewPackages, Policy, PushScope, Role, Scopes};
use domain::settings::{Policies, PoliciesForm};
use domain::time::DAY;
use domain::upload::{DraftContent, DraftOwner, PublishForm};
use gallery::account_settings::{of_organization, set_policies};
use gallery::api_keys::{OperatorKey, create_by_operator};
use gallery::sign_in::{Identity, SignedIn};
use gallery::testkit::Database;
use gallery::uploads::{DraftLimits, publish, receive};
use gallery::{Actor, Error, api_keys, members, organizations};
use rstest::rstest;

const NEW_PACKAGES: &str = "Only administrators may publish new packages. Ask one of them.";
const SECOND_FACTOR: &str = "Members must use a second factor. Sign out, and sign in again with one.";
const PROVIDER: &str =
    "Members must sign in in another way. Sign out, and sign in with the provider that the organization asks for.";

/// Anna administers contoso, Bob collaborates. Each has a personal key for it, and it has one of its own.
struct Site {
    house: House,
    anna: Actor,
    bob: Actor,
    annas: String,
    bobs: String,
    own: String,
}

impl Site {
    async fn open(database: Database) -> Self {
        let house = House::open(database).await;
        let anna = house.person("anna").await;
        let bob = house.person("bob").await;
        house.organization("contoso", &["anna"], &["bob"]).await;
        let wanted = OperatorKey {
            account: name("contoso"),
            key: NewApiKey {
                name: "own".to_owned(),
                days: 90,
                owner: name("contoso"),
                scopes: Scopes {
                    push: PushScope::NewPackages,
                    unlist: true,
                },
                globs: Glob::parse_list("*").unwrap(),
            },
        };
        let own = create_by_operator(house.g(), &Actor::operator(), wanted).await.unwrap();
        let site = Self {
            annas: house.key(&anna, "contoso").await,
            bobs: house.key(&bob, "contoso").await,
            own: own.expose().to_owned(),
            house,
            anna,
            bob,
        };
        site.push(&site.own, "Contoso.Old", "1.0.0").await.unwrap();
        site
    }

    /// Sets the policies as their administrator does.
    async fn set(&self, by: &Actor, policies: &Policies) -> Result<(), Error> {
        let on = |on: bool| if on { "on" } else { "" }.to_owned();
        let form = PoliciesForm {
            key_days: policies.key_days.map(|days| days.to_string()).unwrap_or_default(),
            new_packages: policies.new_packages.value().to_owned(),
            organization_keys: on(policies.organization_keys),
            second_factor: on(policies.second_factor),
            provider: policies.provider.clone(),
        };
        let providers = ["development".to_owned(), "github".to_owned()];
        set_policies(self.house.g(), by, "contoso", form, &providers).await
    }

    async fn push(&self, key: &str, id: &str, version: &str) -> Result<(), String> {
        let pushed = self.house.push(key, &package(id, version)).await;
        pushed.map(drop).map_err(|refused| reason(Err::<(), _>(refused)))
    }

    /// Publishes through the upload page.
    async fn publish(&self, by: &Actor, id: &str, version: &str) -> Result<(), String> {
        let file = received(self.house.g(), &package(id, version).build()).await;
        let draft = receive(self.house.g(), by, "a.nupkg", file, DraftLimits::Bind)
            .await
            .unwrap();
        let form = PublishForm {
            draft: draft.key,
            owner: "contoso".to_owned(),
            listed: "on".to_owned(),
        };
        let published = publish(self.house.g(), by, form).await;
        published.map(drop).map_err(|error| said(Err::<(), _>(error)))
    }

    /// A session of somebody who is there already, begun in another way.
    async fn again(&self, subject: &str, provider: &str, second_factor: bool) -> Actor {
        let identity = Identity {
            provider: provider.to_owned(),
            second_factor,
            ..identity(subject, &crate::people::address(subject))
        };
        match self.house.finish(identity).await {
            SignedIn::Session { token, .. } => self.house.session(token.expose()).await,
            _ => panic!("{subject} is known"),
        }
    }

    async fn sees(&self, by: &Actor) -> Result<(), String> {
        let page = organizations::overview(self.house.g(), by, "contoso").await;
        page.map(drop).map_err(|error| match error {
            Error::Policy { organization, policy } => format!("{organization}: {policy:?}"),
            other => said(Err::<(), _>(other)),
        })
    }

    async fn offered_for_keys(&self, by: &Actor) -> Vec<String> {
        api_keys::mine(self.house.g(), by).await.unwrap().owners
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn each_policy_that_changes_is_an_event_of_its_own(#[case] database: Database) {
    let site = Site::open(database).await;
    let policies = Policies {
        key_days: Some(30),
        new_packages: NewPackages::Administrators,
        provider: "development".to_owned(),
        ..Policies::default()
    };
    site.set(&site.anna, &policies).await.unwrap();
    site.set(&site.anna, &policies).await.unwrap();
    let page = of_organization(site.house.g(), &site.anna, "contoso", Vec::new())
        .await
        .unwrap();
    assert_eq!(page.policies, policies);
    site.set(&site.anna, &Policies::default()).await.unwrap();
    assert_eq!(
        told(&site.house, &site.anna, "contoso", 6).await,
        [
            "policy.changed Longest API key lifetime (days): no limit → 30 days",
            "policy.changed Who may publish new packages: Everyone → Administrators",
            "policy.changed Members must sign in with: Any provider → development",
            "policy.changed Longest API key lifetime (days): 30 days → no limit",
            "policy.changed Who may publish new packages: Administrators → Everyone",
            "policy.changed Members must sign in with: development → Any provider",
        ]
    );
    site.house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn nobody_sets_a_policy_that_they_do_not_meet(#[case] database: Database) {
    let site = Site::open(database).await;
    let both = Policies {
        second_factor: true,
        provider: "github".to_owned(),
        ..Policies::default()
    };
    let refused = said(site.set(&site.anna, &both).await);
    assert!(
        refused.starts_with("second_factor: You do not meet this policy"),
        "{refused}"
    );
    assert!(refused.contains("| provider: You do not meet this policy"), "{refused}");
    let unknown = Policies {
        provider: "nowhere".to_owned(),
        ..Policies::default()
    };
    assert_eq!(
        said(site.set(&site.anna, &unknown).await),
        "provider: Choose one of the ways to sign in to this site."
    );
    assert_eq!(
        said(site.set(&site.bob, &Policies::default()).await),
        "Only administrators may do this. Ask one of them."
    );
    assert_eq!(site.sees(&site.anna).await, Ok(()), "nothing was set");
    let anna = site.again("anna", "github", true).await;
    site.set(&anna, &both).await.unwrap();
    assert_eq!(site.sees(&site.anna).await, Err("contoso: SecondFactor".to_owned()));
    assert_eq!(site.sees(&anna).await, Ok(()));
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn keys_older_than_the_longest_lifetime_stop_whosever_they_are(#[case] database: Database) {
    let site = Site::open(database).await;
    site.house.test.clock.advance(10 * DAY);
    let policies = Policies {
        key_days: Some(10),
        ..Policies::default()
    };
    site.set(&site.anna, &policies).await.unwrap();
    for (at, key) in [&site.annas, &site.bobs, &site.own].into_iter().enumerate() {
        let refused = site.push(key, "Contoso.Old", &format!("2.0.{at}")).await.unwrap_err();
        assert!(refused.contains("may not live that long"), "{refused}");
    }
    site.publish(&site.bob, "Contoso.Old", "3.0.0").await.unwrap();
    let lister = site.house.lister(&site.bobs).await;
    assert!(reason(lister).contains("may not live that long"));
    site.set(
        &site.anna,
        &Policies {
            key_days: Some(11),
            ..Policies::default()
        },
    )
    .await
    .unwrap();
    site.push(&site.own, "Contoso.Old", "4.0.0").await.unwrap();
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn new_packages_by_administrators_binds_people_and_their_keys(#[case] database: Database) {
    let site = Site::open(database).await;
    let policies = Policies {
        new_packages: NewPackages::Administrators,
        ..Policies::default()
    };
    site.set(&site.anna, &policies).await.unwrap();
    let refused = site.push(&site.bobs, "Contoso.A", "1.0.0").await.unwrap_err();
    assert!(
        refused.contains("Only administrators may publish new packages"),
        "{refused}"
    );
    assert!(
        site.publish(&site.bob, "Contoso.B", "1.0.0")
            .await
            .unwrap_err()
            .contains(NEW_PACKAGES)
    );
    site.push(&site.bobs, "Contoso.Old", "2.0.0").await.unwrap();
    site.publish(&site.bob, "Contoso.Old", "2.1.0").await.unwrap();
    site.push(&site.annas, "Contoso.C", "1.0.0").await.unwrap();
    site.publish(&site.anna, "Contoso.D", "1.0.0").await.unwrap();
    site.push(&site.own, "Contoso.E", "1.0.0").await.unwrap();
    assert_eq!(site.sees(&site.bob).await, Ok(()));
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn only_organization_keys_refuses_personal_keys_and_the_upload_page(#[case] database: Database) {
    let site = Site::open(database).await;
    assert_eq!(site.offered_for_keys(&site.anna).await, ["anna", "contoso"]);
    let policies = Policies {
        organization_keys: true,
        ..Policies::default()
    };
    site.set(&site.anna, &policies).await.unwrap();
    for (by, key) in [(&site.anna, &site.annas), (&site.bob, &site.bobs)] {
        for id in ["Contoso.Old", "Contoso.New"] {
            let refused = site.push(key, id, "2.0.0").await.unwrap_err();
            assert!(refused.contains("by the organization's own API keys"), "{refused}");
            let refused = site.publish(by, id, "2.0.0").await.unwrap_err();
            assert!(refused.contains("by the organization's own API keys"), "{refused}");
        }
        let created = api_keys::create(site.house.g(), by, key_form("new", "contoso")).await;
        assert!(said(created).contains("by the organization's own API keys"));
        assert_eq!(site.offered_for_keys(by).await.len(), 1);
        assert_eq!(site.sees(by).await, Ok(()));
    }
    site.push(&site.own, "Contoso.Old", "2.0.0").await.unwrap();
    site.push(&site.own, "Contoso.New", "1.0.0").await.unwrap();
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn whoever_does_not_meet_a_policy_is_treated_as_no_member(#[case] database: Database) {
    for (policies, way, refusal) in [
        (
            Policies {
                second_factor: true,
                ..Policies::default()
            },
            ("development", true),
            (Policy::SecondFactor, SECOND_FACTOR),
        ),
        (
            Policies {
                provider: "github".to_owned(),
                ..Policies::default()
            },
            ("github", false),
            (Policy::Provider, PROVIDER),
        ),
    ] {
        let site = Site::open(database).await;
        let (provider, second_factor) = way;
        let (policy, sentence) = refusal;
        let anna = site.again("anna", provider, second_factor).await;
        site.set(&anna, &policies).await.unwrap();
        // Bob's session and key stop at once.
        assert_eq!(site.sees(&site.bob).await, Err(format!("contoso: {policy:?}")));
        let list = members::list(site.house.g(), &site.bob, "contoso", "", Place::Start).await;
        assert_eq!(said(list), sentence);
        let refused = site.push(&site.bobs, "Contoso.Old", "2.0.0").await.unwrap_err();
        assert!(refused.contains(sentence.split('.').next().unwrap()), "{refused}");
        assert!(
            site.publish(&site.bob, "Contoso.Old", "2.0.0")
                .await
                .unwrap_err()
                .contains(sentence)
        );
        assert_eq!(site.offered_for_keys(&site.bob).await, ["bob"]);
        let owned = gallery::packages::owned(site.house.g(), &site.bob, "", &Place::Start)
            .await
            .unwrap();
        assert_eq!((owned.owners, owned.packages.items.len()), (vec!["bob".to_owned()], 0));
        // Anna's key and the organization's own are as good as before.
        site.push(&site.annas, "Contoso.Old", "2.0.0").await.unwrap();
        site.push(&site.own, "Contoso.Old", "3.0.0").await.unwrap();
        // Bob is a member still; the next sign-in that meets the policy opens both again.
        assert_eq!(site.house.members("contoso").await.len(), 2);
        let bob = site.again("bob", provider, second_factor).await;
        assert_eq!(site.sees(&bob).await, Ok(()));
        assert_eq!(
            site.sees(&site.bob).await,
            Err(format!("contoso: {policy:?}")),
            "the old session"
        );
        site.push(&site.bobs, "Contoso.Old", "4.0.0").await.unwrap();
        // And may go in any case.
        members::leave(site.house.g(), &site.bob, "contoso").await.unwrap();
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_upload_page_offers_owners_whose_policies_allow_it(#[case] database: Database) {
    let site = Site::open(database).await;
    let offered = |id: &'static str| {
        let (g, bob) = (site.house.g().clone(), site.bob.clone());
        async move {
            let file = received(&g, &package(id, "1.0.0").build()).await;
            let draft = receive(&g, &bob, "a.nupkg", file, DraftLimits::Bind).await.unwrap();
            match draft.content {
                DraftContent::Ready(review) => review.owner,
                DraftContent::Refused(reason) => panic!("refused: {reason}"),
            }
        }
    };
    assert!(matches!(offered("Bob.A").await, DraftOwner::Choice { owners, .. } if owners == ["bob", "contoso"]));
    for policies in [
        Policies {
            organization_keys: true,
            ..Policies::default()
        },
        Policies {
            new_packages: NewPackages::Administrators,
            ..Policies::default()
        },
    ] {
        site.set(&site.anna, &policies).await.unwrap();
        assert_eq!(offered("Bob.B").await, DraftOwner::Only("bob".to_owned()));
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_is_accepted_by_those_who_meet_the_policies(#[case] database: Database) {
    let site = Site::open(database).await;
    let carol = site.house.person("carol").await;
    let anna = site.again("anna", "development", true).await;
    let policies = Policies {
        second_factor: true,
        ..Policies::default()
    };
    site.set(&anna, &policies).await.unwrap();
    for invited in ["carol", "carol@example.com"] {
        site.house
            .invite(&anna, "contoso", invited, Role::Collaborator)
            .await
            .unwrap();
    }
    let refused = members::accept(site.house.g(), &carol, "contoso").await;
    assert!(matches!(&refused, Err(Error::Policy { organization, .. }) if organization == "contoso"));
    assert_eq!(said(refused), SECOND_FACTOR);
    let carol = site.again("carol", "development", true).await;
    members::accept(site.house.g(), &carol, "contoso").await.unwrap();
    assert_eq!(site.sees(&carol).await, Ok(()));
}
