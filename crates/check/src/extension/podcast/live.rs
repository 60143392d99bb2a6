//! Checks items that are broadcast live.

use super::super::super::context::Context;
use super::super::super::item;
use super::super::super::names::Ns;
use super::super::super::schema::{Attr, Kind, Need, Spot};
use super::super::super::tree::Element;
use super::super::super::value::one_of;
use super::schedule::time;
use super::{advise, page};

/// A live item, which may hold what an item of RSS and its extensions hold.
pub(super) static LIVE_ITEM: Kind = Kind::elements(
    page!("Live Item"),
    &[&[(Ns::None, item::ELEMENTS)], super::super::ENTRY],
)
.with(&[
    Attr::required("status", &[status]),
    Attr::required("start", &[time]),
    Attr::optional("end", &[time]),
])
.needing(&[
    Need::required("contentLink").of(Ns::Podcast),
    Need::recommended("enclosure"),
])
.ruled(&[live_item, super::super::entry]);

fn live_item(element: &Element, cx: &mut Context<'_>) {
    advise(element, LIVE_ITEM.section, &["end"], cx);
}

fn status(spot: &Spot<'_>, cx: &mut Context<'_>) {
    one_of(spot, cx, &["pending", "live", "ended"]);
}

#[cfg(test)]
mod tests {
    use super::super::super::itunes::tests::in_channel;

    #[test]
    fn live() {
        let item = |attributes: &str, inner: &str| {
            format!(
                "<podcast:liveItem {attributes}><title>a</title><guid>https://e.com/b</guid>{inner}</podcast:liveItem>"
            )
        };
        let times =
            "status=\"live\" start=\"2099-09-26T07:30:00.000-0600\" end=\"2099-09-26T09:30:00Z\"";
        let link = "<podcast:contentLink href=\"https://e.com/\">a</podcast:contentLink>";
        let file = "<enclosure url=\"https://e.com/a.mp3\" type=\"audio/mpeg\" length=\"1\"/>";
        in_channel(&[
            (
                &item(
                    times,
                    &format!(
                        "{link}{file}<podcast:chat server=\"e.com\" protocol=\"irc\" accountId=\"a\"/>"
                    ),
                ),
                &[],
            ),
            (&item(times, file), &["element-missing"]),
            (&item(times, link), &["element-recommended"]),
            (
                &item("status=\"over\" start=\"now\"", &format!("{link}{file}")),
                &["value-unknown", "date-w3c", "podcast-attribute-recommended"],
            ),
            (
                &item(times, &format!("{link}{file}<media:group/>")),
                &["media-group-alone"],
            ),
        ]);
    }
}
