//! Broken texts and exactly what is said about them: `findings.txt`.
//!
//! Each case changes the base: the line behind `-` is replaced by the one behind `+`. What follows are the
//! findings. `UPDATE_GOLDEN=1` rewrites them.

use std::path::Path;

use super::{BASE, findings};

/// A change of the base, and what is said about it.
struct Case<'g> {
    title: &'g str,
    old: String,
    new: String,
    found: Vec<&'g str>,
}

fn cases(golden: &str) -> Vec<Case<'_>> {
    let mut cases: Vec<Case<'_>> = Vec::new();
    for line in golden.lines() {
        if let Some(title) = line.strip_prefix("== ") {
            cases.push(Case { title, old: String::new(), new: String::new(), found: Vec::new() });
            continue;
        }
        let Some(case) = cases.last_mut() else { continue };
        match line.split_at_checked(2) {
            Some(("- ", old)) => case.old = unescaped(old),
            Some(("+ ", new)) => case.new = unescaped(new),
            Some(_) => case.found.push(line),
            None => {}
        }
    }
    cases
}

fn unescaped(line: &str) -> String {
    line.replace("\\n", "\n").replace("\\t", "\t")
}

fn escaped(text: &str) -> String {
    text.replace('\n', "\\n").replace('\t', "\\t")
}

#[test]
fn the_base_has_nothing_wrong() {
    assert_eq!(findings(BASE), [""; 0]);
}

#[test]
fn broken_texts_are_answered_exactly() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/language/tests/findings.txt");
    let golden = std::fs::read_to_string(&path).expect("the golden file is there");
    let mut actual = String::new();
    let mut differences = Vec::new();
    let cases = cases(&golden);
    assert!(25 <= cases.len(), "the golden file has been cut");
    for case in &cases {
        assert!(
            BASE.contains(&case.old),
            "{}: the base does not contain `{}`",
            case.title,
            case.old
        );
        let found = findings(&BASE.replacen(&case.old, &case.new, 1));
        if found != case.found || found.is_empty() {
            differences.push(format!("{}:\n{}", case.title, found.join("\n")));
        }
        let [old, new] = [&case.old, &case.new].map(|it| escaped(it));
        actual += &["== ", case.title, "\n- ", &old, "\n+ ", &new, "\n"].concat();
        actual += &[&found.join("\n"), "\n\n"].concat();
    }
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, actual).expect("the golden file can be written");
    } else {
        assert!(differences.is_empty(), "{}", differences.join("\n\n"));
    }
}
