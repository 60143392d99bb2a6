//! What is looked at on other threads while the feed is read on. Reports come in the order in which they
//! were asked for, whoever is done first.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use feedwright_base::sync::lock;

use super::report::Report;

/// How many bytes a thread is given at once. Handing over less costs more than it saves.
const BATCH: usize = 64 * 1024;

/// How many bytes may wait before the thread that reads does the oldest batch itself.
const MOST: usize = 32 * BATCH;

/// The memory that a step needs besides its texts, roughly, in bytes.
const STEP: usize = 256;

/// What gives reports.
pub(super) enum Step {
    Said(Report),
    Look(Box<dyn FnOnce() -> Vec<Report> + Send>),
}

/// Steps in order. Each batch of them is taken by the first thread that has time, be it the one that reads.
#[derive(Default)]
pub(super) struct Later {
    steps: Vec<Step>,
    weight: usize,
    /// What was handed out, with its weight.
    waiting: VecDeque<(Arc<Batch>, usize)>,
    waiting_weight: usize,
}

impl Later {
    /// Adds a step that holds a number of bytes. Returns the reports of the first steps where too much waits,
    /// and a report at once where nothing waits before it.
    pub(super) fn add(&mut self, step: Step, bytes: usize) -> Vec<Report> {
        let step = match step {
            Step::Said(report) if self.steps.is_empty() && self.waiting.is_empty() => {
                return vec![report];
            }
            step => step,
        };
        self.steps.push(step);
        self.weight += bytes + STEP;
        let mut done = Vec::new();
        if self.weight < BATCH {
            return done;
        }
        let batch = Arc::new(Batch::new(std::mem::take(&mut self.steps)));
        let weight = std::mem::take(&mut self.weight);
        self.waiting.push_back((Arc::clone(&batch), weight));
        self.waiting_weight += weight;
        rayon::spawn(move || batch.run());
        while self.waiting_weight > MOST
            && let Some((batch, weight)) = self.waiting.pop_front()
        {
            self.waiting_weight -= weight;
            done.append(&mut batch.finish());
        }
        done
    }

    /// The reports of all steps, once they are done.
    pub(super) fn finish(&mut self) -> Vec<Report> {
        self.waiting_weight = 0;
        self.weight = 0;
        let waiting = self.waiting.drain(..);
        let mut done: Vec<Report> = waiting.flat_map(|(batch, _)| batch.finish()).collect();
        done.append(&mut reports(std::mem::take(&mut self.steps)));
        done
    }
}

/// Steps that one thread does.
struct Batch {
    state: Mutex<State>,
    done: Condvar,
}

enum State {
    Open(Vec<Step>),
    Begun,
    Done(Vec<Report>),
}

impl Batch {
    fn new(steps: Vec<Step>) -> Self {
        Batch {
            state: Mutex::new(State::Open(steps)),
            done: Condvar::new(),
        }
    }

    /// Does the steps, unless another thread has begun with them.
    fn run(&self) {
        let mut state = lock(&self.state);
        let State::Open(steps) = &mut *state else {
            return;
        };
        let steps = std::mem::take(steps);
        *state = State::Begun;
        drop(state);
        let reports = reports(steps);
        *lock(&self.state) = State::Done(reports);
        self.done.notify_all();
    }

    /// The reports of the steps, which this thread does where no other one has begun with them.
    fn finish(&self) -> Vec<Report> {
        self.run();
        let mut state = lock(&self.state);
        loop {
            if let State::Done(reports) = &mut *state {
                return std::mem::take(reports);
            }
            let woken = self.done.wait(state);
            state = woken.unwrap_or_else(PoisonError::into_inner);
        }
    }
}

fn reports(steps: Vec<Step>) -> Vec<Report> {
    let mut reports = Vec::new();
    for step in steps {
        match step {
            Step::Said(report) => reports.push(report),
            Step::Look(look) => reports.append(&mut look()),
        }
    }
    reports
}
