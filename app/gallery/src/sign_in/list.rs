//! The linked sign-ins of a person.

use crate::error::Error;
use crate::store;
use domain::account::AccountKey;
use domain::security::SignInRow;
use domain::session::SignInChoice;
use domain::time::Timestamp;
use schema::entity::identity;
use sea_orm::ConnectionTrait;

/// The sign-ins of an account, the oldest first. `here` is the one with which the asker's session began.
pub(crate) async fn list<C: ConnectionTrait>(
    connection: &C,
    account: AccountKey,
    here: Option<i64>,
    choices: &[SignInChoice],
) -> Result<Vec<SignInRow>, Error> {
    let linked = store::identities::of_account(connection, account).await?;
    let labels = labels(&linked, choices);
    let unlinkable = linked.len() > 1;
    Ok(linked
        .into_iter()
        .zip(labels)
        .map(|(identity, label)| SignInRow {
            key: identity.id,
            label,
            address: identity.email_key.unwrap_or_default(),
            linked: Timestamp::from_micros(identity.created_at),
            used: Timestamp::from_micros(identity.used_at),
            here: here == Some(identity.id),
            unlinkable,
        })
        .collect())
}

/// What each is called, so that no two are called alike: the provider, and from its second sign-in on a number.
fn labels(linked: &[identity::Model], choices: &[SignInChoice]) -> Vec<String> {
    let numbered = |(at, identity): (usize, &identity::Model)| {
        let same = |other: &&identity::Model| other.provider == identity.provider;
        let number = linked.iter().take(at).filter(same).count().saturating_add(1);
        let choice = choices.iter().find(|choice| choice.provider == identity.provider);
        let label = choice.map_or(identity.provider.as_str(), SignInChoice::provider_label);
        if number == 1 {
            label.to_owned()
        } else {
            format!("{label} {number}")
        }
    };
    linked.iter().enumerate().map(numbered).collect()
}
