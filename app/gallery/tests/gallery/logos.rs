//! Logos: who puts them, what is kept of them, and what everybody gets.

use crate::people::{House, name, said};
use crate::settings::told;
use domain::settings::LOGO_BYTES;
use gallery::account_settings::{of_organization, of_person};
use gallery::logos::{Picture, put, read, remove};
use gallery::testkit::Database;
use gallery::{Actor, Origin};
use rstest::rstest;

/// A PNG of one pixel.
const PIXEL: &[u8] = &[
    0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8,
    6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 13, b'I', b'D', b'A', b'T', 0x78, 0xda, 0x63, 0x64, 0xf8, 0xcf, 0x50,
    0x0f, 0, 3, 0x86, 1, 0x80, 0x5a, 0x34, 0x7d, 0x6b, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

/// Anna administers contoso, Bob collaborates, Carol is nobody there.
async fn open(database: Database) -> (House, Actor, Actor, Actor) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let bob = house.person("bob").await;
    let carol = house.person("carol").await;
    house.organization("contoso", &["anna"], &["bob"]).await;
    (house, anna, bob, carol)
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_logo_takes_the_place_of_the_generated_picture_and_gives_it_back(#[case] database: Database) {
    let (house, anna, _, _) = open(database).await;
    let generated = read(house.g(), "contoso").await.unwrap();
    assert!(matches!(&generated, Picture::Generated(svg) if svg.starts_with("<svg")));
    put(house.g(), &anna, "Contoso", PIXEL.to_vec()).await.unwrap();
    // The same one again changes nothing.
    put(house.g(), &anna, "contoso", PIXEL.to_vec()).await.unwrap();
    let logo = read(house.g(), "CONTOSO").await.unwrap();
    assert!(matches!(&logo, Picture::Logo(png) if png.starts_with(b"\x89PNG")));
    let settings = of_organization(house.g(), &anna, "contoso", Vec::new()).await.unwrap();
    assert_eq!(settings.account.logo.len(), 64);
    assert_eq!(settings.head.logo, settings.account.logo);

    remove(house.g(), &anna, "contoso").await.unwrap();
    remove(house.g(), &anna, "contoso").await.unwrap();
    assert_eq!(read(house.g(), "contoso").await.unwrap(), generated);
    let hash = settings.account.logo.get(..12).unwrap();
    assert_eq!(
        told(&house, &anna, "contoso", 2).await,
        [
            format!("logo.changed contoso:  → {hash}"),
            format!("logo.changed contoso: {hash} → "),
        ]
    );
    assert_eq!(house.number("SELECT count(*) FROM logos").await, 0);
    house.chain_is_whole().await;
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_logo_is_put_by_those_who_manage_the_account(#[case] database: Database) {
    let (house, anna, bob, carol) = open(database).await;
    let nobody = Actor::anonymous(Origin::default());
    put(house.g(), &bob, "bob", PIXEL.to_vec()).await.unwrap();
    assert!(!of_person(house.g(), &bob).await.unwrap().logo.is_empty());
    for (by, account, sentence) in [
        (&bob, "contoso", "There is nothing at this address."),
        (&carol, "contoso", "There is nothing at this address."),
        (&carol, "bob", "There is nothing at this address."),
        (&nobody, "contoso", "Sign in to go on."),
        (&nobody, "a/../b", "Sign in to go on."),
    ] {
        assert_eq!(
            said(put(house.g(), by, account, PIXEL.to_vec()).await),
            sentence,
            "{account}"
        );
    }
    assert_eq!(
        said(remove(house.g(), &bob, "contoso").await),
        "Only administrators may do this. Ask one of them."
    );
    gallery::accounts::lock(house.g(), &Actor::operator(), &name("contoso"))
        .await
        .unwrap();
    let locked = put(house.g(), &anna, "contoso", PIXEL.to_vec()).await;
    assert_eq!(said(locked), "The account is locked. Ask the operators of this site.");
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_picture_is_refused_at_the_field(#[case] database: Database) {
    let (house, anna, _, _) = open(database).await;
    let mut too_large = PIXEL.to_vec();
    too_large.resize(LOGO_BYTES + 1, 0);
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec();
    let half = PIXEL.get(..50).unwrap().to_vec();
    for (bytes, sentence) in [
        (Vec::new(), "logo: Choose a picture: PNG, JPEG or WebP."),
        (too_large, "logo: This file is larger than 1 MiB. Choose a smaller one."),
        (
            svg,
            "logo: This is not a PNG, JPEG or WebP picture. Choose another one.",
        ),
        (
            half,
            "logo: This picture cannot be read: it is damaged or not complete. Choose another one.",
        ),
    ] {
        assert_eq!(said(put(house.g(), &anna, "contoso", bytes).await), sentence);
    }
    assert_eq!(house.number("SELECT count(*) FROM logos").await, 0);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn unknown_and_deleted_accounts_have_no_picture(#[case] database: Database) {
    let (house, _, _, _) = open(database).await;
    for unknown in ["nowhere", "a/../b", "", "a\0b"] {
        assert_eq!(
            said(read(house.g(), unknown).await),
            "There is nothing at this address."
        );
    }
    house
        .sql("UPDATE accounts SET deleted_at = 1 WHERE name_key = 'carol'")
        .await;
    assert_eq!(
        said(read(house.g(), "carol").await),
        "There is nothing at this address."
    );
}
