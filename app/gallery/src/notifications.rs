//! What people are told in the application. A notification is written with the event that causes it.

use crate::accounts::acting_person;
use crate::actor::Actor;
use crate::error::Error;
use crate::tx::Bookkeeping;
use crate::{Gallery, store};
use domain::links::LocalPath;
use domain::notification::NotificationRow;
use domain::page::{Page, Place};
use domain::time::Timestamp;

/// The person's notifications, newest first, 50 at a time.
///
/// # Errors
/// [`domain::permission::Denied::SignIn`] when nobody is signed in.
pub async fn list(g: &Gallery, a: &Actor, place: Place) -> Result<Page<NotificationRow>, Error> {
    let person = acting_person(a)?;
    let page = store::notifications::page(g.reader(), person, &place).await?;
    Ok(page.map(|row| NotificationRow {
        text: row.text,
        link: LocalPath::parse(&row.link).unwrap_or_else(LocalPath::home),
        time: Timestamp::from_micros(row.created_at),
        read: row.read_at.is_some(),
    }))
}

/// The person has seen them all.
///
/// # Errors
/// [`domain::permission::Denied::SignIn`] when nobody is signed in.
pub async fn mark_all_read(g: &Gallery, a: &Actor) -> Result<(), Error> {
    let person = acting_person(a)?;
    let tx = g.begin().await?;
    store::notifications::mark_all_read(&tx, person).await?;
    tx.commit_bookkeeping(Bookkeeping::Notification).await
}
