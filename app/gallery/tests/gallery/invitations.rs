//! Inviting, accepting, declining, cancelling, resending, offering another role.

use crate::people::{House, identity, name, said};
use domain::permission::Role;
use gallery::Actor;
use gallery::members::{accept, cancel, change_invited_role, decline, resend};
use gallery::sign_in::SignedIn;
use gallery::testkit::Database;
use rstest::rstest;

const GONE: &str = "This invitation is not there any more.";
const COLLABORATOR: Role = Role::Collaborator;
const ADMINISTRATOR: Role = Role::Administrator;

/// Anna administers contoso, Bob is nobody there.
async fn open(database: Database) -> (House, Actor, Actor) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let bob = house.person("bob").await;
    house.organization("contoso", &["anna"], &[]).await;
    (house, anna, bob)
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_invited_user_accepts_and_is_a_member(#[case] database: Database) {
    let (house, anna, bob) = open(database).await;
    house.invite(&anna, "contoso", "BOB", COLLABORATOR).await.unwrap();
    assert_eq!(house.invitations(&anna, "contoso").await[0].1, "bob:collaborator");
    let mail = &house.mails("invitation").await[0];
    assert_eq!(
        (mail.to.as_str(), mail.link.as_str()),
        ("bob@example.com", "/account/organizations")
    );

    assert_eq!(accept(house.g(), &bob, "Contoso").await.unwrap().as_str(), "contoso");
    assert_eq!(
        house.members("contoso").await,
        ["anna:administrator", "bob:collaborator"]
    );
    assert_eq!(house.invitations(&anna, "contoso").await, []);
    assert_eq!(
        house.all_mails().await.split_off(2),
        [
            "invitation to bob@example.com",
            "member-added to bob@example.com",
            "member-added to contoso@example.com",
        ]
    );
    assert_eq!(
        house.trail(&bob, "contoso").await,
        [
            "member.added",
            "invitation.created",
            "invitation.accepted",
            "member.added"
        ]
    );
    assert_eq!(said(accept(house.g(), &bob, "contoso").await), GONE);
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn who_cannot_be_invited_by_name_is_told_at_the_field(#[case] database: Database) {
    let (house, anna, bob) = open(database).await;
    house.register("carol", "carol@example.com", false).await.unwrap();
    for (invited, sentence) in [
        ("", "invited: Enter a user name or an email address."),
        ("nobody", "invited: There is no user of this name."),
        ("-", "invited: There is no user of this name."),
        ("carol", "invited: This user has not confirmed an email address yet."),
        ("contoso", "invited: This is an organization."),
        ("Anna", "invited: This user is a member already."),
        ("x@y", "invited: This does not look like an email address."),
    ] {
        let refused = said(house.invite(&anna, "contoso", invited, COLLABORATOR).await);
        assert!(refused.starts_with(sentence), "{refused}");
    }
    let not_found = "There is nothing at this address.";
    assert_eq!(
        said(house.invite(&bob, "contoso", "bob", ADMINISTRATOR).await),
        not_found
    );
    assert_eq!(house.mails("invitation").await.len(), 0);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_invited_alike_whether_or_not_an_account_has_it(#[case] database: Database) {
    let (house, anna, bob) = open(database).await;
    house.register("carol", "carol@example.com", false).await.unwrap();
    for address in [
        "Bob@Example.com",
        "carol@example.com",
        "nobody@example.com",
        "anna@example.com",
    ] {
        house.invite(&anna, "contoso", address, COLLABORATOR).await.unwrap();
    }
    let rows: Vec<_> = house
        .invitations(&anna, "contoso")
        .await
        .into_iter()
        .map(|row| row.1)
        .collect();
    assert_eq!(
        rows,
        [
            "Bob@Example.com:collaborator",
            "carol@example.com:collaborator",
            "nobody@example.com:collaborator",
            "anna@example.com:collaborator",
        ]
    );
    assert_eq!(house.mails("invitation").await[0].to, "Bob@Example.com");
    accept(house.g(), &bob, "contoso").await.unwrap();
    // A member keeps the greater role.
    accept(house.g(), &anna, "contoso").await.unwrap();
    assert_eq!(
        house.members("contoso").await,
        ["anna:administrator", "bob:collaborator"]
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn only_who_proves_the_address_may_answer(#[case] database: Database) {
    let (house, anna, bob) = open(database).await;
    house
        .invite(&anna, "contoso", "team@work.example", ADMINISTRATOR)
        .await
        .unwrap();
    assert_eq!(said(accept(house.g(), &bob, "contoso").await), GONE);
    assert_eq!(said(decline(house.g(), &bob, "contoso").await), GONE);
    // A pending address proves nothing.
    let session = house.register("carol", "team@work.example", false).await.unwrap();
    let carol = house.session(&session).await;
    let unconfirmed = "The email address is not confirmed yet. Confirm it first.";
    assert_eq!(said(accept(house.g(), &carol, "contoso").await), unconfirmed);
    // A linked sign-in that vouches for it does.
    let vouching = identity("bob", "Team@Work.example");
    let SignedIn::Session { token, .. } = house.finish(vouching).await else {
        panic!("bob is known");
    };
    let bob = house.session(token.expose()).await;
    accept(house.g(), &bob, "contoso").await.unwrap();
    assert_eq!(
        house.members("contoso").await,
        ["anna:administrator", "bob:administrator"]
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn inviting_again_resends_and_takes_the_new_role(#[case] database: Database) {
    let (house, anna, bob) = open(database).await;
    house.invite(&anna, "contoso", "bob", ADMINISTRATOR).await.unwrap();
    house.test.clock.advance(13 * 86_400);
    house.invite(&anna, "contoso", "Bob", COLLABORATOR).await.unwrap();
    house.test.clock.advance(13 * 86_400);
    assert_eq!(house.mails("invitation").await.len(), 2);
    accept(house.g(), &bob, "contoso").await.unwrap();
    assert_eq!(
        house.members("contoso").await,
        ["anna:administrator", "bob:collaborator"]
    );
    let trail = house.trail(&anna, "contoso").await;
    assert_eq!(trail[2..4], ["invitation.created", "invitation.resent"]);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_pending_role_changes_both_ways(#[case] database: Database) {
    let (house, anna, bob) = open(database).await;
    house.invite(&anna, "contoso", "bob", COLLABORATOR).await.unwrap();
    let key = house.invitations(&anna, "contoso").await[0].0;
    for (role, row) in [
        ("administrator", "bob:administrator"),
        ("collaborator", "bob:collaborator"),
    ] {
        change_invited_role(house.g(), &anna, "contoso", key, role)
            .await
            .unwrap();
        assert_eq!(house.invitations(&anna, "contoso").await[0].1, row);
    }
    let wrong = change_invited_role(house.g(), &anna, "contoso", key, "owner").await;
    assert_eq!(said(wrong), "Choose Collaborator or Administrator.");
    assert_eq!(house.mails("invitation").await.len(), 3, "each change is told by mail");
    accept(house.g(), &bob, "contoso").await.unwrap();
    let late = change_invited_role(house.g(), &anna, "contoso", key, "administrator").await;
    assert_eq!(said(late), GONE);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_expired_invitation_is_not_accepted_until_it_is_sent_again(#[case] database: Database) {
    let (house, anna, bob) = open(database).await;
    house.invite(&anna, "contoso", "bob", COLLABORATOR).await.unwrap();
    let key = house.invitations(&anna, "contoso").await[0].0;
    house.test.clock.advance(14 * 86_400);
    for _ in 0..2 {
        gallery::sweep::sweep(house.g()).await.unwrap();
    }
    let refused = said(accept(house.g(), &bob, "contoso").await);
    assert_eq!(
        refused,
        "This invitation has expired. Ask an administrator to send it again."
    );
    let page = gallery::members::list(house.g(), &anna, "contoso", "", domain::page::Place::Start)
        .await
        .unwrap();
    assert!(page.invitations[0].expired);
    assert_eq!(page.invitations[0].key, key);

    resend(house.g(), &anna, "contoso", key).await.unwrap();
    assert_eq!(house.mails("invitation").await.len(), 2);
    accept(house.g(), &bob, "contoso").await.unwrap();
    assert_eq!(
        house.trail(&anna, "contoso").await[2..],
        [
            "invitation.created",
            "invitation.expired",
            "invitation.resent",
            "invitation.accepted",
            "member.added",
        ]
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn every_administrator_hears_of_a_declined_invitation(#[case] database: Database) {
    let (house, anna, bob) = open(database).await;
    house.person("carol").await;
    house.person("dave").await;
    house.organization("fabrikam", &["anna", "carol"], &["dave"]).await;
    house.invite(&anna, "fabrikam", "bob", COLLABORATOR).await.unwrap();
    decline(house.g(), &bob, "fabrikam").await.unwrap();
    let told: Vec<_> = house
        .mails("invitation-declined")
        .await
        .into_iter()
        .map(|mail| mail.to)
        .collect();
    assert_eq!(told, ["anna@example.com", "carol@example.com"]);
    assert_eq!(said(decline(house.g(), &bob, "fabrikam").await), GONE);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_invitation_is_gone_and_the_invited_hears_of_it(#[case] database: Database) {
    let (house, anna, bob) = open(database).await;
    house.organization("fabrikam", &["anna"], &[]).await;
    house.invite(&anna, "contoso", "bob", COLLABORATOR).await.unwrap();
    house
        .invite(&anna, "contoso", "x@work.example", COLLABORATOR)
        .await
        .unwrap();
    let keys: Vec<_> = house
        .invitations(&anna, "contoso")
        .await
        .into_iter()
        .map(|row| row.0)
        .collect();
    // A handle is worth nothing in another organization, or without the right.
    assert_eq!(said(cancel(house.g(), &anna, "fabrikam", keys[0]).await), GONE);
    assert_eq!(said(resend(house.g(), &anna, "fabrikam", keys[0]).await), GONE);
    let stranger = cancel(house.g(), &bob, "contoso", keys[0]).await;
    assert_eq!(said(stranger), "There is nothing at this address.");

    assert_eq!(cancel(house.g(), &anna, "contoso", keys[0]).await.unwrap(), "bob");
    assert_eq!(
        cancel(house.g(), &anna, "contoso", keys[1]).await.unwrap(),
        "x@work.example"
    );
    let told: Vec<_> = house
        .mails("invitation-cancelled")
        .await
        .into_iter()
        .map(|mail| mail.to)
        .collect();
    assert_eq!(told, ["bob@example.com", "x@work.example"]);
    assert_eq!(said(accept(house.g(), &bob, "contoso").await), GONE);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_collaborator_invites_nobody_and_a_site_administrator_may(#[case] database: Database) {
    let (house, _, bob) = open(database).await;
    let carol = house.person("carol").await;
    let dave = house.person("dave").await;
    house.organization("fabrikam", &["anna"], &["carol"]).await;
    gallery::accounts::promote(house.g(), &Actor::operator(), &name("dave"))
        .await
        .unwrap();
    let refused = house.invite(&carol, "fabrikam", "bob", COLLABORATOR).await;
    assert_eq!(said(refused), "Only administrators may do this. Ask one of them.");
    house.invite(&dave, "fabrikam", "bob", ADMINISTRATOR).await.unwrap();
    accept(house.g(), &bob, "fabrikam").await.unwrap();
    assert_eq!(
        house.members("fabrikam").await,
        ["anna:administrator", "bob:administrator", "carol:collaborator"]
    );
}
