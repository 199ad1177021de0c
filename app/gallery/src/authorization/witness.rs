//! The witnesses, one type a row of the permission table.

use super::standing::{Hold, account_by_key, account_by_name, standing_of, state_of};
use crate::actor::{Actor, Who};
use crate::error::Error;
use crate::store;
use crate::tx::Tx;
use domain::account::{AccountKey, AccountKind, AccountName};
use domain::permission::{Action, Denied, PersonState, Question, Standing, Subject, decide};
use domain::time::Timestamp;
use schema::entity::{account, package, package_owner};
use sea_orm::{ConnectionTrait, EntityTrait};
use std::marker::PhantomData;

/// A row of the permission table, as a type.
pub trait Permission {
    /// The row.
    const ACTION: Action;
}

macro_rules! permissions {
    ($($action:ident)*) => {
        $(
            #[doc = concat!("The right of [`Action::", stringify!($action), "`].")]
            #[derive(Clone, Copy, Debug)]
            pub struct $action;

            impl Permission for $action {
                const ACTION: Action = Action::$action;
            }
        )*
    };
}

permissions! {
    SeeOrganization SeeMembers ManageMembers CancelInvitation AnswerInvitation LeaveOrganization ManageAccount SeeSettings
    SeeAuditTrail SeeMembershipEvents
    SeeAccountKeys ManageAccountKeys CreateKeyForAccount AnswerOwnershipRequest PublishNewId PublishVersion
    ChangeListing Deprecate SeePublisher ManageOwners AdministerSite
}

/// Proof that the permission table allows `P` to the actor for an account.
#[derive(Clone, Debug)]
pub struct Authorized<P> {
    account: account::Model,
    standing: Standing,
    permission: PhantomData<P>,
}

impl<P> Authorized<P> {
    /// The account acted for.
    #[must_use]
    pub const fn account(&self) -> AccountKey {
        AccountKey(self.account.id)
    }

    /// The account's row, as it was when the right was checked.
    #[must_use]
    pub const fn row(&self) -> &account::Model {
        &self.account
    }

    /// How the actor stands to the account.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        self.standing
    }

    /// The same right, if the account is an organization: a user has no members and no organization pages.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is a user.
    pub fn of_organization(self) -> Result<Self, Error> {
        if self.account.kind == AccountKind::Organization.value() {
            Ok(self)
        } else {
            Err(Error::NotFound)
        }
    }
}

/// Proof that the permission table allows `P` to the actor for an account and one of its packages.
#[derive(Clone, Debug)]
pub struct AuthorizedPackage<P> {
    /// The right on the account's side.
    pub on_behalf: Authorized<P>,
    package: package::Model,
}

impl<P> AuthorizedPackage<P> {
    /// The package's row, as it was when the right was checked.
    #[must_use]
    pub const fn package(&self) -> &package::Model {
        &self.package
    }
}

/// Proof that the actor administers the site, whatever it is that is done.
#[derive(Clone, Copy, Debug)]
pub struct SiteRight(());

impl SiteRight {
    /// Asks the permission table whether the actor administers the site: the operator does, and a person who was made
    /// site administrator, in a session. No API key carries it.
    ///
    /// # Errors
    /// [`Error::NotFound`] for everybody else; [`Error::Denied`] when nobody is signed in, or the person is locked.
    pub(crate) async fn of<C: ConnectionTrait>(connection: &C, actor: &Actor) -> Result<Self, Error> {
        let person = match &actor.who {
            Who::Operator | Who::System => return Ok(Self(())),
            Who::Anonymous => return Err(Denied::SignIn.into()),
            Who::Key(_) => return Err(Error::NotFound),
            Who::Person(person) => person.account,
        };
        let row = account_by_key(connection, person, Hold::No)
            .await?
            .ok_or(Denied::SignIn)?;
        let standing = if row.site_administrator {
            Standing::SiteAdministrator
        } else {
            Standing::Other
        };
        let question = Question {
            action: Action::AdministerSite,
            standing,
            account: state_of(&row),
            person: PersonState { locked: row.locked },
            key: None,
            subject: None,
        };
        decide(&question)?;
        Ok(Self(()))
    }
}

/// Which rows a permission holds for the rest of a writing transaction.
const fn hold_of(action: Action) -> Hold {
    match action {
        Action::ManageMembers
        | Action::CancelInvitation
        | Action::LeaveOrganization
        | Action::ManageAccount
        // Of two keys made at once, one has the name.
        | Action::ManageAccountKeys
        | Action::AdministerSite => Hold::Alone,
        _ if action.writes() => Hold::Shared,
        _ => Hold::No,
    }
}

impl Tx {
    /// Asks the permission table for a right concerning the account of a name.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such account or the actor may not know of it, [`Error::Denied`] with the
    /// reason otherwise.
    pub async fn authorize<P: Permission>(&self, actor: &Actor, name: &AccountName) -> Result<Authorized<P>, Error> {
        match account_by_name(self.connection(), name, hold_of(P::ACTION)).await? {
            Some(account) => decide_account(self.connection(), self.now(), actor, Some(account)).await,
            None => Err(missing(self.connection(), actor, name).await?),
        }
    }

    /// The same for the account of a key.
    ///
    /// # Errors
    /// As [`Tx::authorize`].
    pub async fn authorize_key<P: Permission>(&self, actor: &Actor, key: AccountKey) -> Result<Authorized<P>, Error> {
        let account = account_by_key(self.connection(), key, hold_of(P::ACTION)).await?;
        decide_account(self.connection(), self.now(), actor, account).await
    }

    /// Asks for a right concerning a package, on behalf of an account.
    ///
    /// # Errors
    /// As [`Tx::authorize`]; [`Denied::NotAnOwner`] when the account does not own the package.
    pub async fn authorize_package<P: Permission>(
        &self,
        actor: &Actor,
        owner: AccountKey,
        package: package::Model,
    ) -> Result<AuthorizedPackage<P>, Error> {
        let account = account_by_key(self.connection(), owner, hold_of(P::ACTION)).await?;
        let owned = package_owner::Entity::find_by_id((package.id, owner.0))
            .one(self.connection())
            .await?
            .is_some();
        let subject = Subject {
            id: &package.name,
            owned,
            locked: package.locked,
        };
        let on_behalf = decide_about(self.connection(), self.now(), actor, account, Some(subject)).await?;
        Ok(AuthorizedPackage { on_behalf, package })
    }

    /// Asks for the right to publish a new id on behalf of an account.
    ///
    /// # Errors
    /// As [`Tx::authorize`].
    pub async fn authorize_new_id(
        &self,
        actor: &Actor,
        owner: AccountKey,
        id: &str,
    ) -> Result<Authorized<PublishNewId>, Error> {
        let account = account_by_key(self.connection(), owner, hold_of(Action::PublishNewId)).await?;
        let subject = Subject {
            id,
            owned: false,
            locked: false,
        };
        decide_about(self.connection(), self.now(), actor, account, Some(subject)).await
    }
}

/// Asks the permission table outside a transaction, for a page that only reads.
///
/// # Errors
/// As [`Tx::authorize`].
pub async fn may_read<P: Permission, C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    name: &AccountName,
) -> Result<Authorized<P>, Error> {
    debug_assert!(
        !P::ACTION.writes(),
        "a right to write is asked for in the transaction that writes"
    );
    match account_by_name(connection, name, Hold::No).await? {
        Some(account) => decide_account(connection, NO_KEY_AT_WORK, actor, Some(account)).await,
        None => Err(missing(connection, actor, name).await?),
    }
}

/// What is told about a name that no account has. For existing and unknown names alike, whoever is not signed in is
/// asked to sign in; a former name leads on to the present one.
pub(crate) async fn missing<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    name: &AccountName,
) -> Result<Error, Error> {
    if matches!(actor.who, Who::Anonymous) {
        return Ok(Denied::SignIn.into());
    }
    let present = store::former_names::present_name(connection, &name.key()).await?;
    Ok(present.map_or(Error::NotFound, Error::Renamed))
}

/// Pages are read in sessions, so no key's age is asked for.
const NO_KEY_AT_WORK: Timestamp = Timestamp::from_seconds(0);

async fn decide_account<P: Permission, C: ConnectionTrait>(
    connection: &C,
    now: Timestamp,
    actor: &Actor,
    account: Option<account::Model>,
) -> Result<Authorized<P>, Error> {
    decide_about(connection, now, actor, account, None).await
}

async fn decide_about<P: Permission, C: ConnectionTrait>(
    connection: &C,
    now: Timestamp,
    actor: &Actor,
    account: Option<account::Model>,
    subject: Option<Subject<'_>>,
) -> Result<Authorized<P>, Error> {
    let Some(account) = account else {
        let anonymous = matches!(actor.who, Who::Anonymous);
        return Err(if anonymous {
            Error::Denied(Denied::SignIn)
        } else {
            Error::NotFound
        });
    };
    if matches!(actor.who, Who::Operator | Who::System) {
        return Ok(Authorized {
            account,
            standing: Standing::Oneself,
            permission: PhantomData,
        });
    }
    let (standing, person) = standing_of(connection, actor, &account).await?;
    // Who administers the site does so for every account, their own and those of which they are a member too.
    let standing = match P::ACTION {
        Action::AdministerSite => match SiteRight::of(connection, actor).await {
            Ok(_) | Err(Error::Denied(Denied::PersonLocked)) => Standing::SiteAdministrator,
            Err(Error::NotFound | Error::Denied(_)) => standing,
            Err(other) => return Err(other),
        },
        _ => standing,
    };
    let key = match &actor.who {
        Who::Key(holder) => Some(holder.grant(now)),
        _ => None,
    };
    let question = Question {
        action: P::ACTION,
        standing,
        account: state_of(&account),
        person,
        key,
        subject,
    };
    decide(&question).map_err(|denied| Error::denied_by(denied, &account.name))?;
    Ok(Authorized {
        account,
        standing,
        permission: PhantomData,
    })
}
