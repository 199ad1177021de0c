//! Members of an organization and the people invited to become one.

pub(crate) mod answer;
mod cancel;
mod change_invited_role;
mod change_role;
mod find;
mod invitation_row;
mod invite;
pub(crate) mod leave;
mod member_row;
mod offboarding;
pub(crate) mod page;
mod remove;
mod resend;
mod roles;
mod table;
