//! Changes the selected packages of an organization.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Moves the packages to another owner, or unlists them: all or none.
#[server(prefix = "/rpc", endpoint = "/ownership/change-packages")]
pub(crate) async fn change_packages(
    #[server(default)] organization: String,
    #[server(default)] ids: Vec<String>,
    #[server(default)] change: String,
    #[server(default)] owner: String,
) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let form = domain::ownership::PackagesForm { ids, change, owner };
    let changed = gallery::ownership::change_packages(&gallery, &actor, &organization, form).await?;
    Ok(Done::say(in_words(changed)))
}

#[cfg(feature = "ssr")]
fn in_words(changed: gallery::ownership::PackagesChanged) -> String {
    use crate::ui::number::counted;
    use gallery::ownership::PackagesChanged;
    let packages = |count: usize| counted(count as u64, "package", "packages");
    match changed {
        PackagesChanged::Unlisted(count) => format!("{} unlisted.", packages(count)),
        PackagesChanged::Moved { owner, moved, asked: 0 } => format!("{} moved to {owner}.", packages(moved)),
        PackagesChanged::Moved { owner, moved: 0, asked } => format!("{owner} is asked to own {}.", packages(asked)),
        PackagesChanged::Moved { owner, moved, asked } => {
            format!(
                "{} moved to {owner}, who is asked to own {} more.",
                packages(moved),
                asked
            )
        }
    }
}
