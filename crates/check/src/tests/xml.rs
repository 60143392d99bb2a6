//! XML and its encodings are read as strictly as their specifications ask.

use super::{check, codes};

/// Feeds that are not well-formed.
const NOT_WELL_FORMED: &[&[u8]] = &[
    b"\xef\xbb\xbf\xef\xbb\xbf<rss/>",
    b"<!doctype rss><rss/>",
    b"<!DOCTYPErss><rss/>",
    b"<?xml xml version='1.0'?><rss/>",
    b"<?xml version='&#49;.0'?><rss/>",
    b"<?xml version='1.0' encoding='a b'?><rss/>",
    b"<?a:b?><rss/>",
    b"<?a?b?><rss/>",
    b"<rss>&a:b;</rss>",
    b"<rss a='1' a='1'/>",
    b"<rss xmlns:a='u:x' xmlns:b='u:x' a:c='' b:c=''/>",
    b"<rss xmlns:a='http://www.w3.org/XML/1998/namespace'/>",
    b"<rss xmlns='http://www.w3.org/XML/1998/namespace'/>",
    b"<rss xmlns='http://www.w3.org/2000/xmlns/'/>",
    b"<rss xmlns:xmlns='u:x'/>",
    b"<xmlns:rss/>",
    b"<!DOCTYPE rss [<!ELEMENT>]><rss/>",
    b"<!DOCTYPE rss [<!ENTITY a '<b>'>]><rss>&a;</rss>",
    b"<!DOCTYPE rss [<!ENTITY a '</b><b>'>]><rss><b>&a;</b></rss>",
    b"<!DOCTYPE rss [<!ENTITY a '&#60;b>'>]><rss>&a;</rss>",
    b"<!DOCTYPE rss [<!ENTITY a '&#38;'>]><rss>&a;</rss>",
    b"<!DOCTYPE rss [<!ENTITY a ']]>'>]><rss>&a;</rss>",
    b"<!DOCTYPE rss [<!ENTITY a '<?xml version=\"1.0\"?>'>]><rss>&a;</rss>",
    b"<!DOCTYPE rss [<!ENTITY a '<b/>'>]><rss b='&a;'/>",
    b"<!DOCTYPE rss [<!ENTITY a SYSTEM 'x'>]><rss b='&a;'/>",
    b"<!DOCTYPE rss [<!NOTATION n SYSTEM 'x'><!ENTITY a SYSTEM 'x' NDATA n>]><rss>&a;</rss>",
    b"<?xml version='1.0' standalone='yes'?><!DOCTYPE rss SYSTEM 'x'><rss>&a;</rss>",
    b"<?xml version='1.0' encoding='windows-1252'?><rss>\x81</rss>",
    b"\xef\xbb\xbf<?xml version='1.0' encoding='utf-16'?><rss/>",
    b"\xff\xfe<\0?\0x\0m\0l\0 \0v\0e\0r\0s\0i\0o\0n\0=\0'\x001\0.\x000\0'\0 \0e\0n\0c\0o\0d\0\
          i\0n\0g\0=\0'\0u\0t\0f\0-\x001\x006\0b\0e\0'\0?\0>\0<\0a\0/\0>\0",
    b"<\0r\0s\0s\0/\0>\0",
];

/// Feeds that are well-formed.
const WELL_FORMED: &[&[u8]] = &[
        b"\xef\xbb\xbf<?xml version='1.0'?><rss/>",
        b"<rss a='1' xmlns:a='u:x' xmlns:b='u:y' a:a='' b:a=''/>",
        b"<rss xmlns:a='http://purl.org/dc/elements/1.1/' xmlns:b='http://purl.org/dc/elements/1.1' a:c='' b:c=''/>",
        b"<rss xmlns:xml='http://www.w3.org/XML/1998/namespace'/>",
        b"<!DOCTYPE rss [<!ENTITY a '<b>&c;</b>'><!ENTITY c 'd&#38;amp;<!-- -->'>]><rss>&a;</rss>",
        b"<!DOCTYPE rss [<!ENTITY % a '<!ENTITY b \"c\">'> %a;]><rss>&b;</rss>",
        b"<!DOCTYPE rss [<!ATTLIST rss xmlns:a CDATA 'u:x'>]><rss a:b=''/>",
        b"<!DOCTYPE rss SYSTEM 'x'><rss>&a;</rss>",
        b"<?xml version='1.0' encoding='iso-8859-1'?><rss>\x81</rss>",
    ];

#[test]
fn encodings_are_read() {
    let text = "<?xml version='1.0' encoding='NAME'?><rss version='2.0'><channel><title>Ä€</title>\
                <link>https://e.com/</link><description>D</description></channel></rss>";
    for (name, encoding) in [
        ("utf-16", encoding_rs::UTF_16LE),
        ("windows-1252", encoding_rs::WINDOWS_1252),
        ("shift_jis", encoding_rs::SHIFT_JIS),
    ] {
        let text = text.replace("NAME", name).replace(
            if name == "shift_jis" { "Ä€" } else { "" },
            if name == "shift_jis" { "あ" } else { "" },
        );
        let bytes = if encoding == encoding_rs::UTF_16LE {
            let units = text.encode_utf16().flat_map(u16::to_le_bytes);
            [0xff, 0xfe].into_iter().chain(units).collect()
        } else {
            encoding.encode(&text).0.into_owned()
        };
        let found = codes(&bytes, None);
        for code in [
            "encoding-invalid",
            "encoding-unknown",
            "xml-syntax",
            "characters-broken",
            "no-feed",
        ] {
            assert!(!found.contains(code), "{name}: {found:?}");
        }
    }
    let lies = text.replace("NAME", "us-ascii");
    assert!(codes(lies.as_bytes(), None).contains("encoding-invalid"));
}

/// What is wrong with the XML of a feed.
fn faults(feed: &[u8]) -> Vec<String> {
    let mut found = check(feed, None);
    found.retain(|line| {
        let is_fault = line.starts_with("xml-") || line.starts_with("encoding-invalid");
        is_fault && !line.starts_with("xml-doctype")
    });
    found
}

#[test]
fn xml_is_as_strict_as_its_specification() {
    for feed in NOT_WELL_FORMED {
        assert!(
            !faults(feed).is_empty(),
            "{}",
            String::from_utf8_lossy(feed)
        );
    }
    for feed in WELL_FORMED {
        let found = faults(feed);
        assert!(
            found.is_empty(),
            "{}: {found:?}",
            String::from_utf8_lossy(feed)
        );
    }
}

#[test]
fn the_text_of_entities_is_reported_where_they_stand() {
    let feed = b"<!DOCTYPE rss [<!ENTITY a 'x\n<b></c>'>]>\n<rss>&a;</rss>";
    let found = faults(feed);
    assert_eq!(found, ["xml-syntax 3:6 `</c>` stands where `</b>` should"]);
}

#[test]
fn blanks_that_the_markup_has_count() {
    let feeds: [(&[u8], &str); 4] = [
        (b"<rss><a></a\n\n></c></rss>", "3:2"),
        (b"<rss><a></a \n ></c></rss>", "2:3"),
        (b"<!DOCTYPE\n\n rss\n><rss></c></rss>", "4:7"),
        (b"<!DOCTYPE\n\n rss [<!ELEMENT\n>]><rss/>", "4:1"),
    ];
    for (feed, place) in feeds {
        let found = faults(feed);
        let text = String::from_utf8_lossy(feed);
        assert!(
            matches!(found.as_slice(), [only] if only.starts_with(&format!("xml-syntax {place} "))),
            "{text}: {found:?}"
        );
    }
}
