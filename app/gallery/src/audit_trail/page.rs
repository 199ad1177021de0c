//! The page "Audit trail" of an organization.

use super::record::AuditRecord;
use super::scan::{Ended, Read, Reading, read};
use super::wanted::{NO_ACCOUNTS, Wanted, sees_partly};
use crate::accounts::name_in_address;
use crate::actor::Actor;
use crate::authorization::{Authorized, SeeMembershipEvents, may_read};
use crate::error::Error;
use crate::organizations::head_of;
use crate::store::audit::{Direction, PAGE};
use crate::store::keyset;
use crate::{Gallery, store};
use domain::audit::filter::UNKNOWN_ACTION;
use domain::audit::{AuditFilter, AuditFilterField, AuditFilterForm, AuditPage};
use domain::form::{FieldErrors, UiError};
use domain::page::{Page, Place};

/// Events that are looked at for one page, at most: whoever looks for a rare text turns the page to look further.
const LOOKED_AT: usize = 5_000;

/// Members by whom the trail can be filtered in the list of choices; an address may name any other.
const MEMBERS: u64 = 200;

/// The events of an organization, newest first, 50 at a time: all of them for administrators, those about packages and
/// members for collaborators.
///
/// # Errors
/// [`Error::NotFound`] for everybody else.
pub async fn of_organization(g: &Gallery, a: &Actor, organization: &str, place: Place) -> Result<AuditPage, Error> {
    filtered(g, a, organization, &AuditFilterForm::default(), place).await
}

/// Those of the events that fit a filter. What cannot be read of the filter is told on the page, which has no events then.
///
/// # Errors
/// As [`of_organization`].
pub async fn filtered(
    g: &Gallery,
    a: &Actor,
    organization: &str,
    form: &AuditFilterForm,
    place: Place,
) -> Result<AuditPage, Error> {
    let authorized = reader_of(g, a, organization).await?;
    let mut page = AuditPage {
        head: head_of(&authorized),
        events: Page::default(),
        members: members(g, &authorized, form).await?,
        problems: Vec::new(),
        searched_to: None,
    };
    match parsed(&authorized, form) {
        Ok(filter) => {
            let wanted = Wanted::of(g.reader(), &authorized, filter).await?;
            let (cursor, direction) = match &place {
                Place::Start => (i64::MAX, Direction::Back),
                Place::After(cursor) => (keyset::number(cursor), Direction::Back),
                Place::Before(cursor) => (keyset::number(cursor), Direction::Forth),
            };
            let reading = Reading {
                from: cursor,
                direction,
                size: PAGE,
                most: LOOKED_AT,
            };
            let read = read(g.reader(), &authorized, &wanted, reading).await?;
            if let Ended::Early(event) = read.ended {
                page.searched_to = store::audit::time_of(g.reader(), event).await?;
            }
            page.events = turned(read, &place, cursor).map(AuditRecord::into_row);
        }
        Err(errors) => page.problems = UiError::from(errors).fields,
    }
    Ok(page)
}

/// The filter that the query of an address names.
#[must_use]
pub fn filter_of_query(query: &str) -> AuditFilterForm {
    AuditFilterForm::of_query(url::form_urlencoded::parse(query.as_bytes()))
}

/// The right to read an organization's trail, in part at least.
pub(super) async fn reader_of(
    g: &Gallery,
    a: &Actor,
    organization: &str,
) -> Result<Authorized<SeeMembershipEvents>, Error> {
    let organization = name_in_address(a, organization)?;
    may_read::<SeeMembershipEvents, _>(g.reader(), a, &organization)
        .await?
        .of_organization()
}

/// The filter, with no action that its reader does not get to see.
pub(super) fn parsed(
    authorized: &Authorized<SeeMembershipEvents>,
    form: &AuditFilterForm,
) -> Result<AuditFilter, FieldErrors<AuditFilterField>> {
    let filter = form.parse()?;
    let hidden = sees_partly(authorized) && filter.action.is_some_and(|action| !action.is_for_collaborators());
    if hidden {
        return Err(FieldErrors::one(AuditFilterField::Action, UNKNOWN_ACTION));
    }
    Ok(filter)
}

/// Whose events can be asked for, with whoever the filter names.
async fn members(
    g: &Gallery,
    authorized: &Authorized<SeeMembershipEvents>,
    form: &AuditFilterForm,
) -> Result<Vec<String>, Error> {
    let mut names = store::memberships::member_names(g.reader(), authorized, MEMBERS).await?;
    names.insert(0, authorized.row().name.clone());
    names.extend(NO_ACCOUNTS.map(str::to_owned));
    let asked = form.member.trim();
    if !asked.is_empty() && !names.iter().any(|name| name == asked) {
        // The address may write it in another case; the list says what the address says.
        names.retain(|name| !name.eq_ignore_ascii_case(asked));
        names.push(asked.chars().take(domain::account::NAME_LENGTH).collect());
    }
    Ok(names)
}

/// A page in the order of the list with the places of its neighbours. A page that ended early may be empty and have
/// neighbours all the same.
fn turned(read: Read, place: &Place, cursor: i64) -> Page<AuditRecord> {
    let Read { mut records, ended } = read;
    let ahead = |records: &[AuditRecord]| match ended {
        Ended::AtTheEnd => None,
        Ended::Full => records.last().map(|record| record.number),
        Ended::Early(event) => Some(event),
    };
    let (previous, next) = match place {
        Place::Start => (None, ahead(&records)),
        Place::After(_) => {
            let behind = records.first().map_or(cursor.saturating_sub(1), |first| first.number);
            (Some(behind), ahead(&records))
        }
        Place::Before(_) => {
            let further = ahead(&records);
            records.reverse();
            let behind = records.last().map_or(cursor.saturating_add(1), |last| last.number);
            (further, Some(behind))
        }
    };
    Page {
        items: records,
        previous: previous.map(|number| number.to_string()),
        next: next.map(|number| number.to_string()),
    }
}
