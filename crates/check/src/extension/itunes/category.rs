//! Checks the categories of podcasts.

use feedwright_base::podcast::{CATEGORIES, Category};

use super::super::super::context::Context;
use super::super::super::names::Ns;
use super::super::super::schema::{Attr, Child, Kind, shown};
use super::super::super::tree::Element;
use super::{CATEGORY, CATEGORY_OBSOLETE};

const SECTION: &str = "Apple, “Apple Podcasts categories”";

pub(super) static CATEGORY_KIND: Kind = Kind::elements(
    SECTION,
    &[&[(Ns::Itunes, &[Child::many("category", &SUBCATEGORY)])]],
)
.with(TEXT)
.ruled(&[category]);
static SUBCATEGORY: Kind = Kind::empty(SECTION, TEXT);
const TEXT: &[Attr] = &[Attr::required("text", &[])];

/// The categories that Apple introduced from 2005 on and removed in 2019.
#[rustfmt::skip]
const FORMER: &[Category] = &[
    ("Arts", &["Literature"]),
    ("Arts & Entertainment", &[
        "Architecture", "Books", "Design", "Entertainment", "Games", "Performing Arts",
        "Photography", "Poetry", "Science Fiction",
    ]),
    ("Audio Blogs", &[]),
    ("Business", &["Business News", "Finance", "Management & Marketing", "News", "Shopping"]),
    ("Education", &[
        "Education", "Education Technology", "Higher Education", "K-12", "Language Courses",
        "Training",
    ]),
    ("Family", &[]),
    ("Food", &[]),
    ("Games & Hobbies", &["Automotive", "Aviation", "Hobbies", "Other Games", "Video Games"]),
    ("Government & Organizations", &["Local", "National", "Non-Profit", "Regional"]),
    ("Health", &[
        "Alternative Health", "Diet & Nutrition", "Fitness", "Fitness & Nutrition",
        "Kids & Family", "Relationships", "Self-Help", "Sexuality",
    ]),
    ("International", &[
        "Australian", "Belgian", "Brazilian", "Canadian", "Chinese", "Dutch", "French", "German",
        "Hebrew", "Italian", "Japanese", "Norwegian", "Polish", "Portuguese", "Spanish", "Swedish",
    ]),
    ("Movies & Television", &[]),
    ("News & Politics", &[]),
    ("Politics", &[]),
    ("Public Radio", &[]),
    ("Religion & Spirituality", &["New Age", "Other", "Philosophy"]),
    ("Science & Medicine", &["Medicine", "Natural Sciences", "Social Sciences"]),
    ("Society & Culture", &["History"]),
    ("Sports & Recreation", &[
        "Amateur", "College & High School", "Outdoor", "Professional",
    ]),
    ("Talk Radio", &[]),
    ("Technology", &[
        "Computers", "Developers", "Gadgets", "Information Technology", "News",
        "Operating Systems", "Podcasting", "Smart Phones", "Software How-To", "Tech News",
        "Text/Speech",
    ]),
    ("Transportation", &["Automotive", "Aviation", "Bicycles", "Commuting"]),
    ("Travel", &[]),
];

/// The subcategories of a category, if it is in a list.
fn within(list: &[Category], name: &str) -> Option<&'static [&'static str]> {
    let (_, inner) = list.iter().find(|(known, _)| *known == name)?;
    Some(inner)
}

fn category(element: &Element, cx: &mut Context<'_>) {
    let Some(text) = element.attribute_of(Ns::None, "text") else {
        return;
    };
    let (present, former) = (within(CATEGORIES, &text.value), within(FORMER, &text.value));
    let rule = match (present, former) {
        (Some(_), _) => None,
        (None, Some(_)) => Some(&CATEGORY_OBSOLETE),
        (None, None) => Some(&CATEGORY),
    };
    if let Some(rule) = rule {
        let message = format!(
            "the category “{}” is not on Apple's list",
            shown(&text.value)
        );
        cx.report(rule, text.at, message);
    }
    for child in element.all(Ns::Itunes, "category") {
        let Some(inner) = child.attribute_of(Ns::None, "text") else {
            continue;
        };
        let is_in = |list: Option<&[&str]>| list.is_some_and(|list| list.contains(&&*inner.value));
        if is_in(present) {
            continue;
        }
        let rule = if is_in(former) {
            &CATEGORY_OBSOLETE
        } else {
            &CATEGORY
        };
        let message = format!(
            "the category “{}” has no subcategory “{}”",
            shown(&text.value),
            shown(&inner.value)
        );
        cx.report(rule, inner.at, message);
    }
}
