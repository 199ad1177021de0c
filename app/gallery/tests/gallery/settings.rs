//! The settings of accounts and organizations: address, notifications, profile, and who may change them.

use crate::parcels::package;
use crate::people::{House, address, name, said};
use domain::page::Place;
use domain::settings::{EmailForm, ProfileForm};
use gallery::account_settings::{
    cancel_email_change, change_email, of_organization, of_person, set_notifications, set_profile,
};
use gallery::testkit::Database;
use gallery::{Actor, Origin, accounts, organizations};
use rstest::rstest;

const NOT_FOUND: &str = "There is nothing at this address.";
const ONLY_ADMINISTRATORS: &str = "Only administrators may do this. Ask one of them.";
const LOCKED: &str = "The account is locked. Ask the operators of this site.";

/// Anna administers contoso, Bob collaborates, Carol is nobody there.
async fn open(database: Database) -> (House, Actor, Actor, Actor) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let bob = house.person("bob").await;
    let carol = house.person("carol").await;
    house.organization("contoso", &["anna"], &["bob"]).await;
    (house, anna, bob, carol)
}

fn email(text: &str) -> EmailForm {
    EmailForm { email: text.to_owned() }
}

fn profile(description: &str, website: &str) -> ProfileForm {
    ProfileForm {
        description: description.to_owned(),
        website: website.to_owned(),
    }
}

/// The newest events of an organization as `action subject: before → after`, oldest first.
pub(crate) async fn told(house: &House, by: &Actor, organization: &str, count: usize) -> Vec<String> {
    let page = gallery::audit_trail::of_organization(house.g(), by, organization, Place::Start)
        .await
        .unwrap();
    let rows = page.events.items.into_iter().take(count);
    let mut told: Vec<_> = rows
        .map(|row| format!("{} {}: {} → {}", row.action, row.subject, row.before, row.after))
        .collect();
    told.reverse();
    told
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_new_address_counts_once_it_is_confirmed(#[case] database: Database) {
    let (house, anna, _, _) = open(database).await;
    change_email(house.g(), &anna, "ANNA", email(" anna@new.example "))
        .await
        .unwrap();
    let page = of_person(house.g(), &anna).await.unwrap();
    assert_eq!(
        (page.email.as_str(), page.pending_email.as_str()),
        ("anna@example.com", "anna@new.example")
    );
    let mail = house.mails("email-confirm").await.remove(0);
    assert_eq!(mail.to, "anna@new.example");
    assert!(mail.link.starts_with("/account/confirm?token="), "{}", mail.link);
    assert!(house.mails("email-changed").await.is_empty());

    accounts::confirm_email(house.g(), &anna, mail.token()).await.unwrap();
    let page = of_person(house.g(), &anna).await.unwrap();
    assert_eq!(
        (page.email.as_str(), page.pending_email.as_str()),
        ("anna@new.example", "")
    );
    let changed = house.mails("email-changed").await;
    assert_eq!((changed.len(), changed[0].to.as_str()), (1, "anna@example.com"));
    assert_eq!(changed[0].link, "/account");
    let again = accounts::confirm_email(house.g(), &anna, mail.token()).await;
    assert_eq!(said(again), "The email address is confirmed already.");
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_organization_changes_its_address_likewise(#[case] database: Database) {
    let (house, anna, _, carol) = open(database).await;
    change_email(house.g(), &anna, "contoso", email("team@new.example"))
        .await
        .unwrap();
    let mail = house.mails("email-confirm").await.remove(0);
    assert!(
        mail.link.starts_with("/organization/contoso/confirm?token="),
        "{}",
        mail.link
    );
    let stranger = organizations::confirm_email(house.g(), &carol, "contoso", mail.token()).await;
    assert!(said(stranger).starts_with("This link is for another account."));
    organizations::confirm_email(house.g(), &anna, "contoso", mail.token())
        .await
        .unwrap();
    let changed = house.mails("email-changed").await.remove(0);
    assert_eq!(changed.to, "contoso@example.com");
    assert_eq!(changed.link, "/organization/contoso/settings");
    assert_eq!(
        told(&house, &anna, "contoso", 2).await,
        [
            "email.requested t…@new.example: c…@example.com → ",
            "email.confirmed t…@new.example: c…@example.com → ",
        ]
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_waits_can_be_sent_again_replaced_and_cancelled(#[case] database: Database) {
    let (house, anna, _, _) = open(database).await;
    let change = |to: &'static str| change_email(house.g(), &anna, "contoso", email(to));
    for address in ["one@new.example", "One@new.example", "two@new.example"] {
        change(address).await.unwrap();
    }
    let mails = house.mails("email-confirm").await;
    let to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(to, ["one@new.example", "One@new.example", "two@new.example"]);
    let used = organizations::confirm_email(house.g(), &anna, "contoso", mails[1].token()).await;
    assert!(said(used).starts_with("This link is not good any more."));
    // The general "send it again" sends the same kind of mail.
    organizations::resend_confirmation(house.g(), &anna, "contoso")
        .await
        .unwrap();
    assert_eq!(house.mails("email-confirm").await.len(), 4);
    assert!(house.mails("organization-confirm").await.is_empty());

    cancel_email_change(house.g(), &anna, "contoso").await.unwrap();
    let token = house.mails("email-confirm").await.remove(3);
    let cancelled = organizations::confirm_email(house.g(), &anna, "contoso", token.token()).await;
    assert_eq!(said(cancelled), "The email address is confirmed already.");
    let twice = cancel_email_change(house.g(), &anna, "contoso").await;
    assert_eq!(said(twice), "No change of the address waits any more.");
    assert_eq!(
        told(&house, &anna, "contoso", 1).await,
        ["email.cancelled t…@new.example:  → "]
    );
    let page = of_organization(house.g(), &anna, "contoso", Vec::new()).await.unwrap();
    assert_eq!(page.account.email, "contoso@example.com");
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_address_of_somebody_else_is_refused_at_the_field(#[case] database: Database) {
    let (house, anna, bob, _) = open(database).await;
    for (wanted, sentence) in [
        ("", "email: Enter an email address."),
        (
            "a@b",
            "email: This does not look like an email address. Use the form name@example.com.",
        ),
        (
            "BOB@example.com",
            "email: This address is in use by another account. Use another one.",
        ),
        (
            "contoso@example.com",
            "email: This address is in use by another account. Use another one.",
        ),
        (
            "Anna@Example.com",
            "email: This is the present address. Enter another one.",
        ),
    ] {
        assert_eq!(
            said(change_email(house.g(), &anna, "anna", email(wanted)).await),
            sentence
        );
    }
    // Two may wait for the same one; whoever confirms first has it.
    change_email(house.g(), &anna, "anna", email("both@new.example"))
        .await
        .unwrap();
    change_email(house.g(), &bob, "bob", email("both@new.example"))
        .await
        .unwrap();
    let mails = house.mails("email-confirm").await;
    accounts::confirm_email(house.g(), &bob, mails[1].token())
        .await
        .unwrap();
    let late = accounts::confirm_email(house.g(), &anna, mails[0].token()).await;
    assert_eq!(
        said(late),
        "This address is in use by another account. Use another one."
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_never_confirmed_can_correct_its_address(#[case] database: Database) {
    let house = House::open(database).await;
    let token = house.register("dora", "dora@wrong.example", false).await.unwrap();
    let dora = house.session(&token).await;
    let cancelled = cancel_email_change(house.g(), &dora, "dora").await;
    assert_eq!(
        said(cancelled),
        "There is no other address to go back to. Change it instead."
    );
    change_email(house.g(), &dora, "dora", email("dora@right.example"))
        .await
        .unwrap();
    let mail = house.mails("email-confirm").await.remove(0);
    accounts::confirm_email(house.g(), &dora, mail.token()).await.unwrap();
    assert_eq!(of_person(house.g(), &dora).await.unwrap().email, "dora@right.example");
    assert!(
        house.mails("email-changed").await.is_empty(),
        "there was no old address"
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_address_gets_three_mails_a_day(#[case] database: Database) {
    let (house, mut anna, _, _) = open(database).await;
    anna.origin = Origin::new(None, "");
    for _ in 0..3 {
        change_email(house.g(), &anna, "anna", email("x@new.example"))
            .await
            .unwrap();
    }
    let fourth = change_email(house.g(), &anna, "contoso", email("X@new.example")).await;
    assert_eq!(
        said(fourth),
        "This address got 3 mails of this kind within a day. Try again tomorrow."
    );
    let page = of_organization(house.g(), &anna, "contoso", Vec::new()).await.unwrap();
    assert_eq!(page.account.pending_email, "", "nothing half done");
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn whoever_wants_no_mail_about_packages_gets_none(#[case] database: Database) {
    let (house, anna, _, _) = open(database).await;
    let key = house.key(&anna, "contoso").await;
    set_notifications(house.g(), &anna, "contoso", true).await.unwrap();
    set_notifications(house.g(), &anna, "contoso", false).await.unwrap();
    house.push(&key, &package("Contoso.Json", "1.0.0")).await.unwrap();
    assert!(house.mails("package-published").await.is_empty());
    set_notifications(house.g(), &anna, "contoso", true).await.unwrap();
    house.push(&key, &package("Contoso.Json", "1.1.0")).await.unwrap();
    assert_eq!(house.mails("package-published").await.len(), 1);
    let events = told(&house, &anna, "contoso", 20).await;
    let changes: Vec<_> = events
        .iter()
        .filter(|event| event.starts_with("settings.changed"))
        .collect();
    assert_eq!(
        changes,
        [
            "settings.changed Notify when a package is published: on → off",
            "settings.changed Notify when a package is published: off → on",
        ]
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_profile_says_what_was_saved(#[case] database: Database) {
    let (house, anna, _, carol) = open(database).await;
    let wrong = set_profile(
        house.g(),
        &anna,
        "contoso",
        profile(&"a".repeat(501), "http://contoso.example"),
    )
    .await;
    assert_eq!(
        said(wrong),
        "description: Use at most 500 characters. | website: Enter an address that begins with https://, or nothing."
    );
    let form = profile("We make\r\nthings.\0", "https://contoso.example");
    set_profile(house.g(), &anna, "contoso", form.clone()).await.unwrap();
    set_profile(house.g(), &anna, "contoso", form).await.unwrap();
    let page = gallery::profiles::profile(house.g(), &carol, "contoso", Place::Start)
        .await
        .unwrap();
    assert_eq!(page.description, "We make\nthings.");
    assert_eq!(page.website, "https://contoso.example");
    assert_eq!(
        told(&house, &anna, "contoso", 2).await,
        [
            "settings.changed Description:  → We make\nthings.",
            "settings.changed Website:  → https://contoso.example",
        ]
    );
    for description in ["ü".repeat(500), String::new()] {
        set_profile(house.g(), &anna, "contoso", profile(&description, ""))
            .await
            .unwrap();
    }
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn settings_are_for_those_who_manage_the_account(#[case] database: Database) {
    let (house, anna, bob, carol) = open(database).await;
    let nobody = Actor::anonymous(Origin::default());
    let page = |by: &Actor, of: &'static str| {
        let by = by.clone();
        let g = house.g().clone();
        async move { of_organization(&g, &by, of, Vec::new()).await }
    };
    assert!(page(&anna, "contoso").await.unwrap().head.manages);
    for (by, of) in [
        (&bob, "contoso"),
        (&carol, "contoso"),
        (&anna, "anna"),
        (&anna, "nowhere"),
    ] {
        assert_eq!(said(page(by, of).await), NOT_FOUND, "{of}");
    }
    assert_eq!(said(page(&nobody, "contoso").await), "Sign in to go on.");
    assert_eq!(said(of_person(house.g(), &nobody).await), "Sign in to go on.");

    let change = |by: &Actor, of: &'static str| {
        let (by, g) = (by.clone(), house.g().clone());
        async move { set_notifications(&g, &by, of, false).await }
    };
    assert_eq!(said(change(&bob, "contoso").await), ONLY_ADMINISTRATORS);
    assert_eq!(said(change(&carol, "contoso").await), NOT_FOUND);
    assert_eq!(said(change(&bob, "anna").await), NOT_FOUND);
    assert_eq!(said(change(&nobody, "contoso").await), "Sign in to go on.");

    let operator = Actor::operator();
    accounts::lock(house.g(), &operator, &name("contoso")).await.unwrap();
    assert_eq!(said(change(&anna, "contoso").await), LOCKED);
    let refused = change_email(house.g(), &anna, "contoso", email("x@new.example")).await;
    assert_eq!(said(refused), LOCKED);
    accounts::unlock(house.g(), &operator, &name("contoso")).await.unwrap();
    accounts::lock(house.g(), &operator, &name("anna")).await.unwrap();
    for of in ["contoso", "anna"] {
        let refused = change_email(house.g(), &anna, of, email("x@new.example")).await;
        assert!(said(refused).contains("locked"), "{of}");
    }
    assert_eq!(of_person(house.g(), &anna).await.unwrap().email, address("anna"));
}
