//! The command line: exit statuses, what is printed where, and what stays behind.

use super::house::{House, Ran, ran, words};
use super::nuget_site::{name_of, package};
use domain::page::Place;
use gallery::packages::{Endpoint, admit};
use gallery::testkit::{Database, TestGallery};
use gallery::{Actor, Origin, audit_trail};
use rstest::rstest;
use std::path::Path;
use tokio::process::Command;

async fn house(database: Database) -> House {
    House::new(TestGallery::open(database).await)
}

/// The last line on standard error.
fn last(ran: &Ran) -> &str {
    ran.complaint.lines().last().unwrap_or_default()
}

impl House {
    /// Runs a command that must fail with status 1; returns its last line.
    async fn fail(&self, line: &str) -> String {
        let ran = self.try_run(&words(line)).await;
        assert_eq!((ran.status, ran.out.as_str()), (1, ""), "{line}: {ran:?}");
        last(&ran).to_owned()
    }

    /// The trail of an organization, newest first: who, what, and about what.
    async fn trail(&self, organization: &str) -> Vec<String> {
        let gallery = &self.test.gallery;
        let page = audit_trail::of_organization(gallery, &Actor::operator(), organization, Place::Start)
            .await
            .unwrap();
        let row = |row: domain::audit::AuditRow| format!("{} {} {} {}", row.who, row.action, row.subject, row.after);
        page.events.items.into_iter().map(row).collect()
    }
}

#[tokio::test]
async fn wrong_usage_is_status_2() {
    let house = house(Database::Sqlite).await;
    for line in [
        "",
        "nonsense",
        "serve --port 3000",
        "account create anna",
        "account create contoso --email a@example.com --organization",
        "account create anna --email a@example.com --administrator olga",
        "member add contoso anna",
        "member add contoso anna --role owner",
        "api-key create --account anna --owner contoso --scope push --glob * --expires-days 0",
        "api-key create --account anna --owner contoso --scope push --glob * --expires-days 366",
        "api-key create --account anna --owner contoso --scope all --glob * --expires-days 30",
        "api-key create --account anna --owner contoso --scope push --expires-days 30",
        "package delete Contoso.A 1.0.0",
        "import --owner contoso",
        "import .",
        "seed --accounts 1",
        "seed --accounts -1 --organizations 1 --members 1 --packages 1 --versions 1",
    ] {
        let ran = house
            .try_run(
                &words(line)
                    .into_iter()
                    .filter(|word| !word.is_empty())
                    .collect::<Vec<_>>(),
            )
            .await;
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{line}: {ran:?}");
        assert!(!ran.complaint.is_empty());
    }
}

#[tokio::test]
async fn a_wrong_configuration_is_status_2_and_names_its_place() {
    let house = house(Database::Sqlite).await;
    let wrong = ran(house.guildhall(&["check"]).env("GUILDHALL_PORT", "3000")).await;
    assert_eq!(wrong.status, 2);
    assert!(
        last(&wrong).starts_with("guildhall: GUILDHALL_PORT: no such setting"),
        "{wrong:?}"
    );
    std::fs::write(house.test.folder.path().join("other.toml"), "[server]\nport = 1\n").unwrap();
    let wrong = house.try_run(&["check", "--config", "other.toml"]).await;
    assert_eq!(wrong.status, 2);
    assert!(last(&wrong).starts_with("guildhall: other.toml:2: "), "{wrong:?}");
    std::fs::write(house.test.folder.path().join("Leptos.toml"), "[server]\nport = 1\n").unwrap();
    assert_eq!(
        house.try_run(&["check"]).await.status,
        2,
        "the file in the working folder is read"
    );
}

#[tokio::test]
async fn every_command_tells_what_it_does() {
    let house = house(Database::Sqlite).await;
    let mut told = String::new();
    for command in [
        "",
        "serve",
        "migrate",
        "account",
        "account create",
        "account promote",
        "account demote",
        "account lock",
        "account unlock",
        "member",
        "member add",
        "member remove",
        "member list",
        "api-key",
        "api-key create",
        "api-key revoke",
        "package",
        "package lock",
        "package unlock",
        "package delete",
        "import",
        "seed",
        "check",
    ] {
        let line = format!("{command} --help");
        let text = house.run(&words(line.trim())).await;
        told.push_str(&format!("$ guildhall {}\n{text}\n", line.trim()));
    }
    insta::assert_snapshot!(told);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn an_operator_repairs_an_organization_and_the_trail_says_so(#[case] database: Database) {
    let house = house(database).await;
    for name in ["olga", "anna", "bert"] {
        house
            .run(&["account", "create", name, "--email", &format!("{name}@example.com")])
            .await;
    }
    let found = "account create contoso --email contoso@example.com --organization --administrator olga";
    house.run(&words(found)).await;
    assert_eq!(house.run(&words("member list contoso")).await, "olga\tadministrator\n");
    house.run(&words("member add contoso anna --role collaborator")).await;
    house.run(&words("member add contoso bert --role administrator")).await;
    house.run(&words("member add contoso anna --role administrator")).await;
    house.run(&words("member remove contoso olga")).await;
    assert_eq!(
        house.run(&words("member list CONTOSO")).await,
        "anna\tadministrator\nbert\tadministrator\n"
    );
    let trail = house.trail("contoso").await.join("\n");
    insta::allow_duplicates! {
        insta::assert_snapshot!(trail, @r"
        operator member.removed olga 
        operator member.role_changed anna administrator
        operator member.added bert administrator
        operator member.added anna collaborator
        operator member.added olga administrator
        operator organization.created contoso 
        ");
    }
}

#[tokio::test]
async fn a_failure_is_status_1_and_its_last_line_says_what_to_do() {
    let house = house(Database::Sqlite).await;
    house.found_a_team().await;
    let mut told = Vec::new();
    for line in [
        "account create Anna --email other@example.com",
        "account create a-n-n-a --email other@example.com",
        "account create olga --email ANNA@example.com",
        "account create admin --email admin@example.com",
        "account create olga --email nonsense",
        "account create fabrikam --email f@example.com --organization --administrator nobody",
        "account create fabrikam --email f@example.com --organization --administrator contoso",
        "account promote nobody",
        "account promote contoso",
        "account demote anna",
        "account unlock anna",
        "account lock nobody",
        "member list nobody",
        "member list anna",
        "member add contoso nobody --role collaborator",
        "member add contoso anna --role administrator",
        "member add contoso anna --role collaborator",
        "member remove contoso anna",
        "member remove contoso nobody",
        "api-key create --account nobody --owner contoso --scope push --glob * --expires-days 30",
        "api-key create --account contoso --owner anna --scope push --glob * --expires-days 30",
        "api-key create --account anna --owner contoso --scope push --glob a/b --expires-days 30",
        "api-key revoke --account anna --name nothing",
        "import . --owner nobody",
        "package lock Contoso.Nothing",
        "package delete Contoso.Nothing 1.0.0 --reason spam",
    ] {
        told.push(format!("{line}\n  {}", house.fail(line).await));
    }
    insta::assert_snapshot!(told.join("\n"));
}

#[tokio::test]
async fn an_account_is_promoted_and_locked_once() {
    let house = house(Database::Sqlite).await;
    house.run(&words("account create anna --email anna@example.com")).await;
    for (there, back) in [("promote", "demote"), ("lock", "unlock")] {
        for command in [there, back] {
            house.run(&["account", command, "anna"]).await;
            house.fail(&format!("account {command} anna")).await;
        }
    }
}

#[tokio::test]
async fn a_key_is_printed_alone_and_works_until_it_is_revoked() {
    let house = house(Database::Sqlite).await;
    let gallery = &house.test.gallery;
    let key = house.found_a_team().await;
    let good = async |value: &str| {
        admit(gallery, Origin::default(), Some(value), Endpoint::Push)
            .await
            .is_ok()
    };
    assert!(!key.contains(char::is_whitespace) && key.len() > 30, "one word");
    assert!(good(&key).await);
    let of_organization = "api-key create --account contoso --owner contoso --scope push-version --scope unlist --glob \
                           Contoso.* --glob Fabrikam.* --expires-days 365 --name build";
    let printed = house.run(&words(of_organization)).await;
    assert_eq!(printed.lines().count(), 1);
    assert!(good(printed.trim()).await);
    house
        .run(&["api-key", "revoke", "--account", "anna", "--name", "command line"])
        .await;
    assert!(!good(&key).await);
    assert!(good(printed.trim()).await);
    house.fail("api-key revoke --account anna --name x").await;
    assert_eq!(
        house
            .trail("contoso")
            .await
            .iter()
            .filter(|row| row.starts_with("operator api_key."))
            .count(),
        3
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn an_import_counts_and_goes_on_behind_what_is_broken(#[case] database: Database) {
    let house = house(database).await;
    house.found_a_team().await;
    let folder = house.test.folder.path().join("in");
    std::fs::create_dir_all(folder.join("deep")).unwrap();
    std::fs::write(folder.join("a.nupkg"), package("Contoso.A", "1.0.0").build()).unwrap();
    std::fs::write(folder.join("broken.nupkg"), b"no package").unwrap();
    std::fs::write(folder.join("readme.txt"), b"no package").unwrap();
    std::fs::write(folder.join("deep/B.NUPKG"), package("Contoso.B", "1.0.0").build()).unwrap();

    let first = house.try_run(&words("import in --owner contoso")).await;
    assert_eq!(
        (first.status, first.out.as_str()),
        (1, "published 2, skipped 0, failed 1\n"),
        "{first:?}"
    );
    assert!(first.complaint.contains("broken.nupkg: "), "{first:?}");
    let again = house.try_run(&words("import in --owner contoso")).await;
    assert_eq!(
        (again.status, again.out.as_str()),
        (1, "published 0, skipped 0, failed 3\n")
    );
    std::fs::remove_file(folder.join("broken.nupkg")).unwrap();
    let skipping = house
        .run(&words("import in/a.nupkg in/deep --owner contoso --skip-duplicates"))
        .await;
    assert_eq!(skipping, "published 0, skipped 2, failed 0\n");
    let missing = house
        .try_run(&words("import nowhere in/a.nupkg --owner contoso --skip-duplicates"))
        .await;
    assert_eq!(
        (missing.status, missing.out.as_str()),
        (1, "published 0, skipped 1, failed 1\n")
    );
    assert!(missing.complaint.contains("nowhere"), "{missing:?}");
    assert_eq!(house.run(&["check"]).await, "checked 2 packages, 0 mismatches\n");
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn a_package_is_locked_and_a_version_deleted_for_ever(#[case] database: Database) {
    let house = house(database).await;
    house.found_a_team().await;
    let folder = house.test.folder.path();
    for version in ["1.0.0", "2.0.0"] {
        std::fs::write(
            folder.join(format!("{version}.nupkg")),
            package("Contoso.A", version).build(),
        )
        .unwrap();
    }
    let import = words("import 1.0.0.nupkg 2.0.0.nupkg --owner contoso --skip-duplicates");
    house.run(&import).await;
    house.run(&words("package lock contoso.a")).await;
    assert_eq!(
        house.fail("package lock Contoso.A").await,
        "guildhall: Contoso.A is locked already."
    );
    house.run(&words("package unlock Contoso.A")).await;
    assert_eq!(
        house.run(&words("package delete contoso.a 1.0 --reason spam")).await,
        ""
    );
    assert_eq!(files_below(&folder.join("packages")).len(), 1, "its bytes are gone");
    assert_eq!(house.run(&["check"]).await, "checked 1 packages, 0 mismatches\n");
    assert_eq!(house.run(&import).await, "published 0, skipped 2, failed 0\n");
    let again = house.try_run(&words("import 1.0.0.nupkg --owner contoso")).await;
    assert_eq!(again.status, 1);
    assert!(again.complaint.contains("was deleted by the operators"), "{again:?}");
    assert_eq!(
        house.fail("package delete Contoso.A 1.0.0 --reason spam").await,
        "guildhall: There is no version 1.0.0 of a package Contoso.A. Check how it is written."
    );
    let trail = house.trail("contoso").await;
    let ours: Vec<_> = trail.iter().filter(|row| !row.contains("push")).take(3).collect();
    assert_eq!(
        ours,
        [
            "operator package.deleted Contoso.A 1.0.0 spam",
            "operator package.unlocked Contoso.A ",
            "operator package.locked Contoso.A "
        ]
    );
}

#[tokio::test]
async fn a_check_names_what_does_not_fit() {
    let house = house(Database::Sqlite).await;
    house.found_a_team().await;
    std::fs::write(
        house.test.folder.path().join("a.nupkg"),
        package("Contoso.A", "1.0.0").build(),
    )
    .unwrap();
    house.run(&words("import a.nupkg --owner contoso")).await;
    for file in files_below(&house.test.folder.path().join("packages")) {
        std::fs::remove_file(file).unwrap();
    }
    let check = house.try_run(&["check"]).await;
    assert_eq!(check.status, 1);
    assert_eq!(
        check.out,
        "Contoso.A 1.0.0: its bytes are missing\nchecked 1 packages, 1 mismatches\n"
    );
}

fn files_below(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files
}

const SEED: &str = "seed --accounts 25 --organizations 3 --members 22 --packages 9 --versions 7 --many 520 \
                    --packages-of-first 2 --events 1100";

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn a_seed_is_the_same_each_time_and_adds_nothing_twice(#[case] database: Database) {
    let house = house(database).await;
    let first = house.run(&words(SEED)).await;
    insta::allow_duplicates! {
        insta::assert_snapshot!(first, @r"
        accounts: 25 made, 0 there already
        organizations: 3 made, 0 there already
        members: 21 made, 1 there already
        versions: 585 made, 0 there already
        events: 529 made, 571 there already
        ");
    }
    assert_eq!(house.run(&["check"]).await, "checked 585 packages, 0 mismatches\n");
    let members = house.run(&words("member list org-0001")).await;
    assert_eq!(members.lines().count(), 22);
    let administrators: Vec<&str> = members
        .lines()
        .filter_map(|line| line.strip_suffix("\tadministrator"))
        .collect();
    assert_eq!(administrators, ["user-00001", "user-00010", "user-00020"]);

    let again = house.run(&words(SEED)).await;
    assert!(again.lines().all(|line| line.contains(": 0 made, ")), "{again}");
    assert_eq!(house.run(&["check"]).await, "checked 585 packages, 0 mismatches\n");
    let more = house.run(&words(&SEED.replace("--versions 7", "--versions 9"))).await;
    assert!(more.contains("versions: 18 made, 585 there already"), "{more}");
    assert_eq!(house.run(&["check"]).await, "checked 603 packages, 0 mismatches\n");

    let files = |house: &House| {
        let mut names: Vec<_> = files_below(&house.test.folder.path().join("packages"))
            .into_iter()
            .map(|path| path.file_name().unwrap().to_owned())
            .collect();
        names.sort();
        names
    };
    let other = self::house(Database::Sqlite).await;
    other.run(&words(&SEED.replace("--versions 7", "--versions 9"))).await;
    assert_eq!(files(&house), files(&other), "the files are the same, byte for byte");
}

#[tokio::test]
async fn a_seeded_package_is_shown_and_found() {
    let house = house(Database::Sqlite).await;
    house
        .run(&words(
            "seed --accounts 1 --organizations 1 --members 1 --packages 3 --versions 11",
        ))
        .await;
    let page = gallery::packages::page(
        &house.test.gallery,
        &Actor::anonymous(Origin::default()),
        "seed.package.00003",
        None,
        &Place::Start,
    )
    .await
    .unwrap();
    assert_eq!(page.version, "1.10.0");
    assert_eq!(name_of("org-0001").as_str(), page.owners.first().unwrap());
}

#[tokio::test]
async fn a_migration_is_done_once() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let mut command = Command::new(env!("CARGO_BIN_EXE_guildhall"));
        command.arg("migrate").current_dir(folder.path()).env_clear();
        let ran = ran(&mut command).await;
        assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{ran:?}");
    }
    assert!(folder.path().join("data/guildhall.db").exists());
}
