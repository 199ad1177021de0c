//! `guildhall member …`

use super::account::name;
use super::failure::Failure;
use super::opened::Opened;
use super::say;
use crate::config::Config;
use clap::{Args, Subcommand};
use domain::permission::Role;
use gallery::members;

/// What can be done to the members of an organization.
#[derive(Subcommand)]
pub(super) enum Command {
    /// Make a user a member, or give a member another role
    Add(Add),
    /// Remove a member
    Remove(Member),
    /// Print the members, a line each: name, tab, role
    List(Organization),
}

/// A member to be.
#[derive(Args)]
pub(super) struct Add {
    #[command(flatten)]
    member: Member,
    /// The member's role
    #[arg(long, value_parser = ["administrator", "collaborator"])]
    role: String,
}

/// A member.
#[derive(Args)]
pub(super) struct Member {
    /// The organization
    organization: String,
    /// The user
    name: String,
}

/// An organization.
#[derive(Args)]
pub(super) struct Organization {
    /// The organization
    organization: String,
}

pub(super) async fn run(command: Command, config: Config) -> Result<(), Failure> {
    match command {
        Command::Add(add) => self::add(add, config).await,
        Command::Remove(member) => remove(member, config).await,
        Command::List(list) => self::list(list, config).await,
    }
}

async fn add(add: Add, config: Config) -> Result<(), Failure> {
    let organization = name(&add.member.organization)?;
    let member = name(&add.member.name)?;
    let role = Role::parse(&add.role).ok_or_else(|| Failure::new("There is no such role."))?;
    let opened = Opened::open(&config).await?;
    members::add(&opened.gallery, &opened.operator, &organization, &member, role)
        .await
        .map_err(|error| Failure::about(&format!("organization {organization}"), error))?;
    opened.close().await
}

async fn remove(member: Member, config: Config) -> Result<(), Failure> {
    let opened = Opened::open(&config).await?;
    members::remove(&opened.gallery, &opened.operator, &member.organization, &member.name)
        .await
        .map_err(|error| Failure::about(&format!("organization {}", member.organization), error))?;
    opened.close().await
}

async fn list(list: Organization, config: Config) -> Result<(), Failure> {
    let organization = name(&list.organization)?;
    let opened = Opened::open(&config).await?;
    let members = members::names(&opened.gallery, &opened.operator, &organization)
        .await
        .map_err(|error| Failure::about(&format!("organization {organization}"), error))?;
    for (name, role) in members {
        say(&format!("{name}\t{}", role.value()))?;
    }
    opened.close().await
}
