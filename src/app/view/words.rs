//! What records tell, in words for people.

use crate::app::Lab;
use crate::app::lab::Selection;
use crate::client::Assertion;
use crate::language::Value;
use crate::world::{NodeKind, Outcome, Record, What};

/// Characters of a message's fields or of a row that are told at most.
const BODY_CHARS_MAX: usize = 80;

/// The name of a node.
pub(in crate::app) fn node_name(lab: &Lab, node: u32) -> &str {
    lab.plan().nodes.get(node as usize).map_or("", |it| &it.name)
}

/// The name of a message of this kind.
pub(in crate::app) fn message_name(lab: &Lab, name: u32) -> &str {
    lab.plan().names.get(name as usize).map_or("a message", |it| it)
}

/// Values one after the other, as far as there is room.
pub(in crate::app) fn values_words(values: &[Value]) -> String {
    let mut words = String::new();
    for value in values {
        if !words.is_empty() {
            words.push_str(", ");
        }
        words.push_str(&value.to_string());
        if let Some((end, _)) = words.char_indices().nth(BODY_CHARS_MAX) {
            words.truncate(end);
            words.push('…');
            break;
        }
    }
    words
}

/// What an intent is called.
pub(in crate::app) fn intent_name(lab: &Lab, intent: u64) -> String {
    let name = lab.world().truths.name(intent).map(ToString::to_string);
    name.unwrap_or_else(|| ["intent ", &intent.to_string()].concat())
}

/// What the person would read: what a screen asserts, in a word or two.
const fn assertion_words(assertion: &Assertion) -> &'static str {
    match assertion {
        Assertion::Nothing => "nothing",
        Assertion::Waiting => "please wait",
        Assertion::Sending => "sending",
        Assertion::Received => "received",
        Assertion::Pending => "pending",
        Assertion::Done => "done, without knowing",
        Assertion::Accepted => "done",
        Assertion::Refused(_) => "refused",
        Assertion::TakenBack(_) => "taken back",
        Assertion::Unknown => "no answer came",
        Assertion::NotSent => "not sent",
        Assertion::Undone => "undone",
    }
}

/// The words on the button of a form, by a person's node and the item.
fn form_label(lab: &Lab, node: u32, item: u32) -> &str {
    match lab.plan().nodes.get(node as usize).map(|it| it.kind) {
        Some(NodeKind::Person { client, .. }) => {
            lab.plan().form(client, item as usize).map_or("", |it| &it.label)
        }
        _ => "",
    }
}

fn because(words: &str, reason: &str) -> String {
    if reason.is_empty() { words.to_owned() } else { [words, ": ", reason].concat() }
}

/// What a record tells; `name` is that of the message to which it happened.
pub(in crate::app) fn record_words(lab: &Lab, record: &Record, name: &str) -> String {
    let here = node_name(lab, record.node);
    let there = |it: u32| node_name(lab, it);
    match &record.what {
        What::Submitted { item, .. } => {
            [here, " clicks ", form_label(lab, record.node, *item)].concat()
        }
        What::Begun { body, .. } => match body {
            Some(body) => because(&[here, " sends ", name].concat(), &values_words(body)),
            None => [here, " sends ", name].concat(),
        },
        What::Shown { .. } => [here, "'s screen shows the rows"].concat(),
        What::Sent { to, .. } => [name, " leaves ", here, " for ", there(*to)].concat(),
        What::Mailed { to, .. } => [name, " is mailed to ", there(*to)].concat(),
        What::Inboxed { .. } => [name, " lines up at ", here].concat(),
        What::Aside { waits: true, .. } => [name, " waits aside at ", here].concat(),
        What::Aside { .. } => [here, " goes on with ", name].concat(),
        What::Lost { to, held, .. } => {
            let held = if *held { "; it will be sent again" } else { "" };
            if *to == record.node {
                [name, " gets lost at ", here, held].concat()
            } else {
                [name, " gets lost between ", here, " and ", there(*to), held].concat()
            }
        }
        What::Unroutable { channel, .. } => {
            let channel = lab.scenario().channels.get(*channel as usize);
            [name, " finds no reader in ", channel.map_or("", |it| &it.name)].concat()
        }
        What::Queued { channel, .. } => {
            let channel = lab.scenario().channels.get(*channel as usize);
            [channel.map_or("", |it| &it.name), " takes ", name, " in"].concat()
        }
        What::Started { .. } => [here, " takes ", name, " up"].concat(),
        What::Handled { .. } if is_person(lab, record.node) => [name, " reaches ", here].concat(),
        What::Handled { .. } => [here, " is done with ", name].concat(),
        What::Failed { reason, .. } => because(&[here, " cannot handle ", name].concat(), reason),
        What::Shed { .. } => [here, " sheds ", name].concat(),
        What::DeadLettered { .. } => [name, " becomes a dead letter"].concat(),
        What::Cancelled { .. } => [name, " is taken back at ", here].concat(),
        What::Noted { text, .. } => [here, " notes: ", text].concat(),
        What::Returned { .. } => [name, " is put back by hand"].concat(),
        What::Snatched { .. } => [name, " is made to get lost"].concat(),
        _ => others(lab, record, here),
    }
}

/// What a record tells that is about no message.
fn others(lab: &Lab, record: &Record, here: &str) -> String {
    let scenario = lab.scenario();
    match &record.what {
        What::Changed { table, row, gone } => {
            let tables = scenario.services.get(record.node as usize).map(|it| &it.tables);
            let table = tables.and_then(|it| it.get(*table as usize)).map_or("", |it| &it.name);
            let gone = if *gone { " is gone" } else { "" };
            [here, ".", table, ": ", &values_words(row), gone].concat()
        }
        What::Decided { intent, accepted, reason } => {
            let verb = if *accepted { " accepts " } else { " refuses " };
            because(&[here, verb, &intent_name(lab, *intent)].concat(), reason)
        }
        What::Asserted { assertion, .. } => {
            let words = [here, "'s screen says: ", assertion_words(assertion)].concat();
            match assertion {
                Assertion::Refused(reason) | Assertion::TakenBack(reason) => {
                    because(&words, reason)
                }
                _ => words,
            }
        }
        What::Kept { undone, .. } => {
            let words = if *undone { " takes the wish back" } else { "'s device does not send it" };
            [here, words].concat()
        }
        What::Crashed { .. } => [here, " crashes"].concat(),
        What::Restarted { .. } => [here, " is back"].concat(),
        What::Breaker { standing, .. } => {
            let how = ["closes", "opens", "is half open"].get(*standing as usize);
            ["a breaker of ", here, " ", how.unwrap_or(&"")].concat()
        }
        What::Turned { knob, .. } => {
            let knob = scenario.knobs.get(*knob as usize).map_or("", |it| &it.label);
            ["somebody turns ", knob].concat()
        }
        What::Habits { on } => ["habits are switched ", if *on { "on" } else { "off" }].concat(),
        What::Chose { client } => {
            let class = scenario.clients.get(*client as usize).map_or("", |it| &it.name);
            ["somebody chooses another interaction for ", class].concat()
        }
        What::Fault { fault, on } => {
            let fault = scenario.faults.get(*fault as usize).map_or("", |it| &it.name);
            [fault, if *on { " strikes" } else { " is over" }].concat()
        }
        What::Online { on } => {
            [here, if *on { " is online again" } else { " goes offline" }].concat()
        }
        What::Opened { on } => {
            [here, if *on { " opens the page" } else { " closes the page" }].concat()
        }
        What::Meddled { how, with } => {
            super::powers::meddling_words(lab, record.node as usize, *how, *with)
        }
        What::Reloaded => [here, " loads the page anew"].concat(),
        What::Violated { invariant } => {
            let rule = scenario.invariants.get(*invariant as usize).map_or("", |it| &it.name);
            ["Broken: ", rule].concat()
        }
        // Of messages is told where their name is known.
        _ => String::new(),
    }
}

fn is_person(lab: &Lab, node: u32) -> bool {
    lab.plan().person_at(node as usize).is_some()
}

/// What a record is about.
pub(in crate::app) fn subject(lab: &Lab, number: u64, record: &Record) -> Selection {
    if let What::Begun { message, .. }
    | What::Snatched { message }
    | What::Mailed { message, .. }
    | What::Inboxed { message }
    | What::Aside { message, .. } = record.what
    {
        return Selection::Message(message);
    }
    if let Some(message) = record.what.message() {
        return Selection::Message(message);
    }
    match &record.what {
        What::Submitted { intent, .. }
        | What::Decided { intent, .. }
        | What::Asserted { intent, .. }
        | What::Kept { intent, .. } => Selection::Intent(*intent),
        What::Changed { table, row, .. } => {
            let (service, table) = (record.node as usize, *table as usize);
            let key = lab.scenario().services[service].tables[table].key;
            Selection::Row { service, table, key: row[key].clone() }
        }
        _ => Selection::Record(number),
    }
}

/// What has become of an intent, in words.
pub(super) const fn outcome_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Open => "not decided yet",
        Outcome::Accepted => "accepted",
        Outcome::AcceptedTwice => "accepted more than once",
        Outcome::Refused => "refused",
        Outcome::Handled => "handled; nobody decides on it",
        Outcome::Lost => "lost",
        Outcome::Apologized => "accepted, then taken back",
        Outcome::Undone => "taken back by the person",
    }
}
