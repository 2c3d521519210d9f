//! What has gone over a link: how much arrived, how much got lost, and how long it took.

use super::inspector::{Bar, Part, facts};
use super::link::node_at;
use crate::app::Lab;
use crate::app::chronicle::Trip;
use crate::base::Span;
use crate::service::NodeId;

/// Bars of a histogram at most.
const BARS_MAX: u64 = 12;

/// The parts about what has gone over a link up to the playhead, as far as the timeline remembers it.
pub(super) fn traffic(lab: &Lab, (from, to): (NodeId, NodeId)) -> Vec<Part> {
    let now = lab.run().now();
    let chronicle = lab.chronicle();
    let sent: Vec<&Trip> = chronicle
        .trips
        .iter()
        .take_while(|it| it.departed <= now)
        .filter(|it| (node_at(lab, it.from), node_at(lab, it.to)) == (from, to))
        .collect();
    let ended = sent.iter().filter(|it| it.ends <= now);
    let lost = ended.clone().filter(|it| it.lost).count();
    let arrived = ended.filter(|it| !it.lost);
    // In microseconds.
    let mut delays: Vec<u64> =
        arrived.map(|it| it.arrives.since(it.departed).as_micros()).collect();
    delays.sort_unstable();
    let mut rows = vec![
        ("sent", sent.len().to_string()),
        ("arrived", delays.len().to_string()),
        ("lost", lost.to_string()),
    ];
    if let (Some(longest), Some(middle)) = (delays.last(), delays.get(delays.len() / 2)) {
        rows.push(("half took at most", Span::from_micros(*middle).to_string()));
        rows.push(("the longest", Span::from_micros(*longest).to_string()));
    }
    let mut parts = vec![facts("So far", rows)];
    if !delays.is_empty() {
        let heading = "How long they took".to_owned();
        parts.push(Part::Bars { heading, bars: histogram(&delays) });
    }
    if chronicle.thinned.trips > 0 {
        let before = chronicle.thinned.before;
        parts.push(Part::Note(format!("Messages before {before} are not kept one by one.")));
    }
    parts
}

/// How many of these spans, in microseconds and in their order, lie between round bounds. The bounds are multiples of
/// 1, 2 or 5 times a power of ten, as small as the number of bars allows.
fn histogram(sorted: &[u64]) -> Vec<Bar> {
    let (Some(least), Some(most)) = (sorted.first(), sorted.last()) else { return Vec::new() };
    let mut width: u64 = 1;
    for factor in [2, 5, 10].into_iter().cycle() {
        if most / width - least / width < BARS_MAX {
            break;
        }
        width = match factor {
            2 => width * 2,
            5 => width / 2 * 5,
            _ => width / 5 * 10,
        };
    }
    let bar = |index: u64| {
        let (low, high) = (index * width, (index + 1) * width);
        let count =
            sorted.partition_point(|it| *it < high) - sorted.partition_point(|it| *it < low);
        let words = [
            Span::from_micros(low).to_string(),
            " to ".to_owned(),
            Span::from_micros(high).to_string(),
        ];
        Bar { words: words.concat(), count }
    };
    (least / width..=most / width).map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars(millis: &[u64]) -> Vec<(String, usize)> {
        let spans: Vec<u64> = millis.iter().map(|it| it * 1_000).collect();
        histogram(&spans).into_iter().map(|it| (it.words, it.count)).collect()
    }

    #[test]
    fn nothing_is_counted_twice_or_left_out() {
        for most in [1, 7, 10, 99, 1_000, 12_345] {
            let millis: Vec<u64> = (0..=most).collect();
            let bars = bars(&millis);
            assert!(bars.len() as u64 <= BARS_MAX, "{most}: {bars:?}");
            assert!(most < 10 || bars.len() as u64 >= BARS_MAX / 4, "{most}: {bars:?}");
            assert_eq!(bars.iter().map(|it| it.1).sum::<usize>(), millis.len());
        }
    }

    #[test]
    fn bounds_are_round() {
        let bars = bars(&[20, 21, 39, 40, 100, 110]);
        let counts: Vec<usize> = bars.iter().map(|it| it.1).collect();
        assert_eq!(counts, [2, 1, 1, 0, 0, 0, 0, 0, 1, 1], "{bars:?}");
        assert_eq!(bars[0].0, "20ms to 30ms");
    }
}
