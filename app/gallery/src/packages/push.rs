//! Publishes what a client pushed.

use super::admit::noted;
use super::inspect::{Inspection, inspect};
use super::listing::Listing;
use super::publish::{Bytes, Publish, Published, Tell, publish};
use super::refusal::PushRefused;
use crate::Gallery;
use crate::actor::Actor;
use crate::audit::Subject;
use crate::blobs::StoredBlob;

/// Inspects and publishes a package that was received, for the owner that the actor's key names.
///
/// # Errors
/// The first reason against it. What is refused to somebody who is known stands in the trail.
pub async fn push(g: &Gallery, a: &Actor, received: StoredBlob) -> Result<Published, PushRefused> {
    let inspected = match inspect(g, &received).await? {
        Inspection::Good(inspected) => *inspected,
        Inspection::Bad(refused) => return Err(noted(g, a, Subject::default(), refused).await),
    };
    let wanted = Publish {
        owner: None,
        bytes: Bytes::Received(received),
        inspected,
        listing: Listing::Listed,
        tell: Tell::Owners,
        draft: None,
    };
    publish(g, a, wanted).await
}
