//! Podcasts: Apple's tags, those of Podcasting 2.0, and what directories ask for.

use super::Example;
use super::Place::{Channel, File, Item};

const DURATION: &str = "<itunes:duration>1:00:59</itunes:duration>";
const GUID: &str = "<podcast:guid>917393e3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>";
const IMAGES: &str =
    "<podcast:images srcset='https://e.com/a.jpg 1500w, https://e.com/b.jpg 300w'/>";
const IMAGE: &str =
    "<podcast:image href='https://e.com/a.jpg' alt='a' aspect-ratio='16/9' width='1500'/>";
const PLACE: &str = "<podcast:location rel='subject' geo='geo:30.2672,-97.7431' osm='R113314' country='US'>Austin</podcast:location>";
const SHOW: &str = "<language>en</language><itunes:category text='True Crime'/><itunes:explicit>false</itunes:explicit><itunes:image href='https://e.com/a.jpg'/><itunes:owner><itunes:name>Jane</itunes:name><itunes:email>jane@e.com</itunes:email></itunes:owner><itunes:author>Jane</itunes:author><podcast:locked>yes</podcast:locked><podcast:guid>917393e3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>";
const EPISODE: &str = "<guid>https://e.com/1</guid><link>https://e.com/1</link><description>D</description><pubDate>Wed, 01 Jan 2020 00:00:00 +0000</pubDate><itunes:duration>5</itunes:duration><itunes:explicit>false</itunes:explicit><enclosure url='https://e.com/a.mp3' length='1' type='audio/mpeg'/><podcast:transcript url='https://e.com/a.vtt' type='text/vtt'/>";
const LIVE: &str = "<podcast:liveItem status='live' start='2020-01-01T00:00:00Z' end='2020-01-01T01:00:00Z'><title>L</title><guid isPermaLink='false'>live</guid><link>https://e.com/l</link><enclosure url='https://e.com/l.mp3' length='1' type='audio/mpeg'/><podcast:contentLink href='https://e.com/l'>L</podcast:contentLink></podcast:liveItem>";
const SPLIT: &str = "<podcast:value type='lightning' method='keysend'><podcast:valueRecipient type='node' address='a' split='1'/><podcast:valueTimeSplit startTime='60' duration='237' remotePercentage='95'><podcast:remoteItem feedGuid='917393e3-1b1e-5cef-ace4-edaa54e1f810' itemGuid='a' medium='music'/></podcast:valueTimeSplit></podcast:value>";

pub(super) const EXAMPLES: &[Example] = &[
    (
        "element-recommended",
        Channel,
        "<podcast:liveItem status='live' start='2020-01-01T00:00:00Z' end='2020-01-01T01:00:00Z'><title>L</title><guid isPermaLink='false'>live</guid><podcast:contentLink href='https://e.com/l'>L</podcast:contentLink></podcast:liveItem>",
        LIVE,
    ),
    (
        "itunes-explicit",
        Item,
        "<itunes:explicit>clean</itunes:explicit>",
        "<itunes:explicit>false</itunes:explicit>",
    ),
    (
        "itunes-no-effect",
        Channel,
        "<itunes:block>Absolutely</itunes:block>",
        "<itunes:block>Yes</itunes:block>",
    ),
    (
        "itunes-category",
        Channel,
        "<itunes:category text='health &amp; fitness'/>",
        "<itunes:category text='Health &amp; Fitness'/>",
    ),
    (
        "itunes-category-obsolete",
        Channel,
        "<itunes:category text='News &amp; Politics'/>",
        "<itunes:category text='News'/>",
    ),
    (
        "itunes-duration",
        Item,
        "<itunes:duration>1:00:60</itunes:duration>",
        DURATION,
    ),
    (
        "itunes-too-long",
        Item,
        "<itunes:subtitle>{x*256}</itunes:subtitle>",
        "<itunes:subtitle>x</itunes:subtitle>",
    ),
    (
        "itunes-keywords",
        Item,
        "<itunes:keywords>a b</itunes:keywords>",
        "<itunes:keywords>a, b</itunes:keywords>",
    ),
    (
        "itunes-obsolete",
        Item,
        "<itunes:keywords>a, b</itunes:keywords>",
        "<category>a</category>",
    ),
    (
        "itunes-format",
        Item,
        "<itunes:title>I</itunes:title><enclosure url='https://e.com/a.wmv' length='1' type='video/x-ms-wmv'/>",
        "<itunes:title>I</itunes:title><enclosure url='https://e.com/a.mp4' length='1' type='video/mp4'/>",
    ),
    (
        "itunes-not-utf8",
        File,
        "<?xml version='1.0' encoding='iso-8859-1'?><rss version='2.0' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'><channel><itunes:block>Yes</itunes:block></channel></rss>",
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'><channel><itunes:block>Yes</itunes:block></channel></rss>",
    ),
    (
        "itunes-required",
        Channel,
        "<itunes:title>T</itunes:title>",
        SHOW,
    ),
    (
        "itunes-owner",
        Channel,
        "<itunes:title>T</itunes:title>",
        SHOW,
    ),
    (
        "podcast-too-long",
        Channel,
        "<podcast:funding url='https://e.com/'>{x*129}</podcast:funding>",
        "<podcast:funding url='https://e.com/'>Support us</podcast:funding>",
    ),
    ("podcast-blank", Item, "<podcast:location/>", PLACE),
    (
        "podcast-not-https",
        Channel,
        "<podcast:funding url='http://e.com/'>Support us</podcast:funding>",
        "<podcast:funding url='https://e.com/'>Support us</podcast:funding>",
    ),
    (
        "podcast-attribute-recommended",
        Item,
        "<podcast:image href='https://e.com/a.jpg'/>",
        IMAGE,
    ),
    (
        "podcast-slug",
        Channel,
        "<podcast:block id='me'>yes</podcast:block>",
        "<podcast:block id='google'>yes</podcast:block>",
    ),
    (
        "podcast-guid",
        Channel,
        "<podcast:guid>917393e3</podcast:guid>",
        GUID,
    ),
    (
        "podcast-guid-version",
        Channel,
        "<podcast:guid>917393e3-1b1e-4cef-ace4-edaa54e1f810</podcast:guid>",
        GUID,
    ),
    (
        "podcast-taxonomy",
        Item,
        "<podcast:person role='boss'>Jane</podcast:person>",
        "<podcast:person role='host'>Jane</podcast:person>",
    ),
    (
        "podcast-geo",
        Item,
        "<podcast:location rel='subject' geo='30,-97'>Austin</podcast:location>",
        PLACE,
    ),
    (
        "podcast-osm",
        Item,
        "<podcast:location rel='subject' osm='113314'>Austin</podcast:location>",
        PLACE,
    ),
    (
        "podcast-license-url",
        Item,
        "<podcast:license>mine</podcast:license>",
        "<podcast:license url='https://e.com/l'>mine</podcast:license>",
    ),
    (
        "podcast-integrity",
        Item,
        "<podcast:alternateEnclosure type='audio/opus' length='1'><podcast:source uri='https://e.com/a.opus'/><podcast:integrity type='sri' value='abc'/></podcast:alternateEnclosure>",
        "<podcast:alternateEnclosure type='audio/opus' length='1'><podcast:source uri='https://e.com/a.opus'/></podcast:alternateEnclosure>",
    ),
    (
        "podcast-split-content",
        Item,
        "<podcast:value type='lightning' method='keysend'><podcast:valueRecipient type='node' address='a' split='1'/><podcast:valueTimeSplit startTime='60' duration='237'/></podcast:value>",
        SPLIT,
    ),
    (
        "podcast-percentage",
        Item,
        "<podcast:value type='lightning' method='keysend'><podcast:valueRecipient type='node' address='a' split='1'/><podcast:valueTimeSplit startTime='60' duration='237' remotePercentage='101'><podcast:remoteItem feedGuid='917393e3-1b1e-5cef-ace4-edaa54e1f810' itemGuid='a' medium='music'/></podcast:valueTimeSplit></podcast:value>",
        SPLIT,
    ),
    (
        "podcast-soundbite-length",
        Item,
        "<podcast:soundbite startTime='73.0' duration='5.0'>a</podcast:soundbite>",
        "<podcast:soundbite startTime='73.0' duration='60.0'>a</podcast:soundbite>",
    ),
    ("podcast-images-deprecated", Item, IMAGES, IMAGE),
    (
        "podcast-srcset",
        Item,
        "<podcast:images srcset='https://e.com/a.jpg'/>",
        IMAGES,
    ),
    (
        "podcast-aspect-ratio",
        Item,
        "<podcast:image href='https://e.com/a.jpg' alt='a' aspect-ratio='wide' width='1500'/>",
        IMAGE,
    ),
    (
        "podcast-rrule",
        Channel,
        "<podcast:updateFrequency rrule='daily'>Daily</podcast:updateFrequency>",
        "<podcast:updateFrequency rrule='FREQ=DAILY'>Daily</podcast:updateFrequency>",
    ),
    (
        "podcast-dtstart-missing",
        Channel,
        "<podcast:updateFrequency rrule='FREQ=DAILY;COUNT=3'>Daily</podcast:updateFrequency>",
        "<podcast:updateFrequency rrule='FREQ=DAILY;COUNT=3' dtstart='2020-01-01T00:00:00Z'>Daily</podcast:updateFrequency>",
    ),
    (
        "podcast-publisher",
        Channel,
        "<podcast:publisher/>",
        "<podcast:publisher><podcast:remoteItem feedGuid='917393e3-1b1e-5cef-ace4-edaa54e1f810' medium='publisher'/></podcast:publisher>",
    ),
    (
        "podcast-priority",
        Item,
        "<podcast:socialInteract priority='1' protocol='activitypub' uri='https://e.com/@a/1' accountId='@a'/><podcast:socialInteract protocol='activitypub' uri='https://e.com/@a/2' accountId='@a'/>",
        "<podcast:socialInteract priority='1' protocol='activitypub' uri='https://e.com/@a/1' accountId='@a'/><podcast:socialInteract priority='2' protocol='activitypub' uri='https://e.com/@a/2' accountId='@a'/>",
    ),
    (
        "apple-not-rss",
        File,
        "<feed xmlns='http://www.w3.org/2005/Atom'/>",
        "<rss version='2.0'/>",
    ),
    (
        "apple-show-required",
        Channel,
        "<language>en</language>",
        SHOW,
    ),
    (
        "apple-artwork-format",
        Channel,
        "<itunes:image href='https://e.com/a.gif'/>",
        "<itunes:image href='https://e.com/a.jpg'/>",
    ),
    (
        "apple-description-long",
        Channel,
        "<description>{x*4001}</description>",
        "<description>x</description>",
    ),
    (
        "psp-show-recommended",
        Channel,
        "<language>en</language>",
        SHOW,
    ),
    (
        "apple-episode-required",
        Item,
        "<!-- no <enclosure> -->",
        EPISODE,
    ),
    ("psp-guid-required", Item, "<!-- no <guid> -->", EPISODE),
    (
        "apple-enclosure-type",
        Item,
        "<enclosure url='https://e.com/a.ogg' length='1' type='audio/ogg'/>",
        "<enclosure url='https://e.com/a.mp3' length='1' type='audio/mpeg'/>",
    ),
    (
        "psp-episode-recommended",
        Item,
        "<!-- no <link> -->",
        EPISODE,
    ),
];
