//! No text whatever makes the compiler panic, hang, or place a finding outside of the text.

use proptest::prelude::*;

use super::super::compile;
use super::{BASE, FLAGSHIP, findings};

/// Compiles, and holds every finding against the text. Its layout is found in one go, and says the same.
fn check(text: &str) -> Result<(), TestCaseError> {
    super::formatting::keeps_its_promises(text)?;
    let Err(findings) = compile(text) else { return Ok(()) };
    prop_assert!(!findings.is_empty(), "a refusal without a reason");
    prop_assert!(findings.is_sorted(), "findings out of order");
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines: Vec<&str> =
        text.split('\n').flat_map(|it| it.strip_suffix('\r').unwrap_or(it).split('\r')).collect();
    for finding in findings {
        let line = (finding.place.line as usize).checked_sub(1).and_then(|it| lines.get(it));
        let Some(line) = line else {
            prop_assert!(finding.place.column == 1, "outside of the text: {finding}");
            continue;
        };
        let column = finding.place.column as usize;
        prop_assert!(
            1 <= column && column <= line.chars().count() + 2,
            "outside of its line: {finding}"
        );
        prop_assert!(!finding.message.is_empty() && !finding.message.ends_with('.'), "{finding}");
    }
    Ok(())
}

/// Pieces that mean something to YAML, to the language or to expressions.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "=", "{", "}", "[", "]", ", ", ": ", "\n", "\r\n", "\r", "  ", "- ", "\"", "'", "|", ">", "&a", "*a",
            "!t", "#", "---\n",
            "msg", ".", "row", "stock", "(", ")", "==", "&&", "in", "?", "1", "0.5", "9223372036854775807",
            "250ms", "null", "~",
            "exponential(", "all(it, ", "\\u00e9", "é", "日本", "\u{feff}",
            "\t", "\0", "uniform", "Order", "PlaceOrder", "if", "then",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

/// A text with a part replaced.
fn changed(text: &str, from: prop::sample::Index, length: usize, piece: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let from = from.index(signs.len());
    let to = (from + length).min(signs.len());
    signs[..from].iter().collect::<String>() + piece + &signs[to..].iter().collect::<String>()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn any_pieces_are_answered(pieces in prop::collection::vec(piece(), 0..60)) {
        check(&pieces.concat())?;
    }

    #[test]
    fn a_changed_scenario_is_answered(
        base in any::<bool>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..12_usize, piece()), 1..4),
    ) {
        let mut text = (if base { BASE } else { FLAGSHIP }).to_owned();
        for (from, length, piece) in changes {
            text = changed(&text, from, length, &piece);
        }
        check(&text)?;
    }

    #[test]
    fn any_expression_is_answered(pieces in prop::collection::vec(piece(), 0..40)) {
        let expression: String = pieces.concat().chars().filter(|it| !it.is_control()).collect();
        let quoted = ["if: '", &expression.replace('\'', "''"), "'"].concat();
        check(&BASE.replacen("if: stock[msg.sku].left < msg.qty || !open", &quoted, 1))?;
    }
}

#[test]
fn deep_and_long_expressions_are_refused() {
    for (open, close) in
        [("(", ")"), ("[", "]"), ("!", ""), ("-", ""), ("size(", ")"), ("true ? true : ", "")]
    {
        let expression = [&open.repeat(5_000), "1", &close.repeat(5_000)].concat();
        let text = BASE.replacen(
            "stock[msg.sku].left < msg.qty || !open",
            &["'", &expression, "'"].concat(),
            1,
        );
        let findings = compile(&text).expect_err("it is too deep");
        assert!(findings.iter().any(|it| it.message.contains("nested too deep")), "{open}");
    }
    let long = vec!["1"; 20_000].join(" + ");
    let findings = compile(&BASE.replacen("stock[msg.sku].left < msg.qty || !open", &long, 1))
        .expect_err("too long");
    assert!(findings.iter().any(|it| it.message.contains("too long")));
}

#[test]
fn a_file_that_is_too_long_is_refused() {
    let text = [BASE, &"# comment\n".repeat(20_000)].concat();
    let findings = compile(&text).expect_err("it is too long");
    assert_eq!(findings[0].message, "the file is too long");
}

#[test]
fn a_mark_at_the_start_and_other_line_ends_change_nothing() {
    for text in [["\u{feff}", BASE].concat(), BASE.replace('\n', "\r\n"), BASE.replace('\n', "\r")]
    {
        let scenario = compile(&text).expect("the same scenario");
        assert_eq!(&*scenario.source, text);
    }
}

#[test]
fn thousands_of_services_are_one_finding() {
    let services: Vec<String> = (0..6_000).map(|it| format!("  s{it}: {{}}\n")).collect();
    let services = services.concat();
    let found = findings(&format!("inflight: 1\ntitle: it\nservices:\n{services}"));
    let [finding] = &found[..] else { panic!("{found:?}") };
    assert!(finding.contains("too many nodes") && finding.contains("at most 1100"), "{finding}");
}
