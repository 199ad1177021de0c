//! What was read from a package, before it is published.

use super::discard::discard_form;
use super::item::heading_of_draft;
use super::publish_form::publish_form;
use super::refused::refused;
use super::uploads::Uploads;
use crate::ui::icon::Icon;
use crate::ui::notice::{Notice, Tone};
use crate::ui::number::bytes;
use domain::upload::{DraftContent, DraftDependencies, DraftReview, DraftView};
use leptos::prelude::*;

/// The region of a file that arrived: named by what is in it, or by the file if that is nothing good.
pub(super) fn draft(uploads: Uploads, draft: &DraftView) -> AnyView {
    let key = draft.key;
    let heading = heading_of_draft(key);
    let discard = discard_form(uploads, key);
    let review = match &draft.content {
        DraftContent::Ready(review) => (**review).clone(),
        DraftContent::Refused(reason) => {
            return refused(&heading, draft.file_name.clone(), reason.clone(), discard);
        }
    };
    let publish = match &review.blocked {
        Some(_) => None,
        None => Some(publish_form(uploads, key, review.owner.clone())),
    };
    view! {
        <section class="draft" aria-labelledby=heading.clone()>
            <h2 class="draft-title" id=heading.clone() tabindex="-1">{review.name()}</h2>
            {blocked(review.blocked.clone())}
            {warnings(review.warnings.clone())}
            <div class="draft-head">
                {icon(key, review.icon)}
                <p>{review.description.clone()}</p>
            </div>
            <div class="draft-body">
                <div>
                    {facts(&review, draft.size)}
                    <p class="draft-part">"Dependencies"</p>
                    {dependencies(review.dependencies)}
                </div>
                <div>
                    <p class="draft-part">"README"</p>
                    {readme(review.readme_html)}
                </div>
            </div>
            <div class="draft-end">{publish} {discard}</div>
        </section>
    }
    .into_any()
}

fn blocked(reason: Option<String>) -> Option<AnyView> {
    reason.map(|reason| view! { <Notice tone=Tone::Error><p>{reason}</p></Notice> }.into_any())
}

fn warnings(warnings: Vec<String>) -> Option<AnyView> {
    (!warnings.is_empty()).then(|| {
        let lines: Vec<AnyView> = warnings
            .into_iter()
            .map(|warning| view! { <li>{warning}</li> }.into_any())
            .collect();
        view! { <Notice tone=Tone::Warning><ul class="notice-list">{lines}</ul></Notice> }.into_any()
    })
}

fn icon(draft: i64, there: bool) -> AnyView {
    if there {
        let address = format!("/packages/manage/upload/{draft}/icon");
        view! { <img class="package-icon" src=address alt="" width="40" height="40"/> }.into_any()
    } else {
        view! { <span class="package-icon package-icon-none"><Icon name="package"/></span> }.into_any()
    }
}

fn facts(review: &DraftReview, size: u64) -> AnyView {
    let license = if review.license.is_empty() {
        "None stated".to_owned()
    } else {
        review.license.clone()
    };
    let facts: Vec<AnyView> = [
        ("Id", review.id.clone()),
        ("Version", review.version.clone()),
        ("Title", review.title.clone()),
        ("Authors", review.authors.clone()),
        ("Licence", license),
        ("Project", review.project_url.clone()),
        ("Tags", review.tags.join(", ")),
        ("Release notes", review.release_notes.clone()),
        ("Size", bytes(size)),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any())
    .collect();
    view! { <dl class="facts">{facts}</dl> }.into_any()
}

fn dependencies(groups: Vec<DraftDependencies>) -> AnyView {
    if groups.is_empty() {
        return view! { <p class="quiet">"None."</p> }.into_any();
    }
    let groups: Vec<AnyView> = groups.into_iter().map(dependencies_of_framework).collect();
    view! { <dl class="facts">{groups}</dl> }.into_any()
}

fn dependencies_of_framework(group: DraftDependencies) -> AnyView {
    let framework = if group.framework.is_empty() {
        "Any framework".to_owned()
    } else {
        group.framework
    };
    let packages = if group.packages.is_empty() {
        "Nothing".to_owned()
    } else {
        group.packages.join(", ")
    };
    view! { <div><dt>{framework}</dt><dd>{packages}</dd></div> }.into_any()
}

/// The README as it will look. The server has made it harmless.
fn readme(html: String) -> AnyView {
    if html.is_empty() {
        return view! { <p class="quiet">"None."</p> }.into_any();
    }
    // What scrolls can be reached by keyboard.
    view! { <div class="readme readme-preview" role="group" aria-label="README" tabindex="0" inner_html=html></div> }
        .into_any()
}
