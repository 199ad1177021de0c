//! Percent-encoding, undone.

/// The text with each `%` and two hexadecimal digits taken for a byte. What is not UTF-8 then becomes U+FFFD; a `%` that
/// begins no such triple stays.
pub(crate) fn decode(text: &str) -> String {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = if *first == b'%' {
            after.split_first_chunk().and_then(from_hex)
        } else {
            None
        };
        let (byte, after) = escaped.unwrap_or((*first, after));
        decoded.push(byte);
        rest = after;
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

fn from_hex<'rest>((digits, rest): (&[u8; 2], &'rest [u8])) -> Option<(u8, &'rest [u8])> {
    let [high, low] = digits.map(|digit| char::from(digit).to_digit(16));
    let byte = u8::try_from(high? * 16 + low?).ok()?;
    Some((byte, rest))
}

#[cfg(test)]
mod tests {
    use super::decode;
    use rstest::rstest;

    #[rstest]
    #[case("lib/a.dll", "lib/a.dll")]
    #[case("100%", "100%")]
    #[case("100%zz", "100%zz")]
    #[case("a%0", "a%0")]
    #[case("a%2Bb", "a+b")]
    #[case("%2e%2E%2f", "../")]
    #[case("%252e", "%2e")]
    #[case("%C3%A4", "ä")]
    #[case("%2e%2e%2f%ff", "../\u{fffd}")]
    #[case("%%41", "%A")]
    #[case("%+1%é", "%+1%é")]
    fn percent_encoding_is_undone_once(#[case] text: &str, #[case] decoded: &str) {
        assert_eq!(decode(text), decoded);
    }
}
