//! From bytes to text, as XML finds out its encoding.

use super::XmlProblem;

/// What the bytes were found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16,
}

/// Decodes UTF-8 or UTF-16, with or without a byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, Encoding), XmlProblem> {
    let (text, encoding) = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => (utf8(rest)?, Encoding::Utf8),
        [0xff, 0xfe, rest @ ..] => (utf16(rest, u16::from_le_bytes)?, Encoding::Utf16),
        [0xfe, 0xff, rest @ ..] => (utf16(rest, u16::from_be_bytes)?, Encoding::Utf16),
        [b'<', 0, ..] => (utf16(bytes, u16::from_le_bytes)?, Encoding::Utf16),
        [0, b'<', ..] => (utf16(bytes, u16::from_be_bytes)?, Encoding::Utf16),
        _ => (utf8(bytes)?, Encoding::Utf8),
    };
    match text.chars().find(|character| !is_allowed(*character)) {
        Some(character) => Err(XmlProblem::Character(character)),
        None => Ok((text, encoding)),
    }
}

/// Whether a client that believes the XML declaration reads the same text.
///
/// UTF-16 shows in the bytes, whatever is stated. But .NET gives up on `utf-16` stated by UTF-8 bytes, and reads another
/// text where an older encoding is stated and the text is more than ASCII.
pub(super) fn is_honest(stated: &str, encoding: Encoding, text: &str) -> bool {
    const LIKE_ASCII: [&str; 5] = ["us-ascii", "ascii", "iso-8859-1", "windows-1252", "iso-8859-15"];
    let stated = stated.to_ascii_lowercase();
    match encoding {
        Encoding::Utf16 => true,
        Encoding::Utf8 => stated == "utf-8" || text.is_ascii() && LIKE_ASCII.contains(&stated.as_str()),
    }
}

/// The characters of XML 1.0.
pub(super) fn is_allowed(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

fn utf8(bytes: &[u8]) -> Result<String, XmlProblem> {
    std::str::from_utf8(bytes)
        .map(str::to_owned)
        .map_err(|_| XmlProblem::Encoding)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, XmlProblem> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(XmlProblem::Encoding);
    }
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair)))
        .collect::<Result<_, _>>()
        .map_err(|_| XmlProblem::Encoding)
}
