//! The lab as a script, and what a script prepares: all branches, the one to look at, and what stands beside it.

use std::fmt;

use super::branching::FIRST_BRANCH;
use super::deeds::{deed, find_knob, input};
use super::lab::Lab;
use super::rival::Difference;
use crate::base::Time;
use crate::base::limits::BRANCHES_MAX;
use crate::history::{BranchId, Branches, Position, Recorded, Run};
use crate::language::Scenario;
use crate::language::script::{self, Beside, Deed, Script};
use crate::world::{Input, Settings, World};

/// What a script prepares.
#[derive(Clone)]
pub(super) struct Prepared {
    pub(super) settings: Settings,
    /// The run of the first branch, at its start.
    pub(super) first: Run<World>,
    pub(super) branches: Branches<World>,
    /// The branch to look at, and the instant.
    pub(super) shown: BranchId,
    pub(super) at: Time,
    pub(super) beside: Option<Difference>,
}

impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prepared").field("at", &self.at).finish_non_exhaustive()
    }
}

/// The lab as a script, with all branches and what is compared: at this instant, or at the start.
pub(super) fn script(lab: &Lab, instant: bool) -> Script {
    let knob = |it: usize| lab.scenario().knobs[it].name.clone();
    let mut script = Script {
        seed: lab.world().seed,
        settings: lab.settings().iter().map(|(it, value)| (knob(*it), value.clone())).collect(),
        at: if instant { lab.run().now() } else { Time::ZERO },
        ..Script::default()
    };
    let all = lab.branches();
    let place = |id: BranchId| all.iter().position(|it| it.id == id).unwrap_or_default();
    for (index, it) in all.iter().enumerate() {
        let deeds = deeds(lab, all.own_inputs(it, lab.run()));
        if index == 0 {
            script.deeds = deeds;
            script.name = (it.name != FIRST_BRANCH).then(|| it.name.clone());
        } else {
            let of = it.parent.map_or(0, place);
            script.branches.push(script::Branch {
                name: it.name.clone(),
                of,
                keeps: it.shared,
                deeds,
            });
        }
    }
    script.shown = place(all.played());
    script.beside = lab.difference().map(|it| match it {
        Difference::Branch(it) => Beside::Branch(place(it)),
        Difference::Variant(it) => Beside::Variant(lab.scenario().variants[it].name.clone()),
        Difference::Interaction(it) => Beside::Interaction(it),
    });
    script
}

fn deeds(lab: &Lab, inputs: &[Recorded<Input>]) -> Vec<Deed> {
    inputs.iter().map(|it| deed(lab.world(), it)).collect()
}

/// Prepares what a script tells about a scenario. The error says what of it the scenario does not have.
pub(super) fn prepare(scenario: Scenario, script: Script) -> Result<Prepared, String> {
    let settings = script.settings.into_iter().map(|(name, value)| {
        let knob = find_knob(&scenario, &name)?;
        if scenario.knobs[knob].kind.admits(&value) {
            Ok((knob, value))
        } else {
            Err(format!("The knob `{name}` cannot be set to {value}"))
        }
    });
    let settings: Settings = settings.collect::<Result<_, String>>()?;
    let world = World::new(scenario, script.seed, &settings)
        .map_err(|reason| ["It cannot start: ", &reason].concat())?;
    if BRANCHES_MAX <= script.branches.len() {
        return Err(format!("It has more than {BRANCHES_MAX} branches (BRANCHES_MAX)"));
    }
    let mut all = vec![inputs(&world, script.deeds)?];
    let mut branches = Branches::new(script.name.unwrap_or_else(|| FIRST_BRANCH.to_owned()));
    let run = Run::new(world, all[0].clone());
    for it in script.branches {
        let shared = all.get(it.of).and_then(|inputs| inputs.get(..it.keeps));
        let (Some(shared), false) = (shared, it.deeds.is_empty()) else {
            return Err(format!("The branch `{}` does not fit the one that it left", it.name));
        };
        let own = inputs(run.system(), it.deeds)?;
        let inputs = [shared, &own].concat();
        branches.add(it.name, it.of, it.keeps, run.from_start(inputs.clone()));
        all.push(inputs);
    }
    let id = |place: usize| {
        let branch = branches.iter().nth(place).map(|it| it.id);
        branch.ok_or_else(|| format!("It has no branch number {place}"))
    };
    let beside = script.beside.map(|it| beside(&run.system().plan.scenario, it, id)).transpose()?;
    let shown = id(script.shown)?;
    Ok(Prepared { settings, first: run, shown, at: script.at, beside, branches })
}

fn beside(
    scenario: &Scenario,
    it: Beside,
    branch: impl Fn(usize) -> Result<BranchId, String>,
) -> Result<Difference, String> {
    Ok(match it {
        Beside::Branch(it) => Difference::Branch(branch(it)?),
        Beside::Interaction(it) => Difference::Interaction(it),
        Beside::Variant(name) => {
            let found = scenario.variants.iter().position(|it| it.name == name);
            Difference::Variant(
                found.ok_or_else(|| format!("The scenario has no variant `{name}`"))?,
            )
        }
    })
}

fn inputs(world: &World, deeds: Vec<Deed>) -> Result<Vec<Recorded<Input>>, String> {
    let inputs = deeds.into_iter().map(|it| {
        let position = Position { steps: it.steps, at: it.at };
        let input = input(world, it.act)?;
        if world.accepts(&input) {
            Ok(Recorded { position, input })
        } else {
            Err(format!("The scenario cannot take what was done at {}", it.at))
        }
    });
    inputs.collect()
}
