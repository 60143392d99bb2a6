//! Diagnostics for terminals, machines and GitHub.

use std::cmp::Reverse;

use anstyle::{AnsiColor, Style};
use feedwright_base::diagnostic::{Diagnostic, Diagnostics, Location, Severity};
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use feedwright_base::text::first_of;
use terminal_size::terminal_size_of;

pub(super) use feedwright_base::text::plural;

use super::args::MessageFormat;
use super::detail::Detail;
use super::output::{self, in_json, in_line, tell};
use super::sarif;

/// What makes the text of remedies step back.
const DIM: Style = Style::new().dimmed();

/// How many places of similar problems are named after the first.
const PLACES: usize = 3;

/// Up to which length a message and its remedy stand on one line, where no place comes between them.
const LINE: usize = 160;

/// Writes diagnostics to standard error.
pub(super) struct Renderer {
    format: MessageFormat,
}

impl Renderer {
    pub(super) fn new(format: MessageFormat) -> Self {
        Renderer { format }
    }

    /// Whether people read what is written.
    pub(super) fn is_human(&self) -> bool {
        self.format == MessageFormat::Human
    }

    /// An error of the environment.
    pub(super) fn error(&self, error: &Error) {
        let mut diags = Diagnostics::new();
        diags.push(error.diagnostic());
        self.diagnostics(&diags, Detail::Usual);
    }

    /// All diagnostics. Notes are shown on demand; similar problems are folded into one.
    pub(super) fn diagnostics(&self, diags: &Diagnostics, detail: Detail) {
        tell(&self.text(diags, detail, detail != Detail::All));
    }

    /// Diagnostics of which each one has to be seen.
    pub(super) fn each(&self, diags: &Diagnostics, detail: Detail) {
        let detail = if detail == Detail::Usual {
            Detail::All
        } else {
            detail
        };
        tell(&self.text(diags, detail, false));
    }

    /// Diagnostics that are what the command was run for: programs read them from standard
    /// output, and people where they always are.
    pub(super) fn results(&self, diags: &Diagnostics, detail: Detail) -> Result<(), Error> {
        if self.is_human() {
            self.diagnostics(diags, detail);
            return Ok(());
        }
        output::print_as_it_is(&self.text(diags, detail, false)).map(|_| ())
    }

    /// All that is told of diagnostics; `fold` makes one of those that are alike.
    fn text(&self, diags: &Diagnostics, detail: Detail, fold: bool) -> String {
        let given = diags.iter().filter(|found| detail.gives(found.severity));
        match self.format {
            MessageFormat::Human => {
                let width = terminal_size_of(std::io::stderr()).map(|(width, _)| width.0.into());
                laid_out(&human(diags, detail, fold), width)
            }
            MessageFormat::Json => {
                let line = |d: &Diagnostic| serde_json::to_string(d).unwrap_or_default() + "\n";
                in_json(&given.map(line).collect::<String>()).into_owned()
            }
            MessageFormat::Github => given.map(github).collect(),
            MessageFormat::Sarif => {
                in_json(&sarif::document(&given.collect::<Vec<_>>())).into_owned()
            }
        }
    }
}

fn style(severity: Severity) -> Style {
    let color = match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Note => AnsiColor::Cyan,
    };
    color.on_default().bold()
}

/// Breaks the paragraphs of diagnostics at words, and sets them apart, where a terminal of so many
/// columns shows them. What goes to a file or into a mail keeps its lines.
fn laid_out(paragraphs: &[String], width: Option<usize>) -> String {
    let Some(width) = width else {
        return paragraphs.concat();
    };
    let fitted = |line: &str| {
        // Remedies go on behind `help: `.
        let hanging = if line.starts_with("  ") { 8 } else { 2 };
        let hanging = " ".repeat(hanging);
        let options = textwrap::Options::new(width)
            .subsequent_indent(&hanging)
            .break_words(false)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        textwrap::fill(line, options) + "\n"
    };
    let paragraph = |text: &String| text.lines().map(fitted).collect::<String>() + "\n";
    paragraphs.iter().map(paragraph).collect()
}

/// Diagnostics for people, a paragraph each.
fn human(diags: &Diagnostics, detail: Detail, fold: bool) -> Vec<String> {
    let mut paragraphs = Vec::new();
    let mut done: Vec<(Severity, &'static str)> = Vec::new();
    // What has to be done comes before what deserves a look.
    let mut sorted: Vec<&Diagnostic> = diags.iter().collect();
    sorted.sort_by_key(|found| Reverse(found.severity));
    for diagnostic in sorted {
        if !detail.shows(diagnostic.severity) {
            continue;
        }
        // What has no place is told apart by its message alone.
        let fold = fold && diagnostic.location.is_some();
        let kind = (diagnostic.severity, diagnostic.code);
        if fold && done.contains(&kind) {
            continue;
        }
        let mut text = one(diagnostic);
        if fold {
            done.push(kind);
            let others: Vec<&Diagnostic> = diags
                .iter()
                .filter(|other| (other.severity, other.code) == kind && *other != diagnostic)
                .filter(|other| other.location.is_some())
                .collect();
            text.push_str(&folded(diagnostic, &others));
        }
        paragraphs.push(text);
    }
    let notes = diags.count(Severity::Note);
    if notes > 0 && detail == Detail::Usual {
        paragraphs.push(format!(
            "{} (-v shows {})\n",
            plural(notes, "note"),
            if notes == 1 { "it" } else { "them" }
        ));
    }
    paragraphs
}

fn one(diagnostic: &Diagnostic) -> String {
    let (style, reset) = (style(diagnostic.severity), anstyle::Reset);
    let severity = diagnostic.severity.as_str();
    let bold = Style::new().bold();
    let mut text = format!(
        "{style}{severity}[{}]{reset}{bold}: {}{reset}",
        diagnostic.code,
        in_line(&diagnostic.message)
    );
    let section = diagnostic
        .section
        .map_or_else(String::new, |section| format!("  see: {section}\n"));
    let helps: Vec<_> = diagnostic
        .help
        .iter()
        .flat_map(|help| help.lines())
        .collect();
    let lines = || {
        let line = |help: &&str| format!("  {DIM}help: {}{DIM:#}\n", in_line(help));
        helps.iter().map(line).collect::<String>()
    };
    match (&diagnostic.location, helps.as_slice()) {
        (Some(location), []) => text.push_str(&format!("\n  --> {}\n", place(location))),
        (Some(location), _) => {
            let (place, lines) = (place(location), lines());
            text.push_str(&format!("\n  --> {place}\n{lines}{section}"));
        }
        (None, []) => text.push('\n'),
        (None, [help]) if diagnostic.message.len() + help.len() <= LINE => {
            text.push_str(&format!("; {}\n", in_line(help)));
        }
        (None, _) => text.push_str(&format!("\n{}", lines())),
    }
    text
}

/// How many others are like one, and where: each place once.
fn folded(first: &Diagnostic, others: &[&Diagnostic]) -> String {
    if others.is_empty() {
        return String::new();
    }
    let mut places: Vec<&Location> = Vec::new();
    for location in others.iter().filter_map(|other| other.location.as_ref()) {
        if first.location.as_ref() != Some(location) && !places.contains(&location) {
            places.push(location);
        }
        if places.len() > PLACES {
            break;
        }
    }
    let places = first_of(places.into_iter().map(place), PLACES);
    let places = match places.as_str() {
        "" => String::new(),
        places => format!(": {places}"),
    };
    format!(
        "  and {} more like it{places} (-v shows all)\n",
        others.len()
    )
}

fn place(location: &Location) -> String {
    in_line(&location.to_string()).into_owned()
}

/// `::warning file=…,line=…::message`, with everything escaped that would end it or begin
/// another command.
fn github(diagnostic: &Diagnostic) -> String {
    let data = |text: &str| {
        let lines: Vec<_> = text.split('\n').map(in_line).collect();
        lines.join("\n").replace('%', "%25").replace('\n', "%0A")
    };
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let command = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = vec![format!("title={}", property(diagnostic.code))];
    if let Some(location) = &diagnostic.location {
        properties.push(format!("file={}", property(&slashed(&location.path))));
        if location.line > 0 {
            properties.push(format!("line={}", location.line));
        }
        if location.column > 0 {
            properties.push(format!("col={}", location.column));
        }
    }
    let help = diagnostic
        .help
        .as_ref()
        .map_or_else(String::new, |help| format!("; {help}"));
    format!(
        "::{command} {}::{}\n",
        properties.join(","),
        data(&format!("{}{help}", diagnostic.message))
    )
}

/// `1 entry`, `2 entries`.
pub(super) fn entries(count: usize) -> String {
    match count {
        1 => "1 entry".to_owned(),
        count => format!("{count} entries"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminals_get_paragraphs_of_their_width() {
        let mut diags = Diagnostics::new();
        diags.error(
            "a",
            Location::at("content/post.md", 3, 4),
            "one two three four five six",
            "seven eight nine ten",
        );
        diags.push(Diagnostic::new(Severity::Note, "b", None, "eleven"));
        let paragraphs = human(&diags, Detail::All, false);
        let text = anstream::adapter::strip_str(&laid_out(&paragraphs, Some(25))).to_string();
        assert_eq!(
            text,
            "error[a]: one two three\n  four five six\n  --> content/post.md:3:4\n  \
             help: seven eight nine\n        ten\n\nnote[b]: eleven\n\n"
        );
        assert_eq!(laid_out(&paragraphs, None), paragraphs.concat());
    }
}
