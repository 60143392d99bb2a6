//! The rules of XML and of its namespaces.

use feedwright_base::chars::{self, is_space};

use super::rule::rules;

rules! {
    SYNTAX = Error "xml-syntax", "XML 1.0, section 2.1",
        "The feed is not well-formed XML. Readers that keep to the specification show nothing of it.",
        "mend the markup; a program that writes XML through a library does not make such mistakes";
    CHARACTER = Error "xml-character", "XML 1.0, section 2.2",
        "A character stands in the feed that XML 1.0 does not allow, not even as a reference.",
        "remove control characters from what the feed is made of";
    ENTITY = Error "xml-entity", "XML 1.0, section 4.1",
        "A reference names an entity that XML does not have, such as `&nbsp;`, which is one of HTML.",
        "write the character itself, or its number";
    PREFIX = Error "xml-prefix", "Namespaces in XML 1.0, section 5",
        "A prefix is used that no `xmlns:` attribute declares.",
        "declare it on the outermost element";
    VERSION = Error "xml-version", "XML 1.0, section 2.8",
        "The feed says that it is in another version of XML than 1.0.",
        "write `version=\"1.0\"`";
    TOO_DEEP = Error "xml-too-deep", "",
        "Elements are nested deeper than any feed has reason to, and deeper than libxml2 reads.",
        "remove the nesting";
    TOO_LARGE = Error "xml-too-large", "",
        "A text, a tag or an entry is larger than libxml2 reads.",
        "shorten the entry";
    DOCTYPE_EXTERNAL = Note "xml-doctype", "XML 1.0, section 4.2.2",
        "The feed names a document type of its own, which most readers do not fetch.",
        "remove the `<!DOCTYPE …>`";
    NAMESPACE_UNKNOWN = Warning "namespace-unknown", "Namespaces in XML 1.0, section 2.1",
        "A namespace is declared that is in no common use in feeds. Readers will not know it.",
        "check its address for a typing error, or remove it if nothing needs it";
    NAMESPACE_MISSPELLED = Warning "namespace-misspelled", "Namespaces in XML 1.0, section 2.3",
        "A namespace is almost that of a known extension. To readers it is another one.",
        "write the address exactly as the extension has it";
    NAMESPACE_PREFIX = Note "namespace-prefix", "Namespaces in XML 1.0, section 3",
        "A known namespace has another prefix than usual. Some readers look for the prefix.",
        "use the usual prefix";
    NAMESPACE_ADDRESS = Warning "namespace-address", "Namespaces in XML 1.0, section 2.3",
        "The prefix is that of a known extension, and the address is another one. Readers go by the address.",
        "if that extension is meant, write the address that the message names; if not, use another prefix";
    DECLARATION = Error "xml-declaration", "XML 1.0, section 2.8",
        "Something stands before `<?xml … ?>`. Readers that keep to the specification show nothing of the feed.",
        "remove it; in PHP blank lines come from files with something after `?>`, and other text from \
         messages that belong into a log (`display_errors`)";
    NAMESPACE_INVALID = Error "namespace-invalid", "Namespaces in XML 1.0, section 2.2",
        "A namespace is not named by a URI.",
        "write the URI that the extension gives";
    PREFIX_RESERVED = Warning "namespace-prefix-reserved", "Namespaces in XML 1.0, section 3",
        "The usual prefix of one extension stands for something else. Some readers look for the prefix.",
        "use another prefix";
}

/// Whether the content of `<?…?>` begins with an allowed name.
pub(super) fn is_instruction(content: &str) -> bool {
    let target = content.split(is_space).next().unwrap_or_default();
    chars::is_ncname(target) && !target.eq_ignore_ascii_case("xml")
}
