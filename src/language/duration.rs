//! Durations as people write them: `250ms`, `1.5s`, `2min`.

/// The units and their lengths in microseconds.
const UNITS: &[(&str, i64)] =
    &[("us", 1), ("ms", 1_000), ("s", 1_000_000), ("min", 60_000_000), ("h", 3_600_000_000)];

/// What a duration looks like.
pub(crate) const LOOKS: &str =
    "a duration such as `250ms`, `1.5s` or `2min` (units: us, ms, s, min, h)";

/// The microseconds that a text means.
///
/// # Errors
/// What would have been right.
pub fn parse(text: &str) -> Result<i64, &'static str> {
    let digits = text.find(|it: char| !it.is_ascii_digit() && it != '.').ok_or(LOOKS)?;
    let (number, unit) = text.split_at(digits);
    let (_, size) = UNITS.iter().find(|(name, _)| *name == unit).ok_or(LOOKS)?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && fraction.is_empty() || fraction.contains('.') {
        return Err(LOOKS);
    }
    let too_long = "a duration below 290,000 years";
    let whole = if whole.is_empty() { 0 } else { whole.parse::<i64>().map_err(|_| too_long)? };
    let mut micros = whole.checked_mul(*size).ok_or(too_long)?;
    let mut place = *size;
    for digit in fraction.bytes() {
        let digit = i64::from(digit - b'0');
        if place % 10 != 0 && digit != 0 {
            // Minutes and hours have no whole number of microseconds in every decimal; those of seconds have six.
            return Err("a duration in whole microseconds");
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
