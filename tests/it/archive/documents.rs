//! Documents: renamed, deleted, taken to another device, made by a newer version.

use inflight::app::Action;
use inflight::app::archive::{Document, News, read_all};

use super::{Page, Store, open};
use crate::rig::WORKSHOP;

#[test]
fn documents_are_renamed_deleted_and_brought_back() {
    let mut store = Store::default();
    let mut page = Page::new(&mut store);
    page.edit("A cup");
    page.wait(&mut store, 1_000);
    let first = page.archive.documents()[0].key.id.clone();
    page.lab.update(Action::Open { name: "mine".to_owned(), text: WORKSHOP.to_owned() });
    page.wait(&mut store, 1_000);
    assert_eq!(page.archive.documents().len(), 2);
    page.archive.rename(&first, "My cup");
    page.wait(&mut store, 1_000);
    let names: Vec<_> = page.archive.documents().into_iter().map(|it| it.key.name).collect();
    assert!(names.contains(&"My cup".to_owned()), "{names:?}");
    page.archive.delete(&first);
    assert_eq!((page.archive.documents().len(), page.archive.going()), (1, 1));
    page.archive.undelete();
    assert_eq!(page.archive.documents().len(), 2);
    page.archive.delete(&first);
    page.archive.let_go();
    page.wait(&mut store, 250);
    assert_eq!(page.archive.documents().len(), 1);
    assert!(store.copies().iter().all(|it| it.id != first));
    // The one that is open stays.
    let open = page.archive.open_id().unwrap().to_owned();
    page.archive.delete(&open);
    assert_eq!(page.archive.documents().len(), 1);
}

#[test]
fn all_documents_go_into_one_file_and_come_back_beside_what_is_there() {
    let mut store = Store::default();
    let mut page = Page::new(&mut store);
    page.edit("A cup");
    page.wait(&mut store, 1_000);
    page.lab.update(Action::Open { name: "mine".to_owned(), text: WORKSHOP.to_owned() });
    page.wait(&mut store, 1_000);
    page.archive.export();
    page.wait(&mut store, 250);
    let [News::Exported(file)] = &page.news()[..] else { panic!("it is exported") };
    let documents: Vec<_> = read_all(file).into_iter().map(Result::unwrap).collect();
    assert_eq!(documents.len(), 2);
    // Here they are known already; one that has changed meanwhile is kept beside.
    page.archive.import(documents.clone());
    page.wait(&mut store, 250);
    assert_eq!(page.news(), [News::Imported(0, 2)]);
    let mut changed = documents.clone();
    changed[0].name = "Another one".to_owned();
    page.archive.import(changed);
    page.wait(&mut store, 250);
    assert_eq!(page.news(), [News::Imported(1, 1)]);
    assert_eq!(page.archive.documents().len(), 3);
    // On another device all are new.
    let mut other = Store::default();
    let mut page = Page::new(&mut other);
    page.archive.import(documents);
    page.wait(&mut other, 250);
    assert_eq!((page.news(), page.archive.documents().len()), (vec![News::Imported(2, 0)], 2));
}

#[test]
fn a_document_of_a_newer_version_is_opened_and_never_written_over() {
    let mut store = Store::default();
    let mut page = Page::new(&mut store);
    page.edit("A cup");
    page.wait(&mut store, 1_000);
    let document = Document { is_newer: true, ..store.copies().pop().unwrap() };
    let mut other = Page::new(&mut store);
    other.now_ms = page.now_ms;
    other.lab = open(&document);
    other.lab.update(Action::Restart(3));
    let before = store.texts.clone();
    // `write` gives it this version's number; what the gate saw is what counts here.
    assert!(before.len() == 1);
    other.edit("A pot");
    other.wait(&mut store, 1_000);
    assert!(before.iter().all(|it| store.texts.get(it.0) == Some(it.1)));
}
