//! Makes packages: for sample data, and for tests of everything that takes one.

use domain::package::{License, PackageId, PackageVersion, VersionRange};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Builds a small package that clients restore and that [`crate::inspect`] finds good.
///
/// The same calls give the same bytes, whenever and wherever.
///
/// ```
/// use domain::package::{PackageId, PackageVersion, VersionRange};
/// use nupkg::build::PackageBuilder;
/// let bytes = PackageBuilder::new(&PackageId::parse("Contoso.Json").unwrap(), &PackageVersion::parse("1.0.0").unwrap())
///     .description("Reads JSON.")
///     .dependency("net8.0", &PackageId::parse("Contoso.Text").unwrap(), &VersionRange::parse("1.0").unwrap())
///     .readme("# Contoso.Json")
///     .build();
/// assert!(nupkg::inspect(std::io::Cursor::new(&bytes), bytes.len() as u64, &nupkg::Limits::default(), 1_800_000_000).is_ok());
/// ```
#[derive(Clone, Debug)]
pub struct PackageBuilder {
    id: String,
    version: String,
    authors: String,
    description: String,
    license: License,
    tags: String,
    elements: String,
    dependencies: BTreeMap<String, Vec<(String, String)>>,
    files: BTreeMap<String, Vec<u8>>,
}

impl PackageBuilder {
    /// A package with the fields that every package has.
    #[must_use]
    pub fn new(id: &PackageId, version: &PackageVersion) -> Self {
        Self {
            id: id.as_str().to_owned(),
            version: version.authored().to_owned(),
            authors: "Contoso".to_owned(),
            description: format!("The package {id}."),
            license: License::Expression("MIT".to_owned()),
            tags: String::new(),
            elements: String::new(),
            dependencies: BTreeMap::new(),
            files: BTreeMap::new(),
        }
    }

    /// Sets the authors, separated by commas.
    #[must_use]
    pub fn authors(mut self, authors: &str) -> Self {
        authors.clone_into(&mut self.authors);
        self
    }

    /// Sets the description.
    #[must_use]
    pub fn description(mut self, description: &str) -> Self {
        description.clone_into(&mut self.description);
        self
    }

    /// Sets the tags, separated by spaces.
    #[must_use]
    pub fn tags(mut self, tags: &str) -> Self {
        tags.clone_into(&mut self.tags);
        self
    }

    /// States another licence than MIT.
    #[must_use]
    pub fn license(mut self, license: License) -> Self {
        self.license = license;
        self
    }

    /// Adds any other element of the metadata, with plain text inside.
    #[must_use]
    pub fn element(mut self, name: &str, text: &str) -> Self {
        push_element(&mut self.elements, name, text);
        self
    }

    /// Adds a dependency on a target framework; on every framework if that is empty.
    #[must_use]
    pub fn dependency(mut self, framework: &str, id: &PackageId, range: &VersionRange) -> Self {
        let group = self.dependencies.entry(framework.to_owned()).or_default();
        group.push((id.as_str().to_owned(), range.to_string()));
        self
    }

    /// Adds a file, or replaces the one of that path.
    #[must_use]
    pub fn file(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.to_owned(), bytes.into());
        self
    }

    /// Adds a README.
    #[must_use]
    pub fn readme(self, markdown: &str) -> Self {
        self.element("readme", "README.md").file("README.md", markdown)
    }

    /// Adds an icon, which is to be a PNG.
    #[must_use]
    pub fn icon(self, png: impl Into<Vec<u8>>) -> Self {
        self.element("icon", "icon.png").file("icon.png", png)
    }

    /// Says that projects of a target framework can use the package, by an empty folder for their assemblies.
    #[must_use]
    pub fn supports(self, framework: &str) -> Self {
        let path = format!("lib/{framework}/_._");
        self.file(&path, Vec::new())
    }

    /// The nuspec as it will stand in the package.
    #[must_use]
    pub fn nuspec(&self) -> String {
        let mut xml = String::from(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
             <package xmlns=\"http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd\">\n  <metadata>\n",
        );
        push_element(&mut xml, "id", &self.id);
        push_element(&mut xml, "version", &self.version);
        push_element(&mut xml, "authors", &self.authors);
        push_license(&mut xml, &self.license);
        xml.push_str(&self.elements);
        push_element(&mut xml, "description", &self.description);
        if !self.tags.is_empty() {
            push_element(&mut xml, "tags", &self.tags);
        }
        self.push_dependencies(&mut xml);
        xml.push_str("  </metadata>\n</package>\n");
        xml
    }

    /// The package.
    ///
    /// # Panics
    /// When a path has more than 65,535 bytes or the package more than 4 GiB, which no sample has.
    #[must_use]
    pub fn build(&self) -> Vec<u8> {
        let nuspec_path = format!("{}.nuspec", self.id);
        let mut entries: Vec<(&str, &[u8])> = Vec::new();
        let (relationships, types, nuspec) = (relationships(&nuspec_path), self.content_types(), self.nuspec());
        entries.push(("_rels/.rels", relationships.as_bytes()));
        entries.push((&nuspec_path, nuspec.as_bytes()));
        entries.push(("[Content_Types].xml", types.as_bytes()));
        let reserved = |path: &str| entries.iter().any(|(own, _)| own.eq_ignore_ascii_case(path));
        let files = self.files.iter().filter(|(path, _)| !reserved(path));
        let files: Vec<(&str, &[u8])> = files.map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
        entries.extend(files);

        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        for (path, bytes) in entries {
            writer
                .start_file(path, options)
                .and_then(|()| Ok(writer.write_all(bytes)?))
                .expect("memory takes every byte, and the paths are distinct and short");
        }
        writer.finish().expect("memory takes every byte").into_inner()
    }

    fn push_dependencies(&self, xml: &mut String) {
        if self.dependencies.is_empty() {
            return;
        }
        xml.push_str("    <dependencies>\n");
        for (framework, dependencies) in &self.dependencies {
            if framework.is_empty() {
                xml.push_str("      <group>\n");
            } else {
                let _ = writeln!(xml, "      <group targetFramework=\"{}\">", escape(framework));
            }
            for (id, range) in dependencies {
                let _ = writeln!(
                    xml,
                    "        <dependency id=\"{}\" version=\"{}\" />",
                    escape(id),
                    escape(range)
                );
            }
            xml.push_str("      </group>\n");
        }
        xml.push_str("    </dependencies>\n");
    }

    /// Clients up to 2.8 read packages as OPC, which wants a type for every extension.
    fn content_types(&self) -> String {
        let mut xml = String::from(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
             <Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\n  \
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\" />\n  \
             <Default Extension=\"nuspec\" ContentType=\"application/octet\" />\n",
        );
        let mut extensions: Vec<&str> = self
            .files
            .keys()
            .filter_map(|path| path.rsplit_once('.'))
            .map(|(_, end)| end)
            .collect();
        extensions.retain(|extension| !extension.contains('/') && !matches!(*extension, "rels" | "nuspec"));
        extensions.sort_unstable();
        extensions.dedup();
        for extension in extensions {
            let _ = writeln!(
                xml,
                "  <Default Extension=\"{}\" ContentType=\"application/octet\" />",
                escape(extension)
            );
        }
        xml.push_str("</Types>\n");
        xml
    }
}

/// How OPC readers find the nuspec.
fn relationships(nuspec_path: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\n  \
         <Relationship Type=\"http://schemas.microsoft.com/packaging/2010/07/manifest\" Target=\"/{}\" Id=\"R1\" />\n\
         </Relationships>\n",
        escape(nuspec_path)
    )
}

fn push_license(xml: &mut String, license: &License) {
    match license {
        License::None => {}
        License::Expression(text) => {
            let _ = writeln!(xml, "    <license type=\"expression\">{}</license>", escape(text));
        }
        License::File(path) => {
            let _ = writeln!(xml, "    <license type=\"file\">{}</license>", escape(path));
        }
        License::Url(_) => {}
    }
    if let Some(url) = license.legacy_url() {
        push_element(xml, "licenseUrl", &url);
    }
}

fn push_element(xml: &mut String, name: &str, text: &str) {
    let _ = writeln!(xml, "    <{name}>{}</{name}>", escape(text));
}

fn escape(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}
