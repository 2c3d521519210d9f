//! Saving: whichever call fails, what was saved can be read, and the rest is told.

use inflight::app::Action;
use inflight::app::archive::{Document, News, Reply, Standing};
use inflight::base::Stream;

use super::{Failure, Page, Store, open};
use crate::rig::{FLAGSHIP, secs, seeds};

#[test]
fn a_changed_copy_is_kept_within_two_seconds_and_comes_back() {
    let mut store = Store::default();
    let mut page = Page::new(&mut store);
    page.wait(&mut store, 3_000);
    assert_eq!((page.archive.standing(), store.texts.len()), (&Standing::Nothing, 0));
    page.edit("A cup");
    page.wait(&mut store, 250);
    assert_eq!(page.archive.standing(), &Standing::Saving);
    page.wait(&mut store, 750);
    assert!(page.is_saved());
    page.lab.update(Action::Seek(secs(3)));
    page.lab.update(Action::Restart(9));
    page.wait(&mut store, 1_000);
    let back = store.opens();
    assert_eq!(back.scenario().title, "A cup");
    assert_eq!(back.world().seed, 9);
    assert_eq!(back.origin().copied_from(), Some("first-steps/a-mug-eventually"));
    // Time that passes is no change.
    let calls = store.calls;
    for _ in 0..20 {
        page.lab.update(Action::Frame(std::time::Duration::from_millis(50)));
        page.wait(&mut store, 250);
    }
    assert_eq!(store.calls, calls);
}

#[test]
fn somebody_who_never_rests_loses_two_seconds_at_most() {
    let mut store = Store::default();
    let mut page = Page::new(&mut store);
    for round in 0..40 {
        page.edit(&format!("Round {round}"));
        page.wait(&mut store, 250);
        let kept: Option<u32> =
            store.copies().iter().filter_map(|it| it.name[6..].parse().ok()).max();
        assert!(round < 8 || kept.is_some_and(|it| round <= it + 8), "{round}: {kept:?}");
    }
}

#[test]
fn whichever_call_fails_what_was_saved_can_be_read_and_the_rest_is_told() {
    let failures = [
        Failure::Says(Reply::Full),
        Failure::Says(Reply::Refused),
        Failure::Says(Reply::Failed("AbortError".to_owned())),
        Failure::Says(Reply::Text(None)),
        Failure::Lies,
    ];
    for failure in failures {
        for from in 1..=16 {
            for count in [1, 40] {
                let case = format!("{failure:?} from {from}, {count} times");
                let mut store =
                    Store { fails: Some((from, count, failure.clone())), ..Store::default() };
                let mut page = Page::new(&mut store);
                let mut saved = None;
                for round in 1..=3 {
                    let title = format!("Round {round}");
                    page.edit(&title);
                    page.wait(&mut store, 1_000);
                    if page.is_saved() {
                        saved = Some(title);
                    } else {
                        let told = matches!(page.archive.standing(), Standing::NotSaved(_));
                        assert!(told && page.archive.is_guarded(), "{case}: {:?}", page.archive);
                    }
                    if let Some(saved) = &saved {
                        let titles: Vec<_> = store.copies().into_iter().map(|it| it.name).collect();
                        assert!(titles.contains(saved), "{case}: {saved} is gone: {titles:?}");
                    }
                }
                // Some day it works again, and nothing more needs to be done.
                store.fails = None;
                page.wait(&mut store, 6_000);
                assert!(page.is_saved(), "{case}: {:?}", page.archive.standing());
                assert_eq!(store.opens().scenario().title, "Round 3", "{case}");
            }
        }
    }
}

#[test]
fn earlier_copies_are_kept_but_not_all() {
    let mut store = Store::default();
    let mut page = Page::new(&mut store);
    for round in 0..9 {
        page.edit(&format!("Round {round}"));
        page.wait(&mut store, 1_000);
    }
    let mut names: Vec<_> = store.copies().into_iter().map(|it| it.name).collect();
    names.sort();
    assert_eq!(names, ["Round 5", "Round 6", "Round 7", "Round 8"]);
    assert_eq!(page.archive.documents().len(), 1);
}

#[test]
fn a_damaged_copy_gives_way_to_the_one_before_and_is_not_thrown_away() {
    let mut store = Store::default();
    let mut page = Page::new(&mut store);
    for round in 0..3 {
        page.edit(&format!("Round {round}"));
        page.wait(&mut store, 1_000);
    }
    let id = page.archive.documents()[0].key.id.clone();
    let newest = store.texts.keys().max().unwrap().clone();
    store.texts.get_mut(&newest).unwrap().insert(40, 'x');
    page.archive.open(&id);
    store.serve(&mut page.archive);
    let [News::Read(text, true)] = &page.news()[..] else { panic!("it is read") };
    assert_eq!(Document::read(text).unwrap().name, "Round 1");
    assert!(store.texts.contains_key(&newest));
    for text in store.texts.values_mut() {
        text.truncate(60);
    }
    page.archive.open(&id);
    store.serve(&mut page.archive);
    assert!(matches!(&page.news()[..], [News::Damaged(text)] if text.len() == 60));
    assert_eq!(store.texts.len(), 3);
}

#[test]
fn what_the_browser_has_cleared_is_told_and_what_is_open_is_kept_again() {
    let mut store = Store::default();
    let mut page = Page::new(&mut store);
    page.edit("A cup");
    page.wait(&mut store, 1_000);
    store.texts.clear();
    page.edit("A pot");
    page.wait(&mut store, 2_000);
    assert_eq!(page.news(), [News::Cleared]);
    assert!(page.is_saved());
    assert_eq!(store.opens().scenario().title, "A pot");
}

#[test]
fn a_text_that_does_not_run_yet_is_kept_beside_what_runs() {
    let mut store = Store::default();
    let mut page = Page::new(&mut store);
    let draft = format!("{FLAGSHIP}\nnot yet");
    for _ in 0..4 {
        page.now_ms += 250;
        page.archive.look(&page.lab, Some(&draft), page.now_ms);
        store.serve(&mut page.archive);
    }
    assert!(page.is_saved());
    let kept = store.copies().pop().unwrap();
    assert_eq!(kept.draft_text(), Some(draft));
    assert!(kept.link.starts_with("scenario=first-steps/a-mug-eventually"));
    // When it runs, it is the same document.
    page.edit("A cup");
    page.wait(&mut store, 1_000);
    assert_eq!(page.archive.documents().len(), 1);
    assert_eq!(store.opens().scenario().title, "A cup");
}

#[test]
fn no_mutated_store_does_harm() {
    let mut store = Store::default();
    let mut page = Page::new(&mut store);
    for round in 0..3 {
        page.edit(&format!("Round {round}"));
        page.wait(&mut store, 1_000);
    }
    let mut dice = Stream::new(1, &["vandal"]);
    let mut below =
        |most: usize| usize::try_from(dice.int(0, i64::try_from(most).unwrap())).unwrap();
    for _ in seeds(250) {
        let mut broken = Store::default();
        for (key, text) in &store.texts {
            let [key, text] = [key, text].map(|it| {
                let mut bytes = it.clone().into_bytes();
                for _ in 0..below(3) {
                    let at = below(bytes.len() - 1);
                    bytes[at] = b"0129az/:\n =&."[below(12)];
                }
                String::from_utf8(bytes).unwrap()
            });
            broken.texts.insert(key, text);
        }
        let before = broken.texts.clone();
        let mut page = Page::new(&mut broken);
        for it in page.archive.documents() {
            page.archive.open(&it.key.id);
        }
        page.archive.export();
        page.wait(&mut broken, 250);
        for news in page.news() {
            if let News::Read(text, _) = news {
                open(&Document::read(&text).unwrap());
            }
        }
        assert_eq!(broken.texts, before, "nothing is deleted");
    }
}

#[test]
fn who_works_for_ten_minutes_is_told_once_to_keep_a_copy_elsewhere() {
    let mut store = Store::default();
    let mut page = Page::new(&mut store);
    let told = |page: &mut Page| page.news().iter().filter(|it| **it == News::Worked).count();
    page.wait(&mut store, 700_000);
    assert_eq!(told(&mut page), 0, "nothing is of the person's own");
    page.edit("Mine");
    page.wait(&mut store, 300_000);
    page.edit("Still mine");
    page.wait(&mut store, 299_000);
    assert_eq!(told(&mut page), 0);
    page.wait(&mut store, 2_000);
    assert_eq!(told(&mut page), 1);
    page.edit("Mine for ever");
    page.wait(&mut store, 900_000);
    assert_eq!(told(&mut page), 0);
}
