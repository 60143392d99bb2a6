//! Tables of dates, and what is read of them.

use super::*;
use crate::date::Zone;

fn show(text: &str, order: Option<Order>) -> String {
    match parse(text, order) {
        Ok(written) => {
            let mut shown = written.day.to_string();
            if let Some(time) = written.time {
                shown += &format!(" {time}");
            }
            match written.zone {
                Some(Zone::Fixed(offset)) => shown += &format!(" {offset}"),
                Some(Zone::Named(tz)) => shown += &format!(" {tz}"),
                None => {}
            }
            if written.note.is_some() {
                shown += " (note)";
            }
            shown
        }
        Err(refusal) => refusal.code.to_owned(),
    }
}

fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(show(text, None), *expected, "{text}");
    }
}

#[test]
fn iso() {
    check(&[
        ("2021-12-13", "2021-12-13"),
        ("2021/12/13", "2021-12-13"),
        ("2021-1-3", "2021-01-03"),
        ("2021-12-13 10:30", "2021-12-13 10:30:00"),
        ("2021-12-13T10:30:15", "2021-12-13 10:30:15"),
        ("2021-12-13t10:30:15z", "2021-12-13 10:30:15 +00:00"),
        ("2021-12-13T10:30Z", "2021-12-13 10:30:00 +00:00"),
        (
            "2021-12-13T10:30:15.123456789+05:30",
            "2021-12-13 10:30:15 +05:30",
        ),
        ("2021-12-13 10:30:15 -0500", "2021-12-13 10:30:15 -05:00"),
        ("2021-12-13 9:00:00 -4", "2021-12-13 09:00:00 -04:00"),
        ("2021-12-13 9:00 pm EST", "2021-12-13 21:00:00 -05:00"),
        ("2021-12-13 12:00am", "2021-12-13 00:00:00"),
        ("2021-12-13 12 p.m.", "2021-12-13 12:00:00"),
        (
            "2021-12-13 10:30 America/New_York",
            "2021-12-13 10:30:00 America/New_York",
        ),
        (
            "2017-02-10 00:10::00 -03:00",
            "2017-02-10 00:10:00 -03:00 (note)",
        ),
        ("2016-12-31T23:59:60Z", "2016-12-31 23:59:59 +00:00 (note)"),
    ]);
}

#[test]
fn words() {
    check(&[
        ("13 Dec 2021", "2021-12-13"),
        ("13 December 2021", "2021-12-13"),
        ("December 13, 2021", "2021-12-13"),
        ("December 13 2021", "2021-12-13"),
        ("Dec 13th 2021", "2021-12-13"),
        ("Dec 13th, 2021", "2021-12-13"),
        ("13th of December 2021", "2021-12-13"),
        ("29 Sept 2021", "2021-09-29"),
        ("Sept 30, 2021", "2021-09-30"),
        ("13-Dec-2021", "2021-12-13"),
        ("Monday, December 13, 2021", "2021-12-13"),
        (
            "Mon, 13 Dec 2021 09:30:00 -0500",
            "2021-12-13 09:30:00 -05:00",
        ),
        ("13 Dec 2021 09:30 EST", "2021-12-13 09:30:00 -05:00"),
        (
            "Mon, 13 Dec 2021 09:30:00 +0000 (UTC)",
            "2021-12-13 09:30:00 +00:00",
        ),
        ("December 13, 2021 at 9:30 PM", "2021-12-13 21:30:00"),
        (
            "Fri Sep 3 11:21:31 CEST 2021",
            "2021-09-03 11:21:31 +02:00 (note)",
        ),
        ("Fri Sep  3 11:21:31 2021", "2021-09-03 11:21:31"),
        (
            "2023-01-29 18:30:22 2023 -0800",
            "2023-01-29 18:30:22 -08:00 (note)",
        ),
        ("Sept. 27, 2019", "2019-09-27 (note)"),
        ("Oct. 31 2019", "2019-10-31 (note)"),
        ("July 1,2020", "2020-07-01 (note)"),
        ("April, 12, 2018", "2018-04-12 (note)"),
    ]);
}

#[test]
fn refused() {
    check(&[
        ("", "date-unreadable"),
        ("tomorrow", "date-unreadable"),
        ("2017-02-29", "date-impossible"),
        ("31 June 2021", "date-impossible"),
        ("2021-13-01", "date-impossible"),
        ("13 Dec 21", "date-two-digit-year"),
        ("1/2/21", "date-two-digit-year"),
        ("03/04/2021", "date-ambiguous"),
        ("03.04.2021", "date-ambiguous"),
        ("11-9-2017", "date-ambiguous"),
        ("13/14/2021", "date-impossible"),
        ("Tue, 13 Dec 2021", "date-wrong-weekday"),
        ("Tuesday, December 13, 2021", "date-wrong-weekday"),
        ("June 2019", "date-incomplete"),
        ("2019-06", "date-incomplete"),
        ("2021-12-13 24:00", "date-impossible"),
        ("2021-12-13 10:60", "date-impossible"),
        ("2021-12-13 13:00 pm", "date-impossible"),
        ("2021-12-13 10:30 +25:00", "date-zone"),
        ("2021-12-13 10:30 IST", "date-zone"),
        ("8 June 6 2017", "date-unreadable"),
        ("2021-12-13 nonsense", "date-unreadable"),
        ("2021-12-13T", "date-unreadable"),
        ("20211213", "date-unreadable"),
        ("0001-01-01T00:00:00Z", "date-impossible"),
        ("1639353600", "date-unreadable"),
        ("１３ Dec 2021", "date-unreadable"),
    ]);
}

#[test]
fn order_decides() {
    assert_eq!(show("03/04/2021", Some(Order::Dmy)), "2021-04-03");
    assert_eq!(show("03/04/2021", Some(Order::Mdy)), "2021-03-04");
    assert_eq!(show("13/04/2021", Some(Order::Mdy)), "date-impossible");
    assert_eq!(show("13/04/2021", None), "2021-04-13 (note)");
    assert_eq!(show("04/13/2021", None), "2021-04-13 (note)");
    assert_eq!(show("4/4/2021", None), "2021-04-04");
}
