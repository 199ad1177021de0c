//! The table `deprecations`: why versions should not be used any more.

use crate::authorization::{AuthorizedPackage, Deprecate};
use crate::error::Error;
use crate::tx::Tx;
use domain::account::AccountKey;
use domain::package::{Alternate, Deprecation, DeprecationReason};
use schema::entity::deprecation;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;

/// Versions of one statement, so that a page of anything stays a question that the database answers.
const BATCH: usize = 1_000;

/// What is said of those of some versions that are deprecated, by their numbers.
pub(crate) async fn of_versions<C: ConnectionTrait>(
    connection: &C,
    versions: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, Deprecation>, Error> {
    let versions: Vec<i64> = versions.into_iter().collect();
    let mut found = HashMap::new();
    for batch in versions.chunks(BATCH) {
        let rows = deprecation::Entity::find()
            .filter(deprecation::Column::VersionId.is_in(batch.iter().copied()))
            .all(connection)
            .await?;
        found.extend(rows.into_iter().map(|row| (row.version_id, view(row))));
    }
    Ok(found)
}

fn view(row: deprecation::Model) -> Deprecation {
    let reasons = [
        (row.legacy, DeprecationReason::Legacy),
        (row.critical_bugs, DeprecationReason::CriticalBugs),
        (row.other, DeprecationReason::Other),
    ];
    Deprecation {
        reasons: reasons
            .into_iter()
            .filter(|(given, _)| *given)
            .map(|(_, reason)| reason)
            .collect(),
        message: row.message,
        alternate: row.alternate_id.map(|id| Alternate {
            id,
            version: row.alternate_version,
        }),
    }
}

/// Deprecates versions of the authorized package, at most 500; what was said of them before is forgotten.
pub(crate) async fn set(
    tx: &Tx,
    right: &AuthorizedPackage<Deprecate>,
    versions: &[i64],
    said: &Deprecation,
    by: Option<AccountKey>,
) -> Result<(), Error> {
    clear(tx, right, versions).await?;
    let given = |reason| said.reasons.contains(&reason);
    let rows = versions.iter().map(|version| deprecation::ActiveModel {
        version_id: Set(*version),
        package_id: Set(right.package().id),
        legacy: Set(given(DeprecationReason::Legacy)),
        critical_bugs: Set(given(DeprecationReason::CriticalBugs)),
        other: Set(given(DeprecationReason::Other)),
        message: Set(said.message.clone()),
        alternate_id: Set(said.alternate.as_ref().map(|alternate| alternate.id.clone())),
        alternate_version: Set(said.alternate.as_ref().and_then(|alternate| alternate.version.clone())),
        deprecated_by: Set(by.map(|key| key.0)),
        deprecated_at: Set(tx.now().micros()),
    });
    deprecation::Entity::insert_many(rows)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Takes back what is said of versions of the authorized package.
pub(crate) async fn clear(tx: &Tx, right: &AuthorizedPackage<Deprecate>, versions: &[i64]) -> Result<(), Error> {
    deprecation::Entity::delete_many()
        .filter(deprecation::Column::VersionId.is_in(versions.iter().copied()))
        .filter(deprecation::Column::PackageId.eq(right.package().id))
        .exec(tx.connection())
        .await?;
    Ok(())
}
