//! Who may do something to a package, and on whose behalf.

use super::admit::Endpoint;
use super::refusal::PushRefused;
use crate::actor::{Actor, Who};
use crate::authorization::{
    Authorized, AuthorizedPackage, Hold, Permission, PublishNewId, PublishVersion, account_by_key, standing_of,
    state_of,
};
use crate::error::Error;
use crate::store;
use crate::tx::Tx;
use domain::account::AccountKey;
use domain::permission::{Action, Denied, Question, Standing, Subject, decide};
use domain::prefix::Reservation;
use domain::time::Timestamp;
use schema::entity::{account, package};
use sea_orm::ConnectionTrait;

/// The right to publish, as the id wants it.
pub(crate) enum PublishRight {
    /// The id is new, and the account will own it.
    NewId(Authorized<PublishNewId>),
    /// The account owns the id.
    Version(AuthorizedPackage<PublishVersion>),
}

impl PublishRight {
    /// The account acted for.
    pub(crate) const fn account(&self) -> AccountKey {
        match self {
            Self::NewId(right) => right.account(),
            Self::Version(right) => right.on_behalf.account(),
        }
    }

    /// The account's row.
    pub(crate) const fn row(&self) -> &account::Model {
        match self {
            Self::NewId(right) => right.row(),
            Self::Version(right) => right.on_behalf.row(),
        }
    }
}

/// A package that exists, with its owners.
pub(super) struct Owned {
    pub(super) package: package::Model,
    pub(super) owners: Vec<account::Model>,
}

/// Asks the permission table without taking anything for granted: the operator acts as the owner would, so that what
/// comes by the command line passes the same checks as a push.
///
/// # Errors
/// The reason against it.
pub(crate) async fn judge<C: ConnectionTrait>(
    connection: &C,
    now: Timestamp,
    a: &Actor,
    owner: AccountKey,
    action: Action,
    subject: Option<Subject<'_>>,
) -> Result<(), PushRefused> {
    let Some(owner) = account_by_key(connection, owner, Hold::No).await? else {
        return Err(PushRefused::UnknownKey);
    };
    judge_for(connection, now, a, &owner, action, subject).await
}

async fn judge_for<C: ConnectionTrait>(
    connection: &C,
    now: Timestamp,
    a: &Actor,
    owner: &account::Model,
    action: Action,
    subject: Option<Subject<'_>>,
) -> Result<(), PushRefused> {
    let (standing, person) = standing_of(connection, a, owner).await?;
    let key = match &a.who {
        Who::Key(holder) => Some(holder.grant(now)),
        _ => None,
    };
    let question = Question {
        action,
        standing,
        account: state_of(owner),
        person,
        key,
        subject,
    };
    decide(&question).map_err(|denied| refused(a, denied, &owner.name, subject.map(|subject| subject.id), action))
}

/// On whose behalf the actor publishes a version of a package that exists, or changes its listing: the key's owner, or
/// for a person the first owner for whom they may, the wanted one before the others.
///
/// # Errors
/// The reason against it.
pub(super) async fn acting_for<C: ConnectionTrait>(
    connection: &C,
    now: Timestamp,
    a: &Actor,
    wanted: Option<AccountKey>,
    target: &Owned,
    action: Action,
) -> Result<AccountKey, PushRefused> {
    let id = target.package.name.as_str();
    let subject = |owner: AccountKey| Subject {
        id,
        owned: target.owners.iter().any(|row| row.id == owner.0),
        locked: target.package.locked,
    };
    let named = match &a.who {
        Who::Key(holder) => Some(holder.owner),
        Who::Operator | Who::System => wanted,
        Who::Person(_) | Who::Anonymous => None,
    };
    if let Some(owner) = named {
        judge(connection, now, a, owner, action, Some(subject(owner))).await?;
        return Ok(owner);
    }
    let mut owners: Vec<&account::Model> = target.owners.iter().collect();
    owners.sort_by_key(|row| Some(AccountKey(row.id)) != wanted);
    let mut reason = None;
    for row in owners {
        let owner = AccountKey(row.id);
        match judge_for(connection, now, a, row, action, Some(subject(owner))).await {
            Ok(()) => return Ok(owner),
            Err(PushRefused::NotAMember { .. }) => {}
            Err(other) => reason = reason.or(Some(other)),
        }
    }
    match (reason, a.account()) {
        (Some(reason), _) => Err(reason),
        (None, Some(person)) => Err(PushRefused::NotAnOwner {
            owner: name_of(connection, person).await?,
            id: id.to_owned(),
        }),
        (None, None) => Err(PushRefused::UnknownKey),
    }
}

/// On whose behalf the actor publishes a new id: the key's owner, or the one chosen.
///
/// # Errors
/// The reason against it.
pub(super) async fn acting_for_new_id<C: ConnectionTrait>(
    connection: &C,
    now: Timestamp,
    a: &Actor,
    wanted: Option<AccountKey>,
    id: &str,
) -> Result<AccountKey, PushRefused> {
    let owner = match &a.who {
        Who::Key(holder) => Some(holder.owner),
        _ => wanted,
    };
    let owner = owner.ok_or(PushRefused::Internal(Error::internal("a new id without an owner")))?;
    let subject = Subject {
        id,
        owned: false,
        locked: false,
    };
    judge(connection, now, a, owner, Action::PublishNewId, Some(subject)).await?;
    match reserved_for(connection, id, owner).await? {
        Some(refused) => Err(refused),
        None => Ok(owner),
    }
}

/// What reserved prefixes have against a new id of an account.
pub(crate) async fn reserved_for<C: ConnectionTrait>(
    connection: &C,
    id: &str,
    owner: AccountKey,
) -> Result<Option<PushRefused>, Error> {
    Ok(
        match crate::prefixes::for_new_id(connection, &id.to_lowercase(), owner).await? {
            Reservation::Free => None,
            Reservation::Reserved => Some(PushRefused::ReservedPrefix {
                owner: name_of(connection, owner).await?,
                id: id.to_owned(),
            }),
            Reservation::Ownerless => Some(PushRefused::OwnerlessPrefix { id: id.to_owned() }),
        },
    )
}

/// The witness for a package that exists, with the strict answer for the operator.
///
/// # Errors
/// The reason against it.
pub(super) async fn authorize<P: Permission>(
    tx: &Tx,
    a: &Actor,
    wanted: Option<AccountKey>,
    target: Owned,
) -> Result<(AuthorizedPackage<P>, Vec<account::Model>), PushRefused> {
    let owner = acting_for(tx.connection(), tx.now(), a, wanted, &target, P::ACTION).await?;
    let id = target.package.name.clone();
    match tx.authorize_package::<P>(a, owner, target.package).await {
        Ok(right) => Ok((right, target.owners)),
        Err(error) => Err(of_error(tx, a, error, owner, &id, P::ACTION).await),
    }
}

/// The witness for a new id, with the strict answer for the operator.
///
/// # Errors
/// The reason against it.
pub(super) async fn authorize_new_id(
    tx: &Tx,
    a: &Actor,
    wanted: Option<AccountKey>,
    id: &str,
) -> Result<Authorized<PublishNewId>, PushRefused> {
    let owner = acting_for_new_id(tx.connection(), tx.now(), a, wanted, id).await?;
    match tx.authorize_new_id(a, owner, id).await {
        Ok(right) => Ok(right),
        Err(error) => Err(of_error(tx, a, error, owner, id, Action::PublishNewId).await),
    }
}

/// The present name of an account.
pub(super) async fn name_of<C: ConnectionTrait>(connection: &C, account: AccountKey) -> Result<String, Error> {
    let mut names = store::accounts::names(connection, [account.0]).await?;
    Ok(names.remove(&account.0).unwrap_or_default())
}

async fn of_error(tx: &Tx, a: &Actor, error: Error, owner: AccountKey, id: &str, action: Action) -> PushRefused {
    let denied = match error {
        Error::Denied(denied) => denied,
        Error::Policy { policy, .. } => Denied::Policy(policy),
        Error::NotFound => Denied::NotFound,
        other => return other.into(),
    };
    match name_of(tx.connection(), owner).await {
        Ok(owner) => refused(a, denied, &owner, Some(id), action),
        Err(error) => error.into(),
    }
}

fn refused(a: &Actor, denied: Denied, owner: &str, id: Option<&str>, action: Action) -> PushRefused {
    let endpoint = match action {
        Action::ChangeListing => Endpoint::Listing,
        _ => Endpoint::Push,
    };
    let key = match &a.who {
        Who::Key(holder) => Some(holder.name.as_str()),
        _ => None,
    };
    PushRefused::denied(denied, key, owner, id, endpoint)
}

/// Whether an actor's standing is that of an insider of the account: the account itself, or a member.
pub(super) const fn is_insider(standing: Standing) -> bool {
    matches!(standing, Standing::Oneself | Standing::Member(_))
}
