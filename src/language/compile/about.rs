//! `about`: the row of a list on the same screen on which a wish rests.

use super::keys::Keys;
use super::names::Names;
use super::report::Report;
use super::values;
use crate::language::expression::{Environment, Type};
use crate::language::scenario::{About, Form, ScreenItem};
use crate::language::yaml::Node;

/// The keys of `about`.
pub(super) const KEYS: &[&str] = &["list", "row", "needs"];

/// Compiles what a form is about. The screen is there already.
pub(super) fn about(
    report: &mut Report<'_>,
    names: &Names,
    (form, screen): (&Form, &[ScreenItem]),
    node: &Node,
) -> Option<About> {
    let keys = Keys::open(report, node, node.place, KEYS);
    let named = keys.need(report, "list", "service.table");
    let row = keys.need(report, "row", "field");
    let named = named?;
    let (service, table) = names.table(report, named)?;
    let shows = |it: &ScreenItem| match it {
        ScreenItem::List(it) => (it.service, it.table) == (service, table),
        ScreenItem::Form(_) => false,
    };
    let list = screen.iter().position(shows);
    if list.is_none() {
        let expected = "a list that stands on the same screen";
        report.say(named.place, "this list is not on the screen", expected);
    }
    let message = &names.messages[form.message];
    let name = row.and_then(|it| report.text(it, "the name of a field"));
    let field = name.and_then(|name| {
        let found = message.fields.iter().position(|it| it.name == name);
        if found.is_none() {
            let what = ["field of `", &message.name, "`"].concat();
            let known = message.fields.iter().map(|it| it.name.as_str());
            report.findings.unknown(row?.place, &what, name, known);
        }
        found
    });
    let here = Environment {
        message: Some(message),
        field_types: &names.field_types[form.message],
        row: Some(&names.services[service].tables[table]),
        chance: false,
        services: &[],
        ..names.environment()
    };
    let needs = keys.get("needs").map(|it| values::expression(report, it, &here, &Type::Bool));
    Some(About { list: list?, field: field?, needs })
}
