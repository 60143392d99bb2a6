//! Licenses by the short names that people write.

/// Where the text of a license of Creative Commons is, by its name in SPDX or on its own page, such as
/// `CC-BY-4.0`, `CC BY-SA 4.0` or `CC0`.
pub fn url(name: &str) -> Option<String> {
    let name = name.trim().to_ascii_lowercase().replace([' ', '_'], "-");
    let rest = name.strip_prefix("cc")?.trim_start_matches('-');
    let zero = rest.strip_prefix('0').or_else(|| rest.strip_prefix("zero"));
    if let Some(version) = zero.map(|version| version.trim_start_matches('-')) {
        let is_known = matches!(version, "" | "1.0" | "1.0-universal");
        return is_known.then(|| "https://creativecommons.org/publicdomain/zero/1.0/".to_owned());
    }
    let (kind, version) = rest.rsplit_once('-')?;
    const KINDS: [&str; 6] = ["by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd"];
    const VERSIONS: [&str; 5] = ["1.0", "2.0", "2.5", "3.0", "4.0"];
    let is_known = KINDS.contains(&kind) && VERSIONS.contains(&version);
    is_known.then(|| format!("https://creativecommons.org/licenses/{kind}/{version}/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_people_write_them() {
        for (name, expected) in [
            (
                "CC-BY-4.0",
                Some("https://creativecommons.org/licenses/by/4.0/"),
            ),
            (
                "cc by-nc-sa 3.0",
                Some("https://creativecommons.org/licenses/by-nc-sa/3.0/"),
            ),
            (
                "CC0-1.0",
                Some("https://creativecommons.org/publicdomain/zero/1.0/"),
            ),
            (
                "CC0",
                Some("https://creativecommons.org/publicdomain/zero/1.0/"),
            ),
            ("CC-BY", None),
            ("CC-BY-9.0", None),
            ("MIT", None),
            ("", None),
        ] {
            assert_eq!(url(name).as_deref(), expected, "{name}");
        }
    }
}
