//! The dialog in which the open scenario's text is changed: its lines, what is wrong with it, and *Run this*.
//!
//! The browser's own text field does the writing, so that undo, selection, screen readers and phones work as they do
//! everywhere.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use leptos::prelude::{document, queue_microtask};
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::js_sys::{Function, Reflect};
use leptos::web_sys::{Element, HtmlTextAreaElement, KeyboardEvent};

use super::controls::button;
use super::dialog::dialog;
use super::icon::{Icon, icon};
use super::live::{Live, State};
use super::page::{Desk, Opened};
use super::view::{Row, View, dynamic, each, el, group, nothing, shown, when, words};
use crate::app::{Action, Origin, edit};
use crate::language::{self, Finding};

/// How long nobody has typed before the text is looked at, in milliseconds.
const PAUSE_MILLIS: u32 = 250;
/// Findings that are listed; the others show once these are mended.
const FINDINGS_MAX: usize = 30;
/// Lines above the place that is gone to.
const LINES_ABOVE: f64 = 4.0;

/// A text that is being changed. It stays when the dialog is put away.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Draft {
    /// What ran when it was begun: the lab's generation.
    generation: u64,
    /// The name that it is opened by, if it is not about what runs.
    name: Option<String>,
    text: String,
}

/// Opens the dialog: with what was left in it, or with the text of what runs.
pub(super) fn edit_text(desk: Desk) {
    let lab = desk.session.lab();
    let stale = |it: &Draft| {
        it.generation != lab.generation() || it.name.is_none() && *it.text == *lab.scenario().source
    };
    if desk.text.peek().as_ref().is_none_or(stale) {
        begin(desk, None, &edit::text(&lab));
    }
    desk.opened.set(Some(Opened::Text));
}

/// Opens the dialog with a text that could not be opened.
pub(super) fn mend_text(desk: Desk, name: &str, text: &str) {
    begin(desk, Some(name.to_owned()), text);
    desk.opened.set(Some(Opened::Text));
}

/// Goes on with a text that was being written when what is open was kept.
pub(super) fn go_on_writing(desk: Desk, text: &str) {
    begin(desk, None, text);
}

/// Opens the dialog with a text that was being written before the page was loaded again.
pub(super) fn resume_text(desk: Desk, text: String) {
    // What comes back with it is the first thing that is opened, perhaps a moment later.
    desk.text.set(Some(Draft { generation: 1, name: None, text }));
    desk.opened.set(Some(Opened::Text));
}

/// The text that is being written, if it is another one than that of what runs.
pub(super) fn unfinished(desk: Desk) -> Option<String> {
    let lab = desk.session.lab();
    // What was written about something else is none of this.
    let draft = desk.text.read();
    let draft = draft.as_ref().filter(|it| it.generation == lab.generation())?;
    (*draft.text != *lab.scenario().source).then(|| draft.text.clone())
}

fn begin(desk: Desk, name: Option<String>, text: &str) {
    let generation = desk.session.lab().generation();
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    desk.text.set(Some(Draft { generation, name, text }));
}

/// Has somebody changed what runs?
pub(super) fn is_edited(desk: Desk) -> Live<bool> {
    desk.session.acted(|lab| matches!(lab.origin(), Origin::Edited(_)))
}

/// The way back to what it was.
pub(super) fn original_button(desk: Desk) -> View {
    shown(is_edited(desk).into(), move || {
        let back = move || {
            desk.opened.set(None);
            desk.act(Action::OpenOriginal);
        };
        button("button", Some(Icon::Back), "Original", None, back)
    })
}

/// The dialog.
pub(super) fn editor_dialog(desk: Desk) -> View {
    let close = move || desk.close(&Opened::Text);
    // Another text begins another editor, typing does not.
    let begun =
        Live::new(move || desk.text.read().as_ref().map(|it| (it.generation, it.name.clone())));
    let content = move || {
        dynamic(move || {
            begun.get();
            editor(desk)
        })
    };
    dialog("Text", desk.is_open(Opened::Text), close, content)
}

/// What the parts of the editor share.
#[derive(Clone)]
struct Editor {
    desk: Desk,
    field: HtmlTextAreaElement,
    findings: State<Vec<Finding>>,
}

fn editor(desk: Desk) -> View {
    let text = desk.text.peek().as_ref().map_or_else(String::new, |it| it.text.clone());
    let findings = State::new(edit::findings(&text));
    let area = el("textarea.code.editor__text")
        .attr("wrap", "off")
        .attr("spellcheck", "false")
        .attr("autocapitalize", "off")
        .attr("autocomplete", "off")
        .attr("autofocus", "")
        .attr("aria-label", "Text of the scenario")
        .attr("aria-describedby", "editor-help")
        .value(text);
    let editor = Editor { desk, field: area.element(), findings };
    // The caret stands at the start, not behind the last sign.
    let _ = editor.field.set_selection_range(0, 0);
    let field = editor.field.clone();
    queue_microtask(move || drop(field.focus()));
    let lines = lines(&editor);
    let gutter: Element = lines.element();
    let (scrolled, pressed) = (editor.clone(), editor.clone());
    let leaving = Rc::new(Cell::new(false));
    let area = area
        .on_value("input", typed(&editor))
        .on("scroll", move |_| gutter.set_scroll_top(scrolled.field.scroll_top()))
        .on("keydown", move |ev| press(&pressed, &leaving, ev.unchecked_ref()));
    let help = "Ctrl Enter runs it. Tab indents; Escape and then Tab leaves the text.";
    group()
        .child(stranger(desk))
        .child(el("div.editor").child(lines).child(area))
        .child(verdict(&editor))
        .child(list(&editor))
        .child(el("p.muted").attr("id", "editor-help").text(help))
        .child(actions(&editor))
}

/// Says whose text it is when it is not that of what runs, and leads to that one.
fn stranger(desk: Desk) -> View {
    let name = desk.text.peek().as_ref().and_then(|it| it.name.clone());
    let Some(name) = name else {
        return nothing();
    };
    let back = move || begin(desk, None, &desk.session.lab().scenario().source);
    el("p.editor__stranger")
        .child(el("span").text(["This is ", &name, ", which could not be opened."].concat()))
        .child(button("button", None, "Text of what runs", None, back))
}

/// Keeps what is typed, and looks at it when the fingers rest.
fn typed(editor: &Editor) -> impl Fn(String) + 'static {
    let (desk, findings) = (editor.desk, editor.findings);
    let pending: Cell<Option<Timeout>> = Cell::new(None);
    move |text: String| {
        let look = text.clone();
        let draft = desk.text.peek().as_ref().map(|it| Draft { text, ..it.clone() });
        desk.text.set(draft);
        // The one that was pending is cancelled by being dropped.
        pending.set(Some(Timeout::new(PAUSE_MILLIS, move || findings.set(edit::findings(&look)))));
    }
}

/// The numbers of the lines; those in which something is wrong are marked.
fn lines(editor: &Editor) -> View {
    let (desk, findings) = (editor.desk, editor.findings);
    let count = Live::new(move || {
        desk.text.read().as_ref().map_or(1, |it| it.text.matches('\n').count() + 1)
    });
    let numbers = words(move || {
        let numbers: Vec<String> = (1..=count.get()).map(|it| it.to_string()).collect();
        numbers.join("\n")
    });
    let mark = |line: u32| {
        let at = (line.max(1) - 1).to_string();
        Row::new(line.to_string(), move || el("span.editor__mark").style("--line", at))
    };
    let marks = move || {
        let mut lines: Vec<u32> = findings.read().iter().map(|it| it.place.line).collect();
        lines.dedup();
        lines.into_iter().map(mark).collect()
    };
    el("div.editor__lines")
        .attr("aria-hidden", "true")
        .child(el("span").text(numbers))
        .child(each(marks))
}

/// How the text stands, in a sentence that is read out when it changes.
fn verdict(editor: &Editor) -> View {
    let findings = editor.findings;
    let sentence = words(move || match findings.read().len() {
        0 => "Nothing is wrong with this text.".to_owned(),
        1 => "One thing is wrong with this text.".to_owned(),
        count => [&count.to_string(), " things are wrong with this text."].concat(),
    });
    let sign = move || icon(if findings.read().is_empty() { Icon::Check } else { Icon::Cross });
    let class = words(move || {
        let good = findings.read().is_empty();
        if good { "editor__verdict" } else { "editor__verdict editor__verdict--bad" }.to_owned()
    });
    el("p")
        .attr("class", class)
        .attr("role", "status")
        .child(dynamic(sign))
        .child(el("span").text(sentence))
}

/// The findings; each leads to its place.
fn list(editor: &Editor) -> View {
    let editor = editor.clone();
    let row = |editor: &Editor, it: &Finding| {
        let (editor, place) = (editor.clone(), it.place);
        let button = el("button.editor__finding")
            .attr("type", "button")
            .on_click(move || go(&editor, place))
            .child(el("span.muted").text(["line ", &place.line.to_string()].concat()))
            .child(el("span").text(edit::words(it)));
        el("li").child(button)
    };
    let rows = move || {
        let findings = editor.findings.read();
        if findings.is_empty() {
            return group();
        }
        let rows = findings.iter().take(FINDINGS_MAX).map(|it| row(&editor, it));
        el("ol.editor__findings").attr("aria-label", "Findings").children(rows)
    };
    dynamic(rows)
}

fn actions(editor: &Editor) -> View {
    let (formatting, running, findings) = (editor.clone(), editor.clone(), editor.findings);
    let format = move || {
        let text = formatting.field.value();
        let formatted = language::format(&text);
        if formatted != text {
            formatting.field.select();
            insert(&formatting.field, &formatted);
            go(&formatting, language::Place::default());
        }
    };
    let broken = when(move || !findings.read().is_empty());
    el("p.dialog__actions")
        .child(original_button(editor.desk))
        .child(button("button", None, "Format", None, format))
        .child(button(
            "button button--main",
            Some(Icon::Play),
            "Run this",
            Some(broken),
            move || {
                run(&running);
            },
        ))
}

/// Runs the text if nothing is wrong with it.
fn run(editor: &Editor) {
    let text = editor.field.value();
    let findings = edit::findings(&text);
    let first = findings.first().map(|it| it.place);
    editor.findings.set(findings);
    if let Some(place) = first {
        return go(editor, place);
    }
    let name = editor.desk.text.peek().as_ref().and_then(|it| it.name.clone());
    editor.desk.opened.set(None);
    editor.desk.act(match name {
        Some(name) => Action::Open { name, text },
        None => Action::RunText(text),
    });
}

/// Goes to a place and selects what stands there.
fn go(editor: &Editor, place: language::Place) {
    let field = &editor.field;
    let text = field.value();
    let (from, to) = edit::stretch(&text, place);
    let point = place.length == 0 && place.line == 0;
    let _ = field.set_selection_range(from, if point { from } else { to });
    let _ = field.focus();
    let count = text.matches('\n').count() + 1;
    let above = (f64::from(place.line) - LINES_ABOVE).max(0.0) / count as f64;
    #[expect(clippy::cast_possible_truncation, reason = "pixels of a page")]
    field.set_scroll_top((f64::from(field.scroll_height()) * above) as i32);
}

/// Keys that mean something of their own in a text. After Escape, Tab leaves it as it leaves any field.
fn press(editor: &Editor, leaving: &Cell<bool>, ev: &KeyboardEvent) {
    let key = ev.key();
    let was_leaving = leaving.replace(key == "Escape");
    match key.as_str() {
        "Enter" if ev.ctrl_key() || ev.meta_key() => {
            // A moment later: the dialog goes away, and the key with it.
            let editor = editor.clone();
            queue_microtask(move || run(&editor));
        }
        "Tab" if !was_leaving && !ev.shift_key() => insert(&editor.field, "  "),
        // The second one closes the dialog.
        "Escape" if !was_leaving => {}
        _ => return,
    }
    ev.prevent_default();
}

/// Writes in place of the selection, so that undo can take it back.
fn insert(field: &HtmlTextAreaElement, text: &str) {
    let _ = field.focus();
    let document = document();
    let command = Reflect::get(&document, &"execCommand".into());
    let command = command.ok().and_then(|it| it.dyn_into::<Function>().ok());
    let written = command.and_then(|it| {
        it.call3(&document, &"insertText".into(), &JsValue::FALSE, &text.into()).ok()
    });
    if written != Some(JsValue::TRUE) {
        let _ = field.set_range_text(text);
        if let Ok(input) = leptos::web_sys::Event::new("input") {
            let _ = field.dispatch_event(&input);
        }
    }
}
