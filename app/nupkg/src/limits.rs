//! How much of everything a package may have.

use domain::package::PackageVersion;

/// The limits of a package (product contract, section 10). All sizes are bytes.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The package itself.
    pub package: u64,
    /// The nuspec, unpacked.
    pub nuspec: u64,
    /// The README, unpacked.
    pub readme: u64,
    /// The icon, unpacked.
    pub icon: u64,
    /// The licence's text, unpacked.
    pub license: u64,
    /// Files and folders in the package.
    pub entries: u64,
    /// All files together, unpacked.
    pub unpacked: u64,
    /// The newest client that `minClientVersion` may ask for.
    pub newest_client: PackageVersion,
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: u64 = 1024 * 1024;
        Self {
            package: 250 * MIB,
            nuspec: MIB,
            readme: MIB,
            icon: MIB,
            license: MIB,
            entries: 50_000,
            unpacked: 4 * 1024 * MIB,
            newest_client: PackageVersion::from_numbers([7, 3, 1, 1]),
        }
    }
}
