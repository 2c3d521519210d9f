//! `handles`: steps in a list become flat code.

use std::sync::Arc;

use super::faults::{self as boundary, Boundary};
use super::keys::{Keys, list, mapping};
use super::names::{Names, Spelling, declare};
use super::report::Report;
use super::steps::{self, STEPS};
use super::values;
use crate::base::limits;
use crate::language::diagnostic::Place;
use crate::language::expression::{Environment, Expression, Local, Shape, Type};
use crate::language::scenario::{Handler, Instruction, MessageId, ServiceId, Step};
use crate::language::value::Value;
use crate::language::yaml::{Content, Entry, Key, Node};

/// A handler that is being compiled.
pub(super) struct Block<'c, 't> {
    /// Where findings go.
    pub(super) report: &'c mut Report<'t>,
    /// What can be referred to.
    pub(super) names: &'c Names,
    /// Whose handler it is.
    pub(super) service: ServiceId,
    /// What it handles; nothing when its instance starts.
    pub(super) message: Option<MessageId>,
    /// The locals that can be seen.
    pub(super) locals: Vec<Local>,
    /// How many slots are taken.
    slots: usize,
    /// The code so far.
    pub(super) code: Vec<Instruction>,
    /// Has it a `decide`?
    pub(super) decides: bool,
    /// The step that is all or nothing, while its steps are compiled.
    pub(super) atomic: Option<&'static str>,
    /// How many steps have been read.
    read: usize,
    /// Boundaries that have been found: indices into those of all handlers.
    found: Vec<usize>,
}

/// Compiles the handler of a service for a message, or for its start.
pub(super) fn handler(
    report: &mut Report<'_>,
    names: &Names,
    (service, message): (ServiceId, Option<MessageId>),
    entry: &Entry,
) -> Handler {
    let mut block = Block {
        report,
        names,
        service,
        message,
        locals: Vec::new(),
        slots: 0,
        code: Vec::new(),
        decides: false,
        atomic: None,
        read: 0,
        found: Vec::new(),
    };
    block.steps(&entry.value);
    block.end_boundaries();
    if limits::HANDLER_STEPS_MAX < block.code.len() {
        let most = ["at most ", &limits::HANDLER_STEPS_MAX.to_string()].concat();
        block.report.say(entry.key.place, "the handler has too many steps", most);
    }
    Handler { message, code: block.code, locals: block.slots, decides: block.decides }
}

impl Block<'_, '_> {
    /// Steps that run one after another. Locals that they make are not seen afterwards.
    pub(super) fn steps(&mut self, node: &Node) {
        self.inside(|block| {
            for item in list(block.report, node, "a list of steps: each line begins with `- `") {
                block.step(item);
            }
        });
    }

    /// Locals that are made inside are not seen afterwards.
    pub(super) fn inside(&mut self, compile: impl FnOnce(&mut Self)) {
        let seen = self.locals.len();
        compile(self);
        self.locals.truncate(seen);
    }

    /// A step that may wait, or that is all or nothing itself, cannot stand inside one that is all or nothing.
    pub(super) fn refuse_waiting(&mut self, place: Place) {
        if let Some(name) = self.atomic {
            let text = ["this cannot stand inside `", name, "`"].concat();
            self.report.say(place, text, "a place before or after that step");
        }
    }

    /// A start is nobody's message: there is nobody to tell anything.
    pub(super) fn needs_message(&mut self, verb: &steps::Verb<'_>) {
        if self.message.is_none() {
            let text = ["nobody waits for this `", verb.name, "`"].concat();
            self.report.say(verb.place, text, "a handler of a message");
        }
    }

    /// A slot for a value without a name.
    pub(super) fn slot(&mut self) -> usize {
        self.slots += 1;
        self.slots - 1
    }

    fn step(&mut self, node: &Node) {
        let Content::Mapping(entries) = &node.content else {
            self.report.say(
                node.place,
                ["this is ", node.word()].concat(),
                "a step such as `work: 40ms`",
            );
            return;
        };
        let has = |name: &str| entries.iter().find(|it| it.key.text == name);
        let Some((kind, verb)) = STEPS.iter().find_map(|it| Some((it, has(it.name)?))) else {
            if let Some(Entry { key, .. }) = entries.first() {
                self.report.findings.unknown(
                    key.place,
                    "step",
                    &key.text,
                    STEPS.iter().map(|it| it.name),
                );
            }
            return;
        };
        self.read += 1;
        self.boundaries(kind.name);
        let known: Vec<&str> =
            std::iter::once(kind.name).chain(kind.keys.iter().copied()).collect();
        let keys = Keys::open(self.report, node, verb.key.place, &known);
        (kind.compile)(
            self,
            &steps::Verb { name: kind.name, place: verb.key.place, node: &verb.value, keys },
        );
    }

    /// Faults may strike before this step.
    fn boundaries(&mut self, word: &str) {
        let names = self.names;
        for (index, it) in names.boundaries.iter().enumerate() {
            let fits = match &it.step {
                boundary::Step::Number(number) => *number == self.read,
                boundary::Step::Word(wanted) => wanted == word,
                boundary::Step::End => false,
            };
            if fits && self.is_at(it) && !self.found.contains(&index) {
                self.found.push(index);
                if let Some(name) = self.atomic {
                    let text = ["no fault strikes inside `", name, "`"].concat();
                    self.report.say(it.place, text, "a step before or after it");
                }
                self.push(Step::Boundary(it.fault), it.place);
            }
        }
    }

    fn is_at(&self, boundary: &Boundary) -> bool {
        boundary.service == self.service && Some(boundary.message) == self.message
    }

    /// Faults may strike when all is done and nobody has been told: `stop` goes there too.
    fn end_boundaries(&mut self) {
        let (names, end) = (self.names, self.code.len());
        for (index, it) in names.boundaries.iter().enumerate() {
            if !self.is_at(it) {
                continue;
            }
            if it.step == boundary::Step::End {
                self.code.push(Instruction { step: Step::Boundary(it.fault), place: it.place });
            } else if !self.found.contains(&index) {
                self.report.say(
                    it.place,
                    "the handler has no such step",
                    "the word or number of one",
                );
            }
        }
        if end < self.code.len() {
            for instruction in &mut self.code {
                if let Step::Stop = instruction.step {
                    instruction.step = Step::Jump { target: end };
                }
            }
        }
    }

    /// Appends an instruction.
    pub(super) fn push(&mut self, step: Step, place: Place) {
        self.code.push(Instruction { step, place });
    }

    /// Makes a local that can be seen from here on.
    pub(super) fn local(&mut self, key: &Key, kind: Type) -> usize {
        declare(self.report, key, Spelling::Word);
        let tables = &self.names.services[self.service].tables;
        let taken = self.locals.iter().any(|it| it.name == key.text)
            || self.names.knobs.iter().any(|it| it.name == key.text)
            || tables.iter().any(|it| *it.name == *key.text);
        if taken {
            self.report.say(key.place, "this name means something here already", "another name");
        }
        let slot = self.slot();
        self.locals.push(Local { name: key.text.clone(), kind, slot });
        slot
    }

    /// A literal or an expression of a type.
    pub(super) fn value(
        &mut self,
        node: &Node,
        wanted: &Type,
        row: Option<&Arc<Shape>>,
    ) -> Expression {
        let environment = environment(self.names, (self.service, self.message), &self.locals, row);
        values::value(self.report, node, &environment, wanted)
    }

    /// A literal or an expression, and its type.
    pub(super) fn any_value(&mut self, node: &Node) -> (Expression, Type) {
        let environment = environment(self.names, (self.service, self.message), &self.locals, None);
        if node.scalar().is_some_and(|it| it.text.starts_with('=')) {
            return self.any_expression(node);
        }
        let kind = values::kind_of(node, &environment);
        (values::value(self.report, node, &environment, &kind), kind)
    }

    /// An expression of any type, with or without `=`, and that type.
    pub(super) fn any_expression(&mut self, node: &Node) -> (Expression, Type) {
        let environment = environment(self.names, (self.service, self.message), &self.locals, None);
        let (expression, kind, _) = values::any_expression(self.report, node, &environment);
        (expression, kind)
    }

    /// An expression without `=`.
    pub(super) fn expression(&mut self, node: &Node, wanted: &Type) -> Expression {
        let environment = environment(self.names, (self.service, self.message), &self.locals, None);
        values::expression(self.report, node, &environment, wanted)
    }

    /// A condition that is looked at again and again, so that nothing is drawn in it.
    pub(super) fn condition(&mut self, node: &Node) -> Expression {
        let here = environment(self.names, (self.service, self.message), &self.locals, None);
        let here = Environment { chance: false, ..here };
        values::expression(self.report, node, &here, &Type::Bool)
    }

    /// The fields of a message, in order. `place` is where the message is named.
    pub(super) fn body(
        &mut self,
        message: MessageId,
        with: Option<&Node>,
        place: Place,
    ) -> Vec<Expression> {
        let names = self.names;
        let fields = &names.messages[message].fields;
        let entries = with.map_or(&[] as &[Entry], |it| mapping(self.report, it, it.place));
        for Entry { key, .. } in entries {
            if !fields.iter().any(|it| it.name == key.text) {
                let what = ["field of `", &names.messages[message].name, "`"].concat();
                let known = fields.iter().map(|it| it.name.as_str());
                self.report.findings.unknown(key.place, &what, &key.text, known);
            }
        }
        let mut body = Vec::with_capacity(fields.len());
        for (field, kind) in fields.iter().zip(&names.field_types[message]) {
            if let Some(entry) = entries.iter().find(|it| it.key.text == field.name) {
                body.push(self.value(&entry.value, kind, None));
                continue;
            }
            let message = &names.messages[message].name;
            let text = ["field `", &field.name, "` of `", message, "` is missing"].concat();
            let expected = ["`", &field.name, "` in `with`: ", &kind.word()].concat();
            self.report.say(place, text, expected);
            body.push(Expression::constant(Value::Null));
        }
        body
    }
}

/// What names mean in a handler.
fn environment<'e>(
    names: &'e Names,
    (service, message): (ServiceId, Option<MessageId>),
    locals: &'e [Local],
    row: Option<&'e Arc<Shape>>,
) -> Environment<'e> {
    let field_types = message.map_or(&[][..], |it| &names.field_types[it]);
    let message = message.map(|it| &names.messages[it]);
    Environment { message, field_types, locals, row, own: Some(service), ..names.environment() }
}
