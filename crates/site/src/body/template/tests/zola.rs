//! Tables of what becomes of Zola's shortcodes.

use crate::dialect::Templates;

use super::check_as;

#[test]
fn zola() {
    let check = |text: &str, expected: &str, dropped: &[&str]| {
        check_as(Templates::Zola, text, expected, dropped);
    };
    check(
        "{{ vimeo(id=\"12\", autoplay=true) }}",
        "[https://vimeo.com/12](https://vimeo.com/12)",
        &[],
    );
    check(
        "{{ gist(url=\"https://gist.github.com/a/b\") }}",
        "[https://gist.github.com/a/b](https://gist.github.com/a/b)",
        &[],
    );
    check("{% quote(author=\"X\") %}\n*a*\n{% end %}", "\n*a*\n", &[]);
    check("{{ image(src=\"a.png\", alt=\"b\") }}", "![b](a.png)", &[]);
    check(
        "{{ nope() }} {{ page.title }}{% end %}",
        " ",
        &["{% end %}", "{{ nope() }}", "{{ page.title }}"],
    );
    check(
        "`{{/* x() */}}` {%/* y() */%} `{{ z() }}`",
        "`{{ x() }}` {% y() %} `{{ z() }}`",
        &[],
    );
    check("{% never(closed=1) %}a", "a", &["{% never(closed=1) %}"]);
}
