//! Diagnostics as SARIF 2.1.0, which code scanning and editors read.

use feedwright_base::diagnostic::{Diagnostic, Severity};
use feedwright_base::permalink::{encode, slashed};
use serde_json::{Value, json};

use super::explain;

/// One document with all diagnostics.
pub(super) fn document(diags: &[&Diagnostic]) -> String {
    let mut codes: Vec<&'static str> = diags.iter().map(|diagnostic| diagnostic.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<Value> = codes.iter().map(|code| rule(code)).collect();
    let results: Vec<Value> = diags.iter().map(|found| result(found, &codes)).collect();
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "feedwright",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                }
            },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }]
    });
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn rule(code: &str) -> Value {
    let mut rule = json!({ "id": code });
    if let Some((meaning, help)) = explain::meaning(code) {
        rule["shortDescription"] = json!({ "text": meaning });
        rule["help"] = json!({ "text": help });
    }
    if let Some(known) = feedwright_check::explanation(code) {
        rule["defaultConfiguration"] = json!({ "level": level(known.severity) });
    }
    rule
}

fn result(found: &Diagnostic, codes: &[&str]) -> Value {
    let mut text = found.message.clone();
    let section = found.section.map(|section| format!("see {section}"));
    for more in section.iter().chain(&found.help) {
        text.push_str("; ");
        text.push_str(more);
    }
    let mut result = json!({
        "ruleId": found.code,
        "ruleIndex": codes.binary_search(&found.code).unwrap_or_default(),
        "level": level(found.severity),
        "message": { "text": text },
    });
    if let Some(location) = &found.location {
        let mut physical = json!({ "artifactLocation": { "uri": uri(&slashed(&location.path)) } });
        if location.line > 0 {
            physical["region"] = json!({ "startLine": location.line });
            if location.column > 0 {
                physical["region"]["startColumn"] = json!(location.column);
            }
        }
        result["locations"] = json!([{ "physicalLocation": physical }]);
    }
    result
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// A path as a URI reference; an address is one. A colon in its first part would end a scheme.
fn uri(path: &str) -> String {
    if path.starts_with("https://") || path.starts_with("http://") {
        return path.to_owned();
    }
    encode(path).replace(':', "%3A")
}
