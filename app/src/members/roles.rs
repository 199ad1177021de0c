//! The two roles as choices of a form.

use crate::ui::select::Choice;
use domain::permission::Role;

/// Both roles, the lesser first.
pub(super) fn role_choices() -> Vec<Choice> {
    Role::ALL
        .into_iter()
        .map(|role| Choice::new(role.value(), role.label()))
        .collect()
}
