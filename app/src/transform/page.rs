//! The page "Transform your account into an organization".

use super::check::CheckAdministrator;
use super::confirm::{ConfirmTransformation, DIALOG, RequestTransformation};
use crate::dom::typed::Typed;
use crate::error::Failure;
use crate::layout::heading::Heading;
use crate::layout::visit::Visit;
use crate::page::loaded::Loaded;
use crate::ui::button::{LinkButton, SubmitButton};
use crate::ui::form::Form;
use crate::ui::form_state::FormState;
use crate::ui::notice::{Notice, Tone};
use crate::ui::text_field::TextField;
use crate::ui::time::Day;
use domain::form::{Done, UiError};
use domain::links;
use domain::transformation::{ObstacleView, PendingTransformation, TransformForm, TransformPage};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::server_fn::codec::GetUrl;

/// The page.
#[component]
pub(crate) fn Transform() -> impl IntoView {
    view! { <Loaded read=|| ReadTransform {} view=page/> }
}

/// What the page shows.
#[server(prefix = "/rpc", endpoint = "/transform/read", input = GetUrl)]
pub(crate) async fn read_transform() -> Result<TransformPage, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    Ok(gallery::transformations::page(&gallery, &actor).await?)
}

fn page(data: Memo<TransformPage>) -> AnyView {
    let name = data.with_untracked(|page| page.name.clone());
    let lead = name.clone();
    let pending = Memo::new(move |_| data.with(|page| page.pending.clone()));
    let obstacle = Memo::new(move |_| data.with(|page| page.obstacle.clone()));
    view! {
        <div class="narrow">
            <Heading text="Transform your account into an organization"/>
            <p class="lead">
                "Your account " <strong>{lead}</strong>
                " becomes an organization that a team can manage. Its name, its email address, its packages and its profile stay. "
                <a href="/help/organizations">"How organizations work"</a>
            </p>
            {move || pending.get().map(waiting)}
            {move || match obstacle.get() {
                Some(obstacle) => blocked(obstacle),
                None => ask(name.clone()),
            }}
        </div>
    }
    .into_any()
}

fn waiting(pending: PendingTransformation) -> AnyView {
    view! {
        <Notice tone=Tone::Info>
            <p>
                "A request waits for the answer of " <strong>{pending.administrator}</strong> ", until "
                <Day at=pending.expires/> ". A new one takes its place."
            </p>
        </Notice>
    }
    .into_any()
}

fn blocked(obstacle: ObstacleView) -> AnyView {
    let solution = obstacle
        .solution
        .map(|(link, text)| view! { <p><a href=link.to_string()>{text}</a></p> }.into_any());
    view! {
        <Notice tone=Tone::Warning>
            <p><strong>"This account cannot be transformed now. "</strong> {obstacle.text}</p>
            {solution}
        </Notice>
    }
    .into_any()
}

/// The administrator is checked first; then the person is asked whether they are sure.
fn ask(name: String) -> AnyView {
    let checked = FormState::new(CheckAdministrator::PATH, "").was_done();
    let checked = checked.and_then(|done| done.made).map(|made| made.name);
    let refused = FormState::new(RequestTransformation::PATH, "");
    let open = checked.is_some() || refused.was_refused();
    let first = refused.typed("administrator", checked.unwrap_or_default());
    let administrator = RwSignal::new(first.clone());
    let live = Visit::of_context().live();
    let found = Callback::new(move |done: Done| {
        if let (true, Some(made)) = (live.get_untracked(), done.made) {
            administrator.set(made.name);
            crate::dom::dialog::show(DIALOG);
        }
    });
    view! {
        {warnings(name.clone())}
        <Form action=CheckAdministrator::PATH check=check on_done=found keeps_typed=true>
            <TextField
                name="administrator"
                label="Administrator"
                value=first
                hint="The user name of the organization's first administrator, who must accept."
            />
            <div class="form-buttons">
                <SubmitButton class="button button-danger" text="Transform"/>
                <LinkButton text="Cancel" href=links::manage_organizations().to_string()/>
            </div>
        </Form>
        <ConfirmTransformation name administrator=administrator.into() open/>
    }
    .into_any()
}

fn warnings(name: String) -> AnyView {
    view! {
        <Notice tone=Tone::Warning>
            <p><strong>"Before you go on:"</strong></p>
            <ul class="notice-list">
                <li>
                    "Nobody can sign in as " <strong>{name}</strong>
                    " any more once the administrator has accepted, and every session ends."
                </li>
                <li>"Your API keys move to the administrator, and go on working. Uploads that are not published are removed."</li>
                <li>"The administrator can undo this for 30 days, while nothing depends on it. After that nobody can."</li>
                <li>
                    "To stay with your packages, create another account first, with another name, email address and sign-in, and make it the administrator."
                </li>
            </ul>
        </Notice>
    }
    .into_any()
}

fn check(typed: &Typed) -> Result<(), UiError> {
    let form = TransformForm {
        administrator: typed.get("administrator"),
    };
    form.parse().map(drop).map_err(UiError::from)
}
