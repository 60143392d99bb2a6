//! Posts whose summary nobody wrote.

use feedwright_base::diagnostic::Diagnostics;

use crate::body;

use super::Subject;

pub(super) fn lint(subject: &Subject<'_>, diags: &mut Diagnostics) {
    let style = subject.config.content.dialect.body_style();
    if subject.metadata.summary.is_some() || body::marks_summary(subject.body(), style) {
        return;
    }
    let names = &subject.config.content.names.summary;
    diags.warning(
        "summary-missing",
        subject.front(),
        "the post has no summary; the beginning of its body stands in for it",
        match names.first() {
            Some(name) => format!("add `{name}:` with one or two sentences"),
            None => "mark where the summary ends by `<!--more-->`".to_owned(),
        },
    );
}
