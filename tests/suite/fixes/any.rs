//! Whatever stands in a file.

use proptest::prelude::*;

use super::{fix, line, list, site};

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    /// Whatever is mended, posts and bodies stay what they are, and nothing is left to do.
    #[test]
    fn posts_stay_what_they_are(
        lines in prop::collection::vec(line(), 0..7),
        more in prop::collection::vec(line(), 0..7),
        body in "[a-z \n:#-]{0,40}",
        end in prop::sample::select(vec!["\n", "\r\n"]),
        dialect in prop::sample::select(vec!["plain", "jekyll", "hugo", "eleventy"]),
    ) {
        let text = |lines: &[String]| {
            let text = format!("---\ntitle: A\n{}\n---\n{body}", lines.join("\n"));
            text.replace('\n', end)
        };
        let files = [("content/2024-01-02-a.md", text(&lines)), ("content/2024-01-03-b.md", text(&more))];
        let mut site = site(dialect, "lints: {id-unpinned: warn}\n");
        for (path, text) in &files {
            site = site.file(path, text);
        }
        let posts = list(&site);
        fix(&site, &["--yes"]);
        prop_assert_eq!(list(&site), posts, "{}", files[0].1);
        for (path, before) in &files {
            let after = site.read(path);
            let body = body.replace('\n', end);
            prop_assert!(after.ends_with(&format!("---{end}{body}")), "{}\n{}", before, after);
            let kept = before.lines().filter(|line| line.starts_with('#'));
            for comment in kept {
                prop_assert!(after.lines().any(|line| line == comment), "{}", after);
            }
        }
        let again = fix(&site, &["--yes"]);
        prop_assert!(!again.stdout.contains("Changed"), "{}", again.stdout);
    }
}
