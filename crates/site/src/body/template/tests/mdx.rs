//! Tables of what becomes of MDX.

use crate::dialect::Templates;

use super::run;

/// Compares texts without their blank lines, which come and go.
fn check(text: &str, expected: &str, dropped: &[&str]) {
    let (found, named) = run(Templates::Jsx, text);
    let lines: Vec<&str> = found.lines().filter(|l| !l.trim().is_empty()).collect();
    assert_eq!(lines.join("\n"), expected, "{text}");
    assert_eq!(named, dropped, "{text}");
}

#[test]
fn statements_and_expressions() {
    check(
        "import A from './a.js';\nimport {\n  B,\n\n  C\n} from 'b'\n\nexport const x = {\n  a: 1,\n\n  b: '}'\n};\n\nText\n",
        "Text",
        &[],
    );
    check(
        "import duties are high\n\nexport controls too\n",
        "import duties are high\nexport controls too",
        &[],
    );
    check(
        "a {/* c */}b {'it'}{\" \"}{x.y} \\{z}",
        "a b it  \\{z}",
        &["{x.y}"],
    );
    check("a\n\n{/* truncate */}\n\nb", "a\n<!-- truncate -->\nb", &[]);
    check("## T {#id}", "## T {#id}", &[]);
}

#[test]
fn elements_and_components() {
    check(
        "<Foo.Bar a={b} />x <></><Nope c=\"d\"/>",
        "x ",
        &["<Foo.Bar />", "<Nope />"],
    );
    check(
        "<Note>*a* <b>c</b></Note>",
        "<blockquote>\n*a* <b>c</b>\n</blockquote>",
        &[],
    );
    check("<Any x={{a: '}'}}>text</Any>", "text", &[]);
    check(
        "<Tabs>\n  <TabItem value=\"a\" label=\"A b\">\n\n    ```js\n    x = {y}\n    ```\n\n  </TabItem>\n</Tabs>\n",
        "**A b**\n```js\nx = {y}\n```",
        &[],
    );
    check(
        "<div className=\"x\" style={{color: 'red'}}>\n  **b**\n</div>\n",
        "<div>\n**b**\n</div>",
        &[],
    );
    check(
        "<img src={require('./x.png').default} alt=\"A\" width={3} onClick={f} />",
        "<img src=\"./x.png\" alt=\"A\" width=\"3\">",
        &[],
    );
    check(
        "<a href={x}>y</a> <iframe src=\"/z\" />",
        "<a>y</a> <iframe src=\"/z\"></iframe>",
        &[],
    );
    check(
        "import pic from './p.webp'\n\n<Image src={pic} alt=\"A\" />",
        "![A](./p.webp)",
        &[],
    );
}

#[test]
fn what_stays_as_it_is() {
    for kept in [
        "`<A/> {x}` and $x^{2}$ a < b",
        "```\nimport a from 'b'\n<A/> {x}\n```",
        "<https://x.example/> {never",
        "<!-- <A/> -->",
    ] {
        check(kept, kept, &[]);
    }
    check(
        "- a\n\n  <Note>\n\n  b\n\n  </Note>\n",
        "- a\n  <blockquote>\n  b\n  </blockquote>",
        &[],
    );
}
