//! A filter, ready to be held against events: the index that serves it, and what is looked at row by row.

use super::record::AuditRecord;
use crate::authorization::{Authorized, Hold, SeeMembershipEvents, account_by_name};
use crate::error::Error;
use crate::store;
use crate::store::audit::{Between, By, TrailRow};
use domain::account::{AccountKey, AccountName};
use domain::audit::{AuditAction, AuditFilter};
use domain::permission::Action;
use domain::time::Timestamp;
use sea_orm::ConnectionTrait;

/// The name under which the operator stands in the trail.
const OPERATOR: &str = "operator";

/// The name under which the gallery itself stands in the trail.
const SYSTEM: &str = "system";

/// Whoever can be asked for besides accounts.
pub(super) const NO_ACCOUNTS: [&str; 2] = [OPERATOR, SYSTEM];

/// Whose events are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Who {
    /// The account of that name.
    account: Option<AccountKey>,
    /// The operator or the gallery itself, if the name is theirs: an account may have the same one.
    kind: Option<&'static str>,
}

/// Which events of a trail are asked for.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) by: By,
    pub(super) between: Between,
    /// Only what collaborators may see.
    partly: bool,
    who: Option<Who>,
    action: Option<AuditAction>,
    package: Option<String>,
    text: Option<String>,
    from: Option<Timestamp>,
    until: Option<Timestamp>,
}

/// Whether somebody sees the package and membership events of a trail alone.
pub(super) const fn sees_partly(authorized: &Authorized<SeeMembershipEvents>) -> bool {
    !Action::SeeAuditTrail.allows(authorized.standing())
}

impl Wanted {
    /// What a filter asks for, as far as the reader may see it.
    pub(super) async fn of<C: ConnectionTrait>(
        connection: &C,
        authorized: &Authorized<SeeMembershipEvents>,
        filter: AuditFilter,
    ) -> Result<Self, Error> {
        let who = match &filter.member {
            Some(name) => Some(who(connection, name).await?),
            None => None,
        };
        Ok(Self {
            by: by(&filter, who.as_ref()),
            between: store::audit::between(connection, filter.from, filter.until).await?,
            partly: sees_partly(authorized),
            who,
            action: filter.action,
            package: filter.package,
            text: filter.text,
            from: filter.from,
            until: filter.until,
        })
    }

    /// Whether nothing can fit, since nobody has that name.
    pub(super) fn is_nothing(&self) -> bool {
        let nobody = |who: &Who| who.account.is_none() && who.kind.is_none();
        self.who.as_ref().is_some_and(nobody)
    }

    /// Whether many events may have to be looked at for one that fits.
    pub(super) fn is_rare(&self) -> bool {
        let asked = [
            self.action.is_some(),
            self.package.is_some(),
            self.who.is_some(),
            self.text.is_some(),
            self.partly,
        ];
        let served = usize::from(self.by != By::Everything);
        let named = self.who.as_ref().is_some_and(|who| who.kind.is_some());
        named || asked.into_iter().filter(|asked| *asked).count() > served
    }

    /// Whether a text must be looked for in the events themselves.
    pub(super) const fn has_text(&self) -> bool {
        self.text.is_some()
    }

    /// Whether what the trail says of an event fits.
    pub(super) fn fits_trail(&self, row: &TrailRow) -> bool {
        let action = AuditAction::parse(&row.action);
        let actor = |who: &Who| match row.actor_id {
            Some(actor) => who.account == Some(AccountKey(actor)),
            None => who.kind.is_some(),
        };
        (!self.partly || action.is_some_and(AuditAction::is_for_collaborators))
            && self.action.is_none_or(|wanted| action == Some(wanted))
            && self.package.as_ref().is_none_or(|package| *package == row.package_key)
            && self.who.as_ref().is_none_or(actor)
    }

    /// Whether the event itself fits.
    pub(super) fn fits(&self, record: &AuditRecord) -> bool {
        let kind = |who: &Who| record.actor_key.is_some() || who.kind == Some(record.actor_kind.as_str());
        self.from.is_none_or(|from| record.time >= from)
            && self.until.is_none_or(|until| record.time < until)
            && self.who.as_ref().is_none_or(kind)
            && self.text.as_ref().is_none_or(|text| has_text(record, text))
    }
}

/// The one index that serves a filter best: a package has fewer events than a member, and a member fewer than an action.
fn by(filter: &AuditFilter, who: Option<&Who>) -> By {
    match (&filter.package, who, filter.action) {
        (Some(package), _, _) => By::Package(package.clone()),
        (None, Some(Who { account, kind: None }), _) => By::Actor(*account),
        (None, Some(Who { account: None, .. }), _) => By::Actor(None),
        (None, _, Some(action)) => By::Action(action),
        (None, _, None) => By::Everything,
    }
}

async fn who<C: ConnectionTrait>(connection: &C, name: &str) -> Result<Who, Error> {
    let account = match AccountName::parse(name) {
        Ok(name) => account_by_name(connection, &name, Hold::No).await?,
        Err(_) => None,
    };
    Ok(Who {
        account: account.map(|account| AccountKey(account.id)),
        kind: NO_ACCOUNTS.into_iter().find(|kind| kind.eq_ignore_ascii_case(name)),
    })
}

/// Whether a text, in lower case, stands in what the row shows.
fn has_text(record: &AuditRecord, text: &str) -> bool {
    [
        &record.subject,
        &record.before,
        &record.after,
        &record.credential,
        &record.actor,
    ]
    .into_iter()
    .any(|shown| shown.to_lowercase().contains(text))
}

#[cfg(test)]
mod tests {
    use super::{Who, by};
    use crate::store::audit::By;
    use domain::account::AccountKey;
    use domain::audit::{AuditAction, AuditFilter};

    #[test]
    fn each_filter_is_served_by_one_index() {
        let anna = Who {
            account: Some(AccountKey(7)),
            kind: None,
        };
        let operator = Who {
            account: None,
            kind: Some("operator"),
        };
        let action = AuditFilter {
            action: Some(AuditAction::MemberAdded),
            ..AuditFilter::default()
        };
        let package = AuditFilter {
            package: Some("a".to_owned()),
            ..action.clone()
        };
        let none = AuditFilter::default();
        assert_eq!(by(&none, None), By::Everything);
        assert_eq!(by(&action, None), By::Action(AuditAction::MemberAdded));
        assert_eq!(by(&action, Some(&anna)), By::Actor(Some(AccountKey(7))));
        assert_eq!(by(&none, Some(&operator)), By::Actor(None));
        assert_eq!(by(&package, Some(&anna)), By::Package("a".to_owned()));
    }
}
