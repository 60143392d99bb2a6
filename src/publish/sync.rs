//! Syncing files to disk while others are still being made.

use std::fs::File;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use crate::error::Error;

use super::{Files, lock};

/// How many files are synced at once. Waiting for a disk takes no processor.
const WORKERS: usize = 4;

/// How many files may wait to be synced; each is open as long as it waits.
const WAITING: usize = 64;

/// Threads that sync files. Nothing is published before [`Syncer::finish`] says that all are on
/// disk.
pub(super) struct Syncer {
    queue: Option<SyncSender<(File, PathBuf)>>,
    workers: Vec<JoinHandle<Result<(), Error>>>,
}

impl Syncer {
    pub(super) fn start(disk: Files) -> Self {
        let (queue, files) = sync_channel(WAITING);
        let files = Arc::new(Mutex::new(files));
        let workers = (0..WORKERS)
            .map(|_| {
                let files = Arc::clone(&files);
                let disk = disk.clone();
                std::thread::spawn(move || work(&files, &disk))
            })
            .collect();
        Syncer {
            queue: Some(queue),
            workers,
        }
    }

    /// Where to hand files over.
    pub(super) fn queue(&self) -> Queue {
        Queue(self.queue.clone())
    }

    /// Waits until all files are on disk; the first error counts.
    pub(super) fn finish(&mut self) -> Result<(), Error> {
        self.queue = None;
        let mut first = Ok(());
        for worker in self.workers.drain(..) {
            let result = worker
                .join()
                .unwrap_or_else(|_| Err(Error::new("the files could not be synced to disk")));
            first = first.and(result);
        }
        first
    }
}

/// Takes files over from any thread.
pub(super) struct Queue(Option<SyncSender<(File, PathBuf)>>);

impl Queue {
    /// Hands over a file that is written, with the path that an error is to name. Waits while
    /// too many files are waiting.
    pub(super) fn add(self, file: File, path: PathBuf) -> Result<(), Error> {
        let stopped = || Error::new("the files could not be synced to disk");
        self.0
            .ok_or_else(stopped)?
            .send((file, path))
            .map_err(|_| stopped())
    }
}

/// Syncs files until there are no more. After an error the others are let through, so that
/// nobody waits in vain for the queue to move.
fn work(files: &Mutex<Receiver<(File, PathBuf)>>, disk: &Files) -> Result<(), Error> {
    let mut first = Ok(());
    loop {
        let next = lock(files).recv();
        let Ok((file, path)) = next else { return first };
        if first.is_ok() {
            first = disk
                .sync(&file)
                .map_err(|error| Error::io("sync", &path, error));
        }
    }
}

impl Drop for Syncer {
    fn drop(&mut self) {
        // A run that comes to nothing has nothing to be told.
        let _ = self.finish();
    }
}
