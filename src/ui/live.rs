//! Values that change, and what follows them.
//!
//! ```text
//! State::new(0)               a value that is set by hand: `set`
//! Live::new(|| …)             a value that is computed from others, anew when one of them has changed
//! live.read(), live.get()     what it is; who asks inside of `follow` or `Live::new` follows it from then on
//! live.peek()                 what it is at this instant, without following it
//! follow(|| …)                does something now, and again whenever what it has read has changed
//! ```
//!
//! Leptos does the work. Underneath, all values are of one type: the compiler writes the machinery of a signal anew
//! for each type that one holds, and that once was a tenth of the page's weight.

use std::any::Any;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::Arc;

use leptos::prelude::*;

/// A closure without arguments, boxed. A trait of its own, because a boxed `Fn` carries its code three times.
pub(super) trait Compute<T> {
    /// Its result.
    fn compute(&self) -> T;
}

impl<T, F: Fn() -> T> Compute<T> for F {
    fn compute(&self) -> T {
        self()
    }
}

/// What can stand in a signal.
pub(super) trait Content: Any + Send + Sync {
    /// Is this the same value?
    fn is(&self, other: &dyn Any) -> bool;
}

impl<T: PartialEq + Any + Send + Sync> Content for T {
    fn is(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self)
    }
}

/// Any value.
#[derive(Clone)]
struct Thing(Arc<dyn Content>);

impl PartialEq for Thing {
    fn eq(&self, other: &Self) -> bool {
        self.0.is(&*other.0)
    }
}

impl Thing {
    fn open<T: Content>(self) -> Arc<T> {
        let any: Arc<dyn Any + Send + Sync> = self.0;
        any.downcast().unwrap_or_else(|_| unreachable!("law: a live value keeps its type"))
    }
}

/// A value that changes.
pub(super) struct Live<T> {
    signal: Signal<Thing>,
    holds: PhantomData<fn() -> T>,
}

impl<T> Clone for Live<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Live<T> {}

impl<T: Content> Live<T> {
    /// A value that is computed from others. Who follows it learns only of another one.
    pub(super) fn new(compute: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self::of(computed(Box::new(move || Thing(Arc::new(compute())))))
    }

    const fn of(signal: Signal<Thing>) -> Self {
        Self { signal, holds: PhantomData }
    }

    /// What it is; follows it.
    pub(super) fn read(self) -> impl Deref<Target = T> {
        read(self.signal).open()
    }

    /// What it is at this instant.
    pub(super) fn peek(self) -> impl Deref<Target = T> {
        peek(self.signal).open()
    }

    /// A copy of what it is; follows it.
    pub(super) fn get(self) -> T
    where
        T: Clone,
    {
        (*self.read()).clone()
    }
}

#[inline(never)]
fn computed(compute: Box<dyn Compute<Thing> + Send + Sync>) -> Signal<Thing> {
    Memo::new(move |_| compute.compute()).into()
}

#[inline(never)]
fn read(signal: Signal<Thing>) -> Thing {
    signal.get()
}

#[inline(never)]
fn peek(signal: Signal<Thing>) -> Thing {
    signal.get_untracked()
}

/// A value that is set by hand; it can be read like any other.
pub(super) struct State<T> {
    cell: RwSignal<Thing>,
    live: Live<T>,
}

impl<T> Clone for State<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for State<T> {}

impl<T> Deref for State<T> {
    type Target = Live<T>;

    fn deref(&self) -> &Live<T> {
        &self.live
    }
}

impl<T: Content> State<T> {
    /// A value that stays until it is set.
    pub(super) fn new(value: T) -> Self {
        let cell = RwSignal::new(Thing(Arc::new(value)));
        Self { cell, live: Live::of(cell.into()) }
    }

    /// Sets it and tells everybody who follows it, even when it is the same as before.
    pub(super) fn set(self, value: T) {
        set(self.cell, Thing(Arc::new(value)));
    }
}

#[inline(never)]
fn set(cell: RwSignal<Thing>, thing: Thing) {
    cell.set(thing);
}

/// What is done again and again, boxed: see [`Compute`].
trait Follow {
    fn follow(&mut self);
}

impl<F: FnMut()> Follow for F {
    fn follow(&mut self) {
        self();
    }
}

/// Does something now, and again whenever what it has read has changed; ends with what it was made for.
pub(super) fn follow(run: impl FnMut() + 'static) {
    follow_boxed(Box::new(run));
}

fn follow_boxed(mut run: Box<dyn Follow>) {
    // The arena keeps it as long as its owner.
    StoredValue::new_local(RenderEffect::new(move |_| run.follow()));
}
