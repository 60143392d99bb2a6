//! What becomes of shortcodes whose templates a site has itself. What is expected was written by Hugo
//! 0.168 and Zola 0.22, but for addresses, which feeds have whole, and for classes and ids.

use super::*;

const NOTE: &str = "<div class=\"note {{ .Get \"kind\" }}\">{{ .Inner | markdownify }}</div>\n";

fn hugo_post(files: &[(&str, &str)], body: &str) -> Site {
    let config = "[markup.goldmark.renderer]\nunsafe = true\n";
    let site = hugo(config).file(
        "content/posts/a.md",
        &format!("---\ntitle: A\ndate: 2024-01-02\n---\n{body}\n"),
    );
    let write = |site: Site, (name, text): &(&str, &str)| {
        site.file(&format!("layouts/shortcodes/{name}.html"), text)
    };
    files.iter().fold(site, write)
}

fn zola_post(files: &[(&str, &str)], body: &str) -> Site {
    let site = zola("").file(
        "content/a.md",
        &format!("+++\ntitle = 'A'\ndate = 2024-01-02\n+++\n{body}\n"),
    );
    let write = |site: Site, (name, text): &(&str, &str)| {
        site.file(&format!("templates/shortcodes/{name}"), text)
    };
    files.iter().fold(site, write)
}

#[test]
fn hugo_fills_in() {
    let files = [
        ("note", NOTE),
        ("raw", "<div>{{ .Inner }}</div>\n"),
        ("kbd", "<kbd>{{ .Get 0 }}</kbd>\n"),
        (
            "q",
            "<blockquote>{{- .Inner | markdownify -}}{{ with .Get \"author\" }}<cite>{{ . }}</cite>{{ end }}</blockquote>\n",
        ),
        ("md", "**{{ .Get 0 }}** <b>x</b>\n"),
        (
            "rs",
            "<div>{{ .Page.RenderString .Inner }}</div>|<div>{{ .Inner | .Page.RenderString (dict \"display\" \"block\") }}</div>\n",
        ),
        (
            "link",
            "<a href=\"https://x.y/?q={{ .Get 0 }}\">b</a><img src=/c.png alt={{ .Get 1 }}>\n",
        ),
    ];
    for (body, expected) in [
        (
            "{{< note >}}one *two*{{< /note >}}",
            "<div>one <em>two</em></div>",
        ),
        (
            "{{< note kind=\"a&b\" >}}\npara *1*\n\npara 2\n{{< /note >}}",
            "<div><p>para <em>1</em></p>\n<p>para 2</p></div>",
        ),
        (
            "{{< note >}}\n{{< kbd \"n\" >}}\n\n{{< note >}}*deep*{{< /note >}}\n{{< /note >}}",
            "<div><p><kbd>n</kbd></p>\n<div><em>deep</em></div></div>",
        ),
        (
            "inline {{< kbd \"<b>\" >}} text",
            "<p>inline <kbd>&lt;b&gt;</kbd>\n text</p>",
        ),
        ("{{< kbd x >}}", "<kbd>x</kbd>"),
        (
            "{{< kbd x >}}\nthen *text*",
            "<p><kbd>x</kbd>\n\nthen <em>text</em></p>",
        ),
        (
            "- item {{< kbd z >}}\n- {{< kbd z >}}",
            "<ul>\n<li>item <kbd>z</kbd>\n</li>\n<li><kbd>z</kbd>\n</li>\n</ul>",
        ),
        (
            "> {{< raw >}}a *b* {{< kbd \"n\" >}}{{< /raw >}}",
            "<blockquote>\n<div>a *b* <kbd>n</kbd>\n</div>\n</blockquote>",
        ),
        (
            "{{< q author=\"O'Neil \\\"x\\\"\" >}}\nquote **x**\n{{< /q >}}",
            "<blockquote>quote <strong>x</strong><cite>O'Neil \"x\"</cite></blockquote>",
        ),
        (
            "{{% md \"a_b\" %}} more",
            "<p><strong>a_b</strong> <b>x</b>\nmore</p>",
        ),
        (
            "{{< rs >}}\nx *y*\n{{< /rs >}}",
            "<div>x <em>y</em></div>|<div><p>x <em>y</em></p>\n</div>",
        ),
        (
            "{{< link \"a b&c\" \"al t \\\"q\\\"\" >}}",
            "<a href=\"https://x.y/?q=a%20b%26c\">b</a><img src=\"https://example.gov/c.png\" alt=\"al t &quot;q&quot;\">",
        ),
        ("<div>{{< kbd h >}}</div>", "<div><kbd>h</kbd>\n</div>"),
        (
            "{{< note >}}one {{% md \"n\" %}} <b>two</b>{{< /note >}}",
            "<div>one <strong>n</strong> <b>x</b>\n<b>two</b></div>",
        ),
    ] {
        assert_eq!(only_content(&hugo_post(&files, body)), expected, "{body}");
    }
}

#[test]
fn zola_fills_in() {
    let files = [
        (
            "note.html",
            "<div class=\"note {{ kind | default(value=\"info\") }}\">{{ body | markdown | safe }}</div>\n",
        ),
        ("raw.html", "<div>{{ body | safe }}|{{ body }}</div>\n"),
        ("kbd.html", "<kbd>{{ x }}</kbd>\n"),
        (
            "q.html",
            "<blockquote>{{- body | markdown | safe -}}{% if author %}<cite>{{ author }}</cite>{% endif %}</blockquote>\n",
        ),
        ("md.md", "**{{ x }}** <b>x</b>\n"),
        (
            "inl.html",
            "<i>{{ body | markdown(inline=true) | safe }}</i>\n",
        ),
    ];
    for (body, expected) in [
        (
            "{% note() %}one *two*{% end %}",
            "<div><p>one <em>two</em></p>\n</div>",
        ),
        (
            "inline {{ kbd(x=\"<b>'/\") }} text",
            "<p>inline <kbd>&lt;b&gt;'/</kbd>\n text</p>",
        ),
        ("{{ kbd(x=\"x\") }}", "<kbd>x</kbd>"),
        (
            "> {% raw() %}a *b* {{ kbd(x=\"n\") }}{% end %}",
            "<blockquote>\n<div>a *b* <kbd>n</kbd>|a *b* &lt;kbd&gt;n&lt;/kbd&gt;</div>\n</blockquote>",
        ),
        (
            "{% q(author='O\"Neil <x>') %}\nquote **x**\n{% end %}",
            "<blockquote><p>quote <strong>x</strong></p>\n<cite>O\"Neil &lt;x&gt;</cite></blockquote>",
        ),
        (
            "{{ md(x=\"a_b\") }} more",
            "<p><strong>a_b</strong> <b>x</b>\nmore</p>",
        ),
        ("{% inl() %}x *y*{% end %}", "<i>x <em>y</em></i>"),
        (
            "{% note() %}\n{{ kbd(x=\"n\") }}\n\n{% note() %}*deep*{% end %}\n{% end %}",
            "<div><p><kbd>n</kbd></p>\n<div><p><em>deep</em></p>\n</div>\n</div>",
        ),
    ] {
        assert_eq!(only_content(&zola_post(&files, body)), expected, "{body}");
    }
}

/// Whatever a template or an argument says goes through the same sanitizer as all else.
#[test]
fn nothing_runs() {
    let files = [
        (
            "evil",
            "<a href=\"{{ .Get 0 }}\" onclick=\"x()\">{{ .Get 1 }}</a><script>y()</script><img src={{ .Get 1 }}>",
        ),
        ("html", "{{ .Get 0 | safeHTML }}"),
    ];
    let evil = "{{< evil \"javascript:alert(1)\" \"x onerror=alert(2)\" >}}";
    let html = "{{< html \"<img src=x onerror=alert(3)><script>z()</script>\" >}}";
    let site = hugo_post(&files, &format!("{evil}\n\n{html}"));
    let run = site.build_with(&["--output", ".", "-v"]);
    assert!(
        run.stderr.contains("do not show <script>"),
        "{}",
        run.stderr
    );
    assert_eq!(
        site.content(),
        "<a>x onerror=alert(2)</a><img src=\"https://example.gov/posts/a/x%20onerror=alert(2)\" alt=\"\">\n\
         <img src=\"https://example.gov/posts/a/x\" alt=\"\">"
    );
}

#[test]
fn what_computes_is_named_and_its_words_stay() {
    let files = [
        ("figure", "{{ partial \"figure\" . }}"),
        ("quote", "{{ range .Params }}{{ . }}{{ end }}{{ .Inner }}"),
    ];
    let body = "{{< figure src=\"/a.png\" caption=\"Cap\" >}}\n\n\
                {{< quote author=\"Ann\" >}}\n*Said*\n{{< /quote >}}\n\n{{< gone title=\"T\" >}}";
    let site = hugo_post(&files, body);
    let run = site.build_with(&["--output", "."]);
    let named = "{{< figure >}} {{< gone >}} {{< quote >}}";
    assert!(run.stderr.contains(named), "{}", run.stderr);
    assert_eq!(
        site.content(),
        "<figure><img src=\"https://example.gov/a.png\" alt=\"Cap\"><figcaption>Cap</figcaption></figure>\n\
         <p><em>Said</em></p>\n<p>Ann</p>\n<p>T</p>"
    );
    let files = [("quote.html", "{{ load_data(path=\"x\") }}{{ body }}")];
    let site = zola_post(&files, "{% quote(author=\"Ann\") %}\n*Said*\n{% end %}");
    let run = site.build_with(&["--output", "."]);
    assert!(run.stderr.contains("{% quote() %}"), "{}", run.stderr);
    assert_eq!(site.content(), "<p><em>Said</em></p>\n<p>Ann</p>");
}

/// A link whose address is lost is none, wherever it stands.
#[test]
fn links_that_are_lost() {
    let body = "{{< note >}}[a]({{< gone >}}) b{{< /note >}}\n\n[c]({{< gone >}})";
    let site = hugo_post(&[("note", NOTE)], body);
    assert_eq!(only_content(&site), "<div><a>a</a> b</div>\n<p>c</p>");
}

/// The first folder that has a template wins: the site's own, then that of its theme.
#[test]
fn folders_of_shortcodes() {
    let post = "---\ntitle: A\ndate: 2024-01-02\n---\n{{< a >}}\n\n{{< b >}}\n\n{{< c >}}\n";
    let site = hugo("theme = ['one', 'two']\n")
        .file("content/posts/a.md", post)
        .file("layouts/_shortcodes/a.html", "<i>site</i>")
        .file("layouts/shortcodes/a.html", "<i>older</i>")
        .file("themes/one/layouts/shortcodes/a.html", "<i>theme</i>")
        .file("themes/one/layouts/shortcodes/b.html", "<i>one</i>")
        .file("themes/two/layouts/_shortcodes/b.html", "<i>two</i>")
        .file("themes/two/layouts/_shortcodes/c.html", "<i>two</i>");
    assert_eq!(only_content(&site), "<i>site</i>\n<i>one</i>\n<i>two</i>");
    let post = "+++\ntitle = 'A'\ndate = 2024-01-02\n+++\n{{ a() }}\n\n{{ b() }}\n";
    let site = zola("theme = 'one'\n")
        .file("content/a.md", post)
        .file("templates/shortcodes/a.html", "<i>site</i>")
        .file("themes/one/templates/shortcodes/a.html", "<i>theme</i>")
        .file("themes/one/templates/shortcodes/b.html", "<i>one</i>");
    assert_eq!(only_content(&site), "<i>site</i>\n<i>one</i>");
}

/// Hugo runs shortcodes wherever they stand, and so it does here, but for what computes and what Hugo
/// has built in.
#[test]
fn shortcodes_in_code() {
    let files = [
        ("kbd", "<kbd>{{ .Get 0 }}</kbd>"),
        ("raw", "{{ .Inner }}"),
        ("md", "**{{ .Get 0 }}**"),
        ("range", "{{ range .Params }}{{ . }}{{ end }}"),
    ];
    for (body, expected) in [
        (
            "```\n{{< kbd x >}} {{% md x %}} {{</* kbd x */>}}\n```",
            "<pre><code><kbd>x</kbd> **x** {{&lt; kbd x &gt;}}\n</code></pre>",
        ),
        (
            "`a < {{< kbd x >}}` and `{{< raw >}}*b*{{< /raw >}}`",
            "<p><code>a &lt; <kbd>x</kbd></code> and <code>*b*</code></p>",
        ),
        (
            "```\n{{< range x >}}a{{< /range >}} {{< youtube x >}}\n```",
            "<pre><code>{{&lt; range x &gt;}}a{{&lt; /range &gt;}} {{&lt; youtube x &gt;}}\n</code></pre>",
        ),
    ] {
        assert_eq!(only_content(&hugo_post(&files, body)), expected, "{body}");
    }
}

#[test]
fn templates_over_those_that_hugo_has() {
    let files = [
        ("youtube", "<b>{{ .Get 0 }}</b>"),
        ("figure", "<i>{{ .Get \"src\" }}</i>"),
        ("vimeo", "{{ range .Params }}{{ . }}{{ end }}"),
    ];
    let body = "{{< youtube a >}}\n\n{{< figure src=\"b.png\" >}}";
    let site = hugo_post(&files, body);
    assert_eq!(only_content(&site), "<b>a</b>\n<i>b.png</i>");
    // One that computes would show nothing.
    let site = hugo_post(&files, "{{< vimeo 1 >}}");
    assert!(only_content(&site).contains("https://vimeo.com/1"));
}

#[test]
fn numbers_and_addresses() {
    let files = [("get", "{{ .Get 0 }}")];
    for (body, expected) in [
        (
            "{{< get 1.50 >}} {{< get 010 >}} {{< get -2.0 >}} {{< get \"1.50\" >}} {{< get 1.2.3 >}}",
            "<p>1.5 10 -2 1.50 1.2.3</p>",
        ),
        (
            "see https://x.y/{{< get v2 >}}/z now",
            "<p>see <a href=\"https://x.y/v2/z\">https://x.y/v2/z</a> now</p>",
        ),
    ] {
        assert_eq!(only_content(&hugo_post(&files, body)), expected, "{body}");
    }
}

#[test]
fn templates_of_a_language() {
    let post = "---\ntitle: A\ndate: 2024-01-02\n---\n{{< a >}}\n";
    let site = hugo("[languages.en]\nweight = 1\n[languages.fr]\nweight = 2\n")
        .file("content/posts/a.en.md", post)
        .file("content/posts/a.fr.md", post)
        .file("layouts/shortcodes/a.html", "<i>all</i>")
        .file("layouts/shortcodes/a.fr.html", "<i>fr</i>");
    site.build().assert_ok();
    assert!(site.read("static/feeds/feed.json").contains("<i>all</i>"));
    assert!(
        site.read("static/feeds/languages/fr/feed.json")
            .contains("<i>fr</i>")
    );
}

/// Content files that are HTML have shortcodes, too.
#[test]
fn shortcodes_in_html() {
    let site = hugo_post(&[("kbd", "<kbd>{{ .Get 0 }}</kbd>\n")], "").file(
        "content/posts/a.html",
        "---\ntitle: A\ndate: 2024-01-02\n---\n<p>{{< kbd \"x*y*\" >}}</p>\n",
    );
    site.remove("content/posts/a.md");
    assert_eq!(only_content(&site), "<p><kbd>x*y*</kbd>\n</p>");
}

#[test]
fn what_stands_for_a_picture() {
    let site = hugo_post(
        &[("inl", "{{- .Get 0 -}}")],
        "![{{< inl \"alt\" >}} t](/i.png)",
    );
    assert_eq!(
        only_content(&site),
        "<p><img src=\"https://example.gov/i.png\" alt=\"alt t\"></p>"
    );
}
