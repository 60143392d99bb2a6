//! What is wrong with a dialogue: pure rules, one file for each subject.

mod agents;
mod caching;
mod compression;
mod conditions;
mod discovery;
mod enclosures;
pub(super) mod etag;
mod links;
mod media_type;
mod mend;
mod redirects;
mod status;
mod transport;

use feedwright_base::codes;
use feedwright_base::date::Timestamp;
use feedwright_base::diagnostic::{Diagnostic, Diagnostics, Location, Severity};

use self::mend::Server;
use super::content::Content;
use super::dialogue::{Answer, Dialogue, Exchange};

/// Something that can be wrong.
pub(super) struct Rule {
    pub(super) code: &'static str,
    pub(super) severity: Severity,
    /// Who says so.
    pub(super) source: &'static str,
}

impl Rule {
    pub(super) const fn error(code: &'static str, source: &'static str) -> Self {
        Rule {
            code,
            severity: Severity::Error,
            source,
        }
    }

    pub(super) const fn warning(code: &'static str, source: &'static str) -> Self {
        Rule {
            code,
            severity: Severity::Warning,
            source,
        }
    }

    pub(super) const fn note(code: &'static str, source: &'static str) -> Self {
        Rule {
            code,
            severity: Severity::Note,
            source,
        }
    }
}

/// What came of a dialogue.
pub(crate) struct Judged<'d> {
    /// The feed that was delivered, where there is one to be checked.
    pub(crate) feed: Option<&'d [u8]>,
    /// Whether the server answered at all.
    pub(crate) is_reached: bool,
}

/// Judges a dialogue: adds a diagnostic for each problem.
pub(crate) fn judge<'d>(dialogue: &'d Dialogue, diags: &mut Diagnostics) -> Judged<'d> {
    let chain = dialogue.to_feed();
    let mut case = Case::new(dialogue, &chain, diags);
    redirects::judge(&mut case);
    transport::judge(&mut case);
    let is_wall = agents::judge(&mut case);
    let is_feed = !is_wall && status::judge(&mut case);
    if is_feed {
        media_type::judge(&mut case);
        caching::judge(&mut case);
        conditions::judge(&mut case);
        compression::judge(&mut case);
        links::judge(&mut case);
        enclosures::judge(&mut case);
        discovery::judge(&mut case);
    }
    let last = chain.last().copied();
    let answer = last.and_then(Exchange::answered);
    // What a record lacks cannot be looked at.
    let body = answer.map(|answer| answer.body.as_slice());
    Judged {
        feed: body.filter(|body| is_feed && !body.is_empty()),
        is_reached: last.is_none_or(|last| last.answer.is_ok()),
    }
}

/// A dialogue that is being judged.
struct Case<'c, 'd> {
    dialogue: &'d Dialogue,
    /// From the address that readers have to the last answer.
    chain: &'c [&'d Exchange],
    content: Content,
    server: Option<Server>,
    diags: &'c mut Diagnostics,
}

impl<'c, 'd> Case<'c, 'd> {
    fn new(dialogue: &'d Dialogue, chain: &'c [&'d Exchange], diags: &'c mut Diagnostics) -> Self {
        let mut case = Case {
            dialogue,
            chain,
            content: Content::default(),
            server: None,
            diags,
        };
        if let Some((last, answer)) = case.last() {
            case.content = Content::of(&answer.body, &last.request.url);
            case.server = Server::of(&answer.headers);
        }
        case
    }

    /// The exchange that gave the feed, or what came in its place.
    fn last(&self) -> Option<(&'d Exchange, &'d Answer)> {
        let last = *self.chain.last()?;
        Some((last, last.answered()?))
    }

    /// What else was asked of the same address, and answered.
    fn others(&self) -> Vec<(&'d Exchange, &'d Answer)> {
        let Some(last) = self.chain.last() else {
            return Vec::new();
        };
        let all = self.dialogue.exchanges.iter();
        let others = all.filter(|one| one.request.url == last.request.url);
        let others = others.filter(|one| !std::ptr::eq(*one, *last));
        others
            .filter_map(|one| Some((one, one.answered()?)))
            .collect()
    }

    /// Reports a problem. The message is a sentence without a full stop.
    fn report(&mut self, rule: &'static Rule, message: impl Into<String>) {
        let url = &self.dialogue.asked;
        let place = Location::file(url.as_str());
        let mut diagnostic = Diagnostic::new(rule.severity, rule.code, Some(place), message);
        let remedy = codes::find(rule.code).map(|code| code.remedy);
        let last = self.chain.last();
        let path = last.map_or(url.path(), |last| last.request.url.path());
        let mut help = remedy.unwrap_or_default().trim_end_matches('.').to_owned();
        help.push_str(&mend::lines(
            rule.code,
            self.server,
            (url.path(), path),
            self.content.format,
        ));
        diagnostic.help = Some(help);
        diagnostic.section = Some(rule.source).filter(|source| !source.is_empty());
        self.diags.push(diagnostic);
    }
}

/// A date as HTTP writes it (RFC 9110, section 5.6.7), or as it did before.
fn date(text: &str) -> Option<Timestamp> {
    let formats = [
        "%a, %d %b %Y %H:%M:%S GMT",
        "%A, %d-%b-%y %H:%M:%S GMT",
        "%a %b %e %H:%M:%S %Y",
    ];
    let mut moments = formats
        .iter()
        .filter_map(|format| chrono::NaiveDateTime::parse_from_str(text, format).ok());
    Timestamp::from_epoch(moments.next()?.and_utc().timestamp())
}
