//! The declarations of styles that feeds may have.

/// The colors of CSS 2 and HTML 4, whose names every reader knows.
const COLORS: [&str; 17] = [
    "aqua",
    "black",
    "blue",
    "fuchsia",
    "gray",
    "green",
    "lime",
    "maroon",
    "navy",
    "olive",
    "purple",
    "red",
    "silver",
    "teal",
    "transparent",
    "white",
    "yellow",
];

/// The declarations of a style that cannot do harm in a reader: alignment and colors.
pub(super) fn safe(value: &str) -> Option<String> {
    let mut safe: Vec<String> = Vec::new();
    let mut lost_color = false;
    for declaration in value.split(';') {
        let Some((name, value)) = declaration.split_once(':') else {
            continue;
        };
        let (name, value) = (
            name.trim().to_ascii_lowercase(),
            value.trim().to_ascii_lowercase(),
        );
        let known = match name.as_str() {
            "text-align" => matches!(value.as_str(), "left" | "right" | "center" | "justify"),
            "color" | "background-color" => {
                let hex = value.strip_prefix('#').is_some_and(|hex| {
                    matches!(hex.len(), 3 | 6) && hex.bytes().all(|b| b.is_ascii_hexdigit())
                });
                let known = hex || COLORS.contains(&value.as_str());
                lost_color |= !known;
                known
            }
            _ => false,
        };
        if known {
            safe.push(format!("{name}:{value}"));
        }
    }
    if lost_color {
        // One color without the other may not be seen on it.
        safe.retain(|declaration| declaration.starts_with("text-align"));
    }
    (!safe.is_empty()).then(|| safe.join(";"))
}
