//! Steps that look at the release page as files: the build and its weight.
//!
//! Owns what the later steps may believe about `dist/`. Promises that they never judge a page that
//! this run failed to build. Refuses to know how the page is built or weighed.

use super::{Page, tally::Report};
use crate::{page, weights, workspace};

pub(super) fn build(state: &mut Page) -> Report {
    let result = page::build("./", true);
    *state = if result.is_ok() { Page::Built } else { Page::Broken };
    Report::check(result)
}

pub(super) fn weight(state: &mut Page) -> Report {
    match usable(*state) {
        Ok(()) => Report::check(weights::check(&workspace::dist())),
        Err(reason) => Report::skipped(reason),
    }
}

/// Whether `dist/` holds a page worth a look.
pub(super) fn usable(state: Page) -> Result<(), &'static str> {
    match state {
        Page::Built => Ok(()),
        Page::Broken => Err("the page could not be built"),
        Page::Old if workspace::dist().join("index.html").is_file() => {
            println!("(using the page that lies in dist/)");
            Ok(())
        }
        Page::Old => Err("no page in dist/: run `cargo xtask build` first"),
    }
}
