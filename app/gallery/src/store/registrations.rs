//! The table `registrations`: first sign-ins that wait for "Create your account".

use crate::error::Error;
use crate::sign_in::Identity;
use crate::tx::Tx;
use domain::account::EmailAddress;
use domain::links::LocalPath;
use domain::time::Timestamp;
use schema::entity::registration;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

/// A first sign-in that waits.
pub(crate) struct Registration {
    pub(crate) identity: Identity,
    pub(crate) return_to: LocalPath,
}

/// Keeps a first sign-in.
pub(crate) async fn insert(
    tx: &Tx,
    token_hash: Vec<u8>,
    registration: &Registration,
    expires: Timestamp,
) -> Result<(), Error> {
    let identity = &registration.identity;
    let row = registration::ActiveModel {
        token_hash: Set(token_hash),
        provider: Set(identity.provider.clone()),
        issuer: Set(identity.issuer.clone()),
        subject: Set(identity.subject.clone()),
        name: Set(identity.proposed_name.clone()),
        email: Set(identity.email.as_ref().map_or_else(String::new, ToString::to_string)),
        vouched: Set(identity.vouched),
        second_factor: Set(identity.second_factor),
        return_to: Set(registration.return_to.to_string()),
        expires_at: Set(expires.micros()),
    };
    registration::Entity::insert(row)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// A first sign-in that has not ended.
pub(crate) async fn find<C: ConnectionTrait>(
    connection: &C,
    token_hash: &[u8],
    now: Timestamp,
) -> Result<Option<Registration>, Error> {
    let row = registration::Entity::find_by_id(token_hash.to_vec())
        .filter(registration::Column::ExpiresAt.gt(now.micros()))
        .one(connection)
        .await?;
    Ok(row.map(|row| Registration {
        identity: Identity {
            provider: row.provider,
            issuer: row.issuer,
            subject: row.subject,
            proposed_name: row.name,
            email: EmailAddress::parse(&row.email).ok(),
            vouched: row.vouched,
            second_factor: row.second_factor,
        },
        return_to: LocalPath::parse(&row.return_to).unwrap_or_else(LocalPath::home),
    }))
}

/// Ends a first sign-in. False: it was ended already.
pub(crate) async fn delete(tx: &Tx, token_hash: &[u8]) -> Result<bool, Error> {
    let done = registration::Entity::delete_by_id(token_hash.to_vec())
        .exec(tx.connection())
        .await?;
    Ok(done.rows_affected == 1)
}
