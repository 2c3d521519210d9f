//! Frames: the onlooker's time reaches the lab here, and only while it plays.
//!
//! It promises to ask for no frame while nothing moves.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::window;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;

use super::live::follow;
use super::platform::clock_ms;
use super::session::Session;
use crate::app::Action;

/// Frames that are asked for one by one.
struct Frames {
    session: Session,
    last_ms: Cell<f64>,
    /// The frame that is asked for.
    pending: Cell<Option<i32>>,
    /// What happens in each.
    run: RefCell<Option<Closure<dyn Fn()>>>,
}

/// Lets the lab play whenever it is told to.
pub(super) fn use_frame_loop(session: Session) {
    let playing = session.timely(|lab| lab.playback().playing);
    let frames = Rc::new(Frames {
        session,
        last_ms: Cell::new(0.0),
        pending: Cell::new(None),
        run: RefCell::new(None),
    });
    let each = frames.clone();
    *frames.run.borrow_mut() = Some(Closure::new(move || each.frame()));
    follow(move || {
        frames.stop();
        if playing.get() {
            frames.last_ms.set(clock_ms());
            frames.request();
        }
    });
}

impl Frames {
    fn frame(&self) {
        let now_ms = clock_ms();
        let elapsed_ms = (now_ms - self.last_ms.replace(now_ms)).max(0.0);
        // Asked for before the lab moves: when that pauses it, the request is taken back.
        self.request();
        self.session.dispatch(Action::Frame(Duration::from_secs_f64(elapsed_ms / 1e3)));
    }

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
