//! The schema: it is the one in the tree, it takes what the checker takes, and refuses what nobody knows.

use std::path::{Path, PathBuf};

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::{Map, Value};

use super::BASE;
use crate::language::findings::Findings;
use crate::language::yaml::{self, Content, Node};

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A text as an editor sees it: plain scalars are numbers, truth values or nothing where YAML 1.2 says so.
fn json(text: &str) -> Value {
    value(&yaml::read(text, &mut Findings::about(text)).expect("it is YAML"))
}

fn value(node: &Node) -> Value {
    match &node.content {
        Content::Mapping(entries) => {
            let entries = entries.iter().map(|it| (it.key.text.clone(), value(&it.value)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
        Content::List(items) => Value::Array(items.iter().map(value).collect()),
        Content::Scalar(_) if node.is_null() => Value::Null,
        Content::Scalar(it) => match it.text.parse::<f64>() {
            _ if !it.plain => Value::from(it.text.clone()),
            Ok(number) => Value::from(number),
            Err(_) => match it.text.as_str() {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                text => Value::from(text),
            },
        },
    }
}

fn compiled() -> (Schemas, SchemaIndex) {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("scenario.json", crate::language::schema()).expect("it is a schema");
    let index = compiler.compile("scenario.json", &mut schemas).expect("it compiles");
    (schemas, index)
}

fn scenarios(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            scenarios(&path, found);
        } else if path.extension().is_some_and(|it| it == "yaml") {
            found.push(path);
        }
    }
}

#[test]
fn the_schema_in_the_tree_is_the_one_that_the_language_makes() {
    let made = serde_json::to_string_pretty(&crate::language::schema()).expect("it is JSON") + "\n";
    let path = root("scenario.schema.json");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &made).expect("it can be written");
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(there == made, "stale: UPDATE_GOLDEN=1 cargo test -p inflight --lib schema");
}

#[test]
fn every_scenario_fits_the_schema() {
    let (schemas, index) = compiled();
    let mut found = vec![root("tests/it/workshop.yaml")];
    scenarios(&root("scenarios"), &mut found);
    assert!(10 < found.len());
    let read = |path: &PathBuf| std::fs::read_to_string(path).expect("it can be read");
    let generated = read(&root("tests/golden/generated.yaml"));
    let generated: Vec<&str> = generated.split("# seed ").skip(1).collect();
    assert!(10 < generated.len());
    let generated = generated.into_iter().map(|it| format!("# seed {it}"));
    for text in found.iter().map(read).chain(generated).chain([BASE.to_owned()]) {
        if let Err(error) = schemas.validate(&json(&text), index) {
            panic!("{}\n{error:#}", text.lines().nth(1).unwrap_or_default());
        }
    }
}

#[test]
fn the_tutorial_fits_the_schema() {
    let (schemas, index) = compiled();
    let page = std::fs::read_to_string(root("docs/language.md")).expect("it can be read");
    let text = page.split("```yaml\n").nth(1).and_then(|it| it.split("```").next());
    let text = text.expect("the tutorial has a scenario");
    schemas.validate(&json(text), index).expect("it fits");
}

#[test]
fn what_nobody_knows_does_not_fit() {
    let (schemas, index) = compiled();
    let cases = [
        ("lesson: [Look", "lessons: [Look"),
        ("kind: queue", "kind: que"),
        ("attempts: 5", "atempts: 5"),
        ("workers: 2", "wrokers: 2"),
        ("- work: exponential(40ms)", "- wrok: exponential(40ms)"),
        ("timeout: 2s", "tiemout: 2s"),
        ("- decide: refused", "- decide: maybe"),
        ("type: bool", "type: boolean"),
        ("qty: int }", "qty: integer }"),
        ("role: database", "role: databank"),
        ("people: [", "peple: ["),
        ("  set: {", "  sets: {"),
    ];
    for (right, wrong) in cases {
        assert!(BASE.contains(right), "{right}");
        let text = BASE.replacen(right, wrong, 1);
        assert!(schemas.validate(&json(&text), index).is_err(), "{wrong}");
    }
}
