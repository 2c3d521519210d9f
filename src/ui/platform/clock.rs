//! The clock of the device: for what people read only, never for what runs.

use leptos::wasm_bindgen::JsValue;
use leptos::web_sys::js_sys::Date;

/// Milliseconds since 1970.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
pub(in crate::ui) fn now_ms() -> u64 {
    Date::now() as u64
}

/// The time of day, or the day before today: "12:04", "24 Nov".
pub(in crate::ui) fn clock_words(ms: u64) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let [date, today] = [ms, now_ms()].map(|it| Date::new(&JsValue::from_f64(it as f64)));
    let day = |it: &Date| (it.get_full_year(), it.get_month(), it.get_date());
    let two = |it: u32| [if it < 10 { "0" } else { "" }, &it.to_string()].concat();
    if day(&date) == day(&today) {
        return [two(date.get_hours()), two(date.get_minutes())].join(":");
    }
    let month = MONTHS.get(date.get_month() as usize).copied().unwrap_or_default();
    [&date.get_date().to_string(), " ", month].concat()
}
