use super::*;
use proptest::prelude::*;
use rstest::rstest;

fn version(text: &str) -> PackageVersion {
    PackageVersion::parse(text).unwrap()
}

/// What NuGet.Versioning 6.7.1 was seen to make of these.
#[rstest]
#[case("1.0", "1.0.0")]
#[case("1.01.0", "1.1.0")]
#[case("1.0.0.0", "1.0.0")]
#[case("1.2.3.4", "1.2.3.4")]
#[case("1.0.0-beta.1+sha", "1.0.0-beta.1")]
#[case("01.2.3", "1.2.3")]
#[case("1.0.0-BETA", "1.0.0-BETA")]
#[case("1", "1.0.0")]
#[case("0", "0.0.0")]
#[case(" 1.0 ", "1.0.0")]
#[case("2147483647.0", "2147483647.0.0")]
#[case("1.0-a-b", "1.0.0-a-b")]
#[case("1.0--", "1.0.0--")]
#[case("1.0+a-b.c", "1.0.0")]
#[case("1.0.0-0", "1.0.0-0")]
#[case("1.0.0-20240101123456", "1.0.0-20240101123456")]
fn normalized_as_nuget_does(#[case] authored: &str, #[case] normalized: &str) {
    assert_eq!(version(authored).normalized(), normalized);
    assert_eq!(version(authored).key(), normalized.to_lowercase());
    assert_eq!(version(authored).authored(), authored.trim());
}

#[rstest]
#[case("", PackageVersionProblem::Empty)]
#[case("  ", PackageVersionProblem::Empty)]
#[case("1.2.3.4.5", PackageVersionProblem::TooManyNumbers)]
#[case("a", PackageVersionProblem::Number("a".into()))]
#[case("v1.0", PackageVersionProblem::Number("v1".into()))]
#[case("1.", PackageVersionProblem::Number(String::new()))]
#[case(".1", PackageVersionProblem::Number(String::new()))]
#[case("1..2", PackageVersionProblem::Number(String::new()))]
#[case("1.*", PackageVersionProblem::Number("*".into()))]
#[case("+1.0", PackageVersionProblem::Number(String::new()))]
#[case("1.0 .0", PackageVersionProblem::Number("0 ".into()))]
#[case("2147483648", PackageVersionProblem::Number("2147483648".into()))]
#[case("1.0.0-", PackageVersionProblem::Label(String::new()))]
#[case("1.0.0-a..b", PackageVersionProblem::Label(String::new()))]
#[case("1.0.0-a_b", PackageVersionProblem::Label("a_b".into()))]
#[case("1.0.0-ä", PackageVersionProblem::Label("ä".into()))]
#[case("1.0.0-beta.01", PackageVersionProblem::LeadingZero("01".into()))]
#[case("1.0.0+", PackageVersionProblem::Metadata(String::new()))]
#[case("1.0.0+a+b", PackageVersionProblem::Metadata("a+b".into()))]
fn no_version(#[case] text: &str, #[case] problem: PackageVersionProblem) {
    assert_eq!(PackageVersion::parse(text), Err(problem));
}

#[test]
fn a_version_has_at_most_64_characters() {
    let long = |count: usize| format!("1.0.0-{}", "a".repeat(count - 6));
    assert!(PackageVersion::parse(&long(64)).is_ok());
    assert_eq!(
        PackageVersion::parse(&long(65)),
        Err(PackageVersionProblem::TooLong { length: 65 })
    );
}

#[rstest]
#[case("1.0.0", false, false)]
#[case("1.0.0-beta", true, false)]
#[case("1.0.0-beta-2", true, false)]
#[case("1.0.0-beta.2", true, true)]
#[case("1.0.0+sha", false, true)]
fn what_old_clients_cannot_read_is_semver2(#[case] text: &str, #[case] prerelease: bool, #[case] semver2: bool) {
    assert_eq!(
        (version(text).is_prerelease(), version(text).is_semver2()),
        (prerelease, semver2)
    );
}

#[rstest]
#[case("1.0.0-beta", false)]
#[case("1.0.0-1", true)]
#[case("1.0.0--a", true)]
#[case("1.0.0-1.2", false)]
#[case("1.0.0", false)]
fn a_label_of_one_part_begins_with_a_letter(#[case] text: &str, #[case] is_unsafe: bool) {
    assert_eq!(version(text).is_unsafe_for_old_clients(), is_unsafe);
}

#[test]
fn identity_ignores_metadata_and_case() {
    let same: std::collections::HashSet<_> = ["1.0.0-RC.1+a", "1.0-rc.1+b", "1.0.0.0-Rc.1"]
        .map(version)
        .into_iter()
        .collect();
    assert_eq!(same.len(), 1);
    assert_ne!(version("1.0.0"), version("1.0.0.1"));
}

#[test]
fn versions_stand_in_the_order_of_semver() {
    let ordered = [
        "0.0.1",
        "1.0.0-1.2",
        "1.0.0-2",
        "1.0.0-10",
        "1.0.0-9999999999",
        "1.0.0-10000000000",
        "1.0.0--a",
        "1.0.0-alpha",
        "1.0.0-ALPHA.1",
        "1.0.0-alpha.1.0",
        "1.0.0-alpha.beta",
        "1.0.0-alpha-2",
        "1.0.0-beta",
        "1.0.0-beta.2",
        "1.0.0-beta.11",
        "1.0.0-rc.1",
        "1.0.0",
        "1.0.0.1",
        "1.0.1",
        "1.2.0",
        "1.10.0",
        "2.0.0",
    ]
    .map(version);
    for (left, right) in ordered.iter().zip(ordered.iter().skip(1)) {
        assert!(left < right, "{left} < {right}");
        assert!(left.sort_key() < right.sort_key(), "{left} < {right} by bytes");
    }
}

#[test]
fn json_keeps_the_authored_form() {
    let read: PackageVersion = serde_json::from_str("\"1.0-Beta+x\"").unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), "\"1.0-Beta+x\"");
    assert!(serde_json::from_str::<PackageVersion>("\"1.0/../2\"").is_err());
}

#[test]
fn every_problem_says_what_to_do() {
    let problems = [
        PackageVersionProblem::Empty,
        PackageVersionProblem::TooLong { length: 65 },
        PackageVersionProblem::TooManyNumbers,
        PackageVersionProblem::Number("*".into()),
        PackageVersionProblem::Label("a_b".into()),
        PackageVersionProblem::LeadingZero("01".into()),
        PackageVersionProblem::Metadata("a+b".into()),
    ];
    insta::assert_snapshot!(problems.map(|problem| problem.to_string()).join("\n"));
}

/// Versions close to each other, so that their order is decided late.
fn any_version() -> impl Strategy<Value = PackageVersion> {
    let label = prop_oneof!["[0-2]", "1[0-9]{0,12}", "[a-bA-B-]{1,3}", "[a-b]{1,2}[0-1]", "-[0-9]"];
    let numbers = prop::collection::vec(prop_oneof![0_u32..3, Just(255), Just(256), Just(2_147_483_647)], 1..=4);
    (
        numbers,
        prop::collection::vec(label, 0..=3),
        prop::option::of("[0-9a-z]{1,4}"),
    )
        .prop_filter_map("a version that is not too long", |(numbers, labels, metadata)| {
            let mut text = numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(".");
            if !labels.is_empty() {
                text.push('-');
                text.push_str(&labels.join("."));
            }
            if let Some(metadata) = metadata {
                text.push('+');
                text.push_str(&metadata);
            }
            PackageVersion::parse(&text).ok()
        })
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in ".{0,80}") {
        let _ = PackageVersion::parse(&text);
    }

    #[test]
    fn bytes_order_as_versions_do(left in any_version(), right in any_version()) {
        prop_assert_eq!(left.cmp(&right), left.sort_key().cmp(&right.sort_key()));
        prop_assert_eq!(left.cmp(&right), right.cmp(&left).reverse());
        prop_assert_eq!(left == right, left.cmp(&right) == Ordering::Equal);
        prop_assert_eq!(left == right, left.key() == right.key());
    }

    #[test]
    fn order_is_transitive(mut versions in prop::collection::vec(any_version(), 3)) {
        versions.sort();
        prop_assert!(versions[0] <= versions[2]);
    }

    #[test]
    fn normal_forms_read_back_as_the_same_version(version in any_version()) {
        for form in [version.normalized(), version.full(), version.key(), version.authored().to_owned()] {
            prop_assert_eq!(&PackageVersion::parse(&form).unwrap(), &version);
        }
        prop_assert_eq!(PackageVersion::parse(&version.full()).unwrap().full(), version.full());
    }
}
