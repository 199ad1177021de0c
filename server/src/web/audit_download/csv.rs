//! Lines of CSV (RFC 4180), with a guard against spreadsheets that take a text for a formula.

use gallery::audit_trail::AuditRecord;

/// The first line.
pub(super) const HEADER: &str = "time,actor,account,action,subject,before,after,credential,address,user_agent\r\n";

/// An event as a line.
pub(super) fn line(record: &AuditRecord) -> String {
    let time = record.time.rfc3339();
    let cells = [
        &time,
        &record.actor,
        &record.account,
        &record.action,
        &record.subject,
        &record.before,
        &record.after,
        &record.credential,
        &record.address,
        &record.user_agent,
    ];
    let mut line = String::new();
    for (at, text) in cells.into_iter().enumerate() {
        if at > 0 {
            line.push(',');
        }
        push_cell(&mut line, text);
    }
    line.push_str("\r\n");
    line
}

/// Adds a cell. What a spreadsheet would calculate gets an apostrophe in front, and what holds a separator gets quotes.
fn push_cell(line: &mut String, text: &str) {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        "'"
    } else {
        ""
    };
    if text.contains(['"', ',', '\r', '\n']) {
        line.push('"');
        line.push_str(guard);
        line.push_str(&text.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(guard);
        line.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::push_cell;
    use rstest::rstest;

    #[rstest]
    #[case("anna", "anna")]
    #[case("", "")]
    #[case("a,b", "\"a,b\"")]
    #[case("a \"b\"", "\"a \"\"b\"\"\"")]
    #[case("a\r\nb", "\"a\r\nb\"")]
    #[case("=1+1", "'=1+1")]
    #[case("+1", "'+1")]
    #[case("-1", "'-1")]
    #[case("@x", "'@x")]
    #[case("\tx", "'\tx")]
    #[case("\rx", "\"'\rx\"")]
    #[case("=HYPERLINK(\"a\",\"b\")", "\"'=HYPERLINK(\"\"a\"\",\"\"b\"\")\"")]
    #[case("Ä=1", "Ä=1")]
    fn a_cell_is_quoted_and_guarded(#[case] text: &str, #[case] cell: &str) {
        let mut line = String::new();
        push_cell(&mut line, text);
        assert_eq!(line, cell);
    }
}
