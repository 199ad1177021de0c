//! Whether somebody can become the administrator: asked before the person is asked whether they are sure.

use crate::error::Failure;
use domain::form::{Done, Made};
use domain::links;
use domain::transformation::TransformForm;
use leptos::prelude::*;

/// Changes nothing; tells the administrator's name as it is written.
#[server(prefix = "/rpc", endpoint = "/transform/check")]
pub(crate) async fn check_administrator(#[server(default)] administrator: String) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let form = TransformForm { administrator };
    let name = gallery::transformations::check(&gallery, &actor, &form).await?;
    let done = Done::say(format!("{name} can become the administrator. Confirm it."));
    let page = links::profile(&name);
    let made = Some(Made { name, page });
    Ok(Done { made, ..done })
}
