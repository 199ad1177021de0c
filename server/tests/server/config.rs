//! The configuration: where a mistake is, what is allowed there, and what wins.

use secrecy::ExposeSecret;
use server::config::sign_in::Way;
use server::config::{Config, Problem};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder with a configuration in it.
struct File {
    folder: TempDir,
}

impl File {
    fn new(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("Leptos.toml"), text).unwrap();
        Self { folder }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("Leptos.toml")
    }

    fn load(&self, environment: &[(&str, &str)]) -> Result<Config, Problem> {
        Config::load(Some(&self.path()), own(environment))
    }

    /// What is said about the file: without the folder, which is another one in every run.
    fn problem(&self) -> String {
        let said = self.load(&[]).expect_err("a mistake").to_string();
        said.replace(&format!("{}/", self.folder.path().display()), "")
    }
}

fn own(environment: &[(&str, &str)]) -> Vec<(String, String)> {
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    environment.iter().map(own).collect()
}

/// What is said about the environment alone.
fn refused(environment: &[(&str, &str)]) -> String {
    File::new("").load(environment).expect_err("a mistake").to_string()
}

#[test]
fn a_mistake_in_the_file_is_told_with_its_line_and_what_is_allowed() {
    let told = |text: &str| File::new(text).problem();
    insta::assert_snapshot!(
        [
            told("[server]\n\nport = 3000\n"),
            told("[serve]\n"),
            told("[server]\npublic_url = \"packages.example.com\"\n"),
            told("[database]\nurl = \"mysql://secret@host/db\"\n"),
            told("[storage]\nurl = \"ftp://host\"\n"),
            told("[mail]\nsmtp_url = \"http://secret@host\"\n"),
            told("[limits]\n# a comment\npackage = \"250 MB\"\n"),
            told("[limits]\ndrafts = -1\n"),
            told("[development]\nidentity = true\n"),
            told("[log]\nfilter = \"a=b=c\"\n"),
            told("[server]\ntrusted_proxies = [\"10.0.0.0/8\", \"proxy\"]\n"),
            told("[package.metadata.leptos]\nsite-addr = \"3000\"\n"),
            told("[server\n"),
            told("[sign_in.example]\nkind = \"oidc\"\nclient_id = \"a\"\nclient_secret = \"b\"\n"),
            told("[sign_in.example]\nclient_id = \"a\"\n"),
            told("[sign_in.example]\nkind = \"oauth\"\n"),
            told("\n[sign_in.github]\nclient_id = \"a\"\n"),
            told("[sign_in.github]\nkind = \"oidc\"\n"),
            told("[sign_in.github]\nissuer = \"https://github.com\"\n"),
            told("[sign_in.github]\napi_url = \"https://github.example.com/api/v3\"\n"),
            told("[sign_in.github]\n\ntoken_url = \"http://github.example.com\"\n"),
            told("[sign_in.microsoft]\nclient_id = \"a\"\ntenant = \"contoso.example\"\n"),
            told("[sign_in.microsoft]\ntrust_email = true\n"),
            told("[sign_in.google]\nkind = \"google\"\ntenant = \"common\"\n"),
            told("[sign_in.example]\nkind = \"github\"\n"),
            told("[sign_in.example]\nkind = \"oidc\"\ntenant = \"common\"\n"),
            told("[sign_in.example]\nkind = \"oidc\"\nissuer = \"http://login.example.com\"\n"),
            told("[sign_in.google]\nclient_id = \"a\"\nclient_secret = \"b\"\nclient_secret_file = \"c\"\n"),
            told("[sign_in.development]\nkind = \"oidc\"\n"),
        ]
        .join("\n")
    );
}

#[test]
fn a_mistake_in_the_environment_is_told_with_the_name_of_the_variable() {
    insta::assert_snapshot!(
        [
            refused(&[("GUILDHALL_PORT", "3000")]),
            refused(&[("GUILDHALL_SERVER__PORT", "3000")]),
            refused(&[("GUILDHALL_PACKAGE__METADATA", "x")]),
            refused(&[("GUILDHALL_LIMITS__PACKAGE", "much")]),
            refused(&[("GUILDHALL_DEV_IDENTITY", "yes")]),
            refused(&[("GUILDHALL_DATABASE_URL", "mysql://secret@host/db")]),
            refused(&[("LEPTOS_SITE_ADDR", "localhost:3000")]),
            refused(&[("GUILDHALL_LOG", "info"), ("GUILDHALL_LOG__FILTER", "warn"),]),
            refused(&[("GUILDHALL_SIGN_IN__GITHUB__TENANT", "common")]),
            refused(&[("GUILDHALL_SIGN_IN__MICROSOFT__TENANT", "contoso")]),
        ]
        .join("\n")
    );
}

#[test]
fn a_secret_is_never_told() {
    for text in [
        "[database]\nurl = \"mysql://hunter2@host/db\"\n",
        "[mail]\nsmtp_url = \"http://hunter2@host\"\n",
    ] {
        assert!(!File::new(text).problem().contains("hunter2"));
    }
    let file = File::new("[database]\nurl = \"postgres://anna:hunter2@host/db\"\n");
    assert!(!format!("{:?}", file.load(&[]).unwrap()).contains("hunter2"));
}

#[test]
fn the_environment_wins_over_the_file() {
    let file = File::new("[server]\npublic_url = \"https://file.example\"\n[limits]\ndrafts = 3\ndraft_days = 4\n");
    let config = file
        .load(&[
            ("GUILDHALL_PUBLIC_URL", "https://variable.example"),
            ("GUILDHALL_LIMITS__DRAFTS", "5"),
            ("GUILDHALL_LOG", ""),
            ("HOME", "/nowhere"),
        ])
        .unwrap();
    assert_eq!(config.public_url.as_str(), "https://variable.example");
    assert_eq!((config.limits.drafts, config.limits.draft_days), (5, 4));
    assert_eq!(config.log, "info", "an empty variable is an unset one");
}

#[test]
fn a_provider_can_come_from_the_environment_alone() {
    let config = File::new("")
        .load(&[
            ("GUILDHALL_SIGN_IN__EXAMPLE__KIND", "oidc"),
            ("GUILDHALL_SIGN_IN__EXAMPLE__ISSUER", "https://login.example.com"),
            ("GUILDHALL_SIGN_IN__EXAMPLE__CLIENT_ID", "guildhall"),
            ("GUILDHALL_SIGN_IN__EXAMPLE__CLIENT_SECRET", "secret"),
        ])
        .unwrap();
    let provider = config.providers.first().expect("a provider");
    assert_eq!(
        (provider.name.as_str(), provider.label.as_str()),
        ("example", "example")
    );
    let Way::Oidc { issuer, trust_email } = &provider.way else {
        panic!("{:?}", provider.way)
    };
    assert_eq!((issuer.as_str(), *trust_email), ("https://login.example.com", false));
}

#[test]
fn a_known_provider_needs_an_id_and_a_secret_alone() {
    let file = File::new(
        "[sign_in.google]\nclient_id = \"a\"\nclient_secret = \"hunter2\"\n\
         [sign_in.github]\nclient_id = \"a\"\nclient_secret = \"hunter2\"\n\
         [sign_in.microsoft]\nclient_id = \"a\"\nclient_secret = \"hunter2\"\n\
         [sign_in.work]\nkind = \"microsoft\"\ntenant = \"AAAABBBB-0000-cccc-1111-dddd2222eeee\"\n\
         client_id = \"a\"\nclient_secret = \"hunter2\"\n",
    );
    let config = file.load(&[]).unwrap();
    let told = format!("{:#?}", config.providers);
    assert!(!told.contains("hunter2"));
    insta::assert_snapshot!(told);
}

#[test]
fn a_named_file_must_be_there() {
    let missing = Path::new("/nowhere/Leptos.toml");
    let problem = Config::load(Some(missing), own(&[])).expect_err("no file").to_string();
    assert!(problem.starts_with("/nowhere/Leptos.toml: "), "{problem}");
}

#[test]
fn the_development_identity_is_refused_where_others_reach_it() {
    let on = |more: &[(&str, &str)]| refused(&[&[("GUILDHALL_DEV_IDENTITY", "on")], more].concat());
    insta::assert_snapshot!(
        [
            on(&[
                ("LEPTOS_SITE_ADDR", "0.0.0.0:3000"),
                ("GUILDHALL_PUBLIC_URL", "http://localhost:3000")
            ]),
            on(&[("GUILDHALL_PUBLIC_URL", "https://packages.example.com")]),
        ]
        .join("\n")
    );
}

#[test]
fn by_itself_the_development_identity_is_on_for_this_machine_alone() {
    let provider = [
        ("GUILDHALL_SIGN_IN__EXAMPLE__KIND", "oidc"),
        ("GUILDHALL_SIGN_IN__EXAMPLE__ISSUER", "https://login.example.com"),
        ("GUILDHALL_SIGN_IN__EXAMPLE__CLIENT_ID", "a"),
        ("GUILDHALL_SIGN_IN__EXAMPLE__CLIENT_SECRET", "b"),
    ];
    for (environment, on) in [
        (&[][..], true),
        (&[("LEPTOS_SITE_ADDR", "[::1]:3000")], true),
        (&[("LEPTOS_SITE_ADDR", "0.0.0.0:3000")], false),
        (&[("GUILDHALL_PUBLIC_URL", "https://packages.example.com")], false),
        (&[("GUILDHALL_DEV_IDENTITY", "off")], false),
        (&provider, false),
    ] {
        let config = File::new("").load(environment).unwrap();
        assert_eq!(config.development_identity, on, "{environment:?}");
    }
}

/// The file that comes with the server.
const SHIPPED: &str = include_str!("../../../Leptos.toml");

/// Settings that have no default: what is shown is an example.
const UNSET: [&str; 2] = ["smtp_url", "site-root"];

/// The key and the section of every line that shows a setting, outside the examples of providers.
fn shown() -> Vec<(String, String, String)> {
    let mut section = String::new();
    let mut shown = Vec::new();
    for line in SHIPPED.lines() {
        if let Some(name) = line.trim_start_matches("# ").strip_prefix('[') {
            name.trim_end_matches(|c: char| c != ']').clone_into(&mut section);
        }
        let setting = line.strip_prefix("# ").and_then(|line| line.split_once(" = "));
        if let Some((key, value)) = setting
            && !key.contains(' ')
            && !section.starts_with("sign_in.")
            && !section.starts_with("trusted_publishing.")
        {
            shown.push((section.clone(), key.to_owned(), value.to_owned()));
        }
    }
    shown
}

#[test]
fn the_shipped_file_changes_nothing() {
    let (shipped, none) = (File::new(SHIPPED).load(&[]).unwrap(), File::new("").load(&[]).unwrap());
    assert_eq!(format!("{shipped:?}"), format!("{none:?}"));
}

#[test]
fn the_shipped_file_shows_every_setting_at_its_default() {
    let data = std::path::absolute("data").unwrap();
    let none = File::new("").load(&[]).unwrap();
    let settings = shown();
    let keys: Vec<&str> = settings.iter().map(|(_, key, _)| key.as_str()).collect();
    insta::assert_snapshot!(keys.join(" "));
    for (section, key, value) in &settings {
        let value = value.replace("./data", &data.display().to_string());
        // A folder of a front end must be there; any other one does here.
        let value = value.replace("target/site", "src");
        let text = format!("[{section}\n{key} = {value}\n");
        let config = File::new(&text)
            .load(&[])
            .unwrap_or_else(|problem| panic!("{text}: {problem}"));
        if UNSET.contains(&key.as_str()) {
            continue;
        }
        assert_eq!(format!("{config:?}"), format!("{none:?}"), "{text}");
        assert_eq!(config.database_url.expose_secret(), none.database_url.expose_secret());
    }
}

#[test]
fn an_unknown_key_names_those_that_the_shipped_file_shows() {
    for section in ["server", "database", "storage", "mail", "development", "limits", "log"] {
        let problem = File::new(&format!("[{section}]\nnonsense = 1\n")).problem();
        let known = problem.split('`').skip(3).step_by(2);
        for key in known {
            let there = shown()
                .iter()
                .any(|(s, k, _)| s.trim_end_matches(']') == section && k == key);
            assert!(there, "{section}.{key} is missing in Leptos.toml");
        }
    }
}

#[test]
fn the_shipped_examples_of_providers_are_good() {
    let begin = SHIPPED.find("# [sign_in.github]").unwrap();
    let end = SHIPPED.find("# Whose workloads").unwrap();
    let config = File::new(&uncommented(&SHIPPED[begin..end])).load(&[]).unwrap();
    let names: Vec<&str> = config.providers.iter().map(|provider| provider.name.as_str()).collect();
    assert_eq!(names, ["github", "microsoft", "google", "example"]);
}

fn uncommented(lines: &str) -> String {
    lines
        .lines()
        .map(|line| format!("{}\n", line.trim_start_matches('#').trim_start()))
        .collect()
}

#[test]
fn the_shipped_examples_of_workloads_are_good_and_two_need_no_section() {
    let names = |text: &str| {
        let config = File::new(text).load(&[]).unwrap();
        let issuers = config.workload_issuers.iter();
        let issuers = issuers.map(|issuer| format!("{} {:?} {}", issuer.name, issuer.kind, issuer.issuer));
        issuers.collect::<Vec<_>>()
    };
    let github = "github GitHub https://token.actions.githubusercontent.com";
    let gitlab = "gitlab GitLab https://gitlab.com";
    assert_eq!(names(""), [github, gitlab]);
    let begin = SHIPPED.find("# [trusted_publishing.github]").unwrap();
    let end = SHIPPED.find("[development]").unwrap();
    assert_eq!(
        names(&uncommented(&SHIPPED[begin..end])),
        [
            github,
            gitlab,
            "works GitLab https://gitlab.example.com",
            "builder Oidc https://builder.example.com"
        ]
    );
    let without = "[trusted_publishing.github]\nenabled = false\n[trusted_publishing.gitlab]\nenabled = false\n";
    assert_eq!(names(without), [""; 0]);
}

#[test]
fn a_mistake_in_a_section_of_workloads_is_told() {
    let told = |text: &str| File::new(text).problem();
    insta::assert_snapshot!(
        [
            told("[trusted_publishing.works]\nissuer = \"https://gitlab.example.com\"\n"),
            told("[trusted_publishing.works]\nkind = \"gitlab\"\n"),
            told("[trusted_publishing.works]\nkind = \"gitea\"\n"),
            told("\n[trusted_publishing.github]\nissuer = \"http://example.com\"\n"),
            told("[trusted_publishing.github]\naudience = \"\"\n"),
            told("[trusted_publishing.github]\nclaims = { workflow = \"w\" }\n"),
            told("[trusted_publishing.github]\nsecret = \"x\"\n"),
            told("[trusted_publishing.\"a b\"]\nkind = \"oidc\"\n"),
        ]
        .join("\n")
    );
}
