//! Asking to become an organization: who can be named, what is in the way, and how the request ends unaccepted.

use crate::people::{House, address, identity, name, said};
use domain::page::Place;
use domain::permission::Role;
use domain::time::DAY;
use domain::transformation::TransformForm;
use gallery::testkit::Database;
use gallery::transformations::{accept, cancel, check, page, reject, request};
use gallery::{Actor, Error, accounts, members, notifications, organizations};
use rstest::rstest;

const GONE: &str = "This request is not there any more.";

/// Tara wants to become an organization, Anna would administer it.
pub(crate) async fn open(database: Database) -> (House, Actor, Actor) {
    let house = House::open(database).await;
    let tara = house.person("Tara").await;
    let anna = house.person("anna").await;
    (house, tara, anna)
}

/// The form that names somebody.
pub(crate) fn naming(administrator: &str) -> TransformForm {
    TransformForm {
        administrator: administrator.to_owned(),
    }
}

/// Asks Anna.
pub(crate) async fn ask(house: &House, by: &Actor) {
    request(house.g(), by, &naming("anna")).await.unwrap();
}

/// Accounts that wait for a person's answer.
async fn waiting(house: &House, person: &Actor) -> Vec<String> {
    let mine = organizations::mine(house.g(), person).await.unwrap();
    let waiting = mine.organizations.into_iter().filter(|row| row.transformation);
    waiting.map(|row| row.name).collect()
}

/// What a person was told in the application, newest first.
async fn told(house: &House, person: &Actor) -> Vec<String> {
    let page = notifications::list(house.g(), person, Place::Start).await.unwrap();
    page.items.into_iter().map(|row| row.text).collect()
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn whoever_cannot_administer_is_told_at_the_field(#[case] database: Database) {
    let (house, tara, _) = open(database).await;
    house.organization("contoso", &["anna"], &[]).await;
    house.register("uma", "uma@example.com", false).await.unwrap();
    house.person("lars").await;
    accounts::lock(house.g(), &Actor::operator(), &name("lars"))
        .await
        .unwrap();
    for (named, sentence) in [
        ("", "Enter the user name of the administrator."),
        (" ", "Enter the user name of the administrator."),
        ("anna@example.com", "Enter a user name, not an email address."),
        ("nobody", "There is no user of this name. Check the spelling."),
        ("../anna\0", "There is no user of this name. Check the spelling."),
        (
            "TARA",
            "This is the account itself. Name somebody else, or create another account first.",
        ),
        (
            "contoso",
            "This is an organization. Only a user can become the administrator.",
        ),
        (
            "uma",
            "This user has not confirmed an email address yet. Ask them to do so first.",
        ),
        (
            "lars",
            "This user is locked and cannot become the administrator. Name somebody else.",
        ),
    ] {
        let checked = check(house.g(), &tara, &naming(named)).await;
        assert_eq!(said(checked), format!("administrator: {sentence}"), "{named:?}");
        assert_eq!(
            said(request(house.g(), &tara, &naming(named)).await),
            sentence,
            "{named:?}"
        );
    }
    assert_eq!(check(house.g(), &tara, &naming(" ANNA ")).await.unwrap(), "anna");
    assert_eq!(
        house
            .all_mails()
            .await
            .iter()
            .filter(|mail| mail.starts_with("transform"))
            .count(),
        0
    );
    assert_eq!(page(house.g(), &tara).await.unwrap().pending, None);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_in_the_way_is_told_with_its_solution(#[case] database: Database) {
    let (house, _, anna) = open(database).await;
    let g = house.g();
    let operator = Actor::operator();
    house.organization("contoso", &["anna"], &[]).await;
    let uma = house.register("uma", "uma@example.com", false).await.unwrap();
    let uma = house.session(&uma).await;
    let sofia = house.person("sofia").await;
    accounts::promote(g, &operator, &name("sofia")).await.unwrap();
    let mia = house.person("mia").await;
    members::add(g, &operator, &name("contoso"), &name("mia"), Role::Collaborator)
        .await
        .unwrap();
    let ina = house.person("ina").await;
    house.invite(&anna, "contoso", "ina", Role::Collaborator).await.unwrap();
    let eva = house.person("eva").await;
    house
        .invite(&anna, "contoso", &address("eva"), Role::Collaborator)
        .await
        .unwrap();
    let ada = house.person("ada").await;
    let other = house.person("other").await;
    request(g, &other, &naming("ada")).await.unwrap();

    let organizations = Some("/account/organizations");
    for (person, sentence, solution) in [
        (
            &uma,
            "The account has not confirmed its email address. That must be done first.",
            Some("/account"),
        ),
        (
            &sofia,
            "The account administers this site, which no organization can. Ask the operators to take that away first.",
            None,
        ),
        (
            &mia,
            "The account is a member of an organization. It must leave every organization first.",
            organizations,
        ),
        (
            &ina,
            "The account is invited to an organization. It must decline the invitation first.",
            organizations,
        ),
        (
            &eva,
            "The account is invited to an organization. It must decline the invitation first.",
            organizations,
        ),
        (
            &ada,
            "The account is asked to administer another one. It must reject that request first.",
            organizations,
        ),
    ] {
        let obstacle = page(g, person).await.unwrap().obstacle.unwrap();
        assert_eq!(obstacle.text, sentence);
        assert_eq!(obstacle.solution.as_ref().map(|(link, _)| link.as_str()), solution);
        assert_eq!(said(check(g, person, &naming("anna")).await), sentence);
        assert_eq!(said(request(g, person, &naming("anna")).await), sentence);
    }

    accounts::lock(g, &operator, &name("ada")).await.unwrap();
    let locked = "The account is locked. Ask the operators of this site.";
    assert_eq!(page(g, &ada).await.unwrap().obstacle.unwrap().text, locked);
    assert!(request(g, &ada, &naming("anna")).await.is_err());
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_request_asks_the_administrator_and_leaves_the_account_signed_in(#[case] database: Database) {
    let house = House::open(database).await;
    let session = house.register("Tara", "tara@example.com", true).await.unwrap();
    let tara = house.session(&session).await;
    let anna = house.person("anna").await;
    ask(&house, &tara).await;

    let asked = &house.mails("transform-requested").await[0];
    assert_eq!(
        (asked.to.as_str(), asked.link.as_str()),
        ("anna@example.com", "/account/organizations")
    );
    let received = &house.mails("transform-received").await[0];
    assert_eq!(
        (received.to.as_str(), received.link.as_str()),
        ("tara@example.com", "/account/transform")
    );
    assert_eq!(
        told(&house, &anna).await,
        ["Tara asks you to become its administrator."]
    );
    assert_eq!(waiting(&house, &anna).await, ["Tara"]);

    let context = gallery::sessions::resolve(house.g(), &session).await.unwrap().unwrap();
    assert_eq!(context.viewer.transformation.as_deref(), Some("anna"));
    let pending = page(house.g(), &tara).await.unwrap().pending.unwrap();
    assert_eq!(pending.administrator, "anna");
    let day_before = house.g().now().plus_days(13);
    assert!(pending.expires > day_before && pending.expires <= day_before.plus_days(1));
    // It is a user's account until the answer.
    house.key(&tara, "Tara").await;
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_new_request_takes_the_place_of_the_last(#[case] database: Database) {
    let (house, tara, anna) = open(database).await;
    let bob = house.person("bob").await;
    ask(&house, &tara).await;
    house.test.clock.advance(10 * DAY);
    ask(&house, &tara).await;
    assert_eq!(house.mails("transform-requested").await.len(), 2);
    assert_eq!(house.mails("transform-cancelled").await.len(), 0);

    request(house.g(), &tara, &naming("BOB")).await.unwrap();
    assert_eq!(house.mails("transform-cancelled").await[0].to, "anna@example.com");
    assert_eq!(waiting(&house, &anna).await, [""; 0]);
    assert_eq!(waiting(&house, &bob).await, ["Tara"]);
    assert_eq!(
        told(&house, &anna).await[0],
        "Tara does not ask you to become its administrator any more."
    );
    assert_eq!(said(accept(house.g(), &anna, "Tara").await), GONE);
    assert_eq!(said(reject(house.g(), &anna, "Tara").await), GONE);
    // Ten days after the first one, it has its whole time.
    house.test.clock.advance(10 * DAY);
    accept(house.g(), &bob, "tara").await.unwrap();
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_request_can_be_cancelled_and_rejected(#[case] database: Database) {
    let (house, tara, anna) = open(database).await;
    let g = house.g();
    assert_eq!(said(cancel(g, &tara).await), GONE);
    ask(&house, &tara).await;
    assert_eq!(cancel(g, &tara).await.unwrap(), "anna");
    assert_eq!(said(cancel(g, &tara).await), GONE);
    assert_eq!(said(accept(g, &anna, "tara").await), GONE);
    let mail = &house.mails("transform-cancelled").await[0];
    assert_eq!(
        (mail.to.as_str(), mail.link.as_str()),
        ("anna@example.com", "/profiles/Tara")
    );

    ask(&house, &tara).await;
    assert_eq!(reject(g, &anna, "TARA").await.unwrap(), "Tara");
    assert_eq!(said(reject(g, &anna, "tara").await), GONE);
    let mail = &house.mails("transform-rejected").await[0];
    assert_eq!(
        (mail.to.as_str(), mail.link.as_str()),
        ("tara@example.com", "/account/transform")
    );
    assert_eq!(
        told(&house, &tara).await,
        ["anna does not want to become the administrator of your account."]
    );
    assert_eq!(page(g, &tara).await.unwrap().pending, None);
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_request_ends_after_fourteen_days(#[case] database: Database) {
    let (house, tara, anna) = open(database).await;
    ask(&house, &tara).await;
    house.test.clock.advance(14 * DAY);
    assert_eq!(
        said(accept(house.g(), &anna, "tara").await),
        "This request has expired. Its account can send it again."
    );
    assert_eq!(page(house.g(), &tara).await.unwrap().pending, None);
    assert_eq!(waiting(&house, &anna).await, [""; 0]);
    for _ in 0..2 {
        gallery::sweep::sweep(house.g()).await.unwrap();
    }
    assert_eq!(said(accept(house.g(), &anna, "tara").await), GONE);
    assert_eq!(
        told(&house, &tara).await,
        ["Your request to transform your account has expired without an answer. You can send it again."]
    );
    let expired = "SELECT count(*) FROM audit_events WHERE action = 'transformation.expired' AND actor = 'system'";
    assert_eq!(house.number(expired).await, 1);
    ask(&house, &tara).await;
    accept(house.g(), &anna, "tara").await.unwrap();
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn only_the_named_administrator_answers_and_only_while_all_is_well(#[case] database: Database) {
    let (house, tara, anna) = open(database).await;
    let (g, operator) = (house.g(), Actor::operator());
    let bob = house.person("bob").await;
    house.organization("contoso", &["bob"], &[]).await;
    ask(&house, &tara).await;
    for answer in [
        accept(g, &bob, "tara").await,
        reject(g, &bob, "tara").await,
        accept(g, &tara, "tara").await,
    ] {
        assert_eq!(said(answer), GONE);
    }
    assert_eq!(said(accept(g, &anna, "nobody").await), GONE);
    assert!(matches!(accept(g, &anna, "../x").await, Err(Error::NotFound)));
    assert!(
        accept(g, &Actor::anonymous(gallery::Origin::default()), "tara")
            .await
            .is_err()
    );

    accounts::lock(g, &operator, &name("anna")).await.unwrap();
    let locked = "Your account is locked. Ask the operators of this site.";
    assert_eq!(said(accept(g, &anna, "tara").await), locked);
    accounts::unlock(g, &operator, &name("anna")).await.unwrap();
    accounts::lock(g, &operator, &name("tara")).await.unwrap();
    assert_eq!(
        said(accept(g, &anna, "tara").await),
        "The account is locked. Ask the operators of this site."
    );
    accounts::unlock(g, &operator, &name("tara")).await.unwrap();
    accounts::promote(g, &operator, &name("tara")).await.unwrap();
    assert!(said(accept(g, &anna, "tara").await).starts_with("The account administers this site"));
    accounts::demote(g, &operator, &name("tara")).await.unwrap();
    members::add(g, &operator, &name("contoso"), &name("tara"), Role::Collaborator)
        .await
        .unwrap();
    assert!(said(accept(g, &anna, "tara").await).starts_with("The account is a member of an organization."));
    members::leave(g, &tara, "contoso").await.unwrap();
    house.invite(&bob, "contoso", "tara", Role::Collaborator).await.unwrap();
    assert!(said(accept(g, &anna, "tara").await).starts_with("The account is invited to an organization."));
    members::decline(g, &tara, "contoso").await.unwrap();
    request(g, &bob, &naming("tara")).await.unwrap_err();
    let carl = house.person("carl").await;
    request(g, &carl, &naming("tara")).await.unwrap();
    assert!(said(accept(g, &anna, "tara").await).starts_with("The account is asked to administer another one."));
    reject(g, &tara, "carl").await.unwrap();
    assert_eq!(house.mails("transform-accepted").await.len(), 0);

    accept(g, &anna, "tara").await.unwrap();
    assert_eq!(said(accept(g, &anna, "tara").await), GONE);
    assert_eq!(said(reject(g, &anna, "tara").await), GONE);
    // It is one now.
    assert_eq!(
        said(request(g, &carl, &naming("tara")).await),
        "This is an organization. Only a user can become the administrator."
    );
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn what_a_request_of_the_old_session_asks_is_not_done_any_more(#[case] database: Database) {
    let (house, tara, anna) = open(database).await;
    let g = house.g();
    let bob = house.person("bob").await;
    ask(&house, &tara).await;
    accept(g, &anna, "tara").await.unwrap();
    let sign_in = "Sign in to go on.";
    let key = gallery::api_keys::create(g, &tara, crate::parcels::key_form("late", "Tara")).await;
    assert_eq!(said(key), sign_in);
    assert_eq!(said(cancel(g, &tara).await), sign_in);
    assert_eq!(said(request(g, &tara, &naming("bob")).await), sign_in);
    assert_eq!(
        said(house.invite(&tara, "Tara", "bob", Role::Administrator).await),
        sign_in
    );
    let form = domain::organization::AddOrganizationForm {
        name: "late-corp".to_owned(),
        email: "late@example.com".to_owned(),
    };
    assert_eq!(said(organizations::add(g, &tara, form).await), sign_in);
    // Nor can an organization become a member.
    house.organization("contoso", &["bob"], &[]).await;
    let invited = house.invite(&bob, "contoso", "tara", Role::Collaborator).await;
    assert_eq!(
        said(invited),
        "invited: This is an organization. Only users can become members."
    );
    assert!(matches!(
        house.finish(identity("Tara", "else@example.com")).await,
        gallery::sign_in::SignedIn::Register { .. }
    ));
}
