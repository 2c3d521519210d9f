//! Two tabs with the same document: nothing is written over.

use inflight::app::archive::{Document, News, Standing, Why};

use super::{Page, Store, open, open_in};

/// Two pages show the same document.
fn two_tabs(store: &mut Store) -> (Page, Page) {
    let mut here = Page::new(store);
    here.edit("First");
    here.wait(store, 1_000);
    let mut there = Page::new(store);
    there.now_ms = here.now_ms;
    there.lab = open(&store.copies()[0]);
    there.wait(store, 1_000);
    assert!(there.is_saved());
    assert_eq!(there.archive.open_id(), here.archive.open_id());
    (here, there)
}

/// The names of all documents, in their order.
fn names(page: &Page) -> Vec<String> {
    let mut names: Vec<_> = page.archive.documents().into_iter().map(|it| it.key.name).collect();
    names.sort();
    names
}

#[test]
fn what_another_tab_has_kept_is_not_written_over() {
    let mut store = Store::default();
    let (mut here, mut there) = two_tabs(&mut store);
    here.edit("Here");
    here.wait(&mut store, 1_000);
    there.edit("There");
    there.wait(&mut store, 1_000);
    assert_eq!(there.archive.standing(), &Standing::NotSaved(Why::Elsewhere));
    assert!(there.archive.is_guarded());
    assert_eq!(store.opens().scenario().title, "Here");
    // Taking over makes a document of its own of it.
    let id = there.archive.open_id().unwrap().to_owned();
    there.archive.set_elsewhere(&id, false);
    there.wait(&mut store, 1_000);
    assert!(there.is_saved());
    assert_eq!(names(&there), ["Here", "There"]);
    here.edit("Here again");
    here.wait(&mut store, 1_000);
    assert!(here.is_saved());
}

#[test]
fn taking_over_without_changes_opens_what_the_other_tab_has_kept() {
    let mut store = Store::default();
    let (mut here, mut there) = two_tabs(&mut store);
    let id = there.archive.open_id().unwrap().to_owned();
    there.archive.set_elsewhere(&id, true);
    here.edit("Here");
    here.wait(&mut store, 1_000);
    there.wait(&mut store, 1_000);
    assert_eq!(there.archive.standing(), &Standing::NotSaved(Why::Elsewhere));
    assert!(!there.archive.is_guarded(), "nothing of it would be lost");
    there.archive.set_elsewhere(&id, false);
    there.wait(&mut store, 250);
    let [News::Read(text, false)] = &there.news()[..] else { panic!("it is read") };
    open_in(&mut there.lab, &Document::read(text).unwrap());
    there.now_ms = here.now_ms;
    // What has been opened is looked at before anybody can change it.
    there.archive.look(&there.lab, None, there.now_ms);
    there.edit("There");
    there.wait(&mut store, 1_000);
    assert!(there.is_saved());
    assert_eq!(there.archive.documents().len(), 1);
    assert_eq!(store.opens().scenario().title, "There");
}

#[test]
fn nothing_is_kept_between_taking_over_and_knowing_what_is_there() {
    let mut store = Store::default();
    let (mut here, mut there) = two_tabs(&mut store);
    let id = there.archive.open_id().unwrap().to_owned();
    there.archive.set_elsewhere(&id, true);
    here.edit("Here");
    here.wait(&mut store, 1_000);
    there.edit("There");
    there.wait(&mut store, 1_000);
    there.archive.set_elsewhere(&id, false);
    // The page looks at its work before it has been answered what is kept.
    let call = there.archive.next_call().expect("it asks what is there");
    there.now_ms += 250;
    there.archive.look(&there.lab, None, there.now_ms);
    let reply = store.call(call);
    there.archive.answer(reply);
    there.wait(&mut store, 1_000);
    assert_eq!(names(&there), ["Here", "There"]);
}

#[test]
fn who_loses_and_gets_the_lock_in_the_middle_of_saving_goes_on_saving() {
    let mut store = Store::default();
    let mut page = Page::new(&mut store);
    page.edit("First");
    page.wait(&mut store, 1_000);
    let id = page.archive.open_id().unwrap().to_owned();
    page.edit("Second");
    for _ in 0..3 {
        page.now_ms += 250;
        page.archive.look(&page.lab, None, page.now_ms);
    }
    let call = page.archive.next_call().expect("it is about to save");
    page.archive.set_elsewhere(&id, true);
    let reply = store.call(call);
    page.archive.answer(reply);
    store.serve(&mut page.archive);
    page.archive.set_elsewhere(&id, false);
    page.edit("Third");
    page.wait(&mut store, 2_000);
    assert!(page.is_saved(), "{:?}", page.archive.standing());
    assert_eq!(names(&page), ["Third"]);
}
