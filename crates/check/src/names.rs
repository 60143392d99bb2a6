//! The namespaces that feeds use, with their addresses and usual prefixes.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Ns {
    /// None: the elements of RSS 0.9x and 2.0, and attributes without a prefix.
    None,
    Atom,
    /// RSS 1.0.
    Rss1,
    /// RSS 1.1.
    Rss11,
    Rdf,
    Xml,
    Xmlns,
    Xhtml,
    Svg,
    MathMl,
    Content,
    Dc,
    DcTerms,
    Itunes,
    Podcast,
    Media,
    Sy,
    Slash,
    Thr,
    Source,
    GeoRss,
    Gml,
    Geo,
    History,
    App,
    Wfw,
    Admin,
    Cc,
    CreativeCommons,
    Feedburner,
    OpenSearch,
    FeedSync,
    /// Feed Access Control.
    Access,
    Trackback,
    BlogChannel,
    GeoUrl,
    Icbm,
    /// A namespace in use in feeds that has no tables here.
    Known,
    /// Anything else.
    Other,
}

/// The namespaces of RSS 0.90.
pub(super) const RSS_090: [&str; 2] = [
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://channel.netscape.com/rdf/simple/0.9/",
];

/// The namespaces, their URIs, and the prefixes that they usually have, the most usual first.
const NAMESPACES: &[(Ns, &str, &str)] = &[
    (Ns::Atom, "http://www.w3.org/2005/Atom", "atom a10 atom10"),
    (Ns::Rss1, "http://purl.org/rss/1.0/", "rss1"),
    (Ns::Known, "http://www.youtube.com/xml/schemas/2015", "yt"),
    (Ns::Known, "http://gdata.youtube.com/schemas/2007", "yt"),
    (
        Ns::Known,
        "http://schemas.google.com/blogger/2008",
        "blogger",
    ),
    (Ns::Known, "http://podlove.org/simple-chapters", "psc"),
    (Ns::Known, "https://podlove.org/simple-chapters/", "psc"),
    (Ns::Known, "http://webfeeds.org/rss/1.0", "webfeeds"),
    (Ns::Known, "com-wordpress:feed-additions:1", "site"),
    (Ns::Known, "https://feed.press/xmlns", "feedpress"),
    (Ns::Known, "https://anchor.fm/xmlns", "anchor"),
    (Ns::Known, "https://schema.acast.com/1.0/", "acast"),
    (Ns::Known, "https://access.acast.com/schema/1.0/", "access"),
    (Ns::Known, "https://omny.fm/rss-extensions", "omny"),
    (Ns::Known, "http://purl.org/rss/1.0/modules/prism/", "prism"),
    (
        Ns::Known,
        "http://purl.org/rss/1.0/modules/textinput/",
        "textinput",
    ),
    (
        Ns::Known,
        "http://purl.org/rss/1.0/modules/company/",
        "company",
    ),
    (Ns::Known, "http://news.yandex.ru", "yandex"),
    (Ns::Known, "http://turbo.yandex.ru", "turbo"),
    (Ns::Known, "http://ogp.me/ns#", "og"),
    (
        Ns::Known,
        "http://www.w3.org/2001/XMLSchema-instance",
        "xsi",
    ),
    (Ns::Known, "http://wordpress.org/export/1.1/", "wp"),
    (Ns::Known, "http://wordpress.org/export/1.2/", "wp"),
    (
        Ns::Known,
        "http://wordpress.org/export/1.1/excerpt/",
        "excerpt",
    ),
    (
        Ns::Known,
        "http://wordpress.org/export/1.2/excerpt/",
        "excerpt",
    ),
    (Ns::Known, "http://purl.org/atom/app#", "app"),
    (Ns::Known, "http://schemas.google.com/gdata/batch", "batch"),
    (Ns::Known, "http://bitlove.org", "bitlove"),
    (Ns::Known, "https://fyyd.de/fyyd-ns/", "fyyd"),
    (Ns::Known, "http://purl.org/atompub/rank/1.0", "re"),
    (Ns::Known, "urn:oasis:names:tc:emergency:cap:1.1", "cap"),
    (
        Ns::Known,
        "http://cyber.law.harvard.edu/rss/creativeCommonsRssModule.html",
        "cc",
    ),
    (Ns::Known, "http://purl.org/atom/ns#", "atom03"),
    (Ns::Rss1, RSS_090[0], "rss090"),
    (Ns::Rss1, RSS_090[1], "rss090"),
    (Ns::Rss11, "http://purl.org/net/rss1.1#", "rss11"),
    (
        Ns::Rdf,
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdf",
    ),
    (Ns::Xml, "http://www.w3.org/XML/1998/namespace", "xml"),
    (Ns::Xmlns, "http://www.w3.org/2000/xmlns/", "xmlns"),
    (Ns::Xhtml, "http://www.w3.org/1999/xhtml", "xhtml"),
    (Ns::Svg, "http://www.w3.org/2000/svg", "svg"),
    (Ns::MathMl, "http://www.w3.org/1998/Math/MathML", "mathml"),
    (
        Ns::Content,
        "http://purl.org/rss/1.0/modules/content/",
        "content",
    ),
    (Ns::Dc, "http://purl.org/dc/elements/1.1/", "dc"),
    (Ns::DcTerms, "http://purl.org/dc/terms/", "dcterms"),
    (
        Ns::Itunes,
        "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "itunes",
    ),
    (
        Ns::Podcast,
        "https://podcastindex.org/namespace/1.0",
        "podcast",
    ),
    (
        Ns::Podcast,
        "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md",
        "podcast",
    ),
    (Ns::Media, "http://search.yahoo.com/mrss/", "media"),
    (Ns::Sy, "http://purl.org/rss/1.0/modules/syndication/", "sy"),
    (Ns::Slash, "http://purl.org/rss/1.0/modules/slash/", "slash"),
    (Ns::Thr, "http://purl.org/syndication/thread/1.0", "thr"),
    (Ns::Source, "http://source.scripting.com/", "source"),
    (Ns::Source, "https://source.scripting.com/", "source"),
    (Ns::GeoRss, "http://www.georss.org/georss", "georss"),
    (Ns::Gml, "http://www.opengis.net/gml", "gml"),
    (Ns::Geo, "http://www.w3.org/2003/01/geo/wgs84_pos#", "geo"),
    (Ns::History, "http://purl.org/syndication/history/1.0", "fh"),
    (Ns::App, "http://www.w3.org/2007/app", "app"),
    (Ns::Wfw, "http://wellformedweb.org/CommentAPI/", "wfw"),
    (Ns::Admin, "http://webns.net/mvcb/", "admin"),
    (Ns::Cc, "http://web.resource.org/cc/", "cc"),
    (Ns::Cc, "http://creativecommons.org/ns#", "cc"),
    (
        Ns::Known,
        "http://prismstandard.org/namespaces/basic/2.0/",
        "prism",
    ),
    (
        Ns::Known,
        "http://prismstandard.org/namespaces/basic/2.1/",
        "prism",
    ),
    (
        Ns::Known,
        "http://prismstandard.org/namespaces/basic/3.0/",
        "prism",
    ),
    (
        Ns::Known,
        "http://prismstandard.org/namespaces/1.2/basic/",
        "prism",
    ),
    (
        Ns::Known,
        "http://prismstandard.org/namespaces/1.1/basic/",
        "prism",
    ),
    (
        Ns::Known,
        "http://prismstandard.org/namespaces/basic/1.0/",
        "prism",
    ),
    (Ns::Known, "https://rslstandard.org/rsl", "rsl"),
    (Ns::Known, "http://arxiv.org/schemas/atom", "arxiv"),
    (
        Ns::Known,
        "http://madskills.com/public/xml/rss/module/pingback/",
        "pingback",
    ),
    (Ns::Known, "http://activitystrea.ms/spec/1.0/", "activity"),
    (Ns::Known, "http://activitystrea.ms/schema/1.0/", "activity"),
    (Ns::Known, "https://www.w3.org/ns/activitystreams", "as"),
    (Ns::Known, "http://portablecontacts.net/spec/1.0", "poco"),
    (Ns::Known, "http://ostatus.org/schema/1.0", "ostatus"),
    (Ns::Known, "http://status.net/schema/api/1/", "statusnet"),
    (Ns::Known, "http://mastodon.social/schema/1.0", "mastodon"),
    (Ns::Known, "http://salmon-protocol.org/ns/magic-env", "me"),
    (Ns::Known, "http://purl.org/atompub/tombstones/1.0", "at"),
    (Ns::Known, "http://www.smartnews.be/snf", "snf"),
    (Ns::Known, "http://www.w3.org/2002/07/owl#", "owl"),
    (
        Ns::CreativeCommons,
        "http://backend.userland.com/creativeCommonsRssModule",
        "creativeCommons",
    ),
    (
        Ns::Feedburner,
        "http://rssnamespace.org/feedburner/ext/1.0",
        "feedburner",
    ),
    (
        Ns::OpenSearch,
        "http://a9.com/-/spec/opensearch/1.1/",
        "opensearch openSearch",
    ),
    (
        Ns::OpenSearch,
        "http://a9.com/-/spec/opensearchrss/1.0/",
        "openSearch opensearch openSearch10",
    ),
    (
        Ns::Access,
        "http://www.bloglines.com/about/specs/fac-1.0",
        "access",
    ),
    (
        Ns::Known,
        "http://purl.org/rss/1.0/modules/aggregation/",
        "ag",
    ),
    (
        Ns::Known,
        "http://purl.org/rss/1.0/modules/annotate/",
        "annotate",
    ),
    (
        Ns::BlogChannel,
        "http://backend.userland.com/blogChannelModule",
        "blogChannel",
    ),
    (
        Ns::Known,
        "http://www.microsoft.com/schemas/rss/core/2005",
        "cf",
    ),
    (
        Ns::Known,
        "http://purl.org/rss/1.0/modules/company",
        "company",
    ),
    (Ns::Known, "http://purl.org/rss/1.0/modules/email/", "email"),
    (Ns::Known, "http://purl.org/rss/1.0/modules/event/", "ev"),
    (Ns::FeedSync, "http://feedsync.org/2007/feedsync", "sx"),
    (Ns::Known, "urn:atom-extension:indexing", "indexing"),
    (Ns::Known, "http://xmlns.com/foaf/0.1/", "foaf"),
    (Ns::Known, "http://base.google.com/ns/1.0", "g"),
    (Ns::Known, "http://purl.org/rss/1.0/modules/image/", "image"),
    (Ns::Known, "http://purl.org/rss/1.0/modules/link/", "l"),
    (Ns::Known, "http://www.w3.org/2000/01/rdf-schema#", "rdfs"),
    (
        Ns::Known,
        "http://purl.org/rss/1.0/modules/reference/",
        "ref",
    ),
    (
        Ns::Known,
        "http://purl.org/rss/1.0/modules/richequiv/",
        "reqv",
    ),
    (
        Ns::Known,
        "http://purl.org/rss/1.0/modules/rss091#",
        "rss091",
    ),
    (
        Ns::Known,
        "http://purl.org/rss/1.0/modules/search/",
        "search",
    ),
    (
        Ns::Known,
        "http://purl.org/rss/1.0/modules/servicestatus/",
        "ss",
    ),
    (
        Ns::Known,
        "http://hacks.benhammersley.com/rss/streaming/",
        "str",
    ),
    (
        Ns::Known,
        "http://purl.org/rss/1.0/modules/subscription/",
        "sub",
    ),
    (
        Ns::Known,
        "http://purl.org/rss/1.0/modules/taxonomy/",
        "taxo",
    ),
    (
        Ns::Known,
        "http://purl.org/rss/1.0/modules/threading/",
        "thr",
    ),
    (
        Ns::Trackback,
        "http://madskills.com/public/xml/rss/module/trackback/",
        "trackback",
    ),
    (Ns::Known, "http://purl.org/rss/1.0/modules/wiki/", "wiki"),
    (Ns::Known, "http://www.w3.org/1999/xlink", "xlink"),
    (Ns::Known, "http://openid.net/xmlns/1.0", "openid"),
    (Ns::Known, "http://media.tangent.org/rss/1.0/", "audio"),
    (
        Ns::Known,
        "http://conversationsnetwork.org/rssNamespace-1.0/",
        "conversationsNetwork",
    ),
    (Ns::Known, "http://my.theinfo.org/changed/1.0/rss/", "cp"),
    (Ns::GeoUrl, "http://geourl.org/rss/module/", "geourl"),
    (Ns::Icbm, "http://postneo.com/icbm", "icbm"),
    (Ns::Known, "http://www.opml.org/spec2", "opml"),
    (Ns::Known, "http://schemas.google.com/g/2005", "gd"),
    (
        Ns::Known,
        "http://www.google.com/schemas/play-podcasts/1.0",
        "googleplay",
    ),
    (
        Ns::Known,
        "http://www.rawvoice.com/rawvoiceRssModule/",
        "rawvoice",
    ),
    (Ns::Known, "http://www.spotify.com/ns/rss", "spotify"),
    (Ns::Known, "https://schema.org/", "schema"),
    (Ns::Known, "http://schema.org/", "schema"),
];

/// The namespace that a URI names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Uri {
    /// The URI of a known namespace.
    Exact(Ns),
    /// A URI that differs from that of a known namespace in parts that are often misspelled, with
    /// the right one.
    Nearly(Ns, &'static str),
    /// Any other URI.
    Unknown,
}

/// Finds the namespace that a URI names.
pub(super) fn namespace(uri: &str) -> Uri {
    if uri.is_empty() {
        return Uri::Exact(Ns::None);
    }
    if let Some((ns, ..)) = NAMESPACES.iter().find(|(_, known, _)| *known == uri) {
        return Uri::Exact(*ns);
    }
    GISTS
        .get(&gist(uri))
        .map_or(Uri::Unknown, |(ns, known)| Uri::Nearly(*ns, known))
}

/// The namespaces by the gists of their URIs.
static GISTS: LazyLock<HashMap<String, (Ns, &'static str)>> = LazyLock::new(|| {
    // Of namespaces with the same gist, the first is meant.
    let last_first = NAMESPACES.iter().rev();
    last_first
        .map(|(ns, uri, _)| (gist(uri), (*ns, *uri)))
        .collect()
});

/// The gist of a URI: the URI without the parts that are often misspelled.
fn gist(uri: &str) -> String {
    uri.trim_end_matches(|c: char| !c.is_alphanumeric())
        .to_ascii_lowercase()
}

/// The prefixes that a namespace usually has, the most usual first.
pub(super) fn usual_prefixes(uri: &str) -> impl Iterator<Item = &'static str> {
    NAMESPACES
        .iter()
        .filter(move |(_, known, _)| *known == uri)
        .flat_map(|(.., prefixes)| prefixes.split(' '))
}

/// The URI that a prefix usually stands for.
pub(super) fn usual_uri(prefix: &str) -> Option<&'static str> {
    NAMESPACES
        .iter()
        .find(|(.., known)| known.split(' ').any(|known| known == prefix))
        .map(|(_, uri, _)| *uri)
}
