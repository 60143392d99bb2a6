//! Tests of Media RSS.

use super::super::itunes::tests::{found, in_channel, in_item, rss};

#[test]
fn descriptions() {
    // The function is long because it is one table, with a feed and its codes in each row.
    in_item(&[
        (
            "<media:title>a</media:title><media:description type=\"html\">&lt;b&gt;a&lt;/b&gt;</media:description>",
            &[],
        ),
        (
            "<media:title>a &lt;b&gt;b&lt;/b&gt;</media:title>",
            &["text-html-undeclared"],
        ),
        (
            "<media:title type=\"text/html\">a</media:title>",
            &["value-unknown"],
        ),
        (
            "<media:title type=\"html\">a &lt;b</media:title>",
            &["html-broken"],
        ),
        (
            "<media:title>a</media:title><media:title>b</media:title>",
            &["element-duplicate"],
        ),
        (
            "<media:text start=\"1:00:00\" end=\"now\" lang=\"en\">a</media:text>",
            &[],
        ),
        (
            "<media:text lang=\"klingon\">a</media:text>",
            &["language-invalid"],
        ),
        (
            "<media:text start=\"+17sec\">a</media:text>",
            &["media-time"],
        ),
        ("<media:keywords>a, b</media:keywords>", &[]),
        (
            "<media:category label=\"a &amp;ouml;\">a</media:category>",
            &["text-html"],
        ),
        (
            "<media:category scheme=\"example\">a</media:category>",
            &["uri-relative"],
        ),
        (
            "<media:copyright url=\"https://e.com/\">a</media:copyright>",
            &[],
        ),
        (
            "<media:copyright url=\"a b\">a</media:copyright>",
            &["uri-character"],
        ),
        (
            "<media:thumbnail url=\"https://e.com/a.jpg\" width=\"1\" height=\"1\" time=\"12.5\"/>",
            &[],
        ),
        (
            "<media:thumbnail url=\"https://e.com/a.jpg\" width=\"7.2\"/>",
            &["number-invalid"],
        ),
        (
            "<media:thumbnail time=\"-3\"/>",
            &["media-time", "attribute-missing"],
        ),
        ("<media:player url=\"https://e.com/\"/>", &[]),
        ("<media:player/>", &["attribute-missing"]),
        ("<media:nonsense/>", &["element-unknown"]),
    ]);
    in_channel(&[
        (
            "<media:rating>nonadult</media:rating><media:thumbnail url=\"https://e.com/a.jpg\"/>",
            &[],
        ),
        (
            "<media:content url=\"https://e.com/a.mp3\"/>",
            &["element-unknown"],
        ),
    ]);
}

#[test]
fn ratings() {
    in_item(&[
        ("<media:adult>true</media:adult>", &["media-adult"]),
        (
            "<media:adult>x</media:adult>",
            &["value-unknown", "media-adult"],
        ),
        ("<media:rating>adult</media:rating>", &[]),
        ("<media:rating>x</media:rating>", &["media-rating"]),
        (
            "<media:rating scheme=\"urn:mpaa\">PG-13</media:rating>",
            &[],
        ),
        (
            "<media:rating scheme=\"urn:mpaa\">tv-ma</media:rating>",
            &["media-rating"],
        ),
        (
            "<media:rating scheme=\"urn:v-chip\">tv-ma</media:rating>",
            &[],
        ),
        (
            "<media:rating scheme=\"urn:icra\">r (nz 1)</media:rating>",
            &[],
        ),
        (
            "<media:rating scheme=\"https://e.com/\">x</media:rating>",
            &[],
        ),
        (
            "<media:rating scheme=\"tomatoes\">x</media:rating>",
            &["uri-relative"],
        ),
    ]);
}

#[test]
fn hashes() {
    const MD5: &str = "dfdec888b72151965a34b4b59031290a";
    const SHA: &str = "61bebddaf54311c6c2421ad4368f51ec9eddec3c";
    in_item(&[
        (
            &format!("<media:hash>{MD5}</media:hash><media:hash algo=\"sha-1\">{SHA}</media:hash>"),
            &[],
        ),
        (
            &format!("<media:hash>{MD5}</media:hash><media:hash algo=\"md5\">{MD5}</media:hash>"),
            &["media-hash-duplicate"],
        ),
        (&format!("<media:hash>{SHA}</media:hash>"), &["media-hash"]),
        (
            "<media:hash>Yb692vVDEcbCQhrUNo9R7J7d7Dw=</media:hash>",
            &["media-hash"],
        ),
        (
            "<media:hash algo=\"sha-256\">x</media:hash>",
            &["value-unknown"],
        ),
    ]);
}

#[test]
fn credits() {
    in_item(&[
        (
            "<media:credit role=\"producer\">a</media:credit><media:credit>b</media:credit>",
            &[],
        ),
        (
            "<media:credit role=\"Producer\">a</media:credit>",
            &["media-credit-role"],
        ),
        (
            "<media:credit role=\"diva\">a</media:credit>",
            &["media-credit-role"],
        ),
        (
            "<media:credit role=\"diva\" scheme=\"https://e.com/\">a</media:credit>",
            &[],
        ),
        (
            "<media:credit role=\"owner\" scheme=\"urn:yvs\">a</media:credit>",
            &[],
        ),
        (
            "<media:credit role=\"owner\" scheme=\"foo\">a</media:credit>",
            &["uri-relative"],
        ),
    ]);
}

#[test]
fn restrictions() {
    in_item(&[
        (
            "<media:restriction relationship=\"allow\" type=\"country\">us DE</media:restriction>",
            &[],
        ),
        (
            "<media:restriction relationship=\"allow\" type=\"country\">us XX</media:restriction>",
            &["country-invalid"],
        ),
        (
            "<media:restriction relationship=\"deny\" type=\"uri\">https://e.com/ /a</media:restriction>",
            &["uri-relative"],
        ),
        (
            "<media:restriction relationship=\"deny\" type=\"sharing\"/>",
            &[],
        ),
        (
            "<media:restriction relationship=\"deny\">all</media:restriction>",
            &[],
        ),
        (
            "<media:restriction relationship=\"deny\">us</media:restriction>",
            &["media-restriction"],
        ),
        (
            "<media:restriction>all</media:restriction>",
            &["attribute-missing"],
        ),
        (
            "<media:restriction relationship=\"maybe\" type=\"x\">us</media:restriction>",
            &["value-unknown", "value-unknown"],
        ),
        (
            "<media:restriction relationship=\"deny\" type=\"country\">us</media:restriction>\
             <media:restriction relationship=\"deny\" type=\"country\">de</media:restriction>",
            &["media-restriction-duplicate"],
        ),
    ]);
}

#[test]
fn objects() {
    const ONE: &str = "<media:content url=\"https://e.com/a.mp3\" isDefault=\"true\"/>";
    in_item(&[
        (
            "<media:content url=\"https://e.com/a.mp4\" fileSize=\"1\" type=\"video/mp4\" medium=\"video\" isDefault=\"true\" expression=\"full\" bitrate=\"128.5\" framerate=\"25\" samplingrate=\"44.1\" channels=\"2\" duration=\"185\" height=\"2\" width=\"3\" lang=\"en\"><media:rating>adult</media:rating></media:content>",
            &[],
        ),
        ("<media:content url=\"www.e.com\"/>", &["uri-relative"]),
        (
            "<media:content url=\"https://e.com/a\" bitrate=\"high\" medium=\"8-track\" expression=\"partial\" isDefault=\"maybe\" type=\"x\"/>",
            &[
                "number-invalid",
                "value-unknown",
                "value-unknown",
                "value-unknown",
                "media-type-invalid",
            ],
        ),
        ("<media:content type=\"a/b\"/>", &["media-content-address"]),
        (
            "<media:content><media:player url=\"https://e.com/\"/></media:content>",
            &[],
        ),
        (
            "<media:player url=\"https://e.com/\"/><media:group><media:content/><media:content/></media:group>",
            &[],
        ),
        (
            "<media:group><media:content/><media:content/></media:group>",
            &["media-content-address", "media-content-address"],
        ),
        (
            &format!("<media:group>{ONE}</media:group>"),
            &["media-group-alone"],
        ),
        (
            &format!("<media:group>{ONE}{ONE}</media:group>"),
            &["media-group-defaults"],
        ),
        (
            &format!(
                "<media:group>{ONE}<media:content url=\"https://e.com/b.mp3\"/><media:title>a</media:title></media:group>"
            ),
            &[],
        ),
    ]);
}

#[test]
fn what_was_added_last() {
    in_item(&[
        (
            "<media:community><media:starRating average=\"3.5\" count=\"20\" min=\"1\" max=\"10\"/><media:statistics views=\"5\" favorites=\"5\"/><media:tags>news: 5, abc:3, reuters</media:tags></media:community>",
            &[],
        ),
        (
            "<media:community><media:statistics views=\"many\"/></media:community>",
            &["number-invalid"],
        ),
        (
            "<media:comments><media:comment>a</media:comment></media:comments><media:responses><media:response>https://e.com/</media:response></media:responses>",
            &[],
        ),
        (
            "<media:backLinks><media:backLink>/a</media:backLink></media:backLinks>",
            &["uri-relative"],
        ),
        (
            "<media:embed url=\"https://e.com/a.swf\" width=\"5\" height=\"3\"><media:param name=\"type\">a</media:param></media:embed>",
            &[],
        ),
        (
            "<media:embed><media:param>a</media:param></media:embed>",
            &["attribute-missing"],
        ),
        (
            "<media:status state=\"active\"/><media:rights status=\"official\"/>",
            &[],
        ),
        (
            "<media:status state=\"gone\"/><media:rights status=\"mine\"/>",
            &["value-unknown", "value-unknown"],
        ),
        (
            "<media:price type=\"rent\" price=\"19.99\" currency=\"EUR\"/>",
            &[],
        ),
        (
            "<media:price type=\"gift\" price=\"low\" currency=\"euro\"/>",
            &["value-unknown", "number-invalid", "media-currency"],
        ),
        (
            "<media:license type=\"text/html\" href=\"https://e.com/\">a</media:license><media:peerLink type=\"a/b\" href=\"https://e.com/\"/><media:subTitle type=\"a/b\" lang=\"en-us\" href=\"https://e.com/\"/>",
            &[],
        ),
        (
            "<media:location description=\"a\" start=\"00:01\" end=\"01:00\"><georss:point>1 2</georss:point></media:location>",
            &[],
        ),
        (
            "<media:scenes><media:scene><sceneTitle>a</sceneTitle><sceneStartTime>00:15</sceneStartTime></media:scene></media:scenes>",
            &[],
        ),
    ]);
}

#[test]
fn times() {
    use super::time::is_time;
    for text in [
        "now",
        "0",
        "17.5",
        "17.",
        "1:02:03",
        "12:05:35.3",
        "100:00:00",
    ] {
        assert!(is_time(text), "{text}");
    }
    for text in [
        "",
        ".",
        "-3",
        "+17sec",
        "1:2",
        "1:60:00",
        "1:00:000",
        "1:00:00:00",
        "1.x",
        "NOW",
    ] {
        assert!(!is_time(text), "{text}");
    }
}

#[test]
fn atom_too() {
    let feed = "<feed xmlns=\"http://www.w3.org/2005/Atom\" \
        xmlns:media=\"http://search.yahoo.com/mrss/\"><id>tag:e.com,2021:a</id><title>T</title>\
        <updated>2021-12-13T09:30:00Z</updated><author><name>A</name></author>\
        <entry><id>tag:e.com,2021:b</id><title>E</title><updated>2021-12-13T09:30:00Z</updated>\
        <content>C</content><media:group><media:content url=\"https://e.com/\"/></media:group>\
        </entry></feed>";
    assert!(found(feed, None).contains(&"media-group-alone"));
    assert!(found(&rss("", "<media:group/>"), None).contains(&"media-group-alone"));
}
