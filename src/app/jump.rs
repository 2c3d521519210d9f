//! Going along cause and effect.

use super::lab::{Lab, Selection};
use super::view::{StoryLine, story};
use crate::base::Time;

impl Lab {
    /// Goes to an instant, and shows something there.
    pub(super) fn jump(&mut self, to: Time, selection: Selection) {
        self.pause();
        self.go_to(to);
        self.selection = Some(selection);
    }

    /// Goes from the selected thing to the nearest other one that followed from it, or that led to it.
    pub(super) fn walk(&mut self, on: bool) {
        let Some(story) = story(self) else { return };
        let is_other = |it: &&StoryLine| Some(&it.select) != self.selection.as_ref();
        let goal = if on {
            story.effects.iter().find(is_other)
        } else {
            story.causes.iter().rfind(is_other)
        };
        if let Some(StoryLine { at, select, .. }) = goal.cloned() {
            self.jump(at, select);
        }
    }
}
