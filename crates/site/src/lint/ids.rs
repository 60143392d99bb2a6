//! Ids that posts do not name themselves.

use feedwright_base::diagnostic::Diagnostics;

use crate::config::StateKind;

use super::{ID_UNPINNED, Subject};

pub(super) fn lint(subject: &Subject<'_>, diags: &mut Diagnostics) {
    let (post, config) = (subject.post, subject.config);
    if post.given.id || !post.is_public(config) {
        return;
    }
    let message = match config.state {
        StateKind::Lock => format!("only feedwright.lock says that the id is `{}`", post.id),
        StateKind::Published => "only the published feeds say what the id is".to_owned(),
        StateKind::None => format!("the id follows from the permalink: `{}`", post.id),
    };
    let help = match (config.state, config.content.names.id.first()) {
        (StateKind::Published, _) | (_, None) => "name it in the front matter".to_owned(),
        (_, Some(name)) => {
            format!("add `{name}: {}`, or run `feedwright check --fix`", post.id)
        }
    };
    diags.warning(ID_UNPINNED, subject.front(), message, help);
}
