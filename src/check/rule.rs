//! What can be wrong with a feed. Every message that `feedwright check` knows is a [`Rule`],
//! defined in the file that looks for it.

use feedwright_base::diagnostic::Severity;

/// One thing that can be wrong.
#[derive(Debug)]
pub(crate) struct Rule {
    /// The stable name.
    pub(crate) code: &'static str,
    /// How much it matters.
    pub(crate) severity: Severity,
    /// Where it is written down. Empty where it depends on the element that is meant.
    pub(crate) section: &'static str,
    /// What is wrong, in general, as a sentence.
    pub(crate) meaning: &'static str,
    /// What to do.
    pub(crate) help: &'static str,
}

/// Defines rules and lists them.
macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $severity:ident $code:literal, $section:literal,
        $meaning:literal, $help:literal;)*) => {
        $(
            $(#[$doc])*
            pub(in crate::check) static $name: $crate::check::rule::Rule =
                $crate::check::rule::Rule {
                    code: $code,
                    severity: feedwright_base::diagnostic::Severity::$severity,
                    section: $section,
                    meaning: $meaning,
                    help: $help,
                };
        )*
        /// All rules of this file.
        pub(in crate::check) static RULES: &[&$crate::check::rule::Rule] = &[$(&$name),*];
    };
}

pub(super) use rules;
