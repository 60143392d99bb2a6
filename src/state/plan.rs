//! What subscribers see of a run.

use std::path::PathBuf;

use feedwright_base::diagnostic::lossy_list;
use serde::Serialize;

use super::compare::Difference;

/// What subscribers of a feed see of a run, in all formats in which they see the same.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FeedPlan {
    /// The feed's title.
    pub title: String,
    /// What it is of, such as `site` or `tags/SLUG`.
    pub key: String,
    /// The files, relative to the output folder.
    #[serde(serialize_with = "lossy_list")]
    pub paths: Vec<PathBuf>,
    /// What they see.
    #[serde(flatten)]
    pub difference: Difference,
}
