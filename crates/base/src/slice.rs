//! Parts of texts that never panic: a place that is none of the text is a mistake of the program,
//! and no text that somebody wrote may end it.

use std::slice::SliceIndex;

/// Texts of which a part can be taken.
pub trait Slice {
    /// The part of a text at these bytes. Where they are not in it, or split a character, tests
    /// fail, and everybody else gets an empty text.
    fn slice<R: SliceIndex<str, Output = str>>(&self, range: R) -> &str;
}

impl Slice for str {
    #[inline]
    fn slice<R: SliceIndex<str, Output = str>>(&self, range: R) -> &str {
        let part = self.get(range);
        debug_assert!(part.is_some(), "no part of {self:?}");
        part.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_texts() {
        assert_eq!("aäb".slice(1..3), "ä");
        assert_eq!("aäb".slice(3..), "b");
        assert_eq!("".slice(..), "");
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "no part of")]
    fn half_a_character_is_a_mistake() {
        "ä".slice(1..);
    }
}
