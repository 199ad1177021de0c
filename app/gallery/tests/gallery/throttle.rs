//! How often somebody may try.

use crate::people::House;
use gallery::testkit::Database;
use gallery::throttle::TooMany;
use std::net::IpAddr;

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn after_twenty_refused_keys_an_address_waits_a_minute() {
    let house = House::open(Database::Sqlite).await;
    let (g, throttle) = (house.g(), house.g().throttle());
    let one = address("203.0.113.7");
    for _ in 0..20 {
        throttle.may_show_key(g, one).unwrap();
        throttle.key_was_refused(g, one);
    }
    let TooMany { retry_after } = throttle.may_show_key(g, one).unwrap_err();
    assert!((1..=60).contains(&retry_after), "{retry_after}");
    throttle.may_show_key(g, address("203.0.113.8")).unwrap();
    house.test.clock.advance(61);
    throttle.may_show_key(g, one).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_addresses_of_one_ipv6_network_count_as_one() {
    let house = House::open(Database::Sqlite).await;
    let (g, throttle) = (house.g(), house.g().throttle());
    for number in 0..20 {
        throttle.key_was_refused(g, address(&format!("2001:db8:1:2::{number:x}")));
    }
    throttle.may_show_key(g, address("2001:db8:1:2:ffff::1")).unwrap_err();
    throttle.may_show_key(g, address("2001:db8:1:3::1")).unwrap();
    // An IPv4 address in IPv6 clothes is that IPv4 address.
    for _ in 0..20 {
        throttle.key_was_refused(g, address("::ffff:203.0.113.7"));
    }
    throttle.may_show_key(g, address("203.0.113.7")).unwrap_err();
    throttle.may_show_key(g, address("::ffff:203.0.113.8")).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_pushes_350_times_an_hour_and_not_once_more() {
    let house = House::open(Database::Sqlite).await;
    let pushes = (0..400).map(|_| {
        let g = house.g().clone();
        tokio::spawn(async move { g.throttle().push_with_key(&g, 1).is_ok() })
    });
    let allowed = futures::future::join_all(pushes).await;
    assert_eq!(
        allowed.into_iter().filter(|pushed| *pushed.as_ref().unwrap()).count(),
        350
    );
    house.g().throttle().push_with_key(house.g(), 2).unwrap();
    house.test.clock.advance(3_601);
    house.g().throttle().push_with_key(house.g(), 1).unwrap();
}
