//! The filters of the page "Audit trail": what fits, what is told at its field, and how far a search goes.

use crate::parcels::package;
use crate::people::{House, name, said};
use domain::account::AccountKey;
use domain::audit::{AuditAction, AuditFilterForm, AuditPage};
use domain::page::Place;
use domain::time::DAY;
use gallery::Actor;
use gallery::audit::{AuditEvent, Subject};
use gallery::audit_trail::{filter_of_query, filtered};
use gallery::testkit::Database;
use rstest::rstest;
use sea_orm::{ConnectionTrait, Statement};

impl House {
    /// The trail of contoso through a filter.
    async fn asked(&self, by: &Actor, query: &str, place: Place) -> AuditPage {
        filtered(self.g(), by, "contoso", &filter_of_query(query), place)
            .await
            .unwrap()
    }

    /// The rows that fit, newest first: who, what, about what.
    async fn fitting(&self, by: &Actor, query: &str) -> Vec<String> {
        let page = self.asked(by, query, Place::Start).await;
        assert_eq!(page.problems, [], "{query}");
        let rows = page.events.items.into_iter();
        rows.map(|row| format!("{} {} {}", row.who, row.action, row.subject))
            .collect()
    }

    async fn key_of_contoso(&self) -> AccountKey {
        gallery::import::find_owner(self.g(), &name("contoso")).await.unwrap()
    }

    /// Adds events to contoso's trail, all alike.
    async fn fill(&self, by: &Actor, action: AuditAction, text: &str, count: usize) {
        let key = self.key_of_contoso().await;
        let mut left = count;
        while left > 0 {
            let batch = left.min(500);
            let event = || AuditEvent::new(by, action, Subject::text(text)).on_behalf_of(key);
            let events = std::iter::repeat_with(event).take(batch).collect();
            self.g().begin().await.unwrap().commit_all(events).await.unwrap();
            left -= batch;
        }
    }
}

/// Contoso with a package of anna's, one of bob's, and a day between them.
async fn open(database: Database) -> (House, Actor, Actor) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let bob = house.person("bob").await;
    house.organization("contoso", &["anna"], &["bob"]).await;
    let key = house.key(&anna, "contoso").await;
    house.push(&key, &package("Contoso.A", "1.0.0")).await.unwrap();
    house.test.clock.advance(DAY);
    let key = house.key(&bob, "contoso").await;
    house.push(&key, &package("Contoso.B", "1.0.0")).await.unwrap();
    (house, anna, bob)
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn each_filter_leaves_what_fits_and_all_of_them_together_too(#[case] database: Database) {
    let (house, anna, _) = open(database).await;
    let all = house.fitting(&anna, "").await;
    assert_eq!(
        all,
        [
            "bob package.pushed Contoso.B 1.0.0",
            "bob api_key.first_used ci",
            "bob api_key.created ci",
            "anna package.pushed Contoso.A 1.0.0",
            "anna api_key.first_used ci",
            "anna api_key.created ci",
            "operator member.added bob",
            "operator member.added anna",
            "operator organization.created contoso",
        ]
    );
    let first_day = house.day(0);
    let second_day = house.day(1);
    for (query, expected) in [
        ("member=anna".to_owned(), &all[3..6]),
        ("member=ANNA".to_owned(), &all[3..6]),
        ("member=operator".to_owned(), &all[6..9]),
        ("member=system".to_owned(), &all[..0]),
        ("member=nobody-of-this-name".to_owned(), &all[..0]),
        ("member=%00".to_owned(), &all[..0]),
        ("action=organization.created".to_owned(), &all[8..9]),
        ("package=contoso.a".to_owned(), &all[3..4]),
        ("package=Contoso".to_owned(), &all[..0]),
        ("package=%00".to_owned(), &all[..0]),
        ("q=CONTOSO.b".to_owned(), &all[..1]),
        ("q=operator".to_owned(), &all[6..9]),
        ("q=%25".to_owned(), &all[..0]),
        ("member=anna&action=package.pushed".to_owned(), &all[3..4]),
        ("member=anna&package=contoso.b".to_owned(), &all[..0]),
        (
            "member=bob&action=package.pushed&package=CONTOSO.B&q=1.0".to_owned(),
            &all[..1],
        ),
        (format!("from={second_day}"), &all[..3]),
        (format!("to={first_day}"), &all[3..9]),
        (format!("from={first_day}&to={second_day}"), &all[..]),
        (format!("from={second_day}&to={second_day}&member=anna"), &all[..0]),
        ("from=2000-01-01&to=2000-01-02".to_owned(), &all[..0]),
        ("from=9999-12-31".to_owned(), &all[..0]),
    ] {
        assert_eq!(house.fitting(&anna, &query).await, expected, "{query}");
    }
}

impl House {
    /// A day of the test's clock, counted from its beginning; the clock stands at the second one.
    fn day(&self, number: i64) -> String {
        self.g().now().plus_days(number - 1).day()
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_told_at_its_field_and_nothing_is_shown(#[case] database: Database) {
    let (house, anna, bob) = open(database).await;
    for (by, query, field) in [
        (&anna, "action=nonsense", "action"),
        (&anna, "from=yesterday", "from"),
        (&anna, "from=2026-11-22&to=2026-11-21", "to"),
        // A collaborator does not get to see it, so it is no action for them.
        (&bob, "action=api_key.created", "action"),
    ] {
        let page = house.asked(by, query, Place::Start).await;
        assert_eq!(page.events.items, [], "{query}");
        let fields: Vec<_> = page.problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, [field], "{query}");
    }
    let long = format!("q={}", "x".repeat(5_000));
    assert_eq!(house.asked(&anna, &long, Place::Start).await.problems.len(), 1);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_collaborator_filters_within_what_they_may_see(#[case] database: Database) {
    let (house, _, bob) = open(database).await;
    assert_eq!(
        house.fitting(&bob, "").await,
        [
            "bob package.pushed Contoso.B 1.0.0",
            "anna package.pushed Contoso.A 1.0.0",
            "operator member.added bob",
            "operator member.added anna",
        ]
    );
    assert_eq!(
        house.fitting(&bob, "q=ci").await.len(),
        2,
        "the credential of the pushes"
    );
    assert_eq!(
        house.fitting(&bob, "member=anna").await,
        ["anna package.pushed Contoso.A 1.0.0"]
    );
    let carol = house.person("carol").await;
    let stranger = filtered(house.g(), &carol, "contoso", &AuditFilterForm::default(), Place::Start).await;
    assert_eq!(said(stranger), "There is nothing at this address.");
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_account_is_named_so_and_its_name_finds_nothing(#[case] database: Database) {
    let (house, anna, _) = open(database).await;
    house.sql("UPDATE accounts SET deleted_at = 1 WHERE name = 'bob'").await;
    let rows = house.fitting(&anna, "q=deleted+account").await;
    assert_eq!(
        rows,
        [
            "deleted account package.pushed Contoso.B 1.0.0",
            "deleted account api_key.first_used ci",
            "deleted account api_key.created ci",
            "operator member.added deleted account",
        ]
    );
    assert_eq!(house.fitting(&anna, "member=bob").await, [""; 0]);
    assert_eq!(house.fitting(&anna, "q=bob").await, [""; 0]);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_choices_are_the_organization_its_members_and_whoever_is_asked_for(#[case] database: Database) {
    let (house, anna, _) = open(database).await;
    let members = async |query: &str| house.asked(&anna, query, Place::Start).await.members;
    assert_eq!(members("").await, ["contoso", "anna", "bob", "operator", "system"]);
    assert_eq!(members("member=carol").await.last().unwrap(), "carol");
    assert_eq!(
        members("member=Anna").await,
        ["contoso", "bob", "operator", "system", "Anna"]
    );
    assert_eq!(members("member=operator").await.len(), 5);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_rare_text_is_searched_for_a_stretch_at_a_time_and_found_in_the_end(#[case] database: Database) {
    let (house, anna, bob) = open(database).await;
    house.fill(&anna, AuditAction::SettingsChanged, "often", 5_100).await;
    house.test.clock.advance(60);
    house.fill(&anna, AuditAction::SettingsChanged, "newest", 1).await;

    let first = house.asked(&anna, "q=newest", Place::Start).await;
    assert_eq!(first.events.items.len(), 1);
    assert!(first.searched_to.is_some(), "the rest was not looked at yet");
    let second = house
        .asked(&anna, "q=newest", Place::After(first.events.next.unwrap()))
        .await;
    assert_eq!((second.events.items.len(), second.events.next), (0, None));
    assert_eq!(second.searched_to, None);
    let back = house
        .asked(&anna, "q=newest", Place::Before(second.events.previous.unwrap()))
        .await;
    assert_eq!(back.events.items, first.events.items);

    let first = house
        .asked(&anna, "q=organization&action=organization.created", Place::Start)
        .await;
    assert_eq!(
        (first.events.items.len(), first.searched_to),
        (0, None),
        "the action has an index"
    );
    let early = house.asked(&anna, "q=contoso.a", Place::Start).await;
    assert_eq!(early.events.items, []);
    let found = house
        .asked(&anna, "q=contoso.a", Place::After(early.events.next.unwrap()))
        .await;
    assert_eq!(found.events.items.len(), 1);

    // The collaborator's part begins behind thousands of events that are not theirs.
    let page = house.asked(&bob, "", Place::Start).await;
    let rest = house.asked(&bob, "", Place::After(page.events.next.unwrap())).await;
    assert_eq!(page.events.items.len() + rest.events.items.len(), 4);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn filtered_pages_lead_forth_and_back(#[case] database: Database) {
    let (house, anna, _) = open(database).await;
    for round in 0..60 {
        house
            .fill(&anna, AuditAction::SettingsChanged, &format!("wanted {round}"), 1)
            .await;
        house.fill(&anna, AuditAction::LogoChanged, "other", 1).await;
    }
    for query in [
        "action=settings.changed",
        "q=wanted",
        "member=anna&action=settings.changed",
    ] {
        let first = house.asked(&anna, query, Place::Start).await.events;
        assert_eq!((first.items.len(), first.previous.clone()), (50, None), "{query}");
        let second = house
            .asked(&anna, query, Place::After(first.next.unwrap()))
            .await
            .events;
        assert_eq!((second.items.len(), second.next.clone()), (10, None), "{query}");
        let back = house
            .asked(&anna, query, Place::Before(second.previous.unwrap()))
            .await
            .events;
        assert_eq!((back.items, back.previous), (first.items, None), "{query}");
    }
}

/// What SQLite would read for a query; `?` of the gallery's statements are written out.
async fn plan(house: &House, query: &str) -> String {
    let connection = gallery::testkit::connect(&house.g().settings().database_url).await;
    let statement = Statement::from_string(connection.get_database_backend(), format!("EXPLAIN QUERY PLAN {query}"));
    let rows = connection.query_all_raw(statement).await.unwrap();
    connection.close().await.unwrap();
    rows.iter()
        .map(|row| row.try_get::<String>("", "detail").unwrap())
        .collect::<Vec<_>>()
        .join("; ")
}

#[tokio::test(flavor = "multi_thread")]
async fn each_look_into_a_trail_uses_one_index_and_sorts_nothing() {
    let house = House::open(Database::Sqlite).await;
    for (filter, index) in [
        ("", "sqlite_autoindex_audit_trails_1"),
        (
            "AND likelihood(package_key = 'a', 0.0001)",
            "ix_audit_trails_account_id_package_key_event_id",
        ),
        (
            "AND likelihood(actor_id = 2, 0.0001)",
            "ix_audit_trails_account_id_actor_id_event_id",
        ),
        (
            "AND likelihood(actor_id IS NULL, 0.0001)",
            "ix_audit_trails_account_id_actor_id_event_id",
        ),
        (
            "AND likelihood(action = 'member.added', 0.0001)",
            "ix_audit_trails_account_id_action_event_id",
        ),
    ] {
        for order in ["DESC", "ASC"] {
            let plan = plan(
                &house,
                &format!(
                    "SELECT event_id, action, actor_id, package_key FROM audit_trails WHERE account_id = 1 \
                     AND event_id > 0 AND event_id < 9 {filter} ORDER BY event_id {order} LIMIT 51"
                ),
            )
            .await;
            assert!(
                plan.contains(&format!("INDEX {index} (account_id=?")),
                "{filter}: {plan}"
            );
            assert!(
                !plan.contains("TEMP B-TREE") && !plan.contains("SCAN"),
                "{filter}: {plan}"
            );
        }
    }
    for bound in ["time < 5 ORDER BY time DESC", "time >= 5 ORDER BY time ASC"] {
        let plan = plan(&house, &format!("SELECT id FROM audit_events WHERE {bound} LIMIT 1")).await;
        assert!(
            plan.contains("ix_audit_events_time") && !plan.contains("TEMP B-TREE"),
            "{plan}"
        );
    }
}

/// How many events the trail below has.
fn many() -> u32 {
    #[expect(clippy::disallowed_methods, reason = "the tests' own setting")]
    if std::env::var("GUILDHALL_TEST_LONG").is_ok_and(|value| value == "1") {
        1_000_000
    } else {
        20_000
    }
}

/// Writes that many events of anna's into contoso's trail, a package each thousand; bob has done one in the middle.
async fn write_many(house: &House, database: Database, count: u32) {
    let contoso = house.key_of_contoso().await.0;
    let anna = house.number("SELECT id FROM accounts WHERE name = 'anna'").await;
    let bob = house.number("SELECT id FROM accounts WHERE name = 'bob'").await;
    let last = house.number("SELECT MAX(id) FROM audit_events").await;
    let middle = count / 2;
    let numbers = match database {
        Database::Sqlite => format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}), \
             e AS (SELECT i, printf('contoso.p%d', i / 1000) AS p, CASE i WHEN {middle} THEN {bob} ELSE {anna} END AS who FROM n)"
        ),
        Database::Postgres => format!(
            "WITH e AS (SELECT i, 'contoso.p' || (i / 1000) AS p, CASE i WHEN {middle} THEN {bob} ELSE {anna} END AS who \
             FROM generate_series(1, {count}) AS i)"
        ),
    };
    house
        .sql(&format!(
            "INSERT INTO audit_events (id, time, actor, actor_id, account_id, action, subject, before, after, credential, \
             address, user_agent) {numbers} SELECT {last} + i, CAST(1000000 AS BIGINT) * i, 'account', who, {contoso}, 'package.listed', \
             '{{\"package\":\"' || p || '\"}}', '', '', 'session', '', '' FROM e"
        ))
        .await;
    house
        .sql(&format!(
            "INSERT INTO audit_trails (account_id, event_id, action, actor_id, package_key) {numbers} \
             SELECT {contoso}, {last} + i, 'package.listed', who, p FROM e"
        ))
        .await;
    if database == Database::Postgres {
        house.sql("ANALYZE audit_events").await;
        house.sql("ANALYZE audit_trails").await;
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_great_trail_answers_as_fast_as_a_small_one(#[case] database: Database) {
    let house = House::open(database).await;
    let anna = house.person("anna").await;
    let bob = house.person("bob").await;
    house.organization("contoso", &["anna"], &["bob"]).await;
    let count = many();
    write_many(&house, database, count).await;
    let middle = (house.number("SELECT MAX(event_id) FROM audit_trails").await - i64::from(count / 2)).to_string();
    let day = gallery::Gallery::now(house.g()).day();
    for (by, query, place, most) in [
        (&anna, String::new(), Place::Start, 50),
        (&bob, String::new(), Place::Start, 50),
        (&anna, String::new(), Place::After(middle.clone()), 50),
        (&anna, "member=bob".to_owned(), Place::Start, 2),
        (&anna, "package=contoso.p1".to_owned(), Place::Start, 50),
        (&anna, "action=organization.created".to_owned(), Place::Start, 1),
        (&anna, "member=bob&action=package.listed".to_owned(), Place::Start, 1),
        (&anna, "package=contoso.p1&member=bob".to_owned(), Place::Start, 1),
        (&anna, "from=1970-01-01&to=1970-01-01".to_owned(), Place::Start, 50),
        (&anna, format!("from={day}"), Place::Start, 50),
        (&anna, "q=nothing-has-this".to_owned(), Place::Start, 0),
        (&anna, "q=nothing-has-this".to_owned(), Place::After(middle.clone()), 0),
        (&anna, "member=operator&q=nothing-has-this".to_owned(), Place::Start, 0),
    ] {
        let began = std::time::Instant::now();
        let page = house.asked(by, &query, place).await;
        let took = began.elapsed();
        assert!(page.events.items.len() <= most, "{query}");
        assert!(took < std::time::Duration::from_secs(5), "{query}: {took:?}");
        println!("{database:?} {count} {query:?}: {took:?}");
    }
}
