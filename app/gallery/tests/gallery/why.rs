//! "Why can X push here?": what is told agrees with what happens, and tells nobody what they may not see.

use crate::parcels::{key_form, package};
use crate::people::{House, name, said};
use domain::form::UiErrorKind;
use domain::organization::HelpReader;
use domain::page::Place;
use domain::permission::{NewPackages, Why, WhyAnswer};
use domain::settings::{Policies, PoliciesForm};
use gallery::members::Asked;
use gallery::packages::manage_page;
use gallery::testkit::Database;
use gallery::{Actor, Error, accounts, api_keys, members, organizations};
use rstest::rstest;

const ENDS: &str = "you are the last administrator. make somebody else administrator first.";

/// Anna administers contoso, Bob collaborates; Zoe collaborates in fabrikam, which owns Contoso.A too. Carol is nobody.
struct Site {
    house: House,
    anna: Actor,
    bob: Actor,
    zoe: Actor,
    carol: Actor,
}

impl Site {
    async fn open(database: Database) -> Self {
        let house = House::open(database).await;
        let anna = house.person("anna").await;
        let bob = house.person("bob").await;
        let zoe = house.person("zoe").await;
        let carol = house.person("carol").await;
        house.organization("contoso", &["anna"], &["bob"]).await;
        house.organization("fabrikam", &["anna"], &["zoe"]).await;
        let key = house.key(&anna, "contoso").await;
        house.push(&key, &package("Contoso.A", "1.0.0")).await.unwrap();
        house.push(&key, &package("Contoso.B", "1.0.0")).await.unwrap();
        let owned = "INSERT INTO package_owners (package_id, account_id, id_key, since, downloads, listed) \
                     SELECT p.id, a.id, 'contoso.a', 0, p.downloads, p.latest_id IS NOT NULL FROM packages p, accounts a \
                     WHERE p.name = 'Contoso.A' AND a.name = 'fabrikam'";
        house.sql(owned).await;
        Self {
            house,
            anna,
            bob,
            zoe,
            carol,
        }
    }

    async fn of_package(&self, by: &Actor, id: &str, who: &str) -> Result<Why, Error> {
        let page = manage_page(self.house.g(), by, id, &Place::Start, who).await?;
        Ok(page.why.unwrap())
    }

    async fn of_member(&self, by: &Actor, who: &str) -> Result<Why, Error> {
        let asked = Asked {
            why: who,
            ..Asked::default()
        };
        let page = members::page(self.house.g(), by, "contoso", asked).await?;
        Ok(page.why.unwrap())
    }

    async fn set(&self, policies: Policies) {
        let on = |on: bool| if on { "on" } else { "" }.to_owned();
        let form = PoliciesForm {
            key_days: policies.key_days.map(|days| days.to_string()).unwrap_or_default(),
            new_packages: policies.new_packages.value().to_owned(),
            organization_keys: on(policies.organization_keys),
            second_factor: on(policies.second_factor),
            provider: policies.provider.clone(),
        };
        let providers = ["development".to_owned()];
        gallery::account_settings::set_policies(self.house.g(), &self.anna, "contoso", form, &providers)
            .await
            .unwrap();
    }
}

fn first(why: &Why) -> &str {
    &why.answers.first().unwrap().sentence
}

fn lines(answers: &[WhyAnswer]) -> Vec<String> {
    let line = |answer: &WhyAnswer| format!("{} {}", if answer.allowed { "+" } else { "-" }, answer.sentence);
    answers.iter().map(line).collect()
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_package_page_names_the_way(#[case] database: Database) {
    let site = Site::open(database).await;
    let why = site.of_package(&site.anna, "contoso.b", "BOB").await.unwrap();
    assert_eq!(why.person, "bob");
    assert_eq!(
        lines(&why.answers),
        [
            "+ bob may push new versions of Contoso.B: bob is a collaborator of contoso, which owns Contoso.B.",
            "+ bob may unlist and relist versions of Contoso.B: bob is a collaborator of contoso, which owns Contoso.B.",
            "+ bob may deprecate versions of Contoso.B: bob is a collaborator of contoso, which owns Contoso.B.",
            "- bob may not add and remove owners of Contoso.B for contoso: only administrators of contoso may, and bob is a \
             collaborator.",
        ]
    );
    for (who, told) in [
        (
            "carol",
            "carol may not push new versions of Contoso.B for contoso: carol is not a member of contoso.",
        ),
        (
            "nobody-here",
            "nobody-here may not push: there is no user of this name.",
        ),
        ("<b>\0", "<b>\0 may not push: there is no user of this name."),
        (
            "Contoso",
            "contoso may not push: it is an organization, and its members and its keys push for it.",
        ),
    ] {
        assert_eq!(
            first(&site.of_package(&site.anna, "Contoso.B", who).await.unwrap()),
            told
        );
    }
    accounts::lock(site.house.g(), &Actor::operator(), &name("bob"))
        .await
        .unwrap();
    assert_eq!(
        first(&site.of_package(&site.anna, "Contoso.B", "bob").await.unwrap()),
        "bob may not push new versions of Contoso.B for contoso: bob is locked."
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn who_belongs_to_another_owner_is_not_told(#[case] database: Database) {
    let site = Site::open(database).await;
    // Bob is an insider by contoso alone, and must not learn who is in fabrikam.
    let of_zoe = site.of_package(&site.bob, "Contoso.A", "zoe").await.unwrap();
    let of_carol = site.of_package(&site.bob, "Contoso.A", "carol").await.unwrap();
    assert_eq!(
        first(&of_zoe),
        "zoe may not push new versions of Contoso.A for contoso: zoe is not a member of contoso."
    );
    assert_eq!(
        of_zoe.note,
        "fabrikam owns it too. Whether zoe acts there, only the members see."
    );
    let same = |why: &Why, who: &str| format!("{why:?}").replace(who, "X");
    assert_eq!(same(&of_zoe, "zoe"), same(&of_carol, "carol"));
    // Anna is in both.
    let told = site.of_package(&site.anna, "Contoso.A", "zoe").await.unwrap();
    assert_eq!(
        first(&told),
        "zoe may push new versions of Contoso.A: zoe is a collaborator of fabrikam, which owns Contoso.A."
    );
    assert_eq!(told.note, "");
    let told = site.of_package(&site.anna, "Contoso.A", "carol").await.unwrap();
    assert_eq!(
        first(&told),
        "carol may not push new versions of Contoso.A: carol neither owns Contoso.A nor is a member of an organization \
         that owns it."
    );
    // Zoe is an insider of the one and not of the other.
    assert!(site.of_package(&site.zoe, "Contoso.A", "zoe").await.is_ok());
    for (by, id) in [(&site.zoe, "Contoso.B"), (&site.carol, "Contoso.A")] {
        assert!(matches!(site.of_package(by, id, "anna").await, Err(Error::NotFound)));
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_members_page_explains_every_right(#[case] database: Database) {
    let site = Site::open(database).await;
    let why = site.of_member(&site.bob, "anna").await.unwrap();
    insta::assert_snapshot!("why_anna", lines(&why.answers).join("\n"));
    let why = site.of_member(&site.anna, "bob").await.unwrap();
    insta::assert_snapshot!("why_bob", lines(&why.answers).join("\n"));
    let why = site.of_member(&site.anna, "zoe").await.unwrap();
    assert!(why.answers.iter().all(|answer| !answer.allowed), "{why:?}");
    assert!(matches!(site.of_member(&site.zoe, "anna").await, Err(Error::NotFound)));
    site.set(Policies {
        new_packages: NewPackages::Administrators,
        organization_keys: true,
        ..Policies::default()
    })
    .await;
    let why = site.of_member(&site.anna, "bob").await.unwrap();
    assert_eq!(
        first(&why),
        "bob may not push new versions of contoso's packages: a policy of contoso takes packages from its own keys and \
         from trusted publishing only."
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_key_says_what_a_push_with_it_would_meet(#[case] database: Database) {
    let site = Site::open(database).await;
    let value = site
        .house
        .key_of(
            &site.bob,
            domain::api_key::ApiKeyForm {
                globs: "Contoso.*".to_owned(),
                unlist: String::new(),
                ..key_form("bobs", "contoso")
            },
        )
        .await;
    let told = async || {
        let page = api_keys::mine(site.house.g(), &site.bob).await.unwrap();
        lines(&page.keys.first().unwrap().why)
    };
    let until = site.house.g().now().plus_days(90).day();
    assert_eq!(
        told().await,
        [
            format!(
                "+ bob's key bobs may push new versions of contoso's packages that match Contoso.* until {until}: bob is a \
                 collaborator of contoso, and the key was made for it."
            ),
            format!(
                "+ bob's key bobs may push new packages for contoso that match Contoso.* until {until}: bob is a \
                 collaborator of contoso, and the key was made for it."
            ),
            "- bob's key bobs may not unlist and relist versions of contoso's packages that match Contoso.*: the key was \
             made for something else: Push new packages and package versions."
                .to_owned(),
        ]
    );
    site.house.push(&value, &package("Contoso.B", "2.0.0")).await.unwrap();
    // The administrator reads the same of the member's key.
    let page = api_keys::of_organization(site.house.g(), &site.anna, "contoso", Place::Start)
        .await
        .unwrap();
    let domain::api_key::KeysOfOrganization::Managed { members, .. } = page.keys else {
        panic!("anna manages keys")
    };
    let bobs = members.items.iter().find(|key| key.name == "bobs").unwrap();
    assert_eq!(lines(&bobs.why), told().await);
    site.set(Policies {
        organization_keys: true,
        ..Policies::default()
    })
    .await;
    assert_eq!(
        told().await.first().unwrap(),
        "- bob's key bobs may not push new versions of contoso's packages that match Contoso.*: a policy of contoso takes \
         packages from its own keys and from trusted publishing only."
    );
    assert!(site.house.push(&value, &package("Contoso.B", "3.0.0")).await.is_err());
    members::leave(site.house.g(), &site.bob, "contoso").await.unwrap();
    assert_eq!(
        told().await.first().unwrap(),
        "- bob's key bobs may not push new versions of contoso's packages that match Contoso.*: bob is not a member of \
         contoso."
    );
    let key = api_keys::mine(site.house.g(), &site.bob)
        .await
        .unwrap()
        .keys
        .remove(0)
        .key;
    api_keys::revoke(site.house.g(), &site.bob, key).await.unwrap();
    assert_eq!(told().await, ["- bob's key bobs may not push: it was revoked."]);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_meet_a_policy_may_leave_but_not_as_the_last_administrator(#[case] database: Database) {
    let site = Site::open(database).await;
    site.set(Policies {
        provider: "development".to_owned(),
        ..Policies::default()
    })
    .await;
    let other = |actor: &Actor| match actor.clone() {
        Actor {
            who: gallery::Who::Person(person),
            origin,
        } => Actor {
            who: gallery::Who::Person(gallery::actor::Person {
                provider: "github".to_owned(),
                ..person
            }),
            origin,
        },
        other => other,
    };
    let (anna, bob) = (other(&site.anna), other(&site.bob));
    let refused = organizations::overview(site.house.g(), &bob, "contoso").await;
    assert!(matches!(refused, Err(Error::Policy { .. })));
    assert_eq!(
        said(members::leave(site.house.g(), &anna, "contoso").await).to_lowercase(),
        ENDS
    );
    members::leave(site.house.g(), &bob, "contoso").await.unwrap();
    assert_eq!(site.house.members("contoso").await, ["anna:administrator"]);
    let refused = organizations::overview(site.house.g(), &bob, "contoso").await;
    let kind = domain::form::UiError::from(&refused.unwrap_err()).kind;
    assert_eq!(kind, UiErrorKind::NotFound);
    site.house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn help_is_written_for_an_organization_of_the_readers(#[case] database: Database) {
    let site = Site::open(database).await;
    let reader = async |a: &Actor, wanted: &str| organizations::help_reader(site.house.g(), a, wanted).await.unwrap();
    let both = vec!["contoso".to_owned(), "fabrikam".to_owned()];
    for (wanted, chosen) in [("", "contoso"), ("FABRIKAM", "fabrikam"), ("nowhere", "contoso")] {
        let expected = HelpReader {
            organizations: both.clone(),
            chosen: Some(chosen.to_owned()),
        };
        assert_eq!(reader(&site.anna, wanted).await, expected);
    }
    assert_eq!(reader(&site.bob, "fabrikam").await.chosen.as_deref(), Some("contoso"));
    assert_eq!(reader(&site.carol, "contoso").await, HelpReader::default());
    let nobody = Actor::anonymous(gallery::Origin::default());
    assert_eq!(reader(&nobody, "contoso").await, HelpReader::default());
}
