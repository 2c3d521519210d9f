//! A map that is a list kept in order.
//!
//! Owns that order, and that every key is there once. Promises the interface of `BTreeMap`, as far as anybody needs
//! it, with one small piece of code where a tree brings a large one for every type. What it costs is that adding and
//! taking away moves all that comes behind. That is nothing for a new greatest key, and little for some thousands of
//! entries. Refuses to know what it is used for.

use std::borrow::Borrow;

/// A map in the order of its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map<K, V> {
    entries: Vec<(K, V)>,
}

impl<K, V> Map<K, V> {
    /// An empty map.
    pub const fn new() -> Self {
        Self { entries: Vec::new() }
    }

    /// The number of entries.
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Has it no entries?
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Takes all entries away.
    pub fn clear(&mut self) {
        self.entries.clear();
    }

    /// The entries in the order of the keys.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&K, &V)> {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    /// The values in the order of their keys.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &V> {
        self.entries.iter().map(|it| &it.1)
    }

    /// The values in the order of their keys, without their keys.
    pub fn into_values(self) -> impl ExactSizeIterator<Item = V> {
        self.entries.into_iter().map(|it| it.1)
    }

    /// Keeps only the entries that are meant.
    pub fn retain(&mut self, is_meant: impl Fn(&K, &V) -> bool) {
        self.entries.retain(|(key, value)| is_meant(key, value));
    }
}

impl<K: Ord, V> Map<K, V> {
    /// Where a key is, or where it would be.
    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        match self.entries.last() {
            Some(last) if last.0.borrow() < key => Err(self.entries.len()),
            _ => self.entries.binary_search_by(|it| it.0.borrow().cmp(key)),
        }
    }

    /// What belongs to a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().map(|it| &self.entries[it].1)
    }

    /// What belongs to a key.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().map(|it| &mut self.entries[it].1)
    }

    /// Is there something for this key?
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.place(key).is_ok()
    }

    /// Puts a value to a key. Returns what was there.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.place(&key) {
            Ok(place) => Some(std::mem::replace(&mut self.entries[place].1, value)),
            Err(place) => {
                self.entries.insert(place, (key, value));
                None
            }
        }
    }

    /// What belongs to a key; if nothing does, `value` from now on.
    pub fn get_or_insert(&mut self, key: K, value: V) -> &mut V {
        let place = match self.place(&key) {
            Ok(place) => place,
            Err(place) => {
                self.entries.insert(place, (key, value));
                place
            }
        };
        &mut self.entries[place].1
    }

    /// Takes an entry away. Returns its value.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().map(|it| self.entries.remove(it).1)
    }
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::base::Stream;

    #[test]
    fn it_does_what_a_tree_does() {
        let mut stream = Stream::new(1, &["map"]);
        let (mut map, mut model) = (Map::new(), BTreeMap::new());
        for round in 0..5_000 {
            let key = stream.int(0, 100);
            match stream.int(0, 5) {
                0 | 1 => assert_eq!(map.insert(key, round), model.insert(key, round)),
                2 => assert_eq!(map.remove(&key), model.remove(&key)),
                3 => {
                    let there = model.entry(key).or_insert(round);
                    assert_eq!(map.get_or_insert(key, round), there);
                }
                4 => assert_eq!(map.get_mut(&key), model.get_mut(&key)),
                _ => {
                    map.retain(|it, _| *it != key);
                    model.retain(|it, _| *it != key);
                }
            }
            assert_eq!(map.get(&key), model.get(&key));
            assert_eq!(map.contains_key(&key), model.contains_key(&key));
            assert_eq!((map.len(), map.is_empty()), (model.len(), model.is_empty()));
            assert!(map.iter().eq(&model) && map.values().eq(model.values()));
        }
        assert!(map.clone().into_values().eq(model.into_values()));
        map.clear();
        assert_eq!(map, Map::default());
    }
}
