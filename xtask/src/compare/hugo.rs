//! The corpus as a Hugo site that makes nothing but feeds.

use std::path::Path;
use std::process::Command;
use std::{fs, io};

use crate::corpus::{Corpus, Post};

const CONFIG: &str = r#"baseURL = "https://www.example.gov/"
title = "The Example Gazette"
disableKinds = ["404", "robotsTXT", "section", "sitemap", "taxonomy"]
[taxonomies]
tag = "tags"
[outputs]
home = ["rss", "atom", "json"]
term = ["rss", "atom", "json"]
page = ["html"]
[[cascade]]
[cascade.build]
render = "link"
[cascade.target]
kind = "page"
[mediaTypes."application/atom+xml"]
suffixes = ["xml"]
[outputFormats.rss]
mediaType = "application/rss+xml"
baseName = "rss"
isPlainText = true
[outputFormats.atom]
mediaType = "application/atom+xml"
baseName = "atom"
isPlainText = true
[outputFormats.json]
mediaType = "application/json"
baseName = "feed"
isPlainText = true
[markup.highlight]
codeFences = false
"#;

const RSS: &str = r#"{{ $pages := .Pages }}{{ if .IsHome }}{{ $pages = site.RegularPages }}{{ end -}}
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>{{ .Title | html }}</title>
<link>{{ site.BaseURL }}</link>
<description>News of an agency that does not exist.</description>
{{ with .OutputFormats.Get "rss" -}}
<atom:link href="{{ .Permalink }}" rel="self" type="application/rss+xml"/>
{{ end -}}
{{ range first 20 $pages -}}
<item>
<title>{{ .Title | html }}</title>
<link>{{ .Permalink }}</link>
{{ with .Description }}<description>{{ . | html }}</description>
{{ end }}{{ range .Params.tags }}<category>{{ . | html }}</category>
{{ end }}<guid>{{ .Permalink }}</guid>
<pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate>
<dc:creator>{{ .Params.author | html }}</dc:creator>
<content:encoded><![CDATA[{{ .Content }}]]></content:encoded>
</item>
{{ end -}}
</channel>
</rss>
"#;

const ATOM: &str = r#"{{ $pages := .Pages }}{{ if .IsHome }}{{ $pages = site.RegularPages }}{{ end -}}
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>{{ .Title | html }}</title>
{{ with .OutputFormats.Get "atom" -}}
<id>{{ .Permalink }}</id>
<link href="{{ .Permalink }}" rel="self" type="application/atom+xml"/>
{{ end -}}
{{ range first 1 $pages }}<updated>{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}</updated>{{ end }}
{{ range first 20 $pages -}}
<entry>
<title>{{ .Title | html }}</title>
<id>{{ .Permalink }}</id>
<published>{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}</published>
<updated>{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}</updated>
<author><name>{{ .Params.author | html }}</name></author>
{{ range .Params.tags }}<category term="{{ . | html }}"/>
{{ end }}<link href="{{ .Permalink }}" rel="alternate" type="text/html"/>
{{ with .Description }}<summary>{{ . | html }}</summary>
{{ end }}<content type="html">{{ .Content | html }}</content>
</entry>
{{ end -}}
</feed>
"#;

const JSON: &str = r#"{{ $pages := .Pages }}{{ if .IsHome }}{{ $pages = site.RegularPages }}{{ end -}}
{{ $plain := dict "noHTMLEscape" true -}}
{"version": "https://jsonfeed.org/version/1.1",
"title": {{ .Title | jsonify $plain }},
"home_page_url": {{ site.BaseURL | jsonify $plain }},
{{ with .OutputFormats.Get "json" }}"feed_url": {{ .Permalink | jsonify $plain }},{{ end }}
"items": [
{{ range $at, $page := first 20 $pages }}{{ if $at }},{{ end -}}
{"id": {{ .Permalink | jsonify $plain }},
"url": {{ .Permalink | jsonify $plain }},
"title": {{ .Title | jsonify $plain }},
"content_html": {{ .Content | jsonify $plain }},
{{ with .Description }}"summary": {{ . | jsonify $plain }},
{{ end }}"date_published": "{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}",
"authors": [{"name": {{ .Params.author | jsonify $plain }}}],
"tags": {{ .Params.tags | jsonify $plain }}}
{{ end -}}
]}
"#;

/// Writes the site into a folder that is not there yet.
pub fn write(corpus: &Corpus, folder: &Path) -> io::Result<()> {
    let content = folder.join("content/posts");
    let layouts = folder.join("layouts/_default");
    fs::create_dir_all(&content)?;
    fs::create_dir_all(&layouts)?;
    fs::write(folder.join("hugo.toml"), CONFIG)?;
    fs::write(layouts.join("list.rss.xml"), RSS)?;
    fs::write(layouts.join("list.atom.xml"), ATOM)?;
    fs::write(layouts.join("list.json.json"), JSON)?;
    corpus.for_each(|post| fs::write(content.join(format!("{}.md", post.name)), text(post)))
}

/// Builds a site.
pub fn build(hugo: &Path, site: &Path, output: &Path) -> Command {
    let mut command = Command::new(hugo);
    command
        .args(["--quiet", "--noBuildLock", "--source"])
        .arg(site);
    command.arg("--destination").arg(output);
    command
}

fn text(post: &Post) -> String {
    let [day, time, zone] = &post.date;
    let (hours, minutes) = zone.split_at(3);
    let description = post
        .description
        .as_ref()
        .map(|description| format!("description: {description:?}\n"))
        .unwrap_or_default();
    format!(
        "---\ntitle: {:?}\ndate: {day}T{time}{hours}:{minutes}\nauthor: {:?}\n{description}\
        tags: {:?}\n---\n{}",
        post.title, post.author, post.tags, post.body
    )
}
