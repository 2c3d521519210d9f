//! What stands where on the stage because somebody has said so: the text, or whoever has dragged it there.

use super::lab::Lab;
use crate::language::scenario::{Movable, Spot};

impl Lab {
    /// What is placed by hand, and where; everything else places itself.
    pub fn placed(&self) -> &[(Movable, Spot)] {
        &self.placed
    }

    /// Places something. Whatever was placed last comes last.
    pub(super) fn place(&mut self, node: Movable, spot: Spot) {
        self.placed.retain(|it| it.0 != node);
        self.placed.push((node, spot));
    }
}
