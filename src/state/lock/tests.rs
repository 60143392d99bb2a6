//! Tests of what is written to a lock, read back, merged and refused.

use feedwright_base::date::Timestamp;
use feedwright_feed::Aliases;

use super::*;

fn record(id: &str, path: &str, updated: Option<&str>) -> Record {
    let time = |text: &str| Timestamp::from_rfc3339(text).expect("a time");
    Record {
        id: id.to_owned(),
        aliases: Aliases::default(),
        path: path.to_owned(),
        url: format!("/{path}/"),
        title: "T".to_owned(),
        published: time("2024-01-02T00:00:00-05:00"),
        given: None,
        updated: updated.map(time),
        content: None,
        gone: false,
        hidden: false,
        scheduled: None,
        latest: None,
        like: BTreeMap::new(),
        elsewhere: Vec::new(),
        pending: false,
    }
}

fn lock(records: &[Record]) -> Lock {
    Lock {
        base: "https://example.gov/".to_owned(),
        zone: "UTC".to_owned(),
        posts: records
            .iter()
            .map(|record| (record.id.clone(), record.clone()))
            .collect(),
        feeds: BTreeMap::from([(
            "site".to_owned(),
            FeedRecord {
                key: "site".to_owned(),
                id: "https://example.gov/feeds/atom.xml".to_owned(),
                files: BTreeSet::from(["feeds/atom.xml".to_owned()]),
                limit: 20,
                ..FeedRecord::default()
            },
        )]),
        ..Lock::default()
    }
}

fn text(lock: &Lock) -> String {
    lock.to_text().to_string()
}

#[test]
fn what_is_written_is_read_back_in_any_order_and_twice() {
    let lock = lock(&[record("a", "a.md", None), record("b", "b.md", None)]);
    let text = text(&lock);
    assert_eq!(Lock::parse(&text), Ok(lock.clone()));
    let reversed: Vec<&str> = text.lines().rev().collect();
    assert_eq!(Lock::parse(&reversed.join("\r\n")), Ok(lock.clone()));
    assert_eq!(Lock::parse(&format!("{text}{text}")), Ok(lock));
}

#[test]
fn of_two_changes_of_one_post_the_later_counts() {
    let (old, new) = (
        record("a", "old.md", Some("2024-02-01T00:00:00+00:00")),
        record("a", "new.md", Some("2024-03-01T00:00:00+00:00")),
    );
    for (one, other) in [(&old, &new), (&new, &old)] {
        let mut text = text(&lock(std::slice::from_ref(one)));
        text.push_str(&serde_json::to_string(other).expect("text"));
        assert_eq!(
            Lock::parse(&text),
            Ok(lock(std::slice::from_ref(&new))),
            "{text}"
        );
    }
}

#[test]
fn a_file_that_is_left_leads_somewhere_in_any_order() {
    let lines = [
        "{\"left\":\"feeds/a.xml\"}\n",
        "{\"left\":\"feeds/a.xml\",\"gone\":true}\n",
        "{\"left\":\"feeds/a.xml\",\"to\":\"feeds/b.xml\"}\n",
    ];
    let empty = text(&Lock::default());
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let lines = order.map(|at| lines[at]).concat();
        let lock = Lock::parse(&format!("{empty}{lines}")).expect("a lock");
        let left: Vec<_> = lock.left.values().map(line_of_json).collect();
        assert_eq!(
            left,
            ["{\"left\":\"feeds/a.xml\",\"to\":\"feeds/b.xml\"}\n"]
        );
        assert_eq!(Lock::parse(&text(&lock)), Ok(lock));
    }
}

#[test]
fn of_three_branches_any_order_comes_to_the_same() {
    let title = |title: &str, published: &str| Record {
        title: title.to_owned(),
        published: Timestamp::from_rfc3339(published).expect("a time"),
        ..record("a", "a.md", None)
    };
    let old = title("Z", "2024-01-01T00:00:00+00:00");
    let new = title("A", "2024-01-02T00:00:00+00:00");
    let expected = Record {
        published: old.published,
        ..new.clone()
    };
    for records in [[&old, &new, &old], [&new, &old, &old], [&old, &old, &new]] {
        let mut text = text(&lock(&[]));
        let lines = records.map(line_of_json);
        text.push_str(&lines.concat());
        let found = Lock::parse(&text).expect("a lock");
        assert_eq!(found.posts.get("a"), Some(&expected), "{text}");
    }
    let feed = |limit: usize| FeedRecord {
        limit,
        ..lock(&[]).feeds["site"].clone()
    };
    for limits in [[20, 30], [30, 20]] {
        let lines = limits.map(|limit| line_of_json(&feed(limit)));
        let text = text(&lock(&[])) + &lines.concat();
        let found = Lock::parse(&text).expect("a lock");
        assert_eq!(found.feeds["site"].limit, 30, "{text}");
    }
}

#[test]
fn what_is_wrong_has_its_line_and_a_remedy() {
    let good = text(&lock(&[record("a", "a.md", None)]));
    let check = |text: &str, line: usize, message: &str| {
        let fault = Lock::parse(text).expect_err("an error");
        assert_eq!(fault.line, line, "{fault:?}");
        let found = format!("{}: {}: {}", fault.code, fault.message, fault.help);
        assert!(found.contains(message), "{found}");
    };
    check("", 0, "lock-unreadable: the first line is missing: restore");
    check(
        &good[..good.len() - 3],
        0,
        "lock-cut: the file has been cut off",
    );
    for end in 1..good.len() - 1 {
        // Wherever it was cut, at the end of a line too.
        if good.is_char_boundary(end) && good[..end].trim() != good.trim() {
            Lock::parse(&good[..end]).expect_err("cut off");
        }
    }
    check(
        &good.replace(END, ""),
        0,
        "lock-cut: the file has been cut off",
    );
    check(
        &good.replace("\"feedwright\":2", "\"feedwright\":3"),
        1,
        "update feedwright",
    );
    let other = good.replace(
        "https://example.gov/\",\"zone",
        "https://other.gov/\",\"zone",
    );
    check(&format!("{good}{other}"), 5, "a merge left two first lines");
    check(
        &good.replacen('\n', "\n<<<<<<< HEAD\n", 1),
        2,
        "a merge left a conflict here",
    );
    let line = if good.find("\"post\"") < good.find("\"feed\"") {
        [2, 3]
    } else {
        [3, 2]
    };
    check(
        &good.replace("\"post\":\"a\"", "\"post\":\"a\\u0001\""),
        line[0],
        "is no id: restore",
    );
    check(
        &good.replace("[\"feeds/", "[\"../feeds/"),
        line[1],
        "`../feeds/atom.xml` is no path of a feed",
    );
    check(
        &good.replace("\"title\"", "\"tittle\""),
        line[0],
        "unknown field `tittle`",
    );
}
