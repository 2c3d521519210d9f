//! The report about a text that could not be opened: every finding beside the lines that it is about.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::dialog::dialog;
use super::icon::{Icon, icon};
use super::page::{Desk, Opened};
use crate::app::{Action, Refusal};
use crate::language::{Finding, Place};

/// Findings that are shown at most; the others show once these are mended.
const FINDINGS_MAX: usize = 50;
/// Lines of the text around a finding.
const CONTEXT_LINES: u32 = 3;

/// The dialog.
pub(super) fn findings_dialog(desk: Desk) -> AnyView {
    let refusal = desk.session.view(|lab| lab.refusal().cloned());
    let close = move || {
        if desk.session.peek(|lab| lab.refusal().is_some()) {
            desk.act(Action::DismissRefusal);
        }
    };
    let content = move || refusal.with(|it| it.as_ref().map(|it| report(desk, it))).into_any();
    let open = Signal::derive(move || refusal.with(Option::is_some));
    dialog("This scenario could not be opened", open, close, content)
}

fn report(desk: Desk, it: &Refusal) -> AnyView {
    let edit = {
        let text = it.text.clone();
        move |_| {
            desk.draft.set(text.clone());
            desk.act(Action::DismissRefusal);
            desk.opened.set(Some(Opened::Scenarios));
        }
    };
    let more = it.findings.len().saturating_sub(FINDINGS_MAX);
    let rows = it.findings.iter().take(FINDINGS_MAX).map(finding).collect_view();
    let lines = excerpt(&it.text, &it.findings);
    let has_text = !it.text.is_empty();
    view! {
        <p>{format!("{}: {}. What runs stays as it was.", it.name, it.reason)}</p>
        <div class="report">
            <ol class="report__findings">{rows}</ol>
            {(!lines.is_empty()).then(|| view! { <ol class="source" tabindex="0" aria-label="Text">{lines}</ol> })}
        </div>
        {(more > 0).then(|| view! { <p class="muted">{format!("And {more} more")}</p> })}
        <p class="dialog__actions">
            {has_text
                .then(|| view! { <button type="button" class="button" on:click=edit>"Edit the text"</button> })}
            <button type="button" class="button button--main" on:click=move |_| desk.act(Action::DismissRefusal)>
                "Back to what runs"
            </button>
        </p>
    }
    .into_any()
}

fn finding(it: &Finding) -> AnyView {
    let fact = |name: &'static str, value: String| {
        (!value.is_empty()).then(|| {
            view! {
                <div class="facts__row">
                    <dt>{name}</dt>
                    <dd><code>{value}</code></dd>
                </div>
            }
        })
    };
    view! {
        <li class="finding">
            <p class="finding__words">{icon(Icon::Cross)}<span>{it.message.clone()}</span></p>
            <dl class="facts">
                <div class="facts__row">
                    <dt>"where"</dt>
                    <dd>{it.place.to_string()}</dd>
                </div>
                {fact("found", it.offending.clone())}
                {fact("expected", it.expected.clone())}
                {fact("did you mean", it.nearest.clone().unwrap_or_default())}
            </dl>
        </li>
    }
    .into_any()
}

/// The lines around the findings, with a gap where lines are left out.
fn excerpt(text: &str, findings: &[Finding]) -> Vec<AnyView> {
    let mut at: BTreeMap<u32, Place> = BTreeMap::new();
    for finding in findings.iter().take(FINDINGS_MAX) {
        at.entry(finding.place.line).or_insert(finding.place);
    }
    let near = |line: u32| {
        at.range(line.saturating_sub(CONTEXT_LINES)..=line.saturating_add(CONTEXT_LINES))
            .next()
            .is_some()
    };
    let mut shown = Vec::new();
    let mut last = 0;
    for (line, words) in (1_u32..).zip(text.lines()).filter(|(line, _)| near(*line)) {
        if last + 1 < line {
            shown.push(view! { <li class="source__gap" aria-hidden="true">"⋯"</li> }.into_any());
        }
        last = line;
        shown.push(source_line(line, words, at.get(&line)));
    }
    shown
}

/// A line of the text; what gave offence in it is marked.
fn source_line(line: u32, words: &str, offence: Option<&Place>) -> AnyView {
    let (from, length) = offence.map_or((0, 0), |it| (it.column.saturating_sub(1), it.length));
    let [from, length] = [from, length].map(|it| usize::try_from(it).unwrap_or(usize::MAX));
    let before: String = words.chars().take(from).collect();
    let marked: String = words.chars().skip(from).take(length).collect();
    let after: String = words.chars().skip(from.saturating_add(length)).collect();
    view! {
        <li class="source__line" class:source__line--bad=offence.is_some()>
            <span class="source__number">{line}</span>
            <code>
                {before}
                {(!marked.is_empty()).then(|| view! { <mark>{marked}</mark> })}
                {after}
            </code>
        </li>
    }
    .into_any()
}
