//! Numbers of bytes, as limits are told.

/// A number of bytes in the largest unit that leaves no rest.
///
/// ```
/// use domain::size::Bytes;
/// assert_eq!(Bytes(250 << 20).to_string(), "250 MiB");
/// assert_eq!(Bytes(10_000).to_string(), "10000 bytes");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bytes(pub u64);

impl std::fmt::Display for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let units = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];
        match units
            .into_iter()
            .find(|(_, unit)| self.0 > 0 && self.0.is_multiple_of(*unit))
        {
            Some((name, unit)) => write!(f, "{} {name}", self.0 / unit),
            None => write!(f, "{} bytes", self.0),
        }
    }
}
