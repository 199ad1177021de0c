//! Search in SQL: every word must be in the text that is searched, and the order tells how well it fits.

use super::versions::Among;
use crate::error::Error;
use crate::packages::search_text::{Part, escape, pattern};
use crate::search::{Field, Terms};
use domain::profile::SortBy;
use schema::entity::{account, package, package_owner};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, LikeExpr, Query, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, Order, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

/// A search whose words are read.
pub(crate) struct Wanted {
    pub(crate) terms: Terms,
    /// Only tokens of the id count, for completing what is typed.
    pub(crate) tokens_only: bool,
    pub(crate) among: Among,
    pub(crate) package_type: String,
    pub(crate) sort: SortBy,
    pub(crate) skip: u64,
    pub(crate) take: u64,
}

/// A package that fits, with the version to show.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct Found {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) downloads: i64,
    pub(crate) verified: bool,
    pub(crate) version: i64,
}

/// The packages that fit: how many, and those asked for.
pub(crate) async fn find<C: ConnectionTrait>(connection: &C, wanted: &Wanted) -> Result<(u64, Vec<Found>), Error> {
    let pointer = pointer(wanted.among);
    let query = package::Entity::find()
        .filter(pointer.is_not_null())
        .filter(fits(wanted));
    let total = query.clone().count(connection).await?;
    if total == 0 || wanted.take == 0 {
        return Ok((total, Vec::new()));
    }
    let query = query
        .select_only()
        .columns([
            package::Column::Id,
            package::Column::Name,
            package::Column::Downloads,
            package::Column::Verified,
        ])
        .column_as(pointer, "version");
    let query = match wanted.sort {
        SortBy::Relevance => match rank(&wanted.terms) {
            Some(rank) => query
                .order_by(rank, Order::Asc)
                .order_by_desc(package::Column::Downloads),
            None => query.order_by_desc(package::Column::Downloads),
        },
        SortBy::Downloads => query.order_by_desc(package::Column::Downloads),
        SortBy::Recent => query.order_by_desc(package::Column::PublishedAt),
        SortBy::Name => query,
    };
    let found = query
        .order_by_asc(package::Column::IdKey)
        .offset(wanted.skip)
        .limit(wanted.take)
        .into_model()
        .all(connection)
        .await?;
    Ok((total, found))
}

/// The column that points at the newest version such a reader sees.
const fn pointer(among: Among) -> package::Column {
    match (among.prereleases, among.semver2) {
        (true, true) => package::Column::LatestId,
        (false, true) => package::Column::LatestStableId,
        (true, false) => package::Column::LatestPlainId,
        (false, false) => package::Column::LatestPlainStableId,
    }
}

fn fits(wanted: &Wanted) -> Condition {
    let mut all = Condition::all();
    for (field, word) in &wanted.terms.0 {
        all = all.add(match field {
            Field::Any if wanted.tokens_only => text_has(Part::Token, word),
            Field::Any => text_has(Part::Anywhere, word),
            Field::Id => like(package::Column::IdKey, format!("%{}%", escape(&word.to_lowercase()))),
            Field::PackageId => package::Column::IdKey.eq(word.to_lowercase()),
            Field::Title => text_has(Part::Title, word),
            Field::Tag => text_has(Part::Tag, word),
            Field::Author => text_has(Part::Author, word),
            Field::Description => text_has(Part::Description, word),
            Field::Owner => owned_by(word),
        });
    }
    if !wanted.package_type.is_empty() {
        all = all.add(text_has(Part::Type, &wanted.package_type));
    }
    all
}

/// How well a package fits, 0 for best: the id is what was typed, begins so, has it as a token, or none of these.
/// Nothing: no words to compare with.
fn rank(terms: &Terms) -> Option<SimpleExpr> {
    let words: Vec<String> = terms.plain().collect();
    if words.is_empty() {
        return None;
    }
    let whole = words.join(".");
    let tokens = words
        .iter()
        .fold(Condition::all(), |all, word| all.add(text_has(Part::Token, word)));
    let rank = CaseStatement::new()
        .case(package::Column::IdKey.eq(whole.as_str()), 0)
        .case(like(package::Column::IdKey, format!("{}%", escape(&whole))), 1)
        .case(tokens, 2)
        .finally(3);
    Some(rank.into())
}

/// An organization is found by the names that it had, too.
fn owned_by(name: &str) -> SimpleExpr {
    let key = name.to_lowercase();
    let owned = Query::select()
        .column(package_owner::Column::PackageId)
        .from(package_owner::Entity)
        .and_where(
            package_owner::Column::AccountId.in_subquery(
                Query::select()
                    .column(account::Column::Id)
                    .from(account::Entity)
                    .and_where(
                        account::Column::NameKey
                            .eq(key.as_str())
                            .or(account::Column::Id.in_subquery(super::former_names::had_name(&key))),
                    )
                    .and_where(account::Column::DeletedAt.is_null())
                    .to_owned(),
            ),
        )
        .to_owned();
    package::Column::Id.in_subquery(owned)
}

fn text_has(part: Part, word: &str) -> SimpleExpr {
    like(package::Column::SearchText, pattern(part, word))
}

fn like(column: package::Column, pattern: String) -> SimpleExpr {
    Expr::col((package::Entity, column)).like(LikeExpr::new(pattern).escape('\\'))
}
