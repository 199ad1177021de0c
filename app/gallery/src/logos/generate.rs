//! A picture made of a name, for accounts without a logo: a mirrored pattern of squares in a colour of its own. Nothing
//! of the name itself stands in it, so nothing in it can be markup.

use domain::account::AccountName;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Squares a side.
const SIDE: usize = 5;

/// The columns that are drawn; the others mirror them.
const DRAWN: usize = SIDE.div_ceil(2);

/// The picture, as SVG; the same for every spelling of the name.
pub(super) fn picture_of(name: &AccountName) -> String {
    let digest = Sha256::digest(name.key());
    let mut bytes = digest.iter().copied();
    let hue = u32::from(bytes.next().unwrap_or_default()) * 360 / 256;
    let mut squares = String::new();
    for (at, byte) in bytes.take(SIDE * DRAWN).enumerate() {
        if byte & 1 == 1 {
            let (x, y) = (at / SIDE, at % SIDE);
            square(&mut squares, x, y);
            if x + 1 < DRAWN {
                square(&mut squares, SIDE - 1 - x, y);
            }
        }
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 7 7\" width=\"128\" height=\"128\" \
         shape-rendering=\"crispEdges\"><rect width=\"7\" height=\"7\" fill=\"hsl({hue},45%,90%)\"/>\
         <path fill=\"hsl({hue},50%,42%)\" d=\"{squares}\"/></svg>"
    )
}

fn square(squares: &mut String, x: usize, y: usize) {
    // Writing to a text does not fail.
    let _ = write!(squares, "M{} {}h1v1h-1z", x + 1, y + 1);
}

#[cfg(test)]
mod tests {
    use super::picture_of;
    use domain::account::AccountName;

    fn of(name: &str) -> String {
        picture_of(&AccountName::parse(name).unwrap())
    }

    #[test]
    fn a_picture_is_the_same_for_every_spelling_and_another_for_another_name() {
        assert_eq!(of("Contoso"), of("contoso"));
        assert_ne!(of("contoso"), of("fabrikam"));
    }

    #[test]
    fn the_name_is_not_in_it() {
        let picture = of("contoso");
        assert!(picture.starts_with("<svg xmlns=") && picture.ends_with("</svg>"));
        assert!(!picture.contains("contoso") && !picture.contains("script"));
    }
}
