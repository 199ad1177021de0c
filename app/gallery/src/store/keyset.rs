//! Paging by key: reads one row more than a page has, from the place on, in the order or against it.

use domain::page::{Page, Place};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Select};

/// Rows of a page that come in the order of the list after [`Place::Start`] and [`Place::After`], and in the reverse
/// order after [`Place::Before`]; at most `size + 1` of them.
pub(crate) fn page<T>(mut rows: Vec<T>, place: &Place, size: usize, cursor: impl Fn(&T) -> String) -> Page<T> {
    let more = rows.len() > size;
    rows.truncate(size);
    let backwards = matches!(place, Place::Before(_));
    if backwards {
        rows.reverse();
    }
    let (before, after) = match place {
        Place::Start => (false, more),
        Place::After(_) => (true, more),
        Place::Before(_) => (more, true),
    };
    Page {
        previous: rows.first().filter(|_| before).map(&cursor),
        next: rows.last().filter(|_| after).map(&cursor),
        items: rows,
    }
}

/// The rows of a query by their number, the newest first: from the place on, in the order or against it.
pub(crate) fn newest_first<E: EntityTrait>(query: Select<E>, id: E::Column, place: &Place) -> Select<E> {
    match place {
        Place::Start => query.order_by_desc(id),
        Place::After(key) => query.filter(id.lt(number(key))).order_by_desc(id),
        Place::Before(key) => query.filter(id.gt(number(key))).order_by_asc(id),
    }
}

/// How many rows to read for a page.
pub(crate) const fn limit(size: usize) -> u64 {
    size as u64 + 1
}

/// A cursor that is a number; one that is none leads to the end of the list, as one that is gone does.
pub(crate) fn number(cursor: &str) -> i64 {
    cursor.parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::page;
    use domain::page::{Page, Place};

    fn read(list: &[u32], place: &Place) -> Page<u32> {
        let rows: Vec<u32> = match place {
            Place::Start => list.iter().copied().take(3).collect(),
            Place::After(cursor) => {
                let cursor: u32 = cursor.parse().unwrap();
                list.iter().copied().filter(|row| *row > cursor).take(3).collect()
            }
            Place::Before(cursor) => {
                let cursor: u32 = cursor.parse().unwrap();
                list.iter().rev().copied().filter(|row| *row < cursor).take(3).collect()
            }
        };
        page(rows, place, 2, u32::to_string)
    }

    #[test]
    fn pages_lead_forth_and_back() {
        let list = [1, 2, 3, 4, 5];
        let first = read(&list, &Place::Start);
        assert_eq!((first.items, first.previous), (vec![1, 2], None));
        let second = read(&list, &Place::After(first.next.unwrap()));
        assert_eq!(second.items, [3, 4]);
        let third = read(&list, &Place::After(second.next.unwrap()));
        assert_eq!((third.items, third.next), (vec![5], None));
        let back = read(&list, &Place::Before(third.previous.unwrap()));
        assert_eq!(back.items, [3, 4]);
        let start = read(&list, &Place::Before(back.previous.unwrap()));
        assert_eq!((start.items, start.previous), (vec![1, 2], None));
        assert_eq!(start.next.as_deref(), Some("2"));
    }
}
