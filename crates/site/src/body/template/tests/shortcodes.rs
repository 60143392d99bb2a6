//! Tables of what becomes of the templates of a site's own shortcodes.

use crate::dialect::Templates;

use super::{check_as, run};

/// The templates of all tests.
pub(super) fn template(path: &str) -> Option<String> {
    let text = match path {
        "layouts/shortcodes/wrap.html" => "<i>{{ .Inner }}</i>",
        "layouts/shortcodes/twice.html" => "{{ .Inner }}{{ .Inner }}",
        "layouts/shortcodes/long.html" => return Some("{{ if .Get 0 }}{{ end }}".repeat(8_000)),
        "layouts/shortcodes/deep.html" => {
            return Some(format!("{{{{ {} }}}}", "(".repeat(100_000)));
        }
        "layouts/shortcodes/md.html" => "**{{ .Get 0 }}**",
        "layouts/shortcodes/either.html" => {
            "{{ with .Get \"src\" }}{{ resources.Get . }}{{ else }}<b>none</b>{{ end }}"
        }
        "templates/shortcodes/twice.html" => "{{ body }}{{ body }}",
        "templates/shortcodes/long.html" => {
            return Some("{% if x %}{% endif %}".repeat(8_000));
        }
        _ if path.starts_with("layouts/shortcodes/many") => "x",
        _ => return other(path),
    };
    Some(text.to_owned())
}

/// Templates of one line each.
fn other(path: &str) -> Option<String> {
    let name = path.rsplit_once('/')?.1.strip_suffix(".html")?;
    let (_, templates) = EXPRESSIONS.iter().find(|(known, _)| *known == name)?;
    Some((*templates).to_owned())
}

const EXPRESSIONS: [(&str, &str); 18] = [
    ("get", "[{{ .Get 0 }}{{ .Get \"x\" }}{{ .Params.y }}]"),
    (
        "if",
        "{{- if eq (.Get 0) \"a\" \"b\" -}} A {{- else if .Get 1 -}} B {{- else -}} C {{- end -}}",
    ),
    (
        "with",
        "{{ with $x := .Get 0 }}{{ . }}{{ $x }}{{ $.Get 1 }}{{ else with .Get \"y\" }}{{ . }}{{ end }}",
    ),
    (
        "pipe",
        "{{/* {{ a }} */}}{{ .Get 0 | default \"d\" | upper }}{{ printf \"%s-%v%%\" (.Get 0) 1 }}{{ not (.Get 0) }}",
    ),
    (
        "url",
        "{{ .Get 0 | relURL }} {{ .Get 0 | absURL }} {{ urlize (.Get 0) }}",
    ),
    (
        "params",
        "{{ isset .Params \"x\" }}{{ .IsNamedParams }}{{ index .Params \"x\" }}{{ or (.Get \"z\") \"o\" }}",
    ),
    ("dot", "{{ with .Get 0 }}{{ .Get 1 }}{{ end }}"),
    (
        "show",
        "{{ x }}{{ y | default(value='d') }}{# c #}{%- if x == 'a' and not z is defined -%} A {%- elif z -%} B {%- else -%} C {%- endif -%}",
    ),
    (
        "filters",
        "{{ x | upper }}{{ x ~ '-' ~ nth }}{{ x | replace(from='a', to='<') }}{{ x | safe }}{% set z = x | trim %}{{ z }}",
    ),
    ("link", "{{ get_url(path=x) }}"),
    ("meta", "{{ get_image_metadata(path=x) }}"),
    (
        "store",
        "{{ if gt (len .Params) 1 }}{{ $.Scratch.Set \"k\" (.Get 1) }}{{ else }}{{ .Page.Store.Set \"k\" \"d\" }}{{ end }}{{ .Page.Store.Get \"k\" }}{{ $.Scratch.Get \"k\" }}",
    ),
    (
        "unseen",
        "{{ $id := md5 .Name }}{{ .Page.Scratch.Add \"n\" 1 }}<i id=\"a-{{ $id }}\" title='{{ .Get 0 }}'>{{ .Get 0 }}</i>",
    ),
    ("seen", "{{ $id := md5 .Name }}<i>{{ $id }}</i>"),
    (
        "random",
        "{% set id = get_random(end=9) %}<i id=\"a-{{ id }}\">{{ x | trim_start_matches(pat='-') }}</i>",
    ),
    (
        "start",
        "{% if x is starting_with('http') and x is not ending_with('/') %}A{% else %}B{% endif %}",
    ),
    ("seen2", "{% set id = get_random(end=9) %}<i>{{ id }}</i>"),
    ("range", "{{ range .Params }}{{ . }}{{ end }}"),
];

fn check(text: &str, expected: &str, dropped: &[&str]) {
    check_as(Templates::Hugo, text, expected, dropped);
}

#[test]
fn templates_of_hugo() {
    check("{{< get \"<\" >}}", "[&lt;]", &[]);
    check("{{< get x=1 y=2 >}}", "[12]", &[]);
    check("{{< if b >}}{{< if c d >}}{{< if c >}}", "ABC", &[]);
    check("{{< with 1 2 >}}{{< with y=3 >}}", "1123", &[]);
    check(
        "{{< pipe >}} {{< pipe \"a\" >}}",
        "D-1%true Aa-1%false",
        &[],
    );
    check(
        "{{< url \"/A b\" >}}, {{< url \"a\" >}}",
        "/A b https://example.gov/A%20b /a-b, /blog/a https://example.gov/blog/a a",
        &[],
    );
    check("{{< params x=a >}}", "truetrueao", &[]);
    check(
        "{{< wrap >}}*a* {{< get 1 >}}{{< /wrap >}}",
        "<i>*a* [1]</i>",
        &[],
    );
    check("{{% md \"a\" %}} b", "**a** b", &[]);
    check(
        "{{< get \"x - {{< get y >}}\" >}} you {{< a {{< get 1 >}}",
        "[x - {{&lt; get y &gt;}}] you ",
        &["{{< a >}}"],
    );
    check("{{< store a >}} {{< store a b >}}", "dd bb", &[]);
}

#[test]
fn templates_that_compute() {
    check("{{< range a title=\"T\" >}}", "\nT\n\n", &["{{< range >}}"]);
    check("{{< dot 1 2 >}}", "", &["{{< dot >}}"]);
    // It depends on the arguments.
    check("{{< either >}}", "<b>none</b>", &[]);
    check(
        "{{< either src=\"a.png\" >}}",
        "![](a.png)",
        &["{{< either >}}"],
    );
    // What it computes may stand where no reader sees it.
    check("{{< unseen \"a\" >}}", "<i id=\"a-\" title='a'>a</i>", &[]);
    check("{{< seen >}}", "", &["{{< seen >}}"]);
    // Nobody else's files.
    check("{{< ../../secret >}}", "", &["{{< ../../secret >}}"]);
}

#[test]
fn shortcodes_in_the_wrong_order() {
    check(
        "{{< wrap >}}a{{% twice %}}b{{< /wrap >}}c{{% /twice %}}",
        "<i>ab</i>c",
        &["{{% twice %}}"],
    );
    check(
        "{{< wrap >}}a{{< highlight go >}}b{{< /wrap >}}c{{< /highlight >}}",
        "a<pre><code class=\"language-go\">b{{&lt; /wrap &gt;}}c</code></pre>",
        &["{{< wrap >}}"],
    );
}

#[test]
fn templates_of_zola() {
    let check = |text: &str, expected: &str, dropped: &[&str]| {
        check_as(Templates::Zola, text, expected, dropped);
    };
    check(
        "{{ show(x='a') }}{{ show(x='<', y=1) }}{{ show(x='b', z=true) }}",
        "adA&lt;1CbdB",
        &[],
    );
    check(
        "{{ filters(x='a') }} {{ filters(x='b ') }}",
        "Aa-1&lt;aa B b -2b b b",
        &[],
    );
    check("{{ link(x='/a b/') }}", "https://example.gov/blog/a b", &[]);
    check(
        "{{ link(x='@/posts/b.md') }}",
        "https://example.gov/b/",
        &[],
    );
    check("{{ random(x='--a') }}", "<i id=\"a-\">a</i>", &[]);
    check("{{ seen2(x='a') }}", "", &["{{ seen2() }}"]);
    check("{{ start(x='http:a') }}{{ start(x='http:/') }}", "AB", &[]);
    // Zola stops at a variable that is not there, and at lists only it knows.
    check("{{ show(y='a') }}", "", &["{{ show() }}"]);
    check("{{ show(x=['a']) }}", "", &["{{ show() }}"]);
    check(
        "{{ meta(x='a', caption='C') }}",
        "\nC\n\n",
        &["{{ meta() }}"],
    );
}

/// A post cannot become larger than what it may by work.
#[test]
fn no_explosion() {
    let text = "{{< twice >}}".repeat(30) + "ab" + &"{{< /twice >}}".repeat(30);
    let (found, named) = run(Templates::Hugo, &text);
    let many: String = (0..300).map(|at| format!("{{{{< many{at} >}}}}")).collect();
    assert_eq!(run(Templates::Hugo, &many).0, "x".repeat(200));
    assert!(found.len() < 20 << 20, "{}", found.len());
    assert_eq!(named, ["{{< twice >}}"]);
}
