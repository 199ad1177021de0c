//! What is typed into each client, with this server's address and the reader's organization.

use super::part::{Block, Part};

/// The clients that people ask about.
pub(super) const CLIENTS: &[Part] = &[
    Part {
        id: "dotnet",
        title: "dotnet",
        blocks: &[
            Block::Text("Add the feed once, then install and publish."),
            Block::Command("dotnet nuget add source {site}/v3/index.json --name guildhall"),
            Block::Command("dotnet add package {owner}.Logging"),
            Block::Command("dotnet nuget push {owner}.Logging.1.0.0.nupkg --source guildhall --api-key KEY"),
            Block::Command(
                "dotnet nuget delete {owner}.Logging 1.0.0 --source guildhall --api-key KEY --non-interactive",
            ),
        ],
    },
    Part {
        id: "nuget-exe",
        title: "nuget.exe",
        blocks: &[
            Block::Text(
                "“delete” unlists: the version is not found by searching any more, but whoever uses it can go on.",
            ),
            Block::Command("nuget sources Add -Name guildhall -Source {site}/v3/index.json"),
            Block::Command("nuget install {owner}.Logging -Source guildhall"),
            Block::Command("nuget push {owner}.Logging.1.0.0.nupkg -Source guildhall -ApiKey KEY"),
            Block::Command("nuget delete {owner}.Logging 1.0.0 -Source guildhall -ApiKey KEY -NonInteractive"),
        ],
    },
    Part {
        id: "visual-studio",
        title: "Visual Studio",
        blocks: &[
            Block::Text(
                "Tools, Options, NuGet Package Manager, Package Sources: add a source with this address. To see the packages of one owner alone, search for “owner:” and its name.",
            ),
            Block::Command("{site}/v3/index.json"),
            Block::Command("owner:{owner}"),
            Block::Text(
                "Or put a file nuget.config beside the solution, and everybody who opens it has the feed. The mapping says that these ids come from here and from nowhere else:",
            ),
            Block::Command(
                "<configuration>\n  <packageSources>\n    <add key=\"guildhall\" value=\"{site}/v3/index.json\" />\n  </packageSources>\n  <packageSourceMapping>\n    <packageSource key=\"guildhall\">\n      <package pattern=\"{owner}.*\" />\n    </packageSource>\n    <packageSource key=\"nuget.org\">\n      <package pattern=\"*\" />\n    </packageSource>\n  </packageSourceMapping>\n</configuration>",
            ),
        ],
    },
    Part {
        id: "github-actions",
        title: "GitHub Actions",
        blocks: &[
            Block::Text(
                "Without a key, by trusted publishing: the organization has a publishing policy for the repository, and the job asks for a key of an hour.",
            ),
            Block::Command(GITHUB_TRUSTED),
            Block::Text("With a key: keep it as a secret of the repository, here GUILDHALL_KEY. Steps of a job:"),
            Block::Command(
                "- run: dotnet pack --configuration Release --output packages\n- run: dotnet nuget push \"packages/*.nupkg\" --source {site}/v3/index.json --api-key \"$GUILDHALL_KEY\" --skip-duplicate\n  env:\n    GUILDHALL_KEY: ${{ secrets.GUILDHALL_KEY }}",
            ),
        ],
    },
    Part {
        id: "gitlab",
        title: "GitLab",
        blocks: &[
            Block::Text("Without a key, by trusted publishing. A job of .gitlab-ci.yml:"),
            Block::Command(GITLAB_TRUSTED),
            Block::Text("With a key: keep it as a masked variable of the project, here GUILDHALL_KEY."),
            Block::Command(
                "publish:\n  image: mcr.microsoft.com/dotnet/sdk:10.0\n  rules:\n    - if: $CI_COMMIT_TAG\n  script:\n    - dotnet pack --configuration Release --output packages\n    - dotnet nuget push \"packages/*.nupkg\" --source {site}/v3/index.json --api-key \"$GUILDHALL_KEY\" --skip-duplicate",
            ),
        ],
    },
    Part {
        id: "paket",
        title: "Paket",
        blocks: &[
            Block::Text("The first two lines stand in paket.dependencies."),
            Block::Command("source {site}/v3/index.json\nnuget {owner}.Logging"),
            Block::Command(
                "paket push --url {site} --endpoint /api/v2/package --api-key KEY {owner}.Logging.1.0.0.nupkg",
            ),
        ],
    },
    Part {
        id: "powershell",
        title: "PowerShell",
        blocks: &[
            Block::Text("With the module Microsoft.PowerShell.PSResourceGet."),
            Block::Command("Register-PSResourceRepository -Name Guildhall -Uri {site}/v3/index.json -Trusted"),
            Block::Command("Install-PSResource -Name {owner}.Tools -Repository Guildhall"),
            Block::Command("Publish-PSResource -Path ./{owner}.Tools -Repository Guildhall -ApiKey KEY"),
        ],
    },
];

/// A job of GitHub Actions that publishes without a key of its own.
pub(super) const GITHUB_TRUSTED: &str = "permissions:\n  contents: read\n  id-token: write\nsteps:\n  - uses: actions/checkout@v4\n  - run: dotnet pack --configuration Release --output packages\n  - uses: NuGet/login@v1\n    id: login\n    with:\n      user: {owner}\n      token-service-url: {site}/api/v2/token\n      audience: {site}\n  - run: dotnet nuget push \"packages/*.nupkg\" --source {site}/v3/index.json --api-key \"$KEY\" --skip-duplicate\n    env:\n      KEY: ${{ steps.login.outputs.NUGET_API_KEY }}";

/// The same of GitLab.
pub(super) const GITLAB_TRUSTED: &str = "publish:\n  image: mcr.microsoft.com/dotnet/sdk:10.0\n  rules:\n    - if: $CI_COMMIT_TAG\n  id_tokens:\n    ID_TOKEN:\n      aud: {site}\n  script:\n    - dotnet pack --configuration Release --output packages\n    - |\n      KEY=$(curl --fail --silent --show-error {site}/api/v2/token \\\n        --header \"Authorization: Bearer $ID_TOKEN\" --header \"Content-Type: application/json\" \\\n        --data '{\"username\":\"{owner}\",\"tokenType\":\"ApiKey\"}' | sed 's/.*\"apiKey\":\"\\([^\"]*\\)\".*/\\1/')\n    - dotnet nuget push \"packages/*.nupkg\" --source {site}/v3/index.json --api-key \"$KEY\" --skip-duplicate";

#[cfg(test)]
mod tests {
    use super::CLIENTS;
    use crate::help::part::{Block, Names, fill_in};

    #[test]
    fn every_client_is_given_the_address_of_the_site_and_the_owner() {
        let names = Names {
            site: "https://gallery.example".to_owned(),
            owner: "fabrikam".to_owned(),
        };
        for client in CLIENTS {
            let commands = client.blocks.iter().filter_map(|block| match block {
                Block::Command(command) => Some(fill_in(command, &names)),
                _ => None,
            });
            let all = commands.collect::<Vec<_>>().join("\n");
            assert!(all.contains("https://gallery.example/"), "{}", client.title);
            assert!(!all.contains("{site}") && !all.contains("{owner}"), "{}", client.title);
            if !all.contains("packages/*.nupkg") || all.contains("token") {
                assert!(all.contains("fabrikam"), "{}", client.title);
            }
        }
    }
}
