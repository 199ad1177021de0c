//! The requests that wait for an answer, on the page "Manage packages".

use super::accept::AcceptOwnership;
use super::owners::cancel;
use super::reject::RejectOwnership;
use crate::ui::button::SubmitButton;
use crate::ui::form::Form;
use crate::ui::rows::rows;
use crate::ui::time::Day;
use domain::links;
use domain::ownership::OwnershipRequest;
use domain::profile::ManagePackagesPage;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The requests received and sent; nothing where there is none.
pub(crate) fn requests(data: Memo<ManagePackagesPage>) -> AnyView {
    view! {
        {table("Requests received", "Asked by", Memo::new(move |_| data.with(|page| page.received.clone())), received)}
        {table("Requests sent", "Sent by", Memo::new(move |_| data.with(|page| page.sent.clone())), sent)}
    }
    .into_any()
}

fn table(
    heading: &'static str,
    by: &'static str,
    list: Memo<Vec<OwnershipRequest>>,
    row: fn(OwnershipRequest) -> AnyView,
) -> AnyView {
    let any = Memo::new(move |_| list.with(|list| !list.is_empty()));
    let shown = move || {
        any.get().then(|| {
            view! {
                <h2>{heading}</h2>
                <table class="table" aria-label=heading>
                    <thead>
                        <tr>
                            <th scope="col">"Package"</th>
                            <th scope="col">"New owner"</th>
                            <th scope="col">{by}</th>
                            <th scope="col">"Since"</th>
                            <th scope="col"><span class="visually-hidden">"What to do"</span></th>
                        </tr>
                    </thead>
                    <tbody>{rows(move || list.get(), row)}</tbody>
                </table>
            }
            .into_any()
        })
    };
    view! { {shown} }.into_any()
}

fn received(request: OwnershipRequest) -> AnyView {
    let text = |verb: &str| format!("{verb} ownership of {} for {}", request.id, request.owner);
    let accept = answer(
        AcceptOwnership::PATH,
        request.key,
        text("Accept"),
        "button button-small button-primary",
    );
    let reject = answer(
        RejectOwnership::PATH,
        request.key,
        text("Reject"),
        "button button-small",
    );
    row(request, view! { {accept} {reject} }.into_any())
}

fn answer(action: &'static str, request: i64, text: String, class: &'static str) -> AnyView {
    let key = request.to_string();
    view! {
        <Form action key=key.clone() class="form-inline">
            <input type="hidden" name="request" value=key/>
            <SubmitButton class text/>
        </Form>
    }
    .into_any()
}

fn sent(request: OwnershipRequest) -> AnyView {
    let cancel = cancel(request.key, format!("Cancel request for {}", request.id));
    row(request, cancel)
}

fn row(request: OwnershipRequest, actions: AnyView) -> AnyView {
    let page = links::package(&request.id).to_string();
    let profile = links::profile(&request.owner).to_string();
    let replaces = (!request.replaces.is_empty()).then(|| format!(" in place of {}", request.replaces));
    view! {
        <tr>
            <th scope="row"><a href=page>{request.id}</a></th>
            <td data-label="New owner"><span><a href=profile>{request.owner}</a> {replaces}</span></td>
            <td data-label="By">{request.by}</td>
            <td class="table-time" data-label="Since"><Day at=request.since/></td>
            <td class="table-actions">{actions}</td>
        </tr>
    }
    .into_any()
}
