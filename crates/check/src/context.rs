//! The state of one check: its options, what is known of the feed, and the diagnostics.

use std::collections::HashMap;
use std::path::Path;

use feedwright_base::date::Timestamp;
use feedwright_base::diagnostic::{Diagnostic, Diagnostics, Location};

use super::later::{Later, Step};
use super::names::Ns;
pub(super) use super::report::Position;
use super::report::Report;
use super::rule::Rule;

/// The number of problems of one rule in one file that are listed; the others are counted.
const MOST: usize = 1000;

/// How a feed is checked.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct CheckOptions {
    /// The present, for dates that cannot be right.
    pub now: Timestamp,
    /// Whether the HTML inside entries is parsed and checked.
    pub html: bool,
    /// The reader whose own requirements are checked besides the specifications.
    pub profile: Option<Profile>,
}

impl CheckOptions {
    /// Checks against the specifications at a time, the HTML inside entries included.
    pub fn new(now: Timestamp) -> Self {
        CheckOptions {
            now,
            html: true,
            profile: None,
        }
    }
}

/// A reader of feeds with rules of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// GovDelivery's Page Watch.
    Govdelivery,
    /// Mailchimp's RSS-to-email.
    Mailchimp,
    /// Podcast directories and apps.
    Podcast,
    /// Google News.
    GoogleNews,
}

impl Profile {
    /// Whether the reader takes feeds in this vocabulary.
    pub fn takes(self, vocabulary: Vocabulary) -> bool {
        match vocabulary {
            Vocabulary::Rdf | Vocabulary::Rss09 | Vocabulary::Rss20 => true,
            Vocabulary::Atom => self != Profile::Podcast,
            Vocabulary::Json => false,
        }
    }
}

/// The vocabulary that a feed is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vocabulary {
    /// RSS 0.90 or 1.0, on RDF.
    Rdf,
    /// RSS 0.91 to 0.94.
    Rss09,
    /// RSS 2.0.
    Rss20,
    /// Atom 1.0.
    Atom,
    /// JSON Feed.
    Json,
}

/// One check of one feed.
pub(super) struct Context<'a> {
    pub(super) options: &'a CheckOptions,
    /// The vocabulary, which is known once the outermost element has been read.
    pub(super) vocabulary: Option<Vocabulary>,
    /// The public and the system identifier of the document type.
    pub(super) doctype: Option<(String, String)>,
    /// Whether the feed is in RSS 0.90, which has no `rdf:about`.
    pub(super) is_rss090: bool,
    /// Whether extensions may add attributes to RSS, as its later revisions say.
    pub(super) takes_attributes: bool,
    /// Whether the feed is in JSON Feed 1.1.
    pub(super) json_version_11: bool,
    /// Whether descriptions of items are plain text, as in RSS 0.91.
    pub(super) has_plain_descriptions: bool,
    /// The place of all diagnostics while the text of an entity is read: that of its reference.
    pub(super) place: Option<Position>,
    /// Whether an element of an extension is often found in wrong places, and is reported as
    /// misplaced rather than unknown.
    pub(super) is_anywhere: fn(Ns, &str) -> bool,
    path: &'a Path,
    diags: &'a mut Diagnostics,
    counts: HashMap<&'static str, usize>,
    reported: usize,
    later: Later,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        options: &'a CheckOptions,
        path: &'a Path,
        diags: &'a mut Diagnostics,
    ) -> Self {
        Context {
            options,
            vocabulary: None,
            doctype: None,
            is_rss090: false,
            takes_attributes: false,
            json_version_11: false,
            has_plain_descriptions: false,
            place: None,
            is_anywhere: |_, _| false,
            path,
            diags,
            counts: HashMap::new(),
            reported: 0,
            later: Later::default(),
        }
    }

    /// Whether the feed is RSS 0.9x or 2.0.
    pub(super) fn is_rss(&self) -> bool {
        matches!(self.vocabulary, Some(Vocabulary::Rss09 | Vocabulary::Rss20))
    }

    /// Reports a problem. The message is a sentence without a full stop.
    pub(super) fn report(&mut self, rule: &'static Rule, at: Position, message: impl Into<String>) {
        self.report_of(rule, rule.section, at, message);
    }

    /// Reports a problem by a section of a specification, where the rule names none.
    pub(super) fn report_of(
        &mut self,
        rule: &'static Rule,
        section: &'static str,
        at: Position,
        message: impl Into<String>,
    ) {
        let section = if rule.section.is_empty() {
            section
        } else {
            rule.section
        };
        self.report_with(rule, section, at, message, rule.help);
    }

    /// Reports a problem with a section and a remedy other than those of the rule.
    pub(super) fn report_with(
        &mut self,
        rule: &'static Rule,
        section: &'static str,
        at: Position,
        message: impl Into<String>,
        help: &'static str,
    ) {
        self.reported += 1;
        let report = Report {
            help,
            ..Report::new(rule, section, self.place.unwrap_or(at), message.into())
        };
        let bytes = report.message.len();
        self.step(Step::Said(report), bytes);
    }

    /// Has something looked at that holds a number of bytes, maybe on another thread. What it reports stands
    /// where it would stand if it were looked at here.
    pub(super) fn later(
        &mut self,
        bytes: usize,
        look: impl FnOnce() -> Vec<Report> + Send + 'static,
    ) {
        self.step(Step::Look(Box::new(look)), bytes);
    }

    fn step(&mut self, step: Step, bytes: usize) {
        let done = self.later.add(step, bytes);
        done.into_iter().for_each(|report| self.list(report));
    }

    /// Waits for all that is looked at on other threads.
    fn wait(&mut self) {
        let done = self.later.finish();
        done.into_iter().for_each(|report| self.list(report));
    }

    /// Adds a report to the diagnostics, in its order.
    fn list(&mut self, report: Report) {
        let Report {
            rule,
            section,
            at,
            message,
            help,
        } = report;
        let count = self.counts.entry(rule.code).or_default();
        *count += 1;
        if *count > MOST {
            return;
        }
        let location = Location::at(self.path, at.line as usize, at.column as usize);
        let mut diagnostic =
            Diagnostic::new(rule.severity, rule.code, Some(location), message).help(help);
        diagnostic.section = Some(section).filter(|section| !section.is_empty());
        self.diags.push(diagnostic);
    }

    /// The number of problems reported so far, without those of what is looked at later.
    pub(super) fn reported(&self) -> usize {
        self.reported
    }

    /// The number of problems of one rule so far.
    pub(super) fn count(&mut self, rule: &'static Rule) -> usize {
        self.wait();
        self.counts.get(rule.code).copied().unwrap_or_default()
    }

    /// Reports the numbers of problems that were not listed.
    pub(super) fn finish(mut self) {
        self.wait();
        let mut left: Vec<(&str, usize)> = self
            .counts
            .iter()
            .filter(|(_, count)| **count > MOST)
            .map(|(code, count)| (*code, count - MOST))
            .collect();
        left.sort_unstable();
        for (code, count) in left {
            self.diags.note(
                "check-more",
                Location::file(self.path),
                format!("{count} more problems `{code}` are not listed"),
            );
        }
    }
}
