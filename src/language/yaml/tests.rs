//! Trees and findings of small texts.

use super::*;
use crate::language::findings::Findings;

/// The findings of a text, one line each.
fn findings(text: &str) -> Vec<String> {
    let mut findings = Findings::about(text);
    read(text, &mut findings);
    findings.into_sorted().iter().map(ToString::to_string).collect()
}

/// The place of the first `needle` inside the value under the first key.
fn place(text: &str, needle: &str) -> (u32, u32) {
    let mut findings = Findings::about(text);
    let root = read(text, &mut findings).expect("it is YAML");
    let Content::Mapping(entries) = &root.content else { panic!("a mapping") };
    let value = &entries[0].value;
    let scalar = value.scalar().expect("a scalar");
    let byte = scalar.text.find(needle).expect("it is there");
    let place = findings.inside(value, scalar.text[..byte].chars().count(), 1);
    (place.line, place.column)
}

#[test]
fn what_is_not_yaml_is_said_in_plain_words() {
    for (text, found) in [
        (
            "a: x: y",
            "line 1, column 5: a colon where no key can be – expected quotes around a text that contains `: `",
        ),
        ("a: [b\n", "line 2, column 1: a list in brackets is not closed – expected `,` or `]`"),
        (
            "a: \"x\n",
            "line 1, column 4: a quotation mark is missing – expected the quotation mark that closes the text",
        ),
        (
            "a: &x 1",
            "line 1, column 4: anchors (`&name`) are not part of this language – expected the value alone",
        ),
        (
            "a: !x 1",
            "line 1, column 4: tags (`!name`) are not part of this language – expected the value alone",
        ),
        (
            "? [a]\n: b",
            "line 1, column 3: a key must be a single value – expected a name and a colon",
        ),
        (
            "é: 1\né: 2",
            "line 2, column 1: the same key stands already in line 1 – found `é` – expected each key once",
        ),
        (
            "a: 1\n---\nb: 2",
            "line 2, column 1: a second document begins here – \
             expected one document in one file, without `---` inside",
        ),
        (
            "",
            "line 1, column 1: the text is empty – expected a scenario, which begins with `inflight: 1`",
        ),
    ] {
        assert_eq!(findings(text), [found], "{text}");
    }
}

#[test]
fn nesting_and_number_are_bounded() {
    let deep = "[".repeat(100_000);
    assert!(findings(&deep)[0].contains("nested too deep"));
    let long = "- 1\n".repeat(30_000);
    assert!(findings(&long)[0].contains("too many values in one file"));
}

#[test]
fn places_inside_values_are_those_of_the_text() {
    assert_eq!(place("é: =a + b", "b"), (1, 9));
    assert_eq!(place("é: '=''a'' + b'", "b"), (1, 14));
    assert_eq!(place("k: \"=\\\"a\\\" + b\"", "b"), (1, 14));
    assert_eq!(place("k: |\r\n  =one +\r\n  two\r\n", "t"), (3, 3));
    assert_eq!(place("k: =one +\r\n     two", "t"), (2, 6));
    assert_eq!(place("k: >-\n  one\n  éé b", "b"), (3, 6));
}

#[test]
fn the_same_key_is_found_wherever_it_stood() {
    let keys = ["m", "c", "x", "a", "t", "c", "b", "m", "a"];
    let text = keys.map(|it| [it, ": 1\n"].concat()).concat();
    let first = |key: &str| 1 + keys.iter().position(|it| *it == key).unwrap();
    let expected: Vec<String> = (0..keys.len())
        .filter(|it| keys[..*it].contains(&keys[*it]))
        .map(|it| {
            let (line, key, first) = (it + 1, keys[it], first(keys[it]));
            format!(
                "line {line}, column 1: the same key stands already in line {first} – \
                 found `{key}` – expected each key once"
            )
        })
        .collect();
    assert_eq!(findings(&text), expected);
    assert!(
        findings("a: 1\nb: { a: 1, b: 2 }\nc: { a: 1 }\n").is_empty(),
        "each mapping for itself"
    );
}
