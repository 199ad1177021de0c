//! How often organizations are added, people invited and addresses written to, by those who come by the network.

use crate::people::{House, address, said};
use domain::member::InviteForm;
use domain::organization::AddOrganizationForm;
use domain::permission::Role;
use domain::time::DAY;
use gallery::members::{change_invited_role, invite, resend};
use gallery::testkit::Database;
use gallery::{Actor, organizations};
use rstest::rstest;

/// The person, as if they came by the network.
fn limited(mut person: Actor) -> Actor {
    person.origin.limited = true;
    person
}

fn to(invited: &str) -> InviteForm {
    InviteForm {
        invited: invited.to_owned(),
        role: Role::Collaborator.value().to_owned(),
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_organization_sends_thirty_invitations_an_hour_whoever_sends_them(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = limited(house.person("anna").await);
    let bob = limited(house.person("bob").await);
    house.organization("contoso", &["anna", "bob"], &[]).await;
    house.organization("fabrikam", &["anna"], &[]).await;
    let at_once = (0..32).map(|number| {
        let by = if number % 2 == 0 { &anna } else { &bob };
        let house = &house;
        async move { invite(house.g(), by, "contoso", to(&format!("p{number}@work.example"))).await }
    });
    let sent = futures::future::join_all(at_once).await;
    let (sent, refused): (Vec<_>, Vec<_>) = sent.into_iter().partition(Result::is_ok);
    assert_eq!(sent.len(), 30);
    for refused in refused {
        assert_eq!(
            said(refused),
            "This organization has sent 30 invitations within an hour. Try again in 60 minutes."
        );
    }
    let waiting = house.invitations(&anna, "contoso").await;
    assert_eq!(waiting.len(), 30);
    let again = said(resend(house.g(), &anna, "contoso", waiting[0].0).await);
    assert!(again.starts_with("This organization has sent 30"), "{again}");
    invite(house.g(), &anna, "fabrikam", to("p0@work.example"))
        .await
        .unwrap();
    house.test.clock.advance(3_601);
    resend(house.g(), &anna, "contoso", waiting[0].0).await.unwrap();
    // Who develops on this machine is not held up.
    let mut free = anna.clone();
    free.origin.limited = false;
    for number in 0..35 {
        invite(house.g(), &free, "fabrikam", to(&format!("q{number}@work.example")))
            .await
            .unwrap();
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_person_adds_ten_organizations_a_day(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = limited(house.person("anna").await);
    let add = async |name: String| {
        let form = AddOrganizationForm {
            email: address(&name),
            name,
        };
        organizations::add(house.g(), &anna, form).await
    };
    for number in 0..10 {
        add(format!("org{number}")).await.unwrap();
    }
    assert_eq!(
        said(add("org-more".to_owned()).await),
        "You have added 10 organizations within a day. Try again in 24 hours."
    );
    house.test.clock.advance(DAY + 1);
    add("org-more".to_owned()).await.unwrap();
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_address_gets_three_mails_of_a_kind_a_day(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = limited(house.person("anna").await);
    house.organization("contoso", &["anna"], &[]).await;
    for invited in ["Dave@work.example", "dave@work.example", "DAVE@work.example"] {
        invite(house.g(), &anna, "contoso", to(invited)).await.unwrap();
    }
    let sentence = "This address got 3 mails of this kind within a day. Try again tomorrow.";
    assert_eq!(
        said(invite(house.g(), &anna, "contoso", to("dave@work.example")).await),
        sentence
    );
    let key = house.invitations(&anna, "contoso").await[0].0;
    assert_eq!(said(resend(house.g(), &anna, "contoso", key).await), sentence);
    // What changes besides holds all the same; the mail alone is spared.
    let (_, role) = change_invited_role(house.g(), &anna, "contoso", key, "administrator")
        .await
        .unwrap();
    assert_eq!(role, Role::Administrator);
    assert_eq!(house.mails("invitation").await.len(), 3);
    // Another kind is another count.
    let form = AddOrganizationForm {
        name: "fabrikam".to_owned(),
        email: "dave@work.example".to_owned(),
    };
    organizations::add(house.g(), &anna, form).await.unwrap();
    for _ in 0..2 {
        organizations::resend_confirmation(house.g(), &anna, "fabrikam")
            .await
            .unwrap();
    }
    let refused = organizations::resend_confirmation(house.g(), &anna, "fabrikam").await;
    assert_eq!(said(refused), sentence);
    house.test.clock.advance(DAY + 1);
    invite(house.g(), &anna, "contoso", to("dave@work.example"))
        .await
        .unwrap();
}
