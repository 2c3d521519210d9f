//! The page, and three ways to make it crash, for the browser tests. Only this program has them.
//!
//! They are events of the window, so that the crash comes about where most do: in something that the page listens to.

use std::hint::black_box;

use leptos::prelude::window;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;

fn main() {
    inflight::ui::mount();
    on("crash-panic", || panic!("a rehearsal"));
    on("crash-stack", || {
        black_box(deeper(1));
    });
    on("crash-memory", || {
        let mut taken = Vec::new();
        loop {
            taken.push(black_box(vec![1_u8; 1 << 20]));
        }
    });
}

fn on(event: &str, crash: impl Fn() + 'static) {
    let crash = Closure::<dyn Fn()>::new(crash).into_js_value();
    window()
        .add_event_listener_with_callback(event, crash.unchecked_ref())
        .expect("law: a window can be listened to");
}

/// Needs more of the stack than there is.
fn deeper(depth: u64) -> u64 {
    let room = black_box([depth; 64]);
    if black_box(true) { deeper(depth + 1) + room[63] } else { depth }
}
