//! The ends of views, in few types.
//!
//! The compiler writes the code of a view anew for every type that occurs in it, and every closure is a type of its
//! own: a page of plain closures weighs three times as much. So what changes is a [`Signal`], what listens is boxed,
//! and lists are rows that say how they are shown.

use std::sync::Arc;

use leptos::ev::{Event, MouseEvent};
use leptos::prelude::*;

/// Listens to an event.
pub(super) type Listener<E> = Box<dyn FnMut(E)>;

/// Words that change.
pub(super) fn words(say: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(say)
}

/// A condition that changes.
pub(super) fn when(holds: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    Signal::derive(holds)
}

/// A view that is made anew whenever what it reads has changed.
pub(super) fn dynamic(view: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let view: Box<dyn FnMut() -> AnyView + Send> = Box::new(view);
    view.into_any()
}

/// A view that is there as long as the condition holds.
pub(super) fn shown(
    condition: Signal<bool>,
    view: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    let condition = Memo::new(move |_| condition.get());
    dynamic(move || if condition.get() { view() } else { nothing() })
}

/// No view at all.
pub(super) fn nothing() -> AnyView {
    ().into_any()
}

/// What a click does.
pub(super) fn on_click(act: impl Fn() + 'static) -> Listener<MouseEvent> {
    Box::new(move |_| act())
}

/// What happens with the value of a field.
pub(super) fn on_value(act: impl Fn(String) + 'static) -> Listener<Event> {
    Box::new(move |ev| act(event_target_value(&ev)))
}

/// What happens when a switch has been moved.
pub(super) fn on_checked(act: impl Fn(bool) + 'static) -> Listener<Event> {
    Box::new(move |ev| act(event_target_checked(&ev)))
}

/// A row of a list.
pub(super) struct Row {
    key: String,
    view: Box<dyn FnOnce() -> AnyView + Send>,
}

impl Row {
    /// A row with a key that no other row of its list has. It is kept as long as its key is there.
    pub(super) fn new(key: String, view: impl FnOnce() -> AnyView + Send + 'static) -> Self {
        Self { key, view: Box::new(view) }
    }
}

/// A list that changes.
pub(super) fn each(rows: impl Fn() -> Vec<Row> + Send + Sync + 'static) -> AnyView {
    let rows: Arc<dyn Fn() -> Vec<Row> + Send + Sync> = Arc::new(rows);
    view! { <For each=move || rows() key=|it| it.key.clone() children=|it: Row| (it.view)() /> }
        .into_any()
}
