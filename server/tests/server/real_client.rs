//! A real client: NuGet.exe 5.8, run by mono, with a home and a configuration of its own.

use super::nuget_site::{Key, Site, package};
use domain::package::{PackageId, VersionRange};
use gallery::testkit::Database;
use nupkg::build::PackageBuilder;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;
use tokio::process::Command;

/// NuGet.exe with a feed that it knows as `team`.
struct NuGet {
    folder: TempDir,
}

/// What a run came to.
#[derive(Debug)]
struct Run {
    succeeded: bool,
    output: String,
}

impl NuGet {
    fn new(feed: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let configuration = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<configuration>\n  <packageSources>\n    <clear />\n    \
             <add key=\"team\" value=\"{feed}\" />\n  </packageSources>\n</configuration>\n"
        );
        std::fs::write(folder.path().join("nuget.config"), configuration).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    async fn run(&self, arguments: &[&str]) -> Run {
        let mut command = Command::new("mono");
        command
            .arg(program())
            .args(arguments)
            .args(["-NonInteractive", "-ConfigFile", "nuget.config"])
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("HOME", self.folder.path())
            .env("LANG", "C.UTF-8")
            .kill_on_drop(true);
        let ended = tokio::time::timeout(Duration::from_secs(180), command.output()).await;
        let output = ended
            .expect("the client comes to an end")
            .expect("mono runs; `make test` installs it");
        let text = [output.stdout, output.stderr].concat();
        Run {
            succeeded: output.status.success(),
            output: String::from_utf8_lossy(&text).into_owned(),
        }
    }

    /// Pushes a package with a key.
    async fn push(&self, key: &str, package: &PackageBuilder) -> Run {
        std::fs::write(self.path("pushed.nupkg"), package.build()).unwrap();
        self.run(&["push", "pushed.nupkg", "-Source", "team", "-ApiKey", key])
            .await
    }

    async fn install(&self, id: &str, more: &[&str]) -> Run {
        let arguments = [
            "install",
            id,
            "-Source",
            "team",
            "-OutputDirectory",
            "packages",
            "-Framework",
            "net48",
        ];
        self.run(&[&arguments[..], more].concat()).await
    }
}

/// The npm package `nuget-exe`, which the set-up installs.
fn program() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end/node_modules/nuget-exe/nuget-5.8.0.exe")
}

/// A package that .NET Framework can use, with a dependency.
fn library(id: &str, version: &str, dependency: Option<(&str, &str)>) -> PackageBuilder {
    let library = package(id, version).file(&format!("lib/net45/{id}.dll"), "no code");
    match dependency {
        Some((id, range)) => library.dependency(
            "net45",
            &PackageId::parse(id).unwrap(),
            &VersionRange::parse(range).unwrap(),
        ),
        None => library,
    }
}

#[tokio::test]
async fn a_team_pushes_and_a_consumer_installs_with_the_dependency() {
    let (site, _) = Site::with_team(Database::Sqlite).await;
    let key = site
        .key(Key {
            globs: "Contoso.*",
            ..Key::of("anna", "contoso")
        })
        .await;
    let nuget = NuGet::new(&format!("{}/v3/index.json", site.address));
    let text = library("Contoso.Text", "1.2.0", None);
    let json = library("Contoso.Json", "2.0.0", Some(("Contoso.Text", "[1.0, 2.0)")));
    for package in [&text, &json, &library("Contoso.Text", "2.0.0", None)] {
        let run = nuget.push(&key, package).await;
        assert!(
            run.succeeded && run.output.contains("Your package was pushed."),
            "{run:?}"
        );
        assert!(
            run.output.contains("WARNING: "),
            "no README is worth a warning: {run:?}"
        );
    }
    let run = nuget.install("contoso.json", &[]).await;
    assert!(run.succeeded, "{run:?}");
    for (package, name) in [(&json, "Contoso.Json.2.0.0"), (&text, "Contoso.Text.1.2.0")] {
        let file = nuget.path(&format!("packages/{name}/{name}.nupkg"));
        assert_eq!(std::fs::read(&file).unwrap(), package.build(), "{}", file.display());
    }
}

#[tokio::test]
async fn a_semver2_version_is_pushed_installed_and_unlisted() {
    let (site, key) = Site::with_team(Database::Sqlite).await;
    let nuget = NuGet::new(&format!("{}/v3/index.json", site.address));
    assert!(
        nuget
            .push(&key, &library("Contoso.Json", "1.0.0-beta.1+sha", None))
            .await
            .succeeded
    );
    let run = nuget.install("Contoso.Json", &["-Prerelease"]).await;
    assert!(run.succeeded, "{run:?}");
    assert!(nuget.path("packages/Contoso.Json.1.0.0-beta.1").is_dir(), "{run:?}");
    let run = nuget
        .run(&[
            "delete",
            "Contoso.Json",
            "1.0.0-beta.1",
            "-Source",
            "team",
            "-ApiKey",
            &key,
        ])
        .await;
    assert!(run.succeeded, "{run:?}");
    let found = site
        .get("/v3/query?q=contoso&prerelease=true&semVerLevel=2.0.0")
        .await
        .json();
    assert_eq!(found["totalHits"], 0);
}

#[tokio::test]
async fn a_client_with_an_old_source_pushes_and_unlists_too() {
    let (site, key) = Site::with_team(Database::Sqlite).await;
    for (number, source) in ["/api/v2", "/api/v2/package", "/nuget"].into_iter().enumerate() {
        let nuget = NuGet::new(&format!("{}{source}", site.address));
        let version = format!("1.{number}.0");
        let run = nuget.push(&key, &library("Contoso.Json", &version, None)).await;
        assert!(run.succeeded, "{source}: {run:?}");
        let run = nuget
            .run(&["delete", "Contoso.Json", &version, "-Source", "team", "-ApiKey", &key])
            .await;
        assert!(run.succeeded, "{source}: {run:?}");
    }
}

#[tokio::test]
async fn a_refusal_says_its_reason_in_the_clients_output() {
    let (site, key) = Site::with_team(Database::Sqlite).await;
    site.publish(&key, "Contoso.Json", "1.0.0").await;
    let of = || Key::of("anna", "contoso");
    let expired = site
        .key(Key {
            name: "short",
            days: 1,
            ..of()
        })
        .await;
    let others = site
        .key(Key {
            name: "others",
            globs: "Fabrikam.*",
            ..of()
        })
        .await;
    site.test.clock.advance(86_400);
    let nuget = NuGet::new(&format!("{}/v3/index.json", site.address));
    let cases = [
        (expired.as_str(), "1.1.0", "403 (The API key 'short' has expired."),
        (
            &others,
            "1.1.0",
            "401 (The glob patterns of the API key 'others' do not match",
        ),
        (&key, "1.0.0", "409 (The version 1.0.0 of 'Contoso.Json' exists already"),
        ("no-key-of-ours", "1.1.0", "403 (The API key is invalid"),
    ];
    for (key, version, says) in cases {
        let run = nuget.push(key, &library("Contoso.Json", version, None)).await;
        assert!(!run.succeeded && run.output.contains(says), "{says}: {run:?}");
        let reason = says.split_once('(').unwrap().1;
        assert!(run.output.contains(&format!("WARNING: {reason}")), "{run:?}");
    }
    let again = nuget
        .run(&[
            "push",
            "pushed.nupkg",
            "-Source",
            "team",
            "-ApiKey",
            &key,
            "-SkipDuplicate",
        ])
        .await;
    assert!(again.succeeded, "{again:?}");
}
