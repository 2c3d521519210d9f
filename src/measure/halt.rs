//! Why a run has been stopped for good, in words: an endless chain is shown as the chain.

use crate::base::Time;
use crate::base::limits::{OCCURRENCES_MAX, OCCURRENCES_PER_INSTANT_MAX};
use crate::sim::Halt;
use crate::world::{Plan, Record, What};

/// The longest chain that is looked for.
const CHAIN_MAX: usize = 100;

/// Why a run has been stopped for good, in a sentence. `latest` are its records, the latest first.
pub fn halt_words(halt: Halt, plan: &Plan, latest: &mut dyn Iterator<Item = &Record>) -> String {
    match halt {
        Halt::EndlessInstant(at) => {
            let links = links(at, plan, latest);
            let most = OCCURRENCES_PER_INSTANT_MAX;
            let bound = format!("{most} occurrences at one instant (OCCURRENCES_PER_INSTANT_MAX)");
            match piece(&links) {
                Some(piece) => {
                    let first = &piece[0];
                    let chain = piece.join(" → ");
                    format!(
                        "Stopped at {at}: an endless chain: {chain} → {first} … It passed {bound}"
                    )
                }
                None => format!("Stopped at {at}: more than {bound}"),
            }
        }
        Halt::TooLong => {
            format!(
                "Stopped: more than {OCCURRENCES_MAX} occurrences in this run (OCCURRENCES_MAX)"
            )
        }
        Halt::Bound(bound) => format!("Stopped: {bound}"),
    }
}

/// The last things that came about at an instant, in words, oldest first.
fn links(at: Time, plan: &Plan, latest: &mut dyn Iterator<Item = &Record>) -> Vec<String> {
    let node = |it: &Record| plan.nodes[it.node as usize].name.as_str();
    let words = |it: &Record| match it.what {
        What::Handled { name, .. } => {
            Some([&*plan.names[name as usize], " at ", node(it)].concat())
        }
        What::Failed { .. } => Some(["a failure at ", node(it)].concat()),
        What::Submitted { .. } => Some(["a click of ", node(it)].concat()),
        _ => None,
    };
    let latest = latest.take_while(|it| it.at == at).filter_map(words);
    let mut links: Vec<String> = latest.take(3 * CHAIN_MAX).collect();
    links.reverse();
    links
}

/// The shortest piece that the end repeats again and again.
fn piece(links: &[String]) -> Option<&[String]> {
    let repeats = |length: &usize| {
        let end = &links[links.len() - 3 * length..];
        end.iter().zip(&end[*length..]).all(|(a, b)| a == b)
    };
    let length = (1..=links.len() / 3).find(repeats)?;
    Some(&links[links.len() - length..])
}
