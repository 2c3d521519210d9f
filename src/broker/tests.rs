//! What a queue does, call by call.

use super::{Fate, Label, Queue};

fn tags(queue: &mut Queue<char>) -> Vec<(char, usize, u32)> {
    std::iter::from_fn(|| queue.hand_out()).map(|it| (it.item, it.reader, it.attempt)).collect()
}

#[test]
fn readers_take_turns_and_keep_their_prefetch() {
    let mut queue = Queue::new(2, 3, 1);
    assert_eq!("abc".chars().map(|it| queue.accept(it)).collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(tags(&mut queue), [('a', 0, 1), ('b', 1, 1)]);
    assert!(queue.acknowledge(1));
    assert_eq!(tags(&mut queue), [('c', 1, 1)]);
    assert!(!queue.acknowledge(1));
}

#[test]
fn what_fails_comes_back_in_its_old_place_until_it_is_dead() {
    let mut queue = Queue::new(1, 2, 1);
    assert_eq!("ab".chars().map(|it| queue.accept(it)).last(), Some(1));
    assert_eq!(tags(&mut queue), [('a', 0, 1)]);
    assert_eq!(queue.fail(0), Fate::Retry(1));
    queue.retry(0);
    assert_eq!(tags(&mut queue), [('a', 0, 2)]);
    assert_eq!(queue.fail(0), Fate::Dead);
    assert_eq!(queue.dead(), ['a']);
    assert_eq!(queue.fail(0), Fate::Settled);
    assert_eq!(tags(&mut queue), [('b', 0, 1)]);
}

#[test]
fn what_gets_lost_on_the_way_is_not_an_attempt() {
    let mut queue = Queue::new(1, 1, 1);
    queue.accept('a');
    for _ in 0..5 {
        assert_eq!(tags(&mut queue), [('a', 0, 1)]);
        assert_eq!(queue.lose(0), Fate::Retry(1));
        queue.retry(0);
    }
}

#[test]
fn nobody_ready_means_everything_waits() {
    let mut queue = Queue::new(1, 1, 9);
    queue.set_ready(0, false);
    queue.accept('a');
    assert_eq!(queue.hand_out(), None);
    queue.set_ready(0, true);
    assert!(queue.hand_out().is_some());
}

#[test]
fn what_waits_too_long_is_dead_and_what_is_in_hand_only_when_it_comes_back() {
    let mut queue = Queue::new(1, 9, 1);
    for item in ['a', 'b', 'c'] {
        queue.accept(item);
    }
    assert_eq!(tags(&mut queue), [('a', 0, 1)]);
    assert_eq!(queue.expire(1), Some(&'b'));
    assert_eq!(queue.expire(1), None, "it is dead already");
    assert_eq!(queue.expire(0), None, "a reader has it");
    assert_eq!(queue.fail(0), Fate::Dead);
    assert_eq!(tags(&mut queue), [('c', 0, 1)]);
    assert_eq!(queue.lose(2), Fate::Retry(1));
    assert_eq!(queue.expire(2), Some(&'c'), "it waits for another attempt");
    assert_eq!((queue.dead(), queue.held().len()), (&['b', 'a', 'c'][..], 0));
}

#[test]
fn what_is_recalled_waits_in_its_old_place_and_what_is_cleared_is_gone() {
    let mut queue = Queue::new(2, 9, 2);
    for item in ['a', 'b', 'c', 'd'] {
        queue.accept(item);
    }
    assert_eq!(tags(&mut queue).len(), 4);
    assert_eq!(queue.fail(1), Fate::Retry(1));
    assert_eq!(queue.expire(2), None, "a reader has it");
    assert_eq!(queue.recall(), ['c']);
    assert_eq!(
        (queue.waiting().copied().collect::<String>(), queue.dead()),
        ("ad".into(), &['c'][..])
    );
    queue.retry(1);
    assert_eq!(tags(&mut queue), [('a', 0, 1), ('b', 1, 2), ('d', 0, 1)]);
    queue.accept('e');
    queue.accept('f');
    assert_eq!(tags(&mut queue), [('e', 1, 1)]);
    assert_eq!(queue.lose(0), Fate::Retry(1));
    assert_eq!(queue.clear(), ['f', 'a']);
    assert_eq!((queue.waiting().len(), queue.held().len(), queue.dead()), (0, 0, &['c'][..]));
    assert!(!queue.acknowledge(4));
    queue.accept('g');
    assert_eq!(tags(&mut queue), [('g', 0, 1)], "all hands are free");
}

#[test]
fn room_is_made_at_the_front() {
    let mut queue = Queue::new(1, 9, 1);
    assert_eq!(queue.drop_oldest(), None);
    queue.accept('a');
    queue.accept('b');
    assert_eq!(queue.drop_oldest(), Some(&'a'));
    assert_eq!(tags(&mut queue), [('b', 0, 1)]);
}

fn labeled(items: &[(char, i64, Option<u64>)]) -> Queue<char> {
    let mut queue = Queue::new(2, 2, 9);
    for (item, priority, key) in items {
        queue.accept_as(*item, Label { priority: *priority, key: *key });
    }
    queue
}

fn handed(queue: &mut Queue<char>) -> String {
    tags(queue).iter().map(|it| it.0).collect()
}

#[test]
fn the_greater_priority_comes_first_and_equal_ones_in_the_order_of_acceptance() {
    let mut queue = labeled(&[('a', 0, None), ('b', 7, None), ('c', -1, None), ('d', 7, None)]);
    assert_eq!(queue.waiting().collect::<String>(), "bdac");
    assert_eq!(queue.hand_out().unwrap().item, 'b');
    queue.fail(1);
    queue.retry(1);
    assert_eq!(queue.waiting().collect::<String>(), "bdac", "it takes its old place");
    assert_eq!(queue.drop_oldest(), Some(&'a'), "the one that waits longest");
    assert_eq!(queue.expire(3), Some(&'d'));
    assert_eq!(handed(&mut queue), "bc");
    assert!(queue.recall().is_empty());
    assert_eq!(queue.waiting().collect::<String>(), "bc");
}

#[test]
fn one_of_a_key_at_a_time_and_others_overtake() {
    let items =
        [('a', 0, Some(1)), ('b', 0, Some(1)), ('c', 0, Some(2)), ('d', 0, None), ('e', 0, None)];
    let mut queue = labeled(&items);
    assert_eq!(handed(&mut queue), "acde");
    assert_eq!(queue.fail(0), Fate::Retry(1));
    assert_eq!(handed(&mut queue), "", "the first of the key waits for another attempt");
    queue.retry(0);
    assert_eq!(handed(&mut queue), "a");
    assert_eq!(queue.fail(0), Fate::Dead);
    assert_eq!(handed(&mut queue), "b");
    assert!(queue.acknowledge(1));
    queue.accept_as('f', Label { priority: 0, key: Some(1) });
    assert_eq!(handed(&mut queue), "f");
    assert_eq!(queue.lose(5), Fate::Retry(1));
    queue.accept_as('g', Label { priority: 0, key: Some(1) });
    assert_eq!(queue.expire(5), Some(&'f'));
    assert_eq!(handed(&mut queue), "g");
    assert!(queue.recall().is_empty());
    assert_eq!(handed(&mut queue), "cdeg", "what has been recalled keeps nobody back");
}

#[test]
fn what_a_reader_does_not_want_is_dead_at_once() {
    let mut queue = Queue::new(1, 9, 1);
    queue.accept('a');
    queue.accept('b');
    assert_eq!(tags(&mut queue), [('a', 0, 1)]);
    assert!(queue.refuse(0) && !queue.refuse(0));
    assert_eq!(tags(&mut queue), [('b', 0, 1)]);
    assert_eq!(queue.dead(), ['a']);
}
