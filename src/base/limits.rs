//! Every bound that input has to keep, in one place.
//!
//! A scenario comes from a stranger's link. What goes past a bound is refused with a message that names the
//! bound and the place; nothing is cut silently.

use super::Span;

/// Bytes of one scenario file.
pub const SCENARIO_BYTES_MAX: usize = 128 * 1024;
/// Mappings and lists inside each other in a scenario file.
pub const NESTING_MAX: usize = 32;
/// Scalars, keys and collections of one scenario file.
pub const ITEMS_MAX: usize = 20_000;
/// Characters of a name.
pub const NAME_CHARS_MAX: usize = 64;
/// Nodes on the stage: services, brokers and people together.
pub const NODES_MAX: usize = 1_100;
/// The last column of the coarse grid on which things can be placed.
pub const STAGE_COLUMNS_MAX: u8 = 12;
/// The last row of that grid.
pub const STAGE_ROWS_MAX: u8 = 8;
/// Rows in one table.
pub const TABLE_ROWS_MAX: usize = 10_000;
/// Partitions of a log.
pub const LOG_PARTITIONS_MAX: usize = 100;
/// Messages that a log keeps.
pub const LOG_MESSAGES_MAX: usize = 10_000;
/// Processes of one service.
pub const INSTANCES_MAX: u32 = 100;
/// Workers of one service, all its instances together.
pub const WORKERS_MAX: u32 = 10_000;
/// Instructions in one handler.
pub const HANDLER_STEPS_MAX: usize = 500;
/// Steps that a handler does at one instant; more is an endless loop.
pub const STEPS_PER_INSTANT_MAX: usize = 10_000;
/// Calls that a handler makes at the same time.
pub const CALLS_MAX: usize = 1_000;
/// Attempts of one call.
pub const CALL_ATTEMPTS_MAX: usize = 1_000;
/// Operators, names and literals in one expression.
pub const EXPRESSION_NODES_MAX: usize = 500;
/// Depth of brackets and calls in one expression.
pub const EXPRESSION_DEPTH_MAX: usize = 32;
/// Units of work that one evaluation may cost: a unit is a visited node of the expression.
pub const EXPRESSION_COST_MAX: u32 = 200_000;
/// Characters of a text value that a running scenario may build.
pub const TEXT_CHARS_MAX: usize = 10_000;
/// Times that one person submits a form at one instant by one habit.
pub const HABIT_TIMES_MAX: i64 = 10_000;
/// Occurrences at one instant of virtual time; more is an endless chain.
pub const OCCURRENCES_PER_INSTANT_MAX: u32 = 100_000;
/// Occurrences in one run.
pub const OCCURRENCES_MAX: u64 = 2_000_000_000;
/// Copies of messages that may be under way at the same time.
pub const COPIES_MAX: usize = 100_000;
/// The longest run.
pub const RUN_SPAN_MAX: Span = Span::from_secs(30 * 24 * 3_600);
/// How many times as long a person can let the work of a service take.
pub const SLOWNESS_MAX: f64 = 1_000.0;
/// Branches of one run, the first included.
pub const BRANCHES_MAX: usize = 12;
/// Characters of a link.
pub const LINK_CHARS_MAX: usize = 64_000;
/// Bytes that a run in a link or a document may unpack to.
pub const RUN_BYTES_MAX: usize = 1024 * 1024;
/// Scalars, keys and collections of a run in a link or a document.
pub const RUN_ITEMS_MAX: usize = 60_000;
/// Characters of a title or a label.
pub const LABEL_CHARS_MAX: usize = 120;
/// Characters of a summary, or of a text that a form begins with.
pub const NOTE_CHARS_MAX: usize = 2_000;
/// Characters of one step of a lesson.
pub const LESSON_CHARS_MAX: usize = 20_000;
/// Bytes of one document that is kept on a device.
pub const DOCUMENT_BYTES_MAX: usize = 1024 * 1024;
/// Documents that are kept on a device.
pub const DOCUMENTS_MAX: usize = 200;
/// Bytes of all that is kept on a device, and of a file with many documents.
pub const ARCHIVE_BYTES_MAX: usize = 20 * 1024 * 1024;
/// Characters of a condition to run until.
pub const CONDITION_CHARS_MAX: usize = 500;
/// Words that are looked for at once among what has happened.
pub const SEARCH_WORDS_MAX: usize = 8;
/// Hits of a search that are shown; the latest count.
pub const SEARCH_HITS_MAX: usize = 200;
