use super::*;
use crate::xml::XmlProblem;
use domain::package::metadata::{Dependency, DependencyGroup, FrameworkAssembly, FrameworkReferenceGroup, PackageType};
use domain::package::{
    DependencyId, FrameworkProblem, PackageIdProblem, PackageVersionProblem, TargetFramework, VersionRange,
    VersionRangeProblem, WebUrl,
};
use proptest::prelude::*;
use rstest::rstest;

/// The elements that every nuspec has.
const IDENTITY: &str = "<id>A.B</id><version>1.0</version>";
const REST: &str = "<authors>Ann</authors><description>It does.</description>";

fn nuspec(elements: &str) -> String {
    format!("<package><metadata>{IDENTITY}{REST}{elements}</metadata></package>")
}

fn read_text(text: &str) -> Result<Nuspec, BadPackage> {
    read(text.as_bytes(), &Limits::default())
}

fn read_elements(elements: &str) -> PackageMetadata {
    read_text(&nuspec(elements))
        .unwrap_or_else(|bad| panic!("{bad}"))
        .metadata
}

fn refused(text: &str) -> BadPackage {
    read_text(text).err().unwrap_or_else(|| panic!("accepted: {text}"))
}

#[rstest]
#[case("")]
#[case("http://schemas.microsoft.com/packaging/2010/07/nuspec.xsd")]
#[case("http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd")]
#[case("http://schemas.microsoft.com/packaging/2011/10/nuspec.xsd")]
#[case("http://schemas.microsoft.com/packaging/2012/06/nuspec.xsd")]
#[case("http://schemas.microsoft.com/packaging/2013/01/nuspec.xsd")]
#[case("http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd")]
fn every_schema_is_read(#[case] namespace: &str) {
    let text = format!("<package xmlns=\"{namespace}\"><metadata>{IDENTITY}{REST}</metadata></package>");
    assert_eq!(read_text(&text).unwrap().metadata.id.as_str(), "A.B");
    let prefixed = format!(
        "<n:package xmlns:n=\"{namespace}x\"><n:metadata>{}</n:metadata></n:package>",
        format!("{IDENTITY}{REST}")
            .replace("</", "</n:")
            .replace('<', "<n:")
            .replace("<n:/n:", "</n:")
    );
    assert_eq!(read_text(&prefixed).unwrap().metadata.id.as_str(), "A.B");
}

#[test]
fn everything_is_read() {
    let metadata = read_text(
        r#"<?xml version="1.0" encoding="utf-8"?>
        <!-- made by hand -->
        <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
          <metadata minClientVersion="2.12">
            <id> Contoso.Json </id>
            <version>1.2-Beta.3+sha</version>
            <title>Contoso&apos;s JSON</title>
            <authors>Ann , Bob,, Cleo</authors>
            <owners>ann</owners>
            <licenseUrl>https://licenses.nuget.org/MIT%20OR%20Apache-2.0</licenseUrl>
            <license type="expression" version="1.0.0">MIT OR Apache-2.0</license>
            <projectUrl>https://contoso.example/json</projectUrl>
            <iconUrl>http://contoso.example/icon.png</iconUrl>
            <icon>.\images\icon.png</icon>
            <readme>docs/README.md</readme>
            <requireLicenseAcceptance>TRUE</requireLicenseAcceptance>
            <developmentDependency>false</developmentDependency>
            <serviceable>true</serviceable>
            <summary>Short</summary>
            <description>Reads <![CDATA[<JSON>]]> &amp; writes&#32;it.</description>
            <releaseNotes>New</releaseNotes>
            <copyright>© Contoso</copyright>
            <language>en-US</language>
            <tags>json, parser;c#
              fast</tags>
            <repository type="git" url="https://contoso.example/json.git" branch="main" commit="abc" />
            <packageTypes>
              <packageType name="DotnetTool" version="1.0" />
              <packageType name="Contoso.Own" />
            </packageTypes>
            <dependencies>
              <group targetFramework=".NETStandard2.0">
                <dependency id="Contoso.Text" version="[1.0, 2.0)" exclude="Build,Analyzers" />
                <dependency id="Contoso.Io" />
              </group>
              <group targetFramework="net8.0" />
              <group><dependency id="Contoso.Text" version="1.0" /></group>
            </dependencies>
            <frameworkAssemblies>
              <frameworkAssembly assemblyName="System.Xml" targetFramework="net40, net45" />
              <frameworkAssembly assemblyName="System.Web" targetFramework=".NETFramework,Version=v4.5" />
              <frameworkAssembly assemblyName="System.Net" />
            </frameworkAssemblies>
            <frameworkReferences>
              <group targetFramework="net8.0"><frameworkReference name="Microsoft.AspNetCore.App" /></group>
            </frameworkReferences>
            <references><reference file="a.dll" /></references>
            <contentFiles><files include="**" /></contentFiles>
          </metadata>
          <files><file src="a" target="b" /></files>
        </package>"#,
    )
    .unwrap()
    .metadata;

    let framework = |text| TargetFramework::parse(text).unwrap();
    let dependency = |id, range| Dependency {
        id: DependencyId::parse(id).unwrap(),
        range: VersionRange::parse(range).unwrap(),
    };
    let version = PackageVersion::parse("1.2-Beta.3+sha").unwrap();
    assert_eq!(metadata.version.authored(), "1.2-Beta.3+sha");
    let expected = PackageMetadata {
        authors: "Ann, Bob, Cleo".into(),
        title: Some("Contoso's JSON".into()),
        description: "Reads <JSON> & writes it.".into(),
        summary: Some("Short".into()),
        release_notes: Some("New".into()),
        copyright: Some("© Contoso".into()),
        language: Some("en-US".into()),
        tags: ["json", "parser", "c#", "fast"].map(str::to_owned).into(),
        project_url: WebUrl::parse("https://contoso.example/json"),
        icon_url: WebUrl::parse("http://contoso.example/icon.png"),
        license_url: WebUrl::parse("https://licenses.nuget.org/MIT%20OR%20Apache-2.0"),
        license: License::Expression("MIT OR Apache-2.0".into()),
        icon: Some("images/icon.png".into()),
        readme: Some("docs/README.md".into()),
        repository: Some(Repository {
            kind: "git".into(),
            url: "https://contoso.example/json.git".into(),
            branch: "main".into(),
            commit: "abc".into(),
        }),
        min_client_version: Some(PackageVersion::parse("2.12").unwrap()),
        require_license_acceptance: true,
        development_dependency: false,
        package_types: vec![
            PackageType {
                name: "DotnetTool".into(),
                version: Some("1.0".into()),
            },
            PackageType {
                name: "Contoso.Own".into(),
                version: None,
            },
        ],
        dependency_groups: vec![
            DependencyGroup {
                target_framework: Some(framework("netstandard2.0")),
                dependencies: vec![dependency("Contoso.Text", "[1.0, 2.0)"), dependency("Contoso.Io", "")],
            },
            DependencyGroup {
                target_framework: Some(framework("net8.0")),
                dependencies: vec![],
            },
            DependencyGroup {
                target_framework: None,
                dependencies: vec![dependency("Contoso.Text", "1.0")],
            },
        ],
        framework_assemblies: vec![
            FrameworkAssembly {
                name: "System.Xml".into(),
                target_frameworks: vec![framework("net40"), framework("net45")],
            },
            FrameworkAssembly {
                name: "System.Web".into(),
                target_frameworks: vec![framework("net45")],
            },
            FrameworkAssembly {
                name: "System.Net".into(),
                target_frameworks: vec![],
            },
        ],
        framework_references: vec![FrameworkReferenceGroup {
            target_framework: framework("net8.0"),
            names: vec!["Microsoft.AspNetCore.App".into()],
        }],
        ..PackageMetadata::new(PackageId::parse("Contoso.Json").unwrap(), version)
    };
    assert_eq!(metadata, expected);
}

#[test]
fn dependencies_without_groups_are_for_any_framework() {
    let metadata = read_elements("<dependencies><dependency id='B' version='1.0'/><dependency id='C'/></dependencies>");
    assert_eq!(metadata.dependency_groups.len(), 1);
    assert_eq!(metadata.dependency_groups[0].target_framework, None);
    assert_eq!(metadata.dependency_groups[0].dependencies.len(), 2);
    assert_eq!(read_elements("<dependencies />").dependency_groups, []);
}

fn missing(name: &'static str) -> BadPackage {
    BadPackage::MissingElement { name }
}

#[rstest]
#[case("<a/>", "package")]
#[case("<package/>", "metadata")]
#[case("<package><metadata/></package>", "id")]
#[case("<package><metadata><id> </id></metadata></package>", "id")]
#[case("<package><metadata><id>A</id></metadata></package>", "version")]
#[case(
    "<package><metadata><id>A</id><version>1.0</version></metadata></package>",
    "authors"
)]
#[case(
    "<package><metadata><id>A</id><version>1.0</version><authors>,</authors></metadata></package>",
    "authors"
)]
#[case(
    "<package><metadata><id>A</id><version>1.0</version><authors>B</authors></metadata></package>",
    "description"
)]
fn what_every_package_has_is_asked_for(#[case] text: &str, #[case] name: &'static str) {
    assert_eq!(refused(text), missing(name));
}

#[rstest]
#[case("A B", "1.0", BadPackage::Id(PackageIdProblem::Character(' ')))]
#[case("$id$", "1.0", BadPackage::Id(PackageIdProblem::Placeholder))]
#[case("İd", "1.0", BadPackage::Id(PackageIdProblem::Character('İ')))]
#[case("A", "1.0.x", BadPackage::Version(PackageVersionProblem::Number("x".into())))]
#[case("A", "1.0-1", BadPackage::LabelUnsafeForOldClients { version: "1.0.0-1".into() })]
fn the_identity_follows_the_rules(#[case] id: &str, #[case] version: &str, #[case] bad: BadPackage) {
    let text = format!("<package><metadata><id>{id}</id><version>{version}</version>{REST}</metadata></package>");
    assert_eq!(refused(&text), bad);
}

#[test]
fn id_and_version_have_at_most_160_characters_together() {
    let text = |id: usize, version: usize| {
        let (id, label) = ("a".repeat(id), "a".repeat(version - 6));
        format!("<package><metadata><id>{id}</id><version>1.0.0-{label}</version>{REST}</metadata></package>")
    };
    assert!(read_text(&text(100, 60)).is_ok());
    assert_eq!(
        refused(&text(100, 61)),
        BadPackage::IdAndVersionTooLong {
            length: 161,
            limit: 160
        }
    );
}

#[rstest]
#[case("<id>B</id>", BadPackage::DuplicateElement { name: "id".into() })]
#[case("<own/><own/>", BadPackage::DuplicateElement { name: "own".into() })]
#[case("<dependencies/><dependencies/>", BadPackage::DuplicateElement { name: "dependencies".into() })]
#[case("<listed>false</listed>", BadPackage::ReservedElement { name: "listed" })]
#[case("<verbatimVersion>2</verbatimVersion>", BadPackage::ReservedElement { name: "verbatimVersion" })]
#[case("<requireLicenseAcceptance>yes</requireLicenseAcceptance>",
    BadPackage::NotABoolean { name: "requireLicenseAcceptance", value: "yes".into() })]
#[case("<developmentDependency/>", BadPackage::NotABoolean { name: "developmentDependency", value: String::new() })]
#[case("<serviceable>1</serviceable>", BadPackage::NotABoolean { name: "serviceable", value: "1".into() })]
#[case("<projectUrl>contoso.example</projectUrl>",
    BadPackage::NotAWebUrl { name: "projectUrl", value: "contoso.example".into() })]
#[case("<iconUrl>javascript:alert(1)</iconUrl>",
    BadPackage::NotAWebUrl { name: "iconUrl", value: "javascript:alert(1)".into() })]
#[case("<licenseUrl>ftp://contoso.example</licenseUrl>",
    BadPackage::NotAWebUrl { name: "licenseUrl", value: "ftp://contoso.example".into() })]
#[case("<icon><b>icon.png</b></icon>", BadPackage::UnexpectedChildren { name: "icon" })]
#[case("<readme><b/></readme>", BadPackage::UnexpectedChildren { name: "readme" })]
#[case("<license type='expression'>MIT<b/></license>", BadPackage::UnexpectedChildren { name: "license" })]
#[case(
    "<packageTypes><packageType name='SymbolsPackage'/></packageTypes>",
    BadPackage::SymbolsPackage
)]
#[case("<packageTypes><packageType name='a b'/></packageTypes>", BadPackage::PackageTypeName { name: "a b".into() })]
#[case("<packageTypes><packageType/></packageTypes>", BadPackage::PackageTypeName { name: String::new() })]
#[case("<packageTypes><packageType name='A' version='x'/></packageTypes>",
    BadPackage::PackageTypeVersion { name: "A".into(), version: "x".into() })]
#[case(
    "<packageTypes><packageType name='McpServer'/></packageTypes>",
    BadPackage::McpServerWithoutTool
)]
fn the_metadata_follows_the_rules(#[case] elements: &str, #[case] bad: BadPackage) {
    assert_eq!(refused(&nuspec(elements)), bad);
}

#[test]
fn metadata_stands_once() {
    let text = nuspec("").replace("</metadata>", "</metadata><metadata/>");
    assert_eq!(
        refused(&text),
        BadPackage::DuplicateElement {
            name: "metadata".into()
        }
    );
}

#[test]
fn a_symbols_package_is_named_before_what_it_lacks() {
    let text =
        "<package><metadata><packageTypes><packageType name='symbolspackage'/></packageTypes></metadata></package>";
    assert_eq!(refused(text), BadPackage::SymbolsPackage);
}

#[rstest]
#[case("title", 256)]
#[case("summary", 4_000)]
#[case("copyright", 4_000)]
#[case("tags", 4_000)]
#[case("releaseNotes", 35_000)]
#[case("language", 20)]
fn fields_have_limits(#[case] name: &'static str, #[case] limit: u64) {
    // A character outside the basic plane counts twice, as in NuGet's databases.
    let text = |length: u64| format!("<{name}>𝄞{}</{name}>", "a".repeat(usize::try_from(length).unwrap() - 2));
    assert!(read_text(&nuspec(&text(limit))).is_ok());
    assert_eq!(
        refused(&nuspec(&text(limit + 1))),
        BadPackage::FieldTooLong {
            name,
            length: limit + 1,
            limit
        }
    );
}

#[rstest]
#[case("<authors>", "</authors>", "authors")]
#[case("<description>", "</description>", "description")]
fn required_fields_have_limits(#[case] open: &str, #[case] close: &str, #[case] name: &'static str) {
    let text = nuspec("");
    let (start, rest) = text.split_once(open).unwrap();
    let (_, end) = rest.split_once(close).unwrap();
    let with = |length| format!("{start}{open}{}{close}{end}", "a".repeat(length));
    assert!(read_text(&with(4_000)).is_ok());
    assert_eq!(
        refused(&with(4_001)),
        BadPackage::FieldTooLong {
            name,
            length: 4_001,
            limit: 4_000
        }
    );
}

#[rstest]
#[case("<repository type='{}'/>", "repository type", 100)]
#[case("<repository url='{}'/>", "repository url", 4_000)]
#[case(
    "<dependencies><dependency id='B' version='{}'/></dependencies>",
    "dependency version",
    256
)]
#[case("<license type='expression'>{}</license>", "license", 500)]
fn attributes_have_limits(#[case] element: &str, #[case] name: &'static str, #[case] limit: u64) {
    let text = element.replace("{}", &"a".repeat(usize::try_from(limit).unwrap() + 1));
    assert_eq!(
        refused(&nuspec(&text)),
        BadPackage::FieldTooLong {
            name,
            length: limit + 1,
            limit
        }
    );
}

#[test]
fn the_list_of_dependencies_has_a_limit() {
    let list = |count: usize| {
        let one = |number| format!("<dependency id='{number:0>120}' version='1.0'/>");
        format!(
            "<dependencies>{}</dependencies>",
            (0..count).map(one).collect::<String>()
        )
    };
    assert!(read_text(&nuspec(&list(240))).is_ok());
    assert!(matches!(
        refused(&nuspec(&list(250))),
        BadPackage::FieldTooLong {
            name: "dependencies",
            limit: 32_767,
            ..
        }
    ));
}

#[rstest]
#[case("<dependency/>", BadPackage::MissingAttribute { element: "dependency", name: "id" })]
#[case("<dependency id='a b'/>",
    BadPackage::DependencyId { id: "a b".into(), problem: PackageIdProblem::Character(' ') })]
#[case("<dependency id='B'/><dependency id='b'/>",
    BadPackage::DuplicateDependency { id: "b".into(), framework: "any".into() })]
#[case("<dependency id='B' version='1.*'/>",
    BadPackage::DependencyRange { id: "B".into(), range: "1.*".into(), problem: VersionRangeProblem::Floating })]
#[case("<dependency id='B' version='(1.0)'/>",
    BadPackage::DependencyRange { id: "B".into(), range: "(1.0)".into(), problem: VersionRangeProblem::Brackets })]
#[case("<dependency id='B' version='[1.0+a, 2.0]'/>",
    BadPackage::DependencyMetadata { id: "B".into(), range: "[1.0+a, 2.0]".into() })]
#[case("<dependency id='B' version='1.0-1'/>",
    BadPackage::LabelUnsafeForOldClients { version: "1.0.0-1".into() })]
#[case("<group targetFramework='foo1'/>", BadPackage::Framework(FrameworkProblem::Unknown("foo1".into())))]
#[case("<group targetFramework='portable-net45-client+win8'/>",
    BadPackage::Framework(FrameworkProblem::PortableProfile("portable-net45-client+win8".into())))]
#[case("<group targetFramework='net45'/><group targetFramework='.NETFramework4.5'/>",
    BadPackage::DuplicateGroup { framework: ".NETFramework4.5".into() })]
#[case("<group/><group targetFramework=''/>", BadPackage::DuplicateGroup { framework: "any".into() })]
fn dependencies_follow_the_rules(#[case] inside: &str, #[case] bad: BadPackage) {
    assert_eq!(refused(&nuspec(&format!("<dependencies>{inside}</dependencies>"))), bad);
}

#[rstest]
#[case("<frameworkAssemblies><frameworkAssembly assemblyName='A' targetFramework='net45, x1'/></frameworkAssemblies>")]
#[case("<frameworkReferences><group targetFramework='x1'/></frameworkReferences>")]
fn frameworks_are_known(#[case] elements: &str) {
    assert_eq!(
        refused(&nuspec(elements)),
        BadPackage::Framework(FrameworkProblem::Unknown("x1".into()))
    );
}

#[test]
fn a_framework_assembly_has_a_name() {
    let elements = "<frameworkAssemblies><frameworkAssembly targetFramework='net45'/></frameworkAssemblies>";
    let bad = BadPackage::MissingAttribute {
        element: "frameworkAssembly",
        name: "assemblyName",
    };
    assert_eq!(refused(&nuspec(elements)), bad);
}

#[rstest]
#[case("7.3.1.1", None)]
#[case("", None)]
#[case("x", Some(BadPackage::MinClientVersion { value: "x".into() }))]
#[case("7.3.1.2",
    Some(BadPackage::MinClientVersionTooNew { asked: "7.3.1.2".into(), newest: "7.3.1.1".into() }))]
fn the_oldest_client_exists(#[case] value: &str, #[case] bad: Option<BadPackage>) {
    let text = nuspec("").replace("<metadata>", &format!("<metadata minClientVersion='{value}'>"));
    assert_eq!(read_text(&text).err(), bad);
}

#[rstest]
#[case("MIT")]
#[case("(MIT OR Apache-2.0) AND BSD-3-Clause")]
#[case("Apache-2.0 WITH LLVM-exception")]
#[case("GPL-2.0-or-later")]
#[case("MPL-2.0+")]
fn approved_licences(#[case] expression: &str) {
    let metadata = read_elements(&format!("<license type='expression'>{expression}</license>"));
    assert_eq!(metadata.license, License::Expression(expression.into()));
}

#[rstest]
#[case("", true)]
#[case("mit", true)]
#[case("MIT OR", true)]
#[case("MIT Apache-2.0", true)]
#[case("(MIT", true)]
#[case("MIT or Apache-2.0", true)]
#[case("MIT/Apache-2.0", true)]
#[case("GPL-2.0", true)]
#[case("UNLICENSED", true)]
#[case("MIT WITH Foo", true)]
#[case("LicenseRef-Contoso", false)]
#[case("JSON", false)]
#[case("MIT OR CC-BY-NC-4.0", false)]
fn other_licences(#[case] expression: &str, #[case] malformed: bool) {
    match refused(&nuspec(&format!("<license type='expression'>{expression}</license>"))) {
        BadPackage::LicenseExpression { expression: named, .. } => assert!(malformed && named == expression),
        BadPackage::LicenseNotApproved { license } => assert!(!malformed && expression.contains(&license)),
        other => panic!("{other}"),
    }
}

#[rstest]
#[case("<license>MIT</license>", BadPackage::LicenseKind { kind: String::new() })]
#[case("<license type='url'>MIT</license>", BadPackage::LicenseKind { kind: "url".into() })]
#[case("<license type='expression' version='2.0'>MIT</license>", BadPackage::LicenseVersion { version: "2.0".into() })]
#[case(
    "<licenseUrl>https://aka.ms/deprecateLicenseUrl</licenseUrl>",
    BadPackage::LicenseUrlAlone
)]
#[case("<license type='expression'>MIT</license><licenseUrl>https://aka.ms/deprecateLicenseUrl</licenseUrl>",
    BadPackage::LicenseUrlMismatch { expected: "https://licenses.nuget.org/MIT".into() })]
#[case("<license type='file'>a.txt</license><licenseUrl>https://contoso.example</licenseUrl>",
    BadPackage::LicenseUrlMismatch { expected: "https://aka.ms/deprecateLicenseUrl".into() })]
#[case("<license type='expression'>MIT OR ISC</license><licenseUrl>https://licenses.nuget.org/MIT+OR+ISC</licenseUrl>",
    BadPackage::LicenseUrlPlus { expected: "https://licenses.nuget.org/MIT%20OR%20ISC".into() })]
fn the_licence_is_stated_clearly(#[case] elements: &str, #[case] bad: BadPackage) {
    assert_eq!(refused(&nuspec(elements)), bad);
}

#[rstest]
#[case("<license type='file'>.\\legal\\LICENSE.txt</license><licenseUrl>https://aka.ms/deprecateLicenseUrl</licenseUrl>",
    License::File("legal/LICENSE.txt".into()))]
#[case("<license type='Expression'>MIT OR ISC</license><licenseUrl>https://licenses.nuget.org/MIT%20OR%20ISC</licenseUrl>",
    License::Expression("MIT OR ISC".into()))]
#[case("<license type='expression'>(MIT)</license><licenseUrl>https://licenses.nuget.org/%28MIT%29</licenseUrl>",
    License::Expression("(MIT)".into()))]
#[case("<licenseUrl>https://contoso.example/l</licenseUrl>",
    License::Url(WebUrl::parse("https://contoso.example/l").unwrap()))]
#[case("", License::None)]
fn ways_to_state_a_licence(#[case] elements: &str, #[case] license: License) {
    assert_eq!(read_elements(elements).license, license);
}

#[rstest]
#[case("", &[Warning::MissingLicense, Warning::MissingReadme])]
#[case("<license type='expression'>MIT</license><readme>r.md</readme>", &[])]
#[case("<licenseUrl>https://a.example</licenseUrl><readme>r.md</readme>", &[Warning::LicenseUrl])]
#[case("<license type='expression'>MIT</license><readme>r.md</readme><iconUrl>https://a.example</iconUrl>",
    &[Warning::IconUrl])]
#[case("<license type='expression'>MIT</license><readme>r.md</readme><icon>i.png</icon><iconUrl>https://a.example</iconUrl>",
    &[])]
#[case("<license type='expression'>MIT</license><readme>r.md</readme><title>e\u{301}</title>", &[Warning::NotNormalized])]
#[case("<license type='expression'>MIT</license><readme>r.md</readme><repository url='http://a.example'/>",
    &[Warning::RepositoryUrl])]
#[case("<license type='expression'>MIT</license><readme>r.md</readme><repository type='git' url='git://a.example'/>", &[])]
#[case("<license type='expression'>MIT</license><readme>r.md</readme><repository type='svn' url='git://a.example'/>",
    &[Warning::RepositoryUrl])]
#[case("<license type='expression'>MIT</license><readme>r.md</readme><repository type='git'/>", &[])]
fn what_could_be_better_is_said(#[case] elements: &str, #[case] warnings: &[Warning]) {
    assert_eq!(read_text(&nuspec(elements)).unwrap().warnings, warnings);
}

fn utf16(text: &str, mark: bool, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let mark = mark.then_some('\u{feff}').into_iter().collect::<String>();
    (mark + text).encode_utf16().flat_map(bytes).collect()
}

#[rstest]
fn utf8_and_utf16_are_read_with_and_without_mark(#[values(true, false)] mark: bool) {
    let text = nuspec("<title>Grüße, 日本</title>");
    let utf8 = if mark { format!("\u{feff}{text}") } else { text.clone() }.into_bytes();
    for bytes in [
        utf8,
        utf16(&text, mark, u16::to_le_bytes),
        utf16(&text, mark, u16::to_be_bytes),
    ] {
        let title = read(&bytes, &Limits::default()).unwrap().metadata.title;
        assert_eq!(title.as_deref(), Some("Grüße, 日本"));
    }
}

#[test]
fn a_stated_encoding_must_be_true() {
    let stated = |encoding: &str| format!("<?xml version='1.0' encoding='{encoding}'?>{}", nuspec(""));
    assert!(read_text(&stated("UTF-8")).is_ok());
    assert!(read_text(&stated("iso-8859-1")).is_ok());
    assert!(read(&utf16(&stated("utf-16"), true, u16::to_le_bytes), &Limits::default()).is_ok());
    let problem = |encoding: &str| BadPackage::Xml(XmlProblem::StatedEncoding(encoding.into()));
    assert_eq!(refused(&stated("utf-16")), problem("utf-16"));
    assert_eq!(refused(&stated("koi8-r")), problem("koi8-r"));
    assert_eq!(
        refused(&stated("iso-8859-1").replace("It does.", "Tut.é")),
        problem("iso-8859-1")
    );
}

#[rstest]
#[case(b"\xff\xfe<".as_slice())]
#[case(b"<package>\xe4</package>")]
#[case(b"\xff\xfe\x00\xd8")]
#[case(b"\x00\x00\xfe\xff\x00\x00\x00<")]
fn other_bytes_are_no_text(#[case] bytes: &[u8]) {
    let bad = read(bytes, &Limits::default()).err().unwrap();
    assert!(
        matches!(bad, BadPackage::Xml(XmlProblem::Encoding | XmlProblem::Character(_))),
        "{bad}"
    );
}

#[rstest]
#[case("<!DOCTYPE package>")]
#[case("<!DOCTYPE package [<!ENTITY a 'b'>]>")]
#[case("<!DOCTYPE package SYSTEM 'file:///etc/passwd'>")]
#[case("<?xml version='1.0'?>\n<!-- c --><!DOCTYPE package PUBLIC '-//a' 'http://a.example'>")]
#[case("<!DOCTYPE a [<!ENTITY a 'aaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]>")]
fn any_dtd_is_refused(#[case] prologue: &str) {
    assert_eq!(
        refused(&format!("{prologue}{}", nuspec(""))),
        BadPackage::Xml(XmlProblem::Dtd)
    );
}

#[rstest]
#[case("")]
#[case("   ")]
#[case("text")]
#[case("<package>")]
#[case("<package></metadata></package>")]
#[case("<package/><package/>")]
#[case("<package/>text")]
#[case("text<package/>")]
#[case("<package/><![CDATA[text]]>")]
#[case("<package>&unknown;</package>")]
#[case("<package>&#x110000;</package>")]
#[case("<package>& </package>")]
#[case("<package a='1' a='2'/>")]
#[case("<package a='<'/>")]
#[case("<package a=1/>")]
#[case("<package a/>")]
#[case("<1package/>")]
#[case("<p:package/>")]
#[case("<package p:a='1'/>")]
#[case("<package><!-- -- --></package>")]
#[case("<package><![CDATA[</package>")]
#[case("<package/><?xml version='1.0'?>")]
#[case(" <?xml version='1.0'?><package/>")]
#[case("<?xml version='1.1'?><package/>")]
#[case("<!doctype package><package/>")]
fn what_clients_cannot_parse_is_refused(#[case] text: &str) {
    let bad = refused(text);
    assert!(
        matches!(bad, BadPackage::Xml(XmlProblem::Malformed { .. } | XmlProblem::Dtd)),
        "{bad:?}"
    );
}

#[test]
fn a_mistake_is_told_with_its_line() {
    let bad = refused("<package>\n<metadata>\n</package>");
    assert!(
        matches!(&bad, BadPackage::Xml(XmlProblem::Malformed { line: 3, .. })),
        "{bad:?}"
    );
}

#[rstest]
#[case("\u{1}", '\u{1}')]
#[case("&#1;", '\u{1}')]
#[case("\u{fffe}", '\u{fffe}')]
#[case("\0", '\0')]
fn characters_that_xml_forbids_are_refused(#[case] text: &str, #[case] character: char) {
    let bad = refused(&nuspec(&format!("<title>{text}</title>")));
    assert_eq!(bad, BadPackage::Xml(XmlProblem::Character(character)));
}

#[rstest]
#[case("<a>".repeat(300_000), XmlProblem::Depth { limit: 32 })]
#[case(format!("<a>{}</a>", "<b/>".repeat(250_000)), XmlProblem::Elements { limit: 50_000 })]
#[case(format!("<a {}/>", (0..90_000).map(|number| format!("a{number}='' ")).collect::<String>()),
    XmlProblem::Attributes { limit: 64 })]
#[case(format!("<a {}/>", (0..65).map(|number| format!("xmlns:a{number}='b' ")).collect::<String>()),
    XmlProblem::Attributes { limit: 64 })]
#[case(
    (0..3).rev().fold("<b/>".to_owned(), |inside, level| {
        let declared: String = (0..40).map(|number| format!(" xmlns:p{level}x{number}='b'")).collect();
        format!("<a{declared}>{inside}</a>")
    }),
    XmlProblem::Attributes { limit: 64 }
)]
fn xml_has_limits(#[case] text: String, #[case] problem: XmlProblem) {
    assert_eq!(refused(&text), BadPackage::Xml(problem));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes, &Limits::default());
    }

    #[test]
    fn any_elements_are_read_without_panic(
        parts in prop::collection::vec(
            prop_oneof![
                "[<>/&;'\"=! a-z\\[\\]-]{0,6}",
                Just("<license type='expression'>".to_owned()),
                Just("</license>".to_owned()),
                Just("<dependencies><dependency id='".to_owned()),
                Just("<![CDATA[".to_owned()),
                Just("<!--".to_owned()),
                Just("&#x".to_owned()),
                "\\PC{0,4}",
            ],
            0..30,
        ),
    ) {
        let _ = read_text(&nuspec(&parts.concat()));
    }

    #[test]
    fn any_licence_is_read_without_panic(
        words in prop::collection::vec(
            prop_oneof![Just("MIT"), Just("GPL-2.0-only"), Just("AND"), Just("OR"), Just("WITH"), Just("("), Just(")"),
                Just("+"), Just("LLVM-exception"), Just("LicenseRef-"), Just("DocumentRef-a:"), Just("/"), Just("é")],
            0..12,
        ),
        separator in "[ ]?",
    ) {
        let text = words.join(&separator);
        let _ = read_text(&nuspec(&format!("<license type='expression'>{text}</license>")));
    }
}
