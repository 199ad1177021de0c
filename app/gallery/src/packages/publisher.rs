//! Who published a version, as far as a viewer may know it.

use crate::error::Error;
use crate::store;
use crate::store::versions::Row;
use domain::account::{AccountKey, AccountKind};
use schema::entity::account;
use sea_orm::ConnectionTrait;
use std::collections::{HashMap, HashSet};

/// Whether an owner of a package may know which person published for an account: for a user, everybody who sees
/// publishers at all may; for an organization, itself, its members, and the person.
pub(super) async fn may_know_person<C: ConnectionTrait>(
    connection: &C,
    reader: AccountKey,
    published_for: &account::Model,
    person: Option<AccountKey>,
) -> Result<bool, Error> {
    if published_for.kind == AccountKind::User.value() || published_for.id == reader.0 || person == Some(reader) {
        return Ok(true);
    }
    let role = store::memberships::role_of(connection, AccountKey(published_for.id), reader).await?;
    Ok(role.is_some())
}

/// The viewer of a table of versions.
pub(super) struct Insider {
    /// The viewer.
    pub(super) person: AccountKey,
    /// The organizations of which the viewer is a member.
    pub(super) organizations: HashSet<i64>,
    /// The owners of the package that are organizations.
    pub(super) owning_organizations: HashSet<i64>,
}

/// The publishers of versions by the versions' numbers; what the viewer may not know is missing or shortened.
pub(super) async fn publishers<C: ConnectionTrait>(
    connection: &C,
    insider: &Insider,
    rows: &[Row],
) -> Result<HashMap<i64, String>, Error> {
    let accounts = rows
        .iter()
        .flat_map(|row| row.published_by.into_iter().chain([row.published_for]));
    let names = store::accounts::names(connection, accounts).await?;
    let people: HashSet<i64> = rows.iter().filter_map(|row| row.published_by).collect();
    // Members of an owning organization that the viewer is in too: the viewer sees them anyway.
    let shared: Vec<i64> = insider
        .owning_organizations
        .intersection(&insider.organizations)
        .copied()
        .collect();
    let colleagues = store::publishers::members_among(connection, shared, people).await?;
    let kinds = store::publishers::organizations_among(connection, rows.iter().map(|row| row.published_for)).await?;
    let label = |row: &Row| -> Option<String> {
        let for_organization = kinds.contains(&row.published_for);
        let owner = names.get(&row.published_for);
        let inside = !for_organization || insider.organizations.contains(&row.published_for);
        let with = match (&row.published_workload, &row.published_key) {
            (Some(workload), _) => Some(workload.clone()),
            (None, key) => key.as_ref().map(|key| format!("key {key}")),
        };
        match (row.published_by, with) {
            (None, Some(with)) if inside => owner.map(|owner| format!("{owner} ({with})")),
            (None, Some(_)) => owner.cloned(),
            (Some(person), _) if inside || person == insider.person.0 || colleagues.contains(&person) => {
                names.get(&person).cloned()
            }
            (Some(_), _) => owner.cloned(),
            (None, None) => None,
        }
    };
    Ok(rows.iter().filter_map(|row| Some((row.id, label(row)?))).collect())
}
