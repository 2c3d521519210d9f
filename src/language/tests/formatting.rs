//! The layout of texts: what it looks like, and that nothing is lost.

use proptest::prelude::*;

use super::super::{compile, format};
use super::FLAGSHIP;

const MESSY: &str = include_str!("messy.yaml");
const TIDY: &str = include_str!("tidy.yaml");

/// What a text means, without the places: the compiled scenario, or the findings.
fn meaning(text: &str) -> Result<String, Vec<(String, String)>> {
    match compile(text) {
        Ok(scenario) => {
            let all = format!("{:?}", super::super::Scenario { source: "".into(), ..scenario });
            let mut parts = all.split("Place { line: ");
            let mut rest = parts.next().unwrap_or_default().to_owned();
            parts.for_each(|it| rest.push_str(it.split_once('}').map_or("", |it| it.1)));
            Ok(rest)
        }
        Err(findings) => {
            // A sentence that names another line names another one now.
            let unplaced = |it: String| it.replace(|it: char| it.is_ascii_digit(), "");
            let mut all: Vec<_> =
                findings.into_iter().map(|it| (unplaced(it.message), it.expected)).collect();
            all.sort();
            Err(all)
        }
    }
}

/// Formatting twice is formatting once, and changes neither meaning nor mistakes.
pub(super) fn keeps_its_promises(text: &str) -> Result<(), TestCaseError> {
    let once = format(text);
    prop_assert_eq!(&format(&once), &once, "not settled: {:?}", text);
    if text.len() < 120_000 && once != text {
        prop_assert_eq!(meaning(&once), meaning(text), "another meaning: {:?}", text);
    }
    Ok(())
}

#[test]
fn the_layout_is_ours_and_the_words_are_the_authors() {
    assert_eq!(format(MESSY), TIDY);
    assert_eq!(format(TIDY), TIDY);
    assert_eq!(format(&MESSY.replace('\n', "\r\n")), TIDY);
}

#[test]
fn what_comes_with_the_lab_has_the_layout_already() {
    for text in [FLAGSHIP, include_str!("../../../tests/it/workshop.yaml")] {
        assert_eq!(format(text), text);
    }
}

#[test]
fn what_is_not_yaml_is_left_alone() {
    for text in [
        "a: [b\n",
        "a:   &x 1",
        "a:  1\n---\nb: 2",
        "",
        "\t- x: 'y",
        "# nothing  \n\n",
        "%é\n---\nmsg",
    ] {
        assert_eq!(format(text), text);
    }
}

#[test]
fn quotes_go_where_the_text_means_the_same_without_them() {
    for (quoted, bare) in [
        ("'plain words'", "plain words"),
        ("\"=1 + 2\"", "=1 + 2"),
        ("'a: b'", "'a: b'"),
        ("'a #b'", "'a #b'"),
        ("'a:'", "'a:'"),
        ("'a '", "'a '"),
        ("'='", "'='"),
        ("'no'", "'no'"),
        ("'1'", "'1'"),
        ("'# b'", "'# b'"),
        ("[ 'a, b' ]", "['a, b']"),
        ("[ 'a b' ]", "[a b]"),
    ] {
        let text = ["title:   ", quoted, "\n"].concat();
        assert_eq!(format(&text), ["title: ", bare, "\n"].concat());
    }
}

#[test]
fn a_text_over_several_lines_keeps_the_blank_lines_behind_it_that_count() {
    for (written, laid_out) in [
        ("a: |+\n     one\n       two\n\n\nb: 1\n", "a: |+\n  one\n    two\n\n\nb: 1\n"),
        ("a: |-\n     one\n\n\nb: 1\n", "a: |-\n  one\n\nb: 1\n"),
    ] {
        assert_eq!(format(written), laid_out);
        assert_eq!(format(laid_out), laid_out);
    }
}

#[test]
fn quoted_keys_without_a_value_keep_their_size() {
    assert_eq!(format("a: { b: 1, 't(0, 9)'   }\n"), "a: { b: 1, 't(0, 9)' }\n");
}

#[test]
fn every_comment_survives_in_its_order() {
    // A comment behind every line in which one can stand, and above each.
    let mut text = String::new();
    for (number, line) in TIDY.lines().enumerate() {
        let blanks = &line[..line.len() - line.trim_start().len()];
        text.push_str(&["  ", blanks, "# above ", &number.to_string(), "\n", line].concat());
        text.push_str(&["  # behind ", &number.to_string(), "\n"].concat());
    }
    // Inside of texts they are no comments.
    let numbers = |text: &str| -> Vec<String> {
        let words = text.split("# ").skip(1).filter_map(|it| it.lines().next());
        words.map(str::to_owned).collect()
    };
    let once = format(&text);
    assert_eq!(numbers(&once), numbers(&text));
    assert_eq!(format(&once), once);
}
