//! Files of feeds that no feed has any more, and where their subscribers are led.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// A file of a feed that no feed has any more.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LeftRecord {
    /// The file, relative to the output folder, with `/` between the parts.
    #[serde(rename = "left")]
    pub(crate) file: String,
    /// The file that takes its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) to: Option<String>,
    /// Whether it was removed, and nothing takes its place.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) gone: bool,
}

/// All of them, by file.
pub(crate) type LeftRecords = BTreeMap<String, LeftRecord>;

/// How often one file may have taken the place of another one. Each run leads all of them to the
/// last, so that only merges leave more steps than two.
const MOST_STEPS: usize = 64;

/// Leads every file to the last one that takes its place: whoever is led twice may get lost.
/// `written` are the files of feeds, `there` those that are left and still there. What led to a feed
/// that is gone is left with nothing, or gone as well.
pub(crate) fn settle(left: &mut LeftRecords, written: &BTreeSet<String>, there: &BTreeSet<String>) {
    // A feed that is written again is not left. What is missing here may be there in another output.
    left.retain(|file, _| !written.contains(file));
    let before = left.clone();
    for record in left.values_mut() {
        record.gone &= !there.contains(&record.file);
        let Some(mut to) = record.to.take() else {
            continue;
        };
        // A lock may have been edited to lead in a circle.
        for _ in 0..MOST_STEPS {
            match before.get(&to).and_then(|next| next.to.as_ref()) {
                Some(next) => to.clone_from(next),
                None => break,
            }
        }
        if before.get(&to).is_some_and(|last| last.gone) {
            record.gone = !there.contains(&record.file);
        } else {
            // It may come back where it is missing now.
            record.to = Some(to);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Records as `file to`, `file -` where nothing takes its place, `file x` where it is gone.
    fn records(lines: &[&str]) -> LeftRecords {
        let record = |line: &&str| {
            let (file, to) = line.split_once(' ').expect("two words");
            let record = LeftRecord {
                file: file.to_owned(),
                to: (!["-", "x"].contains(&to)).then(|| to.to_owned()),
                gone: to == "x",
            };
            (file.to_owned(), record)
        };
        lines.iter().map(record).collect()
    }

    fn files(names: &str) -> BTreeSet<String> {
        names.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn whoever_is_left_is_led_to_the_last_successor() {
        // The records before, the files that are written, those that are left and there, and the
        // records then.
        let cases: [(&[&str], &str, &str, &[&str]); 10] = [
            (&["a b"], "b", "a", &["a b"]),
            (&["a b", "b c"], "c", "a", &["a c", "b c"]),
            (&["a b", "b c", "c d"], "d", "", &["a d", "b d", "c d"]),
            // Back again.
            (&["a b"], "a b", "", &[]),
            // The successor is left itself, and nothing takes its place: it may still be there.
            (&["a b", "b -"], "", "a b", &["a b", "b -"]),
            (&["a b", "b x"], "", "a", &["a -", "b x"]),
            (&["a b", "b x"], "", "", &["a x", "b x"]),
            // Nobody has removed it.
            (&["a -"], "b", "", &["a -"]),
            // The successor is missing today.
            (&["a b"], "", "", &["a b"]),
            // Circles, which no run makes.
            (&["a b", "b a", "c c"], "d", "a c", &["a b", "b a", "c c"]),
        ];
        for (before, written, there, after) in cases {
            let mut left = records(before);
            settle(&mut left, &files(written), &files(there));
            if before[0] == "a b" && before.get(1) == Some(&"b a") {
                // Whichever it is, it ends.
                assert_eq!(left["c"], records(after)["c"]);
                continue;
            }
            assert_eq!(left, records(after), "{before:?}");
            let once = left.clone();
            settle(&mut left, &files(written), &files(there));
            assert_eq!(left, once, "{before:?}");
        }
    }
}
