//! Lists whose rows keep their place on the screen, and what is typed in them, while the list is read anew.

use leptos::prelude::*;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// The rows of a list. A row that shows the same as before stays as it is; one that changed is drawn anew.
///
/// All lists share the one keyed list behind this function, so the browser gets its code once.
pub(crate) fn rows<T, V>(each: impl Fn() -> Vec<T> + Send + Sync + 'static, view: V) -> AnyView
where
    T: Hash + Clone + Send + Sync + 'static,
    V: Fn(T) -> AnyView + Clone + Send + Sync + 'static,
{
    keyed(Box::new(move || {
        each()
            .into_iter()
            .map(|item| {
                let content = hash(&item);
                let view = view.clone();
                Row {
                    content,
                    view: Arc::new(move || view(item.clone())),
                }
            })
            .collect()
    }))
}

struct Row {
    content: u64,
    view: Arc<dyn Fn() -> AnyView + Send + Sync>,
}

fn hash(item: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    item.hash(&mut hasher);
    hasher.finish()
}

fn keyed(each: Box<dyn Fn() -> Vec<Row> + Send + Sync>) -> AnyView {
    view! { <For each=each key=|row| row.content children=|row| (row.view)()/> }.into_any()
}
