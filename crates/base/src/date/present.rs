//! The present, as far as a run asks for it.

use std::sync::atomic::{AtomicI64, Ordering};

use super::Timestamp;

/// The present of a run, and when its answers become other ones.
#[derive(Debug)]
pub struct Present {
    now: Timestamp,
    /// The earliest of the moments that were asked about and had not come, in seconds of the epoch.
    next: AtomicI64,
}

impl Present {
    pub fn new(now: Timestamp) -> Self {
        Present {
            now,
            next: AtomicI64::new(i64::MAX),
        }
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Whether a moment has come.
    pub fn has_come(&self, moment: Timestamp) -> bool {
        let has_come = moment <= self.now;
        if !has_come {
            self.next.fetch_min(moment.epoch(), Ordering::Relaxed);
        }
        has_come
    }

    /// Before when a run with the same files comes to the same, in seconds of the epoch.
    pub fn next(&self) -> i64 {
        self.next.load(Ordering::Relaxed)
    }
}
