//! The chapters of an episode as a file: “JSON Chapters Format”, version 1.2.

use serde::Serialize;

use crate::podcast::Chapter;

use super::json::Mark;

#[derive(Serialize)]
struct Document<'a> {
    version: &'static str,
    _feedwright: Mark,
    chapters: Vec<Item<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Item<'a> {
    start_time: serde_json::Number,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    img: Option<&'a str>,
}

/// The file that holds these chapters.
pub fn chapters(list: &[Chapter]) -> Vec<u8> {
    let chapters = list.iter().map(|chapter| Item {
        start_time: seconds(chapter.start),
        title: &chapter.title,
        url: chapter.url.as_ref().map(url::Url::as_str),
        img: chapter.picture.as_ref().map(url::Url::as_str),
    });
    let document = Document {
        version: "1.2.0",
        _feedwright: Mark {
            about: "This file was made by feedwright.",
        },
        chapters: chapters.collect(),
    };
    // Writing to memory does not fail, and all keys are text.
    let mut bytes = serde_json::to_vec_pretty(&document).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// Thousandths as a number of seconds, without a fraction where there is none.
fn seconds(thousandths: u64) -> serde_json::Number {
    let whole = thousandths / 1000;
    match thousandths % 1000 {
        0 => whole.into(),
        rest => {
            let text = format!("{whole}.{rest:03}");
            text.parse().unwrap_or_else(|_| whole.into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_of_whole_and_broken_seconds() {
        let chapter = |start, title: &str| Chapter {
            start,
            title: title.to_owned(),
            url: None,
            picture: None,
        };
        let bytes = chapters(&[chapter(0, "Intro"), chapter(90_050, "“Talk” & <more>")]);
        let read: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
        assert_eq!(read["version"], "1.2.0");
        assert_eq!(read["chapters"][0]["startTime"], 0);
        assert_eq!(read["chapters"][1]["startTime"], 90.05);
        assert_eq!(read["chapters"][1]["title"], "“Talk” & <more>");
        assert!(super::super::is_ours(&bytes));
    }
}
