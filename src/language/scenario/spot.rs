//! Where the text puts things on the stage.

use super::{ChannelId, ServiceId};

/// A point of the stage's coarse grid: `column` from the left, `row` from the top, both from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// At most [`STAGE_COLUMNS_MAX`](crate::base::limits::STAGE_COLUMNS_MAX).
    pub column: u8,
    /// At most [`STAGE_ROWS_MAX`](crate::base::limits::STAGE_ROWS_MAX).
    pub row: u8,
}

impl Spot {
    /// The spot so many columns and rows away, as far as the grid goes.
    #[must_use]
    pub fn moved(self, columns: i8, rows: i8) -> Self {
        use crate::base::limits::{STAGE_COLUMNS_MAX, STAGE_ROWS_MAX};
        Self {
            column: self.column.saturating_add_signed(columns).min(STAGE_COLUMNS_MAX),
            row: self.row.saturating_add_signed(rows).min(STAGE_ROWS_MAX),
        }
    }
}

/// Something that can be placed by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Movable {
    /// A queue, topic or log.
    Channel(ChannelId),
    /// A service.
    Service(ServiceId),
}
