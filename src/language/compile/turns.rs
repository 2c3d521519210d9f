//! What channels and inboxes look at to decide about a message's turn and its way: is it there?

use super::names::Names;
use super::report::Report;
use crate::base::sorted;
use crate::language::scenario::{Binding, Field, FieldKind, MessageField, Order, Service};

/// Looks at the fields and the routes of all channels, and at the fields of all inboxes.
pub(super) fn check(report: &mut Report<'_>, names: &Names, services: &[Service]) {
    let sent = report.traffic.sent.clone();
    for (id, channel) in names.channels.iter().enumerate() {
        let sent = sent.iter().filter(|it| it.channel == id);
        let fields: Vec<&Field> = sent.flat_map(|it| &names.messages[it.message].fields).collect();
        let what = "field of the messages on this channel";
        check_field(report, channel.priority.as_ref(), (what, true), &fields);
        check_field(report, channel.key.as_ref(), (what, false), &fields);
        for Binding { route, fields: wanted } in channel.bindings.iter().flatten() {
            for (field, _) in wanted {
                check_field(report, Some(field), (what, false), &fields);
            }
            if let Some((_, place)) =
                route.as_ref().filter(|_| !report.traffic.routed.contains(&id))
            {
                let text = ["nothing is published on `", &channel.name, "` with a route"].concat();
                report.say(*place, text, "`route:` in a step `publish` or a form");
            }
        }
    }
    for (id, service) in services.iter().enumerate() {
        let handled = names.handles[id].iter();
        let fields: Vec<&Field> = handled.flat_map(|it| &names.messages[*it].fields).collect();
        let (field, number) = match &service.order {
            Order::Priority(field) => (Some(field), true),
            Order::Fair(field) => (Some(field), false),
            Order::FirstInFirstOut | Order::LastInFirstOut => (None, false),
        };
        check_field(report, field, ("field of what this service handles", number), &fields);
    }
}

/// A field is among these, and a whole number if it has to be one.
fn check_field(
    report: &mut Report<'_>,
    field: Option<&MessageField>,
    (what, is_number): (&str, bool),
    fields: &[&Field],
) {
    let Some(field) = field else { return };
    let mut found = fields.iter().filter(|it| it.name == field.name).peekable();
    if found.peek().is_none() {
        let mut known = Vec::new();
        for field in fields {
            sorted::insert(&mut known, field.name.as_str());
        }
        report.findings.unknown(field.place, what, &field.name, known);
    } else if found.any(|it| is_number && it.kind != FieldKind::Int) {
        report.say(field.place, "this field is not a number", "a field of type int");
    }
}
