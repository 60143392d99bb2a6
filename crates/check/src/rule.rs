//! Rules, which are the kinds of problems that a feed can have. Each is defined in the file that
//! checks it.

use feedwright_base::diagnostic::Severity;

/// One kind of problem.
#[derive(Debug)]
pub struct Rule {
    /// The name, which never changes.
    pub code: &'static str,
    /// The severity.
    pub severity: Severity,
    /// The section of a specification. Empty where it depends on the element with the problem.
    pub section: &'static str,
    /// The problem in general, as a sentence.
    pub meaning: &'static str,
    /// The remedy.
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
