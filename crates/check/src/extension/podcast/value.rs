//! Checks payments of listeners and their recipients.

use super::super::super::context::Context;
use super::super::super::names::Ns;
use super::super::super::schema::{Attr, Child, Kind, Need, Spot};
use super::super::super::tree::Element;
use super::super::super::value::number;
use super::identity::REMOTE_ITEM;
use super::text::{boolean, slug};
use super::{PERCENTAGE, SPLIT_CONTENT, advise, page};

pub(super) static VALUE: Kind = Kind::elements(
    page!("Value"),
    &[&[(
        Ns::Podcast,
        &[
            Child::many("valueRecipient", &RECIPIENT),
            Child::many("valueTimeSplit", &TIME_SPLIT),
        ],
    )]],
)
.with(&[
    Attr::required("type", &[value_type]),
    Attr::required("method", &[value_type]),
    Attr::optional("suggested", &[number::decimal]),
])
.needing(&[Need::required("valueRecipient").of(Ns::Podcast)]);

static RECIPIENT: Kind = Kind::empty(
    page!("Value Recipient"),
    &[
        Attr::required("type", &[value_type]),
        Attr::required("address", &[]),
        Attr::required("split", &[number::non_negative]),
        Attr::optional("name", &[]),
        Attr::optional("customKey", &[]),
        Attr::optional("customValue", &[]),
        Attr::optional("fee", &[boolean]),
    ],
)
.ruled(&[recipient]);

static TIME_SPLIT: Kind = Kind::elements(
    page!("Value Time Split"),
    &[&[(
        Ns::Podcast,
        &[
            Child::many("valueRecipient", &RECIPIENT),
            Child::many("remoteItem", &REMOTE_ITEM),
        ],
    )]],
)
.with(&[
    Attr::required("startTime", &[number::decimal]),
    Attr::required("duration", &[number::decimal]),
    Attr::optional("remoteStartTime", &[number::decimal]),
    Attr::optional("remotePercentage", &[percentage]),
])
.ruled(&[time_split]);

/// Checks a type of payment, of method or of address, which the namespace has in one list.
fn value_type(spot: &Spot<'_>, cx: &mut Context<'_>) {
    slug(
        spot,
        cx,
        &[
            "bitcoin",
            "lightning",
            "keysend",
            "lnaddress",
            "amp",
            "wallet",
            "node",
        ],
    );
}

fn recipient(element: &Element, cx: &mut Context<'_>) {
    advise(element, RECIPIENT.section, &["name"], cx);
}

fn percentage(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if !number::parse(spot.text).is_some_and(|n| (0..=100).contains(&n)) {
        spot.report(cx, &PERCENTAGE, format!("{spot} is “{}”", spot.shown()));
    }
}

/// Checks a split of a time, which has one item elsewhere, or recipients.
fn time_split(element: &Element, cx: &mut Context<'_>) {
    let has_recipient = element.child(Ns::Podcast, "valueRecipient").is_some();
    let items = element.all(Ns::Podcast, "remoteItem").count();
    if items != usize::from(!has_recipient) {
        let message = format!(
            "`{}` has {items} of `podcast:remoteItem`, and {} recipients",
            element.qname,
            if has_recipient { "its own" } else { "no" },
        );
        cx.report(&SPLIT_CONTENT, element.at, message);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::itunes::tests::in_item;

    #[test]
    fn payments() {
        const GUID: &str = "917393e3-1b1e-5cef-ace4-edaa54e1f810";
        let recipient =
            "<podcast:valueRecipient name=\"a\" type=\"node\" address=\"02\" split=\"95\"/>";
        let item = format!("<podcast:remoteItem feedGuid=\"{GUID}\"/>");
        let value = |inner: &str| {
            format!(
                "<podcast:value type=\"lightning\" method=\"keysend\" suggested=\"0.00000015000\">\
                 {recipient}{inner}</podcast:value>"
            )
        };
        let split = |inner: &str| {
            value(&format!(
                "<podcast:valueTimeSplit startTime=\"60\" duration=\"237\" remotePercentage=\"95\">\
                 {inner}</podcast:valueTimeSplit>"
            ))
        };
        in_item(&[
            (&value(""), &[]),
            (&split(&item), &[]),
            (&split(recipient), &[]),
            (&split(""), &["podcast-split-content"]),
            (&split(&format!("{item}{item}")), &["podcast-split-content"]),
            (
                &split(&format!("{item}{recipient}")),
                &["podcast-split-content"],
            ),
            (
                &split(&item).replace("95\">", "101\">"),
                &["podcast-percentage"],
            ),
            (
                "<podcast:value type=\"gold\" method=\"keysend\"/>",
                &["podcast-slug", "element-missing"],
            ),
            (
                &value(
                    "<podcast:valueRecipient type=\"node\" address=\"02\" split=\"half\" fee=\"yes\"/>",
                ),
                &[
                    "number-invalid",
                    "value-unknown",
                    "podcast-attribute-recommended",
                ],
            ),
        ]);
    }
}
