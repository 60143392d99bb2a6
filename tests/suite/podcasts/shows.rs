//! The settings of podcasts, and their feeds.

use super::{FEED, elements, episode, head_and_entry, site};
use crate::site::{Site, files};

#[test]
fn a_folder_is_a_podcast_with_a_feed_of_its_own() {
    let site = site("")
        .post("content/talks/one.md", &episode(1, ""))
        .post("content/talks/two.md", &episode(2, ""))
        .post("content/news.md", "title: News\ndate: 2024-03-01");
    site.build().assert_ok();
    let feed = site.read(FEED);
    let (head, entry) = head_and_entry(&feed);
    let guid = head.iter().find(|line| line.starts_with("<podcast:guid>"));
    // The UUID of version 5 of `example.gov/feeds/podcasts/talks/rss.xml`, by Python's `uuid`.
    assert_eq!(
        guid.copied(),
        Some("<podcast:guid>6bb4cbbf-bea4-5ae5-a396-5a87664dbf3f</podcast:guid>")
    );
    assert_eq!(
        head,
        [
            "<itunes:author>Site</itunes:author>",
            "<itunes:category text=\"Government\"/>",
            "<itunes:explicit>false</itunes:explicit>",
            "<itunes:image href=\"https://example.gov/show.jpg\"/>",
            "<itunes:owner>",
            "<itunes:email>office@example.gov</itunes:email>",
            "<itunes:name>Office</itunes:name>",
            "<itunes:type>episodic</itunes:type>",
            guid.copied().expect("an id"),
            "<podcast:locked owner=\"office@example.gov\">yes</podcast:locked>",
        ]
    );
    assert_eq!(
        entry,
        [
            "<itunes:duration>61</itunes:duration>",
            "<itunes:explicit>false</itunes:explicit>",
        ]
    );
    assert!(
        feed.contains("<url>https://example.gov/show.jpg</url>"),
        "{feed}"
    );
    assert_eq!(feed.matches("<item>").count(), 2);
    let run = site.run(&["check", "--for", "podcast", FEED]);
    run.assert_ok();
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
    let atom = site.read("feeds/podcasts/talks/atom.xml");
    assert!(
        !atom.contains("xmlns:podcast") && !atom.contains("xmlns:itunes"),
        "{atom}"
    );
    // The site's own feed has all posts, and says nothing of a podcast; its entries are the same.
    let own = site.read("feeds/rss.xml");
    let (head, _) = head_and_entry(&own);
    assert_eq!((head.len(), elements(&own).len()), (0, 4), "{own}");
    site.run(&["check", "feeds/rss.xml", "feeds/atom.xml"])
        .assert_ok();
}

#[test]
fn a_site_of_episodes_is_a_podcast_itself() {
    let site = Site::with(&format!(
        "podcast:\n  {}\n  language: en\n  title: The Show\n",
        super::SHOW
    ))
    .bytes("talks/1.mp3", &[0; 100])
    .post("content/one.md", &episode(1, ""))
    .post("content/news.md", "title: News\ndate: 2024-03-01");
    let run = site.build();
    run.assert_ok();
    assert!(
        run.stderr.contains("warning[episode-without-file]")
            && run.stderr.contains("content/news.md"),
        "{}",
        run.stderr
    );
    let feed = site.read("feeds/rss.xml");
    assert!(feed.contains("<title>The Show</title>"), "{feed}");
    assert_eq!(feed.matches("<item>").count(), 2, "no post is dropped");
    assert_eq!(files(&site.path("feeds")).len(), 3);
}

#[test]
fn sites_without_podcasts_stay_as_they_are() {
    let site = site("").post(
        "content/talks/one.md",
        &episode(1, "episode: 3\nexplicit: yes"),
    );
    site.build().assert_ok();
    let feed = site.read("feeds/atom.xml");
    let lock = site.read("feedwright.lock");
    let plain = site.file(
        "feedwright.yaml",
        "site: {title: Site, url: https://example.gov, language: en}\ncontent: {folders: [content]}\n",
    );
    plain.build_with(&["--prune"]).assert_ok();
    assert_eq!(
        plain.read("feeds/atom.xml"),
        feed,
        "Atom has no such elements"
    );
    let rss = plain.read("feeds/rss.xml");
    assert!(
        !rss.contains("itunes") && !rss.contains("xmlns:podcast"),
        "{rss}"
    );
    // To become a podcast is no change of any post: subscribers see nothing new, and no guard stops it.
    let again = plain.file("feedwright.yaml", &super::config(""));
    again.build().assert_ok();
    assert_eq!(again.read("feeds/atom.xml"), feed);
    let posts = |lock: &str| -> Vec<String> {
        let lines = lock.lines().filter(|line| line.contains("\"post\""));
        lines.map(str::to_owned).collect()
    };
    assert_eq!(posts(&again.read("feedwright.lock")), posts(&lock));
}

#[test]
fn a_podcast_keeps_its_guid_wherever_its_feed_lies() {
    let site = site("").post("content/talks/one.md", &episode(1, ""));
    site.build().assert_ok();
    let guid = |feed: &str| {
        let lines = elements(feed).into_iter();
        let mut guids = lines.filter(|line| line.starts_with("<podcast:guid>"));
        guids.next().map(str::to_owned)
    };
    let before = guid(&site.read(FEED));
    assert!(before.is_some());
    let moved = site.file(
        "feedwright.yaml",
        &super::config("  paths: {rss: /podcast.xml}\n"),
    );
    moved.build().assert_ok();
    assert_eq!(guid(&moved.read("podcast.xml")), before);
    // Under another name it is the same show, at whatever address.
    let renamed = super::config("").replace("slug: talks", "slug: other");
    let moved = moved.file("feedwright.yaml", &renamed);
    moved.build().assert_ok();
    assert_eq!(guid(&moved.read("feeds/podcasts/other/rss.xml")), before);
    let given = "917393e3-1b1e-5cef-ace4-edaa54e1f810";
    let own = moved.file(
        "feedwright.yaml",
        &super::config(&format!(
            "  paths: {{rss: /podcast.xml}}\n  guid: {given}\n"
        )),
    );
    own.build().assert_ok();
    let expected = format!("<podcast:guid>{given}</podcast:guid>");
    assert_eq!(guid(&own.read("podcast.xml")), Some(expected));
}

#[test]
fn all_that_a_show_can_say() {
    let settings = "  title: \"Talks & <more>\"\n  description: What we say.\n  link: /talks/\n  \
        type: serial\n  explicit: true\n  complete: true\n  block: true\n  author: Ann\n  \
        language: es\n  rights: CC\n  new_feed_url: https://new.example.gov/rss.xml\n  medium: Course\n  \
        license: CC BY 4.0\n  funding: {url: /give, text: Give}\n  \
        location: {name: Austin, geo: '30.2672,-97.7431', osm: r113314, country: us}\n  \
        people: [Ann, {name: Bob, role: Cohost, group: Writing, picture: /b.png, url: /b/}]\n  \
        value: {type: lightning, method: keysend, suggested: 0.00000005000, recipients: [{name: A, type: \
        node, address: '02d5', split: 99, custom_key: k, custom_value: v}, {type: node, address: '03', \
        split: 1, fee: true}]}\n  \
        trailers: {title: Soon, url: /talks/1.mp3, published: 2021-01-01, length: 5, season: 1}\n";
    let site = site(settings).post("content/talks/one.md", &episode(1, ""));
    let run = site.build();
    run.assert_ok();
    let feed = site.read(FEED);
    let (head, _) = head_and_entry(&feed);
    for line in [
        "<itunes:author>Ann</itunes:author>",
        "<itunes:block>Yes</itunes:block>",
        "<itunes:complete>Yes</itunes:complete>",
        "<itunes:explicit>true</itunes:explicit>",
        "<itunes:new-feed-url>https://new.example.gov/rss.xml</itunes:new-feed-url>",
        "<itunes:type>serial</itunes:type>",
        "<podcast:funding url=\"https://example.gov/give\">Give</podcast:funding>",
        "<podcast:license>cc-by-4.0</podcast:license>",
        "<podcast:location country=\"US\" geo=\"geo:30.2672,-97.7431\" osm=\"R113314\" \
         rel=\"subject\">Austin</podcast:location>",
        "<podcast:medium>course</podcast:medium>",
        "<podcast:person>Ann</podcast:person>",
        "<podcast:person group=\"writing\" href=\"https://example.gov/b/\" \
         img=\"https://example.gov/b.png\" role=\"co-host\">Bob</podcast:person>",
        "<podcast:trailer length=\"5\" pubdate=\"Fri, 01 Jan 2021 00:00:00 +0000\" season=\"1\" \
         type=\"audio/mpeg\" url=\"https://example.gov/talks/1.mp3\">Soon</podcast:trailer>",
        "<podcast:value method=\"keysend\" suggested=\"0.00000005\" type=\"lightning\">",
        "<podcast:valueRecipient address=\"02d5\" customKey=\"k\" customValue=\"v\" name=\"A\" \
         split=\"99\" type=\"node\"/>",
        "<podcast:valueRecipient address=\"03\" fee=\"true\" split=\"1\" type=\"node\"/>",
    ] {
        assert!(head.contains(&line), "{line} in {head:#?}");
    }
    for text in [
        "<title>Talks &#x26; &#x3C;more&gt;</title>",
        "<link>https://example.gov/talks/</link>",
        "<description>What we say.</description>",
        "<language>es</language>",
        "<copyright>CC</copyright>",
    ] {
        assert!(feed.contains(text), "{text} in {feed}");
    }
    let run = site.run(&["check", "--for", "podcast", FEED]);
    run.assert_ok();
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
}

#[test]
fn mistakes_are_named_with_their_places() {
    let check = |settings: &str, place: &str, message: &str| {
        let run = Site::with(settings)
            .post(
                "content/one.md",
                "title: One\ndate: 2024-01-02\naudio: https://a.org/1.mp3",
            )
            .build();
        run.assert_code(2);
        let found = run.stderr.contains(&format!("--> feedwright.yaml:{place}"));
        assert!(
            found && run.stderr.contains(message),
            "{settings}: {}",
            run.stderr
        );
    };
    let whole = "artwork: /a.jpg, categories: Government, language: en";
    check(
        "podcast: {artwork: /a.jpg, categories: Arts}",
        "3:10",
        "in which language the podcast is",
    );
    check(
        "podcast: {title: T, language: en}",
        "3:10",
        "the podcast has no `artwork`",
    );
    check(
        "podcast: {artwork: /a.gif, categories: Arts, language: en}",
        "3:20",
        "does not end as a JPEG or PNG",
    );
    check(
        "podcast: {artwork: /a.jpg, language: en}",
        "3:10",
        "the podcast has no `categories`",
    );
    check(
        "podcast: {artwork: /a.jpg, categories: [Arts, Cooking], language: en}",
        "3:47",
        "`Cooking` is no category of Apple's list",
    );
    for (setting, message) in [
        (
            "owner: Office",
            "the owner of the podcast has no e-mail address",
        ),
        ("guid: x", "`x` is no UUID"),
        ("license: mine", "`mine` is no license"),
        ("files: ftp://x", "`ftp://x` is no address on the web"),
        (
            "people: {name: A, role: boss}",
            "the Podcast Taxonomy has no `boss`",
        ),
        ("location: {name: A, geo: north}", "`geo:north` is no place"),
        (
            "funding: {url: 'http://a.org/', text: A}",
            "is no `https:` address",
        ),
        (
            "trailers: {title: A, url: /a.mp3, published: soon}",
            "`soon` is no date",
        ),
        (
            "value: {type: a, method: b, recipients: []}",
            "nobody is paid",
        ),
        ("tag: a, section: b", "named in more than one way"),
        ("tag: a, slug: 'A B'", "is no slug for a feed"),
        ("paths: {rss: /a.xml}", "which has its paths elsewhere"),
        ("nonsense: 1", "there is no key `nonsense`"),
        ("people: {nam: A}", "a person has to be a name"),
    ] {
        check(&format!("podcast: {{{whole}, {setting}}}"), "3:", message);
    }
    check(
        &format!("podcast:\n- {{{whole}, tag: a}}\n- {{{whole}, tag: A}}"),
        "5:3",
        "two podcasts would be one feed",
    );
}

#[test]
fn two_podcasts_by_tag_and_section() {
    let show = "artwork: /show.png, categories: Arts > Books, language: en";
    let site = Site::with(&format!(
        "podcast:\n- {{tag: Budget Talk, {show}, explicit: true}}\n- {{section: talks, {show}, limit: 1}}\n"
    ))
    .post(
        "content/one.md",
        &format!("{}\ntags: [budget talk]", episode(1, "")),
    )
    .post("content/talks/two.md", &episode(2, ""))
    .post("content/talks/three.md", &episode(3, ""))
    .bytes("talks/1.mp3", &[0; 9])
    .bytes("talks/2.mp3", &[0; 9])
    .bytes("talks/3.mp3", &[0; 9]);
    site.build().assert_ok();
    let budget = site.read("feeds/podcasts/budget-talk/rss.xml");
    let talks = site.read("feeds/podcasts/talks/rss.xml");
    assert!(budget.contains("<title>Talk 1</title>") && !budget.contains("Talk 2"));
    assert!(talks.contains("<title>Talk 3</title>") && !talks.contains("Talk 2"));
    let (_, entry) = head_and_entry(&budget);
    assert!(
        entry.contains(&"<itunes:explicit>true</itunes:explicit>"),
        "as its show"
    );
    assert!(
        budget.contains("<itunes:category text=\"Books\"/>"),
        "{budget}"
    );
}

#[test]
fn a_podcast_without_episodes_is_named() {
    let site = site("").post("content/news.md", "title: News\ndate: 2024-03-01");
    let run = site.build();
    run.assert_ok();
    assert!(
        run.stderr.contains("warning[podcast-empty]"),
        "{}",
        run.stderr
    );
    assert!(!site.path(FEED).exists());
}

#[test]
fn a_slug_alone_takes_all_posts_with_a_file() {
    let site = Site::with(&format!(
        "podcast:\n  slug: sound\n  language: en\n  {}\n",
        super::SHOW
    ))
    .bytes("talks/1.mp3", &[0; 100])
    .post("content/one.md", &episode(1, ""))
    .post("content/news.md", "title: News\ndate: 2024-03-01");
    let run = site.build();
    run.assert_ok();
    assert!(
        !run.stderr.contains("episode-without-file"),
        "{}",
        run.stderr
    );
    let feed = site.read("feeds/podcasts/sound/rss.xml");
    assert!(feed.contains("Talk 1") && !feed.contains("News"), "{feed}");
    assert!(site.read("feeds/rss.xml").contains("News"));
}

/// The beginning of a PNG of this size.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 2, 0, 0, 0]);
    bytes.extend([0; 64]);
    bytes
}

#[test]
fn pictures_that_directories_refuse() {
    let check = |width, height, message: &str| {
        let site = site("")
            .file(
                "feedwright.yaml",
                &super::config("").replace("show.jpg", "show.png"),
            )
            .bytes("show.png", &png(width, height))
            .post("content/talks/one.md", &episode(1, ""));
        let run = site.build();
        run.assert_ok();
        match message {
            "" => assert!(!run.stderr.contains("podcast-artwork"), "{}", run.stderr),
            message => assert!(
                run.stderr.contains(message) && run.stderr.contains("--> feedwright.yaml:6:12"),
                "{}",
                run.stderr
            ),
        }
    };
    check(1400, 1400, "");
    check(3000, 3000, "");
    check(3001, 3001, "it has 3001 by 3001 pixels");
    check(1399, 1399, "it has 1399 by 1399 pixels");
    check(1400, 1500, "it has 1400 by 1500 pixels, and is no square");
}

#[test]
fn the_picture_of_a_post_is_that_of_the_episode_where_it_can_be() {
    let artwork = |width, height| {
        let site = site("").bytes("e.png", &png(width, height)).post(
            "content/talks/one.md",
            &episode(1, "image: {path: /e.png, alt: A}"),
        );
        site.build().assert_ok();
        let feed = site.read(FEED);
        let (_, entry) = head_and_entry(&feed);
        let any = |start| entry.iter().find(|line| line.starts_with(start)).copied();
        let picture = any("<podcast:image").expect("a picture").to_owned();
        (any("<itunes:image").is_some(), picture)
    };
    let expected = |ratio: &str, width: u32, height: u32| {
        format!(
            "<podcast:image alt=\"A\" aspect-ratio=\"{ratio}\" height=\"{height}\" \
             href=\"https://example.gov/e.png\" type=\"image/png\" width=\"{width}\"/>"
        )
    };
    assert_eq!(
        artwork(1400, 1400),
        (true, expected("1400/1400", 1400, 1400))
    );
    assert_eq!(artwork(1600, 900), (false, expected("1600/900", 1600, 900)));
}

#[test]
fn a_saved_feed_of_a_host_makes_the_same_episodes() {
    let all = "episode: 12\nseason: {number: 2, name: Winter}\nepisode_type: bonus\nexplicit: true\n\
        episode_image: /e.jpg\nguests: [{name: Bob, url: /bob/}]\n\
        transcript: [/t.vtt, /t.srt]\nchapters: /c.json\n\
        soundbites: {start: 1.5, duration: 20, title: Best}\nlocation: {name: Austin, osm: R113314}\n\
        license: {name: Mine, url: 'https://example.gov/l'}\nalternate: {url: /talks/1.opus, bitrate: 64000}\n\
        podcast: {value: {type: lightning, method: keysend, suggested: 0.5, recipients: [{name: A, type: \
        node, address: '02', split: 99}, {type: node, address: '03', split: 1, fee: true}]}}\n\
        socialInteract: {uri: 'https://social.example.gov/1', accountId: '@office'}";
    let site = site("").post("content/talks/one.md", &episode(1, all));
    site.build().assert_ok();
    let feed = site.read(FEED);
    let (_, expected) = head_and_entry(&feed);
    assert!(expected.len() > 20, "{expected:#?}");
    let other = Site::with(&format!("podcast:\n  {}\n  language: en\n", super::SHOW))
        .file("saved.xml", &feed);
    other.build_with(&["--from", "saved.xml"]).assert_ok();
    let made = other.read("feeds/rss.xml");
    let (_, entry) = head_and_entry(&made);
    assert_eq!(entry, expected);
}

#[test]
fn a_podcast_keeps_the_guid_of_the_feed_that_was_adopted() {
    let old = |guid: &str| {
        format!(
            "<rss version='2.0' xmlns:podcast='https://podcastindex.org/namespace/1.0' \
             xmlns:atom='http://www.w3.org/2005/Atom'><channel><title>T</title><link>https://example.gov/</link>\
             <description>D</description><atom:link rel='self' href='https://host.example.org/feed.rss'/>{guid}\
             <item><title>Talk 1</title><guid isPermaLink='false'>one</guid>\
             <pubDate>Tue, 02 Jan 2024 00:00:00 +0000</pubDate>\
             <link>https://example.gov/talks/one/</link></item></channel></rss>"
        )
    };
    let check = |said: &str, expected: &str| {
        let site = site("")
            .post("content/talks/one.md", &episode(1, ""))
            .file("old.xml", &old(said));
        site.run(&["adopt", "old.xml", "--now", crate::site::NOW])
            .assert_ok();
        site.build();
        let feed = site.read(FEED);
        let guid = format!("<podcast:guid>{expected}</podcast:guid>");
        assert!(feed.contains(&guid), "{guid} in {feed}");
        assert!(feed.contains(">one</guid>"), "{feed}");
    };
    let known = "917393e3-1b1e-5cef-ace4-edaa54e1f810";
    check(&format!("<podcast:guid>{known}</podcast:guid>"), known);
    // The UUID of version 5 of `host.example.org/feed.rss`, by Python's `uuid`.
    check("", "17068b4d-90fe-59a7-a208-f253f5756bfa");
}
