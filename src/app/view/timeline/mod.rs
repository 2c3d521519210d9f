//! The timeline: a space-time diagram of the run, and its quantities on the same axis.
//!
//! It promises that a frame costs what is in sight, however long the run: what would fall on the same pixels is put
//! together. Painters only paint the lines, blocks and signs that they find here.

mod axis;
mod charts;
mod diagram;
mod flags;
mod hit;
mod profile;
mod rows;
mod strokes;
mod table;
mod window;

pub use axis::{Axis, Fold, Tick};
pub use charts::{Chart, Tone};
pub use diagram::{Block, Diagram, Ink, diagram};
pub use flags::{Sign, SignView, flag_words, next_flag};
pub use hit::{Hit, hit};
pub use profile::Column;
pub use rows::{ChartView, Row, RowKind, Rows, rows};
pub use strokes::Stroke;
pub use table::{FigureRow, Happening, figures, happenings};
pub use window::Window;
