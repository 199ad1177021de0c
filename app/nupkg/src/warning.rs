//! What is not wrong with a package, but could be better.

/// A shortcoming that NuGet.org accepts with a warning. The text is one sentence or two for the package's author.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Warning {
    /// No licence in any form.
    #[error("The package states no licence. Add <license> to the nuspec so that people know what they may do.")]
    MissingLicense,
    /// A licence by address only.
    #[error("The package states its licence by <licenseUrl>, which is deprecated. Use <license> instead.")]
    LicenseUrl,
    /// An icon by address only.
    #[error(
        "The package gives its icon by <iconUrl>, which is deprecated. Put the icon into the package and use <icon>."
    )]
    IconUrl,
    /// No README.
    #[error("The package has no README. Add <readme> to the nuspec so that people see how to use it.")]
    MissingReadme,
    /// The nuspec's text is not in Unicode's normalization form C.
    #[error(
        "The nuspec holds characters that are not in normalization form C. Save it composed, so that search finds them."
    )]
    NotNormalized,
    /// The repository's address is neither https nor git.
    #[error("The repository's address is neither https nor git. Use an address that begins with https://.")]
    RepositoryUrl,
    /// An MCP server without its description.
    #[error(
        "The package is an McpServer without .mcp/server.json. Add that file so that clients can set the server up."
    )]
    MissingServerJson,
}
