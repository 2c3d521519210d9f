//! How the stage is looked at: how large, and which part of it.
//!
//! The layout counts in pixels of a page with letters of the usual size; the stage is drawn in `rem`, so larger letters
//! make a larger stage with room for less. On top of that one zooms. What does not fit is scrolled to, by the
//! browser's own means: wheel, touch, keyboard.

use std::cell::Cell;
use std::rc::Rc;

use leptos::web_sys::{Element, WheelEvent};

use crate::app::view::Layout;
use crate::ui::live::{Live, State, follow};
use crate::ui::page::Desk;
use crate::ui::platform::{before_next_paint, letter_size};

/// The usual size of letters, in which the layout counts.
const LETTER_PX: f64 = 16.0;
/// As it comes, a large picture is made smaller, but not smaller than can be read.
const SMALLEST: f64 = 0.72;
/// How far one can zoom.
const ZOOM: (f64, f64) = (0.25, 4.0);
/// One step of zooming.
pub(in crate::ui) const STEP: f64 = 1.25;
/// How much one notch of a wheel zooms, as an exponent of 2 for each pixel.
const WHEEL: f64 = 0.004;

/// How the stage is looked at.
#[derive(Clone, Copy)]
pub(super) struct Camera {
    desk: Desk,
    /// The part of the page that shows the stage, in its pixels.
    pub(super) size: Live<(f64, f64)>,
    /// How far it is scrolled.
    pub(super) scroll: State<(f64, f64)>,
}

/// What is to be seen: a transform from the layout's pixels to the view's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sight {
    /// How much larger it is drawn than it comes.
    pub(super) zoom: f64,
    /// View pixels for one of the layout's: larger letters make it larger, too.
    pub(super) scale: f64,
    /// Where the layout's origin lies in the view.
    pub(super) origin: (f64, f64),
}

impl Camera {
    /// Looks at everything.
    pub(super) fn new(desk: Desk, size: Live<(f64, f64)>) -> Self {
        Self { desk, size, scroll: State::new((0.0, 0.0)) }
    }

    /// Page pixels for one of the layout's.
    fn letters(self) -> f64 {
        self.desk.presenting.read();
        letter_size() / LETTER_PX
    }

    /// How much room there is, in the layout's pixels.
    pub(super) fn room(self) -> (f64, f64) {
        let (letters, (width, height)) = (self.letters(), self.size.get());
        (width / letters, height / letters)
    }

    /// How much it is zoomed: as it comes, the whole picture, or as much of it as can be read. A narrow stage
    /// scrolls up and down instead, as everything does on a phone.
    fn zoom(self, layout: &Layout) -> f64 {
        let (width, height) = self.room();
        let whole = (width / layout.width).min(height / layout.height);
        let usual = if layout.narrow { 1.0 } else { whole.clamp(SMALLEST, 1.0) };
        usual * self.desk.zoom.get()
    }

    /// What is to be seen.
    pub(super) fn sight(self, layout: &Layout) -> Sight {
        let zoom = self.zoom(layout);
        let scale = zoom * self.letters();
        let (size, scroll) = (self.size.get(), self.scroll.get());
        let start = |view: f64, picture: f64, scroll: f64| {
            ((view - picture * scale) / 2.0).max(0.0).floor() - scroll
        };
        let origin =
            (start(size.0, layout.width, scroll.0), start(size.1, layout.height, scroll.1));
        Sight { zoom, scale, origin }
    }

    /// A narrow picture that is higher than the view begins at its foot, where the people are.
    pub(super) fn begin_at_people(view: &Element, layout: Live<Layout>) {
        let view = view.clone();
        follow(move || {
            if layout.read().narrow {
                let view = view.clone();
                before_next_paint(move || view.set_scroll_top(view.scroll_height()));
            }
        });
    }

    /// When it is zoomed, what was in the middle of the view stays there, or under the pointer whose wheel was
    /// turned: that point is to be put into what this returns.
    pub(super) fn hold(self, view: &Element, sight: Live<Sight>) -> Rc<Cell<Option<(f64, f64)>>> {
        let anchor = Rc::new(Cell::new(None));
        let (view, wanted) = (view.clone(), anchor.clone());
        let mut last: Option<Sight> = None;
        follow(move || {
            let now = sight.get();
            let before = last.replace(now);
            let Some(before) = before.filter(|it| it.scale.total_cmp(&now.scale).is_ne()) else {
                return;
            };
            let size = self.size.peek();
            let (x, y) = wanted.take().unwrap_or((size.0 / 2.0, size.1 / 2.0));
            let by = now.scale / before.scale;
            let to = ((x - before.origin.0) * by - x, (y - before.origin.1) * by - y);
            let view = view.clone();
            before_next_paint(move || {
                view.set_scroll_left(whole(to.0));
                view.set_scroll_top(whole(to.1));
            });
        });
        anchor
    }

    /// Zooms by a factor.
    pub(super) fn zoom_by(self, factor: f64) {
        zoom_by(self.desk, factor);
    }

    /// Ctrl and the wheel, or two fingers on a pad: zooms, and tells around which point of the view.
    pub(super) fn wheel(self, view: &Element, ev: &WheelEvent) -> Option<(f64, f64)> {
        if !ev.ctrl_key() {
            return None;
        }
        ev.prevent_default();
        self.zoom_by(libm::exp2(-ev.delta_y() * WHEEL));
        let origin = view.get_bounding_client_rect();
        Some((f64::from(ev.client_x()) - origin.left(), f64::from(ev.client_y()) - origin.top()))
    }
}

/// Zooms all stages of the page by a factor.
pub(in crate::ui) fn zoom_by(desk: Desk, factor: f64) {
    let zoom = *desk.zoom.peek() * factor;
    desk.zoom.set(zoom.clamp(ZOOM.0, ZOOM.1));
}

/// Whole pixels, as scrolling counts.
#[expect(clippy::cast_possible_truncation, reason = "a stage has a few thousand pixels")]
fn whole(px: f64) -> i32 {
    px.max(0.0).round() as i32
}
