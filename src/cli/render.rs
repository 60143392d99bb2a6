//! Diagnostics for terminals, machines and GitHub.

use anstyle::{AnsiColor, Style};
use feedwright_base::diagnostic::{Diagnostic, Diagnostics, Location, Severity};
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;

pub(super) use feedwright_base::text::plural;

use super::args::MessageFormat;
use super::output::{self, in_json, in_line, tell};
use super::sarif;

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
        diags.push(Diagnostic::new(
            Severity::Error,
            "environment",
            None,
            error.to_string(),
        ));
        self.diagnostics(&diags, false, false);
    }

    /// All diagnostics. Notes are shown on demand; similar problems are folded into one.
    pub(super) fn diagnostics(&self, diags: &Diagnostics, verbose: bool, quiet: bool) {
        tell(&self.text(diags, verbose, quiet));
    }

    /// Diagnostics that are what the command was run for: programs read them from standard
    /// output, and people where they always are.
    pub(super) fn results(
        &self,
        diags: &Diagnostics,
        verbose: bool,
        quiet: bool,
    ) -> Result<(), Error> {
        if self.is_human() {
            self.diagnostics(diags, verbose, quiet);
            return Ok(());
        }
        output::print_as_it_is(&self.text(diags, verbose, quiet)).map(|_| ())
    }

    fn text(&self, diags: &Diagnostics, verbose: bool, quiet: bool) -> String {
        match self.format {
            MessageFormat::Human => human(diags, verbose, quiet),
            MessageFormat::Json => {
                let line = |d: &Diagnostic| serde_json::to_string(d).unwrap_or_default() + "\n";
                in_json(&diags.iter().map(line).collect::<String>()).into_owned()
            }
            MessageFormat::Github => diags.iter().map(github).collect(),
            MessageFormat::Sarif => in_json(&sarif::document(diags)).into_owned(),
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

fn human(diags: &Diagnostics, verbose: bool, quiet: bool) -> String {
    let mut text = String::new();
    let mut done: Vec<(Severity, &'static str)> = Vec::new();
    for diagnostic in diags.iter() {
        if diagnostic.severity == Severity::Note && !verbose {
            continue;
        }
        // What has no place is told apart by its message alone.
        let fold = diagnostic.location.is_some() && !verbose;
        let kind = (diagnostic.severity, diagnostic.code);
        if fold && done.contains(&kind) {
            continue;
        }
        text.push_str(&one(diagnostic));
        if fold {
            done.push(kind);
            let others: Vec<&Diagnostic> = diags
                .iter()
                .filter(|other| (other.severity, other.code) == kind && *other != diagnostic)
                .filter(|other| other.location.is_some())
                .collect();
            text.push_str(&folded(&others));
        }
    }
    let notes = diags.count(Severity::Note);
    if notes > 0 && !verbose && !quiet {
        text.push_str(&format!(
            "{} (-v shows {})\n",
            plural(notes, "note"),
            if notes == 1 { "it" } else { "them" }
        ));
    }
    text
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
    let help = diagnostic.help.as_deref().map(in_line);
    let section = diagnostic
        .section
        .map_or_else(String::new, |section| format!("  see: {section}\n"));
    match (&diagnostic.location, help) {
        (Some(location), Some(help)) => {
            let place = place(location);
            text.push_str(&format!("\n  --> {place}\n  help: {help}\n{section}"));
        }
        (Some(location), None) => text.push_str(&format!("\n  --> {}\n", place(location))),
        (None, Some(help)) if diagnostic.message.len() + help.len() > LINE => {
            text.push_str(&format!("\n  help: {help}\n"));
        }
        (None, Some(help)) => text.push_str(&format!("; {help}\n")),
        (None, None) => text.push('\n'),
    }
    text
}

fn folded(others: &[&Diagnostic]) -> String {
    if others.is_empty() {
        return String::new();
    }
    let named: Vec<String> = others
        .iter()
        .filter_map(|other| other.location.as_ref())
        .take(PLACES)
        .map(place)
        .collect();
    let more = if others.len() > named.len() {
        ", …"
    } else {
        ""
    };
    format!(
        "  and {} more like it: {}{more} (-v shows all)\n",
        others.len(),
        named.join(", ")
    )
}

fn place(location: &Location) -> String {
    let path = in_line(&slashed(&location.path)).into_owned();
    match (location.line, location.column) {
        (0, _) => path,
        (line, 0) => format!("{path}:{line}"),
        (line, column) => format!("{path}:{line}:{column}"),
    }
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
