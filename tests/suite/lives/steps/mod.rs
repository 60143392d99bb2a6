//! What people do to a site.

mod many;
mod one;

use chrono::{Days, NaiveDate, TimeDelta};

use super::truth::{Dialect, Post, World};
use super::words;
use crate::mutations::edits::Dice;

/// Something that was done.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What, for people.
    pub text: String,
    /// To which posts.
    pub posts: Vec<usize>,
    /// Whether nothing else comes with it: it is built by itself.
    pub is_alone: bool,
}

impl Step {
    fn new(text: String, posts: &[usize]) -> Option<Self> {
        Some(Step {
            text,
            posts: posts.to_vec(),
            is_alone: false,
        })
    }

    fn alone(text: String, posts: &[usize]) -> Option<Self> {
        Step::new(text, posts).map(|step| Step {
            is_alone: true,
            ..step
        })
    }
}

/// How something is done: not, where there is nothing to do it to.
type Doing = fn(&mut World, &mut Dice) -> Option<Step>;

/// What can be done, with how often it is.
const KINDS: &[(Doing, usize)] = &[
    (one::add, 16),
    (one::add_at_any_date, 5),
    (one::correct, 10),
    (one::retitle, 5),
    (one::rename, 5),
    (one::rename_and_more, 7),
    (one::re_date, 5),
    (one::rename_day, 3),
    (one::hide, 3),
    (one::show, 5),
    (one::change_hidden, 3),
    (one::delete, 3),
    (one::restore, 3),
    (one::restore_elsewhere, 3),
    (many::add_notice, 4),
    (many::replace_notice, 5),
    (many::delete_notice, 3),
    (many::next_hours, 4),
    (many::split, 2),
    (many::merge, 1),
    (many::bulk, 2),
    (many::limit, 2),
    (many::flood, 1),
    (one::break_one, 2),
    (one::mend, 4),
];

/// What is done alone.
const ALONE: &[Doing] = &[many::swap, many::take_place, many::reuse_path];

/// What moves a whole site. Who never answers does not do it.
const MOVES: &[Doing] = &[many::move_base, many::change_pattern];

/// Something that people do. `is_whole`: all that was done before is built.
pub fn draw(world: &mut World, dice: &mut Dice, is_whole: bool, moves: bool) -> Step {
    loop {
        let done = if is_whole && moves && dice.once_in(60) {
            dice.one_of(MOVES)(world, dice)
        } else if is_whole && !world.is_forgetful && dice.once_in(30) {
            dice.one_of(ALONE)(world, dice)
        } else if world.posts.len() > 40 && !dice.once_in(3) {
            many::clear(world, dice)
        } else {
            let total: usize = KINDS.iter().map(|(_, often)| often).sum();
            let mut at = dice.below(total);
            let kind = KINDS.iter().find(|(_, often)| {
                let is_it = at < *often;
                at = at.saturating_sub(*often);
                is_it
            });
            kind.and_then(|(kind, _)| kind(world, dice))
        };
        if let Some(step) = done {
            return step;
        }
    }
}

/// One of the posts that are such; newer ones more often.
fn pick(world: &World, dice: &mut Dice, is_such: impl Fn(&Post) -> bool) -> Option<Post> {
    let mut found: Vec<&Post> = world.posts.values().filter(|post| is_such(post)).collect();
    found.sort_by_key(|post| (std::cmp::Reverse(post.time()), post.number));
    let most = if dice.once_in(3) { found.len() } else { 12 };
    found.truncate(most);
    (!found.is_empty()).then(|| (*dice.one_of(&found)).clone())
}

fn is_whole(post: &Post) -> bool {
    !post.broken
}

/// Puts a post in its place, and says so where that can be.
fn put(world: &mut World, post: Post, what: &str) -> Option<Step> {
    let number = post.number;
    let mut text = format!("{what} {number} ({})", post.path(world.dialect));
    let old = world.posts.get(&number).or_else(|| world.gone.get(&number));
    if let Some(old) = old.filter(|old| old.title != post.title) {
        text += &format!(", with a title instead of {:?}", old.title);
    }
    if !world.put(post) {
        return None;
    }
    Step::new(text, &[number])
}

fn days_before(day: NaiveDate, days: usize) -> NaiveDate {
    day.checked_sub_days(Days::new(days as u64)).unwrap_or(day)
}

/// A post of this day, and at no later time than now.
pub fn fresh(world: &mut World, dice: &mut Dice, day: NaiveDate) -> Post {
    let number = world.number();
    let is_named = world.dialect == Dialect::Jekyll || dice.once_in(2);
    let has_date = !is_named || dice.once_in(4);
    let noon = day.and_hms_opt(6, 0, 0).unwrap_or_default();
    let noon = noon + TimeDelta::minutes(dice.below(300) as i64);
    let time = if day == world.now.date() {
        noon.min(world.now)
    } else {
        noon
    };
    let lines = loop {
        let lines = words::body(dice);
        if world.is_new_text(&lines) {
            break lines;
        }
    };
    Post {
        number,
        slug: world.slug(dice),
        named: is_named.then_some(day),
        date: has_date.then_some(time),
        title: words::title(dice),
        lines,
        tags: dice
            .once_in(2)
            .then(|| "news".to_owned())
            .into_iter()
            .collect(),
        guid: None,
        draft: false,
        broken: false,
        template: None,
        shown: None,
    }
}

fn any_day(world: &World, dice: &mut Dice, or_to_come: bool) -> NaiveDate {
    let today = world.now.date();
    if or_to_come && dice.once_in(3) {
        let days = 1 + dice.below(20) as u64;
        return today.checked_add_days(Days::new(days)).unwrap_or(today);
    }
    let most = *dice.one_of(&[3, 10, 40, 400]);
    days_before(today, dice.below(most))
}

fn pick_gone(world: &World, dice: &mut Dice, is_such: impl Fn(&Post) -> bool) -> Option<Post> {
    let found: Vec<&Post> = world.gone.values().filter(|post| is_such(post)).collect();
    (!found.is_empty()).then(|| (*dice.one_of(&found)).clone())
}

fn remove(world: &mut World, post: &Post) -> Option<Step> {
    if world.posts.len() < 8 {
        return None;
    }
    world.delete(post.number);
    let path = post.path(world.dialect);
    Step::new(format!("delete {} ({path})", post.number), &[post.number])
}
