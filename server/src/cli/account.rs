//! `guildhall account …`

use super::failure::Failure;
use super::opened::Opened;
use crate::config::Config;
use clap::{Args, Subcommand};
use domain::account::{AccountKind, AccountName};
use domain::session::RegistrationForm;
use gallery::accounts;

/// What can be done to accounts.
#[derive(Subcommand)]
pub(super) enum Command {
    /// Create a confirmed user, or a confirmed organization with its first administrator
    ///
    /// The user's account belongs to whoever signs in first with a provider that vouches for the address.
    Create(Create),
    /// Make a user site administrator
    Promote(Named),
    /// Take a site administrator's power away
    Demote(Named),
    /// Lock an account: it can change nothing until it is unlocked
    Lock(Named),
    /// Unlock an account
    Unlock(Named),
}

/// A new account.
#[derive(Args)]
pub(super) struct Create {
    /// The account's name
    name: String,
    /// The account's address
    #[arg(long, value_name = "ADDRESS")]
    email: String,
    /// Create an organization
    #[arg(long, requires = "administrator")]
    organization: bool,
    /// The organization's first administrator
    #[arg(long, value_name = "NAME", requires = "organization")]
    administrator: Option<String>,
}

/// An account by its name.
#[derive(Args)]
pub(super) struct Named {
    /// The account's name
    name: String,
}

pub(super) async fn run(command: Command, config: Config) -> Result<(), Failure> {
    match command {
        Command::Create(new) => create(new, config).await,
        Command::Promote(account) => change(account, config, Change::Promote).await,
        Command::Demote(account) => change(account, config, Change::Demote).await,
        Command::Lock(account) => change(account, config, Change::Lock).await,
        Command::Unlock(account) => change(account, config, Change::Unlock).await,
    }
}

async fn create(new: Create, config: Config) -> Result<(), Failure> {
    let kind = if new.organization {
        AccountKind::Organization
    } else {
        AccountKind::User
    };
    let administrator = new.administrator.as_deref().map(name).transpose()?;
    let account = RegistrationForm {
        name: new.name,
        email: new.email,
    }
    .parse()?;
    let opened = Opened::open(&config).await?;
    accounts::create(&opened.gallery, &opened.operator, account, kind, administrator).await?;
    opened.close().await
}

enum Change {
    Promote,
    Demote,
    Lock,
    Unlock,
}

async fn change(account: Named, config: Config, change: Change) -> Result<(), Failure> {
    let name = name(&account.name)?;
    let opened = Opened::open(&config).await?;
    let (gallery, operator) = (&opened.gallery, &opened.operator);
    let changed = match change {
        Change::Promote => accounts::promote(gallery, operator, &name).await,
        Change::Demote => accounts::demote(gallery, operator, &name).await,
        Change::Lock => accounts::lock(gallery, operator, &name).await,
        Change::Unlock => accounts::unlock(gallery, operator, &name).await,
    };
    changed.map_err(|error| Failure::about(&format!("account {name}"), error))?;
    opened.close().await
}

/// Reads the name of an account that should be there.
pub(super) fn name(text: &str) -> Result<AccountName, Failure> {
    AccountName::parse(text).map_err(|problem| Failure::new(format!("{text}: {problem}")))
}
