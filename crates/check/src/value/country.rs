//! Checks codes of countries.

use super::super::context::Context;
use super::super::rule::rules;
use super::super::spot::Spot;

rules! {
    COUNTRY = Error "country-invalid", "ISO 3166-1",
        "A country is not given by its code of two letters.",
        "write the code, such as `US` or `DE`";
}

/// The codes of two letters (ISO 3166-1).
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ \
    BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE \
    DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR \
    GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP \
    KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT \
    MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW \
    PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG \
    TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// Whether a text is the code of a country, in letters of either case.
pub(crate) fn is_country(text: &str) -> bool {
    text.len() == 2
        && COUNTRIES
            .split_whitespace()
            .any(|known| known.eq_ignore_ascii_case(text))
}

/// Checks the code of a country.
pub(crate) fn country(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if !is_country(spot.text) {
        spot.report(
            cx,
            &COUNTRY,
            format!(
                "{spot} is “{}”, which is no code of a country",
                spot.shown()
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries() {
        assert_eq!(COUNTRIES.split_whitespace().count(), 249);
        for text in ["US", "de", "Jp"] {
            assert!(is_country(text), "{text}");
        }
        for text in ["", "XX", "UK", "USA", "D", "Ü"] {
            assert!(!is_country(text), "{text}");
        }
    }
}
