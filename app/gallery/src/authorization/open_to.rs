//! Which organizations stand open to a person: what lists of organizations to act for show.

use super::standing::{Hold, account_by_key, standing_of_member, state_of};
use crate::actor::Actor;
use crate::error::Error;
use crate::store;
use crate::store::memberships::OwnOrganization;
use domain::account::AccountKey;
use domain::permission::{Action, Denied, PersonState, Question, decide};
use sea_orm::ConnectionTrait;

/// Organizations of a person that are looked at.
const ORGANIZATIONS: u64 = 1_000;

/// The organizations of the acting person, by name, in which no policy stands against an action. One that is
/// unconfirmed or locked is among them: whoever chooses it is told.
pub(crate) async fn organizations_open_to<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    person: AccountKey,
    action: Action,
) -> Result<Vec<OwnOrganization>, Error> {
    let mut own = store::memberships::organizations_of(connection, person, ORGANIZATIONS).await?;
    let Some(row) = account_by_key(connection, person, Hold::No).await? else {
        return Ok(Vec::new());
    };
    let rows = store::accounts::rows(connection, own.iter().map(|own| own.key)).await?;
    own.retain(|own| {
        rows.get(&own.key).is_some_and(|organization| {
            let question = Question {
                action,
                standing: standing_of_member(actor, &row, organization, own.role),
                account: state_of(organization),
                person: PersonState { locked: false },
                key: None,
                subject: None,
            };
            !matches!(decide(&question), Err(Denied::Policy(_)))
        })
    });
    Ok(own)
}
