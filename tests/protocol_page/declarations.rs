//! Lays out the generated TypeScript for reading: a variant or a field a line.

/// A fenced block of the named types.
pub fn block(all: &str, names: &[&str]) -> String {
    let body: String = names.iter().map(|name| laid_out(&declaration(all, name))).collect();
    format!("```ts\n{body}```\n")
}

/// `type Name = …` without the export and the closing semicolon.
pub fn declaration(all: &str, name: &str) -> String {
    let start = format!("export type {name} = ");
    let Some(at) = all.find(&start) else {
        panic!("no type {name} goes over the wire")
    };
    let rest = &all[at + "export ".len()..];
    let end = rest.find("\nexport ").unwrap_or(rest.len());
    rest[..end]
        .trim_end()
        .trim_end_matches(';')
        .replace("Record<symbol, never>", "{}")
}

/// Fields of a variant or struct between its braces: `(comment, "name: Type")`.
pub fn fields(body: &str) -> Vec<(String, String)> {
    let (mut fields, mut comment, mut depth, mut field) = (Vec::new(), String::new(), 0, String::new());
    let mut rest = body;
    while let Some(c) = rest.chars().next() {
        if let Some((text, after)) = rest.strip_prefix("/**").and_then(|r| r.split_once("*/")) {
            comment = text.replace('*', "").split_whitespace().collect::<Vec<_>>().join(" ");
            rest = after;
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match c {
            '{' | '<' => depth += 1,
            '}' | '>' => depth -= 1,
            _ => {}
        }
        if c == ',' && depth == 0 {
            fields.push((
                std::mem::take(&mut comment),
                std::mem::take(&mut field).trim().to_owned(),
            ));
        } else {
            field.push(if c == '\n' { ' ' } else { c });
        }
    }
    fields
}

/// The parts of a union, or the whole type.
pub fn variants(value: &str) -> Vec<String> {
    let (mut parts, mut depth, mut part) = (Vec::new(), 0, String::new());
    for c in value.chars() {
        match c {
            '{' | '<' => depth += 1,
            '}' | '>' => depth -= 1,
            _ => {}
        }
        if c == '|' && depth == 0 {
            parts.push(std::mem::take(&mut part).trim().to_owned());
        } else {
            part.push(c);
        }
    }
    parts.push(part.trim().to_owned());
    parts
}

fn laid_out(declaration: &str) -> String {
    const LINE: usize = 110;
    let (head, value) = declaration.split_once(" = ").expect("a declaration");
    let parts = variants(value);
    if parts.len() > 1 && value.starts_with('{') {
        let lines: String = parts.iter().map(|v| format!("  | {}\n", one_line(v))).collect();
        return format!("{head} =\n{lines}");
    }
    let short = format!("{head} = {}\n", one_line(value));
    if !value.contains("/**") && short.len() <= LINE || !value.starts_with('{') {
        return short;
    }
    let mut out = format!("{head} = {{\n");
    for (comment, field) in fields(inner(value)) {
        if !comment.is_empty() {
            out.push_str(&format!("  // {comment}\n"));
        }
        out.push_str(&format!("  {field}\n"));
    }
    out + "}\n"
}

fn inner(braced: &str) -> &str {
    braced
        .trim()
        .trim_start_matches('{')
        .trim_end()
        .strip_suffix('}')
        .unwrap_or(braced)
}

fn one_line(value: &str) -> String {
    if !value.starts_with('{') {
        return value.to_owned();
    }
    let fields: Vec<_> = fields(inner(value))
        .into_iter()
        .map(|(_, field)| field.replace(", }", " }"))
        .collect();
    if fields.is_empty() {
        "{}".to_owned()
    } else {
        format!("{{ {} }}", fields.join(", "))
    }
}
