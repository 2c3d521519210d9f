//! The report on a run in words, for people at a terminal.
//!
//! Owns the layout. Promises nothing to programs: they read the JSON. Refuses to know how a run is made.

use std::collections::BTreeMap;
use std::fmt::{Result, Write as _};

use inflight::measure::Report;
use serde_json::Value as Json;

/// Rows of a table that are printed; the JSON has all of them.
const ROWS_SHOWN: usize = 8;

/// The report in words.
pub(crate) fn words(report: &Report) -> String {
    let mut text = String::new();
    write(&mut text, report).expect("law: a text takes whatever is written into it");
    text
}

fn write(text: &mut String, report: &Report) -> Result {
    writeln!(text, "{}", report.scenario)?;
    let secs = report.until_us.as_secs();
    let (seed, occurrences, hash) = (report.seed, report.occurrences, &report.hash);
    writeln!(text, "seed {seed}, {secs} s, {occurrences} occurrences, hash {hash}")?;
    if let Some(stopped) = &report.stopped {
        writeln!(text, "{stopped}")?;
    }
    messages(text, report)?;
    latencies(text, report)?;
    writeln!(text)?;
    for (name, it) in &report.services {
        let (handled, crashes) = (it.handled, it.crash_count);
        let busy = it.busy_share * 100.0;
        writeln!(text, "service {name}: {handled} handled, {busy:.1} % busy, {crashes} crashes")?;
    }
    for (service, tables) in &report.tables {
        for (name, rows) in tables {
            writeln!(text, "\ntable {service}.{name}: {} rows", rows.len())?;
            table(text, rows)?;
        }
    }
    writeln!(text)?;
    for (name, it) in &report.clients {
        let outcomes: Vec<String> =
            it.outcomes.iter().map(|(name, count)| format!("{count} {name}")).collect();
        writeln!(text, "{name}: {} intents: {}", it.intents, outcomes.join(", "))?;
    }
    for it in &report.invariants {
        let since = it.first_violation_us.map(|at| format!(" (first at {at})")).unwrap_or_default();
        writeln!(text, "{}: {}{since}", it.name, it.verdict)?;
    }
    Ok(())
}

fn messages(text: &mut String, report: &Report) -> Result {
    writeln!(
        text,
        "\n{:<22}{:>9}{:>9}{:>9}{:>9}{:>11}{:>11}",
        "messages", "sent", "handled", "lost", "dead", "cancelled", "in flight"
    )?;
    let by_name = report.messages.by_name.iter().map(|(name, it)| (name.as_str(), it));
    for (name, it) in by_name.chain([("all", &report.messages.total)]) {
        writeln!(
            text,
            "{name:<22}{:>9}{:>9}{:>9}{:>9}{:>11}{:>11}",
            it.sent, it.handled, it.lost, it.dead_lettered, it.cancelled, it.in_flight
        )?;
    }
    Ok(())
}

fn latencies(text: &mut String, report: &Report) -> Result {
    writeln!(
        text,
        "\n{:<22}{:>9}{:>11}{:>11}{:>11}{:>11}",
        "latency, ms", "count", "mean", "p50", "p95", "p99"
    )?;
    let ms = |micros: u64| micros as f64 / 1e3;
    for (name, it) in &report.latency {
        let mean = it.mean / 1e3;
        let [p50, p95, p99] = [ms(it.p50), ms(it.p95), ms(it.p99)];
        writeln!(text, "{name:<22}{:>9}{mean:>11.1}{p50:>11.1}{p95:>11.1}{p99:>11.1}", it.count)?;
    }
    Ok(())
}

/// The names of the columns, and the first rows under them.
fn table(text: &mut String, rows: &[BTreeMap<String, Json>]) -> Result {
    let Some(first) = rows.first() else {
        return Ok(());
    };
    let columns: Vec<&String> = first.keys().collect();
    let cell = |it: &Json| it.as_str().map_or_else(|| it.to_string(), str::to_owned);
    let mut lines: Vec<Vec<String>> = vec![columns.iter().map(|it| (*it).clone()).collect()];
    let row = |it: &BTreeMap<String, Json>| it.values().map(cell).collect();
    lines.extend(rows.iter().take(ROWS_SHOWN).map(row));
    let width = |at: usize| lines.iter().map(|it| it[at].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    for line in &lines {
        let cells = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        let cells: Vec<String> = cells.collect();
        writeln!(text, "  {}", cells.join("  ").trim_end())?;
    }
    if let Some(more @ 1..) = rows.len().checked_sub(ROWS_SHOWN) {
        writeln!(text, "  and {more} more: --report json has them all")?;
    }
    Ok(())
}
