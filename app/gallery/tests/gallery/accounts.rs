//! Names and addresses, registering, confirming, and what the operator does.

use crate::people::{House, address, identity, name, said};
use domain::account::{AccountKind, EmailAddress};
use domain::session::{NewAccount, RegistrationForm};
use gallery::accounts::{confirm_email, create, demote, lock, promote, register, registration, resend_confirmation};
use gallery::sign_in::SignedIn;
use gallery::testkit::Database;
use gallery::{Actor, Origin};
use rstest::rstest;

const NAME_TAKEN: &str = "name: This name is not available. Choose another one.";
const OTHERS: &str = "email: This address belongs to another account. Sign in there and link this sign-in.";

async fn registering(house: &House, subject: &str) -> String {
    match house.finish(identity(subject, &address(subject))).await {
        SignedIn::Register { token, .. } => token.expose().to_owned(),
        other => panic!("not a first sign-in: {other:?}"),
    }
}

fn form(name: &str, email: &str) -> RegistrationForm {
    RegistrationForm {
        name: name.to_owned(),
        email: email.to_owned(),
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_name_in_use_is_refused_in_any_case_and_for_look_alikes(#[case] database: Database) {
    let house = House::open(database).await;
    house.person("Anna-Lena").await;
    house.organization("contoso.ltd", &["Anna-Lena"], &[]).await;
    let token = registering(&house, "bob").await;
    for taken in [
        "anna-lena",
        "ANNA_LENA",
        "annalena",
        "a.n.n.a.l.e.n.a",
        "Contoso-Ltd",
        "contosoltd",
    ] {
        let refused = register(house.g(), Origin::default(), &token, form(taken, "bob@example.com")).await;
        assert_eq!(said(refused), NAME_TAKEN, "{taken}");
    }
    for denied in ["admin", "Sign.In", "v3-", "NuGet"] {
        let refused = register(house.g(), Origin::default(), &token, form(denied, "bob@example.com")).await;
        assert!(said(refused).starts_with("name: "), "{denied}");
    }
    register(house.g(), Origin::default(), &token, form("bob", "bob@example.com"))
        .await
        .unwrap();
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_address_of_a_confirmed_account_is_refused_after_the_name(#[case] database: Database) {
    let house = House::open(database).await;
    house.person("anna").await;
    let token = registering(&house, "bob").await;
    let both = register(house.g(), Origin::default(), &token, form("anna", "ANNA@example.com")).await;
    assert_eq!(said(both), format!("{NAME_TAKEN} | {OTHERS}"));
    let address = register(house.g(), Origin::default(), &token, form("bob", "anna@example.com")).await;
    assert_eq!(said(address), OTHERS);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn two_accounts_may_wait_for_one_address_and_the_first_to_confirm_has_it(#[case] database: Database) {
    let house = House::open(database).await;
    let mut people = Vec::new();
    for person in ["anna", "bob"] {
        let token = registering(&house, person).await;
        let (session, _) = register(house.g(), Origin::default(), &token, form(person, "team@example.com"))
            .await
            .unwrap();
        people.push(house.session(session.expose()).await);
    }
    let mails = house.mails("account-confirm").await;
    assert_eq!(mails.len(), 2);
    assert!(mails.iter().all(|mail| mail.to == "team@example.com"));
    confirm_email(house.g(), &people[1], mails[1].token()).await.unwrap();
    let late = confirm_email(house.g(), &people[0], mails[0].token()).await;
    assert_eq!(
        said(late),
        "This address is in use by another account. Use another one."
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_race_for_a_name_has_one_winner_and_leaves_nothing_half_done(#[case] database: Database) {
    let house = House::open(database).await;
    let mut tokens = Vec::new();
    for subject in 0..6 {
        tokens.push(registering(&house, &format!("subject-{subject}")).await);
    }
    let tries = tokens.iter().enumerate().map(|(number, token)| {
        let form = form("winner", &format!("winner-{number}@example.com"));
        register(house.g(), Origin::default(), token, form)
    });
    let results = futures::future::join_all(tries).await;
    let (won, lost): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
    assert_eq!(won.len(), 1);
    for refused in lost {
        assert_eq!(said(refused), NAME_TAKEN);
    }
    assert_eq!(house.mails("account-confirm").await.len(), 1);
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_vouched_address_is_confirmed_at_once_and_another_gets_a_mail(#[case] database: Database) {
    let house = House::open(database).await;
    let token = registering(&house, "anna").await;
    let proposed = registration(house.g(), &token).await.unwrap();
    assert_eq!(
        (proposed.name.as_str(), proposed.email.as_str()),
        ("anna", "anna@example.com")
    );
    register(house.g(), Origin::default(), &token, form("anna", "anna@example.com"))
        .await
        .unwrap();
    assert_eq!(house.all_mails().await, Vec::<String>::new());

    let session = house.register("bob", "bob@example.com", false).await.unwrap();
    let bob = house.session(&session).await;
    let viewer = gallery::sessions::resolve(house.g(), &session)
        .await
        .unwrap()
        .unwrap()
        .viewer;
    assert!(!viewer.confirmed);
    let mail = &house.mails("account-confirm").await[0];
    assert_eq!(mail.to, "bob@example.com");
    assert!(mail.link.starts_with("/account/confirm?token="));
    confirm_email(house.g(), &bob, mail.token()).await.unwrap();
    let viewer = gallery::sessions::resolve(house.g(), &session)
        .await
        .unwrap()
        .unwrap()
        .viewer;
    assert!(viewer.confirmed);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_confirmation_says_why_it_is_refused(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = house.register("anna", "anna@example.com", false).await.unwrap();
    let anna = house.session(&anna).await;
    let bob = house.person("bob").await;
    let first = house.mails("account-confirm").await.remove(0);

    let other = confirm_email(house.g(), &bob, first.token()).await;
    assert!(said(other).starts_with("This link is for another account."));
    let unknown = confirm_email(house.g(), &anna, "unknown").await;
    assert!(said(unknown).starts_with("This link is not good any more."));

    resend_confirmation(house.g(), &anna).await.unwrap();
    let replaced = confirm_email(house.g(), &anna, first.token()).await;
    assert!(said(replaced).starts_with("This link is not good any more."));

    let second = house.mails("account-confirm").await.remove(1);
    house.test.clock.advance(7 * 86_400);
    let expired = confirm_email(house.g(), &anna, second.token()).await;
    assert_eq!(said(expired), "This link has expired. Have the mail sent again.");

    resend_confirmation(house.g(), &anna).await.unwrap();
    let third = house.mails("account-confirm").await.remove(2);
    confirm_email(house.g(), &anna, third.token()).await.unwrap();
    let again = confirm_email(house.g(), &anna, third.token()).await;
    assert_eq!(said(again), "The email address is confirmed already.");
    assert_eq!(
        said(resend_confirmation(house.g(), &anna).await),
        "The email address is confirmed already."
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_registration_is_used_once_and_ends(#[case] database: Database) {
    let house = House::open(database).await;
    let token = registering(&house, "anna").await;
    register(house.g(), Origin::default(), &token, form("anna", "anna@example.com"))
        .await
        .unwrap();
    let again = register(house.g(), Origin::default(), &token, form("anna2", "anna2@example.com")).await;
    assert_eq!(said(again), "Sign in to go on.");
    let late = registering(&house, "bob").await;
    house.test.clock.advance(60 * 60);
    assert_eq!(said(registration(house.g(), &late).await), "Sign in to go on.");
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_proposed_name_is_free_and_follows_the_pattern(#[case] database: Database) {
    let house = House::open(database).await;
    house.person("anna").await;
    for (told, proposed) in [
        ("anna", "anna2"),
        ("Jürgen Müller", "Jrgen-Mller"),
        ("!", ""),
        ("admin", "admin2"),
    ] {
        let mut who = identity(&format!("subject of {told}"), "somebody@example.com");
        told.clone_into(&mut who.proposed_name);
        let SignedIn::Register { token, .. } = house.finish(who).await else {
            panic!("not a first sign-in");
        };
        assert_eq!(registration(house.g(), token.expose()).await.unwrap().name, proposed);
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_operator_alone_creates_promotes_and_demotes(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let operator = Actor::operator();
    let new = |name: &str| NewAccount {
        name: crate::people::name(name),
        email: EmailAddress::parse(&address(name)).unwrap(),
    };
    let refused = create(house.g(), &anna, new("bob"), AccountKind::User, None).await;
    assert_eq!(said(refused), "There is nothing at this address.");
    let taken = create(house.g(), &operator, new("anna"), AccountKind::User, None).await;
    assert_eq!(
        said(taken),
        format!("{NAME_TAKEN} | email: This address is in use by another account. Use another one.")
    );
    create(house.g(), &operator, new("bob"), AccountKind::User, None)
        .await
        .unwrap();

    promote(house.g(), &operator, &name("ANNA")).await.unwrap();
    assert_eq!(
        said(promote(house.g(), &operator, &name("anna")).await),
        "anna is a site administrator already."
    );
    // A site administrator locks, but makes no other one.
    lock(house.g(), &anna, &name("bob")).await.unwrap();
    assert_eq!(
        said(promote(house.g(), &anna, &name("bob")).await),
        "There is nothing at this address."
    );
    demote(house.g(), &operator, &name("anna")).await.unwrap();
    assert_eq!(
        said(lock(house.g(), &anna, &name("bob")).await),
        "There is nothing at this address."
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_operator_gives_an_organization_an_administrator_who_can_be_one(#[case] database: Database) {
    let house = House::open(database).await;
    house.person("anna").await;
    house.register("carol", "carol@example.com", false).await.unwrap();
    house.organization("contoso", &["anna"], &[]).await;
    let g = house.g();
    let attempt = |administrator: Option<&str>| {
        let new = NewAccount {
            name: name("fabrikam"),
            email: EmailAddress::parse("fabrikam@example.com").unwrap(),
        };
        let administrator = administrator.map(name);
        async move { create(g, &Actor::operator(), new, AccountKind::Organization, administrator).await }
    };
    for (administrator, sentence) in [
        (None, "Name the organization's administrator."),
        (Some("nobody"), "There is no user of this name."),
        (Some("contoso"), "This is an organization."),
        (Some("carol"), "This user has not confirmed an email address yet."),
    ] {
        let refused = said(attempt(administrator).await);
        assert!(refused.starts_with(sentence), "{refused}");
    }
    attempt(Some("Anna")).await.unwrap();
    assert_eq!(house.members("fabrikam").await, ["anna:administrator"]);
    assert_eq!(
        house.all_mails().await.split_off(3),
        [
            "member-added to anna@example.com",
            "member-added to fabrikam@example.com"
        ]
    );
}
