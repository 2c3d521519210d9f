//! The vocabulary of views: elements that say what they are, and follow live values.
//!
//! ```text
//! el("p.note")                      an element, written as in a style sheet
//!     .attr("role", "status")       an attribute; fixed words, or words that follow what they read
//!     .text(words(move || …))       words in it
//!     .child(icon(Icon::Clock))     a view in it; `children` for several
//!     .on("click", move |ev| …)     what happens
//! group()                           views side by side, without an element around them
//! dynamic(move || …)                a view that is made anew when what it has read has changed
//! shown(when(move || …), || …)      a view that is there as long as the condition holds
//! each(move || rows)                a list; its rows are kept as long as their keys are there
//! ```
//!
//! Views are made at once and change by themselves. They are the browser's own nodes, all of one type: the compiler
//! writes nothing anew for each of them, which is what keeps the page light.

use std::mem;
use std::sync::Arc;

use leptos::prelude::{Owner, document, untrack};
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::js_sys::Reflect;
use leptos::web_sys::{Element, Event, EventTarget, HtmlElement, Node};

use super::live::{Compute, Live, State, follow};
use crate::app::view::plain;

/// Elements of pictures have a name space of their own.
const SVG: &str = "http://www.w3.org/2000/svg";

/// A piece of the page: an element, or several side by side.
#[must_use]
pub(super) struct View(Node);

/// Words that stay, or that follow what they read.
#[derive(Clone)]
pub(super) enum Words {
    Fixed(Arc<str>),
    Static(&'static str),
    Live(Arc<dyn Compute<String> + Send + Sync>),
}

impl From<&'static str> for Words {
    fn from(words: &'static str) -> Self {
        Self::Static(words)
    }
}

impl From<String> for Words {
    fn from(words: String) -> Self {
        Self::Fixed(words.into())
    }
}

impl From<Live<String>> for Words {
    fn from(live: Live<String>) -> Self {
        Self::Live(Arc::new(move || live.get()))
    }
}

/// Words that follow what they read.
pub(super) fn words(say: impl Fn() -> String + Send + Sync + 'static) -> Words {
    Words::Live(Arc::new(say))
}

/// A condition that follows what it reads.
#[derive(Clone)]
pub(super) struct When(Arc<dyn Compute<bool> + Send + Sync>);

impl When {
    /// Does it hold?
    pub(super) fn holds(&self) -> bool {
        self.0.compute()
    }
}

impl From<Live<bool>> for When {
    fn from(live: Live<bool>) -> Self {
        when(move || live.get())
    }
}

impl From<State<bool>> for When {
    fn from(state: State<bool>) -> Self {
        Self::from(*state)
    }
}

/// A condition that follows what it reads.
pub(super) fn when(holds: impl Fn() -> bool + Send + Sync + 'static) -> When {
    When(Arc::new(holds))
}

/// An element, written as in a style sheet: `p`, `span.hidden`, `span.icon.icon--solid`.
#[inline(never)]
pub(super) fn el(selector: &str) -> View {
    let (tag, classes) = selector.split_once('.').unwrap_or((selector, ""));
    let made = match tag {
        "svg" | "path" => document().create_element_ns(Some(SVG), tag),
        _ => document().create_element(tag),
    };
    let element = View(made.expect("law: tags are names").into());
    match classes {
        "" => element,
        _ => element.attr("class", classes.replace('.', " ")),
    }
}

/// Views side by side, without an element around them.
pub(super) fn group() -> View {
    View(document().create_document_fragment().into())
}

/// No view at all.
pub(super) fn nothing() -> View {
    group()
}

/// Where words go.
#[derive(Clone, Copy)]
enum Place {
    Attribute(&'static str),
    Property(&'static str),
    Style(&'static str),
    Text,
}

impl View {
    /// The element itself.
    pub(super) fn element<T: JsCast>(&self) -> T {
        self.0.clone().unchecked_into()
    }

    /// An attribute.
    pub(super) fn attr(self, name: &'static str, value: impl Into<Words>) -> Self {
        self.put(Place::Attribute(name), value.into());
        self
    }

    /// An attribute that is there as long as the condition holds.
    pub(super) fn flag(self, name: &'static str, value: &'static str, when: When) -> Self {
        let element: Element = self.element();
        follow(move || {
            let _ = if when.holds() {
                element.set_attribute(name, value)
            } else {
                element.remove_attribute(name)
            };
        });
        self
    }

    /// The value of a field. It follows, so that a field never shows what is not so. For a select: after its options.
    pub(super) fn value(self, value: impl Into<Words>) -> Self {
        self.put(Place::Property("value"), value.into());
        self
    }

    /// Whether a switch is on.
    pub(super) fn checked(self, when: When) -> Self {
        let element: JsValue = self.element();
        follow(move || {
            let _ = Reflect::set(&element, &"checked".into(), &when.holds().into());
        });
        self
    }

    /// A measure that style sheets cannot know.
    pub(super) fn style(self, name: &'static str, value: impl Into<Words>) -> Self {
        self.put(Place::Style(name), value.into());
        self
    }

    /// Words in it.
    pub(super) fn text(self, words: impl Into<Words>) -> Self {
        let text = View(document().create_text_node("").into());
        text.put(Place::Text, words.into());
        self.child(text)
    }

    /// A view in it.
    pub(super) fn child(self, view: View) -> Self {
        let View(node) = view;
        // Everything takes children that takes them here.
        let _ = self.0.append_child(&node);
        self
    }

    /// Views in it.
    pub(super) fn children(self, views: impl IntoIterator<Item = View>) -> Self {
        views.into_iter().fold(self, Self::child)
    }

    /// What happens.
    pub(super) fn on(self, event: &str, act: impl Fn(Event) + 'static) -> Self {
        listen(&self.0, event, Box::new(act));
        self
    }

    /// What happens before anything inside hears of it.
    pub(super) fn on_capture(self, event: &str, act: impl Fn(Event) + 'static) -> Self {
        let act: Box<dyn Act> = Box::new(act);
        let act = Closure::<dyn Fn(Event)>::new(move |ev| act.act(ev)).into_js_value();
        let act = act.unchecked_ref();
        let _ = self.0.add_event_listener_with_callback_and_bool(event, act, true);
        self
    }

    /// What a click does.
    pub(super) fn on_click(self, act: impl Fn() + 'static) -> Self {
        self.on("click", move |_| act())
    }

    /// What happens with the value of a field: at every key (`input`), or when it stands (`change`).
    pub(super) fn on_value(self, event: &str, act: impl Fn(String) + 'static) -> Self {
        self.on(event, move |ev| act(value_of(&ev)))
    }

    #[inline(never)]
    fn put(&self, place: Place, words: Words) {
        let node = self.0.clone();
        match words {
            Words::Static(words) => place.write(&node, words),
            Words::Fixed(words) => place.write(&node, &words),
            Words::Live(words) => {
                let mut last = None;
                follow(move || {
                    let now = words.compute();
                    // A person may have changed a field meanwhile: that one is looked at itself.
                    if last.as_ref() != Some(&now) || matches!(place, Place::Property(_)) {
                        place.write(&node, &now);
                        last = Some(now);
                    }
                });
            }
        }
    }
}

impl Place {
    /// Writes the words. None of it can fail on the nodes that it is used for.
    fn write(self, node: &Node, words: &str) {
        let shown = plain(words);
        // What a person edits stays as it is.
        let words = if let Self::Property(_) = self { words } else { &*shown };
        match self {
            Self::Text => node.set_node_value(Some(words)),
            Self::Attribute(name) => {
                let _ = node.unchecked_ref::<Element>().set_attribute(name, words);
            }
            Self::Style(name) => {
                let _ = node.unchecked_ref::<HtmlElement>().style().set_property(name, words);
            }
            Self::Property(name) => {
                let (name, words) = (name.into(), words.into());
                if Reflect::get(node, &name).as_ref() != Ok(&words) {
                    let _ = Reflect::set(node, &name, &words);
                }
            }
        }
    }
}

/// What happens at an event. A trait of its own for the same reason as [`Compute`].
pub(super) trait Act {
    /// Lets it happen.
    fn act(&self, ev: Event);
}

impl<F: Fn(Event)> Act for F {
    fn act(&self, ev: Event) {
        self(ev);
    }
}

/// Calls back at every such event, as long as its target is there.
pub(super) fn listen(target: &EventTarget, event: &str, act: Box<dyn Act>) {
    let act = Closure::<dyn Fn(Event)>::new(move |ev| act.act(ev)).into_js_value();
    let _ = target.add_event_listener_with_callback(event, act.unchecked_ref());
}

/// The value of the field in which something happened.
fn value_of(ev: &Event) -> String {
    let value = ev.target().and_then(|it| Reflect::get(&it, &"value".into()).ok());
    value.and_then(|it| it.as_string()).unwrap_or_default()
}

/// The stretch between two marks that nobody sees.
struct Stretch {
    start: Node,
    end: Node,
}

impl Stretch {
    fn new() -> (View, Self) {
        let mark = || Node::from(document().create_comment(""));
        let (start, end) = (mark(), mark());
        let whole = group().child(View(start.clone())).child(View(end.clone()));
        (whole, Self { start, end })
    }

    /// Puts a view in the place of everything that stands there.
    fn replace(&self, view: &View) {
        let Some(parent) = self.end.parent_node() else { return };
        while let Some(old) = self.end.previous_sibling().filter(|it| *it != self.start) {
            let _ = parent.remove_child(&old);
        }
        let _ = parent.insert_before(&view.0, Some(&self.end));
    }
}

/// A view that is made anew whenever what it has read has changed.
pub(super) fn dynamic(view: impl Fn() -> View + 'static) -> View {
    dynamic_boxed(Box::new(view))
}

fn dynamic_boxed(view: Box<dyn Compute<View>>) -> View {
    let (whole, stretch) = Stretch::new();
    follow(move || stretch.replace(&view.compute()));
    whole
}

/// A view that is there as long as the condition holds.
pub(super) fn shown(condition: When, view: impl Fn() -> View + 'static) -> View {
    let view: Box<dyn Compute<View>> = Box::new(view);
    let holds = Live::new(move || condition.holds());
    dynamic(move || if holds.get() { untrack(|| view.compute()) } else { nothing() })
}

/// A row of a list.
pub(super) struct Row {
    key: String,
    view: Box<dyn FnOnce() -> View>,
}

impl Row {
    /// A row of one element, with a key that no other row of its list has.
    pub(super) fn new(key: String, view: impl FnOnce() -> View + 'static) -> Self {
        Self { key, view: Box::new(view) }
    }
}

/// A row that stands on the page.
struct Standing {
    key: String,
    node: Node,
    owner: Owner,
}

/// A list that changes. A row is kept, and its owner with it, as long as its key is there.
pub(super) fn each(rows: impl Fn() -> Vec<Row> + 'static) -> View {
    each_boxed(Box::new(rows))
}

fn each_boxed(rows: Box<dyn Compute<Vec<Row>>>) -> View {
    let (whole, stretch) = Stretch::new();
    // Rows outlive the run that makes them, so they belong to the list.
    let list = Owner::current().expect("law: views are made under an owner");
    let mut standing: Vec<Standing> = Vec::new();
    follow(move || {
        let rows = rows.compute();
        let mut before = mem::take(&mut standing);
        let keep = |row: Row| {
            if let Some(known) = before.iter().position(|it| it.key == row.key) {
                return before.swap_remove(known);
            }
            let owner = list.child();
            let View(node) = owner.with(|| untrack(row.view));
            Standing { key: row.key, node, owner }
        };
        standing = rows.into_iter().map(keep).collect();
        let Some(parent) = stretch.end.parent_node() else { return };
        for gone in before {
            let _ = parent.remove_child(&gone.node);
            gone.owner.cleanup();
        }
        // From the last to the first; only what stands elsewhere is moved.
        let mut next = stretch.end.clone();
        for row in standing.iter().rev() {
            if row.node.next_sibling().as_ref() != Some(&next) {
                let _ = parent.insert_before(&row.node, Some(&next));
            }
            next = row.node.clone();
        }
    });
    whole
}
