//! Document types: right and wrong declarations, defaults, and what references stand for.

use super::*;

fn parsed(text: &str) -> (Result<Doctype, (usize, String)>, Entities) {
    let mut entities = Entities::default();
    entities.allow(0);
    (parse(text, &mut entities), entities)
}

fn value(entities: &mut Entities, name: &str) -> Result<String, Problem> {
    let mut value = String::new();
    entities.push_value(name, &mut value).map(|()| value)
}

#[test]
fn document_types() {
    let (doctype, entities) =
        parsed("rss [<!-- c --><!ENTITY nbsp \"&#160;\"> <!ELEMENT rss ANY>\n]");
    assert_eq!(doctype, Ok(Doctype::default()));
    assert_eq!(entities.meaning("nbsp"), Ok(Meaning::Content("\u{a0}")));
    let doctype = parsed("rss PUBLIC \"p\" 's'").0.unwrap();
    assert_eq!(doctype.public.as_deref(), Some("p"));
    assert_eq!(doctype.system.as_deref(), Some("s"));
}

#[test]
fn declarations() {
    for right in [
        "<!ELEMENT a EMPTY>",
        "<!ELEMENT a (#PCDATA)>",
        "<!ELEMENT a (#PCDATA|b | c)*>",
        "<!ELEMENT a ((b,c?)+|(d|e)*) >",
        "<!ATTLIST a>",
        "<!ATTLIST a b CDATA #IMPLIED c (d|1e) 'd' f NOTATION (g) #REQUIRED>",
        "<!ENTITY a SYSTEM 'b' NDATA c>",
        "<!ENTITY % a '<!ELEMENT b ANY>'> %a;",
        "<!ENTITY lt '&#38;#60;'><!ENTITY gt '>'>",
        "<!NOTATION a PUBLIC 'b'>",
        "<!NOTATION a SYSTEM 'b'>",
        "<?a b?>",
        "%unknown;",
    ] {
        let doctype = parsed(&format!("a [{right}]")).0;
        assert!(doctype.is_ok(), "{right}: {doctype:?}");
    }
    for wrong in [
        "x",
        "<!ELEMENT a>",
        "<!ELEMENT a (b|c,d)>",
        "<!ELEMENT a (#PCDATA|b)>",
        "<!ELEMENT a (b",
        "<!ELEMENT a ()>",
        "<!ATTLIST a b>",
        "<!ATTLIST a b STRING #IMPLIED>",
        "<!ATTLIST a b CDATA '<'>",
        "<!ATTLIST a b CDATA '&c;'>",
        "<!ENTITY a>",
        "<!ENTITY a '&'>",
        "<!ENTITY a '%b;'>",
        "<!ENTITY a:b 'c'>",
        "<!ENTITY % a SYSTEM 'b' NDATA c>",
        "<!ENTITY % a ']'> %a;",
        "<!ENTITY % a '&#37;a;'> %a;",
        "<!ENTITY a PUBLIC '{' 'b'>",
        "<!NOTATION a>",
        "<!-- -- -->",
        "<?xml version='1.0'?>",
    ] {
        assert!(parsed(&format!("a [{wrong}]")).0.is_err(), "{wrong}");
    }
    for wrong in [
        "",
        "rss [",
        "rss PUBLIC \"p\"",
        "rss x",
        "rss SYSTEM",
        "rss []x",
    ] {
        assert!(parsed(wrong).0.is_err(), "{wrong}");
    }
}

#[test]
fn defaults() {
    let (_, entities) = parsed("a [<!ENTITY x 'y'><!ATTLIST a b CDATA '&x;\n' b CDATA 'z'>]");
    let defaults = entities.defaults("a").unwrap();
    assert!(defaults.iter().eq([(&"b".to_owned(), &"y ".to_owned())]));
    assert!(entities.defaults("b").is_none());
}

#[test]
fn references() {
    let big = "&a;".repeat(30_000);
    let (doctype, mut entities) = parsed(&format!(
        "rss [<!ENTITY a 'x&b;x'><!ENTITY b '&#38;#38;\ny'><!ENTITY bad '&#38;'>\
         <!ENTITY tag '<b/>'><!ENTITY loop '&loop;'><!ENTITY far SYSTEM 'f'>\
         <!ENTITY big '{big}'><!ENTITY bigger '{big}{big}&big;&big;&big;&big;&big;&big;'>]"
    ));
    assert!(doctype.is_ok(), "{doctype:?}");
    assert_eq!(value(&mut entities, "a").as_deref(), Ok("x& yx"));
    assert_eq!(value(&mut entities, "#x41").as_deref(), Ok("A"));
    assert_eq!(value(&mut entities, "#65").as_deref(), Ok("A"));
    assert_eq!(value(&mut entities, "bad"), Err(Problem::Content));
    assert_eq!(value(&mut entities, "tag"), Err(Problem::Value));
    assert_eq!(value(&mut entities, "far"), Err(Problem::Value));
    assert_eq!(value(&mut entities, "loop"), Err(Problem::TooLarge));
    assert_eq!(value(&mut entities, "bigger"), Err(Problem::TooLarge));
    assert_eq!(value(&mut entities, "nbsp"), Err(Problem::Undefined));
    assert_eq!(value(&mut entities, "#0"), Err(Problem::Character));
    assert_eq!(
        value(&mut entities, "#99999999999"),
        Err(Problem::Character)
    );
    assert_eq!(value(&mut entities, "#+5"), Err(Problem::Syntax));
    assert_eq!(value(&mut entities, "#xZ"), Err(Problem::Syntax));
    assert_eq!(value(&mut entities, ""), Err(Problem::Syntax));
    assert_eq!(value(&mut entities, "a:b"), Err(Problem::Syntax));
}
