//! What people do to one post.

use super::{Step, any_day, days_before, fresh, is_whole, pick, pick_gone, put, remove};
use crate::lives::truth::World;
use crate::lives::words;
use crate::mutations::edits::Dice;

pub fn add(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let day = days_before(world.now.date(), dice.below(2));
    let mut post = fresh(world, dice, day);
    post.draft = dice.once_in(10);
    put(world, post, "new")
}

/// A new post of a day long ago, or of one to come.
pub fn add_at_any_date(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let day = any_day(world, dice, true);
    let post = fresh(world, dice, day);
    put(world, post, &format!("new for {day}:"))
}

pub fn correct(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let mut post = pick(world, dice, is_whole)?;
    if !words::slip(&mut post.lines, dice) {
        return None;
    }
    put(world, post, "typo in")
}

pub fn retitle(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let mut post = pick(world, dice, is_whole)?;
    post.title = words::title(dice);
    put(world, post, "retitle")
}

pub fn rename(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let mut post = pick(world, dice, is_whole)?;
    let old = post.path(world.dialect);
    post.slug = world.slug(dice);
    put(world, post, &format!("rename {old}, which is"))
}

/// Renames and edits at once.
pub fn rename_and_more(world: &mut World, dice: &mut Dice) -> Option<Step> {
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
pub fn re_date(world: &mut World, dice: &mut Dice) -> Option<Step> {
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
pub fn rename_day(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let mut post = pick(world, dice, |post| is_whole(post) && post.named.is_some())?;
    let old = post.path(world.dialect);
    post.named = Some(any_day(world, dice, false));
    put(
        world,
        post,
        &format!("rename {old} to another day, which is"),
    )
}

pub fn hide(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let mut post = pick(world, dice, |post| is_whole(post) && !post.draft)?;
    post.draft = true;
    put(world, post, "hide")
}

pub fn show(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let mut post = pick(world, dice, |post| is_whole(post) && post.draft)?;
    post.draft = false;
    put(world, post, "show")
}

pub fn change_hidden(world: &mut World, dice: &mut Dice) -> Option<Step> {
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

pub fn delete(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let post = pick(world, dice, |_| true)?;
    remove(world, &post)
}

/// A deleted post is back as it was.
pub fn restore(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let post = pick_gone(world, dice, is_whole)?;
    let path = post.path(world.dialect);
    if world.numbers().contains_key(&path) {
        return None;
    }
    put(world, post, "restore")
}

/// A deleted post is back word for word in another file, perhaps with another title or date.
pub fn restore_elsewhere(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let mut post = pick_gone(world, dice, is_whole)?;
    post.slug = world.slug(dice);
    match dice.below(4) {
        0 => post.title = words::title(dice),
        1 => post.date = world.now.date().and_hms_opt(0, 0, 0),
        _ => {}
    }
    put(world, post, "restore elsewhere")
}

/// A post that no longer can be read.
pub fn break_one(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let mut post = pick(world, dice, is_whole)?;
    post.broken = true;
    put(world, post, "break")
}

pub fn mend(world: &mut World, dice: &mut Dice) -> Option<Step> {
    let mut post = pick(world, dice, |post| post.broken)?;
    post.broken = false;
    put(world, post, "mend")
}
