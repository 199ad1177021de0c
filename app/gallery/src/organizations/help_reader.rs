//! For whom a page of help is written.

use crate::actor::{Actor, Who};
use crate::error::Error;
use crate::{Gallery, store};
use domain::organization::HelpReader;

/// Organizations that are offered at most.
const ORGANIZATIONS: u64 = 1_000;

/// The reader's organizations and, of these, the wanted one or else the first. Whoever is not signed in has none, and
/// what a stranger wants is nothing.
///
/// # Errors
/// When the database fails.
pub async fn help_reader(g: &Gallery, a: &Actor, wanted: &str) -> Result<HelpReader, Error> {
    let Who::Person(person) = &a.who else {
        return Ok(HelpReader::default());
    };
    let own = store::memberships::organizations_of(g.reader(), person.account, ORGANIZATIONS).await?;
    let organizations: Vec<String> = own.into_iter().map(|own| own.name).collect();
    let chosen = organizations
        .iter()
        .find(|name| name.eq_ignore_ascii_case(wanted))
        .or(organizations.first())
        .cloned();
    Ok(HelpReader { organizations, chosen })
}
