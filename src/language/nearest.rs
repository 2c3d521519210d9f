//! The known name nearest to a mistyped one.
//!
//! Distance counts insertions, deletions, replacements and swaps of neighbors; case does not count.

/// The candidate nearest to `name`, if one is near enough to be what was meant.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let name = folded(name);
    let reach = (name.len() / 3).clamp(1, 4);
    candidates
        .into_iter()
        .map(|candidate| (distance(&name, &folded(candidate)), candidate))
        .filter(|(distance, _)| *distance <= reach)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Lower case, and one sign for all that joins words.
fn folded(text: &str) -> Vec<char> {
    let signs = text
        .chars()
        .map(|it| it.to_ascii_lowercase())
        .map(|it| if it == '_' || it == ' ' { '-' } else { it });
    signs.take(crate::base::limits::NAME_CHARS_MAX).collect()
}

/// The optimal string alignment distance.
fn distance(a: &[char], b: &[char]) -> usize {
    let width = b.len() + 1;
    let mut older = vec![0; width];
    let mut previous: Vec<usize> = (0..width).collect();
    for (i, sign) in a.iter().enumerate() {
        let mut current = vec![i + 1; width];
        for (j, other) in b.iter().enumerate() {
            let replaced = previous[j] + usize::from(sign != other);
            let mut least = replaced.min(previous[j + 1] + 1).min(current[j] + 1);
            if 0 < i && 0 < j && *sign == b[j - 1] && a[i - 1] == *other {
                least = least.min(older[j - 1] + 1);
            }
            current[j + 1] = least;
        }
        older = std::mem::replace(&mut previous, current);
    }
    previous[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_slips_find_their_name() {
        let names = ["PlaceOrder", "OrderAccepted", "OrderRefused", "order-events"];
        for (typed, meant) in [
            ("PlaceOrdre", Some("PlaceOrder")),
            ("placeorder", Some("PlaceOrder")),
            ("order_events", Some("order-events")),
            ("OrderRefuse", Some("OrderRefused")),
            ("Payment", None),
            ("", None),
        ] {
            assert_eq!(nearest(typed, names), meant, "{typed}");
        }
    }

    #[test]
    fn a_swap_of_neighbors_is_one_slip() {
        let signs = |text: &str| text.chars().collect::<Vec<_>>();
        assert_eq!(distance(&signs("form"), &signs("from")), 1);
        assert_eq!(distance(&signs("kitten"), &signs("sitting")), 3);
    }
}
