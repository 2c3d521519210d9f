//! The command line, as a person calls it.

use std::process::{Command, Output};

use serde_json::Value as Json;

const FLAGSHIP: &str = "scenarios/first-steps/a-mug-eventually.yaml";

fn inflight(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_inflight"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn json(arguments: &[&str]) -> Json {
    let output = inflight(&[&["run", FLAGSHIP, "--report", "json"], arguments].concat());
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_good_file_is_fine_and_a_broken_one_tells_everything() {
    let good = inflight(&["check", FLAGSHIP]);
    assert_eq!(good.status.code(), Some(0));
    assert_eq!(text(&good.stdout), format!("{FLAGSHIP}: fine (A mug, eventually)\n"));
    let folder = std::env::temp_dir().join(format!("inflight-test-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("broken.yaml");
    std::fs::write(&file, "inflight: 1\ntitel: x\nsummary: y\nchannles: {}\n").unwrap();
    let broken = inflight(&["check", FLAGSHIP, file.to_str().unwrap()]);
    assert_eq!(broken.status.code(), Some(1));
    let said = text(&broken.stderr);
    assert!(said.contains("broken.yaml:2:1:") && said.contains("`title`"), "{said}");
    assert!(said.contains("\n  2 | titel: x\n    | ^^^^^\n    = expected one of"), "{said}");
    assert!(said.contains("\n    = did you mean `title`?\n"), "{said}");
    assert!(said.contains("broken.yaml:4:1:") && said.contains("`channels`"), "{said}");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn format_gives_the_layout_and_its_check_only_tells() {
    let folder = std::env::temp_dir().join(format!("inflight-format-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (file, broken) = (folder.join("untidy.yaml"), folder.join("broken.yaml"));
    let (name, broken_name) = (file.to_str().unwrap(), broken.to_str().unwrap());
    std::fs::write(&file, "inflight:   1 # the first\ntitel: {a: b}\n").unwrap();
    std::fs::write(&broken, "a: [b\n").unwrap();
    let checked = inflight(&["format", "--check", FLAGSHIP, name]);
    assert_eq!(checked.status.code(), Some(1));
    assert_eq!(text(&checked.stderr), format!("{name}: another layout\n"));
    assert!(std::fs::read_to_string(&file).unwrap().contains("   1"));
    let done = inflight(&["format", FLAGSHIP, name]);
    assert_eq!((done.status.code(), text(&done.stdout)), (Some(0), format!("{name}: formatted\n")));
    let tidy = "inflight: 1 # the first\ntitel: { a: b }\n";
    assert_eq!(std::fs::read_to_string(&file).unwrap(), tidy);
    assert_eq!(text(&inflight(&["format", "--check", name]).stdout), "");
    let refused = inflight(&["format", name, broken_name]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("broken.yaml:2:1: a list in brackets is not closed"));
    assert_eq!(std::fs::read_to_string(&broken).unwrap(), "a: [b\n");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_wrong_call_is_explained() {
    for (arguments, words) in [
        (&["run"][..], "A file is missing"),
        (&["fly"], "no command `fly`"),
        (&["run", FLAGSHIP, "--for", "soon"], "expected a duration"),
        (&["run", FLAGSHIP, "--for", "1000h"], "RUN_SPAN_MAX"),
        (&["run", FLAGSHIP, "--set", "mugs"], "KNOB=VALUE"),
        (&["run", FLAGSHIP, "--set", "mugs=many"], "a whole number from 0 to 20"),
        (&["run", FLAGSHIP, "--set", "mugs=21"], "a whole number from 0 to 20"),
        (&["run", FLAGSHIP, "--set", "cups=2"], "no knob `cups`"),
        (&["run", FLAGSHIP, "--report", "xml"], "text or json"),
        (&["run", FLAGSHIP, FLAGSHIP], "unexpected argument"),
        (&["run", FLAGSHIP, "--speed"], "invalid option '--speed'"),
        (&["score", FLAGSHIP, "--report", "xml"], "text, json or csv"),
        (&["score", FLAGSHIP, "--interaction", "optimist"], "did you mean `optimistic`?"),
        (&["score", FLAGSHIP, "--seeds", "0"], "from 1 to 1000 (SEEDS_MAX)"),
    ] {
        let output = inflight(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains(words), "{arguments:?}: {}", text(&output.stderr));
    }
    assert_eq!(inflight(&["check", "no-such-file.yaml"]).status.code(), Some(1));
    assert_eq!(inflight(&["--help"]).status.code(), Some(0));
}

#[test]
fn the_report_keeps_its_promises() {
    let report = json(&["--seed", "7", "--for", "2min", "--set", "mugs=5"]);
    let fields = [
        "scenario",
        "seed",
        "until_us",
        "occurrences",
        "hash",
        "messages",
        "channels",
        "services",
        "tables",
        "clients",
        "invariants",
        "latency",
    ];
    for field in fields {
        assert!(!report[field].is_null(), "{field} is missing");
    }
    assert_eq!(
        (report["seed"].as_u64(), report["until_us"].as_u64()),
        (Some(7), Some(120_000_000))
    );
    let messages = &report["messages"];
    let of = |account: &Json, field: &str| account[field].as_u64().unwrap();
    let parts = |it: &Json| -> u64 {
        ["handled", "lost", "dead_lettered", "cancelled", "in_flight"]
            .iter()
            .map(|field| of(it, field))
            .sum()
    };
    assert_eq!(of(messages, "sent"), parts(messages));
    let mut sum = 0;
    for (name, account) in messages["by_name"].as_object().unwrap() {
        assert_eq!(of(account, "sent"), parts(account), "{name}");
        sum += of(account, "sent");
    }
    assert_eq!(of(messages, "sent"), sum);
    let left = report["tables"]["sales"]["stock"][0]["left"].as_i64().unwrap();
    assert!((0..=5).contains(&left), "{left}");
    let intents = report["clients"]["shopper"]["intents"].as_u64().unwrap();
    let outcomes = report["clients"]["shopper"]["outcomes"].as_object().unwrap();
    assert_eq!(intents, outcomes.values().map(|it| it.as_u64().unwrap()).sum::<u64>());
    assert!(report["invariants"].as_array().unwrap().iter().all(|it| it["verdict"].is_string()));
    let placed = &report["latency"]["PlaceOrder"];
    assert!(
        placed["p50"].as_u64() <= placed["p95"].as_u64()
            && placed["p95"].as_u64() <= placed["p99"].as_u64()
    );
}

#[test]
fn the_same_call_gives_the_same_report_and_another_seed_another() {
    let (one, again, other) =
        (json(&["--seed", "3"]), json(&["--seed", "3"]), json(&["--seed", "4"]));
    assert_eq!(one, again);
    assert_ne!(one["hash"], other["hash"]);
}

#[test]
fn the_report_in_words_names_what_the_one_in_json_names() {
    let output = inflight(&["run", FLAGSHIP, "--for", "30s"]);
    let said = text(&output.stdout);
    for words in [
        "A mug, eventually",
        "hash",
        "PlaceOrder",
        "OrderAccepted",
        "service sales",
        "shopper",
        "never oversold",
    ] {
        assert!(said.contains(words), "{words} is missing in:\n{said}");
    }
}

#[test]
fn a_scorecard_is_told_in_words_and_for_programs() {
    let score = |form: &str| {
        let output = inflight(&[
            "score",
            FLAGSHIP,
            "--interaction",
            "wait-for-it",
            "--interaction",
            "optimistic",
            "--seeds",
            "3",
            "--for",
            "40s",
            "--report",
            form,
        ]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let words = score("text");
    assert!(words.contains("shopper, wait-for-it:") && words.contains("Own changes missing"));
    let told: Json = serde_json::from_str(&score("json")).unwrap();
    assert_eq!((told["seeds"].as_u64(), told["for_us"].as_u64()), (Some(3), Some(40_000_000)));
    let of = |place: usize, measure: &str| {
        told["scores"][place]["measures"][measure]["mean"].as_f64().unwrap()
    };
    assert!(of(0, "blocked") > 0.5 && of(0, "false_claim") < 1e-9, "{told}");
    assert!(of(1, "blocked") < 1e-9 && of(1, "false_claim") > 0.2, "{told}");
    let lines = score("csv");
    let lines: Vec<Vec<&str>> = lines.lines().map(|it| it.split(',').collect()).collect();
    assert_eq!(lines.len(), 1 + 2 * 14);
    let blocked = lines.iter().find(|it| it[3] == "blocked").unwrap();
    assert!((blocked[5].parse::<f64>().unwrap() - of(0, "blocked")).abs() < 1e-12);
}

#[test]
fn a_part_that_varies_is_tried_with_all_its_choices() {
    let output = inflight(&[
        "score",
        FLAGSHIP,
        "--interaction",
        "optimistic",
        "--vary",
        "claim",
        "--seeds",
        "1",
        "--report",
        "csv",
    ]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let csv = text(&output.stdout);
    assert_eq!(csv.lines().count(), 1 + 6 * 14);
    // A mix without a name has commas in it, so it stands in quotes.
    let nameless =
        "\"{ send: once, key: false, claim: nothing, learn: reply, read: any, guard: none }\"";
    assert!(csv.contains(nameless), "{csv}");
    let wrong = inflight(&["score", FLAGSHIP, "--vary", "clam"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("send, key, claim, learn, read or guard"));
    let all = [
        "--vary", "send", "--vary", "claim", "--vary", "learn", "--vary", "guard", "--vary", "read",
    ];
    let many = inflight(&[&["score", FLAGSHIP][..], &all].concat());
    assert!(text(&many.stderr).contains("1000 at most (INTERACTIONS_MAX)"));
}
