//! Posts from elsewhere, in place of those of the site's folder: JSON lines, a JSON array, a feed, or
//! an export of WordPress, from a file or from standard input.
//!
//! What it is shows in how it begins. All but JSON lines in a file become records in a temporary
//! one, so that whatever is read of posts later is read in one way.

mod json;
mod mistake;
mod spool;
mod wxr;

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::error::Error;
use feedwright_base::reading;
use feedwright_base::slice::Slice;
use feedwright_base::temporary::Scratch;
use feedwright_feed::read::items::Taken;
use memchr::memmem;

use crate::records::{Input, keys};
use crate::settings::SiteDefaults;

use self::spool::Spool;

/// How much is looked at to see what a stream is.
const HEAD: usize = 1 << 16;

/// Posts from elsewhere.
pub struct Imported {
    input: Input,
    defaults: SiteDefaults,
    /// Where the records are, if not in the file itself.
    _scratch: Option<Scratch>,
}

/// What a stream is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// One JSON object a line.
    Lines,
    /// A JSON array or a JSON Feed.
    Json,
    /// RSS, RDF or Atom.
    Feed,
    /// WordPress eXtended RSS.
    Wxr,
    /// Any of these, in an encoding that only XML may have.
    Utf16,
    Unknown,
}

impl Imported {
    /// Takes the posts of a file, or those of standard input where it is `-`; `None` where they
    /// cannot be read, and the diagnostics say why.
    ///
    /// # Errors
    ///
    /// A file that cannot be opened, and a temporary one that cannot be written.
    pub fn of(from: &Path, diags: &mut Diagnostics) -> Result<Option<Self>, Error> {
        let is_stdin = from == Path::new("-");
        let shown = if is_stdin { Path::new("stdin") } else { from };
        let failed = |error| Error::io("read", shown, error);
        let mut stream: Box<dyn Read> = if is_stdin {
            Box::new(io::stdin().lock())
        } else {
            Box::new(File::open(from).map_err(failed)?)
        };
        let mut head = Vec::new();
        let looked = (&mut stream).take(HEAD as u64).read_to_end(&mut head);
        looked.map_err(failed)?;
        let form = form(&head);
        let is_file = !is_stdin && from.is_file();
        let mut import = Import {
            shown,
            // A file may be read from its beginning as often as one likes.
            file: is_file.then_some(from),
            diags,
        };
        let name = shown.file_name().unwrap_or(shown.as_os_str());
        let input = |real: PathBuf, has_lines: bool| Input {
            name: name.into(),
            shown: shown.to_path_buf(),
            real,
            has_lines,
        };
        if is_file && form == Form::Lines {
            return Ok(Some(Imported {
                input: input(from.to_path_buf(), true),
                defaults: SiteDefaults::default(),
                _scratch: None,
            }));
        }
        if head.starts_with("\u{feff}".as_bytes()) {
            head.drain(.."\u{feff}".len());
        }
        let mut spool = Spool::new().map_err(|error| spooling(&error))?;
        let stream = Cursor::new(head).chain(stream);
        let Some(defaults) = import.convert(form, stream, &mut spool)? else {
            return Ok(None);
        };
        let (scratch, real) = spool.end().map_err(|error| spooling(&error))?;
        Ok(Some(Imported {
            input: input(real, form == Form::Lines),
            defaults,
            _scratch: Some(scratch),
        }))
    }

    /// The records.
    pub fn file(&self) -> &Input {
        &self.input
    }

    /// What stands there of the site.
    pub fn defaults(&self) -> &SiteDefaults {
        &self.defaults
    }
}

/// The error of a temporary file that cannot be written.
fn spooling(error: &io::Error) -> Error {
    Error::new(format!(
        "cannot keep the posts in a temporary file: {error}; `TMPDIR` says where those are"
    ))
}

/// Something that becomes records.
struct Import<'a> {
    shown: &'a Path,
    file: Option<&'a Path>,
    diags: &'a mut Diagnostics,
}

impl Import<'_> {
    /// Puts all posts of a stream into records, and returns what it says of the site.
    fn convert(
        &mut self,
        form: Form,
        stream: impl Read,
        spool: &mut Spool,
    ) -> Result<Option<SiteDefaults>, Error> {
        let failed = |error| Error::io("read", self.shown, error);
        match form {
            Form::Lines => {
                spool.copy(stream).map_err(failed)?;
                Ok(Some(SiteDefaults::default()))
            }
            Form::Json => match json::items(BufReader::with_capacity(HEAD, stream), spool) {
                Ok(defaults) => Ok(Some(defaults)),
                Err(error) if error.is_io() => Err(failed(error.into())),
                Err(error) => {
                    let message = error.to_string();
                    let end = message.find(" at line ").unwrap_or(message.len());
                    let (line, column) = (error.line(), error.column());
                    self.broken(line, column, &format!("its JSON: {}", message.slice(..end)));
                    Ok(None)
                }
            },
            Form::Feed => self.feed(stream, spool),
            Form::Wxr => self.wxr(stream, spool),
            Form::Utf16 => {
                self.broken(0, 0, "it is in UTF-16; convert it to UTF-8");
                Ok(None)
            }
            Form::Unknown => {
                self.broken(0, 0, "it is neither JSON nor XML");
                Ok(None)
            }
        }
    }

    /// Takes the items of RSS, RDF or Atom.
    fn feed(
        &mut self,
        stream: impl Read,
        spool: &mut Spool,
    ) -> Result<Option<SiteDefaults>, Error> {
        let mut bytes = Vec::new();
        let read = stream.take(reading::LARGEST).read_to_end(&mut bytes);
        read.map_err(|error| Error::io("read", self.shown, error))?;
        let taken = match Taken::parse(&bytes) {
            Ok(taken) => taken,
            Err(what) => {
                let (line, column) = mistake::place(|| Ok(bytes.as_slice())).unwrap_or_default();
                self.broken(line, column, &what);
                return Ok(None);
            }
        };
        for item in &taken.items {
            spool.item(item).map_err(|error| spooling(&error))?;
        }
        Ok(Some(SiteDefaults {
            title: taken.title,
            description: taken.description,
            language: taken.language,
            url: taken.site,
            ..SiteDefaults::default()
        }))
    }

    /// Takes the posts of an export of WordPress.
    fn wxr(&mut self, stream: impl Read, spool: &mut Spool) -> Result<Option<SiteDefaults>, Error> {
        let file = match self.file {
            Some(file) => file.to_path_buf(),
            None => spool.keep(stream).map_err(|error| spooling(&error))?,
        };
        let name = Path::new(self.shown.file_name().unwrap_or_default());
        match wxr::items(&file, name, spool, self.diags) {
            Ok(defaults) => Ok(Some(defaults)),
            Err(wxr::Failure::Io(error)) => Err(Error::io("read", self.shown, error)),
            Err(wxr::Failure::Xml(what)) => {
                let (line, column) = mistake::place(|| File::open(&file)).unwrap_or_default();
                self.broken(line, column, &what);
                Ok(None)
            }
        }
    }

    /// Reports what cannot be read at all.
    fn broken(&mut self, line: usize, column: usize, what: &str) {
        self.diags.error(
            "input-unreadable",
            Location::at(self.shown, line, column),
            format!("no posts can be taken from it: {what}"),
            "give JSON lines, a JSON array, a JSON Feed, RSS, Atom, or an export of WordPress; one \
             that is cut off has to be made anew",
        );
    }
}

/// What a stream that begins so is.
fn form(head: &[u8]) -> Form {
    if let [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, _, ..] | [_, 0, ..] = head {
        return Form::Utf16;
    }
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    match text.bytes().next() {
        Some(b'<') if memmem::find(head, b"http://wordpress.org/export/").is_some() => Form::Wxr,
        Some(b'<') => Form::Feed,
        Some(b'[') => Form::Json,
        Some(b'{') => {
            let found = keys(text);
            let has = |name: &str, start: &str| {
                found
                    .iter()
                    .any(|(key, value)| key == name && value.starts_with(start))
            };
            // A post may have a list of items, and then has an id as well, as no feed has.
            let is_feed = has("items", "[") && !has("id", "");
            if is_feed || has("version", "\"https://jsonfeed.org/") {
                Form::Json
            } else {
                Form::Lines
            }
        }
        None => Form::Lines,
        Some(_) => Form::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_says_what_it_is() {
        for (text, expected) in [
            ("", Form::Lines),
            ("\n{\"id\":1}\n{\"id\":2}\n", Form::Lines),
            ("{\"id\":1,\"items\":2}", Form::Lines),
            ("{\"id\":1,\"items\":[2]}", Form::Lines),
            ("<\0r\0s\0s\0", Form::Utf16),
            ("{\"content_text\":\"{\\\"items\\\":[\"}", Form::Lines),
            ("{\"id\":?\n{\"id\":2}", Form::Lines),
            ("\u{feff} [\n{}]", Form::Json),
            ("{\n \"title\": \"a\",\n \"items\": [", Form::Json),
            (
                "{\"version\":\"https://jsonfeed.org/version/1\",\"title\":\"cut",
                Form::Json,
            ),
            ("<?xml version=\"1.0\"?><rss>", Form::Feed),
            (
                "<rss xmlns:wp=\"http://wordpress.org/export/1.2/\">",
                Form::Wxr,
            ),
            ("id,title\n", Form::Unknown),
        ] {
            assert_eq!(form(text.as_bytes()), expected, "{text}");
        }
    }
}
