//! What the theme of a rendered site makes of all its pages: where articles stand, and what is written
//! around each.

mod beside;
pub(crate) mod words;

pub(crate) use self::beside::is_around;

use std::collections::{HashMap, HashSet};

use ego_tree::NodeId;
use feedwright_base::html::elements;
use scraper::{ElementRef, Html, Node};

/// With fewer pages nothing can be said of all.
const FEWEST: usize = 3;

/// How many words a block has at least that is a paragraph and not part of a menu.
const PARAGRAPH: usize = 8;

/// What a theme writes around an article has at most so many words in one block.
const LONGEST: usize = 40;

/// Elements that hold others without a meaning of their own.
const CONTAINERS: [&str; 7] = ["div", "section", "article", "main", "td", "body", "span"];

/// Elements whose texts are none of an article that holds them; a link around a block leads to
/// another post.
const ASIDE: [&str; 7] = ["a", "nav", "aside", "footer", "form", "script", "style"];

/// What the pages of a site have in common, since one theme made them.
#[derive(Debug, Default)]
pub struct Theme {
    /// The words that most pages have.
    vocabulary: HashSet<u64>,
    /// The blocks that most pages have, by those of their words that most pages have.
    patterns: HashSet<u64>,
    /// The blocks that a third of the pages have word by word.
    repeated: HashSet<u64>,
    /// Classes that only some pages have do not tell one place from another.
    classes: HashSet<String>,
    /// Where articles stand: from the body down, by tags and classes.
    places: Vec<Vec<u64>>,
}

/// A block of a page with its words.
struct Block {
    element: NodeId,
    words: Vec<u64>,
}

/// A page that is compared with others.
struct Sample {
    page: Html,
    /// How many words of paragraphs each element holds.
    weights: HashMap<NodeId, usize>,
}

impl Theme {
    /// Of some pages of posts.
    pub fn of(pages: &[String]) -> Self {
        let mut theme = Theme::default();
        if pages.len() < FEWEST {
            return theme;
        }
        let pages: Vec<Html> = pages
            .iter()
            .map(|page| Html::parse_document(page))
            .collect();
        let blocks: Vec<Vec<Block>> = pages.iter().map(blocks).collect();
        let most = pages.len().div_ceil(2).max(2);
        let words = blocks
            .iter()
            .map(|blocks| blocks.iter().flat_map(|block| &block.words).copied());
        theme.vocabulary = in_most(words, most);
        let whole = blocks.iter().map(|blocks| {
            let filled = blocks.iter().filter(|block| !block.words.is_empty());
            filled.map(|block| words::hash(&block.words))
        });
        theme.repeated = in_most(whole, pages.len().div_ceil(3).max(FEWEST));
        let patterns: Vec<Vec<u64>> = blocks
            .iter()
            .map(|blocks| {
                blocks
                    .iter()
                    .filter_map(|block| theme.pattern(&block.words))
                    .collect()
            })
            .collect();
        theme.patterns = in_most(patterns.into_iter().map(Vec::into_iter), most);
        let classes = pages.iter().map(|page| {
            let elements = page.root_element().descendent_elements();
            elements.flat_map(|element| {
                element
                    .value()
                    .classes()
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            })
        });
        theme.classes = in_most(classes, most);
        let samples = pages.into_iter().zip(blocks);
        let samples: Vec<Sample> = samples
            .map(|(page, blocks)| theme.sample(page, &blocks))
            .collect();
        theme.places = theme.places(&samples);
        theme
    }

    /// The article of a page, by its place.
    pub(crate) fn article(&self, page: &Html, size: impl Fn(NodeId) -> usize) -> Option<NodeId> {
        self.places.iter().find_map(|place| {
            let mut element = body(page)?;
            for step in place {
                let steps = element
                    .child_elements()
                    .filter(|child| self.step(child) == *step);
                element = steps.max_by_key(|child| size(child.id()))?;
            }
            Some(element.id())
        })
    }

    /// Whether most pages have a word.
    pub(crate) fn has_word(&self, word: u64) -> bool {
        self.vocabulary.contains(&word)
    }

    /// Whether a theme writes a text around its articles.
    pub(crate) fn is_repeated(&self, text: &str) -> bool {
        let words: Vec<u64> = words::hashes(text).collect();
        self.pattern(&words)
            .is_some_and(|pattern| self.patterns.contains(&pattern))
    }

    /// Whether a third of the pages have a block with this text and no other. Where the source has not,
    /// its author did not write it.
    pub(crate) fn is_on_many(&self, text: &str) -> bool {
        let words: Vec<u64> = words::hashes(text).collect();
        self.repeated.contains(&words::hash(&words))
    }

    /// What of a block most pages have; `None` for a block that is a text of its own.
    fn pattern(&self, words: &[u64]) -> Option<u64> {
        let known: Vec<u64> = words
            .iter()
            .copied()
            .filter(|word| self.vocabulary.contains(word))
            .collect();
        (!known.is_empty() && words.len() <= LONGEST).then(|| words::hash(&known))
    }

    fn sample(&self, page: Html, blocks: &[Block]) -> Sample {
        let mut weights: HashMap<NodeId, usize> = HashMap::new();
        for block in blocks {
            let is_repeated = self
                .pattern(&block.words)
                .is_some_and(|pattern| self.patterns.contains(&pattern));
            if is_repeated || block.words.len() < PARAGRAPH {
                continue;
            }
            let Some(node) = page.tree.get(block.element) else {
                continue;
            };
            let around = || {
                std::iter::once(node)
                    .chain(node.ancestors())
                    .filter_map(ElementRef::wrap)
            };
            if around().any(|outer| ASIDE.contains(&outer.value().name())) {
                continue;
            }
            for outer in around() {
                *weights.entry(outer.id()).or_default() += block.words.len();
            }
        }
        Sample { page, weights }
    }

    /// A step down to an element, which is the same on all pages.
    fn step(&self, element: &ElementRef<'_>) -> u64 {
        let value = element.value();
        let mut classes: Vec<&str> = value
            .classes()
            .filter(|class| self.classes.contains(*class))
            .collect();
        classes.sort_unstable();
        let step = format!("{} {}", value.name(), classes.join(" "));
        words::hash_of(&step)
    }

    /// The places of articles in these pages, that of most pages first.
    fn places(&self, samples: &[Sample]) -> Vec<Vec<u64>> {
        let start: Vec<(&Sample, ElementRef<'_>)> = samples
            .iter()
            .filter_map(|sample| Some((sample, body(&sample.page)?)))
            .filter(|(sample, body)| sample.weights.contains_key(&body.id()))
            .collect();
        let mut found = Vec::new();
        self.descend(start, Vec::new(), &mut found);
        found.sort_by_key(|(pages, place)| std::cmp::Reverse((*pages, place.len())));
        found.into_iter().map(|(_, place)| place).collect()
    }

    /// Goes down as long as one element holds nearly all that its page says; pages of other layouts
    /// go their own way.
    fn descend(
        &self,
        pages: Vec<(&Sample, ElementRef<'_>)>,
        place: Vec<u64>,
        found: &mut Vec<(usize, Vec<u64>)>,
    ) {
        /// Deeper than any theme.
        const DEEPEST: usize = 60;
        let count = pages.len();
        let mut ways: HashMap<u64, Vec<(&Sample, ElementRef<'_>)>> = HashMap::new();
        for (sample, element) in pages {
            let weight = |element: &ElementRef<'_>| {
                sample
                    .weights
                    .get(&element.id())
                    .copied()
                    .unwrap_or_default()
            };
            let Some(inner) = element.child_elements().max_by_key(weight) else {
                continue;
            };
            let is_container =
                CONTAINERS.contains(&inner.value().name()) || inner.value().name().contains('-');
            if is_container && weight(&inner) * 10 >= weight(&element) * 9 {
                ways.entry(self.step(&inner))
                    .or_default()
                    .push((sample, inner));
            }
        }
        let going: usize = ways.values().map(Vec::len).sum();
        // A single post may be one element with all in it; where most are not, they end here.
        if going * 2 <= count || place.len() >= DEEPEST {
            found.push((count, place));
            return;
        }
        for (step, pages) in ways {
            if pages.len() > 1 || count == 1 {
                let mut place = place.clone();
                place.push(step);
                self.descend(pages, place, found);
            }
        }
    }
}

fn body(page: &Html) -> Option<ElementRef<'_>> {
    page.root_element()
        .child_elements()
        .find(|element| element.value().name() == "body")
}

/// What so many lists have, each counted once.
fn in_most<T: std::hash::Hash + Eq, I: Iterator<Item = T>>(
    lists: impl Iterator<Item = I>,
    most: usize,
) -> HashSet<T> {
    let mut counts: HashMap<T, usize> = HashMap::new();
    for list in lists {
        let once: HashSet<T> = list.collect();
        for item in once {
            *counts.entry(item).or_default() += 1;
        }
    }
    let most_have = counts.into_iter().filter(|(_, count)| *count >= most);
    most_have.map(|(item, _)| item).collect()
}

/// The blocks of a page, each with the words that stand in no block inside of it.
fn blocks(page: &Html) -> Vec<Block> {
    let found = blocks_in(&page.root_element()).into_iter();
    let blocks = found.map(|(element, words)| Block {
        element: element.id(),
        words,
    });
    blocks.filter(|block| !block.words.is_empty()).collect()
}

/// The blocks of an element, each with the words that stand in no block inside of it.
fn blocks_in<'p>(element: &ElementRef<'p>) -> Vec<(ElementRef<'p>, Vec<u64>)> {
    let mut texts: HashMap<NodeId, String> = HashMap::new();
    let mut order = Vec::new();
    for node in element.descendants() {
        let Node::Text(text) = node.value() else {
            continue;
        };
        let is_block =
            |element: &ElementRef<'_>| !elements::is(element.value().name(), elements::INLINE);
        let mut outer = node.ancestors().filter_map(ElementRef::wrap);
        let Some(block) = outer.find(is_block) else {
            continue;
        };
        if words::SILENT.contains(&block.value().name()) {
            continue;
        }
        let own = texts.entry(block.id()).or_insert_with(|| {
            order.push(block);
            String::new()
        });
        own.push_str(text);
    }
    let blocks = order.into_iter().filter_map(|block| {
        let text = texts.get(&block.id())?;
        Some((block, words::hashes(text).collect()))
    });
    blocks.collect()
}
