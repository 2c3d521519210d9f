//! Frames: the onlooker's time reaches the lab here, and only while something is to go on.
//!
//! It promises to ask for no frame while nothing moves, and that no run is so busy that the page does not answer.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::window;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;

use super::live::{Live, follow};
use super::platform::clock_ms;
use super::session::Session;
use crate::app::Action;

/// How long the run may work in a frame, in milliseconds: the rest is for showing what has come about.
const WORK_MS: f64 = 8.0;

/// Frames that are asked for one by one.
struct Frames {
    last_ms: Cell<f64>,
    /// The frame that is asked for.
    pending: Cell<Option<i32>>,
    /// What happens in each.
    run: RefCell<Option<Closure<dyn Fn()>>>,
}

/// Lets the lab play whenever it is told to.
pub(super) fn use_frame_loop(session: Session) {
    let moving = session.timely(|lab| lab.playback().playing || lab.goal().is_some());
    let play = move |elapsed_ms: f64| {
        session.work(Action::Frame(Duration::from_secs_f64(elapsed_ms / 1e3)), WORK_MS);
    };
    use_frames(moving, Box::new(play));
}

/// Calls in every frame, as long as it is on, with the milliseconds since the one before.
pub(super) fn use_frames(on: Live<bool>, each: Box<dyn Fn(f64)>) {
    let frames = Rc::new(Frames {
        last_ms: Cell::new(0.0),
        pending: Cell::new(None),
        run: RefCell::new(None),
    });
    let own = frames.clone();
    *frames.run.borrow_mut() = Some(Closure::new(move || {
        let now_ms = clock_ms();
        let elapsed_ms = (now_ms - own.last_ms.replace(now_ms)).max(0.0);
        // Asked for before anything moves: when that ends it, the request is taken back.
        own.request();
        each(elapsed_ms);
    }));
    follow(move || {
        frames.stop();
        if on.get() {
            frames.last_ms.set(clock_ms());
            frames.request();
        }
    });
}

impl Frames {
    fn request(&self) {
        if let Some(run) = &*self.run.borrow() {
            let frame = window().request_animation_frame(run.as_ref().unchecked_ref());
            self.pending.set(frame.ok());
        }
    }

    fn stop(&self) {
        if let Some(frame) = self.pending.take() {
            // It can only fail where frames cannot be asked for either.
            let _ = window().cancel_animation_frame(frame);
        }
    }
}
