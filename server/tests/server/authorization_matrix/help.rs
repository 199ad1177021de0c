//! Help: for everybody, and written for the reader's organization.

use super::{EVERYBODY, Row, read};

pub(super) const ROWS: &[Row] = &[read(
    "/rpc/help/reader",
    "/rpc/help/reader?organization=contoso",
    EVERYBODY,
)];
