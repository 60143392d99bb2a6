//! Syncing files to disk while others are still being made.

use std::fs::File;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use feedwright_base::error::Error;

use super::{Files, lock};

/// How many files are synced at once. Waiting for a disk takes no processor.
const WORKERS: usize = 4;

/// How many files are handed over at once: to wake a thread takes longer than to make a small file.
const BATCH: usize = 16;

/// How many batches may wait to be synced; each file is open as long as it waits.
const WAITING: usize = 4;

/// Files that are written, with the paths that errors are to name.
type Batch = Vec<(File, PathBuf)>;

/// Threads that sync files. Nothing is published before [`Syncer::finish`] says that all are on
/// disk.
pub(super) struct Syncer {
    queue: Option<SyncSender<Batch>>,
    batch: Batch,
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
            batch: Vec::new(),
            workers,
        }
    }

    /// Takes over a file that is written, with the path that an error is to name. Waits while too
    /// many files are waiting.
    pub(super) fn add(&mut self, file: File, path: PathBuf) -> Result<(), Error> {
        self.batch.push((file, path));
        if self.batch.len() < BATCH {
            return Ok(());
        }
        self.hand_over()
    }

    fn hand_over(&mut self) -> Result<(), Error> {
        let batch = std::mem::take(&mut self.batch);
        let sent = self.queue.as_ref().map(|queue| queue.send(batch));
        match sent {
            Some(Ok(())) => Ok(()),
            _ => Err(Error::new("the files could not be synced to disk")),
        }
    }

    /// Waits until all files are on disk; the first error counts.
    pub(super) fn finish(&mut self) -> Result<(), Error> {
        let mut first = if self.batch.is_empty() {
            Ok(())
        } else {
            self.hand_over()
        };
        self.queue = None;
        for worker in self.workers.drain(..) {
            let result = worker
                .join()
                .unwrap_or_else(|_| Err(Error::new("the files could not be synced to disk")));
            first = first.and(result);
        }
        first
    }
}

/// Syncs files until there are no more. After an error the others are let through, so that
/// nobody waits in vain for the queue to move.
fn work(files: &Mutex<Receiver<Batch>>, disk: &Files) -> Result<(), Error> {
    let mut first = Ok(());
    loop {
        let next = lock(files).recv();
        let Ok(batch) = next else { return first };
        for (file, path) in batch {
            if first.is_ok() {
                first = disk
                    .sync(&file)
                    .map_err(|error| Error::io("sync", &path, error));
            }
        }
    }
}

impl Drop for Syncer {
    fn drop(&mut self) {
        // A run that comes to nothing has nothing to be told.
        let _ = self.finish();
    }
}
