//! Changes the selected versions of a package.

use crate::error::Failure;
use domain::form::Done;
use leptos::prelude::*;

/// Unlists, relists or deprecates the versions, or says that they are good again: all or none.
#[server(prefix = "/rpc", endpoint = "/packages/change-versions")]
pub(crate) async fn change_versions(
    #[server(default)] id: String,
    #[server(default)] versions: Vec<String>,
    #[server(default)] change: String,
    #[server(default)] legacy: String,
    #[server(default)] critical_bugs: String,
    #[server(default)] other: String,
    #[server(default)] message: String,
    #[server(default)] alternate_id: String,
    #[server(default)] alternate_version: String,
) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let form = domain::package::deprecation::VersionsForm {
        id,
        versions,
        change,
        legacy,
        critical_bugs,
        other,
        message,
        alternate_id,
        alternate_version,
    };
    let changed = gallery::packages::change_versions(&gallery, &actor, form).await?;
    Ok(done(&changed))
}

#[cfg(feature = "ssr")]
fn done(changed: &gallery::packages::VersionsChanged) -> Done {
    use crate::ui::number::counted;
    use domain::package::deprecation::VersionsChange;
    let what = match changed.versions.as_slice() {
        [only] => format!("{} {only}", changed.id),
        many => format!(
            "{} of {}",
            counted(many.len() as u64, "version", "versions"),
            changed.id
        ),
    };
    match changed.change {
        VersionsChange::Unlist => Done::say(format!("Unlisted: {what}.")),
        VersionsChange::Relist => Done::say(format!("Listed again: {what}.")),
        VersionsChange::Undeprecate => Done::say(format!("Not deprecated any more: {what}.")),
        // The panel for one version is an address of its own, which is left with this.
        VersionsChange::Deprecate(_) => Done::go(
            domain::links::manage_package(&changed.id),
            format!("Deprecated: {what}."),
        ),
    }
}
