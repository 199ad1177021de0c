//! The role table, made of the permission table itself.

use domain::permission::{Action, Standing};
use leptos::prelude::*;

/// The permission table: a row an action, a column a standing.
pub(super) fn rights() -> AnyView {
    let heads: Vec<AnyView> = Standing::ALL
        .into_iter()
        .map(|standing| view! { <th scope="col">{standing.label()}</th> }.into_any())
        .collect();
    let rows: Vec<AnyView> = Action::ALL.into_iter().map(row).collect();
    view! {
        <table class="table table-rights" aria-labelledby="rights">
            <thead><tr><th scope="col">"Action"</th>{heads}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// What each standing may, in the order of the columns.
fn allowed(action: Action) -> [bool; Standing::ALL.len()] {
    Standing::ALL.map(|standing| action.allows(standing))
}

fn row(action: Action) -> AnyView {
    let cells: Vec<AnyView> = Standing::ALL
        .into_iter()
        .zip(allowed(action))
        .map(|(standing, allowed)| {
            let (class, sign, word) = if allowed {
                ("right right-yes", "✔", "yes")
            } else {
                ("right", "–", "no")
            };
            view! {
                <td data-label=standing.label()>
                    <span class=class aria-hidden="true">{sign}</span>
                    <span class="visually-hidden">{word}</span>
                </td>
            }
            .into_any()
        })
        .collect();
    view! { <tr><th scope="row">{action.label()}</th>{cells}</tr> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::allowed;
    use domain::permission::{AccountState, Action, NewPackages, PersonState, Question, Standing, decide};

    #[test]
    fn the_table_says_what_is_decided_for_a_session_while_nothing_is_in_the_way() {
        for action in Action::ALL {
            let decided = Standing::ALL.map(|standing| {
                let question = Question {
                    action,
                    standing,
                    account: AccountState {
                        confirmed: true,
                        locked: false,
                        longest_key_days: None,
                        new_packages: NewPackages::Everyone,
                        organization_keys: false,
                    },
                    person: PersonState { locked: false },
                    key: None,
                    subject: None,
                };
                decide(&question).is_ok()
            });
            assert_eq!(allowed(action), decided, "{action:?}");
        }
    }
}
