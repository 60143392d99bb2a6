//! How many entries feeds have as sites grow.

use super::{many, post};

#[test]
fn what_is_older_than_a_feed_does_not_come_up_when_the_limit_is_raised() {
    let site = many("feeds: {limit: 2}\n", 5);
    site.build().assert_ok();
    let config = site.read("feedwright.yaml").replace("limit: 2", "limit: 4");
    let site = site.file("feedwright.yaml", &config);
    site.build().assert_ok();
    assert_eq!(site.titles(), ["Post 5", "Post 4"]);
    let site = site.post("content/p6.md", &post("Post 6", 6));
    site.build().assert_ok();
    assert_eq!(site.titles(), ["Post 6", "Post 5", "Post 4"]);
    site.build_with(&["--accept-resend"]).assert_ok();
    assert_eq!(site.entries().len(), 4);
}

#[test]
fn a_feed_grows_until_each_new_post_was_in_it() {
    let mut site = many("feeds: {limit: 3}\n", 4);
    site.build().assert_ok();
    for day in 5..=9 {
        site = site.post(
            &format!("content/p{day}.md"),
            &post(&format!("Post {day}"), day),
        );
    }
    // One that was merged late.
    site = site.post("content/late.md", "title: Late\ndate: 2023-01-01");
    site.build().assert_ok();
    let grown = ["Post 9", "Post 8", "Post 7", "Post 6", "Post 5", "Late"];
    assert_eq!(site.titles(), grown);
    site.build_with(&["--locked"]).assert_ok();
    assert_eq!(site.titles(), grown);
    // Whatever happens to others, nothing comes up.
    site.remove("content/p8.md");
    site.build().assert_ok();
    assert_eq!(
        site.titles(),
        ["Post 9", "Post 7", "Post 6", "Post 5", "Late"]
    );
    let site = site.post("content/p10.md", &post("Post 10", 10));
    site.build().assert_ok();
    assert_eq!(site.titles(), ["Post 10", "Post 9", "Post 7"]);
}
