//! The report about a text that could not be opened: every finding beside the lines that it is about.

use super::controls::{button, pair};
use super::dialog::dialog;
use super::editor::mend_text;
use super::icon::{Icon, icon};
use super::inspector::source_line;
use super::page::Desk;
use super::view::{View, dynamic, el, group, nothing, when};
use crate::app::{Action, Refusal};
use crate::language::{Finding, Place};

/// Findings that are shown at most; the others show once these are mended.
const FINDINGS_MAX: usize = 50;
/// Lines of the text around a finding.
const CONTEXT_LINES: u32 = 3;

/// The dialog.
pub(super) fn findings_dialog(desk: Desk) -> View {
    let refusal = desk.session.acted(|lab| lab.refusal().cloned());
    let close = move || {
        let refused = desk.session.lab().refusal().is_some();
        if refused {
            desk.act(Action::DismissRefusal);
        }
    };
    let content = move || {
        dynamic(move || refusal.read().as_ref().map_or_else(nothing, |it| report(desk, it)))
    };
    let open = when(move || refusal.read().is_some());
    dialog("This scenario could not be opened", open, close, content)
}

fn report(desk: Desk, it: &Refusal) -> View {
    let (name, text) = (it.name.clone(), it.text.clone());
    let edit = move || {
        desk.act(Action::DismissRefusal);
        mend_text(desk, &name, &text);
    };
    let edit = if it.text.is_empty() {
        nothing()
    } else {
        button("button", None, "Edit the text", None, edit)
    };
    let back = move || desk.act(Action::DismissRefusal);
    let back = button("button button--main", None, "Back to what runs", None, back);
    let more = match it.findings.len().saturating_sub(FINDINGS_MAX) {
        0 => String::new(),
        more => format!("And {more} more"),
    };
    let findings = it.findings.iter().take(FINDINGS_MAX).map(finding);
    let lines = excerpt(&it.text, &it.findings);
    let lines = if lines.is_empty() {
        nothing()
    } else {
        el("ol.source").attr("tabindex", "0").attr("aria-label", "Text").children(lines)
    };
    group()
        .child(el("p").text(format!("{}: {}. What runs stays as it was.", it.name, it.reason)))
        .child(el("div.report").child(el("ol.report__findings").children(findings)).child(lines))
        .child(el("p.muted").text(more))
        .child(el("p.dialog__actions").child(edit).child(back))
}

fn finding(it: &Finding) -> View {
    let code = |it: String| el("code").text(it);
    let facts = [
        ("where", group().text(it.place.to_string()), true),
        ("found", code(it.offending.clone()), !it.offending.is_empty()),
        ("expected", code(it.expected.clone()), !it.expected.is_empty()),
        ("did you mean", code(it.nearest.clone().unwrap_or_default()), it.nearest.is_some()),
    ];
    let facts = facts.into_iter().filter(|it| it.2);
    let facts = facts.map(|(name, value, _)| pair("facts__row", group().text(name), value));
    let words =
        el("p.finding__words").child(icon(Icon::Cross)).child(el("span").text(it.message.clone()));
    el("li.finding").child(words).child(el("dl.facts").children(facts))
}

/// The lines around the findings, with a gap where lines are left out.
fn excerpt(text: &str, findings: &[Finding]) -> Vec<View> {
    let places = || findings.iter().take(FINDINGS_MAX).map(|it| &it.place);
    let near = |line: u32| places().any(|it| it.line.abs_diff(line) <= CONTEXT_LINES);
    let mut shown = Vec::new();
    let mut last = 0;
    for (line, words) in (1_u32..).zip(text.lines()).filter(|(line, _)| near(*line)) {
        if last + 1 < line {
            shown.push(el("li.source__gap").attr("aria-hidden", "true").text("⋯"));
        }
        last = line;
        shown.push(marked_line(line, words, places().find(|it| it.line == line)));
    }
    shown
}

/// A line of the text; what gave offence in it is marked.
fn marked_line(line: u32, words: &str, offence: Option<&Place>) -> View {
    let Some(it) = offence else {
        return source_line("source__line", line, group().text(words.to_owned()));
    };
    let [from, length] = [it.column.saturating_sub(1), it.length]
        .map(|it| usize::try_from(it).unwrap_or(usize::MAX));
    let before: String = words.chars().take(from).collect();
    let marked: String = words.chars().skip(from).take(length).collect();
    let after: String = words.chars().skip(from.saturating_add(length)).collect();
    let text = group().text(before).child(el("mark").text(marked)).text(after);
    source_line("source__line source__line--bad", line, text)
}
