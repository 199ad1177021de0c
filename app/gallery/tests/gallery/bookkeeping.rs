//! What may change without an event. The types see to the rest: a transaction that writes ends with an event or says
//! which bookkeeping it is, and nothing else gets a connection that writes. That every *endpoint* which changes something
//! does write an event is seen in the server's authorization matrix, which asks all of them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The source files of the crate, in order.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn lines_with(needles: &[&str]) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = String::new();
    for file in sources(&root) {
        let name = file.strip_prefix(&root).unwrap().display().to_string();
        let text = std::fs::read_to_string(&file).unwrap();
        for line in text.lines().map(str::trim) {
            let comment = line.starts_with("//");
            if !comment && needles.iter().any(|needle| line.contains(needle)) {
                writeln!(found, "{name}: {line}").unwrap();
            }
        }
    }
    found
}

#[test]
fn what_ends_without_an_event_is_no_change_of_the_gallerys_state() {
    insta::assert_snapshot!(lines_with(&["commit_bookkeeping("]));
}

#[test]
fn only_the_transaction_and_the_sealer_get_a_connection_that_writes() {
    insta::assert_snapshot!(lines_with(&[
        "connections().begin(",
        ".writer.begin",
        "begin_with_options(",
        "Connections::open("
    ]));
}

/// What a loss of power may take is bookkeeping that is done again.
#[test]
fn only_what_is_done_again_may_be_lost_with_the_power() {
    insta::assert_snapshot!(lines_with(&["begin_relaxed("]));
}
