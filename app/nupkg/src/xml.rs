//! XML as a tree, from bytes that nobody vouches for.
//!
//! What the tree holds, every client can read: a document that .NET's reader would refuse is refused here, so that no
//! package gets in that cannot be installed. There is no DTD, hence no entity but the five of XML, and there are limits
//! on depth, elements and attributes.

mod encoding;
mod tree;

use crate::bad_package::Short;
use std::fmt;
pub(crate) use tree::Element;

/// Why bytes are no XML that clients could read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum XmlProblem {
    /// They are neither UTF-8 nor UTF-16.
    Encoding,
    /// They state another encoding than they have.
    StatedEncoding(String),
    /// There is a character that XML does not allow.
    Character(char),
    /// There is a document type definition.
    Dtd,
    /// Elements are nested too deeply.
    Depth {
        /// The levels allowed.
        limit: usize,
    },
    /// There are too many elements.
    Elements {
        /// The elements allowed.
        limit: usize,
    },
    /// An element has too many attributes, or too many namespaces hold at once.
    Attributes {
        /// The attributes allowed.
        limit: usize,
    },
    /// It is not well formed.
    Malformed {
        /// The line, from 1.
        line: u64,
        /// What is wrong there.
        reason: String,
    },
}

impl fmt::Display for XmlProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encoding => formatter.write_str("The nuspec is neither UTF-8 nor UTF-16. Save it as UTF-8."),
            Self::StatedEncoding(encoding) => {
                write!(
                    formatter,
                    "The nuspec says that its encoding is \"{}\". Save it as UTF-8.",
                    Short(encoding)
                )
            }
            Self::Character(character) => write!(
                formatter,
                "The nuspec holds the character U+{:04X}, which XML does not allow. Remove it.",
                u32::from(*character)
            ),
            Self::Dtd => formatter.write_str("The nuspec has a document type definition (DTD). Remove it."),
            Self::Depth { limit } => {
                write!(
                    formatter,
                    "The nuspec nests elements more than {limit} levels deep. Simplify it."
                )
            }
            Self::Elements { limit } => {
                write!(formatter, "The nuspec has more than {limit} elements. Simplify it.")
            }
            Self::Attributes { limit } => {
                write!(
                    formatter,
                    "An element of the nuspec has more than {limit} attributes. Simplify it."
                )
            }
            Self::Malformed { line, reason } => {
                write!(
                    formatter,
                    "The nuspec is no well-formed XML (line {line}: {}). Correct it.",
                    Short(reason)
                )
            }
        }
    }
}

/// Reads a document.
pub(crate) fn parse(bytes: &[u8]) -> Result<Document, XmlProblem> {
    let (text, encoding) = encoding::decode(bytes)?;
    let root = tree::parse(&text, encoding)?;
    Ok(Document { root, text })
}

/// A document as text and as a tree.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) root: Element,
    pub(crate) text: String,
}
