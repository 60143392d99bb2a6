//! Tests of whole feeds, which the tests here build from a few lines.

mod addresses;
mod frames;
mod limits;
mod messages;
mod places;
mod rules;
mod standing;
mod threads;
mod xml;

use std::collections::BTreeSet;
use std::path::Path;

use feedwright_base::date::Timestamp;
use feedwright_base::diagnostic::Diagnostics;

use super::{CheckOptions, Profile, check_feed};

/// All that is wrong with a feed, as `code line:column message`.
fn check(feed: &[u8], profile: Option<Profile>) -> Vec<String> {
    let options = CheckOptions {
        now: Timestamp::from_epoch(1_700_000_000).unwrap(),
        html: true,
        profile,
    };
    let mut diags = Diagnostics::new();
    check_feed(feed, Path::new("feed"), &options, &mut diags).unwrap();
    diags.sort();
    diags
        .iter()
        .map(|diagnostic| {
            let at = diagnostic.location.as_ref().unwrap();
            format!(
                "{} {}:{} {}",
                diagnostic.code, at.line, at.column, diagnostic.message
            )
        })
        .collect()
}

fn codes(feed: &[u8], profile: Option<Profile>) -> BTreeSet<String> {
    check(feed, profile)
        .iter()
        .map(|line| line.split(' ').next().unwrap_or_default().to_owned())
        .collect()
}

const NAMESPACES: &str = "xmlns:atom='http://www.w3.org/2005/Atom' \
    xmlns:content='http://purl.org/rss/1.0/modules/content/' \
    xmlns:dc='http://purl.org/dc/elements/1.1/' \
    xmlns:slash='http://purl.org/rss/1.0/modules/slash/' \
    xmlns:georss='http://www.georss.org/georss' \
    xmlns:geo='http://www.w3.org/2003/01/geo/wgs84_pos#' \
    xmlns:wfw='http://wellformedweb.org/CommentAPI/'";

/// A feed of RSS with something in its channel and in its item.
fn rss(channel: &str, item: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' {NAMESPACES}><channel>\
         <title>T</title><link>https://e.com/</link><description>D</description>\
         <language>en</language><atom:link rel='self' href='https://e.com/f'/>{channel}\
         <item><title>I</title><guid>https://e.com/1</guid>{item}</item></channel></rss>"
    )
}

/// A feed of Atom with something in it and in its entry.
fn atom(feed: &str, entry: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom' \
         xmlns:thr='http://purl.org/syndication/thread/1.0' \
         xmlns:fh='http://purl.org/syndication/history/1.0'>\
         <id>tag:e.com,2020:f</id><title>T</title><updated>2020-01-01T00:00:00Z</updated>\
         <author><name>A</name></author><link rel='self' href='https://e.com/f'/>{feed}\
         <entry><id>tag:e.com,2020:1</id><title>I</title>\
         <updated>2020-01-01T00:00:00Z</updated><link href='https://e.com/1'/>{entry}</entry>\
         </feed>"
    )
}

/// A feed of RSS 1.0 with an item.
fn rdf(item: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='utf-8'?>\
         <rdf:RDF xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/' \
         xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
         <channel rdf:about='https://e.com/'><title>T</title><link>https://e.com/</link>\
         <description>D</description><items><rdf:Seq/></items></channel>{item}</rdf:RDF>"
    )
}

/// A JSON feed with something in it and in its item.
fn json(feed: &str, item: &str) -> String {
    format!(
        r#"{{"version": "https://jsonfeed.org/version/1.1", "title": "T",
             "feed_url": "https://e.com/f", "home_page_url": "https://e.com/"{feed},
             "items": [{{"id": "1", "content_text": "x"{item}}}]}}"#
    )
}

const SUMMARY: &str = "<summary>S</summary>";
