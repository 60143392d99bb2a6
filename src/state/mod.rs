//! What was promised before this run.
//!
//! An id that readers know, a date that was made up, a file that is ours: what a run may not
//! change without reason. Nothing is kept yet: ids follow from each post and its site alone.

mod identify;

pub(crate) use self::identify::identify;

/// What was promised before this run; only `identify`, `select` and `publish` may ask it.
#[derive(Debug, Default)]
pub(crate) struct State {}
