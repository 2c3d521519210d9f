//! What led to something: back from cause to cause.

use super::births::Births;
use super::told::Told;
use crate::base::sorted;
use crate::world::Why;

/// What led to something.
#[derive(Clone, Debug, Default)]
pub(super) struct Causes {
    /// Messages, each with a node at which it did, in order.
    pub(super) messages: Vec<(u64, u32)>,
    /// Intents, in order.
    pub(super) intents: Vec<u64>,
    /// The one way back to the beginning on which a message led to a message: numbers of records, oldest first.
    pub(super) chain: Vec<u64>,
    /// The records of what came before are not kept any more.
    pub(super) is_cut: bool,
}

/// What happened for a reason, at a node, before a record.
#[derive(Clone, Copy)]
struct Step {
    why: Why,
    node: u32,
    before: u64,
}

impl Causes {
    /// What led to what this record tells.
    pub(super) fn of(origin: u64, births: &Births, told: Told<'_>) -> Self {
        let mut causes = Self::default();
        let Some(record) = told.get(origin) else { return causes };
        let first = Step { why: record.why, node: record.node, before: origin };
        causes.go_back(first, births, told);
        let mut step = Some(first);
        while let Some(it) = step {
            let Some(number) = told_by(it, births) else { break };
            causes.chain.push(number);
            step = told.get(number).map(|record| Step {
                why: record.why,
                node: record.node,
                before: number,
            });
        }
        causes.chain.reverse();
        causes
    }

    /// Collects everything that led to a step: what was handled, and the answers that it had heard.
    fn go_back(&mut self, first: Step, births: &Births, told: Told<'_>) {
        let mut open = vec![first];
        while let Some(step) = open.pop() {
            let Step { why, node, before } = step;
            match why {
                Why::Message(message) => {
                    if !sorted::insert(&mut self.messages, (message, node)) {
                        continue;
                    }
                    let heard = births.answers(message, node, before);
                    open.extend(heard.map(|it| Step {
                        why: Why::Message(it.answer),
                        node,
                        before: it.number,
                    }));
                }
                Why::Intent(intent) => {
                    sorted::insert(&mut self.intents, intent);
                }
                _ => {}
            }
            let number = told_by(step, births);
            self.is_cut |= number.is_none() && is_told(why);
            if let Some(record) = number.and_then(|it| told.get(it)) {
                let before = number.unwrap_or_default();
                open.push(Step { why: record.why, node: record.node, before });
            }
        }
    }
}

/// The record that tells of the reason.
fn told_by(step: Step, births: &Births) -> Option<u64> {
    match step.why {
        Why::Message(message) => births.get(message).map(|it| it.number),
        Why::Intent(intent) => births.click(intent),
        Why::Fault(fault) => births.strike(fault, step.before),
        Why::Start | Why::Hand | Why::Habit | Why::Clock => None,
    }
}

/// Is there a record of this reason?
const fn is_told(why: Why) -> bool {
    matches!(why, Why::Message(_) | Why::Intent(_) | Why::Fault(_))
}
