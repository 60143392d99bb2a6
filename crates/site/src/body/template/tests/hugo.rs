//! Tables of what becomes of Hugo's shortcodes.

use crate::dialect::Templates;

use super::check_as;

fn check(text: &str, expected: &str, dropped: &[&str]) {
    check_as(Templates::Hugo, text, expected, dropped);
}

#[test]
fn known_shortcodes() {
    check(
        "{{< figure src=\"/a.png\" alt=\"x\" caption=\"A & *b*\" >}}",
        "<figure><img src=\"/a.png\" alt=\"x\"><figcaption>\n\nA & *b*\n\n</figcaption></figure>\n\n",
        &[],
    );
    check(
        "{{< figure src=\"a.png\" title=\"<T>\" link=\"/l\" attr=\"By\" attrlink=\"/b\" >}}",
        "<figure><a href=\"/l\"><img src=\"a.png\" alt=\"\"></a><figcaption><h4>&lt;T&gt;</h4><a href=\"/b\">By</a></figcaption></figure>\n\n",
        &[],
    );
    check(
        "[x]({{< ref \"/posts/b.md#y\" >}})",
        "[x](https://example.gov/b/#y)",
        &[],
    );
    check("{{% relref \"posts/b\" %}}", "https://example.gov/b/", &[]);
    check(
        "{{< relref \"b.md\" >}}",
        "https://example.gov/news/b/",
        &[],
    );
    check(
        "{{< ref \"../posts/c\" >}} {{< ref path=\"c\" >}}",
        "https://example.gov/c/ https://example.gov/c/",
        &[],
    );
    check("{{< ref \"nothing\" >}}", "", &["{{< ref >}}"]);
    check(
        "{{< highlight go \"linenos=table\" >}}\na {{ .X }}\n{{< /highlight >}}",
        "```go\na {{ .X }}\n```\n",
        &[],
    );
    check(
        "{{< vimeo 12 >}}",
        "[https://vimeo.com/12](https://vimeo.com/12)",
        &[],
    );
    check(
        "{{< param motto >}} {{< param nope >}}",
        "To \\*serve\\* ",
        &["{{< param >}}"],
    );
    check("{{% param motto %}}", "To *serve*", &[]);
    check(
        "{{< details summary=\"S\" >}}\ntext\n{{< /details >}}",
        "<details><summary>S</summary>\n\n\n\ntext\n\n</details>\n\n",
        &[],
    );
}

#[test]
fn unknown_shortcodes() {
    check(
        "{{% hint %}}*a* {{< b >}}c{{< /b >}}{{% /hint %}}",
        "*a* c",
        &["{{% hint %}}", "{{< b >}}"],
    );
    check(
        "{{< quote author=\"Ann\" >}}\na\n{{< b title=\"T\" >}}c{{< /b >}}\n{{< /quote >}}",
        "\na\nc T\n\nAnn\n\n",
        &["{{< b >}}", "{{< quote >}}"],
    );
    check(
        "{{< img src=\"a b.jpg\" alt=\"x [y]\" caption=\"A *b*\" >}}",
        "![x \\[y\\]](a%20b.jpg) A *b*",
        &["{{< img >}}"],
    );
    check(
        "{{< legacy-img src=\"a.jpg\" />}}",
        "![](a.jpg)",
        &["{{< legacy-img >}}"],
    );
    check(
        "{{< hint \"He said so himself.\" class=\"a b c d\" x=\"y z\" >}}",
        "\nHe said so himself.\n\n",
        &["{{< hint >}}"],
    );
    check("a{{< comment >}}b {{< x >}}{{< /comment >}}c", "ac", &[]);
    check("a {{< hint text=\"T\" >}}", "a  T", &["{{< hint >}}"]);
}

#[test]
fn what_is_no_shortcode() {
    check(
        "{{< toc >}}{{ .Title }}{{</* gone",
        "",
        &["{{ .Title }}", "{{< /* >}}", "{{< toc >}}"],
    );
    check(
        "`{{</* x */>}}` {{%/* y */%}} `{{< z >}}`",
        "`{{< x >}}` {{% y %}} `{{< z >}}`",
        &[],
    );
    check("{{</*x*/>}}", "{{&lt;x>}}", &[]);
    check(
        "$\\frac{{a}}{b}$ and {{ a",
        "$\\frac{{a}}{b}$ and {{ a",
        &[],
    );
    check(
        "<div>\n{{< youtube a >}}\n</div>",
        "<div>\n<a href=\"https://www.youtube.com/watch?v=a\">https://www.youtube.com/watch?v=a</a>\n</div>",
        &[],
    );
}
