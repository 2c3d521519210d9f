//! Lists that are kept in order as they grow.
//!
//! For the short ones: they need none of the code that sorting at the end or a tree takes, and that the compiler
//! writes anew for every type.

/// Puts an item where it belongs, unless one like it is there. Says whether it was new.
pub fn insert<T: Ord>(list: &mut Vec<T>, item: T) -> bool {
    match list.binary_search(&item) {
        Ok(_) => false,
        Err(place) => {
            list.insert(place, item);
            true
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Stream;

    #[test]
    fn a_list_is_in_order_and_has_everything_once() {
        let mut stream = Stream::new(1, &["sorted"]);
        let mut list = Vec::new();
        let mut model = std::collections::BTreeSet::new();
        for _ in 0..500 {
            let item = stream.int(0, 200);
            assert_eq!(insert(&mut list, item), model.insert(item));
        }
        assert!(list.iter().eq(&model));
    }
}
