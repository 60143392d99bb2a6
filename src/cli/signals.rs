//! Ending by a signal: Ctrl-C, the end of a service, a terminal that is closed.

#[cfg(unix)]
use feedwright_base::temporary;
#[cfg(unix)]
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

/// Lets signals remove temporary files before they end the program. The first one waits while feeds take the
/// places of old ones, the second does not; each ends the program as that signal does, so that
/// shells and scripts see why it ended.
///
/// Where no handler can be set, a signal ends the program at once, and the next run removes what
/// was left, as it does after a kill that no program can see.
#[cfg(unix)]
pub(super) fn watch() {
    let ignored = ignored();
    // Where that cannot be told, only the end of a terminal is taken for something to be ignored.
    let is_ignored =
        |signal: i32| ignored.map_or(signal == SIGHUP, |mask| mask >> (signal - 1) & 1 == 1);
    let wanted: Vec<i32> = [SIGINT, SIGTERM, SIGHUP]
        .into_iter()
        .filter(|signal| !is_ignored(*signal))
        .collect();
    let Ok(mut signals) = signal_hook::iterator::Signals::new(wanted) else {
        return;
    };
    let watcher = move || {
        let mut is_first = true;
        for signal in signals.forever() {
            let is_patient = std::mem::take(&mut is_first);
            // Whoever waits cannot hear the second signal.
            let ending = std::thread::Builder::new().spawn(move || end(signal, is_patient));
            if ending.is_err() {
                end(signal, false);
            }
        }
    };
    let _ = std::thread::Builder::new()
        .name("signals".to_owned())
        .spawn(watcher);
}

/// Nothing here sees signals; the next run removes what was left.
#[cfg(not(unix))]
pub(super) fn watch() {}

#[cfg(unix)]
fn end(signal: i32, is_patient: bool) {
    temporary::remove_all_and_end(is_patient, || {
        let _ = signal_hook::low_level::emulate_default_handler(signal);
        std::process::exit(128 + signal);
    });
}

/// Returns the signals that whoever started the program wants it to ignore, as `nohup` does: a bit
/// for each, from the first on. `None` where the system does not tell.
#[cfg(unix)]
fn ignored() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let mask = status
        .lines()
        .find_map(|line| line.strip_prefix("SigIgn:"))?;
    u64::from_str_radix(mask.trim(), 16).ok()
}
