//! The requests that wait: those that somebody may answer, those that they may withdraw, and those about one package.

use crate::error::Error;
use crate::store;
use crate::store::memberships::OwnOrganization;
use domain::account::AccountKey;
use domain::ownership::{OwnershipRequest, PendingOwner};
use domain::permission::{Action, Standing};
use domain::time::Timestamp;
use schema::entity::ownership_request;
use sea_orm::ConnectionTrait;
use std::collections::HashMap;

/// Requests read at most: two bulk moves of the greatest size.
const LIMIT: u64 = 1_000;

/// The requests of a person and of the organizations for which they answer.
#[derive(Debug, Default)]
pub(crate) struct Requests {
    /// Those that they may answer.
    pub(crate) received: Vec<OwnershipRequest>,
    /// Those that they may withdraw.
    pub(crate) sent: Vec<OwnershipRequest>,
}

/// The requests that a person may answer or withdraw, oldest first.
pub(crate) async fn requests<C: ConnectionTrait>(
    connection: &C,
    person: AccountKey,
    organizations: &[OwnOrganization],
) -> Result<Requests, Error> {
    let answers = |role| Action::AnswerOwnershipRequest.allows(Standing::Member(role));
    let accounts: Vec<i64> = std::iter::once(person.0)
        .chain(organizations.iter().filter(|own| answers(own.role)).map(|own| own.key))
        .collect();
    let rows = store::ownership_requests::of_accounts(connection, &accounts, LIMIT).await?;
    let ids = store::packages::names(connection, rows.iter().map(|row| row.package_id)).await?;
    let names = names_of(connection, &rows).await?;
    let mut requests = Requests::default();
    for row in rows {
        let named = |key: i64| names.get(&key).cloned();
        let (Some(id), Some(owner)) = (ids.get(&row.package_id).cloned(), named(row.new_owner_id)) else {
            continue;
        };
        let request = OwnershipRequest {
            key: row.id,
            id,
            owner,
            by: named(row.requested_by).unwrap_or_else(|| "deleted account".to_owned()),
            replaces: row.replaces_id.and_then(named).unwrap_or_default(),
            since: Timestamp::from_micros(row.created_at),
        };
        if accounts.contains(&row.on_behalf_of) {
            requests.sent.push(request.clone());
        }
        if accounts.contains(&row.new_owner_id) {
            requests.received.push(request);
        }
    }
    Ok(requests)
}

/// The requests about a package, oldest first.
pub(crate) async fn pending_of<C: ConnectionTrait>(connection: &C, package: i64) -> Result<Vec<PendingOwner>, Error> {
    let rows = store::ownership_requests::of_package(connection, package).await?;
    let names = names_of(connection, &rows).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(PendingOwner {
                key: row.id,
                owner: names.get(&row.new_owner_id).cloned()?,
                replaces: row
                    .replaces_id
                    .and_then(|key| names.get(&key).cloned())
                    .unwrap_or_default(),
                since: Timestamp::from_micros(row.created_at),
            })
        })
        .collect())
}

async fn names_of<C: ConnectionTrait>(
    connection: &C,
    rows: &[ownership_request::Model],
) -> Result<HashMap<i64, String>, Error> {
    let accounts = rows
        .iter()
        .flat_map(|row| [row.new_owner_id, row.requested_by].into_iter().chain(row.replaces_id));
    store::accounts::names(connection, accounts).await
}
