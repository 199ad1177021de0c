//! Adding organizations, confirming their addresses, and who gets which page.

use crate::people::{House, name, said};
use domain::organization::AddOrganizationForm;
use domain::permission::Role;
use gallery::Actor;
use gallery::organizations::{add, confirm_email, head, mine, overview, resend_confirmation};
use gallery::testkit::Database;
use rstest::rstest;

const NOT_FOUND: &str = "There is nothing at this address.";
const SIGN_IN: &str = "Sign in to go on.";

fn form(name: &str, email: &str) -> AddOrganizationForm {
    AddOrganizationForm {
        name: name.to_owned(),
        email: email.to_owned(),
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn whoever_adds_an_organization_administers_it(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let added = add(house.g(), &anna, form("Contoso-Ltd", "team@contoso.example"))
        .await
        .unwrap();
    assert_eq!(added.as_str(), "Contoso-Ltd");
    assert_eq!(house.members("contoso-ltd").await, ["anna:administrator"]);
    let page = overview(house.g(), &anna, "CONTOSO-LTD").await.unwrap();
    assert_eq!(page.head.name, "Contoso-Ltd");
    assert_eq!(page.head.role, Some(Role::Administrator));
    assert!(!page.head.confirmed);
    assert_eq!(page.email.as_deref(), Some("team@contoso.example"));
    assert_eq!(
        (page.administrators, page.collaborators, page.invitations, page.packages),
        (1, 0, 0, 0)
    );
    let mail = &house.mails("organization-confirm").await[0];
    assert_eq!(mail.to, "team@contoso.example");
    assert!(mail.link.starts_with("/organization/Contoso-Ltd/confirm?token="));
    assert_eq!(house.trail(&anna, "contoso-ltd").await, ["organization.created"]);
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_is_told_at_its_field_the_name_first(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    house.organization("contoso", &["anna"], &[]).await;
    let name_taken = "name: This name is not available. Choose another one.";
    let email_taken = "email: This address is in use by another account. Use another one.";
    for (name, email, sentence) in [
        ("Con.toso", "new@example.com", name_taken.to_owned()),
        ("ANNA", "new@example.com", name_taken.to_owned()),
        ("fabrikam", "Anna@example.com", email_taken.to_owned()),
        ("fabrikam", "contoso@example.com", email_taken.to_owned()),
        ("contoso", "anna@example.com", format!("{name_taken} | {email_taken}")),
    ] {
        assert_eq!(said(add(house.g(), &anna, form(name, email)).await), sentence);
    }
    let wrong = said(add(house.g(), &anna, form("a", "b")).await);
    assert!(
        wrong.starts_with("name: Use at least 3") && wrong.contains("email: This does not look"),
        "{wrong}"
    );
    assert_eq!(
        said(add(house.g(), &Actor::anonymous(gallery::Origin::default()), form("a", "b")).await),
        SIGN_IN
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_confirms_the_address_with_the_mails_token(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let bob = house.person("bob").await;
    house.add_organization(&anna, "contoso").await;
    house.add_organization(&anna, "fabrikam").await;
    let mails = house.mails("organization-confirm").await;
    let (contoso, fabrikam) = (mails[0].token(), mails[1].token());

    assert_eq!(
        said(confirm_email(house.g(), &bob, "contoso", "unknown").await),
        NOT_FOUND
    );
    let stranger = said(confirm_email(house.g(), &bob, "contoso", contoso).await);
    assert!(stranger.starts_with("This link is for another account."), "{stranger}");
    let other = said(confirm_email(house.g(), &anna, "contoso", fabrikam).await);
    assert!(other.starts_with("This link is for another account."), "{other}");
    assert_eq!(said(confirm_email(house.g(), &anna, "anna", contoso).await), NOT_FOUND);

    house.test.clock.advance(7 * 86_400);
    let expired = said(confirm_email(house.g(), &anna, "contoso", contoso).await);
    assert_eq!(expired, "This link has expired. Have the mail sent again.");
    resend_confirmation(house.g(), &anna, "contoso").await.unwrap();
    let renewed = house.mails("organization-confirm").await.remove(2);
    let used = said(confirm_email(house.g(), &anna, "contoso", contoso).await);
    assert!(used.starts_with("This link is not good any more."), "{used}");

    let address = confirm_email(house.g(), &anna, "contoso", renewed.token())
        .await
        .unwrap();
    assert_eq!(address.as_str(), "contoso@example.com");
    assert!(head(house.g(), &anna, "contoso").await.unwrap().confirmed);
    let again = said(confirm_email(house.g(), &anna, "contoso", renewed.token()).await);
    assert_eq!(again, "The email address is confirmed already.");
    assert_eq!(
        house.trail(&anna, "contoso").await,
        ["organization.created", "email.requested", "email.confirmed"]
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_unconfirmed_organization_changes_no_members(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    house.person("bob").await;
    house.add_organization(&anna, "contoso").await;
    let unconfirmed = "The email address is not confirmed yet. Confirm it first.";
    assert_eq!(
        said(house.invite(&anna, "contoso", "bob", Role::Collaborator).await),
        unconfirmed
    );
    assert_eq!(
        said(gallery::members::leave(house.g(), &anna, "contoso").await),
        unconfirmed
    );
    let step_down = gallery::members::change_role(house.g(), &anna, "contoso", "anna", "collaborator").await;
    assert_eq!(said(step_down), unconfirmed);
    // Cancelling is allowed: what is missing is the invitation, not the right.
    let cancelled = gallery::members::cancel(house.g(), &anna, "contoso", 1).await;
    assert_eq!(said(cancelled), "This invitation is not there any more.");
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn everybody_gets_the_pages_that_are_theirs(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let bob = house.person("bob").await;
    let carol = house.person("carol").await;
    let dave = house.person("dave").await;
    gallery::accounts::promote(house.g(), &Actor::operator(), &name("dave"))
        .await
        .unwrap();
    house.organization("contoso", &["anna"], &["bob"]).await;
    let nobody = Actor::anonymous(gallery::Origin::default());

    let administrator = head(house.g(), &anna, "contoso").await.unwrap();
    assert!(administrator.manages && administrator.manages_members && administrator.sees_audit);
    let collaborator = head(house.g(), &bob, "contoso").await.unwrap();
    assert!(collaborator.sees_organization && collaborator.sees_audit && collaborator.sees_keys);
    assert!(!collaborator.manages && !collaborator.manages_members);
    assert_eq!(overview(house.g(), &bob, "contoso").await.unwrap().email, None);
    let site = head(house.g(), &dave, "contoso").await.unwrap();
    assert!(site.manages_members && !site.manages && !site.sees_organization && !site.sees_audit && !site.sees_keys);
    assert_eq!(site.role, None);
    assert_eq!(said(overview(house.g(), &dave, "contoso").await), NOT_FOUND);

    for unseen in ["contoso", "nowhere", "anna", "carol", "a/../b"] {
        assert_eq!(said(head(house.g(), &carol, unseen).await), NOT_FOUND, "{unseen}");
        assert_eq!(said(overview(house.g(), &carol, unseen).await), NOT_FOUND, "{unseen}");
        assert_eq!(said(head(house.g(), &nobody, unseen).await), SIGN_IN, "{unseen}");
        assert_eq!(said(overview(house.g(), &nobody, unseen).await), SIGN_IN, "{unseen}");
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn manage_organizations_lists_memberships_then_invitations_by_name(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let bob = house.person("bob").await;
    assert_eq!(mine(house.g(), &bob).await.unwrap().organizations, []);
    house.organization("zulu", &["anna"], &["bob"]).await;
    house.organization("Alpha", &["anna", "bob"], &[]).await;
    for organization in ["Xray", "mike"] {
        house.organization(organization, &["anna"], &[]).await;
        house
            .invite(&anna, organization, "bob", Role::Collaborator)
            .await
            .unwrap();
    }
    // By name and by address: one row, with the greater role.
    house
        .invite(&anna, "mike", "BOB@example.com", Role::Administrator)
        .await
        .unwrap();
    let rows: Vec<_> = mine(house.g(), &bob)
        .await
        .unwrap()
        .organizations
        .into_iter()
        .map(|row| (row.name, row.role, row.invited, row.members))
        .collect();
    assert_eq!(
        rows,
        [
            ("Alpha".to_owned(), Role::Administrator, false, 2),
            ("zulu".to_owned(), Role::Collaborator, false, 2),
            ("mike".to_owned(), Role::Administrator, true, 1),
            ("Xray".to_owned(), Role::Collaborator, true, 1),
        ]
    );
    house.test.clock.advance(14 * 86_400);
    let rows = mine(house.g(), &bob).await.unwrap().organizations;
    assert!(rows.iter().filter(|row| row.invited).all(|row| row.expired));
}
