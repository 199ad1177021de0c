//! What is typed into each client, with this server's address.

use crate::ui::command::CommandBlock;
use leptos::prelude::*;

/// A client, and what to type into it.
pub(super) struct Client {
    /// Its name.
    pub(super) name: &'static str,
    /// What to know before.
    pub(super) note: &'static str,
    /// What to type; `{site}` stands for the address of this site.
    pub(super) commands: &'static [&'static str],
}

/// The clients that people ask about.
pub(super) const CLIENTS: &[Client] = &[
    Client {
        name: "dotnet",
        note: "Add the feed once, then install and publish.",
        commands: &[
            "dotnet nuget add source {site}/v3/index.json --name guildhall",
            "dotnet add package Contoso.Logging",
            "dotnet nuget push Contoso.Logging.1.0.0.nupkg --source guildhall --api-key KEY",
            "dotnet nuget delete Contoso.Logging 1.0.0 --source guildhall --api-key KEY --non-interactive",
        ],
    },
    Client {
        name: "nuget.exe",
        note: "“delete” unlists: the version is not found by searching any more, but whoever uses it can go on.",
        commands: &[
            "nuget sources Add -Name guildhall -Source {site}/v3/index.json",
            "nuget install Contoso.Logging -Source guildhall",
            "nuget push Contoso.Logging.1.0.0.nupkg -Source guildhall -ApiKey KEY",
            "nuget delete Contoso.Logging 1.0.0 -Source guildhall -ApiKey KEY -NonInteractive",
        ],
    },
    Client {
        name: "Visual Studio",
        note: "Tools, Options, NuGet Package Manager, Package Sources: add a source with this address. Or put a file nuget.config beside the solution, and everybody who opens it has the feed:",
        commands: &[
            "{site}/v3/index.json",
            "<configuration>\n  <packageSources>\n    <add key=\"guildhall\" value=\"{site}/v3/index.json\" />\n  </packageSources>\n</configuration>",
        ],
    },
    Client {
        name: "Paket",
        note: "The first two lines stand in paket.dependencies.",
        commands: &[
            "source {site}/v3/index.json\nnuget Contoso.Logging",
            "paket push --url {site} --endpoint /api/v2/package --api-key KEY Contoso.Logging.1.0.0.nupkg",
        ],
    },
    Client {
        name: "PowerShell",
        note: "With the module Microsoft.PowerShell.PSResourceGet.",
        commands: &[
            "Register-PSResourceRepository -Name Guildhall -Uri {site}/v3/index.json -Trusted",
            "Install-PSResource -Name Contoso.Tools -Repository Guildhall",
            "Publish-PSResource -Path ./Contoso.Tools -Repository Guildhall -ApiKey KEY",
        ],
    },
    Client {
        name: "GitHub Actions",
        note: "Keep the key as a secret of the repository, here GUILDHALL_KEY. Steps of a job:",
        commands: &[
            "- run: dotnet pack --configuration Release --output packages\n- run: dotnet nuget push \"packages/*.nupkg\" --source {site}/v3/index.json --api-key \"$GUILDHALL_KEY\" --skip-duplicate\n  env:\n    GUILDHALL_KEY: ${{ secrets.GUILDHALL_KEY }}",
        ],
    },
    Client {
        name: "GitLab",
        note: "Keep the key as a masked variable of the project, here GUILDHALL_KEY. A job of .gitlab-ci.yml, in an image with the .NET SDK:",
        commands: &[
            "publish:\n  rules:\n    - if: $CI_COMMIT_TAG\n  script:\n    - dotnet pack --configuration Release --output packages\n    - dotnet nuget push \"packages/*.nupkg\" --source {site}/v3/index.json --api-key \"$GUILDHALL_KEY\" --skip-duplicate",
        ],
    },
];

/// Draws the clients, with the address of this site in what is typed.
pub(super) fn clients(site: &str) -> Vec<AnyView> {
    CLIENTS
        .iter()
        .map(|client| {
            let commands: Vec<AnyView> = client
                .commands
                .iter()
                .map(|command| view! { <CommandBlock text=with_site(command, site)/> }.into_any())
                .collect();
            view! { <h3>{client.name}</h3> <p>{client.note}</p> {commands} }.into_any()
        })
        .collect()
}

/// A command with the address of the site in it.
fn with_site(command: &str, site: &str) -> String {
    command.replace("{site}", site)
}

#[cfg(test)]
mod tests {
    use super::{CLIENTS, with_site};

    #[test]
    fn every_client_is_given_the_address_of_the_site() {
        for client in CLIENTS {
            let commands: Vec<String> = client
                .commands
                .iter()
                .map(|command| with_site(command, "https://gallery.example"))
                .collect();
            let all = commands.join("\n");
            assert!(all.contains("https://gallery.example/"), "{}", client.name);
            assert!(!all.contains("{site}"), "{}", client.name);
        }
    }
}
