//! What to do next in an organization that has just begun.

use domain::links;
use domain::organization::OrganizationOverview;
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Confirm,
    Invite,
    Upload,
    MakeKey,
}

/// The list of steps that are still open to this viewer; nothing once they are done.
pub(super) fn next_steps(overview: &OrganizationOverview) -> Option<AnyView> {
    let steps = open_steps(overview);
    let items: Vec<AnyView> = steps
        .iter()
        .map(|step| view! { <li>{words(*step, overview)}</li> }.into_any())
        .collect();
    (!steps.is_empty()).then(|| {
        view! {
            <section class="panel" aria-labelledby="next-steps">
                <h2 class="panel-title" id="next-steps">"Next steps"</h2>
                <ol>{items}</ol>
            </section>
        }
        .into_any()
    })
}

fn open_steps(overview: &OrganizationOverview) -> Vec<Step> {
    let head = &overview.head;
    let people = [overview.administrators, overview.collaborators, overview.invitations];
    let alone = people.into_iter().fold(0, u32::saturating_add) < 2;
    let unpublished = overview.packages == 0;
    [
        (Step::Confirm, head.manages && !head.confirmed),
        (Step::Invite, head.manages_members && alone),
        (Step::Upload, unpublished),
        (Step::MakeKey, unpublished),
    ]
    .into_iter()
    .filter_map(|(step, open)| open.then_some(step))
    .collect()
}

fn words(step: Step, overview: &OrganizationOverview) -> AnyView {
    match step {
        Step::Confirm => {
            let address = overview.email.clone().unwrap_or_default();
            view! { "Open the link in the mail to " <strong>{address}</strong> ", and confirm the address." }.into_any()
        }
        Step::Invite => {
            let href = links::members(&overview.head.name).to_string();
            view! { <a href=href>"Invite your team"</a> ", by user name or by email address." }.into_any()
        }
        Step::Upload => {
            view! { <a href="/packages/manage/upload">"Upload a package"</a> " and choose the organization as its owner." }
                .into_any()
        }
        Step::MakeKey => {
            let href = links::api_keys().to_string();
            view! { <a href=href>"Make an API key"</a> " for the organization, to push from a build." }.into_any()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Step, open_steps};
    use domain::organization::{OrganizationHead, OrganizationOverview};
    use domain::permission::Role;
    use domain::time::Timestamp;

    fn new_organization() -> OrganizationOverview {
        OrganizationOverview {
            head: OrganizationHead {
                name: "contoso".to_owned(),
                logo: String::new(),
                role: Some(Role::Administrator),
                confirmed: false,
                locked: false,
                sees_organization: true,
                sees_audit: true,
                sees_keys: true,
                manages: true,
                manages_members: true,
            },
            email: Some("team@example.com".to_owned()),
            administrators: 1,
            collaborators: 0,
            invitations: 0,
            packages: 0,
            created: Timestamp::from_seconds(0),
        }
    }

    #[test]
    fn a_new_organization_has_every_step_before_it() {
        let steps = open_steps(&new_organization());
        assert_eq!(steps, [Step::Confirm, Step::Invite, Step::Upload, Step::MakeKey]);
    }

    #[test]
    fn what_is_done_is_no_step() {
        let mut overview = new_organization();
        overview.head.confirmed = true;
        overview.invitations = 1;
        overview.packages = 3;
        assert_eq!(open_steps(&overview), []);
    }

    #[test]
    fn a_collaborator_is_not_asked_to_do_what_administrators_do() {
        let mut overview = new_organization();
        overview.head.manages = false;
        overview.head.manages_members = false;
        assert_eq!(open_steps(&overview), [Step::Upload, Step::MakeKey]);
    }
}
