//! `variants`: named sets of values for the knobs.

use super::keys::mapping;
use super::names::{Names, Spelling, declare};
use super::report::Report;
use super::values;
use crate::language::expression::Type;
use crate::language::scenario::Variant;
use crate::language::yaml::Entry;

/// Compiles all variants.
pub(super) fn compile_all(report: &mut Report<'_>, names: &Names, entry: &Entry) -> Vec<Variant> {
    let mut variants = Vec::new();
    for Entry { key, value } in mapping(report, &entry.value, entry.key.place) {
        declare(report, key, Spelling::Free);
        let mut settings = Vec::new();
        for Entry { key, value } in mapping(report, value, key.place) {
            let Some(id) = names.knobs.iter().position(|it| it.name == key.text) else {
                let known = names.knobs.iter().map(|it| it.name.as_str());
                report.findings.unknown(key.place, "knob", &key.text, known);
                continue;
            };
            let knob = &names.knobs[id];
            let found = values::literal(report, value, &Type::of_knob(knob));
            let Some(setting) = found else { continue };
            if !knob.kind.admits(&setting) {
                report.say(value.place, "the knob cannot be set to this", knob.kind.expectation());
            }
            settings.push((id, setting));
        }
        variants.push(Variant { name: key.text.clone(), settings });
    }
    variants
}
