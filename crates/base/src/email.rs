//! E-mail addresses.

/// Whether a text is an address: `local@domain`.
pub fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let is_atom = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c))
    };
    let is_label = |part: &str| {
        !part.is_empty()
            && !part.starts_with('-')
            && part.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let is_quoted = local.len() > 2 && local.starts_with('"') && local.ends_with('"');
    let is_literal = domain.starts_with('[') && domain.ends_with(']');
    (is_quoted || local.split('.').all(is_atom)) && (is_literal || domain.split('.').all(is_label))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for text in [
            "a@b.c",
            "first.last+tag@sub.example.org",
            "ü@exämple.org",
            "a@127.0.0.1",
        ] {
            assert!(is_address(text), "{text}");
        }
        for text in [
            "", "a", "a@", "@b.c", "a b@c.d", "a@b..c", ".a@b.c", "a@-b.c",
        ] {
            assert!(!is_address(text), "{text}");
        }
    }
}
