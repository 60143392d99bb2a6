//! What somebody changes, and what the guard says then.

/// A site, the run that published it first, and what was done to it since.
pub(super) struct Case {
    pub(super) name: &'static str,
    pub(super) site: fn() -> Vec<(String, String)>,
    /// Files that change, with their new text; without one they are removed.
    pub(super) change: fn() -> Vec<(String, Option<String>)>,
    /// What the guard says, for each `state` that says something.
    pub(super) said: &'static [(&'static str, &'static [&'static str])],
}

fn config(more: &str) -> (String, String) {
    let text = format!("site: {{title: Site, url: https://example.gov}}\n{more}");
    ("feedwright.yaml".to_owned(), text)
}

fn changed((path, text): (String, String)) -> (String, Option<String>) {
    (path, Some(text))
}

/// A post, with enough text that it is known again by it.
fn article(name: &str, title: &str, day: usize, more: &str) -> (String, String) {
    let lines =
        (1..=6).map(|line| format!("{line}. What {name} says to the public, in its own words.\n"));
    let text: String = lines.collect();
    let text = format!("---\ntitle: {title}\ndate: 2024-01-{day:02}\n{more}---\n{text}");
    (format!("content/{name}.md"), text)
}

fn articles(more: &str) -> Vec<(String, String)> {
    let all = (1..=9).map(|day| article(&format!("p{day}"), &format!("Post {day}"), day, more));
    all.collect()
}

pub(super) fn usual() -> Vec<(String, String)> {
    [articles("tags: [news]\n"), vec![config("")]].concat()
}

fn with(more: &str) -> Vec<(String, Option<String>)> {
    vec![changed(config(more))]
}

/// A file that was renamed and rewritten.
fn moved() -> Vec<(String, Option<String>)> {
    let (_, text) = article("p5", "Post 5", 5, "");
    let text = text.replace("title: Post 5", "title: \"It's new\"");
    vec![
        ("content/p5.md".to_owned(), None),
        (
            "content/it's new.md".to_owned(),
            Some(text + "Corrected.\n"),
        ),
    ]
}

pub(super) const CASES: &[Case] = &[
    Case {
        name: "a file that was renamed and edited",
        site: usual,
        change: moved,
        said: &[
            (
                "lock",
                &["this may be the post that readers know from content/p5.md"],
            ),
            (
                "published",
                &["this may be the post that readers know from “Post 5”"],
            ),
        ],
    },
    Case {
        name: "another guid",
        site: usual,
        change: || {
            vec![changed(article(
                "p5",
                "Post 5",
                5,
                "guid: tag:example.gov,2024:5\n",
            ))]
        },
        said: &[
            (
                "lock",
                &["readers know this post by the id https://example.gov/content/p5/"],
            ),
            (
                "published",
                &["readers know this post by the id https://example.gov/content/p5/"],
            ),
        ],
    },
    Case {
        name: "an author for all",
        site: usual,
        change: || {
            let (path, text) = config("");
            vec![(
                path,
                Some(text.replace("title: Site", "title: Site, authors: [Agency]")),
            )]
        },
        said: &[
            (
                "lock",
                &[
                    "9 published posts would change at once",
                    "all of them changed in: authors",
                ],
            ),
            ("published", &["9 published posts would change at once"]),
        ],
    },
    Case {
        name: "summaries instead of texts",
        site: usual,
        change: || with("feeds: {content: summary}\n"),
        said: &[
            (
                "lock",
                &["9 published posts would change at once", "`feeds.content`"],
            ),
            ("published", &["9 published posts would change at once"]),
        ],
    },
    Case {
        name: "a permalink pattern",
        site: || {
            [
                articles(""),
                vec![config("content: {permalink: '/:slug.html'}\n")],
            ]
            .concat()
        },
        change: || with("content: {permalink: '/:slug/'}\n"),
        said: &[
            (
                "lock",
                &[
                    "9 posts would have another address",
                    "what was at https://example.gov/p1.html is at https://example.gov/p1/",
                ],
            ),
            (
                "published",
                &[
                    "the permalink pattern changed: what was at https://example.gov/p1.html is at https://example.gov/p1/",
                ],
            ),
        ],
    },
    Case {
        name: "a base URL",
        site: usual,
        change: || {
            let (path, text) = config("");
            vec![(
                path,
                Some(text.replace("//example.gov", "//www.example.gov")),
            )]
        },
        said: &[
            (
                "lock",
                &["the base URL changed from https://example.gov/ to https://www.example.gov/"],
            ),
            (
                "published",
                &["the base URL changed from https://example.gov/ to https://www.example.gov/"],
            ),
        ],
    },
    Case {
        name: "a time zone",
        site: usual,
        change: || {
            let (path, text) = config("");
            vec![(
                path,
                Some(text.replace("title: Site", "title: Site, timezone: America/New_York")),
            )]
        },
        said: &[
            (
                "lock",
                &[
                    "9 published posts would change at once",
                    "the time zone changed from UTC to America/New_York",
                ],
            ),
            ("published", &["9 published posts would change at once"]),
        ],
    },
    Case {
        name: "the capitals of a tag",
        site: usual,
        change: || {
            articles("tags: [News]\n")
                .into_iter()
                .map(changed)
                .collect()
        },
        said: &[
            (
                "lock",
                &[
                    "9 published posts would change at once",
                    "all of them changed in: capitals of tags",
                ],
            ),
            ("published", &["9 published posts would change at once"]),
        ],
    },
    Case {
        name: "a lock that is lost with the addresses",
        site: || {
            [
                articles(""),
                vec![config("content: {permalink: '/:slug.html'}\n")],
            ]
            .concat()
        },
        change: || {
            [
                with("content: {permalink: '/:slug/'}\n"),
                vec![("feedwright.lock".to_owned(), None)],
            ]
            .concat()
        },
        said: &[(
            "lock",
            &["9 posts would be sent again", "feedwright.lock is missing"],
        )],
    },
    Case {
        name: "a base URL that ids are made of",
        site: usual,
        change: || {
            let (path, text) = config("");
            let text = text.replace("//example.gov", "//www.example.gov");
            vec![(path, Some(text))]
        },
        said: &[(
            "none",
            &[
                "9 posts would be sent again under another id",
                "the base URL changed from https://example.gov/ to https://www.example.gov/",
            ],
        )],
    },
    Case {
        name: "one file that was renamed",
        site: usual,
        change: || {
            let (_, text) = article("p5", "Post 5", 5, "tags: [news]\n");
            vec![
                ("content/p5.md".to_owned(), None),
                ("content/renamed.md".to_owned(), Some(text)),
            ]
        },
        said: &[(
            "none",
            &["readers know this post by the id https://example.gov/content/p5/"],
        )],
    },
    Case {
        name: "a limit that is raised when the lock is lost",
        site: || [articles(""), vec![config("feeds: {limit: 3}\n")]].concat(),
        change: || {
            let lost = ("feedwright.lock".to_owned(), None);
            [with("feeds: {limit: 5}\n"), vec![lost]].concat()
        },
        said: &[(
            "lock",
            &[
                "2 posts that nobody touched would come up as new",
                "feedwright.lock is missing",
            ],
        )],
    },
];
