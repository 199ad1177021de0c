//! Pages that list what grows: with much behind them they must answer as fast as with little.

use super::gallery::Running;
use super::load::{Ask, throughput};
use super::measure::{Report, Result, TURNS, median};
use http::header;
use std::time::Duration;

/// Much may take this many times as long as little.
const LIMIT: f64 = 1.3;

/// Where each of the names is looked at, at a tenth of a microsecond each.
const LIMIT_OF_LOOKING: f64 = 1.5;

/// What is listed where, and its limit; `user-00001` looks.
const PAGES: [(&str, &str, f64); 8] = [
    ("members: 10,000 against 100", "/organization/org-0001/members", LIMIT),
    (
        "members, found by name: 10,000 against 100",
        "/organization/org-0001/members?q=user-0009",
        LIMIT_OF_LOOKING,
    ),
    ("Manage packages: 3,500 against 100", "/account/packages", LIMIT),
    ("profile: 3,500 packages against 100", "/profiles/user-00001", LIMIT),
    (
        "audit trail: 1,000,000 events against 1,000",
        "/organization/org-0001/audit",
        LIMIT,
    ),
    (
        "audit trail of one member: 1,000,000 events against 1,000",
        "/organization/org-0001/audit?member=user-00007",
        LIMIT,
    ),
    (
        "audit trail of one action: 1,000,000 events against 1,000",
        "/organization/org-0001/audit?action=package.push_refused",
        LIMIT,
    ),
    (
        "organization: all of it against little",
        "/organization/org-0001",
        LIMIT,
    ),
];

/// Both sides of every page take turns.
pub(crate) async fn pages(report: &mut Report) -> Result<()> {
    let few = seeded("100", "100", "1000").await?;
    let many = seeded("10000", "3500", "1000000").await?;
    let email = "user-00001@seed.invalid";
    let few_cookie = few.sign_in("user-00001", email).await?;
    let many_cookie = many.sign_in("user-00001", email).await?;
    for (what, path, limit) in PAGES {
        let ask = |cookie: &http::HeaderValue| {
            let mut ask = Ask::get(path);
            ask.headers.insert(header::COOKIE, cookie.clone());
            ask
        };
        let (ask_few, ask_many) = (ask(&few_cookie), ask(&many_cookie));
        let mut ratios = Vec::new();
        for _ in 0..TURNS {
            let with_few = throughput(&few.address, &ask_few, 4, Duration::from_secs(2)).await?;
            let with_many = throughput(&many.address, &ask_many, 4, Duration::from_secs(2)).await?;
            ratios.push(with_few / with_many);
        }
        report.at_most(what, median(ratios), limit);
    }
    Ok(())
}

/// A gallery with one organization, and that many packages of one account.
async fn seeded(members: &str, packages: &str, events: &str) -> Result<Running> {
    let seed = [
        "seed",
        "--accounts",
        members,
        "--organizations",
        "1",
        "--members",
        members,
        "--packages",
        "1",
        "--versions",
        "1",
        "--packages-of-first",
        packages,
        "--events",
        events,
    ];
    Running::start(&[&seed]).await
}
