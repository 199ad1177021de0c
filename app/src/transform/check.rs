//! Whether somebody can become the administrator: asked before the person is asked whether they are sure.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Changes nothing; tells the administrator's name as it is written.
#[server(prefix = "/rpc", endpoint = "/transform/check")]
pub(crate) async fn check_administrator(#[server(default)] administrator: String) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let form = domain::transformation::TransformForm { administrator };
    let name = gallery::transformations::check(&gallery, &actor, &form).await?;
    let done = Done::say(format!("{name} can become the administrator. Confirm it."));
    let page = domain::links::profile(&name);
    let made = Some(domain::form::Made { name, page });
    Ok(Done { made, ..done })
}
