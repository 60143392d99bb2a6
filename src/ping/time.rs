//! How long hubs may take.

use std::time::Duration;

use super::client::Failure;

/// How many times the patience for one answer the failures of a hub may take.
const FAILURES: u32 = 3;

/// How many times the patience for one answer all answers of a hub may take.
const HUB: u32 = 30;

/// How many times the patience for one answer a run may take.
const RUN: u32 = 90;

/// What hubs took so far.
pub(super) struct Time {
    patience: Duration,
    run: Duration,
    hub: Duration,
    failures: Duration,
}

impl Time {
    pub(super) fn new(patience: Duration) -> Self {
        Time {
            patience,
            run: Duration::ZERO,
            hub: Duration::ZERO,
            failures: Duration::ZERO,
        }
    }

    /// Begins with another hub, unless the run took too long.
    pub(super) fn next_hub(&mut self) -> Option<Failure> {
        (self.hub, self.failures) = (Duration::ZERO, Duration::ZERO);
        self.is_over()
    }

    /// Adds what one feed took, and whether the hub was told of it.
    pub(super) fn took(&mut self, time: Duration, is_failure: bool) {
        self.run += time;
        self.hub += time;
        if is_failure {
            self.failures += time;
        }
    }

    /// Why the hub is left alone from now on, if it is. A hub that answers slowly would hold a run
    /// for hours.
    pub(super) fn is_over(&self) -> Option<Failure> {
        let over = |what: &str, took: Duration, times: u32| {
            let most = self.patience * times;
            (took >= most).then(|| Failure {
                message: format!("{what} took {most:?}, and the rest is left to the next run"),
                is_of_hub: true,
                is_passing: false,
            })
        };
        over("its failures", self.failures, FAILURES)
            .or_else(|| over("its answers", self.hub, HUB))
            .or_else(|| over("this run", self.run, RUN))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn why(time: &Time) -> Option<String> {
        time.is_over().map(|failure| failure.message)
    }

    #[test]
    fn a_hub_and_a_run_end() {
        let mut time = Time::new(SECOND);
        time.took(SECOND * 2, true);
        time.took(SECOND * 20, false);
        assert_eq!(why(&time), None);
        time.took(SECOND, true);
        assert!(why(&time).is_some_and(|why| why.starts_with("its failures took 3s")));
        for _ in 0..2 {
            assert!(time.next_hub().is_none());
            time.took(SECOND * 29, false);
            assert_eq!(why(&time), None);
            time.took(SECOND, false);
            assert!(why(&time).is_some_and(|why| why.starts_with("its answers took 30s")));
        }
        assert!(time.next_hub().is_none());
        time.took(SECOND * 7, false);
        assert!(why(&time).is_some_and(|why| why.starts_with("this run took 90s")));
        assert!(time.next_hub().is_some(), "no other hub is asked");
    }
}
