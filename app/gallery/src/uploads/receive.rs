//! Makes a draft of an uploaded file.

use super::kept::Kept;
use super::review::view_one;
use crate::accounts::acting_person;
use crate::actor::Actor;
use crate::authorization::{Authorized, Hold, PublishNewId, account_by_key};
use crate::blobs::StoredBlob;
use crate::error::Error;
use crate::packages::{Inspection, inspect};
use crate::store::drafts::NewDraft;
use crate::tx::{Bookkeeping, Tx};
use crate::{Gallery, store};
use domain::account::AccountKey;
use domain::form::{UiError, UiErrorKind};
use domain::size::Bytes;
use domain::upload::DraftView;

/// The longest name of a file that is kept, in characters.
const FILE_NAME: usize = 200;

/// Whether the limits on drafts bind this client (product contract, section 10).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftLimits {
    /// They do.
    Bind,
    /// They do not: a loopback client while the development identity is on.
    Off,
}

/// Reads a received file and keeps it as a draft of its uploader: one that can be published, or one that tells why not.
///
/// # Errors
/// [`Error::Denied`] when the person is unconfirmed or locked; a refusal when there are too many drafts.
pub async fn receive(
    g: &Gallery,
    a: &Actor,
    file_name: &str,
    received: StoredBlob,
    limits: DraftLimits,
) -> Result<DraftView, Error> {
    let person = acting_person(a)?;
    // Before anything is kept, so that nobody fills the store with what is refused afterwards.
    drop(room(g, a, person, received.size, limits).await?);
    let inspection = inspect(g, &received).await?;
    if matches!(inspection, Inspection::Good(_)) {
        g.blobs().keep(&received, g.now()).await?;
    }
    let (tx, right) = room(g, a, person, received.size, limits).await?;
    let (refused, inspected, icon) = match inspection {
        Inspection::Good(inspected) => {
            let kept = serde_json::to_string(&Kept::of(&inspected))?;
            (None, Some(kept), inspected.icon.map(|icon| icon.bytes))
        }
        Inspection::Bad(refused) => (Some(refused.to_string()), None, None),
    };
    let blob = received.reference();
    let new = NewDraft {
        file_name: &tidy(file_name),
        blob: &blob,
        refused: refused.as_deref(),
        inspected,
        icon,
        expires: tx.now().plus_days(g.settings().limits.draft_days),
    };
    let key = store::drafts::insert(&tx, &right, new).await?;
    tx.commit_bookkeeping(Bookkeeping::Draft).await?;
    if refused.is_none() {
        // The sweeper may have removed equal bytes of an earlier upload between keeping and commit.
        g.blobs().keep(&received, g.now()).await?;
    }
    view_one(g, a, person, key).await
}

/// A transaction in which the person may keep one more draft.
async fn room(
    g: &Gallery,
    a: &Actor,
    person: AccountKey,
    size: u64,
    limits: DraftLimits,
) -> Result<(Tx, Authorized<PublishNewId>), Error> {
    let tx = g.begin().await?;
    // Alone, so that of several uploads at once only one takes the last place.
    account_by_key(tx.connection(), person, Hold::Alone).await?;
    let right = tx.authorize_key::<PublishNewId>(a, person).await?;
    if limits == DraftLimits::Bind {
        refuse_too_many(g, &tx, person, size).await?;
    }
    Ok((tx, right))
}

async fn refuse_too_many(g: &Gallery, tx: &Tx, person: AccountKey, size: u64) -> Result<(), Error> {
    let limits = &g.settings().limits;
    let (drafts, bytes) = store::drafts::used(tx, person).await?;
    let too_many = |sentence: String| Err(Error::Refused(UiError::new(UiErrorKind::TooMany, sentence)));
    if drafts >= limits.drafts {
        too_many(format!(
            "You have {drafts} uploads that wait. Publish or discard some of them first."
        ))
    } else if bytes.saturating_add(size) > limits.draft_bytes {
        too_many(format!(
            "Your uploads that wait may have {} together. Publish or discard some of them first.",
            Bytes(limits.draft_bytes)
        ))
    } else {
        Ok(())
    }
}

/// The name without folders and control characters.
fn tidy(file_name: &str) -> String {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control()).take(FILE_NAME).collect();
    if name.trim().is_empty() {
        "package.nupkg".to_owned()
    } else {
        name
    }
}
