//! For whom a page of help is written: the reader's organization stands in its commands.

use super::part::Names;
use crate::error::Failure;
use crate::layout::navigation::query_value;
use crate::layout::visit::Visit;
use crate::page::loaded::Loaded;
use crate::ui::filter::{FilterButton, FilterSelect};
use crate::ui::query_form::QueryForm;
use crate::ui::select::Choice;
use domain::organization::HelpReader;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// What stands for an organization to readers who have none.
const ANY: &str = "Contoso";

/// A page of help for its reader.
pub(super) fn for_reader(page: fn(Memo<HelpReader>, Memo<Names>) -> AnyView) -> AnyView {
    let organization = query_value("organization");
    let site = Visit::of_context().public_url();
    let read = move || ReadHelpReader {
        organization: organization.get(),
    };
    let view = move |reader: Memo<HelpReader>| {
        let site = site.clone();
        let names = Memo::new(move |_| Names {
            site: site.clone(),
            owner: reader.with(|reader| reader.chosen.clone().unwrap_or_else(|| ANY.to_owned())),
        });
        page(reader, names)
    };
    view! { <Loaded read view/> }.into_any()
}

/// The reader's organizations, and the one that the commands are for: the wanted one, or the first.
#[server(prefix = "/rpc", endpoint = "help/reader", input = GetUrl)]
pub(crate) async fn read_help_reader(#[server(default)] organization: String) -> Result<HelpReader, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::viewer_actor()?);
    Ok(gallery::organizations::help_reader(&gallery, &actor, &organization).await?)
}

/// Says for which organization the commands are, and lets readers who are in several choose.
pub(super) fn chooser(path: &'static str, reader: Memo<HelpReader>) -> AnyView {
    let chosen = Memo::new(move |_| reader.with(|reader| reader.chosen.clone()).unwrap_or_default());
    let organizations = Memo::new(move |_| reader.with(|reader| reader.organizations.clone()));
    view! {
        {move || match organizations.get().as_slice() {
            [] => view! {
                <p class="quiet">"In the commands, Contoso stands for the owner of the packages."</p>
            }
            .into_any(),
            [only] => view! { <p class="quiet">"The commands are written for " <strong>{only.clone()}</strong> "."</p> }
                .into_any(),
            several => choice(path, several, chosen),
        }}
    }
    .into_any()
}

fn choice(path: &'static str, organizations: &[String], chosen: Memo<String>) -> AnyView {
    let choices = organizations.iter().map(Choice::same).collect();
    view! {
        <QueryForm action=path class="filter">
            <FilterSelect name="organization" label="Commands for the organization" choices value=chosen/>
            <FilterButton/>
        </QueryForm>
    }
    .into_any()
}
