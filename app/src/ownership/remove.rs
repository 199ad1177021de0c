//! Takes an owner away from a package.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Removes an owner, oneself too.
#[server(prefix = "/rpc", endpoint = "/ownership/remove")]
pub(crate) async fn remove_owner(
    #[server(default)] id: String,
    #[server(default)] owner: String,
) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let removed = gallery::ownership::remove(&gallery, &actor, &id, &owner).await?;
    Ok(Done::say(format!("{removed} does not own {id} any more.")))
}
