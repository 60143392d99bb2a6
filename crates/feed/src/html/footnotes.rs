//! Writes footnotes at the end of a text, with links there and back.

use std::collections::HashMap;

use super::writer::Writer;

/// How many marks of one footnote have an id, which a way back from the note leads to. Each costs
/// the address of the post twice.
const MOST_RETURNS: usize = 100;

/// Footnotes are numbered by their first reference and stand at the end.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) numbers: HashMap<String, usize>,
    /// How often each is referred to, by number from 1.
    pub(super) references: Vec<usize>,
    pub(super) texts: HashMap<String, String>,
    /// The name of the note that is open, and what was written before it.
    pub(super) open: Vec<(String, String)>,
}

impl Writer<'_> {
    pub(super) fn reference(&mut self, name: &str) {
        let notes = &mut self.notes;
        let next = notes.numbers.len() + 1;
        let number = *notes.numbers.entry(name.to_owned()).or_insert(next);
        let count = match notes.references.get_mut(number - 1) {
            Some(count) => {
                *count += 1;
                *count
            }
            None => {
                notes.references.push(1);
                1
            }
        };
        if count <= MOST_RETURNS {
            let id = self.base.id(&reference_id(number, count));
            self.out.push_str(&format!("<sup id=\"{id}\">"));
        } else {
            self.out.push_str("<sup>");
        }
        // A link cannot stand in a link.
        let target = self.base.note(&format!("fn{number}"));
        match target.filter(|_| self.links.is_empty()) {
            Some(url) => self
                .out
                .push_str(&format!("<a href=\"{url}\">{number}</a>")),
            None => self.out.push_str(&number.to_string()),
        }
        self.out.push_str("</sup>");
    }

    pub(super) fn footnotes(&mut self) {
        let mut names: Vec<(String, usize)> = self.notes.numbers.drain().collect();
        names.sort_by_key(|(_, number)| *number);
        if names.is_empty() {
            return;
        }
        self.block("<hr>\n<ol>\n");
        for (name, number) in names {
            let text = self.notes.texts.remove(&name).unwrap_or_default();
            let id = self.base.id(&format!("fn{number}"));
            let mut back = String::new();
            let references = self.notes.references.get(number - 1).copied();
            for count in 1..=references.unwrap_or_default().min(MOST_RETURNS) {
                if let Some(url) = self.base.note(&reference_id(number, count)) {
                    back.push_str(&format!(" <a href=\"{url}\">↩</a>"));
                }
            }
            let text = text.trim_end();
            self.out.push_str(&format!("<li id=\"{id}\">"));
            // The way back stands at the end of the last paragraph.
            match text.strip_suffix("</p>") {
                Some(text) => self.out.push_str(&format!("{text}{back}</p>")),
                None => self.out.push_str(&format!("{text}{back}")),
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n");
    }
}

fn reference_id(number: usize, count: usize) -> String {
    if count == 1 {
        format!("fnref{number}")
    } else {
        format!("fnref{number}-{count}")
    }
}
