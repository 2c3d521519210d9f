//! The shape of the source tree: layers, headers, sizes, banned words.

use std::fs;
use std::path::{Path, PathBuf};

/// The layers, lowest first. A module may use what stands before it, and itself. `ui` stands on all.
const LAYERS: &[&str] = &[
    "base",
    "sim",
    "history",
    "net",
    "broker",
    "interaction",
    "language",
    "service",
    "client",
    "world",
    "measure",
    "app",
    "ui",
];

/// Layers that only the page has; nothing below them may know a browser.
const BROWSER_CRATES: &[&str] = &["leptos", "web_sys", "wasm_bindgen", "gloo_timers", "js_sys"];

/// Lines of a source file.
const LINES_MAX: usize = 400;

fn files(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found = Vec::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|it| panic!("{}: {it}", folder.display()))
        {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("node_modules") {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == ending) {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "{folder} has files");
    found
}

/// Which layer a file of `src/` belongs to; `None` for the entry points.
fn layer(path: &Path) -> Option<usize> {
    let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
    let place = LAYERS.iter().position(|it| *it == first || format!("{it}.rs") == first);
    assert!(
        place.is_some() || matches!(first, "lib.rs" | "main.rs" | "bin"),
        "{first} is not a layer: add it to LAYERS, at its place"
    );
    place
}

/// The layers that a text names by `crate::…`.
fn named_layers(text: &str) -> Vec<usize> {
    let code = text.lines().filter(|it| !it.trim_start().starts_with("//"));
    let code: String = code.collect::<Vec<_>>().join("\n");
    let mut named = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let names: Vec<&str> = match rest.strip_prefix('{') {
            Some(group) => {
                group.split('}').next().unwrap_or("").split(',').map(str::trim).collect()
            }
            None => vec![rest],
        };
        for name in names {
            let word: String =
                name.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect();
            named.extend(LAYERS.iter().position(|it| *it == word));
        }
    }
    named
}

#[test]
fn layers_point_one_way() {
    for (path, text) in files("src", "rs") {
        let Some(own) = layer(&path) else { continue };
        for named in named_layers(&text) {
            assert!(
                named <= own,
                "{} uses {}, which stands above it",
                path.display(),
                LAYERS[named]
            );
        }
        let is_core = LAYERS[own] != "ui";
        for name in BROWSER_CRATES {
            let used = text.contains(&format!("use {name}")) || text.contains(&format!("{name}::"));
            assert!(!(is_core && used), "{} knows the browser: {name}", path.display());
        }
    }
}

#[test]
fn every_file_says_what_it_owns_and_stays_short() {
    for folder in ["src", "tests/it", "xtask", "benches"] {
        for (path, text) in files(folder, "rs") {
            assert!(text.starts_with("//! "), "{} opens with what it owns", path.display());
            let lines = text.lines().count();
            assert!(lines <= LINES_MAX, "{} has {lines} lines", path.display());
            for (number, line) in text.lines().enumerate() {
                assert!(
                    line.chars().count() <= 120,
                    "{}:{} is too long",
                    path.display(),
                    number + 1
                );
            }
        }
    }
}

#[test]
fn nothing_is_left_for_later_and_the_core_is_deterministic() {
    // Spelled apart, so that this file does not find itself.
    let banned = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("todo", "!("),
        concat!("unimplement", "ed!("),
    ];
    for (path, text) in files("src", "rs") {
        for word in banned {
            assert!(!text.contains(word), "{}: {word}", path.display());
        }
        let is_core = layer(&path).is_some_and(|it| LAYERS[it] != "ui");
        for word in ["HashMap", "HashSet", "Instant::now", "SystemTime"] {
            assert!(!(is_core && text.contains(word)), "{}: {word}", path.display());
        }
    }
}

#[test]
fn colors_stand_in_one_file_and_styles_in_none_of_the_code() {
    for (path, text) in files("src", "rs") {
        assert!(
            !text.contains(" style=\""),
            "{}: an inline style breaks the content policy",
            path.display()
        );
        assert!(!text.contains("inner_html"), "{}: text is never markup", path.display());
        for sign in ["oklch(", "rgb(", "rgba(", "hsl("] {
            assert!(!text.contains(sign), "{}: colors stand in style/tokens.css", path.display());
        }
    }
    for (path, text) in files("style", "css") {
        if path.ends_with("tokens.css") {
            continue;
        }
        for sign in ["oklch(", "rgb(", "rgba(", "hsl("] {
            assert!(!text.contains(sign), "{}: colors stand in style/tokens.css", path.display());
        }
    }
}

#[test]
fn every_scenario_is_in_the_catalogue_and_compiles() {
    let catalogue = inflight::app::catalogue::CATALOGUE;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    for (path, text) in files("scenarios", "yaml") {
        let name = path.strip_prefix(&root).unwrap().with_extension("");
        let name = name.to_str().unwrap().replace('\\', "/");
        let entry = catalogue.iter().find(|it| it.path == name);
        assert!(entry.is_some(), "{name} is not in the catalogue");
        let title = format!("\ntitle: {}\n", entry.unwrap().title);
        assert!(text.contains(&title), "{name} has another title in the catalogue");
        let compiled = inflight::language::compile(&text);
        assert!(compiled.is_ok(), "{name}: {:?}", compiled.err());
        assert!(inflight::language::format(&text) == text, "{name}: run `inflight format` on it");
    }
}
