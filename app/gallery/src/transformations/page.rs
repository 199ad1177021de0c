//! The page "Transform your account into an organization".

use super::obstacle::obstacle;
use crate::accounts::acting_person;
use crate::actor::Actor;
use crate::authorization::{Hold, account_by_key};
use crate::error::Error;
use crate::{Gallery, store};
use domain::permission::Denied;
use domain::transformation::{ObstacleView, TransformPage};

/// What the person's own account may become, and what it has asked for.
///
/// # Errors
/// [`Denied::SignIn`] when nobody is signed in.
pub async fn page(g: &Gallery, a: &Actor) -> Result<TransformPage, Error> {
    let person = acting_person(a)?;
    let account = account_by_key(g.reader(), person, Hold::No)
        .await?
        .ok_or(Denied::SignIn)?;
    let obstacle = obstacle(g.reader(), &account, g.now()).await?;
    Ok(TransformPage {
        name: account.name,
        obstacle: obstacle.map(ObstacleView::from),
        pending: store::transformations::pending(g.reader(), person, g.now()).await?,
    })
}
