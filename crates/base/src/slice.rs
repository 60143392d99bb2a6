//! Parts of texts and of lists that never panic: a place that is none of the text is a mistake of
//! the program, and no text that somebody wrote may end it.

use std::slice::SliceIndex;

/// Texts and lists of which a part can be taken.
pub trait Slice {
    /// The part of a text at these bytes, or of a list at these places. Where they are not in it,
    /// or split a character, tests fail, and everybody else gets an empty part.
    fn slice<R: SliceIndex<Self, Output = Self>>(&self, range: R) -> &Self;
}

impl Slice for str {
    #[inline]
    fn slice<R: SliceIndex<str, Output = str>>(&self, range: R) -> &str {
        let part = self.get(range);
        debug_assert!(part.is_some(), "no part of {self:?}");
        part.unwrap_or_default()
    }
}

impl<T> Slice for [T] {
    #[inline]
    fn slice<R: SliceIndex<[T], Output = [T]>>(&self, range: R) -> &[T] {
        let part = self.get(range);
        debug_assert!(part.is_some(), "no part of a list of {}", self.len());
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
    fn parts_of_lists() {
        assert_eq!(b"abc".slice(1..), b"bc");
        assert_eq!([1, 2, 3].slice(..=1), [1, 2]);
        assert!([1, 2, 3].slice(3..).is_empty());
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "no part of")]
    fn half_a_character_is_a_mistake() {
        "ä".slice(1..);
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "no part of a list of 2")]
    fn a_place_behind_a_list_is_a_mistake() {
        [1, 2].slice(3..);
    }
}
