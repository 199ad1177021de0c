//! The page "Notifications".

use crate::error::Failure;
use crate::layout::heading::Heading;
use crate::layout::navigation::query_value;
use crate::page::loaded::Loaded;
use crate::ui::button::SubmitButton;
use crate::ui::empty_state::EmptyState;
use crate::ui::form::Form;
use crate::ui::pages::{Neighbours, Pages};
use crate::ui::rows::rows;
use crate::ui::time::Time;
use domain::form::Done;
use domain::notification::NotificationRow;
use domain::page::Page;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::server_fn::codec::GetUrl;

/// The page "Notifications".
#[component]
pub(crate) fn Notifications() -> impl IntoView {
    let after = query_value("after");
    let before = query_value("before");
    view! {
        <Loaded
            read=move || ReadNotifications { after: after.get(), before: before.get() }
            view=|page| view! { <List page/> }.into_any()
        />
    }
}

#[component]
fn List(page: Memo<Page<NotificationRow>>) -> impl IntoView {
    let any = Memo::new(move |_| page.with(|page| !page.items.is_empty()));
    let unread = Memo::new(move |_| page.with(|page| page.items.iter().any(|row| !row.read)));
    let neighbours = Signal::derive(move || page.with(|page| Neighbours::by_key("/account/notifications", "", page)));
    view! {
        <div class="page-head">
            <Heading text="Notifications"/>
            {move || unread.get().then(mark_all)}
        </div>
        {move || if any.get() {
            view! {
                <ul class="notifications" aria-label="Notifications">
                    {rows(move || page.with(|page| page.items.clone()), row)}
                </ul>
            }
            .into_any()
        } else {
            nothing()
        }}
        <Pages neighbours/>
    }
}

fn mark_all() -> AnyView {
    view! {
        <Form action=MarkAllRead::PATH class="form-inline">
            <SubmitButton class="button" text="Mark all as read"/>
        </Form>
    }
    .into_any()
}

fn row(row: NotificationRow) -> AnyView {
    let class = if row.read {
        "notification"
    } else {
        "notification notification-unread"
    };
    let new = (!row.read).then(|| view! { <span class="badge badge-accent">"New"</span> " " }.into_any());
    view! {
        <li class=class>
            <span>{new} <a href=String::from(row.link)>{row.text}</a></span>
            <span class="notification-meta"><Time at=row.time/></span>
        </li>
    }
    .into_any()
}

fn nothing() -> AnyView {
    view! {
        <EmptyState title="No notifications">
            <p>
                "Invitations, changes of your role and removals are told here. Your "
                <a href="/account/organizations">"organizations"</a> " are where you go next."
            </p>
        </EmptyState>
    }
    .into_any()
}

/// The person's notifications.
#[server(prefix = "/rpc", endpoint = "/notifications/list", input = GetUrl)]
pub(crate) async fn read_notifications(
    #[server(default)] after: String,
    #[server(default)] before: String,
) -> Result<Page<NotificationRow>, Failure> {
    let actor = crate::backend::actor()?;
    let place = domain::page::Place::of_query(&after, &before);
    Ok(gallery::notifications::list(&crate::backend::gallery()?, &actor, place).await?)
}

/// The person has seen them all.
#[server(prefix = "/rpc", endpoint = "/notifications/mark_all_read")]
pub(crate) async fn mark_all_read() -> Result<Done, Failure> {
    let actor = crate::backend::actor()?;
    gallery::notifications::mark_all_read(&crate::backend::gallery()?, &actor).await?;
    Ok(Done::say("All notifications are marked as read."))
}
