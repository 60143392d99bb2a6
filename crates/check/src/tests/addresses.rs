//! Addresses in HTML and in RDF.

use std::collections::BTreeSet;

use super::{atom, codes, rdf, rss};

fn set<const N: usize>(codes: [&str; N]) -> BTreeSet<String> {
    codes.into_iter().map(str::to_owned).collect()
}

#[test]
fn all_attributes_with_addresses_are_checked() {
    for (html, code) in [
        (
            "<img alt='' src='https://e.com/' srcset='https://e.com/a 1x, /b 2x'>",
            "html-relative",
        ),
        ("<form action='/x'></form>", "html-relative"),
        ("<button formaction='/x'>a</button>", "html-relative"),
        ("<form action='javascript:1'></form>", "html-script-link"),
        (
            "<button formaction='JavaScript:1'>a</button>",
            "html-script-link",
        ),
    ] {
        let escaped = format!("<description><![CDATA[{html}]]></description>");
        assert_eq!(
            codes(rss("", &escaped).as_bytes(), None),
            set([code]),
            "{html}"
        );
        let xhtml = html.replace("2x'>", "2x'/>");
        let inline = format!(
            "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{xhtml}</div></content>"
        );
        let code = code.replace("html-relative", "html-relative-base");
        assert_eq!(
            codes(atom("", &inline).as_bytes(), None),
            set([&code]),
            "{html}"
        );
        if code != "html-script-link" {
            let based = inline.replace("<content", "<content xml:base='https://e.com/'");
            assert_eq!(codes(atom("", &based).as_bytes(), None), set([]), "{html}");
        }
    }
}

#[test]
fn properties_in_rdf_may_be_resources() {
    let item = |more: &str| {
        let item = "<item rdf:about='https://e.com/1'><title>I</title><link>https://e.com/1</link>";
        let feed = rdf(&format!("{item}{more}</item>"));
        let ns =
            "xmlns:trackback='http://madskills.com/public/xml/rss/module/trackback/' xmlns:rdf";
        codes(feed.replacen("xmlns:rdf", ns, 1).as_bytes(), None)
    };
    assert_eq!(
        item("<dc:relation rdf:resource='https://e.com/2'/>"),
        set([])
    );
    assert_eq!(
        item("<dc:relation rdf:resource='a b'/>"),
        set(["uri-character"])
    );
    assert_eq!(
        item("<dc:relation rdf:resources='x'/>"),
        set(["attribute-unknown"])
    );
    assert_eq!(
        item("<trackback:ping rdf:resource='https://e.com/t'/>"),
        set([])
    );
    assert_eq!(
        item("<trackback:ping rdf:resource='/t'/>"),
        set(["uri-relative"])
    );
    assert_eq!(
        item("<trackback:ping>https://e.com/t</trackback:ping>"),
        set(["attribute-missing"])
    );
}

#[test]
fn lists_of_items_in_rdf() {
    let of = |attribute: &str| {
        let list = format!("<rdf:Seq><rdf:li {attribute}='https://e.com/1'/></rdf:Seq>");
        codes(rdf("").replace("<rdf:Seq/>", &list).as_bytes(), None)
    };
    assert_eq!(of("rdf:resource"), set([]));
    assert_eq!(of("resource"), set([]));
    assert_eq!(of("rdf:resources"), set(["attribute-unknown"]));
}

#[test]
fn a_feed_is_not_the_home_page() {
    let feed = atom("", super::SUMMARY);
    let of = |base: &str, href: &str| {
        let based = feed.replace("<feed ", &format!("<feed xml:base='{base}' "));
        codes(
            based.replace("href='https://e.com/f'", href).as_bytes(),
            None,
        )
    };
    assert_eq!(of("https://e.com/", "href='f'"), set([]));
    assert_eq!(of("https://e.com/f", "href=''"), set([]));
    assert_eq!(of("https://e.com/", "href=''"), set(["self-relative"]));
}
