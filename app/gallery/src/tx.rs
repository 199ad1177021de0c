//! The writing transaction: begin, authorize, check, write, commit with an audit event.

use crate::Gallery;
use crate::audit::AuditEvent;
use crate::database::{Lasting, Turn};
use crate::error::Error;
use crate::jobs::Job;
use domain::time::Timestamp;
use schema::entity::job;
use sea_orm::{ActiveValue::Set, DatabaseTransaction, EntityTrait};

/// A transaction that writes. Dropped without a commit, it leaves no trace.
pub struct Tx {
    transaction: DatabaseTransaction,
    gallery: Gallery,
    now: Timestamp,
    asked_for_work: bool,
    lasting: Lasting,
    /// Given on when the transaction has ended: fields are dropped in their order.
    _turn: Turn,
}

/// What changes without an entry in the trail, because it is no change of the gallery's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bookkeeping {
    /// A sign-in on its way, a registration that waits, a session's last use.
    SignIn,
    /// A form's outcome that is shown once.
    Outcome,
    /// An uploaded file that is not published.
    Draft,
    /// A job done, failed or put off.
    Job,
    /// A notification read.
    Notification,
    /// When a key was last used.
    LastUse,
    /// That the holders of a key were told of its end.
    KeyExpiry,
    /// Downloads, added up.
    Downloads,
    /// Something that ended by its time is removed.
    Sweep,
    /// The development identity provider remembers a person.
    DevelopmentIdentity,
}

impl Gallery {
    /// Begins a writing transaction. On SQLite it is the only one, so nothing slow may happen inside: no hashing of
    /// files, no blobs, no network.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away, or no connection became free in time.
    pub async fn begin(&self) -> Result<Tx, Error> {
        self.begin_as(Lasting::Durable).await
    }

    /// Begins one for bookkeeping that is done again if the machine loses its power meanwhile: it need not wait for the
    /// disk.
    ///
    /// # Errors
    /// As [`Gallery::begin`].
    pub(crate) async fn begin_relaxed(&self) -> Result<Tx, Error> {
        self.begin_as(Lasting::Relaxed).await
    }

    async fn begin_as(&self, lasting: Lasting) -> Result<Tx, Error> {
        let (transaction, turn) = self.connections().begin(lasting).await?;
        Ok(Tx {
            transaction,
            gallery: self.clone(),
            now: self.now(),
            asked_for_work: false,
            lasting,
            _turn: turn,
        })
    }
}

impl Tx {
    /// The moment at which this transaction began: every row it writes carries the same one.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// For `store`: where queries run.
    pub(crate) const fn connection(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// Asks for work to be done after the commit, at least once.
    ///
    /// # Errors
    /// When the row cannot be written.
    pub(crate) async fn after_commit(&mut self, work: &Job) -> Result<(), Error> {
        let row = job::ActiveModel {
            kind: Set(work.kind().to_owned()),
            payload: Set(serde_json::to_string(work)?),
            attempts: Set(0),
            run_at: Set(self.now.micros()),
            created_at: Set(self.now.micros()),
            ..Default::default()
        };
        job::Entity::insert(row)
            .exec_without_returning(&self.transaction)
            .await?;
        self.asked_for_work = true;
        Ok(())
    }

    /// Ends the transaction: the change and its event become true together.
    ///
    /// # Errors
    /// When the event cannot be written or the database refuses; nothing was done then.
    pub async fn commit(self, event: AuditEvent) -> Result<(), Error> {
        self.commit_all(vec![event]).await
    }

    /// Ends a transaction in which several things happened.
    ///
    /// # Errors
    /// As [`Tx::commit`]; also when there is no event at all.
    pub async fn commit_all(self, events: Vec<AuditEvent>) -> Result<(), Error> {
        if events.is_empty() {
            return Err(Error::internal("a transaction without an audit event"));
        }
        if self.lasting == Lasting::Relaxed {
            return Err(Error::internal("an audit event in a transaction that may be lost"));
        }
        let changes = crate::audit::append(&self, events).await?;
        let gallery = self.gallery.clone();
        self.end().await?;
        gallery.hub().tell(changes);
        Ok(())
    }

    /// Ends a transaction that changed nothing which the trail is about.
    ///
    /// # Errors
    /// When the database refuses; nothing was done then.
    pub async fn commit_bookkeeping(self, _what: Bookkeeping) -> Result<(), Error> {
        self.end().await
    }

    async fn end(self) -> Result<(), Error> {
        self.transaction.commit().await?;
        self.gallery.sealer().wake();
        if self.asked_for_work {
            self.gallery.workers().wake();
        }
        Ok(())
    }
}
