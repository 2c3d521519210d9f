//! Durations and sizes as people write them: `250ms`, `1.5s`, `2min`; `500B`, `2kB`.

/// A unit's name and its length.
type Unit = (&'static str, i64);

/// The units and their lengths in microseconds.
const UNITS: &[Unit] =
    &[("us", 1), ("ms", 1_000), ("s", 1_000_000), ("min", 60_000_000), ("h", 3_600_000_000)];

/// The units of sizes, in bytes.
const SIZES: &[Unit] = &[("B", 1), ("kB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000)];

/// What a duration looks like.
pub(crate) const LOOKS: &str =
    "a duration such as `250ms`, `1.5s` or `2min` (units: us, ms, s, min, h)";

/// The microseconds that a text means.
///
/// # Errors
/// What would have been right.
pub fn parse(text: &str) -> Result<i64, &'static str> {
    measure(
        text,
        UNITS,
        [LOOKS, "a duration below 290,000 years", "a duration in whole microseconds"],
    )
}

/// The bytes that a text means, if it is a size.
pub(crate) fn parse_size(text: &str) -> Option<i64> {
    measure(text, SIZES, [""; 3]).ok()
}

/// A number with a unit, in the smallest unit. The errors: what it looks like, how much is too much, and that it must
/// be whole.
fn measure(
    text: &str,
    units: &[Unit],
    [looks, too_long, in_whole]: [&'static str; 3],
) -> Result<i64, &'static str> {
    let digits = text.find(|it: char| !it.is_ascii_digit() && it != '.').ok_or(looks)?;
    let (number, unit) = text.split_at(digits);
    let (_, size) = units.iter().find(|(name, _)| *name == unit).ok_or(looks)?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && fraction.is_empty() || fraction.contains('.') {
        return Err(looks);
    }
    let whole = if whole.is_empty() { 0 } else { whole.parse::<i64>().map_err(|_| too_long)? };
    let mut micros = whole.checked_mul(*size).ok_or(too_long)?;
    let mut place = *size;
    for digit in fraction.bytes() {
        let digit = i64::from(digit - b'0');
        if place % 10 != 0 && digit != 0 {
            // Minutes and hours have no whole number of microseconds in every decimal; those of seconds have six.
            return Err(in_whole);
        }
        place /= 10;
        micros = micros.checked_add(digit * place).ok_or(too_long)?;
    }
    Ok(micros)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Span;

    #[test]
    fn durations_are_read_as_people_write_them() {
        for (text, micros) in [
            ("250ms", Ok(250_000)),
            ("1.5s", Ok(1_500_000)),
            ("2min", Ok(120_000_000)),
            (".5h", Ok(1_800_000_000)),
            ("0ms", Ok(0)),
            ("1.05ms", Ok(1_050)),
            ("1.0us", Ok(1)),
            ("0.5us", Err("a duration in whole microseconds")),
            ("5", Err(LOOKS)),
            ("5 s", Err(LOOKS)),
            (".s", Err(LOOKS)),
            ("1.2.3s", Err(LOOKS)),
            ("-5s", Err(LOOKS)),
            ("99999999999999999999s", Err("a duration below 290,000 years")),
            ("9223372036854775807h", Err("a duration below 290,000 years")),
        ] {
            assert_eq!(parse(text), micros, "{text}");
        }
    }

    #[test]
    fn sizes_are_whole_bytes() {
        for (text, bytes) in [
            ("500B", Some(500)),
            ("1.5kB", Some(1_500)),
            ("3MB", Some(3_000_000)),
            ("2GB", Some(2_000_000_000)),
            ("0.5B", None),
            ("2KB", None),
            ("2", None),
        ] {
            assert_eq!(parse_size(text), bytes, "{text}");
        }
    }

    #[test]
    fn what_spans_write_is_read_back() {
        let samples = (0..2_000u64).map(|it| it * it * it * 7_919 % 9_000_000_000_000);
        for micros in
            samples.chain([1, 999, 1_000, 59_999_999, 60_000_000, 90_000_000, 3_600_000_000])
        {
            let text = Span::from_micros(micros).to_string();
            assert_eq!(parse(&text).map(i64::unsigned_abs), Ok(micros), "{text}");
        }
    }
}
