//! Where documents are kept: one table of texts by key in the browser's database.
//!
//! Browsers may refuse it, as in frames of other pages and in some private windows; then every call says so.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::window;
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::js_sys::Array;
use leptos::web_sys::{IdbDatabase, IdbOpenDbRequest, IdbTransactionMode};

use crate::app::archive::{Call, Reply};

const DATABASE: &str = "inflight";
const TABLE: &str = "documents";

/// What happens with the answer; only once, whichever of several events comes first.
type Done = Rc<Cell<Option<Box<dyn FnOnce(Reply)>>>>;

thread_local! {
    static OPEN: RefCell<Option<IdbDatabase>> = const { RefCell::new(None) };
}

/// Does what is wanted, and hands over how it went.
pub(in crate::ui) fn store(call: Call, done: impl FnOnce(Reply) + 'static) {
    let done: Done = Rc::new(Cell::new(Some(Box::new(done))));
    if let Some(database) = OPEN.with_borrow(Clone::clone) {
        return ask(&database, call, done);
    }
    // A frame of another page may not even ask.
    let factory = window().indexed_db().ok().flatten();
    let Some(request) = factory.and_then(|it| it.open(DATABASE).ok()) else {
        return end(&done, Reply::Refused);
    };
    let (made, opened) = (request.clone(), request.clone());
    let make = once(move || {
        // It can only fail when the table is there.
        let _ = database_of(&made).map(|it| it.create_object_store(TABLE));
    });
    let refused = done.clone();
    let use_it = once(move || match database_of(&opened) {
        Some(database) => {
            // Somebody wants it gone, or it is: the next call opens another one.
            let forget = Closure::<dyn Fn()>::new(forget).into_js_value();
            database.set_onversionchange(Some(forget.unchecked_ref()));
            database.set_onclose(Some(forget.unchecked_ref()));
            OPEN.set(Some(database.clone()));
            ask(&database, call, done);
        }
        None => end(&done, Reply::Refused),
    });
    let refuse = once(move || end(&refused, Reply::Refused));
    request.set_onupgradeneeded(Some(make.unchecked_ref()));
    request.set_onsuccess(Some(use_it.unchecked_ref()));
    request.set_onerror(Some(refuse.unchecked_ref()));
    request.set_onblocked(Some(refuse.unchecked_ref()));
}

/// A function that the browser calls once. Boxed, so that its machinery is there once as well.
fn once(act: impl FnOnce() + 'static) -> JsValue {
    once_boxed(Box::new(act))
}

fn once_boxed(act: Box<dyn FnOnce()>) -> JsValue {
    Closure::once_into_js(act)
}

fn database_of(request: &IdbOpenDbRequest) -> Option<IdbDatabase> {
    request.result().ok().map(JsCast::unchecked_into)
}

fn forget() {
    if let Some(database) = OPEN.take() {
        database.close();
    }
}

fn end(done: &Done, reply: Reply) {
    if let Some(done) = done.take() {
        done(reply);
    }
}

fn ask(database: &IdbDatabase, call: Call, done: Done) {
    let mode = match call {
        Call::Keys | Call::Get(_) => IdbTransactionMode::Readonly,
        Call::Put(..) | Call::Remove(_) => IdbTransactionMode::Readwrite,
    };
    let asked = database.transaction_with_str_and_mode(TABLE, mode).and_then(|transaction| {
        let table = transaction.object_store(TABLE)?;
        let request = match &call {
            Call::Keys => table.get_all_keys(),
            Call::Get(key) => table.get(&key.into()),
            Call::Put(key, text) => table.put_with_key(&text.into(), &key.into()),
            Call::Remove(key) => table.delete(&key.into()),
        }?;
        Ok((transaction, request))
    });
    let (transaction, request) = match asked {
        Ok(asked) => asked,
        Err(reason) => {
            forget();
            return end(&done, failure(&reason));
        }
    };
    let failed = (done.clone(), transaction.clone());
    // Only then is it written down for good.
    let complete = once(move || {
        let result = request.result().unwrap_or_default();
        end(
            &done,
            match call {
                Call::Keys => Reply::Keys(
                    Array::from(&result).iter().filter_map(|it| it.as_string()).collect(),
                ),
                Call::Get(_) => Reply::Text(result.as_string()),
                Call::Put(..) | Call::Remove(_) => Reply::Done,
            },
        );
    });
    let abort = once(move || {
        let reason = failed.1.error().map_or(JsValue::NULL, Into::into);
        end(&failed.0, failure(&reason));
    });
    transaction.set_oncomplete(Some(complete.unchecked_ref()));
    transaction.set_onabort(Some(abort.unchecked_ref()));
}

/// What a refusal of the browser means.
fn failure(reason: &JsValue) -> Reply {
    let name = leptos::web_sys::js_sys::Reflect::get(reason, &"name".into());
    let name = name.ok().and_then(|it| it.as_string()).unwrap_or_default();
    match name.as_str() {
        "QuotaExceededError" => Reply::Full,
        "SecurityError" => Reply::Refused,
        _ => Reply::Failed(name),
    }
}
