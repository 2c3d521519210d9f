//! Links: scenario, seed, settings, inputs and instant as text, and the parts of such a text.
//!
//! All of it stands in the address' fragment, which is never sent to a server:
//!
//! ```text
//! scenario=shelf/name    an entry of the catalogue
//! text=1.…               or a scenario of one's own …
//! from=shelf/name        … and the entry of the catalogue of which it is a changed copy
//! run=1.…                seed, settings, branches, instant, what is compared; without it the usual run
//! of=1a2b3c              to which text of the catalogue the run belongs
//! engine=2               by which engine it was run; without it by the first
//! panel=knobs            how the page looks: see `options`
//! ```
//!
//! Payloads are text, deflated and in base64url, with a format number in front. Whether a link is let in is the
//! business of the gate.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec;

use super::lab::Lab;
use super::opening::Origin;
use super::options::Options;
use super::scripts::script;
use crate::base::limits::RUN_BYTES_MAX;
use crate::language::read_script;
use crate::language::script::Script;
use crate::measure::ENGINE;
use crate::sim::Digest;

/// The format of payloads. A link with another number is refused with a sentence that says so.
pub(super) const FORMAT: &str = "1.";

/// The parts that a link can have, apart from options.
pub(super) const PARTS: &[&str] = &["scenario", "text", "from", "run", "of", "engine"];

/// The link that reproduces the lab as it stands, with the options with which it was opened: what comes behind `#`.
pub fn write(lab: &Lab) -> String {
    write_as(lab, true, lab.options())
}

/// The link that reproduces the lab: at this instant, or from its start; with these options.
pub fn write_as(lab: &Lab, instant: bool, options: &Options) -> String {
    let script = script(lab, instant);
    let mut link = match lab.origin() {
        Origin::BuiltIn(path) => ["scenario=", path].concat(),
        Origin::Own(_) | Origin::Edited(_) => ["text=", &pack(&lab.scenario().source)].concat(),
    };
    let mut add = |name: &str, value: &str| link.extend(["&", name, "=", value]);
    if let Some(path) = lab.origin().copied_from() {
        add("from", path);
    }
    if script != Script::default() {
        add("run", &pack(&script.to_string()));
        if let Origin::BuiltIn(_) = lab.origin() {
            add("of", &text_mark(&lab.scenario().source));
        }
    }
    if ENGINE != 1 {
        add("engine", &ENGINE.to_string());
    }
    link + &options.words()
}

/// Can the run be read again when a link or a document carries it? Only one with thousands of deeds cannot.
pub fn is_readable(lab: &Lab) -> bool {
    const DEEDS_ALWAYS_READ: usize = 500;
    let own = |it| lab.branches().own_inputs(it, lab.run()).len();
    if lab.branches().iter().map(own).sum::<usize>() <= DEEDS_ALWAYS_READ {
        return true;
    }
    let text = script(lab, true).to_string();
    text.len() <= RUN_BYTES_MAX && read_script(&text).is_ok()
}

/// A few signs by which a text of the catalogue is known again.
pub(super) fn text_mark(text: &str) -> String {
    let mut digest = Digest::default();
    digest.text(text);
    format!("{:06x}", digest.value() & 0xff_ffff)
}

/// A text as a payload.
pub(super) fn pack(text: &str) -> String {
    [FORMAT, &URL_SAFE_NO_PAD.encode(compress_to_vec(text.as_bytes(), 9))].concat()
}

/// The value of a part of a link.
pub(super) fn part<'f>(fragment: &'f str, name: &str) -> Option<&'f str> {
    parts(fragment).find(|it| it.0 == name).map(|it| it.1)
}

/// The parts of a link: names and values.
pub(super) fn parts(fragment: &str) -> impl Iterator<Item = (&str, &str)> {
    let parts = fragment.split('&').filter(|it| !it.is_empty());
    parts.map(|it| it.split_once('=').unwrap_or((it, "")))
}
