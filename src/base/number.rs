//! Decimal numbers as text.
//!
//! The standard library's way brings a table of 10 KB that hardly compresses, a fortieth of the page's download;
//! this one gives the same bits without it, a little slower.

use lexical_parse_float::FromLexical;

/// The number with a fraction that is nearest to a decimal. Words like `inf`, what becomes infinite, and anything
/// else is none.
pub fn parse(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let begins = digits.starts_with(|it: char| it.is_ascii_digit() || it == '.');
    f64::from_lexical(text.as_bytes()).ok().filter(|it| begins && it.is_finite())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_no_decimal_is_none() {
        for text in [
            "", "+", ".", "-.", "e5", "inf", "-inf", "NaN", "1e", "1 ", " 1", "1e400", "0x1", "1_0",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn it_gives_the_bits_of_the_standard_library(
            bits: u64,
            decimal in "[+-]?[0-9]{0,25}\\.?[0-9]{0,25}([eE][+-]?[0-9]{1,3})?",
        ) {
            let number = f64::from_bits(bits);
            for text in [number.to_string(), format!("{number:?}"), format!("{number:e}"), decimal] {
                let wanted = text.parse::<f64>().ok().filter(|it| it.is_finite()).map(f64::to_bits);
                prop_assert_eq!(parse(&text).map(f64::to_bits), wanted, "{}", text);
            }
        }
    }
}
