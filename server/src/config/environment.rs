//! The environment's settings, put over the file's.

use super::problem::{Place, Problem};
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// The variables with a name of their own (product contract, section 3), and what they set.
const SHORT: [(&str, &[&str]); 10] = [
    ("LEPTOS_SITE_ADDR", &["package", "metadata", "leptos", "site-addr"]),
    ("LEPTOS_SITE_ROOT", &["package", "metadata", "leptos", "site-root"]),
    ("GUILDHALL_DATA_DIR", &["server", "data_dir"]),
    ("GUILDHALL_DATABASE_URL", &["database", "url"]),
    ("GUILDHALL_STORAGE_URL", &["storage", "url"]),
    ("GUILDHALL_PUBLIC_URL", &["server", "public_url"]),
    ("GUILDHALL_SMTP_URL", &["mail", "smtp_url"]),
    ("GUILDHALL_DEV_IDENTITY", &["development", "identity"]),
    ("GUILDHALL_TRUSTED_PROXIES", &["server", "trusted_proxies"]),
    ("GUILDHALL_LOG", &["log", "filter"]),
];

/// The beginning of every variable of ours.
const PREFIX: &str = "GUILDHALL_";

/// The variables that set something, in the order of their names; their values stand in the document with a span behind
/// the file's end, from which [`Overlay::place`] finds the variable's name again.
pub(super) struct Overlay {
    file_length: usize,
    names: Vec<String>,
}

impl Overlay {
    /// Puts the variables over what the file says. An empty variable is an unset one.
    ///
    /// # Errors
    /// When a variable of ours has a name that cannot be a setting's, or two set the same.
    pub(super) fn put(
        document: &mut DeTable<'_>,
        file_length: usize,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, Problem> {
        let mut variables: Vec<_> = environment.into_iter().collect();
        variables.sort();
        let mut overlay = Self {
            file_length,
            names: Vec::new(),
        };
        let mut paths: Vec<Vec<String>> = Vec::new();
        for (name, value) in variables {
            let Some(path) = path_of(&name)? else { continue };
            if value.is_empty() {
                continue;
            }
            if let Some(first) = paths.iter().position(|other| *other == path) {
                let first = overlay.names.get(first).cloned().unwrap_or_default();
                return Err(Problem::at(
                    Place::Variable(name),
                    format!("sets the same as {first}; unset one of them"),
                ));
            }
            overlay.names.push(name.clone());
            if !overlay.set(document, &path, value) {
                return Err(unknown(&name));
            }
            paths.push(path);
        }
        Ok(overlay)
    }

    /// Where a span of the document is: in a variable, if it lies behind the file's end.
    pub(super) fn place(&self, span: &std::ops::Range<usize>) -> Option<Place> {
        let index = span.start.checked_sub(self.file_length + 1)?;
        self.names.get(index).cloned().map(Place::Variable)
    }

    /// Sets the value of the newest variable; false if a part of its path is a value already.
    fn set(&self, document: &mut DeTable<'_>, path: &[String], value: String) -> bool {
        let at = self.file_length + self.names.len();
        let span = at..at;
        let Some((key, sections)) = path.split_last() else {
            return false;
        };
        let mut table = document;
        for section in sections {
            if table.get(section.as_str()).is_none() {
                let name = Spanned::new(span.clone(), DeString::Owned(section.clone()));
                table.insert(name, Spanned::new(span.clone(), DeValue::Table(DeTable::new())));
            }
            match table.get_mut(section.as_str()).map(Spanned::get_mut) {
                Some(DeValue::Table(inner)) => table = inner,
                _ => return false,
            }
        }
        // The key too, so that an unknown one is told by the variable's name.
        table.remove(key.as_str());
        let name = Spanned::new(span.clone(), DeString::Owned(key.clone()));
        table.insert(name, Spanned::new(span, DeValue::String(DeString::Owned(value))));
        true
    }
}

/// The place in the file of what a variable sets, or nothing if it is not ours.
fn path_of(name: &str) -> Result<Option<Vec<String>>, Problem> {
    if let Some((_, path)) = SHORT.iter().find(|(short, _)| *short == name) {
        return Ok(Some(path.iter().map(|part| (*part).to_owned()).collect()));
    }
    let Some(rest) = name.strip_prefix(PREFIX) else {
        return Ok(None);
    };
    let path: Vec<String> = rest.split("__").map(str::to_ascii_lowercase).collect();
    // Leptos' options have names of their own, and no others.
    let possible =
        path.len() >= 2 && path.iter().all(|part| !part.is_empty()) && path.first().is_some_and(|s| s != "package");
    if possible { Ok(Some(path)) } else { Err(unknown(name)) }
}

fn unknown(name: &str) -> Problem {
    let short: Vec<&str> = SHORT.iter().map(|(short, _)| *short).collect();
    Problem::at(
        Place::Variable(name.to_owned()),
        format!(
            "no such setting; there are {}, and GUILDHALL_<SECTION>__<KEY> for every key of the file",
            short.join(", ")
        ),
    )
}
