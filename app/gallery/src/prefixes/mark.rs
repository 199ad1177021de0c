//! The mark of packages whose owner holds the prefix: it follows from owners and prefixes, and is kept with the package.

use crate::error::Error;
use crate::store;
use crate::store::verified::Among;
use crate::tx::Tx;

/// Packages of one statement.
const BATCH: u64 = 500;

/// Brings the marks of packages up to date; returns the numbers of those that changed.
pub(crate) async fn recompute(tx: &Tx, among: &Among<'_>) -> Result<Vec<i64>, Error> {
    let mut changed = Vec::new();
    loop {
        let wrong = store::verified::wrong(tx.connection(), among, BATCH).await?;
        if wrong.is_empty() {
            return Ok(changed);
        }
        store::verified::turn(tx, &wrong).await?;
        changed.extend(wrong);
    }
}
