//! Locks.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks what is never left half done: a panic elsewhere does not make it wrong.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
