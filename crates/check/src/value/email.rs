//! Checks e-mail addresses.

use std::borrow::Cow;

use feedwright_base::email::is_address;
use percent_encoding::percent_decode_str;

use super::super::context::Context;
use super::super::rule::rules;
use super::super::spot::Spot;
use super::text;

rules! {
    EMAIL_INVALID = Error "email-invalid", "RFC 5322, section 3.4.1",
        "A value has to be an e-mail address, and is none.",
        "write an address such as `editor@example.org`; for a bare name, RSS has `dc:creator`";
    EMAIL_FORM = Warning "email-form", "RSS Profile, section “managingEditor”",
        "An address with a name is not written as RSS has it: the address, then the name in brackets.",
        "write it as `editor@example.org (Jane Doe)`";
    EMAIL_NO_NAME = Warning "email-no-name", "RSS Profile, section “managingEditor”",
        "An address stands without the name of its owner, which readers show.",
        "write it as `editor@example.org (Jane Doe)`";
    NAME_HAS_EMAIL = Warning "name-has-email", "RFC 4287, section 3.2.1",
        "The name of a person has an e-mail address in it.",
        "put the address into `email`";
}

/// Checks an address alone.
pub(crate) fn address(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if !is_address(spot.text) {
        spot.report(
            cx,
            &EMAIL_INVALID,
            format!("{spot} is “{}”, which is no e-mail address", spot.shown()),
        );
    }
}

/// Checks `mail@host (Name)`, as in RSS.
pub(crate) fn named_address(spot: &Spot<'_>, cx: &mut Context<'_>) {
    let text = match spot.text.strip_prefix("mailto:") {
        Some(rest) => {
            let rest = rest.split('?').next().unwrap_or_default();
            percent_decode_str(rest).decode_utf8_lossy()
        }
        None => Cow::Borrowed(spot.text),
    };
    if let Some((address, _)) = text.strip_suffix(')').and_then(|text| text.split_once('(')) {
        if !is_address(address.trim()) {
            spot.report(
                cx,
                &EMAIL_INVALID,
                format!("{spot} is “{}”, which has no e-mail address", spot.shown()),
            );
        } else {
            text::plain(spot, cx);
        }
        return;
    }
    let angled = text
        .split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'));
    if is_address(&text) {
        spot.report(
            cx,
            &EMAIL_NO_NAME,
            format!("{spot} is an address without a name"),
        );
    } else if angled.is_some_and(|(address, _)| is_address(address.trim()))
        || text
            .split_whitespace()
            .any(|word| is_address(word.trim_matches(['(', ')', '<', '>'])))
    {
        spot.report(
            cx,
            &EMAIL_FORM,
            format!("{spot} is “{}”, and not `address (name)`", spot.shown()),
        );
    } else {
        spot.report(
            cx,
            &EMAIL_INVALID,
            format!("{spot} is “{}”, which is no e-mail address", spot.shown()),
        );
    }
}

/// Reports an address in a name.
pub(crate) fn no_address(spot: &Spot<'_>, cx: &mut Context<'_>) {
    let has_one = spot
        .text
        .split_whitespace()
        .any(|word| word.starts_with('<') && is_address(word.trim_matches(['<', '>'])));
    if has_one {
        spot.report(
            cx,
            &NAME_HAS_EMAIL,
            format!("{spot} has an e-mail address in it"),
        );
    }
}
