//! What is done to several versions of a package at once: they are unlisted, relisted, deprecated, or good again.

use super::latest;
use super::rights::{self, Owned};
use crate::accounts::acting_person;
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{AuthorizedPackage, ChangeListing, Deprecate};
use crate::error::Error;
use crate::store::catalog::Change;
use crate::store::versions::Keyed;
use crate::tx::Tx;
use crate::{Gallery, store};
use domain::account::AccountKey;
use domain::audit::AuditAction;
use domain::form::FieldErrors;
use domain::package::deprecation::{
    ALTERNATE_IS_ITSELF, NO_SUCH_PACKAGE, NO_SUCH_VERSION, VersionsChange, VersionsField, VersionsForm,
};
use domain::package::{Deprecation, PackageVersion};
use schema::entity::account;
use std::collections::BTreeSet;

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionsChanged {
    /// The package's id as it is written.
    pub id: String,
    /// What was done.
    pub change: VersionsChange,
    /// The versions concerned, oldest first; those that were so already are among them.
    pub versions: Vec<String>,
}

/// Changes the selected versions of a package, all or none of them.
///
/// # Errors
/// [`Error::NotFound`] when there is no such package; why the actor may not; refusals of the form; a conflict when one of
/// the versions is not there.
pub async fn change_versions(g: &Gallery, a: &Actor, form: VersionsForm) -> Result<VersionsChanged, Error> {
    acting_person(a)?;
    let id_key = form.id.to_lowercase();
    let tx = g.begin().await?;
    let package = store::packages::lock(&tx, &id_key).await?.ok_or(Error::NotFound)?;
    let owners = store::owners::of_package(tx.connection(), package.id).await?;
    let (number, id) = (package.id, package.name.clone());
    let target = Owned { package, owners };
    let change = form.parse();
    let work = Work {
        tx: &tx,
        a,
        id: &id,
        id_key: &id_key,
        number,
        selected: &form.versions,
    };
    let (versions, events) = match &change {
        Ok(VersionsChange::Deprecate(_) | VersionsChange::Undeprecate) => {
            let (right, owners) = rights::authorize::<Deprecate>(&tx, a, None, target).await?;
            let said = match &change {
                Ok(VersionsChange::Deprecate(said)) => Some(said),
                _ => None,
            };
            work.deprecate(&right, &owners, said).await?
        }
        // Whoever may not is told so before anything about the form.
        _ => {
            let (right, owners) = rights::authorize::<ChangeListing>(&tx, a, None, target).await?;
            let change = change.as_ref().map_err(|error| Error::Refused(error.clone()))?;
            work.list(&right, &owners, *change == VersionsChange::Relist).await?
        }
    };
    if !events.is_empty() {
        tx.commit_all(events).await?;
        g.feed().changed(&id_key);
    }
    Ok(VersionsChanged {
        id,
        change: change.map_err(Error::Refused)?,
        versions: versions.into_iter().map(|version| version.full_version).collect(),
    })
}

/// A package whose row is held, and what is selected of it.
struct Work<'a> {
    tx: &'a Tx,
    a: &'a Actor,
    id: &'a str,
    id_key: &'a str,
    number: i64,
    selected: &'a [String],
}

impl Work<'_> {
    async fn versions(&self) -> Result<Vec<Keyed>, Error> {
        let gone = |version: &str| {
            let version: String = version.chars().take(100).collect();
            Error::conflict(format!("There is no version {version} of {} any more.", self.id))
        };
        let mut keys = BTreeSet::new();
        for text in self.selected {
            keys.insert(PackageVersion::parse(text).map_err(|_| gone(text))?.key());
        }
        let found = store::versions::listables(self.tx.connection(), self.number, keys.iter().cloned()).await?;
        match keys
            .iter()
            .find(|key| found.iter().all(|version| version.version_key != **key))
        {
            Some(missing) => Err(gone(missing)),
            None => Ok(found),
        }
    }

    async fn list(
        &self,
        right: &AuthorizedPackage<ChangeListing>,
        owners: &[account::Model],
        listed: bool,
    ) -> Result<(Vec<Keyed>, Vec<AuditEvent>), Error> {
        let versions = self.versions().await?;
        let changed: Vec<&Keyed> = versions.iter().filter(|version| version.listed != listed).collect();
        if changed.is_empty() {
            return Ok((versions, Vec::new()));
        }
        for version in &changed {
            store::versions::set_listed(self.tx, right, version.id, listed).await?;
        }
        // None of them was the newest listed one before and is it now.
        latest::refresh(self.tx, self.number, 0).await?;
        self.catalog(&changed).await?;
        let action = if listed {
            AuditAction::PackageListed
        } else {
            AuditAction::PackageUnlisted
        };
        let events = changed
            .iter()
            .map(|version| self.event(action, version, right.on_behalf.account(), owners))
            .collect();
        Ok((versions, events))
    }

    async fn deprecate(
        &self,
        right: &AuthorizedPackage<Deprecate>,
        owners: &[account::Model],
        said: Option<&Deprecation>,
    ) -> Result<(Vec<Keyed>, Vec<AuditEvent>), Error> {
        let versions = self.versions().await?;
        if let Some(said) = said {
            self.refuse_alternate(said, &versions).await?;
        }
        let numbers = versions.iter().map(|version| version.id);
        let before = store::deprecations::of_versions(self.tx.connection(), numbers).await?;
        let changed: Vec<&Keyed> = versions
            .iter()
            .filter(|version| before.get(&version.id) != said)
            .collect();
        if changed.is_empty() {
            return Ok((versions, Vec::new()));
        }
        let numbers: Vec<i64> = changed.iter().map(|version| version.id).collect();
        match said {
            Some(said) => store::deprecations::set(self.tx, right, &numbers, said, self.a.account()).await?,
            None => store::deprecations::clear(self.tx, right, &numbers).await?,
        }
        self.catalog(&changed).await?;
        let action = if said.is_some() {
            AuditAction::PackageDeprecated
        } else {
            AuditAction::PackageUndeprecated
        };
        let words = |said: Option<&Deprecation>| said.map(Deprecation::reasons_in_words).unwrap_or_default();
        let events = changed
            .iter()
            .map(|version| {
                self.event(action, version, right.on_behalf.account(), owners)
                    .before(words(before.get(&version.id)))
                    .after(words(said))
            })
            .collect();
        Ok((versions, events))
    }

    /// The alternate must be there, and be something else than what is deprecated.
    async fn refuse_alternate(&self, said: &Deprecation, versions: &[Keyed]) -> Result<(), Error> {
        let Some(alternate) = &said.alternate else {
            return Ok(());
        };
        let at = |field, problem: &str| -> Error { FieldErrors::one(field, problem).into() };
        let key = alternate.id.to_lowercase();
        let connection = self.tx.connection();
        let package = store::packages::find(connection, &key)
            .await?
            .filter(|package| package.version_count > 0)
            .ok_or_else(|| at(VersionsField::AlternateId, NO_SUCH_PACKAGE))?;
        let itself = key == self.id_key;
        match &alternate.version {
            None if itself => Err(at(VersionsField::AlternateId, ALTERNATE_IS_ITSELF)),
            None => Ok(()),
            Some(version) => {
                let key = version.to_lowercase();
                if itself && versions.iter().any(|version| version.version_key == key) {
                    return Err(at(VersionsField::AlternateVersion, ALTERNATE_IS_ITSELF));
                }
                match store::versions::number_of(connection, package.id, &key).await? {
                    Some(_) => Ok(()),
                    None => Err(at(VersionsField::AlternateVersion, NO_SUCH_VERSION)),
                }
            }
        }
    }

    async fn catalog(&self, changed: &[&Keyed]) -> Result<(), Error> {
        let keys = changed.iter().map(|version| version.version_key.clone());
        store::catalog::append_all(self.tx, Change::Details, self.id_key, keys).await
    }

    fn event(
        &self,
        action: AuditAction,
        version: &Keyed,
        on_behalf: AccountKey,
        owners: &[account::Model],
    ) -> AuditEvent {
        let subject = Subject::version(self.id, version.full_version.as_str());
        owners.iter().fold(
            AuditEvent::new(self.a, action, subject).on_behalf_of(on_behalf),
            |event, owner| event.in_trail_of(AccountKey(owner.id)),
        )
    }
}
