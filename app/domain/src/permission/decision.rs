//! The decision itself: standing, states, key and ownership in; allowed or the reason out.

use super::action::Action;
use super::policy::{NewPackages, Policy};
use super::role::{Role, Standing};
use super::scope::{Glob, Scopes};

/// The state of the account that is acted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountState {
    /// Its address is confirmed.
    pub confirmed: bool,
    /// A site administrator has locked it.
    pub locked: bool,
    /// Policy: the longest lifetime of keys that push for it, in days.
    pub longest_key_days: Option<u16>,
    /// Policy: who may publish new packages.
    pub new_packages: NewPackages,
    /// Policy: only organization keys or trusted publishing.
    pub organization_keys: bool,
}

/// The state of the person who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonState {
    /// A site administrator has locked the person's own account.
    pub locked: bool,
}

/// What an API key grants at most; the person's rights are intersected with it.
#[derive(Clone, Copy, Debug)]
pub struct KeyGrant<'a> {
    /// What it may do.
    pub scopes: Scopes,
    /// For which packages.
    pub globs: &'a [Glob],
    /// Whether it is a person's, rather than the owner's own.
    pub personal: bool,
    /// Its age since it was made or regenerated, in whole days.
    pub age_days: i64,
}

/// The package that the action is about.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// Its id as typed.
    pub id: &'a str,
    /// Whether the account acted for is one of its owners.
    pub owned: bool,
    /// Whether a site administrator has locked it.
    pub locked: bool,
}

/// Everything a decision depends on.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// What is to be done.
    pub action: Action,
    /// How the person stands to the account acted for.
    pub standing: Standing,
    /// The state of the account acted for.
    pub account: AccountState,
    /// The state of the acting person.
    pub person: PersonState,
    /// The key in use; without one it is a session.
    pub key: Option<KeyGrant<'a>>,
    /// The package, if it is about one.
    pub subject: Option<Subject<'a>>,
}

/// Why something is refused, in the order in which the reasons are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Denied {
    /// Nobody is signed in.
    SignIn,
    /// The asker may not even see it.
    NotFound,
    /// The key has no scope for this at all.
    KeyScope,
    /// The key's patterns do not match the package's id.
    KeyGlob,
    /// The key may push versions of packages that exist, but this id is new.
    KeyVersionsOnly,
    /// The person is no member of the account acted for (any more).
    NotAMember,
    /// A policy of the account acted for is in the way.
    Policy(Policy),
    /// The role does not allow it.
    Role,
    /// The account acted for has not confirmed its address.
    Unconfirmed,
    /// The account acted for is locked.
    AccountLocked,
    /// The acting person is locked.
    PersonLocked,
    /// The account acted for does not own the package.
    NotAnOwner,
    /// The package is locked.
    PackageLocked,
}

/// Decides a question.
///
/// # Errors
/// The first reason against it, in the order of [`Denied`].
pub fn decide(question: &Question<'_>) -> Result<(), Denied> {
    let Question {
        action,
        standing,
        account,
        person,
        key,
        subject,
    } = *question;
    if let Some(grant) = key {
        decide_key(action, grant, subject)?;
    }
    // A site administrator's power ends at the web pages (product contract, 5.19).
    let standing = match (key, standing) {
        (Some(_), Standing::SiteAdministrator) => Standing::Other,
        _ => standing,
    };
    if !action.allows(standing) {
        return Err(match (key, standing) {
            (_, Standing::Anonymous) => Denied::SignIn,
            (Some(_), Standing::Other) => Denied::NotAMember,
            // A member knows the organization, so there is nothing to hide.
            (_, Standing::Barred(policy)) => Denied::Policy(policy),
            _ if action.hides(standing) => Denied::NotFound,
            _ => Denied::Role,
        });
    }
    if action.writes() {
        if person.locked {
            return Err(Denied::PersonLocked);
        }
        if account.locked && action != Action::LeaveOrganization && standing != Standing::SiteAdministrator {
            return Err(Denied::AccountLocked);
        }
        if !account.confirmed && !action.works_unconfirmed() {
            return Err(Denied::Unconfirmed);
        }
    }
    if let Some(policy) = policy_against(action, standing, account, key) {
        return Err(Denied::Policy(policy));
    }
    if let Some(subject) = subject {
        if action.needs_ownership() && !subject.owned {
            return Err(Denied::NotAnOwner);
        }
        if action.writes() && subject.locked {
            return Err(Denied::PackageLocked);
        }
    }
    Ok(())
}

/// The policy of the account acted for that stands against an action of somebody whose role allows it.
fn policy_against(
    action: Action,
    standing: Standing,
    account: AccountState,
    key: Option<KeyGrant<'_>>,
) -> Option<Policy> {
    let publishes = matches!(action, Action::PublishNewId | Action::PublishVersion);
    let personal = key.is_some_and(|key| key.personal);
    let too_old = |key: KeyGrant<'_>| {
        account
            .longest_key_days
            .is_some_and(|days| key.age_days >= i64::from(days))
    };
    if key.is_some_and(too_old) {
        Some(Policy::KeyLifetime)
    } else if account.organization_keys
        && (personal || matches!(standing, Standing::Member(_)) && (publishes || action == Action::CreateKeyForAccount))
    {
        Some(Policy::OrganizationKeys)
    } else if account.new_packages == NewPackages::Administrators
        && action == Action::PublishNewId
        && standing == Standing::Member(Role::Collaborator)
    {
        Some(Policy::NewPackages)
    } else {
        None
    }
}

fn decide_key(action: Action, grant: KeyGrant<'_>, subject: Option<Subject<'_>>) -> Result<(), Denied> {
    if !grant.scopes.cover(action) {
        return Err(match action {
            Action::PublishNewId if grant.scopes.cover(Action::PublishVersion) => Denied::KeyVersionsOnly,
            _ => Denied::KeyScope,
        });
    }
    match subject {
        Some(subject) if !grant.globs.iter().any(|glob| glob.matches(subject.id)) => Err(Denied::KeyGlob),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{AccountState, Denied, KeyGrant, PersonState, Question, Subject, decide};
    use crate::permission::{Action, Glob, NewPackages, Policy, PushScope, Role, Scopes, Standing};

    const GOOD: AccountState = AccountState {
        confirmed: true,
        locked: false,
        longest_key_days: None,
        new_packages: NewPackages::Everyone,
        organization_keys: false,
    };
    const FREE: PersonState = PersonState { locked: false };

    fn question(action: Action, standing: Standing) -> Question<'static> {
        Question {
            action,
            standing,
            account: GOOD,
            person: FREE,
            key: None,
            subject: None,
        }
    }

    #[test]
    fn the_table_is_the_contract() {
        let mut table = String::new();
        for action in Action::ALL {
            table.push_str(&format!("{action:?}\n"));
            for standing in Standing::ALL {
                let answer = match decide(&question(action, standing)) {
                    Ok(()) => "allowed".to_owned(),
                    Err(denied) => format!("{denied:?}"),
                };
                table.push_str(&format!("    {:<20} {answer}\n", standing.label()));
            }
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn every_state_of_account_and_person_is_the_contract() {
        let mut table = String::new();
        for action in Action::ALL {
            for (name, account, person) in [
                (
                    "unconfirmed",
                    AccountState {
                        confirmed: false,
                        ..GOOD
                    },
                    FREE,
                ),
                ("account locked", AccountState { locked: true, ..GOOD }, FREE),
                ("person locked", GOOD, PersonState { locked: true }),
            ] {
                let administrator = Question {
                    account,
                    person,
                    ..question(action, Standing::Member(Role::Administrator))
                };
                let answer = match decide(&administrator) {
                    Ok(()) => "allowed".to_owned(),
                    Err(denied) => format!("{denied:?}"),
                };
                table.push_str(&format!("{:<24} {name:<16} {answer}\n", format!("{action:?}")));
            }
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn a_key_never_allows_more_than_its_person() {
        let everything = [Glob::parse("*").unwrap()];
        for action in Action::ALL {
            for standing in Standing::ALL {
                for push in [PushScope::None, PushScope::Versions, PushScope::NewPackages] {
                    for unlist in [false, true] {
                        let grant = KeyGrant {
                            scopes: Scopes { push, unlist },
                            globs: &everything,
                            personal: true,
                            age_days: 0,
                        };
                        let plain = question(action, standing);
                        let with_key = Question {
                            key: Some(grant),
                            ..plain
                        };
                        assert!(
                            decide(&with_key).is_err() || decide(&plain).is_ok(),
                            "{action:?} {standing:?}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn no_key_carries_a_site_administrators_power() {
        let everything = [Glob::parse("*").unwrap()];
        let grant = KeyGrant {
            scopes: Scopes {
                push: PushScope::NewPackages,
                unlist: true,
            },
            globs: &everything,
            personal: true,
            age_days: 0,
        };
        for action in Action::ALL.into_iter().filter(|action| action.writes()) {
            let asked = Question {
                key: Some(grant),
                ..question(action, Standing::SiteAdministrator)
            };
            assert!(decide(&asked).is_err(), "{action:?}");
        }
    }

    #[test]
    fn a_key_tells_its_holder_the_true_reason() {
        let globs = [Glob::parse("Contoso.*").unwrap()];
        let versions = KeyGrant {
            scopes: Scopes {
                push: PushScope::Versions,
                unlist: false,
            },
            globs: &globs,
            personal: true,
            age_days: 0,
        };
        let ask = |action, id, owned| {
            let subject = Some(Subject {
                id,
                owned,
                locked: false,
            });
            decide(&Question {
                key: Some(versions),
                subject,
                ..question(action, Standing::Oneself)
            })
        };
        assert_eq!(ask(Action::PublishVersion, "Contoso.A", true), Ok(()));
        assert_eq!(ask(Action::PublishVersion, "Contoso.A", false), Err(Denied::NotAnOwner));
        assert_eq!(ask(Action::PublishVersion, "Fabrikam", true), Err(Denied::KeyGlob));
        assert_eq!(
            ask(Action::PublishNewId, "Contoso.A", false),
            Err(Denied::KeyVersionsOnly)
        );
        assert_eq!(ask(Action::ChangeListing, "Contoso.A", true), Err(Denied::KeyScope));
    }

    #[test]
    fn every_policy_is_the_contract() {
        let everything = [Glob::parse("*").unwrap()];
        let key = |personal, age_days| {
            Some(KeyGrant {
                scopes: Scopes {
                    push: PushScope::NewPackages,
                    unlist: true,
                },
                globs: &everything,
                personal,
                age_days,
            })
        };
        let administrator = Standing::Member(Role::Administrator);
        let collaborator = Standing::Member(Role::Collaborator);
        let means = [
            ("administrator, session", administrator, None),
            ("collaborator, session", collaborator, None),
            ("administrator, key of 29 days", administrator, key(true, 29)),
            ("collaborator, key of 29 days", collaborator, key(true, 29)),
            ("collaborator, key of 30 days", collaborator, key(true, 30)),
            ("organization, key of 29 days", Standing::Oneself, key(false, 29)),
            ("organization, key of 30 days", Standing::Oneself, key(false, 30)),
            ("barred, session", Standing::Barred(Policy::Provider), None),
            ("barred, key", Standing::Barred(Policy::SecondFactor), key(true, 0)),
        ];
        let policies = [
            (
                "keys live 30 days",
                AccountState {
                    longest_key_days: Some(30),
                    ..GOOD
                },
            ),
            (
                "administrators publish new packages",
                AccountState {
                    new_packages: NewPackages::Administrators,
                    ..GOOD
                },
            ),
            (
                "only organization keys",
                AccountState {
                    organization_keys: true,
                    ..GOOD
                },
            ),
        ];
        let mut table = String::new();
        for (policy, account) in policies {
            table.push_str(&format!("{policy}\n"));
            for (who, standing, key) in means {
                for action in [
                    Action::SeeOrganization,
                    Action::LeaveOrganization,
                    Action::CreateKeyForAccount,
                    Action::PublishNewId,
                    Action::PublishVersion,
                    Action::ChangeListing,
                ] {
                    let subject = Some(Subject {
                        id: "Contoso.A",
                        owned: true,
                        locked: false,
                    });
                    let answer = match decide(&Question {
                        account,
                        key,
                        subject,
                        ..question(action, standing)
                    }) {
                        Ok(()) => "allowed".to_owned(),
                        Err(denied) => format!("{denied:?}"),
                    };
                    table.push_str(&format!("    {who:<30} {:<20} {answer}\n", format!("{action:?}")));
                }
            }
        }
        insta::assert_snapshot!(table);
    }
}
