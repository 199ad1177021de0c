use super::{Explanation, Named, NamedKey, WhyAnswer, explain, key_at_rest, no_route};
use crate::api_key::ApiKeyState;
use crate::permission::{
    AccountState, Action, Glob, KeyGrant, NewPackages, PersonState, Policy, PushScope, Question, Role, Scopes,
    Standing, Subject, decide,
};
use crate::time::Timestamp;
use proptest::prelude::*;

const GOOD: AccountState = AccountState {
    confirmed: true,
    locked: false,
    longest_key_days: None,
    new_packages: NewPackages::Everyone,
    organization_keys: false,
};

/// The rights that the pages explain.
const RIGHTS: [Action; 8] = [
    Action::PublishVersion,
    Action::PublishNewId,
    Action::ChangeListing,
    Action::Deprecate,
    Action::ManageOwners,
    Action::CreateKeyForAccount,
    Action::ManageMembers,
    Action::LeaveOrganization,
];

const STANDINGS: [Standing; 8] = [
    Standing::Anonymous,
    Standing::Other,
    Standing::SiteAdministrator,
    Standing::Barred(Policy::SecondFactor),
    Standing::Barred(Policy::Provider),
    Standing::Member(Role::Collaborator),
    Standing::Member(Role::Administrator),
    Standing::Oneself,
];

fn question(action: Action, standing: Standing) -> Question<'static> {
    Question {
        action,
        standing,
        account: GOOD,
        person: PersonState { locked: false },
        key: None,
        subject: None,
    }
}

fn subject(owned: bool) -> Option<Subject<'static>> {
    Some(Subject {
        id: "Contoso.A",
        owned,
        locked: false,
    })
}

/// How the sentences of a question call things: for oneself, both are the same.
fn named(question: &Question<'_>) -> Named<'static> {
    let oneself = question.standing == Standing::Oneself;
    Named {
        person: if oneself && question.key.is_some() {
            "contoso"
        } else {
            "ben"
        },
        account: if oneself && question.key.is_none() {
            "ben"
        } else {
            "contoso"
        },
        organization: !(oneself && question.key.is_none()),
        key: question.key.map(|_| NamedKey {
            name: "ci",
            expires: Timestamp::from_seconds(1_800_000_000),
        }),
    }
}

fn line(question: &Question<'_>) -> String {
    let Explanation { verdict, sentence } = explain(question, &named(question));
    format!("    {} {sentence}\n", if verdict.is_ok() { "✔" } else { "–" })
}

#[test]
fn every_right_of_every_standing_has_its_sentence() {
    let mut table = String::new();
    for action in Action::ALL {
        table.push_str(&format!("{action:?}\n"));
        for standing in STANDINGS {
            table.push_str(&line(&question(action, standing)));
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn a_package_is_named_with_the_way_to_it() {
    let mut table = String::new();
    for action in RIGHTS {
        table.push_str(&format!("{action:?}\n"));
        for standing in STANDINGS {
            for owned in [true, false] {
                table.push_str(&line(&Question {
                    subject: subject(owned),
                    ..question(action, standing)
                }));
            }
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn every_state_and_policy_has_its_sentence() {
    let globs = Glob::parse_list("Contoso.* Fabrikam.*").unwrap();
    let others = Glob::parse_list("A.* B.* C.* D.* E").unwrap();
    let grant = |push, unlist, age_days| KeyGrant {
        scopes: Scopes { push, unlist },
        globs: &globs,
        personal: true,
        age_days,
    };
    let session = question(Action::PublishVersion, Standing::Member(Role::Collaborator));
    let new_id = question(Action::PublishNewId, Standing::Member(Role::Collaborator));
    let organization_only = AccountState {
        organization_keys: true,
        ..GOOD
    };
    let thirty_days = AccountState {
        longest_key_days: Some(30),
        ..GOOD
    };
    let administrators_only = AccountState {
        new_packages: NewPackages::Administrators,
        ..GOOD
    };
    let unconfirmed = AccountState {
        confirmed: false,
        ..GOOD
    };
    let locked_package = Some(Subject {
        id: "Contoso.A",
        owned: true,
        locked: true,
    });
    let everything = grant(PushScope::NewPackages, true, 40);
    let own = KeyGrant {
        personal: false,
        ..everything
    };
    let with_key = |key| Question {
        key: Some(key),
        ..session
    };
    let questions = [
        Question {
            account: AccountState { locked: true, ..GOOD },
            ..session
        },
        Question {
            account: unconfirmed,
            ..session
        },
        Question {
            person: PersonState { locked: true },
            ..session
        },
        Question {
            subject: locked_package,
            ..session
        },
        Question {
            account: organization_only,
            ..session
        },
        Question {
            account: administrators_only,
            ..new_id
        },
        with_key(everything),
        Question {
            account: thirty_days,
            ..with_key(everything)
        },
        Question {
            account: organization_only,
            ..with_key(everything)
        },
        Question {
            subject: subject(true),
            ..with_key(everything)
        },
        with_key(grant(PushScope::None, true, 0)),
        with_key(grant(PushScope::None, false, 0)),
        Question {
            key: Some(grant(PushScope::Versions, false, 0)),
            ..new_id
        },
        Question {
            subject: subject(true),
            ..with_key(KeyGrant {
                globs: &others,
                ..everything
            })
        },
        Question {
            standing: Standing::Other,
            ..with_key(everything)
        },
        Question {
            standing: Standing::Oneself,
            ..with_key(own)
        },
        Question {
            standing: Standing::Oneself,
            account: thirty_days,
            ..with_key(own)
        },
        Question {
            standing: Standing::Oneself,
            account: organization_only,
            ..with_key(own)
        },
        Question {
            standing: Standing::Oneself,
            subject: subject(true),
            ..with_key(own)
        },
    ];
    let table: String = questions.iter().map(line).collect();
    insta::assert_snapshot!(table);
}

#[test]
fn a_key_that_rests_says_why() {
    let globs = [];
    let asked = Question {
        key: Some(KeyGrant {
            scopes: Scopes::default(),
            globs: &globs,
            personal: true,
            age_days: 0,
        }),
        ..question(Action::PublishVersion, Standing::Member(Role::Collaborator))
    };
    let told = |state| key_at_rest(state, &named(&asked)).map(|answer| answer.sentence);
    assert_eq!(
        told(ApiKeyState::Revoked).as_deref(),
        Some("ben's key ci may not push: it was revoked.")
    );
    assert_eq!(
        told(ApiKeyState::Expired).as_deref(),
        Some("ben's key ci may not push: it expired on 2027-01-15.")
    );
    assert_eq!(
        told(ApiKeyState::CutOff).as_deref(),
        Some("ben's key ci may not push: an administrator of contoso has cut it off.")
    );
    assert_eq!(told(ApiKeyState::Active), None);
}

#[test]
fn a_stranger_to_all_owners_is_told_so() {
    let WhyAnswer { allowed, sentence } = no_route(Action::PublishVersion, "zoe", "Contoso.A");
    assert!(!allowed);
    assert_eq!(
        sentence,
        "zoe may not push new versions of Contoso.A: zoe neither owns Contoso.A nor is a member of an organization \
         that owns it."
    );
}

/// Everything that a decision depends on, but for the patterns that a key borrows.
#[derive(Clone, Debug)]
struct Case {
    action: Action,
    standing: Standing,
    account: AccountState,
    locked: bool,
    key: Option<Key>,
    /// Owned, and locked.
    subject: Option<(bool, bool)>,
}

#[derive(Clone, Debug)]
struct Key {
    scopes: Scopes,
    matches: bool,
    personal: bool,
    age_days: i64,
}

fn any_case() -> impl Strategy<Value = Case> {
    let account = (
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(
            |(confirmed, locked, limited, administrators, organization_keys)| AccountState {
                confirmed,
                locked,
                longest_key_days: limited.then_some(30),
                new_packages: if administrators {
                    NewPackages::Administrators
                } else {
                    NewPackages::Everyone
                },
                organization_keys,
            },
        );
    let push = prop::sample::select(vec![PushScope::None, PushScope::Versions, PushScope::NewPackages]);
    let scopes = (push, any::<bool>()).prop_map(|(push, unlist)| Scopes { push, unlist });
    let age = prop::sample::select(vec![0, 29, 30, 400]);
    let key = (scopes, any::<bool>(), any::<bool>(), age).prop_map(|(scopes, matches, personal, age_days)| Key {
        scopes,
        matches,
        personal,
        age_days,
    });
    (
        prop::sample::select(Action::ALL.to_vec()),
        prop::sample::select(STANDINGS.to_vec()),
        account,
        any::<bool>(),
        prop::option::of(key),
        prop::option::of((any::<bool>(), any::<bool>())),
    )
        .prop_map(|(action, standing, account, locked, key, subject)| Case {
            action,
            standing,
            account,
            locked,
            key,
            subject,
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]
    /// Pages show the verdict of the sentence; it must be the one that a push would meet.
    #[test]
    fn the_sentence_says_what_the_table_decides(case in any_case()) {
        let Case { action, standing, account, locked, key, subject } = case;
        let (matching, other) = (Glob::parse_list("Contoso.*").unwrap(), Glob::parse_list("Other").unwrap());
        let asked = Question {
            action,
            standing,
            account,
            person: PersonState { locked },
            key: key.map(|key| KeyGrant {
                scopes: key.scopes,
                globs: if key.matches { &matching } else { &other },
                personal: key.personal,
                age_days: key.age_days,
            }),
            subject: subject.map(|(owned, locked)| Subject { id: "Contoso.A", owned, locked }),
        };
        let told = explain(&asked, &named(&asked));
        prop_assert_eq!(told.verdict, decide(&asked));
        let negated = told.sentence.contains(" may not ");
        prop_assert_eq!(WhyAnswer::from(told.clone()).allowed, !negated, "{}", told.sentence);
        // One sentence: a verdict, a colon, a reason and a full stop.
        prop_assert!(told.sentence.contains(": ") && told.sentence.ends_with('.'), "{}", told.sentence);
        prop_assert!(!told.sentence.contains("  ") && !told.sentence.contains(".."), "{}", told.sentence);
    }
}
