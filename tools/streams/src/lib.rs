//! A stand-in for `wasm-streams`, without streams.
//!
//! Leptos brings functions on a server, and these bring `wasm-streams`. The page has no server and calls none of it, yet
//! whatever `wasm-streams` offers to the browser stays in the wasm, called or not. This owns the part of its interface
//! that Leptos compiles against. It promises only to weigh nothing, and refuses to make a stream.

use futures_util::stream::Pending;
use wasm_bindgen::JsValue;

/// A stream that can be read, in name only.
#[derive(Debug)]
pub struct ReadableStream;

impl ReadableStream {
    /// Would read from the browser's stream.
    pub fn from_raw(_: web_sys::ReadableStream) -> Self {
        Self
    }

    /// Would let the browser read from a stream.
    pub fn from_stream<S>(_: S) -> Self {
        Self
    }

    /// Has nothing, ever.
    pub fn into_stream(self) -> Pending<Result<JsValue, JsValue>> {
        futures_util::stream::pending()
    }

    /// Is called by nobody.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        unimplemented!("law: the page calls no functions on a server")
    }
}
