//! Target frameworks: what a group of dependencies is for.

use serde::{Deserialize, Serialize};
use std::fmt::{self, Write as _};

/// A target framework such as `net6.0`, `.NETStandard2.0` or `net6.0-windows7.0`, in whatever form it was written.
///
/// ```
/// use domain::package::TargetFramework;
/// let framework = TargetFramework::parse(".NETStandard2.0").unwrap();
/// assert_eq!(framework.canonical(), ".NETStandard2.0");
/// assert_eq!(framework.short(), "netstandard2.0");
/// assert_eq!(TargetFramework::parse("net461").unwrap().canonical(), ".NETFramework4.6.1");
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TargetFramework {
    written: String,
    canonical: String,
    short: String,
}

impl TargetFramework {
    /// The longest text that is read, in bytes.
    pub const MAX_LENGTH: usize = 256;

    /// Reads a framework in its short form (`net461`), its long form (`.NETFramework4.6.1`), or as .NET names it
    /// (`.NETFramework,Version=v4.6.1`).
    ///
    /// # Errors
    /// When NuGet knows no such framework, or a portable profile holds another profile.
    pub fn parse(text: &str) -> Result<Self, FrameworkProblem> {
        let written = text.trim();
        if written.len() > Self::MAX_LENGTH {
            return Err(FrameworkProblem::TooLong { length: written.len() });
        }
        let parts = Parts::split(written).ok_or_else(|| FrameworkProblem::Unknown(written.to_owned()))?;
        if parts.family.identifier == PORTABLE && parts.profile.contains('-') {
            return Err(FrameworkProblem::PortableProfile(written.to_owned()));
        }
        Ok(Self {
            written: written.to_owned(),
            canonical: parts.canonical(),
            short: parts.short(),
        })
    }

    /// The framework as its author wrote it.
    #[must_use]
    pub fn written(&self) -> &str {
        &self.written
    }

    /// The name that registrations show: `.NETStandard2.0`, `net6.0`.
    #[must_use]
    pub fn canonical(&self) -> &str {
        &self.canonical
    }

    /// The name of its folder in a package: `netstandard2.0`, `net6.0`.
    #[must_use]
    pub fn short(&self) -> &str {
        &self.short
    }
}

/// Two ways of writing one framework are equal.
impl PartialEq for TargetFramework {
    fn eq(&self, other: &Self) -> bool {
        self.short == other.short
    }
}

impl Eq for TargetFramework {}

/// The canonical name.
impl fmt::Display for TargetFramework {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.canonical)
    }
}

impl TryFrom<String> for TargetFramework {
    type Error = FrameworkProblem;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<TargetFramework> for String {
    fn from(framework: TargetFramework) -> Self {
        framework.written
    }
}

/// Why a text is no target framework.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FrameworkProblem {
    /// NuGet knows no such framework.
    Unknown(String),
    /// A framework inside a portable profile has a profile itself.
    PortableProfile(String),
    /// It has more bytes than any framework.
    TooLong {
        /// The bytes it has.
        length: usize,
    },
}

impl fmt::Display for FrameworkProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(text) => write!(
                formatter,
                "The target framework \"{}\" is unknown. Use one such as net8.0 or netstandard2.0.",
                text.escape_debug()
            ),
            Self::PortableProfile(text) => write!(
                formatter,
                "The portable framework \"{}\" holds a framework with a profile. Leave out what follows the second hyphen.",
                text.escape_debug()
            ),
            Self::TooLong { length } => write!(
                formatter,
                "A target framework has {length} characters. Use one such as net8.0 or netstandard2.0."
            ),
        }
    }
}

impl std::error::Error for FrameworkProblem {}

/// A framework's identifier, its short name, and how short versions are written.
struct Family {
    identifier: &'static str,
    short: &'static str,
    digits: Digits,
}

/// How the version stands in a short name.
#[derive(PartialEq)]
enum Digits {
    /// Two digits at least, without dots unless one is above 9: `net45`, `uap10.0`.
    Two,
    /// One digit at least: `win8`, `sl5`.
    One,
    /// Always with dots: `netstandard2.0`.
    Dotted,
}

const PORTABLE: &str = ".NETPortable";
const NET_CORE_APP: &str = ".NETCoreApp";
const NET_FRAMEWORK: &str = ".NETFramework";

/// Every framework that NuGet's clients know.
const FAMILIES: &[Family] = &[
    family(NET_CORE_APP, "netcoreapp", Digits::Dotted),
    family(".NETStandard", "netstandard", Digits::Dotted),
    family(".NETStandardApp", "netstandardapp", Digits::Dotted),
    family(".NETPlatform", "dotnet", Digits::Dotted),
    family(NET_FRAMEWORK, "net", Digits::Two),
    family(".NETMicroFramework", "netmf", Digits::Two),
    family(".NETnanoFramework", "netnano", Digits::Dotted),
    family("Silverlight", "sl", Digits::One),
    family(PORTABLE, "portable", Digits::Two),
    family("WindowsPhone", "wp", Digits::One),
    family("WindowsPhoneApp", "wpa", Digits::Two),
    family("Windows", "win", Digits::One),
    family("ASP.NET", "aspnet", Digits::Two),
    family("ASP.NETCore", "aspnetcore", Digits::Two),
    family("native", "native", Digits::Two),
    family("MonoAndroid", "monoandroid", Digits::Two),
    family("MonoTouch", "monotouch", Digits::Two),
    family("MonoMac", "monomac", Digits::Two),
    family("Xamarin.iOS", "xamarinios", Digits::Two),
    family("Xamarin.Mac", "xamarinmac", Digits::Two),
    family("Xamarin.PlayStation3", "xamarinpsthree", Digits::Two),
    family("Xamarin.PlayStation4", "xamarinpsfour", Digits::Two),
    family("Xamarin.PlayStationVita", "xamarinpsvita", Digits::Two),
    family("Xamarin.WatchOS", "xamarinwatchos", Digits::Two),
    family("Xamarin.TVOS", "xamarintvos", Digits::Two),
    family("Xamarin.Xbox360", "xamarinxboxthreesixty", Digits::Two),
    family("Xamarin.XboxOne", "xamarinxboxone", Digits::Two),
    family("DNX", "dnx", Digits::Two),
    family("DNXCore", "dnxcore", Digits::Two),
    family(".NETCore", "netcore", Digits::Two),
    family("WinRT", "winrt", Digits::Two),
    family("UAP", "uap", Digits::Two),
    family("Tizen", "tizen", Digits::Two),
    family("Any", "any", Digits::Two),
    family("Agnostic", "agnostic", Digits::Two),
];

/// Other names for frameworks of the list.
const SYNONYMS: &[(&str, &str)] = &[
    ("NETFramework", NET_FRAMEWORK),
    (".NET", NET_FRAMEWORK),
    ("NETCore", ".NETCore"),
    ("NETCoreApp", NET_CORE_APP),
    ("NETStandard", ".NETStandard"),
    ("NETPortable", PORTABLE),
    ("NETPlatform", ".NETPlatform"),
    ("netnanoframework", ".NETnanoFramework"),
    ("Xamarin.PlayStationThree", "Xamarin.PlayStation3"),
    ("Xamarin.PlayStationFour", "Xamarin.PlayStation4"),
];

const fn family(identifier: &'static str, short: &'static str, digits: Digits) -> Family {
    Family {
        identifier,
        short,
        digits,
    }
}

fn family_named(name: &str) -> Option<&'static Family> {
    let synonym = SYNONYMS
        .iter()
        .find(|(other, _)| other.eq_ignore_ascii_case(name))
        .map(|(_, identifier)| *identifier);
    let name = synonym.unwrap_or(name);
    FAMILIES
        .iter()
        .find(|family| family.identifier.eq_ignore_ascii_case(name) || family.short.eq_ignore_ascii_case(name))
}

/// A framework taken apart.
struct Parts {
    family: &'static Family,
    version: [u32; 4],
    profile: String,
}

impl Parts {
    fn split(text: &str) -> Option<Self> {
        if text.contains(',') {
            Self::split_long(text)
        } else {
            Self::split_short(text)
        }
    }

    /// `.NETFramework,Version=v4.0,Profile=Client`
    fn split_long(text: &str) -> Option<Self> {
        let mut fields = text.split(',').map(str::trim);
        let family = family_named(fields.next()?)?;
        let mut parts = Self {
            family,
            version: [0; 4],
            profile: String::new(),
        };
        for field in fields {
            let (name, value) = field.split_once('=')?;
            if name.trim().eq_ignore_ascii_case("version") {
                parts.version = parse_dotted(value.trim().trim_start_matches(['v', 'V']))?;
            } else if name.trim().eq_ignore_ascii_case("profile") {
                parts.profile = parse_profile(value.trim())?;
            }
        }
        parts.settled()
    }

    /// `.NETFramework4.0-Client`, `net40-client`, `net6.0-windows10.0.19041`
    fn split_short(text: &str) -> Option<Self> {
        if let Some(family) = family_named(text) {
            return Self {
                family,
                version: [0; 4],
                profile: String::new(),
            }
            .settled();
        }
        let (start, profile) = match text.split_once('-') {
            Some((start, profile)) => (start, parse_profile(profile).filter(|profile| !profile.is_empty())?),
            None => (text, String::new()),
        };
        let digits = start
            .find(|character: char| character.is_ascii_digit())
            .unwrap_or(start.len());
        let (name, version) = start.split_at_checked(digits)?;
        Self {
            family: family_named(name)?,
            version: parse_version(version)?,
            profile,
        }
        .settled()
    }

    /// .NET Framework has no version 5: that is .NET. And its profile `Full` is the framework itself.
    fn settled(mut self) -> Option<Self> {
        if self.family.identifier == NET_FRAMEWORK {
            if self.version[0] >= 5 {
                self.family = family_named(NET_CORE_APP)?;
            } else if self.profile.eq_ignore_ascii_case("full") {
                self.profile.clear();
            }
        }
        Some(self)
    }

    /// .NET 5 and later, whose long name is its short name.
    fn is_modern(&self) -> bool {
        self.family.identifier == NET_CORE_APP && self.version[0] >= 5
    }

    fn canonical(&self) -> String {
        if self.is_modern() || matches!(self.family.short, "any" | "agnostic") {
            return self.short();
        }
        let mut text = self.family.identifier.to_owned();
        if self.version != [0; 4] {
            text.push_str(&dotted(self.version, 2));
        }
        self.push_profile(&mut text, &self.profile);
        text
    }

    fn short(&self) -> String {
        if self.is_modern() {
            let mut text = format!("net{}", dotted(self.version, 2));
            self.push_profile(&mut text, &platform(&self.profile));
            return text;
        }
        let mut text = self.family.short.to_owned();
        if self.version != [0; 4] {
            let least = if self.family.digits == Digits::One { 1 } else { 2 };
            let version = dotted(self.version, least);
            if self.family.digits == Digits::Dotted {
                text.push_str(&version);
            } else if self.version.iter().any(|number| *number > 9) {
                text.push_str(&dotted(self.version, 2));
            } else {
                text.push_str(&version.replace('.', ""));
            }
        }
        let profile = match self.profile.to_ascii_lowercase() {
            profile if self.family.identifier == NET_FRAMEWORK && profile == "compactframework" => "cf".to_owned(),
            profile if self.family.identifier == "Silverlight" && profile == "windowsphone" => "wp".to_owned(),
            profile if self.family.identifier == "Silverlight" && profile == "windowsphone71" => "wp71".to_owned(),
            profile => profile,
        };
        self.push_profile(&mut text, &profile);
        text
    }

    fn push_profile(&self, text: &mut String, profile: &str) {
        if !profile.is_empty() {
            text.push('-');
            text.push_str(profile);
        }
    }
}

/// The platform behind `net6.0-`: in lower case, its version with two numbers at least.
fn platform(text: &str) -> String {
    let text = text.to_ascii_lowercase();
    let digits = text
        .find(|character: char| character.is_ascii_digit())
        .unwrap_or(text.len());
    match text.split_at_checked(digits) {
        Some((name, version)) if !version.is_empty() => match parse_dotted(version) {
            Some(version) => format!("{name}{}", dotted(version, 2)),
            None => text,
        },
        _ => text,
    }
}

/// The numbers, without zeros at the end beyond the least count.
fn dotted(version: [u32; 4], least: usize) -> String {
    let used = version
        .iter()
        .rposition(|number| *number > 0)
        .map_or(0, |last| last + 1);
    let mut text = String::new();
    for (place, number) in version.iter().take(used.max(least)).enumerate() {
        if place > 0 {
            text.push('.');
        }
        let _ = write!(text, "{number}");
    }
    text
}

/// `4.6.1`, or digits that stand for one number each: `461`, of which four count.
fn parse_version(text: &str) -> Option<[u32; 4]> {
    if text.is_empty() {
        return Some([0; 4]);
    }
    if text.contains('.') {
        return parse_dotted(text);
    }
    let mut version = [0; 4];
    for (place, digit) in version.iter_mut().zip(text.chars()) {
        *place = digit.to_digit(10)?;
    }
    text.chars().all(|digit| digit.is_ascii_digit()).then_some(version)
}

fn parse_dotted(text: &str) -> Option<[u32; 4]> {
    let mut version = [0; 4];
    let mut places = version.iter_mut();
    for part in text.split('.') {
        let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        *places.next()? = part.parse().ok().filter(|_| digits)?;
    }
    Some(version)
}

fn parse_profile(text: &str) -> Option<String> {
    let allowed = |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '-' | '+');
    text.chars().all(allowed).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("net6.0", "net6.0", "net6.0")]
    #[case(".NETCoreApp3.1", ".NETCoreApp3.1", "netcoreapp3.1")]
    #[case(".NETCoreApp,Version=v8.0", "net8.0", "net8.0")]
    #[case("net5.0", "net5.0", "net5.0")]
    #[case("net10.0", "net10.0", "net10.0")]
    #[case("net6.0-windows7.0", "net6.0-windows7.0", "net6.0-windows7.0")]
    #[case("net6.0-Windows10.0.19041.0", "net6.0-windows10.0.19041", "net6.0-windows10.0.19041")]
    #[case("net8.0-android34", "net8.0-android34.0", "net8.0-android34.0")]
    #[case("net8.0-ios", "net8.0-ios", "net8.0-ios")]
    #[case(".NETStandard2.0", ".NETStandard2.0", "netstandard2.0")]
    #[case("netstandard1.6", ".NETStandard1.6", "netstandard1.6")]
    #[case("netstandard20", ".NETStandard2.0", "netstandard2.0")]
    #[case(".NETFramework4.6.1", ".NETFramework4.6.1", "net461")]
    #[case(
        ".NETFramework,Version=v4.0,Profile=Client",
        ".NETFramework4.0-Client",
        "net40-client"
    )]
    #[case("net40-full", ".NETFramework4.0", "net40")]
    #[case("net", ".NETFramework", "net")]
    #[case("net2", ".NETFramework2.0", "net20")]
    #[case("net472", ".NETFramework4.7.2", "net472")]
    #[case("uap10.0", "UAP10.0", "uap10.0")]
    #[case("uap10.0.15138", "UAP10.0.15138", "uap10.0.15138")]
    #[case("win8", "Windows8.0", "win8")]
    #[case("win81", "Windows8.1", "win81")]
    #[case("wpa81", "WindowsPhoneApp8.1", "wpa81")]
    #[case("WindowsPhone8.0", "WindowsPhone8.0", "wp8")]
    #[case("sl4-windowsphone71", "Silverlight4.0-windowsphone71", "sl4-wp71")]
    #[case("MonoAndroid10.0", "MonoAndroid10.0", "monoandroid10.0")]
    #[case("MonoAndroid1.0", "MonoAndroid1.0", "monoandroid10")]
    #[case("Xamarin.iOS1.0", "Xamarin.iOS1.0", "xamarinios10")]
    #[case("portable-net45+win8", ".NETPortable-net45+win8", "portable-net45+win8")]
    #[case(".NETPortable4.5-Profile259", ".NETPortable4.5-Profile259", "portable45-profile259")]
    #[case("any", "any", "any")]
    #[case("native", "native", "native")]
    #[case("dotnet5.4", ".NETPlatform5.4", "dotnet5.4")]
    #[case("tizen40", "Tizen4.0", "tizen40")]
    fn known_to_nuget(#[case] text: &str, #[case] canonical: &str, #[case] short: &str) {
        let framework = TargetFramework::parse(text).unwrap();
        assert_eq!(
            (framework.canonical(), framework.short(), framework.written()),
            (canonical, short, text)
        );
    }

    #[rstest]
    #[case("")]
    #[case("foo4.5")]
    #[case("45")]
    #[case("net4.5-")]
    #[case("net45_x")]
    #[case("net4..5")]
    #[case("net4.5.1.2.3")]
    #[case(".NETFramework,Version=vX")]
    #[case(",")]
    #[case("net45/../..")]
    #[case("unsupported")]
    fn unknown_to_nuget(#[case] text: &str) {
        assert_eq!(
            TargetFramework::parse(text),
            Err(FrameworkProblem::Unknown(text.to_owned()))
        );
    }

    #[test]
    fn a_framework_inside_a_portable_one_has_no_profile() {
        assert_eq!(
            TargetFramework::parse("portable-net40-client+win8"),
            Err(FrameworkProblem::PortableProfile("portable-net40-client+win8".into()))
        );
    }

    #[test]
    fn ways_of_writing_one_framework_are_equal() {
        let parse = |text| TargetFramework::parse(text).unwrap();
        assert_eq!(parse("net461"), parse(".NETFramework,Version=v4.6.1"));
        assert_ne!(parse("net461"), parse("net462"));
    }

    #[test]
    fn every_problem_says_what_to_do() {
        let problems = [
            FrameworkProblem::Unknown("foo".into()),
            FrameworkProblem::PortableProfile("portable-a-b".into()),
            FrameworkProblem::TooLong { length: 300 },
        ];
        insta::assert_snapshot!(problems.map(|problem| problem.to_string()).join("\n"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "(net|\\.NETPortable|win|portable-)?.{0,40}") {
            if let Ok(framework) = TargetFramework::parse(&text) {
                prop_assert_eq!(&TargetFramework::parse(framework.canonical()).unwrap(), &framework);
                prop_assert_eq!(&TargetFramework::parse(framework.short()).unwrap(), &framework);
            }
        }
    }
}
