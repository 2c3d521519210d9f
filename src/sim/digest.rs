//! A running digest: the identity of a run, the same natively and in the browser.
//!
//! Not cryptographic. Only 64-bit multiplications, because wasm has no wider ones.

use crate::base::mix;

/// Folds words into 64 bits; order matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Digest(u64);

impl Digest {
    /// Adds one word.
    #[inline]
    pub fn word(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517C_C1B7_2722_0A95);
    }

    /// Adds a text: its length, then its bytes.
    pub fn text(&mut self, text: &str) {
        self.word(text.len() as u64);
        for chunk in text.as_bytes().chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.word(u64::from_le_bytes(word));
        }
    }

    /// The digest of everything so far.
    pub const fn value(self) -> u64 {
        mix(self.0)
    }
}
