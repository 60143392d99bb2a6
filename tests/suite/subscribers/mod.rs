//! Subscribers never get the same post twice: the lock, the plan, the guard, adopted feeds.

mod asked;
mod guard;
mod ids;
mod lock;
mod outputs;
mod plan;
mod scheduled;
mod updated;
mod windows;

use crate::site::Site;

fn post(title: &str, day: u32) -> String {
    format!("title: {title}\ndate: 2024-01-{day:02}")
}

/// Three posts with words of their own.
fn site() -> Site {
    Site::new()
        .post("content/a.md", &post("Alpha", 1))
        .post("content/b.md", &post("Beta", 2))
        .post("content/c.md", &post("Gamma", 3))
}

/// A site with so many posts on as many days.
fn many(config: &str, count: u32) -> Site {
    let mut site = Site::with(config);
    for day in 1..=count {
        site = site.post(
            &format!("content/p{day}.md"),
            &post(&format!("Post {day}"), day),
        );
    }
    site
}
