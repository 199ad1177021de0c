//! The pages "Trusted publishing" of a person and of an organization.

use super::state::state;
use super::{label_of, workload_of};
use crate::accounts::{acting_person, name_in_address};
use crate::actor::Actor;
use crate::authorization::{Authorized, SeeAccountKeys, may_read, organizations_open_to};
use crate::error::Error;
use crate::organizations::head_of;
use crate::store::of_members::OfMember;
use crate::store::publishing_policies as policies;
use crate::{Gallery, store};
use domain::page::Place;
use domain::permission::{Action, Glob};
use domain::time::Timestamp;
use domain::trusted_publishing::{
    MOST_POLICIES, MemberPolicyRow, OrganizationPoliciesPage, PoliciesOfOrganization, PolicyRow, PolicyState,
    TrustedPublishingPage,
};
use schema::entity::publishing_policy;
use std::collections::HashMap;

/// The most organizations of a person that are looked at.
const ORGANIZATIONS: u64 = 1_000;

/// What stands for the name of somebody who has none any more.
const DELETED: &str = "a deleted account";

/// A person's policies, newest first, and the accounts for which they may make more.
///
/// # Errors
/// A request to sign in, or when the database fails.
pub async fn mine(g: &Gallery, a: &Actor) -> Result<TrustedPublishingPage, Error> {
    let person = acting_person(a)?;
    let rows = policies::of_account(g.reader(), person, MOST_POLICIES).await?;
    let organizations = store::memberships::organizations_of(g.reader(), person, ORGANIZATIONS).await?;
    let roles: HashMap<i64, _> = organizations.iter().map(|one| (one.key, one.role)).collect();
    let concerned = rows.iter().map(|row| row.owner_id).chain([person.0]);
    let accounts = store::accounts::rows(g.reader(), concerned).await?;
    let oneself = accounts.get(&person.0).ok_or(Error::NotFound)?;
    let policies = rows
        .iter()
        .filter_map(|row| {
            let owner = accounts.get(&row.owner_id)?;
            let role = roles.get(&row.owner_id).copied();
            let state = state(g, row, oneself, owner, role);
            Some(view(g, row, state, owner.name.clone(), String::new()))
        })
        .collect();
    let open = organizations_open_to(g.reader(), a, person, Action::CreateKeyForAccount).await?;
    let owners = std::iter::once(oneself.name.clone())
        .chain(open.into_iter().map(|organization| organization.name))
        .collect();
    Ok(TrustedPublishingPage {
        name: oneself.name.clone(),
        policies,
        owners,
        providers: g.settings().workload_providers.clone(),
    })
}

/// An organization's policies and, page by page, those of its members for it; collaborators get the names of the first
/// alone.
///
/// # Errors
/// [`Error::NotFound`] for everybody but members.
pub async fn of_organization(
    g: &Gallery,
    a: &Actor,
    organization: &str,
    place: Place,
) -> Result<OrganizationPoliciesPage, Error> {
    let name = name_in_address(a, organization)?;
    let authorized = may_read::<SeeAccountKeys, _>(g.reader(), a, &name)
        .await?
        .of_organization()?;
    let rows = policies::of_account(g.reader(), authorized.account(), MOST_POLICIES).await?;
    let policies = if Action::ManageAccountKeys.allows(authorized.standing()) {
        let members = policies::of_members(g.reader(), &authorized, &place).await?;
        PoliciesOfOrganization::Managed {
            own: own(g, &authorized, &rows).await?,
            providers: g.settings().workload_providers.clone(),
            members: members.map(|policy| member_policy(g, &policy, &authorized)),
        }
    } else {
        PoliciesOfOrganization::Names(rows.into_iter().map(|row| row.name).collect())
    };
    Ok(OrganizationPoliciesPage {
        head: head_of(&authorized),
        policies,
    })
}

/// The organization's own policies, each with who made it.
async fn own(
    g: &Gallery,
    authorized: &Authorized<SeeAccountKeys>,
    rows: &[publishing_policy::Model],
) -> Result<Vec<PolicyRow>, Error> {
    let organization = authorized.row();
    let names = store::accounts::names(g.reader(), rows.iter().filter_map(|row| row.created_by)).await?;
    let maker = |row: &publishing_policy::Model| {
        let name = row.created_by.and_then(|key| names.get(&key));
        name.cloned().unwrap_or_else(|| DELETED.to_owned())
    };
    Ok(rows
        .iter()
        .map(|row| {
            let state = state(g, row, organization, organization, None);
            view(g, row, state, String::new(), maker(row))
        })
        .collect())
}

fn member_policy(
    g: &Gallery,
    policy: &OfMember<publishing_policy::Model>,
    organization: &Authorized<SeeAccountKeys>,
) -> MemberPolicyRow {
    let OfMember { row, member, role } = policy;
    MemberPolicyRow {
        key: row.id,
        name: row.name.clone(),
        member: member.name.clone(),
        workload: workload_of(g, row),
        scopes: policies::scopes(row),
        globs: globs(row),
        last_used: row.last_used_at.map(Timestamp::from_micros),
        state: state(g, row, member, organization.row(), Some(*role)),
    }
}

fn view(
    g: &Gallery,
    row: &publishing_policy::Model,
    state: PolicyState,
    owner: String,
    created_by: String,
) -> PolicyRow {
    let unused = policies::binding(row).is_none();
    PolicyRow {
        key: row.id,
        name: row.name.clone(),
        owner,
        provider: row.provider.clone(),
        provider_label: label_of(g, row).to_owned(),
        repository_owner: row.repository_owner.clone(),
        repository: row.repository.clone(),
        workflow: row.workflow.clone(),
        environment: row.environment.clone(),
        scopes: policies::scopes(row),
        globs: globs(row),
        created_by,
        created: Timestamp::from_micros(row.created_at),
        last_used: row.last_used_at.map(Timestamp::from_micros),
        state,
        can_be_activated: !row.cut_off && (unused || row.suspended) && state != PolicyState::NotAMember,
    }
}

fn globs(row: &publishing_policy::Model) -> Vec<String> {
    let globs = policies::globs(row);
    globs.iter().map(|glob: &Glob| glob.as_str().to_owned()).collect()
}
