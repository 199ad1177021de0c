//! The table `development_identities`.

use crate::development::DevelopmentPerson;
use crate::error::Error;
use crate::tx::Tx;
use domain::account::EmailAddress;
use schema::entity::development_identity;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

/// The person of a name, whatever its case.
pub(crate) async fn find<C: ConnectionTrait>(connection: &C, name: &str) -> Result<Option<DevelopmentPerson>, Error> {
    let row = development_identity::Entity::find_by_id(name.to_lowercase())
        .one(connection)
        .await?;
    row.map(|row| {
        Ok(DevelopmentPerson {
            subject: row.subject,
            name: row.name,
            email: EmailAddress::parse(&row.email).map_err(|_| Error::internal("a kept address is malformed"))?,
        })
    })
    .transpose()
}

/// Keeps a person; whoever has the name already stays.
pub(crate) async fn find_or_insert(tx: &Tx, new: DevelopmentPerson) -> Result<DevelopmentPerson, Error> {
    let row = development_identity::ActiveModel {
        name_key: Set(new.name.to_lowercase()),
        name: Set(new.name.clone()),
        subject: Set(new.subject.clone()),
        email: Set(new.email.to_string()),
    };
    development_identity::Entity::insert(row)
        .on_conflict(
            OnConflict::column(development_identity::Column::NameKey)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(tx.connection())
        .await?;
    Ok(find(tx.connection(), &new.name).await?.unwrap_or(new))
}
