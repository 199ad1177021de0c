//! What stands in a workflow that publishes, to be copied.

use crate::layout::visit::Visit;
use crate::ui::command::CommandBlock;
use domain::trusted_publishing::{ProviderKind, WorkloadProvider};
use leptos::prelude::*;

/// A fold for each kind of provider that has a form of its own; the name is what the workflow tells this site.
pub(super) fn snippets(name: &str, providers: &[WorkloadProvider]) -> AnyView {
    let site = Visit::of_context().public_url();
    let folds = [
        (ProviderKind::GitHub, "Publish from GitHub Actions", GITHUB),
        (ProviderKind::GitLab, "Publish from GitLab", GITLAB),
    ]
    .into_iter()
    .filter_map(|(kind, title, text)| {
        let provider = providers.iter().find(|provider| provider.kind == kind)?;
        let text = fill_in(text, &site, name, &provider.audience);
        Some(
            view! {
                <details class="panel">
                    <summary>{title}</summary>
                    <CommandBlock text/>
                </details>
            }
            .into_any(),
        )
    });
    folds.collect::<Vec<_>>().into_any()
}

fn fill_in(text: &str, site: &str, name: &str, audience: &str) -> String {
    text.replace("{site}", site)
        .replace("{name}", name)
        .replace("{audience}", audience)
}

const GITHUB: &str = "permissions:
  contents: read
  id-token: write

steps:
  - uses: actions/checkout@v4
  - run: dotnet pack --configuration Release --output packages
  - uses: NuGet/login@v1
    id: login
    with:
      user: {name}
      token-service-url: {site}/api/v2/token
      audience: {audience}
  - run: >-
      dotnet nuget push packages/*.nupkg --source {site}/v3/index.json
      --api-key ${{ steps.login.outputs.NUGET_API_KEY }}";

const GITLAB: &str = r#"publish:
  id_tokens:
    PUBLISHING_TOKEN:
      aud: {audience}
  script:
    - dotnet pack --configuration Release --output packages
    - >-
      KEY=$(curl --fail-with-body --silent --json '{"username": "{name}", "tokenType": "ApiKey"}'
      --header "Authorization: Bearer $PUBLISHING_TOKEN" {site}/api/v2/token
      | sed 's/.*"apiKey":"\([^"]*\)".*/\1/')
    - dotnet nuget push packages/*.nupkg --source {site}/v3/index.json --api-key "$KEY""#;

#[cfg(test)]
mod tests {
    use super::{GITHUB, GITLAB, fill_in};

    #[test]
    fn what_is_copied_names_this_site_and_nothing_is_left_open() {
        for text in [GITHUB, GITLAB] {
            let filled = fill_in(text, "https://gallery.example", "contoso", "https://gallery.example");
            assert!(filled.contains("https://gallery.example/api/v2/token"), "{filled}");
            assert!(filled.contains("contoso"), "{filled}");
            for open in ["{site}", "{name}", "{audience}"] {
                assert!(!filled.contains(open), "{filled}");
            }
        }
    }
}
