//! Frames: the onlooker's time reaches the lab here, and only while it plays.
//!
//! It promises to ask for no frame while nothing moves, and to end with its owner.

use std::time::Duration;

use leptos::leptos_dom::helpers::AnimationFrameRequestHandle;
use leptos::prelude::*;

use super::platform::clock_ms;
use super::session::Session;
use crate::app::Action;

type Pending = StoredValue<Option<AnimationFrameRequestHandle>>;

/// Lets the lab play whenever it is told to.
pub(super) fn use_frame_loop(session: Session) {
    let playing = session.timely(|lab| lab.playback().playing);
    let pending: Pending = StoredValue::new(None);
    Effect::new(move || {
        stop(pending);
        if playing.get() {
            request(session, pending, clock_ms());
        }
    });
    on_cleanup(move || stop(pending));
}

fn stop(pending: Pending) {
    let request = pending.try_update_value(Option::take);
    if let Some(Some(request)) = request {
        request.cancel();
    }
}

fn request(session: Session, pending: Pending, last_ms: f64) {
    let frame = request_animation_frame_with_handle(move || {
        // Asked for before the lab moves: when that pauses it, the effect above takes the request back.
        let now_ms = clock_ms();
        if pending.is_disposed() {
            return;
        }
        request(session, pending, now_ms);
        session.dispatch(Action::Frame(Duration::from_secs_f64((now_ms - last_ms).max(0.0) / 1e3)));
    });
    pending.try_set_value(frame.ok());
}
