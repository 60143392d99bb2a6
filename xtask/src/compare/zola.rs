//! The corpus as a Zola site that makes nothing but feeds.
//!
//! Zola makes a tag's feeds only together with the tag's page, so each tag has a page of one line.

use std::path::Path;
use std::process::Command;
use std::{fs, io};

use crate::corpus::{Corpus, Post};

const CONFIG: &str = r#"base_url = "https://www.example.gov"
title = "The Example Gazette"
description = "News of an agency that does not exist."
compile_sass = false
generate_sitemap = false
generate_robots_txt = false
generate_feeds = true
feed_filenames = ["rss.xml", "atom.xml", "feed.json"]
feed_limit = 20
taxonomies = [{name = "tags", feed = true}]
"#;

const SECTION: &str = "+++\nrender = false\n+++\n";

const RSS: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>{{ config.title }}{% if term %} – {{ term.name }}{% endif %}</title>
<link>{{ config.base_url | safe }}</link>
<description>{{ config.description }}</description>
<atom:link href="{{ feed_url | safe }}" rel="self" type="application/rss+xml"/>
{% for page in pages -%}
<item>
<title>{{ page.title | escape_xml | safe }}</title>
<link>{{ page.permalink | safe }}</link>
{% if page.description %}<description>{{ page.description | escape_xml | safe }}</description>
{% endif %}{% for tag in page.taxonomies.tags %}<category>{{ tag }}</category>
{% endfor %}<guid>{{ page.permalink | safe }}</guid>
<pubDate>{{ page.date | date(format="%a, %d %b %Y %H:%M:%S %z") }}</pubDate>
<dc:creator>{{ page.authors.0 | escape_xml | safe }}</dc:creator>
<content:encoded><![CDATA[{{ page.content | safe }}]]></content:encoded>
</item>
{% endfor -%}
</channel>
</rss>
"#;

const ATOM: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>{{ config.title }}{% if term %} – {{ term.name }}{% endif %}</title>
<id>{{ feed_url | safe }}</id>
<updated>{{ last_updated | date(format="%+") }}</updated>
<link href="{{ feed_url | safe }}" rel="self" type="application/atom+xml"/>
{% for page in pages -%}
<entry>
<title>{{ page.title | escape_xml | safe }}</title>
<id>{{ page.permalink | safe }}</id>
<published>{{ page.date | date(format="%+") }}</published>
<updated>{{ page.date | date(format="%+") }}</updated>
<author><name>{{ page.authors.0 | escape_xml | safe }}</name></author>
{% for tag in page.taxonomies.tags %}<category term="{{ tag }}"/>
{% endfor %}<link href="{{ page.permalink | safe }}" rel="alternate" type="text/html"/>
{% if page.description %}<summary>{{ page.description | escape_xml | safe }}</summary>
{% endif %}<content type="html">{{ page.content | escape_xml | safe }}</content>
</entry>
{% endfor -%}
</feed>
"#;

const JSON: &str = r#"{
"version": "https://jsonfeed.org/version/1.1",
"title": {{ config.title | json_encode | safe }},
"home_page_url": {{ config.base_url | json_encode | safe }},
"feed_url": {{ feed_url | json_encode | safe }},
"items": [
{% for page in pages -%}
{"id": {{ page.permalink | json_encode | safe }},
"url": {{ page.permalink | json_encode | safe }},
"title": {{ page.title | json_encode | safe }},
"content_html": {{ page.content | json_encode | safe }},
{% if page.description %}"summary": {{ page.description | json_encode | safe }},
{% endif %}"date_published": "{{ page.date | date(format="%+") }}",
"authors": [{"name": {{ page.authors.0 | json_encode | safe }}}],
"tags": {{ page.taxonomies.tags | json_encode | safe }}}{% if not loop.last %},{% endif %}
{% endfor -%}
]}
"#;

/// Writes the site into a folder that is not there yet.
pub fn write(corpus: &Corpus, folder: &Path) -> io::Result<()> {
    let content = folder.join("content/posts");
    let templates = folder.join("templates");
    fs::create_dir_all(&content)?;
    fs::create_dir_all(templates.join("tags"))?;
    fs::write(folder.join("config.toml"), CONFIG)?;
    fs::write(folder.join("content/_index.md"), SECTION)?;
    fs::write(content.join("_index.md"), SECTION)?;
    fs::write(templates.join("tags/list.html"), "Tags\n")?;
    fs::write(templates.join("tags/single.html"), "{{ term.name }}\n")?;
    fs::write(templates.join("rss.xml"), RSS)?;
    fs::write(templates.join("atom.xml"), ATOM)?;
    fs::write(templates.join("feed.json"), JSON)?;
    corpus.for_each(|post| fs::write(content.join(format!("{}.md", post.name)), text(post)))
}

/// Builds a site.
pub fn build(zola: &Path, site: &Path, output: &Path) -> Command {
    let mut command = Command::new(zola);
    command.arg("--root").arg(site);
    command.args(["build", "--force", "--output-dir"]);
    command.arg(output);
    command
}

fn text(post: &Post) -> String {
    let [day, time, zone] = &post.date;
    let (hours, minutes) = zone.split_at(3);
    let description = post
        .description
        .as_ref()
        .map(|description| format!("description = {description:?}\n"))
        .unwrap_or_default();
    format!(
        "+++\ntitle = {:?}\ndate = {day}T{time}{hours}:{minutes}\nauthors = [{:?}]\n{description}\
        render = false\n[taxonomies]\ntags = {:?}\n+++\n{}",
        post.title, post.author, post.tags, post.body
    )
}
