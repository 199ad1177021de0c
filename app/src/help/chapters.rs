//! What the page "Organizations" tells, part by part.

use super::client::{GITHUB_TRUSTED, GITLAB_TRUSTED};
use super::part::Block::{Command, Link, Text, Title};
use super::part::Part;

/// How an organization comes to be, and who belongs to it.
pub(super) const PEOPLE: &[Part] = &[
    Part {
        id: "what",
        title: "What an organization is",
        blocks: &[
            Text(
                "An organization is an account that a team shares. It owns packages, has members and never signs in itself. Whoever installs a package sees its name as the owner, like any other.",
            ),
            Text(
                "Every member signs in as themselves, with a provider of this site. Nobody shares a password or a key, and the audit trail says who did what. You can link several sign-ins to your account, under “Account settings”.",
            ),
        ],
    },
    Part {
        id: "add",
        title: "Add one",
        blocks: &[
            Text(
                "Open the account menu, choose “Manage organizations”, then “Add new organization”. The name follows the rules of user names: 3 to 64 letters, digits, dots, hyphens and underscores. A name once used stays taken.",
            ),
            Text(
                "A mail goes to the organization's address. Open its link while you are signed in and confirm: until then the organization can neither invite members nor own packages. The link ends after 7 days and can be sent again on the organization's page.",
            ),
        ],
    },
    Part {
        id: "transform",
        title: "Transform an account",
        blocks: &[
            Text(
                "Does a user's account hold the team's packages already? Sign in to it, choose “Transform your account into an organization” under “Manage organizations”, and name another user as its administrator. When they accept, the account becomes an organization: name, packages and requests stay, its sign-ins end, and its API keys go to the administrator. The request ends after 14 days.",
            ),
            Text(
                "The administrator who accepted can undo it for 30 days on the page “Settings”, as long as nothing was published, no owner, prefix or key of the organization changed, and nobody else joined.",
            ),
        ],
    },
    Part {
        id: "members",
        title: "Invite people, and let them go",
        blocks: &[
            Text(
                "On the page “Members”, type a user name or an email address, choose a role and press “Invite”. The invited get a mail, and a notification if they have an account; they become members when they accept, under “Manage organizations”.",
            ),
            Text(
                "An invitation to an address can be accepted only by somebody who has confirmed that address here, or whose sign-in vouches for it. Until it is accepted, you can change its role, send it again or cancel it. It ends after 14 days.",
            ),
            Text(
                "Whoever is removed, or leaves, loses the rights with the next request; personal keys for the organization stop. The summary that follows names the organization's keys whose value they know: regenerate those. The last administrator cannot leave or step down: make somebody else administrator first.",
            ),
            Text("“Why can … push here?” beside a member says what they may do, and by which right."),
        ],
    },
];

/// How packages are published, and whose they are.
pub(super) const PACKAGES: &[Part] = &[
    Part {
        id: "publish",
        title: "Publish for the organization",
        blocks: &[
            Text(
                "Administrators and collaborators upload packages on the page “Upload” and choose the organization as owner. A package is checked before it is published; a version, once published, is never replaced.",
            ),
            Text("From a command line, with an API key in place of KEY:"),
            Command("dotnet nuget push {owner}.Logging.1.0.0.nupkg --source {site}/v3/index.json --api-key KEY"),
            Command("nuget push {owner}.Logging.1.0.0.nupkg -Source {site}/v3/index.json -ApiKey KEY"),
            Link("All clients, and what refusals mean", "/help/feed"),
        ],
    },
    Part {
        id: "keys",
        title: "API keys",
        blocks: &[
            Text(
                "A personal key, made under “API keys” in the account menu with the organization as package owner, never can do more than the person who made it. An organization's own key, made by an administrator on its page “API keys”, stays when people go; every administrator can regenerate and revoke it, and is warned before it expires.",
            ),
            Text(
                "A value is shown once. Each key ends by itself, does nothing but what it was made for, and only for ids that its glob patterns match. Administrators see the members' keys for the organization, without their values, and can cut one off from it.",
            ),
            Text(
                "When somebody leaves and is a member again later, their old keys work only after they have confirmed each of them.",
            ),
        ],
    },
    Part {
        id: "trusted-publishing",
        title: "Trusted publishing",
        blocks: &[
            Text(
                "A build on GitHub Actions or GitLab needs no key of its own. On the page “Trusted publishing”, an administrator says which repository, and which workflow or environment of it, may publish what. The build shows the token that its provider made for it, and gets a key for at most an hour. A token works once.",
            ),
            Text(
                "A new policy waits 7 days for its first use, which ties it to that very repository: one that is made anew under the same name is refused. “Activate” starts the 7 days again.",
            ),
            Title("In GitHub Actions"),
            Command(GITHUB_TRUSTED),
            Title("In GitLab"),
            Command(GITLAB_TRUSTED),
        ],
    },
    Part {
        id: "owners",
        title: "Owners of a package",
        blocks: &[
            Text(
                "Users and organizations can own a package together. “Manage package” on the package's page adds and removes owners; whoever is not yours is asked first, and answers under “Manage packages”. On the organization's page “Packages”, administrators move many packages to another owner at once: the old owner goes when the new one has accepted.",
            ),
            Text(
                "The operators of this site reserve prefixes of ids for owners. New ids under a reserved prefix come from its owners only, and their packages carry a mark.",
            ),
        ],
    },
    Part {
        id: "listing",
        title: "Unlist and deprecate",
        blocks: &[Text(
            "On the page “Manage package”, an unlisted version is not shown by search and lists any more, and a deprecated one carries a warning, with the reason and what to use instead. Both can be taken back, and projects that name the version still restore it.",
        )],
    },
];

/// What administrators set, and what everybody can look up.
pub(super) const RULES: &[Part] = &[
    Part {
        id: "policies",
        title: "Policies",
        blocks: &[
            Text("On the page “Settings”, administrators set what every member is bound to with the next request:"),
            Text("“Longest API key lifetime (days)”: older keys are refused until they are regenerated."),
            Text(
                "“Who may publish new packages”: for “Administrators”, collaborators publish new versions only. It does not bind the organization's own keys and trusted publishing.",
            ),
            Text("“Only organization keys or trusted publishing”: personal keys and the upload page are refused."),
            Text(
                "“Members must use a second factor” and “Members must sign in with”: whoever signed in otherwise stays a member, but is treated as none until they sign in again as asked. They may leave.",
            ),
            Text("You can only set what you meet yourself."),
        ],
    },
    Part {
        id: "settings",
        title: "Rename, and delete",
        blocks: &[
            Text(
                "An organization can get another name once in 30 days. Links to the old one lead on, keys go on working, and nobody else gets the old name.",
            ),
            Text(
                "It can be deleted when it has no other member and none of its packages would be left without an owner. What is in the way is listed there, each with a link that solves it.",
            ),
        ],
    },
    Part {
        id: "audit",
        title: "Look back",
        blocks: &[
            Text(
                "Each change is written down with its time, the person, the key or session and what was there before. Administrators see all of it on the page “Audit trail”; collaborators see what happened to packages and members. Filter it, and download what you see as CSV or JSON. Nobody can change or remove an entry.",
            ),
            Text(
                "You are told of what concerns you under “Notifications” and by mail. Pages that are open show what others change within seconds, without a reload; what you are typing stays.",
            ),
        ],
    },
];
