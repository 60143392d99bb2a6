//! RSS, also on RDF.

use super::Example;
use super::Place::{Channel, File, Item, Rdf};

const GUID: &str = "<guid>https://e.com/1</guid>";
const IMAGE: &str =
    "<image><url>https://e.com/a.png</url><title>T</title><link>https://e.com/</link></image>";
const ONE: &str =
    "<item rdf:about='https://e.com/1'><title>I</title><link>https://e.com/1</link></item>";
const RATHER: &str = "<category>a</category>";

pub(super) const EXAMPLES: &[Example] = &[
    (
        "rss-version",
        File,
        "<rss version='3.0'/>",
        "<rss version='2.0'/>",
    ),
    (
        "rss-doctype-version",
        File,
        "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'http://www.rssboard.org/rss-0.91.dtd'><rss version='0.92'/>",
        "<rss version='0.92'/>",
    ),
    (
        "rss-doctype-gone",
        File,
        "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'http://my.netscape.com/publish/formats/rss-0.91.dtd'><rss version='0.91'/>",
        "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'http://www.rssboard.org/rss-0.91.dtd'><rss version='0.91'/>",
    ),
    (
        "rss-item-empty",
        Channel,
        "<item><guid>https://e.com/1</guid></item>",
        "<item><title>I</title><guid>https://e.com/1</guid></item>",
    ),
    (
        "rss-item-misplaced",
        Channel,
        "<item><title>I</title><guid>https://e.com/1</guid></item><ttl>5</ttl>",
        "<ttl>5</ttl><item><title>I</title><guid>https://e.com/1</guid></item>",
    ),
    ("rss-guid-missing", Item, "<!-- no <guid> -->", GUID),
    (
        "rss-guid-duplicate",
        Channel,
        "{<item><title>I</title><guid>https://e.com/1</guid></item>*2}",
        "<item><title>I</title><guid>https://e.com/1</guid></item><item><title>J</title><guid>https://e.com/2</guid></item>",
    ),
    (
        "rss-guid-not-url",
        Item,
        "<guid>one</guid>",
        "<guid isPermaLink='false'>one</guid>",
    ),
    (
        "rss-guid-not-link",
        Item,
        "<guid>tag:e.com,2020:1</guid>",
        "<guid isPermaLink='false'>tag:e.com,2020:1</guid>",
    ),
    (
        "rss-guid-short",
        Item,
        "<guid isPermaLink='false'>17</guid>",
        "<guid>https://e.com/17</guid>",
    ),
    (
        "rss-enclosure-duplicate",
        Item,
        "<enclosure url='https://e.com/a.mp3' length='1' type='audio/mpeg'/><enclosure url='https://e.com/a.ogg' length='1' type='audio/ogg'/>",
        "<enclosure url='https://e.com/a.mp3' length='1' type='audio/mpeg'/>",
    ),
    (
        "rss-enclosure-length",
        Item,
        "<enclosure url='https://e.com/a.mp3' length='-1' type='audio/mpeg'/>",
        "<enclosure url='https://e.com/a.mp3' length='0' type='audio/mpeg'/>",
    ),
    (
        "rss-image-title",
        Channel,
        "<image><url>https://e.com/a.png</url><title>Logo</title><link>https://e.com/</link></image>",
        IMAGE,
    ),
    (
        "rss-image-link",
        Channel,
        "<image><url>https://e.com/a.png</url><title>T</title><link>https://e.com/logo</link></image>",
        IMAGE,
    ),
    (
        "rss-image-format",
        Channel,
        "<image><url>https://e.com/a.bmp</url><title>T</title><link>https://e.com/</link></image>",
        IMAGE,
    ),
    (
        "rss-image-width",
        Channel,
        "<image><url>https://e.com/a.png</url><title>T</title><link>https://e.com/</link><width>200</width></image>",
        "<image><url>https://e.com/a.png</url><title>T</title><link>https://e.com/</link><width>144</width></image>",
    ),
    (
        "rss-image-height",
        Channel,
        "<image><url>https://e.com/a.png</url><title>T</title><link>https://e.com/</link><height>0</height></image>",
        "<image><url>https://e.com/a.png</url><title>T</title><link>https://e.com/</link><height>50</height></image>",
    ),
    (
        "rss-hour",
        Channel,
        "<skipHours><hour>25</hour></skipHours>",
        "<skipHours><hour>23</hour></skipHours>",
    ),
    (
        "rss-hour-24",
        Channel,
        "<skipHours><hour>24</hour></skipHours>",
        "<skipHours><hour>0</hour></skipHours>",
    ),
    (
        "rss-day",
        Channel,
        "<skipDays><day>Mo</day></skipDays>",
        "<skipDays><day>Monday</day></skipDays>",
    ),
    (
        "rss-skip-many",
        Channel,
        "<skipDays>{<day>Monday</day>*8}</skipDays>",
        "<skipDays><day>Monday</day></skipDays>",
    ),
    (
        "rss-skip-duplicate",
        Channel,
        "<skipHours><hour>1</hour><hour>1</hour></skipHours>",
        "<skipHours><hour>1</hour><hour>2</hour></skipHours>",
    ),
    (
        "rss-text-input",
        Channel,
        "<textInput><title>S</title><description>D</description><name>q</name><link>https://e.com/s</link></textInput>",
        RATHER,
    ),
    (
        "rss-form-name",
        Channel,
        "<textInput><title>S</title><description>D</description><name>1 x</name><link>https://e.com/s</link></textInput>",
        "<textInput><title>S</title><description>D</description><name>q</name><link>https://e.com/s</link></textInput>",
    ),
    (
        "rss-content-order",
        Item,
        "<content:encoded>x</content:encoded><description>D</description>",
        "<description>D</description><content:encoded>x</content:encoded>",
    ),
    (
        "rss-slash-date",
        Channel,
        "<item><title>I</title><guid>https://e.com/1</guid><slash:comments>1</slash:comments></item>",
        "<lastBuildDate>Wed, 01 Jan 2020 00:00:00 +0000</lastBuildDate><item><title>I</title><guid>https://e.com/1</guid><slash:comments>1</slash:comments></item>",
    ),
    (
        "rss-body-duplicate",
        Item,
        "<description>x</description><atom:content>x</atom:content>",
        "<description>x</description>",
    ),
    (
        "language-missing",
        Channel,
        "<!-- no <language> -->",
        "<language>en</language>",
    ),
    (
        "rdf-about-duplicate",
        Rdf,
        "{<item rdf:about='https://e.com/1'><title>I</title><link>https://e.com/1</link></item>*2}",
        ONE,
    ),
    (
        "rdf-about-missing",
        Rdf,
        "<item><title>I</title><link>https://e.com/1</link></item>",
        ONE,
    ),
    (
        "rdf-syntax",
        Rdf,
        "<item rdf:about='https://e.com/1'><title>I</title><link>https://e.com/1</link><dc:source>x<dc:y/></dc:source></item>",
        "<item rdf:about='https://e.com/1'><title>I</title><link>https://e.com/1</link><dc:source>x</dc:source></item>",
    ),
];
