//! The workers: take what is due, do it, remove it; put off what failed, longer each time. What they note about a job may be
//! lost with the machine's power: the job is done once more then, which must look like once.

use super::work::Job;
use crate::Gallery;
use crate::error::Error;
use crate::tx::Bookkeeping;
use domain::time::Timestamp;
use schema::entity::job;
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

/// How long a worker may take before another one tries.
const LEASE_SECONDS: i64 = 60;

/// The longest pause between two tries, in seconds.
const LONGEST_PAUSE: i64 = 600;

/// A worker begins no job when less than this is left of its lease, in seconds: a mail server may take its time, and a job
/// whose lease is over is another worker's.
const LEASE_LEFT: i64 = 25;

/// How often the store is swept: once in that many minutes. Sweeping it means listing it.
const MINUTES_BETWEEN_STORE_SWEEPS: u32 = 15;

/// Wakes the workers after a commit.
#[derive(Clone, Default)]
pub(crate) struct Workers {
    notify: Arc<Notify>,
}

impl Workers {
    /// There is something to do.
    pub(crate) fn wake(&self) {
        self.notify.notify_one();
    }
}

/// The gallery's background tasks; they end when told to.
pub struct Background {
    tasks: JoinSet<()>,
    stop: watch::Sender<bool>,
}

impl Background {
    /// Lets every task finish what it is at, and ends it.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        while self.tasks.join_next().await.is_some() {}
    }
}

/// Starts the workers, the sealer, the sweeper, and what the feed needs.
#[must_use]
pub fn start_background(gallery: &Gallery) -> Background {
    let (stop, stopped) = watch::channel(false);
    let mut tasks = JoinSet::new();
    tasks.spawn(work(gallery.clone(), stopped.clone()));
    tasks.spawn(seal(gallery.clone(), stopped.clone()));
    tasks.spawn(sweep(gallery.clone(), stopped.clone()));
    tasks.spawn(crate::live::watch(gallery.clone(), stopped.clone()));
    tasks.spawn(crate::feed::follow(gallery.clone(), stopped.clone()));
    tasks.spawn(crate::feed::flush_regularly(gallery.clone(), stopped));
    Background { tasks, stop }
}

async fn work(gallery: Gallery, mut stopped: watch::Receiver<bool>) {
    loop {
        match gallery.do_due_work().await {
            Ok(0) => {}
            Ok(_) if !*stopped.borrow() => continue,
            Ok(_) => return,
            Err(error) => tracing::warn!(%error, "jobs cannot be read"),
        }
        tokio::select! {
            () = gallery.workers().notify.notified() => {}
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
            _ = stopped.changed() => return,
        }
    }
}

async fn seal(gallery: Gallery, mut stopped: watch::Receiver<bool>) {
    loop {
        if let Err(error) = crate::audit::seal(&gallery).await {
            tracing::warn!(%error, "the audit trail cannot be sealed now");
        }
        tokio::select! {
            () = gallery.sealer().woken() => {}
            () = tokio::time::sleep(Duration::from_secs(5)) => {}
            _ = stopped.changed() => return,
        }
    }
}

async fn sweep(gallery: Gallery, mut stopped: watch::Receiver<bool>) {
    let mut minutes: u32 = 0;
    loop {
        let swept = match minutes % MINUTES_BETWEEN_STORE_SWEEPS {
            0 => crate::sweep::sweep(&gallery).await,
            _ => crate::sweep::sweep_rows(&gallery).await,
        };
        minutes = minutes.wrapping_add(1);
        if let Err(error) = swept {
            tracing::warn!(%error, "what has ended cannot be swept now");
        }
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(60)) => {}
            _ = stopped.changed() => return,
        }
    }
}

impl Gallery {
    /// Does everything that is due; returns how many jobs were tried.
    ///
    /// # Errors
    /// When the database fails. A job's own failure is noted in its row and tried again later.
    pub async fn do_due_work(&self) -> Result<usize, Error> {
        let (due, until) = lease(self).await?;
        let mut tried = 0;
        for row in &due {
            if self.now() >= until.plus_seconds(-LEASE_LEFT) {
                give_back(self, due.iter().skip(tried)).await?;
                break;
            }
            tried += 1;
            let result = match serde_json::from_str::<Job>(&row.payload) {
                Ok(Job::Mail(mail)) => self.mailer().send(&mail, row.id, row.created_at).await,
                Ok(Job::RemoveBytes { key }) => crate::blobs::remove_unused(self, key).await,
                Err(error) => Err(error.into()),
            };
            let tx = self.begin_relaxed().await?;
            match result {
                Ok(()) => {
                    job::Entity::delete_by_id(row.id).exec(tx.connection()).await?;
                }
                Err(error) => {
                    tracing::warn!(job = row.id, kind = row.kind, attempt = row.attempts + 1, %error, "job put off");
                    let pause = LONGEST_PAUSE.min(1_i64 << row.attempts.clamp(0, 10));
                    job::Entity::update_many()
                        .col_expr(job::Column::Attempts, Expr::value(row.attempts.saturating_add(1)))
                        .col_expr(job::Column::RunAt, Expr::value(tx.now().plus_seconds(pause).micros()))
                        .col_expr(job::Column::LeasedUntil, Expr::value(Option::<i64>::None))
                        .col_expr(job::Column::LastError, Expr::value(error.to_string()))
                        .filter(job::Column::Id.eq(row.id))
                        .exec(tx.connection())
                        .await?;
                }
            }
            tx.commit_bookkeeping(Bookkeeping::Job).await?;
        }
        Ok(tried)
    }
}

/// Takes some jobs that are due, so that no other node does them meanwhile.
async fn lease(gallery: &Gallery) -> Result<(Vec<job::Model>, Timestamp), Error> {
    let now = gallery.now();
    let until = now.plus_seconds(LEASE_SECONDS);
    let free = Condition::any()
        .add(job::Column::LeasedUntil.is_null())
        .add(job::Column::LeasedUntil.lt(now.micros()));
    let due = job::Entity::find()
        .filter(job::Column::RunAt.lte(now.micros()))
        .filter(free)
        .order_by_asc(job::Column::RunAt)
        .order_by_asc(job::Column::Id)
        .limit(20);
    // A look without the write lock: mostly there is nothing.
    if due.clone().one(gallery.reader()).await?.is_none() {
        return Ok((Vec::new(), until));
    }
    let tx = gallery.begin_relaxed().await?;
    let due = match tx.connection().get_database_backend() {
        DbBackend::Postgres => due.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked),
        _ => due,
    };
    let rows = due.all(tx.connection()).await?;
    job::Entity::update_many()
        .col_expr(job::Column::LeasedUntil, Expr::value(until.micros()))
        .filter(job::Column::Id.is_in(rows.iter().map(|row| row.id)))
        .exec(tx.connection())
        .await?;
    tx.commit_bookkeeping(Bookkeeping::Job).await?;
    Ok((rows, until))
}

/// Leaves jobs that were not begun to whoever comes next.
async fn give_back<'a>(gallery: &Gallery, jobs: impl Iterator<Item = &'a job::Model>) -> Result<(), Error> {
    let tx = gallery.begin_relaxed().await?;
    job::Entity::update_many()
        .col_expr(job::Column::LeasedUntil, Expr::value(Option::<i64>::None))
        .filter(job::Column::Id.is_in(jobs.map(|job| job.id)))
        .exec(tx.connection())
        .await?;
    tx.commit_bookkeeping(Bookkeeping::Job).await
}
