//! What a feed says of itself that its delivery is held against.

use feedwright_feed::Format;
use feedwright_feed::read::Published;
use feedwright_feed::read::items::Taken;
use serde_json::Value;
use url::Url;

/// What is known of a feed's content.
#[derive(Debug, Default)]
pub(crate) struct Content {
    pub(crate) format: Option<Format>,
    /// Its own address, as it gives it.
    pub(crate) own: Option<Url>,
    /// The page that it is of.
    pub(crate) home: Option<Url>,
    pub(crate) enclosures: Vec<Enclosure>,
}

/// A file that an entry names.
#[derive(Debug)]
pub(crate) struct Enclosure {
    pub(crate) url: Url,
    pub(crate) media_type: Option<String>,
    pub(crate) length: Option<u64>,
}

impl Content {
    /// Reads a feed that was found at an address. What is no feed says nothing.
    pub(crate) fn of(body: &[u8], at: &Url) -> Self {
        let Ok(feed) = Published::parse(body) else {
            return Content {
                format: Published::format_of(body),
                ..Content::default()
            };
        };
        let url = |text: Option<String>| {
            let mut url = at
                .join(text.as_deref().filter(|text| !text.is_empty())?)
                .ok()?;
            url.set_fragment(None);
            Some(url).filter(|url| matches!(url.scheme(), "http" | "https"))
        };
        Content {
            format: Some(feed.format),
            enclosures: files(feed.format, body)
                .into_iter()
                .filter_map(|(address, media_type, length)| {
                    Some(Enclosure {
                        url: url(Some(address))?,
                        media_type,
                        length: length.and_then(|length| length.trim().parse().ok()),
                    })
                })
                .collect(),
            own: url(feed.head.self_link),
            home: url(feed.head.site),
        }
    }
}

/// An address, a media type and a length, as they are written.
type File = (String, Option<String>, Option<String>);

fn files(format: Format, body: &[u8]) -> Vec<File> {
    if format != Format::Json {
        let items = Taken::parse(body).map(|taken| taken.items);
        let files = items.unwrap_or_default().into_iter();
        return files
            .flat_map(|item| item.attachments)
            .map(|file| (file.url, file.mime_type, file.size_in_bytes))
            .collect();
    }
    let feed: Value = serde_json::from_slice(body).unwrap_or_default();
    let list = |value: &Value, name: &str| {
        let list = value.get(name).and_then(Value::as_array);
        list.cloned().unwrap_or_default()
    };
    let text = |value: &Value, name: &str| {
        let text = value.get(name).and_then(Value::as_str);
        text.map(str::to_owned)
    };
    let items = list(&feed, "items").into_iter();
    items
        .flat_map(|item| list(&item, "attachments"))
        .filter_map(|file| {
            let size = file.get("size_in_bytes").and_then(Value::as_u64);
            let size = size.map(|size| size.to_string());
            Some((text(&file, "url")?, text(&file, "mime_type"), size))
        })
        .collect()
}
