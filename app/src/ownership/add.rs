//! Adds an owner to a package.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Adds an owner, at once or by asking; a wrong name is told at the field.
#[server(prefix = "/rpc", endpoint = "/ownership/add")]
pub(crate) async fn add_owner(
    #[server(default)] id: String,
    #[server(default)] owner: String,
) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let new = gallery::ownership::add(&gallery, &actor, &id, &owner).await?;
    Ok(Done::say(match new.asked {
        gallery::ownership::Asked::Added => format!("{} is now an owner of {id}.", new.name),
        gallery::ownership::Asked::Requested => format!("{} is asked to own {id}.", new.name),
    }))
}
