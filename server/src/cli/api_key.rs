//! `guildhall api-key …`

use super::account::name;
use super::failure::Failure;
use super::opened::Opened;
use super::say;
use crate::config::Config;
use clap::{Args, Subcommand};
use domain::api_key::{ApiKeyForm, LONGEST_LIFETIME};
use gallery::api_keys::{self, OperatorKey};

/// What can be done to API keys.
#[derive(Subcommand)]
pub(super) enum Command {
    /// Create a key, and print it alone on standard output, this one time
    Create(Create),
    /// Revoke the keys of a name
    Revoke(Revoke),
}

/// A new key.
#[derive(Args)]
pub(super) struct Create {
    /// Whose key it is: a user's, or the owner's own if it is the same organization
    #[arg(long, value_name = "NAME")]
    account: String,
    /// For which account it pushes
    #[arg(long, value_name = "OWNER")]
    owner: String,
    /// What the key is called
    #[arg(long, value_name = "TEXT", default_value = "command line")]
    name: String,
    /// What the key may do; may be repeated. `push` includes `push-version`
    #[arg(long, required = true, value_name = "SCOPE", value_parser = ["push", "push-version", "unlist"])]
    scope: Vec<String>,
    /// For which package ids; may be repeated. `*` stands for any characters
    #[arg(long, required = true, value_name = "PATTERN")]
    glob: Vec<String>,
    /// How long the key is good for, in days: 1 to 365
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=i64::from(LONGEST_LIFETIME)))]
    expires_days: u16,
}

/// A key by its name.
#[derive(Args)]
pub(super) struct Revoke {
    /// Whose key it is
    #[arg(long, value_name = "NAME")]
    account: String,
    /// What the key is called
    #[arg(long, value_name = "TEXT")]
    name: String,
}

pub(super) async fn run(command: Command, config: Config) -> Result<(), Failure> {
    match command {
        Command::Create(new) => create(new, config).await,
        Command::Revoke(key) => revoke(key, config).await,
    }
}

async fn create(new: Create, config: Config) -> Result<(), Failure> {
    let has = |scope: &str| new.scope.iter().any(|given| given == scope);
    let ticked = |on: bool| if on { "on".to_owned() } else { String::new() };
    let form = ApiKeyForm {
        days: new.expires_days.to_string(),
        push: ticked(has("push") || has("push-version")),
        push_scope: if has("push") {
            "new".to_owned()
        } else {
            "versions".to_owned()
        },
        unlist: ticked(has("unlist")),
        globs: new.glob.join(" "),
        name: new.name,
        owner: new.owner,
    };
    let what = format!("account {} or {}", new.account, form.owner);
    let wanted = OperatorKey {
        account: name(&new.account)?,
        key: form.parse()?,
    };
    let opened = Opened::open(&config).await?;
    let value = api_keys::create_by_operator(&opened.gallery, &opened.operator, wanted)
        .await
        .map_err(|error| Failure::about(&what, error))?;
    say(value.expose())?;
    opened.close().await
}

async fn revoke(key: Revoke, config: Config) -> Result<(), Failure> {
    let account = name(&key.account)?;
    let opened = Opened::open(&config).await?;
    api_keys::revoke_by_name(&opened.gallery, &opened.operator, &account, &key.name)
        .await
        .map_err(|error| Failure::about(&format!("API key \"{}\" of {account}", key.name), error))?;
    opened.close().await
}
