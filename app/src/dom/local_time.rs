//! Moments in the time zone of the person at the screen.

use domain::time::Timestamp;
use js_sys::Date;
use wasm_bindgen::JsValue;

/// Day and minute: `2026-11-22 11:49`.
pub(crate) fn minute(at: Timestamp) -> String {
    let date = date(at);
    format!("{} {:02}:{:02}", day_of(&date), date.get_hours(), date.get_minutes())
}

/// The day: `2026-11-22`.
pub(crate) fn day(at: Timestamp) -> String {
    day_of(&date(at))
}

fn day_of(date: &Date) -> String {
    format!(
        "{:04}-{:02}-{:02}",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date()
    )
}

fn date(at: Timestamp) -> Date {
    #[expect(
        clippy::cast_precision_loss,
        reason = "the seconds of any year that we will see fit into the mantissa"
    )]
    let milliseconds = at.seconds() as f64 * 1_000.0;
    Date::new(&JsValue::from_f64(milliseconds))
}
