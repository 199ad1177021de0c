//! From text to a tree.

use super::XmlProblem;
use super::encoding::{Encoding, is_allowed, is_honest};
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesDecl, BytesStart, Event};

const DEEPEST: usize = 32;
const MOST_ELEMENTS: usize = 50_000;
const MOST_ATTRIBUTES: usize = 64;

/// An element with what is inside. Names are without their prefix: clients look at nothing else.
#[derive(Debug, Default)]
pub(crate) struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    content: Vec<Node>,
}

#[derive(Debug)]
enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// The name without its prefix.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The elements directly inside.
    pub(crate) fn children(&self) -> impl Iterator<Item = &Self> {
        self.content.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements of this name directly inside.
    pub(crate) fn children_named(&self, name: &str) -> impl Iterator<Item = &Self> {
        self.children().filter(move |child| child.name == name)
    }

    /// The first element of this name directly inside.
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.children_named(name).next()
    }

    /// The value of an attribute without prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }

    /// All text inside, however deep, without white space around it.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        self.collect_text(&mut text);
        text.trim().to_owned()
    }

    fn collect_text(&self, text: &mut String) {
        for node in &self.content {
            match node {
                Node::Text(part) => text.push_str(part),
                Node::Element(element) => element.collect_text(text),
            }
        }
    }

    fn push_text(&mut self, part: &str) {
        match self.content.last_mut() {
            Some(Node::Text(text)) => text.push_str(part),
            _ => self.content.push(Node::Text(part.to_owned())),
        }
    }
}

/// Reads a document of one root element.
pub(super) fn parse(text: &str, encoding: Encoding) -> Result<Element, XmlProblem> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_comments = true;
    let mut builder = Builder {
        text,
        ..Builder::default()
    };
    let mut first = true;
    loop {
        builder.position = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                builder.position = usize::try_from(reader.error_position()).unwrap_or(text.len());
                return Err(builder.malformed(&error.to_string()));
            }
        };
        match event {
            Event::Decl(declaration) if first => builder.declare(&declaration, encoding)?,
            Event::Decl(_) => return Err(builder.malformed("the XML declaration does not come first")),
            Event::DocType(_) => return Err(XmlProblem::Dtd),
            Event::Start(start) => builder.open(&start)?,
            Event::Empty(start) => {
                builder.open(&start)?;
                builder.close();
            }
            Event::End(_) => builder.close(),
            Event::Text(part) => builder.add_text(&part.xml10_content())?,
            Event::CData(_) if builder.open.is_empty() => return Err(builder.malformed(STRAY_TEXT)),
            Event::CData(part) => builder.add_text(&part.xml10_content())?,
            Event::GeneralRef(reference) => {
                let character = reference
                    .resolve_char_ref()
                    .map_err(|error| builder.malformed(&error.to_string()))?;
                match character {
                    Some(character) if is_allowed(character) => builder.add_text(character.encode_utf8(&mut [0; 4]))?,
                    Some(character) => return Err(XmlProblem::Character(character)),
                    None => match resolve_predefined_entity(&reference) {
                        Some(value) => builder.add_text(value)?,
                        None => return Err(builder.malformed(&format!("the entity &{};", &*reference))),
                    },
                }
            }
            Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => return builder.finish(),
        }
        first = false;
    }
}

const STRAY_TEXT: &str = "text outside the root element";

/// The tree so far.
#[derive(Default)]
struct Builder<'text> {
    text: &'text str,
    position: usize,
    root: Option<Element>,
    open: Vec<Element>,
    elements: usize,
    /// Prefixes that hold, each with the depth of the element that declared it.
    prefixes: Vec<(usize, String)>,
}

impl Builder<'_> {
    fn declare(&self, declaration: &BytesDecl<'_>, encoding: Encoding) -> Result<(), XmlProblem> {
        let version = declaration
            .version()
            .map_err(|error| self.malformed(&error.to_string()))?;
        if version != "1.0" {
            return Err(self.malformed("another version of XML than 1.0"));
        }
        let Some(stated) = declaration.encoding() else {
            return Ok(());
        };
        let stated = stated.map_err(|error| self.malformed(&error.to_string()))?;
        if !is_honest(&stated, encoding, self.text) {
            return Err(XmlProblem::StatedEncoding(stated.into_owned()));
        }
        Ok(())
    }

    fn open(&mut self, start: &BytesStart<'_>) -> Result<(), XmlProblem> {
        if self.open.len() >= DEEPEST {
            return Err(XmlProblem::Depth { limit: DEEPEST });
        }
        self.elements += 1;
        if self.elements > MOST_ELEMENTS {
            return Err(XmlProblem::Elements { limit: MOST_ELEMENTS });
        }
        if self.open.is_empty() && self.root.is_some() {
            return Err(self.malformed("a second root element"));
        }
        let attributes = self.read_attributes(start)?;
        let depth = self.open.len();
        for (name, _) in &attributes {
            if let Some(prefix) = name.strip_prefix("xmlns:") {
                self.prefixes.push((depth, prefix.to_owned()));
            }
        }
        if self.prefixes.len() > MOST_ATTRIBUTES {
            return Err(XmlProblem::Attributes { limit: MOST_ATTRIBUTES });
        }
        let name = start.name();
        let (prefix, local) = self.split_name(name.as_ref())?;
        self.check_prefix(prefix)?;
        for (name, _) in &attributes {
            let (prefix, _) = self.split_name(name)?;
            self.check_prefix(prefix.filter(|prefix| *prefix != "xmlns"))?;
        }
        let attributes = attributes.into_iter().filter(|(name, _)| !name.contains(':')).collect();
        self.open.push(Element {
            name: local.to_owned(),
            attributes,
            content: Vec::new(),
        });
        Ok(())
    }

    /// All attributes by their full names, no name twice.
    fn read_attributes(&self, start: &BytesStart<'_>) -> Result<Vec<(String, String)>, XmlProblem> {
        let mut read: Vec<(String, String)> = Vec::new();
        let mut attributes = start.attributes();
        // The reader compares each name with all before it, without a limit; here the limit comes first.
        for attribute in attributes.with_checks(false) {
            let attribute = attribute.map_err(|error| self.malformed(&error.to_string()))?;
            if read.len() == MOST_ATTRIBUTES {
                return Err(XmlProblem::Attributes { limit: MOST_ATTRIBUTES });
            }
            let name: &str = attribute.key.as_ref();
            if read.iter().any(|(own, _)| own == name) {
                return Err(self.malformed("an attribute stands twice"));
            }
            if attribute.value.contains('<') {
                return Err(self.malformed("an attribute holds \"<\""));
            }
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|error| self.malformed(&error.to_string()))?;
            if let Some(character) = value.chars().find(|character| !is_allowed(*character)) {
                return Err(XmlProblem::Character(character));
            }
            read.push((name.to_owned(), value.into_owned()));
        }
        Ok(read)
    }

    /// Prefix and local name, each of which must be a name.
    fn split_name<'name>(&self, name: &'name str) -> Result<(Option<&'name str>, &'name str), XmlProblem> {
        let (prefix, local) = match name.split_once(':') {
            Some((prefix, local)) => (Some(prefix), local),
            None => (None, name),
        };
        if !is_name(local) || !prefix.is_none_or(is_name) {
            return Err(self.malformed("a name that is none"));
        }
        Ok((prefix, local))
    }

    fn check_prefix(&self, prefix: Option<&str>) -> Result<(), XmlProblem> {
        let holds = |prefix: &str| prefix == "xml" || self.prefixes.iter().any(|(_, declared)| declared == prefix);
        if prefix.is_none_or(holds) {
            Ok(())
        } else {
            Err(self.malformed("a prefix without its namespace"))
        }
    }

    fn add_text(&mut self, part: &str) -> Result<(), XmlProblem> {
        match self.open.last_mut() {
            Some(element) => element.push_text(part),
            None if part.trim().is_empty() => {}
            None => return Err(self.malformed(STRAY_TEXT)),
        }
        Ok(())
    }

    /// Closes the innermost element; the reader has seen to it that there is one, and that its name fits.
    fn close(&mut self) {
        let Some(element) = self.open.pop() else { return };
        let depth = self.open.len();
        self.prefixes.retain(|(declared, _)| *declared < depth);
        match self.open.last_mut() {
            Some(parent) => parent.content.push(Node::Element(element)),
            None => self.root = Some(element),
        }
    }

    fn finish(mut self) -> Result<Element, XmlProblem> {
        if !self.open.is_empty() {
            return Err(self.malformed("an element is not closed"));
        }
        self.root.take().ok_or_else(|| self.malformed("there is no element"))
    }

    fn malformed(&self, reason: &str) -> XmlProblem {
        let before = self.text.as_bytes().get(..self.position).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count() as u64;
        XmlProblem::Malformed {
            line,
            reason: reason.to_owned(),
        }
    }
}

/// A letter or `_`, then letters, digits and `.`, `-`, `_`: XML's names, but for a few rare characters.
fn is_name(text: &str) -> bool {
    let mut characters = text.chars();
    characters
        .next()
        .is_some_and(|first| first.is_alphabetic() || first == '_')
        && characters.all(|next| next.is_alphanumeric() || matches!(next, '.' | '-' | '_' | '\u{b7}'))
}
