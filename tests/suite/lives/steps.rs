//! What people do to a site.

use chrono::{Days, NaiveDate, TimeDelta};

use super::truth::{BASES, Dialect, PATTERNS, Post, World};
use super::words::{self, Template};
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

/// What can be done, with how often it is.
const KINDS: &[(fn(&mut World, &mut Dice) -> Option<Step>, usize)] = &[
    (add, 16),
    (add_at_any_date, 5),
    (correct, 10),
    (retitle, 5),
    (rename, 5),
    (rename_and_more, 7),
    (re_date, 5),
    (rename_day, 3),
    (hide, 3),
    (show, 5),
    (change_hidden, 3),
    (delete, 3),
    (restore, 3),
    (restore_elsewhere, 3),
    (add_notice, 4),
    (replace_notice, 5),
    (next_hours, 4),
    (split, 2),
    (merge, 1),
    (bulk, 2),
    (limit, 2),
    (flood, 1),
    (break_one, 2),
    (mend, 4),
];

/// What is done alone.
const ALONE: &[fn(&mut World, &mut Dice) -> Option<Step>] = &[swap, take_place, reuse_path];

/// What moves a whole site. Who never answers does not do it.
const MOVES: &[fn(&mut World, &mut Dice) -> Option<Step>] = &[move_base, change_pattern];

/// Something that people do. `is_whole`: all that was done before is built.
pub fn draw(world: &mut World, dice: &mut Dice, is_whole: bool, moves: bool) -> Step {
    loop {
        let done = if is_whole && moves && dice.once_in(60) {
            dice.one_of(MOVES)(world, dice)
        } else if is_whole && !world.is_forgetful && dice.once_in(30) {
            dice.one_of(ALONE)(world, dice)
        } else if world.posts.len() > 40 && !dice.once_in(3) {
            clear(world, dice)
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
    let path = post.path(world.dialect);
    let text = format!("{what} {number} ({path})");
    if world.put(post) {
        Step::new(text, &[number])
    } else {
        None
    }
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

fn add(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let day = days_before(world.now.date(), dice.below(2));
    let mut post = fresh(world, dice, day);
    post.draft = dice.once_in(10);
    put(world, post, "new")
}

/// A new post of a day long ago, or of one to come.
fn add_at_any_date(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let day = any_day(world, dice, true);
    let post = fresh(world, dice, day);
    put(world, post, &format!("new for {day}:"))
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

fn correct(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let mut post = pick(world, dice, is_whole)?;
    if !words::slip(&mut post.lines, dice) {
        return None;
    }
    put(world, post, "typo in")
}

fn retitle(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let mut post = pick(world, dice, is_whole)?;
    post.title = words::title(dice);
    put(world, post, "retitle")
}

fn rename(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let mut post = pick(world, dice, is_whole)?;
    let old = post.path(world.dialect);
    post.slug = world.slug(dice);
    put(world, post, &format!("rename {old}, which is"))
}

/// Renames and edits at once.
fn rename_and_more(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let mut post = pick(world, dice, is_whole)?;
    let old = post.path(world.dialect);
    post.slug = world.slug(dice);
    let mut what = "typo";
    if dice.once_in(4) {
        post.title = words::title(dice);
        what = "retitle";
    } else if !words::slip(&mut post.lines, dice) {
        return None;
    }
    put(world, post, &format!("rename and {what} {old}, which is"))
}

/// Another date in the front matter.
fn re_date(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let mut post = pick(world, dice, is_whole)?;
    let day = any_day(world, dice, true);
    let time = day.and_hms_opt(dice.below(11) as u32, 30, 0)?;
    if day == world.now.date() && time > world.now {
        return None;
    }
    post.date = Some(time);
    put(world, post, &format!("date {day} for"))
}

/// Another day in the file's name.
fn rename_day(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let mut post = pick(world, dice, |post| is_whole(post) && post.named.is_some())?;
    let old = post.path(world.dialect);
    post.named = Some(any_day(world, dice, false));
    put(
        world,
        post,
        &format!("rename {old} to another day, which is"),
    )
}

fn hide(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let mut post = pick(world, dice, |post| is_whole(post) && !post.draft)?;
    post.draft = true;
    put(world, post, "hide")
}

fn show(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let mut post = pick(world, dice, |post| is_whole(post) && post.draft)?;
    post.draft = false;
    put(world, post, "show")
}

fn change_hidden(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let mut post = pick(world, dice, |post| is_whole(post) && post.draft)?;
    match dice.below(4) {
        0 => post.title = words::title(dice),
        1 => post.date = any_day(world, dice, false).and_hms_opt(0, 0, 0),
        2 => post.slug = world.slug(dice),
        _ if words::slip(&mut post.lines, dice) => {}
        _ => return None,
    }
    put(world, post, "change hidden")
}

fn delete(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let post = pick(world, dice, |_| true)?;
    remove(world, &post)
}

fn remove(world: &mut World, post: &Post) -> Option<Step> {
    if world.posts.len() < 8 {
        return None;
    }
    world.delete(post.number);
    let path = post.path(world.dialect);
    Step::new(format!("delete {} ({path})", post.number), &[post.number])
}

/// Deletes the oldest posts.
fn clear(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let mut all: Vec<&Post> = world.posts.values().collect();
    all.sort_by_key(|post| post.time());
    let count = 1 + dice.below(8);
    let old: Vec<usize> = all.iter().take(count).map(|post| post.number).collect();
    for &number in &old {
        world.delete(number);
    }
    Step::new(format!("delete the oldest: {old:?}"), &old)
}

fn pick_gone(world: &World, dice: &mut Dice, is_such: impl Fn(&Post) -> bool) -> Option<Post> {
    let found: Vec<&Post> = world.gone.values().filter(|post| is_such(post)).collect();
    (!found.is_empty()).then(|| (*dice.one_of(&found)).clone())
}

/// A deleted post is back as it was.
fn restore(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let post = pick_gone(world, dice, is_whole)?;
    let path = post.path(world.dialect);
    if world.numbers().contains_key(&path) {
        return None;
    }
    put(world, post, "restore")
}

/// A deleted post is back word for word in another file, perhaps with another title or date.
fn restore_elsewhere(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let mut post = pick_gone(world, dice, is_whole)?;
    post.slug = world.slug(dice);
    match dice.below(4) {
        0 => post.title = words::title(dice),
        1 => post.date = world.now.date().and_hms_opt(0, 0, 0),
        _ => {}
    }
    put(world, post, "restore elsewhere")
}

/// A post from a template.
fn notice(world: &mut World, dice: &mut Dice, template: Template) -> Option<Post> {
    let today = world.now.date();
    let mut post = fresh(world, dice, today);
    let date = today.format("%-d %B").to_string();
    (post.title, post.lines) = words::notice(template, &date, dice);
    post.template = Some(template);
    if template == Template::Hours {
        "office-hours".clone_into(&mut post.slug);
        post.named = Some(today);
    }
    world.is_new_text(&post.lines).then_some(post)
}

fn add_notice(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let template = *dice.one_of(&[Template::Closed, Template::Road]);
    let post = notice(world, dice, template)?;
    put(world, post, "notice")
}

/// A notice goes, and another one of the same template comes.
fn replace_notice(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let old = pick(world, dice, |post| {
        post.template.is_some_and(|it| it != Template::Hours)
    })?;
    let new = notice(world, dice, old.template?)?;
    let (old, number) = (old.number, new.number);
    put(world, new, "")?;
    world.delete(old);
    Step::new(format!("notice {number} in place of {old}"), &[old, number])
}

/// The office hours of another week, in place of those of the week before.
fn next_hours(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let old = pick(world, dice, |post| post.template == Some(Template::Hours));
    let new = notice(world, dice, Template::Hours)?;
    let number = new.number;
    put(world, new, "")?;
    let Some(old) = old else {
        return Step::new(format!("office hours {number}"), &[number]);
    };
    world.delete(old.number);
    let text = format!("office hours {number} in place of {}", old.number);
    Step::new(text, &[old.number, number])
}

/// The second half of a post becomes a post of its own.
fn split(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let mut old = pick(world, dice, |post| is_whole(post) && post.lines.len() > 5)?;
    let today = world.now.date();
    let mut new = fresh(world, dice, today);
    new.lines = old.lines.split_off(old.lines.len() / 2 + 1);
    let (first, second) = (old.number, new.number);
    put(world, old, "")?;
    put(world, new, "");
    Step::new(format!("split {first}: {second}"), &[first, second])
}

/// A post takes in the text of another one, which goes.
fn merge(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let other = pick(world, dice, is_whole)?;
    let mut post = pick(world, dice, |post| {
        is_whole(post) && post.number != other.number
    })?;
    post.lines.push(String::new());
    post.lines.extend(other.lines.clone());
    let number = post.number;
    put(world, post, "")?;
    world.delete(other.number);
    let text = format!("merge {} into {number}", other.number);
    Step::new(text, &[number, other.number])
}

/// Touches many posts: a typo in all of them, or a tag.
fn bulk(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let mut all: Vec<Post> = world
        .posts
        .values()
        .filter(|it| is_whole(it))
        .cloned()
        .collect();
    all.sort_by_key(|post| std::cmp::Reverse(post.time()));
    all.truncate(8 + dice.below(23));
    let is_tag = dice.once_in(2);
    let tag = words::word(dice);
    let mut touched = Vec::new();
    for mut post in all {
        if is_tag {
            post.tags.insert(tag.clone());
        } else if !words::slip(&mut post.lines, dice) {
            continue;
        }
        let number = post.number;
        if world.put(post) {
            touched.push(number);
        }
    }
    let what = if is_tag { "a tag in" } else { "typos in" };
    Step::new(format!("{what} {touched:?}"), &touched)
}

fn limit(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let old = world.limit;
    world.limit = *dice.one_of(&[3, 5, 8, 12, 20]);
    Step::new(format!("limit {old} becomes {}", world.limit), &[])
}

/// 25 new posts at once.
fn flood(world: &mut World, dice: &mut Dice) -> Option<Step> {
    if !dice.once_in(2) || world.posts.len() > 30 {
        return None;
    }
    let mut new = Vec::new();
    for _ in 0..25 {
        let day = days_before(world.now.date(), dice.below(3));
        let post = fresh(world, dice, day);
        new.push(post.number);
        put(world, post, "")?;
    }
    Step::new(format!("25 new posts, {} and on", new[0]), &new)
}

/// A post that no longer can be read.
fn break_one(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let mut post = pick(world, dice, is_whole)?;
    post.broken = true;
    put(world, post, "break")
}

fn mend(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let mut post = pick(world, dice, |post| post.broken)?;
    post.broken = false;
    put(world, post, "mend")
}

/// A post with words of its own that is as readers know it.
fn pick_plain(world: &World, dice: &mut Dice, not: usize) -> Option<Post> {
    pick(world, dice, |post| {
        let is_own = !post.is_trivial() && post.template.is_none() && post.guid.is_none();
        is_own && post.is_settled() && post.number != not
    })
}

/// Two files swap their names.
fn swap(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let mut one = pick_plain(world, dice, 0)?;
    let mut other = pick_plain(world, dice, one.number)?;
    if one.title == other.title || one.date.is_some() != other.date.is_some() {
        return None;
    }
    std::mem::swap(&mut one.slug, &mut other.slug);
    std::mem::swap(&mut one.named, &mut other.named);
    let posts = [one.number, other.number];
    world.place(one);
    world.place(other);
    Step::alone(format!("{} and {} swap names", posts[0], posts[1]), &posts)
}

/// A new post takes the file of one that moves as it is.
fn take_place(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let mut old = pick_plain(world, dice, 0)?;
    let new = at_place_of(world, dice, &old)?;
    old.slug = world.slug(dice);
    let posts = [old.number, new.number];
    world.place(old);
    world.place(new);
    let text = format!("{} moves and {} is in its place", posts[0], posts[1]);
    Step::alone(text, &posts)
}

/// A new post takes the file of one that is deleted.
fn reuse_path(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let now = world.now;
    let old = pick_gone(world, dice, |post| {
        let is_long_ago = now - post.time() > TimeDelta::days(60);
        is_long_ago && post.is_settled() && !post.is_trivial() && post.template.is_none()
    })?;
    if world.numbers().contains_key(&old.path(world.dialect)) {
        return None;
    }
    let new = at_place_of(world, dice, &old)?;
    let posts = [old.number, new.number];
    world.place(new);
    Step::alone(
        format!("{} has the file that {} had", posts[1], posts[0]),
        &posts,
    )
}

/// A new post with a path that was another one's, and nothing else of it.
fn at_place_of(world: &mut World, dice: &mut Dice, old: &Post) -> Option<Post> {
    let today = world.now.date();
    let mut new = fresh(world, dice, today);
    new.slug.clone_from(&old.slug);
    new.named = old.named;
    new.date = Some(world.now);
    let is_other = new.title != old.title && new.day() != old.day();
    (is_other && !new.is_trivial()).then_some(new)
}

fn move_base(world: &mut World, _: &mut Dice) -> Option<Step> {
    world.base = (world.base + 1) % BASES.len();
    Step::alone(format!("the site moves to {}", BASES[world.base]), &[])
}

fn change_pattern(world: &mut World, _: &mut Dice) -> Option<Step> {
    world.pattern = (world.pattern + 1) % PATTERNS.len();
    let pattern = PATTERNS[world.pattern];
    Step::alone(format!("the pattern is {pattern:?} now"), &[])
}
