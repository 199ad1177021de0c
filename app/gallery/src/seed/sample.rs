//! The package files: small, different from one another, and good for a client to restore.

use crate::blobs::BlobRef;
use crate::error::Error;
use crate::packages::Sample;
use bytes::Bytes;
use domain::package::{PackageId, PackageVersion, VersionRange};
use nupkg::build::PackageBuilder;

/// Frameworks whose projects can use every sample.
const FRAMEWORKS: [&str; 2] = ["netstandard2.0", "net8.0"];

/// Words that descriptions and tags are made of, so that a search finds more than one package and not all.
const SUBJECTS: [&str; 12] = [
    "json",
    "logging",
    "http",
    "caching",
    "testing",
    "parsing",
    "metrics",
    "messaging",
    "storage",
    "security",
    "images",
    "scheduling",
];

/// A version of a package that others may depend on.
pub(super) struct Contents<'a> {
    pub(super) id: &'a PackageId,
    pub(super) version: &'a PackageVersion,
    /// Which package it is among its like, from 1.
    pub(super) number: u32,
    pub(super) owner: &'a str,
    pub(super) depends_on: Option<&'a PackageId>,
}

/// Builds a package and checks it as a push would.
pub(super) fn build(contents: &Contents<'_>, limits: &nupkg::Limits, now: i64) -> Result<(Sample, Bytes), Error> {
    let bytes = builder(contents)?.build();
    let good = nupkg::inspect(std::io::Cursor::new(&bytes), bytes.len() as u64, limits, now);
    let inspected = good.map_err(|problem| Error::internal(format!("{} cannot be sampled: {problem}", contents.id)))?;
    let blob = BlobRef::of(&bytes);
    Ok((Sample { inspected, blob }, bytes.into()))
}

fn builder(contents: &Contents<'_>) -> Result<PackageBuilder, Error> {
    let Contents { id, version, owner, .. } = contents;
    let (first, second) = (subject(contents.number), subject(contents.number / 12 + 5));
    let readme = format!("# {id}\n\nA sample package about **{first}** and {second}, published by {owner}.\n");
    let mut package = PackageBuilder::new(id, version)
        .authors(owner)
        .description(&format!(
            "Sample number {} about {first} and {second}.",
            contents.number
        ))
        .tags(&format!("sample {first} {second}"))
        .readme(&readme);
    for framework in FRAMEWORKS {
        package = package.supports(framework);
    }
    if let Some(other) = contents.depends_on {
        let range = VersionRange::parse("1.0.0").map_err(|problem| Error::internal(problem.to_string()))?;
        for framework in FRAMEWORKS {
            package = package.dependency(framework, other, &range);
        }
    }
    Ok(package)
}

fn subject(number: u32) -> &'static str {
    SUBJECTS
        .iter()
        .cycle()
        .nth(number as usize % SUBJECTS.len())
        .copied()
        .unwrap_or_default()
}
