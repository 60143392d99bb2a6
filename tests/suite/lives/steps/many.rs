//! What people do to several posts, or to the whole site.

use chrono::TimeDelta;

use super::{Step, days_before, fresh, is_whole, pick, pick_gone, put, remove};
use crate::lives::truth::{BASES, PATTERNS, Post, World};
use crate::lives::words::{self, Template};
use crate::mutations::edits::Dice;

/// Deletes the oldest posts.
pub fn clear(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let mut all: Vec<&Post> = world.posts.values().collect();
    all.sort_by_key(|post| post.time());
    let count = 1 + dice.below(8);
    let old: Vec<usize> = all.iter().take(count).map(|post| post.number).collect();
    for &number in &old {
        world.delete(number);
    }
    Step::new(format!("delete the oldest: {old:?}"), &old)
}

/// A post from a template.
pub fn notice(world: &mut World, dice: &mut Dice, template: Template) -> Option<Post> {
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

pub fn add_notice(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let template = *dice.one_of(&[Template::Closed, Template::Road]);
    let post = notice(world, dice, template)?;
    put(world, post, "notice")
}

/// A notice goes, and another one of the same template comes.
pub fn replace_notice(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let old = pick(world, dice, |post| {
        post.template.is_some_and(|it| it != Template::Hours)
    })?;
    let new = notice(world, dice, old.template?)?;
    let (old, number) = (old.number, new.number);
    put(world, new, "")?;
    world.delete(old);
    Step::new(format!("notice {number} in place of {old}"), &[old, number])
}

/// A notice goes; another one may come later.
pub fn delete_notice(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let old = pick(world, dice, |post| post.template.is_some())?;
    remove(world, &old)
}

/// The office hours of another week, in place of those of the week before.
pub fn next_hours(world: &mut World, dice: &mut Dice) -> Option<Step> {
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
pub fn split(world: &mut World, dice: &mut Dice) -> Option<Step> {
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
pub fn merge(world: &mut World, dice: &mut Dice) -> Option<Step> {
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
pub fn bulk(world: &mut World, dice: &mut Dice) -> Option<Step> {
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

pub fn limit(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let old = world.limit;
    world.limit = *dice.one_of(&[3, 5, 8, 12, 20]);
    Step::new(format!("limit {old} becomes {}", world.limit), &[])
}

/// 25 new posts at once.
pub fn flood(world: &mut World, dice: &mut Dice) -> Option<Step> {
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

/// A post with words of its own that is as readers know it.
pub fn pick_plain(world: &World, dice: &mut Dice, not: usize) -> Option<Post> {
    pick(world, dice, |post| {
        let is_own = !post.is_trivial() && post.template.is_none() && post.guid.is_none();
        is_own && post.is_settled() && post.number != not
    })
}

/// Two files swap their names.
pub fn swap(world: &mut World, dice: &mut Dice) -> Option<Step> {
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
pub fn take_place(world: &mut World, dice: &mut Dice) -> Option<Step> {
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
pub fn reuse_path(world: &mut World, dice: &mut Dice) -> Option<Step> {
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
pub fn at_place_of(world: &mut World, dice: &mut Dice, old: &Post) -> Option<Post> {
    let today = world.now.date();
    let mut new = fresh(world, dice, today);
    new.slug.clone_from(&old.slug);
    new.named = old.named;
    new.date = Some(world.now);
    let is_other = new.title != old.title && new.day() != old.day();
    (is_other && !new.is_trivial()).then_some(new)
}

pub fn move_base(world: &mut World, _: &mut Dice) -> Option<Step> {
    world.base = (world.base + 1) % BASES.len();
    Step::alone(format!("the site moves to {}", BASES[world.base]), &[])
}

pub fn change_pattern(world: &mut World, _: &mut Dice) -> Option<Step> {
    world.pattern = (world.pattern + 1) % PATTERNS.len();
    let pattern = PATTERNS[world.pattern];
    Step::alone(format!("the pattern is {pattern:?} now"), &[])
}
