//! The people's part of the stage: their devices, as large as there is room.

use super::{Place, Placed, Region};

/// How many devices fit on a stage as real screens; with more people, those come first who are shown as such.
pub const DEVICES_MAX: usize = 3;

/// The space around everything.
pub(super) const MARGIN_PX: f64 = 20.0;
/// The space around everything on a narrow stage.
const MARGIN_NARROW_PX: f64 = 8.0;
/// The gap between people and the world: room for what leaves a device.
const SHORE_PX: f64 = 72.0;
/// A device that is less high than this shows next to nothing: then devices stand side by side.
const DEVICE_HEIGHT_MIN_PX: f64 = 168.0;
/// Devices stand side by side only on a stage at least this wide.
const ABREAST_WIDTH_MIN_PX: f64 = 1_080.0;

/// How many of so many people are shown with their devices.
pub(super) const fn devices(people: usize) -> usize {
    if people < DEVICES_MAX { people } else { DEVICES_MAX }
}

/// How devices are arranged: columns and rows of equal boxes.
struct Rack {
    columns: f64,
    rows: f64,
    width: f64,
    height: f64,
    x: f64,
    y: f64,
    margin: f64,
}

impl Rack {
    fn new(people: usize, width: f64, height: f64, narrow: bool) -> Self {
        let shown = devices(people).max(1) as f64;
        if narrow {
            let margin = MARGIN_NARROW_PX;
            let strip = (height * 0.55).clamp(220.0, 340.0).min(height * 0.62);
            return Self {
                columns: shown,
                rows: 1.0,
                width: (width - margin * (shown + 1.0)) / shown,
                height: strip - 2.0 * margin,
                x: margin,
                y: height - strip + margin,
                margin,
            };
        }
        let margin = MARGIN_PX;
        let each = |rows: f64| (height - margin * (rows + 1.0)) / rows;
        let abreast = each(shown) < DEVICE_HEIGHT_MIN_PX && ABREAST_WIDTH_MIN_PX <= width;
        let columns = if abreast && shown > 1.0 { 2.0 } else { 1.0 };
        let rows = (shown / columns).ceil();
        let column = if abreast { width * 0.2 } else { (width * 0.32).min(320.0) };
        let (width, height) = (column.max(208.0), each(rows));
        Self { columns, rows, width, height, x: margin, y: margin, margin }
    }
}

/// The devices. A single one is no higher than it is useful.
pub(super) fn places(people: usize, width: f64, height: f64, narrow: bool) -> Vec<Placed> {
    let rack = Rack::new(people, width, height, narrow);
    let (step_x, step_y) = (rack.width + rack.margin, rack.height + rack.margin);
    (0..devices(people))
        .map(|person| {
            let (row, column) = match rack.rows {
                1.0 => (0.0, person as f64),
                rows => ((person as f64) % rows, ((person as f64) / rows).floor()),
            };
            Placed {
                place: Place::Person(person),
                x: rack.x + column * step_x,
                y: rack.y + row * step_y,
                width: rack.width,
                height: rack.height,
            }
        })
        .collect()
}

/// What people leave to the world.
pub(super) fn world(people: usize, width: f64, height: f64, narrow: bool) -> Region {
    let rack = Rack::new(people, width, height, narrow);
    if narrow {
        let (x, y) = (rack.margin, rack.margin);
        return Region { x, y, width: width - 2.0 * x, height: rack.y - rack.margin - y };
    }
    let x = rack.x + rack.columns * (rack.width + rack.margin) - rack.margin + SHORE_PX;
    let (right, margin) = (width - rack.margin, rack.margin);
    Region { x, y: margin, width: right - x, height: height - 2.0 * margin }
}
