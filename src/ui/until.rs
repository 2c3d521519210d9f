//! Running until something happens: what it can be, and how it goes.

use super::controls::button;
use super::dialog::dialog;
use super::icon::{Icon, icon};
use super::live::{State, follow};
use super::page::{Desk, Opened};
use super::panel::Tab;
use super::view::{View, dynamic, el, group, nothing, words};
use crate::app::{Action, Lab, Reached, Until};
use crate::language::Finding;

/// What can be run until, with the words on its button.
fn goals(lab: &Lab) -> Vec<(String, Action)> {
    let mut goals: Vec<(String, Action)> = Vec::new();
    if lab.running_handler().is_some() {
        goals.push(("this handler ends (step over)".to_owned(), Action::StepOver));
    }
    let fixed = [Until::Click, Until::Violation, Until::Loss];
    let messages = (0_u32..).zip(&lab.scenario().messages).map(|it| Until::Message(it.0));
    goals.extend(fixed.into_iter().chain(messages).map(|it| (it.words(lab), Action::RunUntil(it))));
    goals
}

/// The dialog in which one chooses.
pub(super) fn until_dialog(desk: Desk) -> View {
    let text = State::new(String::new());
    let content = move || {
        let goals = goals(&desk.session.lab());
        let goal = |(words, action): (String, Action)| {
            let act = move || {
                desk.close(&Opened::Until);
                desk.act(action.clone());
            };
            el("li").child(button("button until__goal", None, words, None, act))
        };
        let run = move || {
            desk.act(Action::RunUntil(Until::Condition((*text.peek()).clone())));
            if desk.session.lab().chased().is_some() {
                desk.close(&Opened::Until);
            }
        };
        let field = el("input.until__field")
            .attr("type", "text")
            .attr("autocomplete", "off")
            .attr("spellcheck", "false")
            .attr("placeholder", "sales.stock.exists(row, row.left == 0)")
            .attr("aria-describedby", "until-findings")
            .value(words(move || text.get()))
            .on_value("input", move |it| text.set(it));
        let form = el("div.until__form")
            .child(
                el("label.field")
                    .child(el("span.field__label").text("a condition becomes true"))
                    .child(field),
            )
            .child(button("button button--main", Some(Icon::Play), "Run until then", None, run));
        group()
            .child(el("p").text("The run goes on as fast as it can, until"))
            .child(el("ul.until__goals").children(goals.into_iter().map(goal)))
            .child(form)
            .child(el("div").attr("id", "until-findings").attr("role", "alert").child(findings(desk)))
            .child(el("p.muted").text(
                "A condition is an expression of the scenario language, as under “invariants”: it sees all tables, \
                 the knobs, and now.",
            ))
    };
    dialog("Run until", desk.is_open(Opened::Until), move || desk.close(&Opened::Until), content)
}

/// What is wrong with the condition.
fn findings(desk: Desk) -> View {
    let refused = desk.session.view(|lab| match lab.arrival() {
        Some(Reached::Refused(findings)) => findings.clone(),
        _ => Vec::new(),
    });
    dynamic(move || {
        let line = |it: &Finding| {
            el("li.finding__words").child(icon(Icon::Cross)).child(el("span").text(it.to_string()))
        };
        el("ul.until__findings").children(refused.read().iter().map(line))
    })
}

/// Says that it runs until something, with a button that stops it, or how that has ended.
pub(super) fn until_note(desk: Desk) -> View {
    let chased = desk.session.view(|lab| lab.chased().map(|it| it.words(lab)));
    let arrived = desk.session.view(|lab| match lab.arrival() {
        Some(Reached::Happened(words)) => Some(["Stopped: ", words].concat()),
        Some(Reached::Never) => {
            Some("It did not come: nothing more happens in this run.".to_owned())
        }
        Some(Reached::Refused(_)) | None => None,
    });
    // Where it stopped is selected: what that is stands in the inspector.
    follow(move || {
        let stopped = arrived.get().is_some();
        if stopped && matches!(desk.session.lab().arrival(), Some(Reached::Happened(_))) {
            desk.tab.set(Tab::Inspector);
        }
    });
    let note = move || match (chased.get(), arrived.get()) {
        (Some(words), _) => {
            let stop = move || desk.act(Action::TogglePlay);
            el("p.transport__note.until__note")
                .child(el("span").attr("role", "status").text(["Running until ", &words].concat()))
                .child(button("button", Some(Icon::Pause), "Stop", None, stop))
        }
        (None, Some(words)) => el("p.transport__note.until__note")
            .attr("role", "status")
            .child(icon(Icon::Check))
            .text(words),
        (None, None) => nothing(),
    };
    dynamic(note)
}
