//! What a client is told when something is refused (product contract, section 9).

use leptos::prelude::*;

/// The reason, the statuses of pushing and of unlisting or relisting, and what to do.
struct Refusal {
    reason: &'static str,
    push: &'static str,
    listing: &'static str,
    remedy: &'static str,
}

const fn refusal(reason: &'static str, push: &'static str, listing: &'static str, remedy: &'static str) -> Refusal {
    Refusal {
        reason,
        push,
        listing,
        remedy,
    }
}

const REFUSALS: [Refusal; 11] = [
    refusal("No key was sent", "401", "401", "Give one with --api-key."),
    refusal(
        "The key is unknown or deleted",
        "403",
        "403",
        "Check that all of it was copied, or make a new one.",
    ),
    refusal(
        "The key has expired, was revoked, or was not made for this",
        "403",
        "403",
        "Regenerate it, or make one with the scope.",
    ),
    refusal(
        "No glob pattern of the key matches; the id is new and the key may only push versions; the key's owner does not own the package; the person is no member any more",
        "401",
        "403",
        "Edit the key, or ask an administrator of the owner.",
    ),
    refusal(
        "The key's owner has not confirmed its address",
        "401",
        "403",
        "Open the link in its mail and confirm.",
    ),
    refusal(
        "The owner, the person or the package is locked",
        "403",
        "403",
        "Ask the operators of this site.",
    ),
    refusal(
        "The version exists",
        "409",
        "–",
        "Push another version number. --skip-duplicate goes on without an error.",
    ),
    refusal(
        "The package is not well formed",
        "400",
        "–",
        "The reason names what to change in it.",
    ),
    refusal(
        "The package is too large",
        "413",
        "–",
        "Make it smaller; the reason names the limit.",
    ),
    refusal("There is no such id or version", "–", "404", "Check both."),
    refusal(
        "Too many requests (429); something is away (503)",
        "429, 503",
        "429, 503",
        "Try again after the seconds that Retry-After names.",
    ),
];

/// The table of refusals.
#[component]
pub(super) fn Refusals() -> impl IntoView {
    let rows: Vec<AnyView> = REFUSALS.iter().map(row).collect();
    view! {
        <table class="table" aria-labelledby="refusals">
            <thead>
                <tr>
                    <th scope="col">"Refused because"</th>
                    <th scope="col">"Push"</th>
                    <th scope="col">"Unlist, relist"</th>
                    <th scope="col">"What to do"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(refusal: &'static Refusal) -> AnyView {
    view! {
        <tr>
            <th scope="row">{refusal.reason}</th>
            <td data-label="Push">{refusal.push}</td>
            <td data-label="Unlist, relist">{refusal.listing}</td>
            <td data-label="What to do">{refusal.remedy}</td>
        </tr>
    }
    .into_any()
}
