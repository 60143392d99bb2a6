//! Recorded dialogues: HAR 1.2, as browsers and proxies write it.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use feedwright_base::error::Error;
use feedwright_feed::read::is_meant_as_feed;
use serde::Deserialize;
use url::Url;

use super::dialogue::{Answer, Dialogue, Exchange, Failure, Headers, Request};

#[derive(Deserialize)]
struct Har {
    log: Log,
}

#[derive(Deserialize)]
struct Log {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    request: Asked,
    response: Answered,
    #[serde(default)]
    time: f64,
    #[serde(default, rename = "serverIPAddress")]
    server: String,
}

#[derive(Deserialize)]
struct Asked {
    method: String,
    url: String,
    headers: Vec<Field>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answered {
    status: u16,
    headers: Vec<Field>,
    #[serde(default)]
    content: Content,
    #[serde(default)]
    body_size: i64,
}

#[derive(Deserialize)]
struct Field {
    name: String,
    value: String,
}

#[derive(Deserialize, Default)]
struct Content {
    #[serde(default)]
    size: i64,
    text: Option<String>,
    encoding: Option<String>,
}

/// The dialogues of a record about these addresses, or, where none is named, about each feed in it.
pub(crate) fn dialogues(bytes: &[u8], urls: &[Url]) -> Result<Vec<Dialogue>, Error> {
    let har: Har = serde_json::from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
        .map_err(|error| {
            Error::new(format!(
                "it is no HAR file: {error}; browsers write one from the network panel of their \
                 developer tools, “Save all as HAR with content”"
            ))
        })?;
    let exchanges: Vec<Exchange> = har.log.entries.into_iter().filter_map(exchange).collect();
    let mut asked = urls.to_vec();
    if urls.is_empty() {
        asked = feeds(&exchanges);
    }
    if let Some(unknown) = asked
        .iter()
        .find(|url| !exchanges.iter().any(|one| one.request.url == **url))
    {
        return Err(Error::new(format!("nobody asks for {unknown} in it")));
    }
    let dialogues = asked.into_iter().map(|asked| Dialogue {
        asked,
        exchanges: exchanges.clone(),
        ipv6_refused: None,
    });
    Ok(dialogues.collect())
}

/// Where the ways begin that lead to feeds; or what is asked for first, where there is none.
fn feeds(exchanges: &[Exchange]) -> Vec<Url> {
    let whole = Dialogue {
        asked: match exchanges.first() {
            Some(first) => first.request.url.clone(),
            None => return Vec::new(),
        },
        exchanges: exchanges.to_vec(),
        ipv6_refused: None,
    };
    let mut beginnings: Vec<Url> = Vec::new();
    let mut passed: Vec<Url> = Vec::new();
    for one in exchanges.iter().filter(|one| one.request.is_plain()) {
        let url = &one.request.url;
        if passed.contains(url) {
            continue;
        }
        let chain = whole.chain(url, Request::is_plain);
        passed.extend(chain.iter().map(|one| one.request.url.clone()));
        let answer = chain.last().and_then(|last| last.answered());
        if answer.is_some_and(|answer| is_meant_as_feed(&answer.body)) {
            beginnings.push(url.clone());
        }
    }
    if beginnings.is_empty() {
        beginnings.push(whole.asked);
    }
    beginnings
}

/// One entry; those of other protocols are none.
fn exchange(entry: Entry) -> Option<Exchange> {
    let mut url = Url::parse(&entry.request.url).ok()?;
    url.set_fragment(None);
    let milliseconds = entry.time.clamp(0.0, 1e9);
    Some(Exchange {
        request: Request {
            method: entry.request.method,
            url,
            headers: headers(entry.request.headers),
        },
        answer: answer(entry.response),
        time: Duration::from_secs_f64(milliseconds / 1000.0),
        peer: entry.server.trim_matches(['[', ']']).parse().ok(),
    })
}

fn answer(answered: Answered) -> Result<Answer, Failure> {
    // So browsers write down that nothing came.
    if answered.status == 0 {
        return Err(Failure {
            message: "there was no answer".to_owned(),
            is_tls: false,
        });
    }
    let text = answered.content.text.unwrap_or_default();
    let body = match answered.content.encoding.as_deref() {
        Some("base64") => STANDARD.decode(text.trim()).unwrap_or_default(),
        _ => text.into_bytes(),
    };
    let size = u64::try_from(answered.content.size).unwrap_or(0);
    let size = size.max(body.len() as u64);
    Ok(Answer {
        status: answered.status,
        headers: headers(answered.headers),
        body,
        size,
        // Less than nothing stands for what is not known.
        wire: u64::try_from(answered.body_size).unwrap_or(size),
        fault: None,
    })
}

/// The fields of a head; those of HTTP/2 with a colon are none.
fn headers(fields: Vec<Field>) -> Headers {
    let fields = fields.into_iter();
    let fields = fields.filter(|field| !field.name.starts_with(':'));
    Headers(fields.map(|field| (field.name, field.value)).collect())
}
