//! The posts of a plan whose date has to come.

use chrono::Timelike;
use feedwright_base::date::Timestamp;

use crate::report::ScheduledPost;

use super::output::in_line;
use super::plan::NAMED;

/// Which posts come later, and when; nothing where there is none.
pub(super) fn text(posts: &[ScheduledPost], verbose: bool) -> String {
    match posts {
        [] => String::new(),
        [post] => format!(
            "1 post is scheduled: {}. Subscribers see it with the first build from then on.\n",
            named(post)
        ),
        posts => {
            let most = if verbose { usize::MAX } else { NAMED };
            let mut text = format!(
                "{} posts are scheduled. Subscribers see each with the first build from its date on:\n",
                posts.len()
            );
            for post in posts.iter().take(most) {
                text.push_str(&format!("  {}\n", named(post)));
            }
            if posts.len() > most {
                text.push_str(&format!("  … {} more (-v shows all)\n", posts.len() - most));
            }
            text
        }
    }
}

fn named(post: &ScheduledPost) -> String {
    format!("“{}” {}", in_line(&post.title), moment(post.date))
}

/// The day, and the time where one is given.
fn moment(date: Timestamp) -> String {
    let time = date.local().time();
    match time.num_seconds_from_midnight() {
        0 => format!("on {}", date.day()),
        _ => format!("on {} at {}", date.day(), time.format("%H:%M")),
    }
}
