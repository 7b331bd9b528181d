//! A profile as the TOML file that an office edits: every setting written out, what a reader looks for
//! first at the top. Reading it back gives the same profile.

use super::profile::Profile;
use super::ratio::Fraction;
use serde_json::{Map, Value};

const HEAD: &str = "\
# 测评办法。各项设定都已写出，改好后在办公室工作台导入；有错处会指出第几行、什么原因。
# known：办法原文写明的设定；assumed：原文未见、由办公室逐项核对的设定。
# op：> 超过（不含本数），>= 以上（含本数），< 不满（不含本数），<= 以下（含本数）。
# fraction：\"1/2\" 半数，\"2/3\" 三分之二，\"80%\" 百分之八十。
# of：roster 应到，present 实到，issued 发出，returned 收回，valid 有效。

";

/// Which settings of a table come first; the others follow by name.
const FIRST: &[&str] = &[
    "version",
    "name",
    "title",
    "matter",
    "secrecy",
    "blank",
    "change",
    "known",
    "assumed",
    "source",
    "rule",
    "date",
    "key",
    "label",
    "kind",
    "item",
    "direction",
    "anchor",
    "amount",
    "grade",
    "match",
    "when",
    "measure",
    "options",
    "op",
    "fraction",
    "of",
    "groups",
    "combine",
    "roster",
    "quorum",
    "dimensions",
    "criteria",
    "grades",
    "rules",
    "no_grade",
    "default_grade",
    "percent",
    "publication",
    "detail",
    "revote",
    "consequences",
    "deadlines",
    "wording",
];

impl Profile {
    /// The profile as a file. What a profile without faults holds is read back unchanged.
    pub fn to_toml(&self) -> String {
        let mut out = String::from(HEAD);
        if let Ok(Value::Object(whole)) = serde_json::to_value(self) {
            table(&mut out, "", &whole);
        }
        out
    }
}

/// Plain settings first, for in TOML they would belong to the table written before them.
fn table(out: &mut String, path: &str, fields: &Map<String, Value>) {
    let mut fields: Vec<_> = fields.iter().collect();
    fields.sort_by_key(|(key, _)| FIRST.iter().position(|first| first == key).unwrap_or(FIRST.len()));
    for (key, value) in fields.iter().filter(|(_, v)| !is_section(v)) {
        out.push_str(&format!("{key} = {}\n", inline(value)));
    }
    for (key, value) in fields.iter().filter(|(_, v)| is_section(v)) {
        let path = if path.is_empty() {
            (*key).clone()
        } else {
            format!("{path}.{key}")
        };
        match value {
            Value::Object(inner) => {
                out.push_str(&format!("\n[{path}]\n"));
                table(out, &path, inner);
            }
            Value::Array(entries) => {
                for inner in entries.iter().filter_map(Value::as_object) {
                    out.push_str(&format!("\n[[{path}]]\n"));
                    table(out, &path, inner);
                }
            }
            _ => {}
        }
    }
}

fn is_section(value: &Value) -> bool {
    match value {
        Value::Object(_) => fraction(value).is_none(),
        Value::Array(entries) => entries.iter().any(Value::is_object),
        _ => false,
    }
}

/// Texts are JSON texts, which TOML reads alike: a profile has no control characters but line breaks.
fn inline(value: &Value) -> String {
    match (fraction(value), value) {
        (Some(fraction), _) => format!("\"{fraction}\""),
        (None, Value::Array(entries)) => {
            let entries: Vec<_> = entries.iter().map(inline).collect();
            format!("[{}]", entries.join(", "))
        }
        (None, other) => other.to_string(),
    }
}

fn fraction(value: &Value) -> Option<Fraction> {
    let fields = value.as_object().filter(|fields| fields.contains_key("den"))?;
    let part = |key: &str| fields.get(key)?.as_u64()?.try_into().ok();
    Some(Fraction {
        num: part("num")?,
        den: part("den")?,
    })
}
