//! Publishes a version: one use case for the upload page, for clients and for import.

use super::admit::{named, noted};
use super::listing::Listing;
use super::refusal::PushRefused;
use super::rights::{self, Owned, PublishRight};
use super::{latest, mails};
use crate::actor::{Actor, KeyHolder, Who};
use crate::audit::{AuditEvent, Subject};
use crate::authorization::PublishVersion;
use crate::blobs::{BlobRef, StoredBlob};
use crate::error::Error;
use crate::store::catalog::Change;
use crate::store::verified::Among;
use crate::store::versions::{NewVersion, Publisher};
use crate::tx::Tx;
use crate::{Gallery, api_keys, store};
use domain::account::{AccountKey, AccountKind};
use domain::audit::AuditAction;
use domain::package::{PackageId, PackageVersion};
use domain::permission::Action;
use domain::time::Timestamp;
use nupkg::Inspected;
use schema::entity::account;
use sea_orm::ConnectionTrait;

/// Where the bytes of a package are.
#[derive(Debug)]
pub enum Bytes {
    /// Received and hashed, and not yet in the store.
    Received(StoredBlob),
    /// In the store already: a draft's.
    Kept(BlobRef),
}

/// Whether the owners get their mails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tell {
    /// Every owner who wants to know.
    Owners,
    /// Nobody: many packages come at once.
    Nobody,
}

/// A version to be published.
#[derive(Debug)]
pub struct Publish {
    /// The account that is to own a new id. Without one, and for an id that exists, it follows from the actor.
    pub owner: Option<AccountKey>,
    /// The bytes.
    pub bytes: Bytes,
    /// What was read from them.
    pub inspected: Inspected,
    /// Whether lists and search show it.
    pub listing: Listing,
    /// Who is told.
    pub tell: Tell,
    /// The draft that ends with it.
    pub draft: Option<i64>,
}

/// A version that was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The id as it is written now.
    pub id: String,
    /// The version, normalized.
    pub version: String,
    /// What could be better: one sentence each.
    pub warnings: Vec<String>,
}

/// Publishes a version. Rights are judged before the bytes are kept, and again in the transaction that makes the version
/// exist; of equal pushes at once exactly one wins, and the others change nothing.
///
/// # Errors
/// The first reason against it. What is refused to somebody who is known stands in the trail.
pub async fn publish(g: &Gallery, a: &Actor, publish: Publish) -> Result<Published, PushRefused> {
    let subject = Subject::version(
        publish.inspected.metadata.id.as_str(),
        publish.inspected.metadata.version.normalized(),
    );
    match attempt(g, a, publish).await {
        Ok(published) => Ok(published),
        Err(refused) => Err(noted(g, a, subject, refused).await),
    }
}

async fn attempt(g: &Gallery, a: &Actor, publish: Publish) -> Result<Published, PushRefused> {
    let metadata = &publish.inspected.metadata;
    judge_before(g.reader(), g.now(), a, publish.owner, &metadata.id, &metadata.version).await?;
    let blob = match &publish.bytes {
        Bytes::Received(received) => {
            g.blobs().keep(received, g.now()).await?;
            received.reference()
        }
        Bytes::Kept(blob) => blob.clone(),
    };
    let mut tx = g.begin().await?;
    if let Err(refusal) = api_keys::check_still_good(&tx, a).await {
        return Err(named(tx.connection(), refusal).await.1);
    }
    let writing = Writing {
        owner: publish.owner,
        blob: &blob,
        inspected: &publish.inspected,
        listing: publish.listing,
        tell: publish.tell,
    };
    let (written, event) = write(&mut tx, a, &writing).await?;
    if let (Some(draft), Some(person)) = (publish.draft, a.account())
        && !store::drafts::delete(&tx, person, draft).await?
    {
        return Err(Error::conflict("This draft was published or discarded meanwhile.").into());
    }
    tx.commit(event).await?;
    // Whatever happens from now on, the version is there.
    g.feed().changed(&metadata.id.key());
    if let Bytes::Received(received) = &publish.bytes {
        // The sweeper may have removed equal bytes of an earlier, refused push between keeping and commit.
        g.blobs().keep(received, g.now()).await?;
    }
    Ok(Published {
        id: written.id,
        version: written.version,
        warnings: publish.inspected.warnings.iter().map(ToString::to_string).collect(),
    })
}

/// What a draft would meet if it were published now.
pub(crate) enum Foreseen {
    /// The id is new.
    NewId,
    /// The id is there.
    Existing {
        /// Its owners by name.
        owners: Vec<String>,
        /// What is in the way: the version, or the rights.
        blocked: Option<PushRefused>,
    },
}

/// Looks what a version would meet if the actor published it now.
pub(crate) async fn foresee(
    g: &Gallery,
    a: &Actor,
    id: &PackageId,
    version: &PackageVersion,
) -> Result<Foreseen, Error> {
    let Some(package) = store::packages::find(g.reader(), &id.key()).await? else {
        return Ok(Foreseen::NewId);
    };
    let owners = store::owners::of_package(g.reader(), package.id).await?;
    let names = owners.iter().map(|owner| owner.name.clone()).collect();
    let key = package.id;
    let target = Owned { package, owners };
    let judged = match rights::acting_for(g.reader(), g.now(), a, None, &target, Action::PublishVersion).await {
        Ok(_) => refuse_existing(g.reader(), key, id, version).await,
        Err(refused) => Err(refused),
    };
    match judged {
        Err(PushRefused::Internal(error)) => Err(error),
        judged => Ok(Foreseen::Existing {
            owners: names,
            blocked: judged.err(),
        }),
    }
}

/// Judges what the transaction will judge again, so that bytes are kept only for those who may publish them.
async fn judge_before<C: ConnectionTrait>(
    connection: &C,
    now: Timestamp,
    a: &Actor,
    owner: Option<AccountKey>,
    id: &PackageId,
    version: &PackageVersion,
) -> Result<(), PushRefused> {
    let Some(package) = store::packages::find(connection, &id.key()).await? else {
        rights::acting_for_new_id(connection, now, a, owner, id.as_str()).await?;
        return Ok(());
    };
    let owners = store::owners::of_package(connection, package.id).await?;
    let key = package.id;
    rights::acting_for(
        connection,
        now,
        a,
        owner,
        &Owned { package, owners },
        Action::PublishVersion,
    )
    .await?;
    refuse_existing(connection, key, id, version).await
}

/// The same version is there, equal but for case and build metadata, or was deleted: its number stays taken.
async fn refuse_existing<C: ConnectionTrait>(
    connection: &C,
    package: i64,
    id: &PackageId,
    version: &PackageVersion,
) -> Result<(), PushRefused> {
    if let Some(existing) = store::versions::full_version(connection, package, &version.key()).await? {
        return Err(exists(id, version, existing));
    }
    if store::deletions::is_deleted(connection, package, &version.key()).await? {
        return Err(PushRefused::VersionDeleted {
            id: id.as_str().to_owned(),
            version: version.full(),
        });
    }
    Ok(())
}

fn exists(id: &PackageId, version: &PackageVersion, existing: String) -> PushRefused {
    PushRefused::VersionExists {
        id: id.as_str().to_owned(),
        version: version.full(),
        existing,
    }
}

/// What [`write`] needs to know.
struct Writing<'a> {
    owner: Option<AccountKey>,
    blob: &'a BlobRef,
    inspected: &'a Inspected,
    listing: Listing,
    tell: Tell,
}

/// What [`write`] wrote.
pub(super) struct Written {
    pub(super) id: String,
    pub(super) version: String,
}

/// Writes a version with everything that follows from it, and returns the event to commit with. The rights are judged
/// here, in the transaction.
///
/// # Errors
/// The first reason against it.
async fn write(tx: &mut Tx, a: &Actor, writing: &Writing<'_>) -> Result<(Written, AuditEvent), PushRefused> {
    let metadata = &writing.inspected.metadata;
    let (right, package, owners) = right_to_publish(tx, a, writing.owner, &metadata.id).await?;
    refuse_existing(tx.connection(), package, &metadata.id, &metadata.version).await?;
    let row = NewVersion {
        package,
        inspected: writing.inspected,
        blob: writing.blob,
        listed: writing.listing == Listing::Listed,
        publisher: publisher(a, right.row()),
    };
    // Where two transactions see no version, the row that came first makes the other one yield.
    let Some(version) = store::versions::insert(tx, &right, &row).await? else {
        let existing = store::versions::full_version(tx.connection(), package, &metadata.version.key()).await?;
        return Err(exists(&metadata.id, &metadata.version, existing.unwrap_or_default()));
    };
    store::packages::count_versions(tx, &right, package, &metadata.id, 1).await?;
    latest::refresh(tx, package, version).await?;
    store::catalog::append(tx, Change::Details, &metadata.id.key(), &metadata.version.key()).await?;
    let written = Written {
        id: metadata.id.as_str().to_owned(),
        version: metadata.version.normalized(),
    };
    let mut event = AuditEvent::new(
        a,
        AuditAction::PackagePushed,
        Subject::version(written.id.as_str(), metadata.version.full()),
    )
    .on_behalf_of(right.account());
    for owner in &owners {
        event = event.in_trail_of(AccountKey(owner.id));
    }
    if writing.listing == Listing::Unlisted {
        event = event.after("unlisted");
    }
    if writing.tell == Tell::Owners {
        event = mails::published(tx, a, &right, &owners, &written, event).await?;
    }
    Ok((written, event))
}

/// The right to publish under an id, with the package's row locked. A new id gets its package and its owner.
async fn right_to_publish(
    tx: &Tx,
    a: &Actor,
    wanted: Option<AccountKey>,
    id: &PackageId,
) -> Result<(PublishRight, i64, Vec<account::Model>), PushRefused> {
    if let Some(package) = store::packages::lock(tx, &id.key()).await? {
        return right_to_existing(tx, a, wanted, package).await;
    }
    let right = rights::authorize_new_id(tx, a, wanted, id.as_str()).await?;
    if let Some(package) = store::packages::insert(tx, &right, id).await? {
        crate::prefixes::recompute(tx, &Among::Package(package)).await?;
        let owners = vec![right.row().clone()];
        return Ok((PublishRight::NewId(right), package, owners));
    }
    // Somebody else published the first version of this id meanwhile.
    match store::packages::lock(tx, &id.key()).await? {
        Some(package) => right_to_existing(tx, a, wanted, package).await,
        None => Err(Error::internal("a package that is neither there nor not").into()),
    }
}

async fn right_to_existing(
    tx: &Tx,
    a: &Actor,
    wanted: Option<AccountKey>,
    package: schema::entity::package::Model,
) -> Result<(PublishRight, i64, Vec<account::Model>), PushRefused> {
    let owners = store::owners::of_package(tx.connection(), package.id).await?;
    let key = package.id;
    let (right, owners) = rights::authorize::<PublishVersion>(tx, a, wanted, Owned { package, owners }).await?;
    Ok((PublishRight::Version(right), key, owners))
}

/// Who publishes: a person, or what an organization publishes with; nobody for the operator.
fn publisher(a: &Actor, owner: &account::Model) -> Publisher {
    let name = |holder: &KeyHolder| Some(holder.name.clone());
    match &a.who {
        Who::Person(person) => Publisher::person(person.account),
        Who::Key(holder) if holder.account.0 == owner.id && owner.kind == AccountKind::Organization.value() => {
            match holder.policy {
                Some(_) => Publisher {
                    workload: name(holder),
                    ..Publisher::default()
                },
                None => Publisher {
                    key: name(holder),
                    ..Publisher::default()
                },
            }
        }
        Who::Key(holder) => Publisher::person(holder.account),
        Who::Anonymous | Who::Operator | Who::System => Publisher::default(),
    }
}
