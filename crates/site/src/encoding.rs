//! The encoding of pages: older ones are not written in UTF-8, and say so.

use std::borrow::Cow;

use encoding_rs::Encoding;
use feedwright_base::slice::Slice;

/// How many bytes browsers look through for the name of the encoding (HTML, section 13.2.3.2).
const LOOKED_THROUGH: usize = 1024;

/// The text of a page in UTF-8 or in the encoding that it says; the bytes where they are neither.
pub fn page_text(bytes: Vec<u8>) -> Result<String, std::string::FromUtf8Error> {
    String::from_utf8(bytes).or_else(|error| decoded(error.as_bytes()).ok_or(error))
}

/// The text by a mark at the beginning or by the `charset` of a `<meta>`.
fn decoded(bytes: &[u8]) -> Option<String> {
    let (encoding, mark) = Encoding::for_bom(bytes).or_else(|| Some((declared(bytes)?, 0)))?;
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes.get(mark..)?)
        .map(Cow::into_owned)
}

/// The encoding that a page names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    const NAME: &[u8] = b"charset";
    let start = bytes.slice(..bytes.len().min(LOOKED_THROUGH));
    let found = start
        .windows(NAME.len())
        .position(|window| window.eq_ignore_ascii_case(NAME))?;
    let rest = start.slice(found + NAME.len()..).trim_ascii_start();
    let value = rest.strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").unwrap_or(value);
    let value = value.strip_prefix(b"'").unwrap_or(value);
    let is_end = |byte: &u8| b"\"'>;/".contains(byte) || byte.is_ascii_whitespace();
    let end = value.iter().position(is_end).unwrap_or(value.len());
    Encoding::for_label(value.slice(..end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_name_their_encoding() {
        for (page, text) in [
            (&b"<meta charset=iso-8859-1><p>\xe9t\xe9"[..], "été"),
            (b"<META CHARSET = 'windows-1251'><p>\xcc\xe8\xf0", "Мир"),
            (
                b"<meta http-equiv=\"Content-Type\" content=\"text/html; charset=Shift_JIS\"><p>\x93\xfa\x96{",
                "日本",
            ),
            (b"\xff\xfe<\0p\0>\0\xe9\0", "é"),
            // What is UTF-8 is, whatever it says.
            ("<meta charset=iso-8859-1><p>é".as_bytes(), "é"),
        ] {
            let read = page_text(page.to_vec()).expect("it is named");
            assert!(read.ends_with(&format!("<p>{text}")), "{read}");
        }
        let unnamed: [&[u8]; 3] = [
            b"<p>\xe9",
            b"<meta charset=utf-8>\xe9",
            b"<meta charset=none>\xe9",
        ];
        for page in unnamed {
            assert_eq!(page_text(page.to_vec()).unwrap_err().as_bytes(), page);
        }
    }
}
