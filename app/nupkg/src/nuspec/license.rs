//! How the nuspec states the licence.

use super::fields::{check_length, file_path};
use crate::bad_package::BadPackage;
use crate::percent;
use crate::xml::Element;
use domain::package::{License, WebUrl};
use spdx::{Expression, LicenseItem};

/// The longest licence, in characters.
const LONGEST: u64 = 500;

/// Reads `<license>`, and holds `<licenseUrl>` against it.
pub(super) fn read(metadata: &Element, url: Option<&WebUrl>) -> Result<License, BadPackage> {
    let Some(element) = metadata.child("license") else {
        return match url {
            Some(url) if url.as_str() == License::FILE_URL => Err(BadPackage::LicenseUrlAlone),
            Some(url) => Ok(License::Url(url.clone())),
            None => Ok(License::None),
        };
    };
    let text = element.text();
    check_length("license", &text, LONGEST)?;
    if element.children().next().is_some() {
        return Err(BadPackage::UnexpectedChildren { name: "license" });
    }
    let kind = element.attribute("type").unwrap_or_default().trim();
    let version = element.attribute("version").unwrap_or("1.0.0").trim();
    let license = if kind.eq_ignore_ascii_case("expression") {
        License::Expression(text)
    } else if kind.eq_ignore_ascii_case("file") {
        License::File(file_path(element, "license")?)
    } else {
        return Err(BadPackage::LicenseKind { kind: kind.to_owned() });
    };
    if version != "1.0.0" {
        return Err(BadPackage::LicenseVersion {
            version: version.to_owned(),
        });
    }
    if let License::Expression(expression) = &license {
        check_expression(expression)?;
    }
    check_url(&license, url)?;
    Ok(license)
}

/// An SPDX expression in which each licence is approved by OSI or FSF.
fn check_expression(expression: &str) -> Result<(), BadPackage> {
    let malformed = |reason: String| BadPackage::LicenseExpression {
        expression: expression.to_owned(),
        reason,
    };
    if let Some(word) = expression.split([' ', '(', ')']).find(|word| is_lower_operator(word)) {
        return Err(malformed(format!("the operator \"{word}\" is to be in upper case")));
    }
    let parsed = Expression::parse(expression).map_err(|error| malformed(error.reason.to_string()))?;
    for requirement in parsed.requirements() {
        match &requirement.req.license {
            LicenseItem::Spdx { id, .. } if id.is_osi_approved() || id.is_fsf_free_libre() => {}
            item => {
                return Err(BadPackage::LicenseNotApproved {
                    license: item.to_string(),
                });
            }
        }
    }
    Ok(())
}

/// SPDX has come to allow operators in lower case, but NuGet's clients read them in upper case only.
fn is_lower_operator(word: &str) -> bool {
    ["AND", "OR", "WITH"]
        .iter()
        .any(|operator| word.eq_ignore_ascii_case(operator) && word != *operator)
}

/// `licenseUrl` is for old clients, and must lead them to the same licence. Left out, it misleads nobody.
fn check_url(license: &License, url: Option<&WebUrl>) -> Result<(), BadPackage> {
    let (Some(url), Some(expected)) = (url, license.legacy_url()) else {
        return Ok(());
    };
    let fits = match license {
        License::Expression(expression) => {
            // Clients differ in which characters they encode.
            let stated = percent::decode(url.as_str().strip_prefix(License::EXPRESSION_URL).unwrap_or_default());
            if stated != *expression && stated.replace('+', " ") == *expression {
                return Err(BadPackage::LicenseUrlPlus { expected });
            }
            stated == *expression
        }
        _ => url.as_str() == expected,
    };
    if fits {
        Ok(())
    } else {
        Err(BadPackage::LicenseUrlMismatch { expected })
    }
}
