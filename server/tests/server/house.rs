//! The program itself with a folder and a database of its own.

use gallery::testkit::TestGallery;
use std::process::Stdio;
use tokio::process::Command;

/// A folder and a database to work on.
pub(super) struct House {
    pub(super) test: TestGallery,
}

/// What a command left behind.
#[derive(Debug)]
pub(super) struct Ran {
    pub(super) status: i32,
    pub(super) out: String,
    pub(super) complaint: String,
}

impl House {
    /// The migrated gallery is let go of: from now on only the program works on it.
    pub(super) fn new(test: TestGallery) -> Self {
        Self { test }
    }

    /// The program, with these arguments and settings.
    pub(super) fn guildhall(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_guildhall"));
        command
            .args(arguments)
            .current_dir(self.test.folder.path())
            .env_clear()
            .env("LEPTOS_SITE_ADDR", "127.0.0.1:0")
            .env("GUILDHALL_DATA_DIR", self.test.folder.path())
            .env("GUILDHALL_DATABASE_URL", &self.test.gallery.settings().database_url)
            .env("GUILDHALL_LOG", "warn")
            .stdin(Stdio::null())
            .kill_on_drop(true);
        command
    }

    /// Runs a command to its end.
    pub(super) async fn try_run(&self, arguments: &[&str]) -> Ran {
        ran(&mut self.guildhall(arguments)).await
    }

    /// Runs a command that must succeed; returns what it printed.
    pub(super) async fn run(&self, arguments: &[&str]) -> String {
        let ran = self.try_run(arguments).await;
        assert_eq!(ran.status, 0, "{arguments:?}: {ran:?}");
        ran.out
    }

    /// A person, their organization, and a key; returns its value.
    pub(super) async fn found_a_team(&self) -> String {
        self.run(&["account", "create", "anna", "--email", "anna@example.com"])
            .await;
        let organization = "account create contoso --email contoso@example.com --organization --administrator anna";
        self.run(&words(organization)).await;
        let key = "api-key create --account anna --owner contoso --scope push --glob * --expires-days 30";
        self.run(&words(key)).await.trim().to_owned()
    }
}

/// The words of a line without quotes.
pub(super) fn words(line: &str) -> Vec<&str> {
    line.split(' ').collect()
}

/// Runs a prepared command to its end.
pub(super) async fn ran(command: &mut Command) -> Ran {
    let output = command.output().await.unwrap();
    Ran {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        complaint: String::from_utf8(output.stderr).unwrap(),
    }
}
