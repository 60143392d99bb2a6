//! How a run goes: what it is asked to do, and what is told while it goes on.

use std::path::PathBuf;

use crate::state::{Accepted, State};

/// How far a run goes.
#[derive(Debug, Clone, Default)]
pub struct BuildOptions {
    /// Publish what is right, however much is wrong.
    pub keep_going: bool,
    /// Publish nothing where anything is wrong.
    pub strict: bool,
    /// Compare, but write nothing.
    pub dry_run: bool,
    /// Remove feeds of ours that no post belongs to any more.
    pub prune: bool,
    /// Publish everything that the guard would hold.
    pub accept_resend: bool,
    /// Publish these of the entries that the guard holds: files, ids, or words for whole kinds.
    pub accept: Vec<String>,
    /// Whether doubtful ones among these are the posts that they may be, rather than new ones.
    pub accept_same: bool,
    /// Refuse to change the lock.
    pub locked: bool,
    /// Check every feed as a whole before it is published.
    pub verify: bool,
    /// How many new and changed entries the report has with their texts, before and after.
    pub previews: usize,
    /// The feeds that subscribers have now, where they are not in the output folder.
    pub published: Option<PathBuf>,
    /// The folder where runs that changed nothing are remembered, if they are: the next one then
    /// reads nothing that is as it was. It takes no part in what a run comes to.
    pub cache: Option<PathBuf>,
}

impl BuildOptions {
    /// What somebody has said may be published.
    pub(crate) fn accepted(&self, state: &State) -> Accepted {
        Accepted {
            all: self.accept_resend,
            asked: state.held().filter(|_| self.accept_resend).cloned(),
            entries: self.accept.clone(),
            same: self.accept_same,
        }
    }
}

/// What is told while a run goes on: the stage, how much of it is done, and out of how much.
pub type Progress<'a> = &'a (dyn Fn(&'static str, usize, usize) + Sync);
