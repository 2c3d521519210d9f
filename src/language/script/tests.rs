//! Scripts are read back as they were written.

use proptest::prelude::*;

use super::*;
use crate::interaction::{Axis, Claim, Guard, Learn, Read, Send};
use crate::language::read_script;

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        (-1e300..1e300).prop_map(Value::Float),
        any::<i16>().prop_map(|it| Value::Float(it.into())),
        (0..i64::MAX).prop_map(Value::Duration),
        any::<String>().prop_map(Value::text),
    ]
}

fn choice<A: Axis + fmt::Debug>() -> impl Strategy<Value = A> {
    (0..A::CHOICES.len()).prop_map(|it| A::CHOICES[it].value)
}

fn interaction() -> impl Strategy<Value = Interaction> {
    let axes = (choice::<Claim>(), choice::<Learn>(), choice::<Read>(), choice::<Guard>());
    (choice::<Send>(), any::<bool>(), axes).prop_map(|(send, key, (claim, learn, read, guard))| {
        Interaction { send, key, claim, learn, read, guard }
    })
}

fn item() -> impl Strategy<Value = Option<usize>> {
    prop::option::of(any::<u16>().prop_map(usize::from))
}

fn instance() -> impl Strategy<Value = Option<usize>> {
    prop::option::of(any::<u16>().prop_map(usize::from))
}

fn copies() -> impl Strategy<Value = Copies> {
    (any::<u64>(), prop::option::of(any::<String>()))
        .prop_map(|(message, to)| Copies { message, to })
}

fn way() -> impl Strategy<Value = Way> {
    (any::<String>(), any::<String>(), any::<bool>()).prop_map(|(from, to, both)| Way {
        from,
        to,
        both,
    })
}

fn span() -> impl Strategy<Value = Span> {
    (0..i64::MAX as u64).prop_map(Span::from_micros)
}

fn meddling() -> impl Strategy<Value = Act> {
    prop_oneof![
        copies().prop_map(Act::Lose),
        (any::<String>(), any::<u64>()).prop_map(|(channel, it)| Act::Retry(channel, it)),
        copies().prop_map(Act::Duplicate),
        (copies(), span()).prop_map(|(it, by)| Act::Delay(it, by)),
        copies().prop_map(Act::Overtake),
        any::<String>().prop_map(Act::Pause),
        any::<String>().prop_map(Act::Resume),
        (any::<String>(), 0.001..1e3).prop_map(|(it, factor)| Act::Slow(it, factor)),
        (any::<String>(), 1..100u16).prop_map(|(it, by)| Act::Slow(it, by.into())),
        way().prop_map(Act::Cut),
        (way(), span()).prop_map(|(it, by)| Act::SlowLink(it, by)),
        way().prop_map(Act::Mend),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    let values = prop::collection::vec((any::<u16>().prop_map(usize::from), value()), 0..3);
    let values = values.prop_map(|mut it| {
        it.sort_by_key(|it| it.0);
        it.dedup_by_key(|it| it.0);
        it
    });
    prop_oneof![
        (any::<String>(), any::<u32>(), values).prop_map(|(person, item, values)| {
            Act::Submit { person, item: item as usize, values }
        }),
        (any::<String>(), value()).prop_map(|(knob, value)| Act::Turn(knob, value)),
        any::<bool>().prop_map(Act::Habits),
        (any::<String>(), instance()).prop_map(|(name, it)| Act::Crash(name, it)),
        (any::<String>(), instance()).prop_map(|(name, it)| Act::Restart(name, it)),
        (any::<String>(), any::<bool>()).prop_map(|(name, on)| Act::Fault(name, on)),
        meddling(),
        (any::<String>(), item(), interaction())
            .prop_map(|(client, item, it)| Act::Choose(client, item, it)),
        any::<String>().prop_map(Act::Reload),
        (any::<String>(), any::<bool>()).prop_map(|(person, on)| Act::Online(person, on)),
        (any::<String>(), any::<bool>()).prop_map(|(person, on)| Act::Open(person, on)),
        (any::<String>(), any::<u64>()).prop_map(|(person, it)| Act::TakeBack(person, it)),
        (any::<String>(), any::<u64>()).prop_map(|(person, it)| Act::Cancel(person, it)),
    ]
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = (any::<u64>(), 0..1u64 << 50, act());
    let deed = deed.prop_map(|(steps, at, act)| Deed { steps, at: Time::from_micros(at), act });
    prop::collection::vec(deed, 0..4)
}

fn branch() -> impl Strategy<Value = Branch> {
    (any::<String>(), any::<u16>(), any::<u16>(), deeds()).prop_map(|(name, of, keeps, deeds)| {
        Branch { name, of: of.into(), keeps: keeps.into(), deeds }
    })
}

fn beside() -> impl Strategy<Value = Beside> {
    prop_oneof![
        any::<u16>().prop_map(|it| Beside::Branch(it.into())),
        any::<String>().prop_map(Beside::Variant),
        interaction().prop_map(Beside::Interaction),
    ]
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(
        seed: u64,
        at in 0..i64::MAX as u64,
        settings in prop::collection::btree_map("[a-z][a-z0-9_]{0,5}", value(), 0..3),
        deeds in deeds(),
        name in prop::option::of(any::<String>()),
        branches in prop::collection::vec(branch(), 0..3),
        shown in 0..3usize,
        beside in prop::option::of(beside()),
    ) {
        let (settings, at) = (settings.into_iter().collect(), Time::from_micros(at));
        let script = Script { seed, settings, deeds, at, name, branches, shown, beside };
        let back = read_script(&script.to_string());
        // In words, because whole numbers equal those with a fraction.
        prop_assert_eq!(format!("{back:?}"), format!("{:?}", Ok::<_, ()>(script)));
    }
}

#[test]
fn what_cannot_be_read_is_said_with_its_place() {
    for (text, found) in [
        ("seed: 1", "line 1, column 1: `at` is missing – expected `at: 1.5s`"),
        ("seed: -1\nat: 0ms", "line 1, column 7: this is not such a number"),
        ("seed: 1\nat: soon", "line 2, column 5: this is not a duration"),
        ("seed: 1\nat: 0ms\ndeeds: [{ after: 1, at: 0ms }]", "nothing is done here"),
        ("seed: 1\nat: 0ms\ndeeds: [{ after: 1, at: 0ms, crsh: x }]", "did you mean `crash`"),
        ("seed: 1\nat: 0ms\nsettings: { a: [1] }", "this is a list"),
        ("seed: 1\nat: 0ms\ndeeds: [{ after: 1, at: 0ms, habits: maybe }]", "unknown truth"),
        (
            "seed: 1\nat: 0ms\ndeeds: [{ after: 1, at: 0ms, crash: x, instance: 0 }]",
            "this is not such a number – found `0` – expected a whole number from 1",
        ),
    ] {
        let findings = read_script(text).expect_err(text);
        let said: Vec<String> = findings.iter().map(ToString::to_string).collect();
        assert!(said.iter().any(|it| it.contains(found)), "{text}: {said:?}");
    }
}
