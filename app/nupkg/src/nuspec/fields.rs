//! The plain elements of the metadata.

use crate::bad_package::BadPackage;
use crate::xml::Element;
use domain::package::WebUrl;
use std::collections::HashSet;

/// Elements that stand directly in the metadata, none of them twice, none with a name of the gallery's own.
pub(super) struct Fields<'element>(&'element Element);

/// Names that galleries write into what they publish; a nuspec that has them could make itself look different there.
const RESERVED: [&str; 12] = [
    "created",
    "dependencyGroups",
    "isPrerelease",
    "lastEdited",
    "listed",
    "packageEntries",
    "packageHash",
    "packageHashAlgorithm",
    "packageSize",
    "published",
    "supportedFrameworks",
    "verbatimVersion",
];

impl<'element> Fields<'element> {
    pub(super) fn of(metadata: &'element Element) -> Result<Self, BadPackage> {
        let mut seen = HashSet::new();
        for child in metadata.children() {
            if let Some(name) = RESERVED.into_iter().find(|reserved| *reserved == child.name()) {
                return Err(BadPackage::ReservedElement { name });
            }
            if !seen.insert(child.name()) {
                return Err(BadPackage::DuplicateElement {
                    name: child.name().to_owned(),
                });
            }
        }
        Ok(Self(metadata))
    }

    /// The text of an element, if there is any.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.0.child(name).map(Element::text).filter(|text| !text.is_empty())
    }

    /// The text of an element, of at most this many characters.
    pub(super) fn limited(&self, name: &'static str, limit: u64) -> Result<Option<String>, BadPackage> {
        let text = self.text(name);
        if let Some(text) = &text {
            check_length(name, text, limit)?;
        }
        Ok(text)
    }

    /// An absolute http or https address, if there is one.
    pub(super) fn web_url(&self, name: &'static str) -> Result<Option<WebUrl>, BadPackage> {
        let Some(value) = self.limited(name, 4_000)? else {
            return Ok(None);
        };
        match WebUrl::parse(&value) {
            Some(url) => Ok(Some(url)),
            None => Err(BadPackage::NotAWebUrl { name, value }),
        }
    }

    /// A switch, which is off if the element is missing.
    pub(super) fn boolean(&self, name: &'static str) -> Result<bool, BadPackage> {
        let Some(element) = self.0.child(name) else {
            return Ok(false);
        };
        let value = element.text();
        if value.eq_ignore_ascii_case("true") {
            Ok(true)
        } else if value.eq_ignore_ascii_case("false") {
            Ok(false)
        } else {
            Err(BadPackage::NotABoolean { name, value })
        }
    }

    /// The path of a file in the package, with slashes and without a leading `./`, if the element is there.
    pub(super) fn file(&self, name: &'static str) -> Result<Option<String>, BadPackage> {
        self.0.child(name).map(|element| file_path(element, name)).transpose()
    }
}

/// The path that an element names, with slashes and without a leading `./`, as packages have them.
pub(super) fn file_path(element: &Element, name: &'static str) -> Result<String, BadPackage> {
    if element.children().next().is_some() {
        return Err(BadPackage::UnexpectedChildren { name });
    }
    let path = element.text().replace('\\', "/");
    check_length(name, &path, 4_000)?;
    let path = path.strip_prefix("./").unwrap_or(&path);
    Ok(path.trim_start_matches('/').to_owned())
}

/// Counts characters as NuGet's databases do: in units of UTF-16.
pub(super) fn check_length(name: &'static str, text: &str, limit: u64) -> Result<(), BadPackage> {
    let length = text.encode_utf16().count() as u64;
    if length > limit {
        Err(BadPackage::FieldTooLong { name, length, limit })
    } else {
        Ok(())
    }
}
