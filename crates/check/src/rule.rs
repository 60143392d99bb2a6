//! What can be wrong with a feed. Every message that `feedwright check` knows is a [`Rule`],
//! defined in the file that looks for it.

use feedwright_base::diagnostic::Severity;

/// One thing that can be wrong.
#[derive(Debug)]
pub struct Rule {
    /// The stable name.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Where it is written down. Empty where it depends on the element that is meant.
    pub section: &'static str,
    /// What is wrong, in general, as a sentence.
    pub meaning: &'static str,
    /// What to do.
    pub help: &'static str,
}

/// Defines rules and lists them.
macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $severity:ident $code:literal, $section:literal,
        $meaning:literal, $help:literal;)*) => {
        $(
            $(#[$doc])*
            pub(crate) static $name: $crate::rule::Rule =
                $crate::rule::Rule {
                    code: $code,
                    severity: feedwright_base::diagnostic::Severity::$severity,
                    section: $section,
                    meaning: $meaning,
                    help: $help,
                };
        )*
        /// All rules of this file.
        pub(crate) static RULES: &[&$crate::rule::Rule] = &[$(&$name),*];
    };
}

pub(super) use rules;
