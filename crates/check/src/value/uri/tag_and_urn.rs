//! The syntax of `tag:` and `urn:` URIs.

use super::is_percent_encoded;

/// Whether a text is a `tag:` URI (RFC 4151, section 2.1).
pub(super) fn is_tag(text: &str) -> bool {
    let Some((entity, specific)) = text
        .strip_prefix("tag:")
        .and_then(|rest| rest.split_once(':'))
    else {
        return false;
    };
    let Some((authority, date)) = entity.split_once(',') else {
        return false;
    };
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let (user, domain) = match authority.split_once('@') {
        Some((user, domain)) => (Some(user), domain),
        None => (None, authority),
    };
    let user_fits = user.is_none_or(|user| {
        !user.is_empty()
            && user
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b))
    });
    let fragments = specific.matches('#').count();
    user_fits
        && domain.split('.').all(is_label)
        && is_tag_date(date)
        && fragments <= 1
        && specific
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?%#".contains(&b))
}

/// Whether a text is the date of a `tag:` URI: a year, a month or a day.
fn is_tag_date(date: &str) -> bool {
    let mut parts = date.split('-');
    let number = |part: Option<&str>, length: usize| {
        let part = part?;
        let fits = part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| part.parse::<u32>().ok()).flatten()
    };
    let Some(year) = number(parts.next(), 4) else {
        return false;
    };
    let (month, day) = (parts.next(), parts.next());
    let year = i32::try_from(year).unwrap_or_default();
    let month = match month {
        None => return true,
        month => number(month, 2),
    };
    let day = match day {
        None => Some(1),
        day => number(day, 2),
    };
    parts.next().is_none()
        && month
            .zip(day)
            .is_some_and(|(month, day)| chrono::NaiveDate::from_ymd_opt(year, month, day).is_some())
}

/// Whether a text is a UUID.
pub(super) fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    lengths == [8, 4, 4, 4, 12]
        && groups
            .iter()
            .all(|group| group.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Whether a text may follow `urn:` (RFC 8141, section 2).
pub(super) fn is_urn(rest: &str) -> bool {
    let Some((nid, nss)) = rest.split_once(':') else {
        return false;
    };
    let edge = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_alphanumeric());
    (2..=32).contains(&nid.len())
        && edge(nid.bytes().next())
        && edge(nid.bytes().last())
        && nid.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !nss.is_empty()
        && !nss.starts_with('/')
        && is_percent_encoded(nss)
        && nss
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?#%".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags() {
        for text in [
            "tag:e.com,2021:x",
            "tag:me@e.com,2021-12:",
            "tag:E.com,2021:x",
            "tag:e.com,2021-12-13:a/b?c#d",
        ] {
            assert!(is_tag(text), "{text}");
        }
        for text in [
            "tag:e.com:x",
            "tag:,2021:x",
            "tag:e.com,21:x",
            "tag:e.com,2021-13:x",
            "tag:e.com,2021-02-30:x",
            "tag:e.com,2021:x#y#z",
            "tag:e_com,2021:x",
            "tag:e.com,2021",
        ] {
            assert!(!is_tag(text), "{text}");
        }
    }
}
