//! What stands in posts: words that are drawn, templates that are filled in, and slips of the pen.

use crate::mutations::edits::Dice;

const STARTS: &[&str] = &[
    "ba", "cor", "den", "fi", "gra", "hol", "ju", "kel", "lin", "mar", "no", "pen", "qui", "ras",
    "sol", "ta", "ur", "vel", "wi", "zan",
];
const ENDS: &[&str] = &[
    "ber", "cle", "dow", "fast", "ger", "hen", "king", "lo", "mon", "ner", "pid", "rest", "sy",
    "ton", "ver", "wick",
];

/// Titles that many posts have.
const USUAL_TITLES: &[&str] = &[
    "Meeting notes",
    "News of the week",
    "An update",
    "Open house",
];

/// Bodies that many posts have.
const ONE_LINERS: &[&str] = &[
    "Closed today.",
    "No meeting this week.",
    "Details follow soon.",
    "See the calendar.",
    "Sold out.",
];

const PLACES: &[&str] = &[
    "Main Street",
    "the harbor",
    "City Hall",
    "the library",
    "the old mill",
];
const DAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];

/// What a notice is made from, over and over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// An office is closed for a day.
    Closed,
    /// A road is.
    Road,
    /// When the office is open, week by week, always under one name.
    Hours,
}

/// One word of some 320.
pub fn word(dice: &mut Dice) -> String {
    format!("{}{}", dice.one_of(STARTS), dice.one_of(ENDS))
}

fn words(dice: &mut Dice, count: usize) -> String {
    let all: Vec<String> = (0..count).map(|_| word(dice)).collect();
    let text = all.join(" ");
    text[..1].to_uppercase() + &text[1..]
}

/// A title; one in fifteen is that of other posts too.
pub fn title(dice: &mut Dice) -> String {
    if dice.once_in(15) {
        return (*dice.one_of(USUAL_TITLES)).to_owned();
    }
    let count = 3 + dice.below(4);
    words(dice, count)
}

/// The lines of a body: several paragraphs, or one short line, or nothing.
pub fn body(dice: &mut Dice) -> Vec<String> {
    match dice.below(12) {
        0 => Vec::new(),
        1 => vec![(*dice.one_of(ONE_LINERS)).to_owned()],
        _ => {
            let mut lines = Vec::new();
            for paragraph in 0..2 + dice.below(4) {
                if paragraph > 0 {
                    lines.push(String::new());
                }
                for _ in 0..2 + dice.below(3) {
                    lines.push(sentence(dice));
                }
            }
            lines
        }
    }
}

fn sentence(dice: &mut Dice) -> String {
    let count = 7 + dice.below(6);
    words(dice, count) + "."
}

/// A notice from a template: its title and its lines.
pub fn notice(template: Template, date: &str, dice: &mut Dice) -> (String, Vec<String>) {
    let (place, day) = (*dice.one_of(PLACES), *dice.one_of(DAYS));
    let name = words(dice, 2);
    let (title, lines) = match template {
        Template::Closed => (
            if dice.once_in(2) {
                "Office closed".to_owned()
            } else {
                format!("Office closed on {date}")
            },
            vec![
                format!("The office at {place} will be closed on {day}, {date}."),
                "Please call the other offices if you need help before then.".to_owned(),
                format!("{name} answers the telephone meanwhile."),
                String::new(),
                "We will open again at nine on the next working day.".to_owned(),
                "Thank you for your patience and your understanding.".to_owned(),
            ],
        ),
        Template::Road => (
            format!("Road works at {place}"),
            vec![
                format!("The road at {place} is closed from {day}, {date}, on."),
                "Busses take the northern highway, and stop at every corner.".to_owned(),
                String::new(),
                format!("Ask {name} when it will be open again."),
                "The contractor is sorry for the noise and the dust.".to_owned(),
            ],
        ),
        Template::Hours => (
            "Office hours".to_owned(),
            vec![
                format!("In the week of {date} we are at {place}."),
                "The doors are open from nine to five, and until seven on Thursdays.".to_owned(),
                format!("On {day} {name} helps with forms."),
                String::new(),
                "Bring a document with your photograph, and copies of your letters.".to_owned(),
                "Children are welcome, and there are toys and books for them.".to_owned(),
            ],
        ),
    };
    (title, lines)
}

/// Replaces some words of some lines. Whether there were any.
pub fn slip(lines: &mut [String], dice: &mut Dice) -> bool {
    let full: Vec<usize> = (0..lines.len())
        .filter(|&at| !lines[at].is_empty())
        .collect();
    if full.is_empty() {
        return false;
    }
    for _ in 0..1 + dice.below(full.len().div_ceil(4).min(2)) {
        let line = &mut lines[*dice.one_of(&full)];
        let mut all: Vec<String> = line.split(' ').map(str::to_owned).collect();
        for _ in 0..1 + dice.below(2) {
            let at = dice.below(all.len());
            let other = word(dice);
            all[at] = if at + 1 == all.len() {
                other + "."
            } else {
                other
            };
        }
        *line = all.join(" ");
    }
    true
}
