//! Which part of a page holds the words of a post: how its text is told from what stands around.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use feedwright_base::html::elements;
use feedwright_base::slice::Slice;
use scraper::{Html, Node};

/// Three words in a row are compared, because single ones stand everywhere.
const RUN: usize = 3;

/// Elements whose text nobody reads.
pub(super) const SILENT: [&str; 5] = ["script", "style", "template", "noscript", "title"];

/// The runs of words of a post, as its source has them.
pub(crate) struct Wording(HashMap<u64, usize>);

impl Wording {
    /// Of plain text.
    pub(crate) fn new(text: &str) -> Self {
        let words: Vec<u64> = words(text).map(|(_, hash)| hash).collect();
        let mut runs = HashMap::new();
        for run in words.windows(RUN) {
            let next = runs.len();
            runs.entry(hash(run)).or_insert(next);
        }
        Wording(runs)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

/// The words of a page, which of them every element holds, and which are the post's.
pub(crate) struct Outline {
    ranges: HashMap<NodeId, Range<usize>>,
    /// For every word of the page, which run of the post begins there.
    found: Vec<Option<usize>>,
    runs: usize,
}

impl Outline {
    pub(crate) fn new(page: &Html, wording: &Wording) -> Self {
        let mut text = String::new();
        let mut spans: Vec<(NodeId, Range<usize>)> = Vec::new();
        let mut starts = Vec::new();
        let mut silent = 0_usize;
        for edge in page.tree.root().traverse() {
            match edge {
                Edge::Open(node) => match node.value() {
                    Node::Text(part) if silent == 0 => text.push_str(part),
                    Node::Element(element) => {
                        silent += usize::from(SILENT.contains(&element.name()));
                        separate(&mut text, element.name());
                        starts.push(text.len());
                    }
                    _ => {}
                },
                Edge::Close(node) => {
                    if let Node::Element(element) = node.value() {
                        silent -= usize::from(SILENT.contains(&element.name()));
                        let start = starts.pop().unwrap_or_default();
                        spans.push((node.id(), start..text.len()));
                        separate(&mut text, element.name());
                    }
                }
            }
        }
        let (places, words): (Vec<usize>, Vec<u64>) = words(&text).unzip();
        let mut found: Vec<Option<usize>> = words
            .windows(RUN)
            .map(|run| wording.0.get(&hash(run)).copied())
            .collect();
        found.resize(words.len(), None);
        let word_at = |place: usize| places.partition_point(|&start| start < place);
        let ranges = spans
            .into_iter()
            .map(|(id, span)| (id, word_at(span.start)..word_at(span.end)))
            .collect();
        Outline {
            ranges,
            found,
            runs: wording.len(),
        }
    }

    /// Whether the source of the post is known.
    pub(crate) fn has_source(&self) -> bool {
        self.runs > 0
    }

    /// The words that an element holds.
    pub(crate) fn range(&self, id: NodeId) -> Range<usize> {
        self.ranges.get(&id).cloned().unwrap_or_default()
    }

    /// How many different runs of the post these words hold.
    pub(crate) fn covered(&self, range: &Range<usize>) -> usize {
        let mut seen = vec![false; self.runs];
        let end = range.end.saturating_sub(RUN - 1).max(range.start);
        let mut covered = 0;
        for &run in self.found.slice(range.start..end).iter().flatten() {
            if let Some(seen) = seen.get_mut(run) {
                covered += usize::from(!*seen);
                *seen = true;
            }
        }
        covered
    }

    /// Whether most of what an element says is in the post's source.
    pub(crate) fn is_authors(&self, id: NodeId) -> bool {
        let range = self.range(id);
        let end = range.end.saturating_sub(RUN - 1).max(range.start);
        let known = self.found.slice(range.start..end);
        let known = known.iter().flatten().count();
        known * 5 > (end - range.start) * 3
    }

    /// From the first words within these that are certainly the post's to the last ones; what
    /// stands between them is its content, wherever it comes from. `None` when the post has too
    /// few words to tell.
    pub(crate) fn body(&self, within: &Range<usize>) -> Option<Range<usize>> {
        // A title often repeats a few words of the text, a longer run is no accident.
        let sure = (self.runs / 2).clamp(1, 6);
        let mut body: Option<Range<usize>> = None;
        let mut length = 0;
        for (at, found) in within.clone().zip(self.found.slice(within.clone())) {
            length = if found.is_some() { length + 1 } else { 0 };
            if length >= sure {
                let start = body.map_or(at + 1 - length, |body| body.start);
                body = Some(start..at + RUN);
            }
        }
        body
    }
}

/// Words of neighboring blocks are two, also where no blank stands between them.
fn separate(text: &mut String, element: &str) {
    if !elements::is(element, elements::INLINE) {
        text.push(' ');
    }
}

/// The words of a text: where each begins, and its hash. Case, punctuation and typography do not
/// count; where a script has no blanks, every character is a word.
fn words(text: &str) -> impl Iterator<Item = (usize, u64)> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = rest.find(|(_, c)| c.is_alphanumeric())?;
        let mut hasher = DefaultHasher::new();
        let add =
            |hasher: &mut DefaultHasher, c: char| c.to_lowercase().for_each(|c| c.hash(hasher));
        add(&mut hasher, first);
        while !has_no_blanks(first)
            && let Some((_, c)) = rest.next_if(|(_, c)| c.is_alphanumeric() && !has_no_blanks(*c))
        {
            add(&mut hasher, c);
        }
        Some((start, hasher.finish()))
    })
}

fn has_no_blanks(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{edf}' | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..)
}

/// The hashes of the words of a text, without numbers.
pub(crate) fn hashes(text: &str) -> impl Iterator<Item = u64> {
    let is_number = |at: usize| {
        text.get(at..)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    words(text)
        .filter(move |(at, _)| !is_number(*at))
        .map(|(_, hash)| hash)
}

/// The hash of several words in their order.
pub(crate) fn hash(run: &[u64]) -> u64 {
    hash_of(run)
}

/// The hash of anything.
pub(crate) fn hash_of(what: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: usize) {
        assert_eq!(words(text).count(), expected, "{text}");
    }

    #[test]
    fn words_are_counted() {
        check("It’s  a “test”.", 4);
        check("", 0);
        check(" — ", 0);
        check("日本語 and ไทย", 7);
    }

    #[test]
    fn spelling_counts_and_typography_does_not() {
        let hashes = |text: &str| words(text).map(|(_, hash)| hash).collect::<Vec<_>>();
        assert_eq!(hashes("\"A\" test--really"), hashes("“a” Test — really"));
        assert_ne!(hashes("a test"), hashes("at est"));
    }
}
