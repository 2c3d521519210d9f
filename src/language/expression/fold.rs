//! The macros: `all`, `exists`, `exists_one`, `filter`, `map`.

use std::sync::Arc;

use super::code::{Fold, Over};
use super::evaluate::{Fault, Machine};
use super::operate;
use super::operator::Macro;
use crate::language::value::{Row, Value};

/// What has come together so far.
#[derive(Default)]
struct Progress {
    kept: Vec<Value>,
    matches: usize,
    /// The result is known.
    decided: bool,
    /// The first error; it counts only when nothing decides.
    fault: Option<Fault>,
}

impl Machine<'_, '_> {
    /// Goes through all elements, in their order.
    pub(super) fn fold(&mut self, fold: &Fold) -> Result<Value, Fault> {
        let mut progress = Progress::default();
        match &fold.over {
            Over::Table(at) => {
                let tables = self.scope.tables;
                let table = tables.table(at.service, at.table);
                for cells in table.rows() {
                    let row = Row { columns: Arc::clone(&table.columns), cells: Arc::clone(cells) };
                    self.step(fold, &mut progress, Value::Row(row))?;
                    if progress.decided {
                        break;
                    }
                }
            }
            Over::List(list) => {
                let list = self.value(list)?;
                let Value::List(items) = list else { return Err(operate::unfit("a macro", &list)) };
                for item in items.iter() {
                    self.step(fold, &mut progress, item.clone())?;
                    if progress.decided {
                        break;
                    }
                }
            }
        }
        finish(fold.kind, progress)
    }

    /// One element.
    fn step(&mut self, fold: &Fold, progress: &mut Progress, item: Value) -> Result<(), Fault> {
        self.charge(1)?;
        self.bound.push(item);
        let result = match fold.kind {
            Macro::Map => self.value(&fold.body),
            _ => self.truth(&fold.body).map(Value::Bool),
        };
        let item = self.bound.pop().expect("law: a macro takes away the variable that it has put");
        match (fold.kind, result) {
            (Macro::All, Ok(Value::Bool(false))) | (Macro::Exists, Ok(Value::Bool(true))) => {
                progress.decided = true
            }
            (Macro::All | Macro::Exists, Err(fault)) => {
                progress.fault.get_or_insert(fault);
            }
            (Macro::Filter, Ok(Value::Bool(true))) => progress.kept.push(item),
            (Macro::ExistsOne, Ok(Value::Bool(true))) => progress.matches += 1,
            (Macro::Map, Ok(value)) => progress.kept.push(value),
            (_, Ok(_)) => {}
            (_, Err(fault)) => return Err(fault),
        }
        Ok(())
    }
}

fn finish(kind: Macro, progress: Progress) -> Result<Value, Fault> {
    match (kind, progress.fault) {
        (Macro::All | Macro::Exists, Some(fault)) if !progress.decided => Err(fault),
        (Macro::All, _) => Ok(Value::Bool(!progress.decided)),
        (Macro::Exists, _) => Ok(Value::Bool(progress.decided)),
        (Macro::ExistsOne, _) => Ok(Value::Bool(progress.matches == 1)),
        (Macro::Filter | Macro::Map, _) => Ok(Value::List(progress.kept.into())),
    }
}
