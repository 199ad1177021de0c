//! Which files a package must have, and which folder names it must not.

use crate::archive::Entry;
use crate::bad_package::BadPackage;
use domain::package::{FrameworkProblem, TargetFramework};

/// The one nuspec, at the root. Its name is not the package's: clients take whichever there is.
pub(crate) fn find_nuspec(entries: &[Entry]) -> Result<&Entry, BadPackage> {
    let mut nuspecs = entries.iter().filter(|entry| is_nuspec(entry.path()));
    match (nuspecs.next(), nuspecs.next()) {
        (None, _) => Err(BadPackage::NoNuspec),
        (Some(first), Some(second)) => Err(BadPackage::SeveralNuspecs {
            first: first.path().to_owned(),
            second: second.path().to_owned(),
        }),
        (Some(nuspec), None) if nuspec.path().contains('/') => Err(BadPackage::NuspecInFolder {
            path: nuspec.path().to_owned(),
        }),
        (Some(nuspec), None) => Ok(nuspec),
    }
}

fn is_nuspec(path: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("nuspec"))
}

/// A folder for a portable framework must not name a framework with a profile: clients cannot tell the hyphens apart.
pub(crate) fn check_portable_folders(entries: &[Entry]) -> Result<(), BadPackage> {
    for entry in entries {
        let mut parts = entry.path().split('/');
        let (Some("lib" | "ref"), Some(folder), Some(_)) = (parts.next(), parts.next(), parts.next()) else {
            continue;
        };
        if let Err(problem @ FrameworkProblem::PortableProfile(_)) = TargetFramework::parse(folder) {
            return Err(problem.into());
        }
    }
    Ok(())
}
