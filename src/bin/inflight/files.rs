//! `check` and `format`: what is done with files, and how findings are shown in a terminal.

use inflight::language::{self, Finding, Scenario};
use lexopt::ValueExt as _;

use crate::Stop;

/// `check FILE…`
pub(crate) fn check(arguments: &mut lexopt::Parser) -> Result<String, Stop> {
    let files = names(arguments, None)?.0;
    let (mut good, mut broken) = (String::new(), String::new());
    for file in &files {
        match open(file) {
            Ok(scenario) => {
                let names: Vec<&str> =
                    scenario.variants.iter().map(|it| it.name.as_str()).collect();
                let variants = if names.is_empty() { "" } else { "; variants: " };
                let names = names.join(", ");
                good.extend([file, ": fine (", &scenario.title, variants, &names, ")\n"]);
            }
            Err(findings) => broken.push_str(&findings),
        }
    }
    told(good, &broken)
}

/// `format FILE… [--check]`
pub(crate) fn format(arguments: &mut lexopt::Parser) -> Result<String, Stop> {
    let (files, only_check) = names(arguments, Some("check"))?;
    let (mut done, mut broken) = (String::new(), String::new());
    for file in &files {
        match format_one(file, only_check) {
            Ok(true) if only_check => broken.extend([file, ": another layout\n"]),
            Ok(true) => done.extend([file, ": formatted\n"]),
            Ok(false) => {}
            Err(reason) => broken.push_str(&reason),
        }
    }
    told(done, &broken)
}

/// Gives a file the one layout; tells whether it had another.
fn format_one(file: &str, only_check: bool) -> Result<bool, String> {
    let text = read(file)?;
    let formatted = language::format(&text);
    if formatted != text {
        if !only_check {
            std::fs::write(file, formatted).map_err(|error| format!("{file}: {error}\n"))?;
        }
        return Ok(true);
    }
    // What is not YAML has no layout.
    match language::yaml_findings(&text) {
        findings if findings.is_empty() => Ok(false),
        findings => Err(findings.iter().map(|it| shown(file, &text, it)).collect()),
    }
}

/// The files that are named, and whether the flag is there.
fn names(arguments: &mut lexopt::Parser, known: Option<&str>) -> Result<(Vec<String>, bool), Stop> {
    let (mut files, mut flag) = (Vec::new(), false);
    while let Some(argument) = arguments.next()? {
        match argument {
            lexopt::Arg::Value(file) => files.push(file.string()?),
            lexopt::Arg::Long(name) if Some(name) == known => flag = true,
            other => return Err(other.unexpected().into()),
        }
    }
    if files.is_empty() {
        return Err(Stop::Usage("A file is missing".to_owned()));
    }
    Ok((files, flag))
}

/// The good news, also when there is bad news.
fn told(good: String, broken: &str) -> Result<String, Stop> {
    if broken.is_empty() {
        return Ok(good);
    }
    print!("{good}");
    Err(Stop::Broken(broken.trim_end().to_owned()))
}

fn read(file: &str) -> Result<String, String> {
    std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}\n"))
}

/// Reads and compiles a file; the error shows all findings.
pub(crate) fn open(file: &str) -> Result<Scenario, String> {
    let text = read(file)?;
    language::compile(&text)
        .map_err(|findings| findings.iter().map(|it| shown(file, &text, it)).collect())
}

/// A finding as compilers show theirs: first the place, so that terminals and editors can go there.
fn shown(file: &str, text: &str, finding: &Finding) -> String {
    let Finding { place, message, offending, expected, nearest } = finding;
    let mut lines = vec![format!("{file}:{}:{}: {message}", place.line, place.column)];
    let number = place.line.to_string();
    let gutter = " ".repeat(number.len());
    if let Some(line) = text.lines().nth(place.line.max(1) as usize - 1) {
        let before = " ".repeat(place.column.max(1) as usize - 1);
        let mark = "^".repeat(offending.chars().count().max(1));
        lines.push(format!("  {number} | {}", line.replace('\t', " ")));
        lines.push(format!("  {gutter} | {before}{mark}"));
    }
    if !expected.is_empty() {
        lines.push(format!("  {gutter} = expected {expected}"));
    }
    if let Some(nearest) = nearest {
        lines.push(format!("  {gutter} = did you mean `{nearest}`?"));
    }
    lines.join("\n") + "\n\n"
}

/// `schema`
pub(super) fn schema(arguments: &mut lexopt::Parser) -> Result<String, Stop> {
    if let Some(other) = arguments.next()? {
        return Err(other.unexpected().into());
    }
    let schema = serde_json::to_string_pretty(&inflight::language::schema());
    Ok(schema.expect("law: a schema is JSON") + "\n")
}
