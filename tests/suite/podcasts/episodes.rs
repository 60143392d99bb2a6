//! What front matter says of episodes, in the spellings of generators and hosts.

use super::{FEED, elements, episode, head_and_entry, site};
use crate::site::Site;

/// What the feed says of the only episode, which has this front matter.
fn said(front_matter: &str) -> Vec<String> {
    let site = site("").post("content/talks/one.md", &episode(1, front_matter));
    site.build().assert_ok();
    let feed = site.read(FEED);
    let (_, entry) = head_and_entry(&feed);
    entry.into_iter().map(str::to_owned).collect()
}

#[track_caller]
fn check(front_matter: &str, expected: &[&str]) {
    let said = said(front_matter);
    for line in expected {
        assert!(said.iter().any(|own| own == line), "{line} in {said:#?}");
    }
}

#[test]
fn numbers_seasons_and_types_in_all_spellings() {
    let expected = [
        "<itunes:episode>12</itunes:episode>",
        "<podcast:episode>12</podcast:episode>",
        "<itunes:season>2</itunes:season>",
        "<itunes:episodeType>bonus</itunes:episodeType>",
        "<itunes:explicit>true</itunes:explicit>",
        "<itunes:block>Yes</itunes:block>",
        "<itunes:title>Short</itunes:title>",
    ];
    for front_matter in [
        "episode: 12\nseason: 2\nepisode_type: bonus\nexplicit: yes\nitunes_block: yes\nitunes_title: Short",
        "episodeNumber: '12'\nseasonNumber: '2'\nepisodeType: Bonus\nexplicit: 'true'\n\
         podcast_block: true\nitunesTitle: Short",
        "'itunes:episode': 12\n'itunes:season': 2\n'itunes:episodeType': bonus\n'itunes:explicit': \
         explicit\n'itunes:block': 'Yes'\n'itunes:title': Short",
        "podcast: {episode: '#12', season: 2, type: bonus, explicit: true, block: true, title: Short}",
        "episode: {episodeNumber: 12, seasonNumber: 2, type: bonus, explicit: true, block: true, title: Short}",
        "number: 12\nseason: {number: 2}\nepisode-type: bonus\nexplicit: 1\nitunes: {block: yes, title: Short}",
    ] {
        check(front_matter, &expected);
    }
    check(
        "season: {number: 2, name: Winter}",
        &["<podcast:season name=\"Winter\">2</podcast:season>"],
    );
}

#[test]
fn people_transcripts_and_the_rest() {
    check(
        "hosts: [Ann]\nguests: [{name: Bob, link: 'https://bob.example.org'}, Carl]\ncohost: Dora\n\
         people: {name: Eve, role: Editor, group: writing, img: /e.png}",
        &[
            "<podcast:person>Ann</podcast:person>",
            "<podcast:person href=\"https://bob.example.org/\" role=\"guest\">Bob</podcast:person>",
            "<podcast:person role=\"guest\">Carl</podcast:person>",
            "<podcast:person role=\"co-host\">Dora</podcast:person>",
            "<podcast:person group=\"writing\" img=\"https://example.gov/e.png\" \
             role=\"editor\">Eve</podcast:person>",
        ],
    );
    check(
        "transcript: [/t.vtt, {url: 'https://example.gov/t.srt', language: es, type: application/srt}]\n\
         chapters: /c.json\nsoundbites: [{start: '1.5', duration: 20, title: Best}]\nlocation: Austin\n\
         license: {name: Mine, url: 'https://example.gov/l'}\nepisode_image: /e.jpg\n\
         socialInteract: {uri: 'https://social.example.gov/1', accountId: '@office', protocol: activitypub}\n\
         alternate: {url: /talks/1.opus, bitrate: 64000, title: Small, lang: en}",
        &[
            "<podcast:transcript type=\"text/vtt\" url=\"https://example.gov/t.vtt\"/>",
            "<podcast:transcript language=\"es\" type=\"application/srt\" url=\"https://example.gov/t.srt\"/>",
            "<podcast:chapters type=\"application/json+chapters\" url=\"https://example.gov/c.json\"/>",
            "<podcast:soundbite duration=\"20\" startTime=\"1.5\">Best</podcast:soundbite>",
            "<podcast:location rel=\"subject\">Austin</podcast:location>",
            "<podcast:license url=\"https://example.gov/l\">Mine</podcast:license>",
            "<itunes:image href=\"https://example.gov/e.jpg\"/>",
            "<podcast:socialInteract accountId=\"@office\" protocol=\"activitypub\" \
             uri=\"https://social.example.gov/1\"/>",
            "<podcast:alternateEnclosure bitrate=\"64000\" lang=\"en\" title=\"Small\" type=\"audio/ogg\">",
            "<podcast:source uri=\"https://example.gov/talks/1.opus\"/>",
        ],
    );
    check(
        "podcast: {value: {type: lightning, method: keysend, recipients: [{name: A, type: node, address: \
         '02', split: 100}]}}",
        &[
            "<podcast:value method=\"keysend\" type=\"lightning\">",
            "<podcast:valueRecipient address=\"02\" name=\"A\" split=\"100\" type=\"node\"/>",
        ],
    );
}

#[test]
fn people_by_the_files_of_their_pages() {
    let site = site("")
        .post(
            "content/talks/one.md",
            &episode(1, "guests: [jdoe, nobody]"),
        )
        .post(
            "content/guest/jdoe.md",
            "title: Jane Doe\nwebsite: https://jane.example.org/",
        );
    site.build();
    let feed = site.read(FEED);
    assert!(
        feed.contains(
            "<podcast:person href=\"https://jane.example.org/\" role=\"guest\">Jane Doe<"
        ),
        "{feed}"
    );
    assert!(
        feed.contains("<podcast:person role=\"guest\">nobody<"),
        "{feed}"
    );
}

#[test]
fn what_cannot_be_read_is_named_and_left_out() {
    let site = site("").post(
        "content/talks/one.md",
        &episode(
            1,
            "episode: twelve\nexplicit: perhaps\nepisode_type: whole\nepisode_image: /e.gif\n\
             transcript: http://example.gov/t.vtt\nguests: {name: A, role: boss}\nlicense: mine\n\
             location: {name: Austin, osm: X1}\npodcast: {value: free}\nchapters: [nothing]\n\
             soundbites: {start: 1, duration: 0}\nsocialInteract: 'javascript:1'",
        ),
    );
    let run = site.build_with(&["-v"]);
    run.assert_ok();
    for message in [
        "`episode: twelve` is no whole number",
        "`explicit: perhaps` says neither yes nor no",
        "`episode_type: whole` is no type of episodes",
        "`episode_image: /e.gif` does not end as a JPEG or PNG",
        "`transcript` names `http://example.gov/t.vtt`, which is neither an `https:` URL",
        "names `boss`, which the Podcast Taxonomy does not have",
        "`license: mine` is no license that apps know",
        "has `osm: X1`, which is no place",
        "`value: free` cannot be read",
        "`chapters: nothing` is no chapter",
        "`soundbites: …` is no passage",
        "`socialInteract: javascript:1` is no address on the web",
    ] {
        assert!(run.stderr.contains(message), "{message} in {}", run.stderr);
    }
    let feed = site.read(FEED);
    let run = site.run(&["check", "--for", "podcast", FEED]);
    run.assert_ok();
    assert!(!run.stderr.contains("warning"), "{} {feed}", run.stderr);
}

#[test]
fn files_in_all_spellings() {
    let check = |front_matter: &str, url: &str, length: &str| {
        let site = site("  files: https://audio.example.org/e/\n").post(
            "content/talks/one.md",
            &format!("title: Talk\ndate: 2024-01-02\n{front_matter}"),
        );
        site.build();
        let feed = site.read(FEED);
        let enclosure =
            format!("<enclosure url=\"{url}\" length=\"{length}\" type=\"audio/mpeg\"/>");
        assert!(feed.contains(&enclosure), "{front_matter}: {feed}");
    };
    let below = "https://audio.example.org/e/a.mp3";
    for front_matter in [
        "podcast_file: a.mp3\npodcast_bytes: '2000'",
        "file: a.mp3\nlength: 2000",
        "audio_file: a.mp3\naudio_size: 2_000",
        "mp3: a.mp3\nmp3_bytes: 2 000",
        "audio: {mp3: a.mp3, ogg: a.ogg}\nfilesize: {mp3: 2000, ogg: 1}",
        "podcast: {mp3: a.mp3, mp3Size: '2,000'}",
        "episode: {filename: a.mp3, size: 2000}",
        "enclosure: {url: a.mp3, length: 2000}",
        "mp3-url: a.mp3\nsize: 2000",
    ] {
        check(front_matter, below, "2000");
    }
    check(
        "file: https://else.example.org/a.mp3\nlength: 5",
        "https://else.example.org/a.mp3",
        "5",
    );
    check(
        "file: /talks/1.mp3",
        "https://example.gov/talks/1.mp3",
        "100",
    );
}

#[test]
fn a_service_that_counts_stands_before_the_address() {
    let site = site("  prefix: https://count.example.org/redirect.mp3\n")
        .post("content/talks/one.md", &episode(1, ""));
    site.build().assert_ok();
    let url = "https://count.example.org/redirect.mp3/example.gov/talks/1.mp3";
    let enclosure = format!("<enclosure url=\"{url}\" length=\"100\" type=\"audio/mpeg\"/>");
    for file in [FEED, "feeds/rss.xml"] {
        assert!(site.read(file).contains(&enclosure), "{file}");
    }
    assert!(site.read("feeds/podcasts/talks/feed.json").contains(url));
}

#[test]
fn chapters_of_front_matter_have_a_file() {
    let chapters = "chapters:\n- '00:00:00.000 Intro.'\n- 01:30 - The talk\n- {start: 100.5, title: End, \
        url: /end/}\n- '2:00': Bye";
    let site = site("").post("content/talks/one.md", &episode(1, chapters));
    site.build().assert_ok();
    let files = site.files("feeds/chapters");
    let [file] = files.as_slice() else {
        panic!("{files:?}");
    };
    let url = format!("https://example.gov/feeds/chapters/{file}");
    assert!(site.read(FEED).contains(&format!("url=\"{url}\"")));
    let path = format!("feeds/chapters/{file}");
    let read = |site: &Site| -> serde_json::Value {
        serde_json::from_str(&site.read(&path)).expect("JSON")
    };
    let expected = serde_json::json!([
        {"startTime": 0, "title": "Intro."},
        {"startTime": 90, "title": "The talk"},
        {"startTime": 100.5, "title": "End", "url": "https://example.gov/end/"},
        {"startTime": 120, "title": "Bye"},
    ]);
    assert_eq!(read(&site)["chapters"], expected);
    let before = site
        .path(&path)
        .metadata()
        .and_then(|file| file.modified())
        .ok();
    site.build().assert_ok();
    let after = site
        .path(&path)
        .metadata()
        .and_then(|file| file.modified())
        .ok();
    assert_eq!(after, before, "not written again");
    // An edit of the list alone is one of the file.
    let edited = site.post(
        "content/talks/one.md",
        &episode(1, "chapters: ['00:05 New']"),
    );
    edited.build().assert_ok();
    assert_eq!(read(&edited)["chapters"][0]["title"], "New");
    edited.remove("content/talks/one.md");
    let other = format!("---\n{}\n---\nAnother text altogether.\n", episode(2, ""));
    let last = edited.file("content/talks/two.md", &other);
    last.build_with(&["--prune"]);
    assert!(last.files("feeds/chapters").is_empty());
}

#[test]
fn an_edit_writes_what_a_whole_run_writes() {
    let site = site("")
        .post("content/talks/one.md", &episode(1, "episode: 1"))
        .post("content/talks/two.md", &episode(2, "episode: 2"))
        .post("content/news.md", "title: News\ndate: 2024-03-01");
    site.build().assert_ok();
    let edit = |site: Site, more: &str| {
        site.post(
            "content/talks/two.md",
            &episode(2, &format!("episode: 2\n{more}")),
        )
    };
    let site = edit(site, "guests: Ann\nseason: 4");
    site.build().assert_ok();
    let feed = site.read(FEED);
    assert!(
        elements(&feed).contains(&"<itunes:season>4</itunes:season>"),
        "{feed}"
    );
    site.build_with(&["--no-cache"]).assert_ok();
    assert_eq!(site.read(FEED), feed);
}

#[test]
fn what_begins_with_a_slash_lies_on_the_site() {
    let site = site("  files: https://audio.example.org/\n").post(
        "content/talks/one.md",
        &episode(1, "transcript: /later/t.vtt\nchapters: c.json"),
    );
    site.build();
    let feed = site.read(FEED);
    assert!(feed.contains("https://example.gov/later/t.vtt"), "{feed}");
    assert!(feed.contains("https://audio.example.org/c.json"), "{feed}");
}

#[test]
fn a_file_whose_kind_nobody_knows_is_named() {
    let site = site("").post(
        "content/talks/one.md",
        "title: One\ndate: 2024-01-02\naudio: https://x.example.org/download/123\nlength: 5",
    );
    let run = site.build();
    run.assert_ok();
    assert!(run.stderr.contains("type: audio/mpeg"), "{}", run.stderr);
}
