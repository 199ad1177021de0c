//! Drafts as they are reviewed: what was read, who can own it, and what is in the way as things are.

use super::kept::Kept;
use crate::actor::Actor;
use crate::authorization::organizations_open_to;
use crate::error::Error;
use crate::packages::{Foreseen, foresee, rendered_apart, reserved_for};
use crate::store::drafts::Row;
use crate::{Gallery, store};
use domain::account::AccountKey;
use domain::package::metadata::{DependencyGroup, License};
use domain::permission::Action;
use domain::time::Timestamp;
use domain::upload::{DraftContent, DraftDependencies, DraftOwner, DraftReview, DraftView};

/// Organizations of a person that are offered as owners.
const ORGANIZATIONS: u64 = 1_000;

/// One draft of a person.
pub(super) async fn view_one(g: &Gallery, a: &Actor, person: AccountKey, key: i64) -> Result<DraftView, Error> {
    let row = store::drafts::find(g.reader(), person, key, g.now())
        .await?
        .ok_or(Error::NotFound)?;
    let mut views = view_all(g, a, person, vec![row]).await?;
    views.pop().ok_or(Error::NotFound)
}

/// Drafts of a person.
pub(super) async fn view_all(
    g: &Gallery,
    a: &Actor,
    person: AccountKey,
    rows: Vec<Row>,
) -> Result<Vec<DraftView>, Error> {
    let owners = offered_owners(g, a, person).await?;
    let mut views = Vec::with_capacity(rows.len());
    for row in rows {
        let content = match (&row.refused, &row.inspected) {
            (None, Some(json)) => {
                let review = review(g, a, person, &owners, Kept::parse(json)?).await?;
                DraftContent::Ready(Box::new(review))
            }
            (refused, _) => DraftContent::Refused(refused.clone().unwrap_or_default()),
        };
        views.push(DraftView {
            key: row.id,
            file_name: row.file_name,
            size: u64::try_from(row.size).unwrap_or_default(),
            uploaded: Timestamp::from_micros(row.created_at),
            content,
        });
    }
    Ok(views)
}

/// The accounts that are offered as owners of new ids: the person, then those of their organizations by name whose
/// policies let them publish there. One that is unconfirmed or locked is among them; whoever chooses it is told.
async fn offered_owners(g: &Gallery, a: &Actor, person: AccountKey) -> Result<Vec<(AccountKey, String)>, Error> {
    let open = organizations_open_to(g.reader(), a, person, Action::PublishNewId).await?;
    let mut owners = possible_owners(g, person).await?;
    owners.retain(|(key, _)| *key == person || open.iter().any(|open| open.key == key.0));
    Ok(owners)
}

/// The accounts that a person can name as owner: themselves, then their organizations by name.
pub(super) async fn possible_owners(g: &Gallery, person: AccountKey) -> Result<Vec<(AccountKey, String)>, Error> {
    let mut own = store::accounts::names(g.reader(), [person.0]).await?;
    let own_name = own.remove(&person.0).ok_or(Error::NotFound)?;
    let organizations = store::memberships::organizations_of(g.reader(), person, ORGANIZATIONS).await?;
    Ok(std::iter::once((person, own_name))
        .chain(
            organizations
                .into_iter()
                .map(|organization| (AccountKey(organization.key), organization.name)),
        )
        .collect())
}

async fn review(
    g: &Gallery,
    a: &Actor,
    person: AccountKey,
    owners: &[(AccountKey, String)],
    mut kept: Kept,
) -> Result<DraftReview, Error> {
    let metadata = &kept.metadata;
    let (owner, blocked) = match foresee(g, a, &metadata.id, &metadata.version).await? {
        Foreseen::NewId => {
            let allowed = allowed_owners(g, owners, metadata.id.as_str()).await?;
            kept.warnings.extend(allowed.warning);
            let owner = owner_of_new_id(g, person, &allowed.owners, metadata.id.as_str()).await?;
            (owner, allowed.blocked)
        }
        Foreseen::Existing { owners, blocked } => {
            (DraftOwner::Existing(owners), blocked.map(|refused| refused.to_string()))
        }
    };
    let readme_html = match kept.readme {
        Some(markdown) => rendered_apart(markdown).await?,
        None => String::new(),
    };
    let metadata = kept.metadata;
    Ok(DraftReview {
        id: metadata.id.as_str().to_owned(),
        version: metadata.version.normalized(),
        title: metadata.title.unwrap_or_default(),
        authors: metadata.authors,
        description: metadata.description,
        license: in_words(&metadata.license),
        project_url: metadata
            .project_url
            .map(|url| url.as_str().to_owned())
            .unwrap_or_default(),
        tags: metadata.tags,
        release_notes: metadata.release_notes.unwrap_or_default(),
        dependencies: metadata.dependency_groups.iter().map(dependencies).collect(),
        readme_html,
        icon: kept.icon.is_some(),
        warnings: kept.warnings,
        owner,
        blocked,
    })
}

/// The possible owners of a new id, and what reserved prefixes have against the others.
pub(super) struct Allowed {
    pub(super) owners: Vec<(AccountKey, String)>,
    /// Whom a prefix rules out, where there is somebody else.
    warning: Option<String>,
    /// Why nobody can own it.
    blocked: Option<String>,
}

/// Leaves those possible owners out who may not publish under the prefix of a new id.
pub(super) async fn allowed_owners(g: &Gallery, owners: &[(AccountKey, String)], id: &str) -> Result<Allowed, Error> {
    let mut allowed = Vec::new();
    let (mut out, mut reason) = (Vec::new(), None);
    for (key, name) in owners {
        match reserved_for(g.reader(), id, *key).await? {
            None => allowed.push((*key, name.clone())),
            Some(refused) => {
                out.push(name.as_str());
                reason = Some(refused.to_string());
            }
        }
    }
    if allowed.is_empty() {
        return Ok(Allowed {
            owners: owners.to_vec(),
            warning: None,
            blocked: reason,
        });
    }
    let warning = (!out.is_empty()).then(|| {
        let out = out.join(", ");
        format!("The id begins with a reserved prefix, so it cannot belong to: {out}.")
    });
    Ok(Allowed {
        owners: allowed,
        warning,
        blocked: None,
    })
}

fn in_words(license: &License) -> String {
    match license {
        License::None => String::new(),
        License::Expression(expression) => expression.clone(),
        License::File(path) => format!("In the file {path}"),
        License::Url(url) => url.as_str().to_owned(),
    }
}

fn dependencies(group: &DependencyGroup) -> DraftDependencies {
    DraftDependencies {
        framework: group
            .target_framework
            .as_ref()
            .map(|framework| framework.short().to_owned())
            .unwrap_or_default(),
        packages: group
            .dependencies
            .iter()
            .map(|dependency| format!("{} {}", dependency.id, dependency.range.human()))
            .collect(),
    }
}

/// One possible owner is text. Of several, the one for whom this person has published an id with the same first dotted
/// part is chosen at first.
async fn owner_of_new_id(
    g: &Gallery,
    person: AccountKey,
    owners: &[(AccountKey, String)],
    id: &str,
) -> Result<DraftOwner, Error> {
    if let [(_, only)] = owners {
        return Ok(DraftOwner::Only(only.clone()));
    }
    let first = id.split('.').next().unwrap_or(id).to_lowercase();
    let keys = owners.iter().map(|(key, _)| key.0).collect();
    let used = store::owners::last_owner_under(g.reader(), person, keys, &first).await?;
    Ok(DraftOwner::Choice {
        owners: owners.iter().map(|(_, name)| name.clone()).collect(),
        preselected: owners
            .iter()
            .find(|(key, _)| Some(*key) == used)
            .map(|(_, name)| name.clone()),
    })
}
