//! What the codes of diagnostics mean that are neither checks of feeds nor lints: those tables stand
//! with their rules.

mod delivery;

/// A code, and what a person has to know of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// How it is printed, and named in settings.
    pub code: &'static str,
    /// What happened.
    pub meaning: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
}

/// Codes that are about one thing.
pub struct Group {
    /// What they are about.
    pub title: &'static str,
    /// The codes, in alphabetical order.
    pub codes: &'static [Code],
}

const fn code(code: &'static str, meaning: &'static str, remedy: &'static str) -> Code {
    Code {
        code,
        meaning,
        remedy,
    }
}

/// The meaning of a code.
pub fn find(wanted: &str) -> Option<&'static Code> {
    let codes = GROUPS.iter().flat_map(|group| group.codes);
    codes.into_iter().find(|code| code.code == wanted)
}

/// Every code, by what it is about.
pub static GROUPS: &[Group] = &[
    Group {
        title: "Files",
        codes: &[
            code(
                "enclosure-file",
                "`feedwright.enclosures.yaml` has a line that says of no file how large it is. Feeds would lose \
                 what they said before.",
                "Mend the line, or remove it and run `feedwright enclosures fetch`.",
            ),
            code(
                "file-changed",
                "A post was changed while it was being read, so its entry could be of two versions.",
                "Run feedwright again.",
            ),
            code(
                "file-empty",
                "A file of the content folder is empty, or has nothing but front matter without a title. A new one is passed over; a post that was published stays as it is.",
                "Write the post, or remove the file.",
            ),
            code(
                "file-not-ours",
                "At the place of a feed lies a file that feedwright did not make, or does not know to be this \
                 site's. It is never replaced: people may be subscribed to it.",
                "Hand it over with `feedwright adopt`, remove it, or give the feed another path by \
                 `feeds.paths`.",
            ),
            code(
                "file-not-utf8",
                "A file has bytes that are not UTF-8.",
                "Save it as UTF-8; `iconv` converts files of older programs.",
            ),
            code(
                "field-kind",
                "A key of the front matter has a list or a map where a text is expected.",
                "Write the text behind the key.",
            ),
            code(
                "file-too-large",
                "A file is larger than any post.",
                "Name it in `content.ignore`, or split it.",
            ),
            code(
                "file-unreadable",
                "A file of the content folder may not be read. Its post keeps the entry that it had.",
                "Let the user that runs feedwright read it, or name it in `content.ignore`.",
            ),
            code(
                "fix-left",
                "`check --fix` could not make a change without touching more than that.",
                "Make the change by hand.",
            ),
            code(
                "input-unreadable",
                "What `--from` names is nothing that posts can be taken from, or it is cut off.",
                "Give JSON lines, a JSON array, a feed, or an export of WordPress.",
            ),
            code(
                "record-duplicate",
                "Two records of a file have one id. Nobody knows which one is meant, so neither is \
                 published.",
                "Give each post an `id` of its own.",
            ),
            code(
                "record-long",
                "A line of JSON is longer than any post.",
                "Split the post, or see where the line should have ended.",
            ),
            code(
                "record-nameless",
                "A record has neither an id nor an address, so nobody could tell later which post it is.",
                "Give it an `id` that it keeps for ever.",
            ),
            code(
                "record-text",
                "The text of a record is a number, a list or the like.",
                "Write it in quotes.",
            ),
            code(
                "symlink-broken",
                "A symbolic link leads to nothing.",
                "Remove the link, or restore the file that it leads to.",
            ),
            code(
                "symlink-loop",
                "A symbolic link leads back to a folder that contains it.",
                "Remove the link, or name it in `content.ignore`.",
            ),
            code(
                "symlink-outside",
                "A symbolic link leads out of the site's folder. It is not followed, because whoever may \
                 add links could publish any file of the machine.",
                "Copy the file into the site.",
            ),
        ],
    },
    Group {
        title: "Front matter",
        codes: &[
            code(
                "front-matter-control",
                "The front matter has a control character, which is read as a blank.",
                "Delete the character.",
            ),
            code(
                "front-matter-duplicate",
                "A key stands twice in the front matter. Some generators take the last one, some refuse the \
                 file.",
                "Remove one of the two.",
            ),
            code(
                "front-matter-fence",
                "The line that ends the front matter is longer than it should be.",
                "Make it exactly as long as the first one.",
            ),
            code(
                "front-matter-json",
                "The JSON front matter cannot be read.",
                "Check the commas, quotes and braces near the place that is named.",
            ),
            code(
                "front-matter-large",
                "The front matter is larger than any real one.",
                "Move what is no metadata into the text, or name the file in `content.ignore`.",
            ),
            code(
                "front-matter-late",
                "Something stands before the front matter, so that Jekyll takes the whole file for text.",
                "Remove the lines before the first `---`.",
            ),
            code(
                "front-matter-nested",
                "The front matter nests too deeply to be read.",
                "Remove the nesting.",
            ),
            code(
                "front-matter-toml",
                "The TOML front matter cannot be read.",
                "Mend the line that is named; texts stand in quotes.",
            ),
            code(
                "front-matter-unclosed",
                "The front matter has a first line and no last one.",
                "Put the closing line between the front matter and the text.",
            ),
            code(
                "front-matter-yaml",
                "The YAML front matter cannot be read.",
                "Put values that contain `: `, `#`, quotes or brackets in quotes.",
            ),
        ],
    },
    Group {
        title: "Dates",
        codes: &[
            code(
                "clock-set-back",
                "Published posts lie in the future, although their dates have not changed: the clock of \
                 this machine is probably wrong.",
                "Set the clock right. The next run shows the posts again.",
            ),
            code(
                "date-ambiguous",
                "A date such as `03/04/2021` is read in two ways.",
                "Write it as `2021-03-04`, or set `dates.order`.",
            ),
            code(
                "date-early",
                "A date is older than another one of the same post that says when it was made.",
                "Correct the one that is wrong.",
            ),
            code(
                "date-form",
                "A date can be read, and is written in a way that some programs read otherwise, or is \
                 older than feeds are.",
                "Write it as `2021-03-04`, with a time if there is one.",
            ),
            code(
                "date-gap",
                "The time never was in the site's zone, because clocks were set forward over it.",
                "Write a time before or after the jump, or add the offset.",
            ),
            code(
                "date-impossible",
                "A day or time does not exist, such as 30 February or 25:00.",
                "Correct it.",
            ),
            code(
                "date-incomplete",
                "A date names no day. None is ever invented.",
                "Add the day of the month.",
            ),
            code(
                "date-kept",
                "A published post has lost its date. It stays published as of the date that readers know.",
                "Write that date into the front matter again.",
            ),
            code(
                "date-missing",
                "A post has no date, neither in its front matter nor in its file name.",
                "Add `date:` to the front matter.",
            ),
            code(
                "date-offset",
                "The offset of a date is none that the clocks of any place have. The date is written in UTC.",
                "Write the offset of the place, such as `-05:00`, or leave it out.",
            ),
            code(
                "date-two-digit-year",
                "A year has two digits.",
                "Write all four.",
            ),
            code(
                "date-unreadable",
                "A date cannot be read.",
                "Write it as `2021-03-04` or `2021-03-04 09:30`.",
            ),
            code(
                "date-wrong-weekday",
                "A date names another day of the week than it is of.",
                "Correct the one that is wrong, or leave the day of the week out.",
            ),
            code(
                "date-zone",
                "A time zone is not known, or its name means several.",
                "Write the offset as a number, such as `-05:00`.",
            ),
            code(
                "draft-unclear",
                "A post says neither that it is a draft nor that it is none, and is held back.",
                "Write `true` or `false`.",
            ),
            code(
                "draft-undated",
                "A draft has no date yet, so its place among the posts is not known.",
                "Nothing has to be done before it is published.",
            ),
            code(
                "page-apart",
                "A page of a rendered site has a date, but lies beside the folders that hold the posts, as an \
                 about page does.",
                "Nothing has to be done if it is no post. Else move it into a folder of posts.",
            ),
            code(
                "page-unlike",
                "A page of a rendered site has a date in its head alone, where the posts of the site show theirs \
                 or say that they are articles.",
                "Name it in `content.ignore`; if it is a post, let it show its date as the others do.",
            ),
            code(
                "page-undated",
                "A page has no date, so it is no post.",
                "Nothing has to be done; with a date it becomes one.",
            ),
            code(
                "post-backdated",
                "A new post is older than others that are published. Readers and mail programs that go by \
                 dates miss it.",
                "Give it the date of its publication, if they are to have it.",
            ),
        ],
    },
    Group {
        title: "Addresses and ids",
        codes: &[
            code(
                "id-duplicate",
                "Two posts have one id.",
                "Correct the `guid` of one of the two.",
            ),
            code(
                "id-invalid",
                "The id in the front matter has characters that no feed can have, or blanks around it.",
                "Write a URI, such as the post's first permalink.",
            ),
            code(
                "permalink-computed",
                "The permalink is computed by code of the site's generator, which is never run.",
                "Set `content.permalink` to the pattern of the addresses, or `content.rendered` to the \
                 rendered site.",
            ),
            code(
                "permalink-day",
                "The permalink has the day of one zone, and the site's own generator may have that of \
                 another.",
                "Compare it with the published site, and set `site.timezone`.",
            ),
            code(
                "permalink-duplicate",
                "Two posts have one permalink.",
                "Give one of the two another one, or remove it.",
            ),
            code(
                "permalink-long",
                "The permalink is longer than any address.",
                "Shorten the slug or the file name.",
            ),
            code(
                "permalink-missing",
                "A record has no address, and there is no pattern to make one of.",
                "Give it a `url`, or set `content.permalink`.",
            ),
            code(
                "permalink-outside",
                "The permalink leads to another site, or out of this one.",
                "Write the path from the site's root.",
            ),
            code(
                "permalink-placeholder",
                "The permalink pattern has a placeholder that nobody knows.",
                "Use one of those that the message lists.",
            ),
            code(
                "permalink-several",
                "Two pages of the site show one collection, each at addresses of its own.",
                "Set `content.permalink` where feeds have the addresses of the wrong one.",
            ),
        ],
    },
    Group {
        title: "Posts and their texts",
        codes: &[
            code(
                "entry-invalid",
                "No feed can hold the post as it is.",
                "Change what the message names. That it was not seen earlier is a mistake of feedwright \
                 that is worth reporting.",
            ),
            code(
                "html-dropped",
                "HTML of the post is left out, because no reader shows it or because it could do harm.",
                "Nothing has to be done, if the entry reads well without it.",
            ),
            code(
                "html-nested",
                "The HTML of the post nests too deeply, or grows too large, to be made safe.",
                "Remove the nesting, or split the post; an end tag may be missing.",
            ),
            code(
                "language-unknown",
                "The language of a post is no BCP 47 tag, and is left out.",
                "Write it as `en` or `en-US`.",
            ),
            code(
                "no-posts",
                "No post was found, or none that can be published.",
                "Look at the reasons that the message counts, and at `content.folders`.",
            ),
            code(
                "post-chosen",
                "Code of the site's generator decides which posts are shown, and is never run.",
                "Set `content.rendered` to the rendered site, or write the filter as a condition on front \
                 matter.",
            ),
            code(
                "post-format",
                "A post is in a format that is not read.",
                "Convert it to Markdown or HTML, or take it from the rendered site.",
            ),
            code(
                "post-hidden",
                "The site's own generator does not publish a file of that name.",
                "Rename the file, or remove it.",
            ),
            code(
                "post-undated-name",
                "The file name has no date, and the site's own generator publishes none without.",
                "Rename it to `YEAR-MONTH-DAY-title.md`.",
            ),
            code(
                "post-unpublished",
                "The front matter says that the post is not to be published.",
                "Nothing has to be done, unless it is to be.",
            ),
            code(
                "tag-empty",
                "A tag has no letters or digits, so it has no feed.",
                "Give it a name, or remove it.",
            ),
        ],
    },
    Group {
        title: "The rendered site",
        codes: &[
            code(
                "rendered-available",
                "Posts have template code that only the site's generator can run, and a rendered site is \
                 there.",
                "Set `content.rendered` to its folder.",
            ),
            code(
                "rendered-missing",
                "The rendered site has no page for a post. The entry is made from the source.",
                "Build the site before the feeds.",
            ),
            code(
                "rendered-nested",
                "The rendered page of a post nests too deeply. The entry is made from the source.",
                "Look at the page; an end tag may be missing.",
            ),
            code(
                "rendered-selector",
                "The article was not found in the rendered page. The entry is made from the source.",
                "Set `content.selector` to the element that holds the article.",
            ),
            code(
                "rendered-unreadable",
                "The rendered page of a post cannot be read. The entry is made from the source.",
                "Look at the file that is named.",
            ),
        ],
    },
    Group {
        title: "Feeds",
        codes: &[
            code(
                "feed-bytes",
                "A feed is larger than `feeds.max_bytes`, so its oldest entries are left out.",
                "Raise `feeds.max_bytes`, lower `feeds.limit`, or set `feeds.content: summary`.",
            ),
            code(
                "feed-contested",
                "The site's generator makes a feed at the place of ours.",
                "Turn it off as the help says: the feed that is written last is the one that counts.",
            ),
            code(
                "feed-empty",
                "No post belongs to a feed. Whoever reads it gets nothing new.",
                "Check the names of tags; if nobody reads it, `build --prune` removes it.",
            ),
            code(
                "feed-in-content",
                "A feed would be written among the posts.",
                "Give it another path by `feeds.paths` or `feeds.output`.",
            ),
            code(
                "feed-languages",
                "The site's own feed has the same posts in several languages.",
                "Let each language have a feed of its own, by `feeds.taxonomies: [tags, languages]`.",
            ),
            code(
                "feed-local",
                "A feed that is adopted was made where the site's address was not known, so its ids may be \
                 others than those that subscribers know.",
                "Adopt the feed that is published.",
            ),
            code(
                "feed-moved",
                "A feed has another address than before. Whoever reads the old one gets nothing new.",
                "Set `feeds.redirects`, or redirect the address on the server.",
            ),
            code(
                "feed-passed-over",
                "A feed is in a format that the reader of `--for` does not take, and one beside it is for that reader.",
                "Nothing has to be done; to have the file judged all the same, name it.",
            ),
            code(
                "feed-path-duplicate",
                "Two feeds would be one file.",
                "Give one of them another path by `feeds.paths`.",
            ),
            code(
                "feeds-dropped",
                "More feeds of tags and the like would be made than `feeds.max_feeds` allows.",
                "Raise `feeds.max_feeds`, or set `feeds.min_posts`.",
            ),
            code(
                "feeds-heavy",
                "All feeds together are very large.",
                "Set `feeds.min_posts: 2`, lower `feeds.limit`, or set `feeds.content: summary`.",
            ),
            code(
                "feeds-many",
                "Very many feeds of tags and the like are made.",
                "Set `feeds.min_posts: 2` to leave out the tags that few posts have.",
            ),
            code(
                "format-dropped",
                "A format is not written any more. Whoever reads a feed in it gets nothing new.",
                "Set `feeds.redirects`, or redirect the addresses on the server.",
            ),
            code(
                "podcast-empty",
                "No post is an episode of a podcast, so its feed is not written.",
                "Name the episodes by `tag`, `section` or `folder` as they have it, and give each a file.",
            ),
            code(
                "posts-apart",
                "No feed has the posts of a section.",
                "Change `content.include`, or set `feeds.taxonomies: [sections]`.",
            ),
            code(
                "tag-slug",
                "Two tags have one slug, so that the feed of one has a number in its path.",
                "Rename one of the tags, unless they are different things.",
            ),
        ],
    },
    Group {
        title: "What subscribers know",
        codes: &[
            code(
                "cache-unusable",
                "The file that remembers the last run cannot be read, and is thrown away.",
                "Nothing has to be done; this run takes longer.",
            ),
            code(
                "cache-unwritable",
                "The folder where runs are remembered cannot be written to. Feeds are right all the same, but \
                 each run reads everything, and `--quiet` says every warning again.",
                "Name another folder by `--cache-dir` or `FEEDWRIGHT_CACHE_DIR`, or say `--no-cache`.",
            ),
            code(
                "environment",
                "A file, a folder or another program did not do what was asked of it.",
                "Read the message; it names what failed.",
            ),
            code(
                "guard-changed",
                "More published posts would change at once than `guard.max_changed` allows. Feeds keep them \
                 as they were.",
                "Look at them with `feedwright plan`; `feedwright accept changed` publishes them.",
            ),
            code(
                "guard-doubtful",
                "A new post is much like one that readers know. If it is that one, they would get it again; \
                 if it is none, they would never get it. Feeds do not show it yet.",
                "Run one of the commands that the message gives.",
            ),
            code(
                "guard-resent",
                "Readers know a post by another id than it would have now, and would get it again.",
                "Write the id into its front matter as the message says, or accept it.",
            ),
            code(
                "guard-resurfaced",
                "Old posts that nobody touched would come up in a feed as if they were new.",
                "Look at them with `feedwright plan`; `feedwright accept resurfaced` publishes them.",
            ),
            code(
                "guard-stopped",
                "Subscribers would get again what they have already, for one cause that concerns all posts: \
                 the lock is lost, or the address or the permalinks of the site have changed. Nothing was \
                 written.",
                "Undo the cause, or take the ids of the published feeds with `feedwright adopt`; `feedwright \
                 plan` shows everything.",
            ),
            code(
                "lock-conflict",
                "A merge left a conflict in feedwright.lock.",
                "Keep the lines of both sides, in any order, and remove the marks. With `feedwright.lock \
                 merge=union` in .gitattributes, Git does so by itself.",
            ),
            code(
                "lock-cut",
                "feedwright.lock ends too early: it was written to a full disk, or copied in part.",
                "Restore it from version control. If it is lost, delete it and run `feedwright adopt` with \
                 the published feeds.",
            ),
            code(
                "lock-missing",
                "There is no feedwright.lock, although feeds are published.",
                "Restore it from version control, or run `feedwright adopt` with the published feeds.",
            ),
            code(
                "lock-newer",
                "A newer feedwright wrote feedwright.lock, and this one does not know its format.",
                "Use the same version everywhere.",
            ),
            code(
                "lock-unreadable",
                "feedwright.lock is no file, or has a line that no run of feedwright wrote.",
                "Restore it from version control. If it is lost, delete it and run `feedwright adopt` with \
                 the published feeds.",
            ),
            code(
                "lock-would-change",
                "feedwright.lock would change, and `--locked` forbids that: a job that cannot commit it would \
                 promise what nobody remembers.",
                "Run `feedwright build` where posts are written, and commit the lock with them.",
            ),
            code(
                "not-held",
                "An entry was to be accepted that is not held.",
                "Nothing has to be done.",
            ),
            code(
                "published-missing",
                "A feed was to be fetched, as readers know posts of it, and is not among the published \
                 ones.",
                "Fetch it with the others; a feed that is new is right.",
            ),
        ],
    },
    Group {
        title: "Configuration",
        codes: &[
            code(
                "config-authors",
                "An author of the site has no name.",
                "Give it a `name`.",
            ),
            code(
                "config-blog",
                "The site's generator is told to have no blog, or has several.",
                "Name the folder of the posts in `content.folders`.",
            ),
            code(
                "config-color",
                "A color of the page of feeds is none, or too near to the other one to be read.",
                "Write it as `#1a5276`, with enough contrast.",
            ),
            code(
                "config-email-signup",
                "The page of feeds is to lead to a place to sign up that is no page on the web.",
                "Write the address of the page where people sign up, with `https://`.",
            ),
            code(
                "config-exclude",
                "The generator's configuration has a pattern that cannot be read.",
                "Name the files in `content.ignore`.",
            ),
            code(
                "config-extra",
                "A feed of the configuration has no usable name, or an expression that cannot be read.",
                "Mend what the message names.",
            ),
            code(
                "config-folders",
                "A content folder lies outside of the site, or is not there.",
                "Name a folder below the site's.",
            ),
            code(
                "config-formats",
                "No format, or one twice, is to be written.",
                "Name `rss`, `atom` or `json` in `feeds.formats`.",
            ),
            code(
                "config-generator",
                "The generator's configuration cannot be read in full.",
                "Set what the message names in feedwright.yaml.",
            ),
            code(
                "config-hubs",
                "A hub has no address on the web.",
                "Write the address that the hub gives.",
            ),
            code(
                "config-ignore",
                "A pattern of files cannot be read.",
                "Write globs such as `drafts/**` or `*.txt`.",
            ),
            code(
                "config-image",
                "An image of the configuration is neither a path on the site nor a URL.",
                "Write it as `/assets/logo.png` or `https://…`.",
            ),
            code(
                "config-include",
                "`feeds.include` names something that no post has.",
                "Write it as the posts have it, or remove it.",
            ),
            code(
                "config-invalid",
                "feedwright.yaml cannot be read.",
                "Mend what the message names; `feedwright schema` prints what may stand where.",
            ),
            code(
                "config-language",
                "A language is no BCP 47 tag, and is left out.",
                "Write it as `en` or `en-US`.",
            ),
            code(
                "config-output",
                "The generator writes outside of the site.",
                "Set `feeds.output`, or give `--output`.",
            ),
            code(
                "config-namespaces",
                "A prefix or a namespace of `feeds.namespaces` is none, or feeds have it already.",
                "Follow the message.",
            ),
            code(
                "config-path",
                "A path of the configuration cannot be that of a file, or is that of two.",
                "Give another one.",
            ),
            code(
                "config-podcast",
                "A setting of `podcast` is missing or cannot be what it is set to.",
                "Follow the message; docs/podcasts.md has an example.",
            ),
            code(
                "config-redirects",
                "`feeds.redirects` cannot be what it is set to.",
                "Follow the message.",
            ),
            code(
                "config-rendered",
                "The folder of `content.rendered` lies outside of the site.",
                "Name the folder that the generator writes.",
            ),
            code(
                "config-selector",
                "`content.selector` is no CSS selector, or selects from nothing.",
                "Write a selector such as `.post-content`, and set `content.rendered`.",
            ),
            code(
                "config-taxonomy",
                "`feeds.taxonomies` names one that the site does not have.",
                "Use one of those that the message lists.",
            ),
            code(
                "config-timezone",
                "The site names no time zone, or one that is not known.",
                "Set `site.timezone`, such as `America/New_York`.",
            ),
            code(
                "config-title",
                "The site has no title.",
                "Set `site.title`.",
            ),
            code(
                "config-url",
                "The site has no address, or one that is none.",
                "Set `site.url`.",
            ),
            code(
                "config-url-known",
                "The address of the site is taken from `feedwright.lock`, because nothing else says one.",
                "Nothing has to be done; `site.url` says it for good.",
            ),
            code(
                "generator-ambiguous",
                "What lies in the site's folder fits two generators.",
                "Name the one that makes the site in `content.dialect`.",
            ),
            code(
                "generator-unknown",
                "The site is made by a generator whose addresses feedwright does not know.",
                "Say `content.dialect: plain`, `content.folders` and `content.permalink`.",
            ),
            code(
                "setting-computed",
                "Code of the generator's configuration computes a setting, and is not run.",
                "Set what the message names in feedwright.yaml.",
            ),
            code(
                "site-below",
                "There is no site in the folder, but one in a folder below it.",
                "Run it for that folder.",
            ),
        ],
    },
    delivery::GROUP,
];
