//! Which post is which when files change places, with truth known.

use crate::site::Site;

const LONG: &str = "What this post says it says at some length, in words of its own, so that nobody \
                    takes it for a template.";

/// Two posts of long or short texts, published.
fn site(alpha: &str, bravo: &str) -> Site {
    let site = Site::new()
        .article("a", "Alpha", "2024-05-10", alpha)
        .article("b", "Bravo", "2024-05-01", bravo);
    site.build().assert_ok();
    site
}

fn long(name: &str) -> String {
    format!("{name} begins so.\n{LONG} {name}.\n{LONG} {name} again, and for the last time.")
}

#[test]
fn a_post_that_takes_the_file_of_a_deleted_one_stays_itself() {
    let site = site(&long("Alpha"), &long("Bravo"));
    let [alpha, bravo] = ["Alpha", "Bravo"].map(|title| site.id_of(title));
    site.remove("content/a.md");
    site.rename("content/b.md", "content/a.md");
    site.build().assert_ok();
    assert_eq!(site.titles(), ["Bravo"]);
    assert_eq!(site.id_of("Bravo"), bravo);
    // The other one is back, elsewhere.
    let site = site.article("c", "Alpha", "2024-05-10", &long("Alpha"));
    site.build().assert_ok();
    assert_eq!(site.id_of("Alpha"), alpha);
}

#[test]
fn files_that_are_swapped_take_no_id_in_silence() {
    let short = "Short text.";
    for (one, other) in [
        (long("Alpha"), short.to_owned()),
        ("Alpha is short.".to_owned(), short.to_owned()),
        (long("Alpha"), long("Bravo")),
    ] {
        // With their dates, with those of the files, and re-dated.
        for [first, second] in [
            ["2024-05-10", "2024-05-01"],
            ["2024-05-01", "2024-05-10"],
            ["2024-05-10", "2024-05-02"],
        ] {
            let site = site(&one, &other);
            let [alpha, bravo] = ["Alpha", "Bravo"].map(|title| site.id_of(title));
            let site = site
                .article("b", "Alpha", first, &one)
                .article("a", "Bravo", second, &other);
            let run = site.build();
            let held = run.code == 3;
            assert!(held || run.code == 0, "{}", run.stderr);
            assert_eq!(site.id_of("Alpha"), alpha);
            assert_eq!(site.id_of("Bravo"), bravo);
            if held {
                // What is asked about is the right one.
                for (file, id) in [("a", &bravo), ("b", &alpha)] {
                    let place = format!("--> content/{file}.md");
                    let asked = run.stderr.split(&place).nth(1);
                    let asked = asked.map(|rest| rest.split("error[").next().unwrap_or(rest));
                    assert!(
                        asked.is_none_or(|asked| asked.contains(&format!("guid: {id}`"))),
                        "{}",
                        run.stderr
                    );
                }
            }
        }
    }
}
