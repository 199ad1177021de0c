//! The page "Organizations": how to use them, and who may do what.

use super::part::{Part, parts};
use crate::layout::heading::Heading;
use domain::permission::{Action, Standing};
use leptos::prelude::*;

/// The page's parts before the table of rights.
const PARTS: &[Part] = &[
    Part {
        title: "What an organization is",
        paragraphs: &[
            "An organization is an account that a team shares. It owns packages, has members and never signs in itself. Whoever installs a package sees its name as the owner, like any other.",
            "Every member signs in as themselves. Nobody shares a password or a key, and the audit trail says who did what.",
        ],
    },
    Part {
        title: "Add one",
        paragraphs: &[
            "Open the account menu, choose “Manage organizations”, then “Add new organization”. The name follows the rules of user names: 3 to 64 letters, digits, dots, hyphens and underscores. A name once used stays taken.",
            "A mail goes to the organization's address. Open its link while you are signed in and confirm: until then the organization can neither invite members nor own packages. The link ends after 7 days and can be sent again on the organization's page.",
        ],
    },
    Part {
        title: "Invite people",
        paragraphs: &[
            "On the page “Members”, type a user name or an email address, choose a role and press “Invite”. The invited get a mail, and a notification if they have an account; they become members when they accept, under “Manage organizations”.",
            "An invitation to an address can be accepted only by somebody who has confirmed that address here, or whose sign-in vouches for it. Until it is accepted, you can change its role, send it again or cancel it. It ends after 14 days.",
            "Whoever is removed, or leaves, loses the rights with the next request; personal keys scoped to the organization stop working. The last administrator cannot leave or step down: make somebody else administrator first.",
        ],
    },
    Part {
        title: "Publish for the organization",
        paragraphs: &[
            "Administrators and collaborators upload packages on the page “Upload” and choose the organization as owner. A package is checked before it is published; a version, once published, is never replaced.",
            "To publish from a command line or a build, make an API key under “API keys” in the account menu, with the organization as package owner. A key is shown once. It ends by itself, does nothing but what it was made for, and only for ids that its glob patterns match. It never can do more than the person who made it.",
        ],
    },
    Part {
        title: "Look back",
        paragraphs: &[
            "Each change is written down with its time, the person, the key or session and what was there before. Administrators see all of it on the page “Audit trail”; collaborators see what happened to packages and members. Nobody can change or remove an entry.",
        ],
    },
];

/// The page "Organizations".
#[component]
pub(crate) fn OrganizationsHelp() -> impl IntoView {
    view! {
        <article class="prose">
            <Heading text="Organizations"/>
            <p class="lead">"One name for a team's packages, and many people behind it."</p>
            {parts(PARTS)}
            <h2 id="rights">"Who may do what"</h2>
            <p>
                "An organization has two roles. This table is the very one that the server asks, for pages and for keys. "
                "It also holds rights whose pages come with later versions, such as settings and trusted publishing."
            </p>
            <Rights/>
        </article>
    }
}

/// The permission table: a row an action, a column a standing.
#[component]
fn Rights() -> impl IntoView {
    let heads: Vec<AnyView> = Standing::ALL
        .into_iter()
        .map(|standing| view! { <th scope="col">{standing.label()}</th> }.into_any())
        .collect();
    let rows: Vec<AnyView> = Action::ALL.into_iter().map(right).collect();
    view! {
        <table class="table table-rights" aria-labelledby="rights">
            <thead><tr><th scope="col">"Action"</th>{heads}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn right(action: Action) -> AnyView {
    let cells: Vec<AnyView> = Standing::ALL
        .into_iter()
        .map(|standing| {
            let (class, sign, word) = if action.allows(standing) {
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
