//! What a machine can hold of the house's rules: the layers, sizes, heads, words, and the documents' paths.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ lies in the project")
        .to_owned()
}

/// Files below `folder` with one of these endings, without what is built or fetched.
fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    fn walk(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if matches!(
                name.as_str(),
                "target" | "node_modules" | "dist" | ".git" | "output" | ".svelte-check"
            ) {
                continue;
            }
            if path.is_dir() {
                walk(&path, endings, found);
            } else if endings.iter().any(|e| name.ends_with(e)) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), endings, &mut found);
    found.sort();
    assert!(!found.is_empty(), "nothing to look at in {folder}");
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

fn none_wrong(wrong: Vec<String>, rule: &str) {
    assert!(wrong.is_empty(), "{rule}:\n  {}", wrong.join("\n  "));
}

/// The product part of a Rust file: up to its first test module.
fn product(text: &str) -> &str {
    text.split("\n#[cfg(test)]").next().unwrap_or(text)
}

#[test]
fn every_rust_file_says_what_it_holds() {
    let mut wrong = Vec::new();
    for path in files("server", &[".rs"]).into_iter().chain(files("tests", &[".rs"])) {
        let text = read(&path);
        let head = text.lines().take_while(|l| l.starts_with("//!")).count();
        if !(1..=8).contains(&head) {
            wrong.push(format!("{}: {head} lines", shown(&path)));
        }
    }
    none_wrong(wrong, "a Rust file opens with one to eight lines of //!");
}

#[test]
fn files_stay_small_enough_to_read() {
    let mut wrong = Vec::new();
    for path in files("server", &[".rs"])
        .into_iter()
        .chain(files("client/src", &[".ts", ".svelte"]))
    {
        let name = shown(&path);
        if name.contains("test") || name.ends_with("generated.ts") {
            continue;
        }
        let text = read(&path);
        let lines = product(&text).lines().count();
        // The one list of all commands: an enum cannot be divided.
        let max = if name == "server/core/src/command.rs" { 560 } else { 400 };
        if lines > max {
            wrong.push(format!("{name}: {lines} lines"));
        }
    }
    none_wrong(wrong, "a file has at most 400 lines without its tests");
}

#[test]
fn the_core_knows_nothing_of_the_world() {
    // toml parses a locality's rule from a text in memory; jiff counts civil dates; sha2 is arithmetic. None does I/O here.
    let allowed = [
        "serde",
        "serde_json",
        "thiserror",
        "toml",
        "jiff",
        "sha2",
        "uuid",
        "ts-rs",
    ];
    let manifest: toml::Table = read(&root().join("server/core/Cargo.toml"))
        .parse()
        .expect("a manifest");
    let wrong = manifest["dependencies"]
        .as_table()
        .expect("dependencies")
        .keys()
        .filter(|d| !allowed.contains(&d.as_str()));
    none_wrong(
        wrong.cloned().collect(),
        "the core's dependencies are few and do no I/O",
    );
    let banned = [
        "std::fs",
        "std::net",
        "std::env",
        "std::time",
        "std::thread",
        "async fn",
        "HashMap",
        "rand::",
        " f64",
        " f32",
    ];
    let mut wrong = Vec::new();
    for path in files("server/core/src", &[".rs"]) {
        let text = read(&path);
        if shown(&path).contains("tests.rs") || shown(&path).contains("/tests/") {
            continue;
        }
        for (n, line) in product(&text)
            .lines()
            .enumerate()
            .filter(|(_, l)| !l.trim_start().starts_with("//"))
        {
            if let Some(word) = banned.iter().find(|b| line.contains(**b)) {
                wrong.push(format!("{}:{}: {word}", shown(&path), n + 1));
            }
        }
    }
    none_wrong(
        wrong,
        "the core reads no clock, draws nothing, touches no world, counts in integers",
    );
}

/// What each module of the program may name of the others. An arrow that is missing here does not exist.
const LAYERS: &[(&str, &[&str])] = &[
    ("limits", &[]),
    ("meters", &[]),
    ("clock", &[]),
    ("sqlite_file", &["limits"]),
    ("journal", &["limits", "meters", "sqlite_file"]),
    ("vault", &["limits", "sqlite_file"]),
    ("blobs", &["limits", "sqlite_file"]),
    ("secrecy", &["limits"]),
    ("ballot_box", &["limits", "secrecy", "sqlite_file"]),
    ("answer_box", &["limits", "sqlite_file"]),
    ("documents", &["limits"]),
    ("papers", &["documents"]),
    ("protocol", &["documents"]),
    ("hub", &["limits", "meters", "protocol"]),
    (
        "conductor",
        &["clock", "hub", "journal", "limits", "meters", "protocol", "secrecy"],
    ),
    (
        "case_file",
        &[
            "answer_box",
            "blobs",
            "conductor",
            "documents",
            "journal",
            "limits",
            "secrecy",
        ],
    ),
    ("body", &["journal", "limits"]),
    ("doors", &["limits", "protocol", "vault"]),
    (
        "ballot_office",
        &[
            "answer_office",
            "ballot_box",
            "blobs",
            "conductor",
            "limits",
            "secrecy",
            "vault",
        ],
    ),
    (
        "answer_office",
        &["answer_box", "conductor", "limits", "secrecy", "vault"],
    ),
    (
        "http",
        &[
            "answer_office",
            "ballot_office",
            "blobs",
            "body",
            "case_file",
            "clock",
            "conductor",
            "documents",
            "doors",
            "journal",
            "limits",
            "meters",
            "papers",
            "protocol",
            "secrecy",
            "vault",
        ],
    ),
    (
        "ws",
        &[
            "blobs",
            "body",
            "clock",
            "conductor",
            "doors",
            "hub",
            "limits",
            "meters",
            "protocol",
        ],
    ),
    ("sample", &[]),
    ("rehearsal", &["protocol", "sample", "secrecy"]),
    ("settings", &[]),
    (
        "app",
        &[
            "ballot_office",
            "blobs",
            "body",
            "case_file",
            "clock",
            "conductor",
            "doors",
            "http",
            "journal",
            "limits",
            "protocol",
            "sqlite_file",
            "vault",
            "ws",
        ],
    ),
    (
        "commands",
        &[
            "answer_office",
            "app",
            "blobs",
            "body",
            "case_file",
            "clock",
            "conductor",
            "doors",
            "journal",
            "limits",
            "protocol",
            "rehearsal",
            "sample",
            "secrecy",
            "settings",
            "vault",
        ],
    ),
];

#[test]
fn no_layer_looks_up() {
    let mut wrong = Vec::new();
    for path in files("server/src", &[".rs"]) {
        let name = shown(&path);
        let module = name
            .trim_start_matches("server/src/")
            .split(['/', '.'])
            .next()
            .unwrap_or("");
        if matches!(module, "lib" | "main") {
            continue;
        }
        let Some((_, allowed)) = LAYERS.iter().find(|(m, _)| *m == module) else {
            wrong.push(format!("{name}: module {module} has no place among the layers"));
            continue;
        };
        let text = read(&path);
        let own_macros = exported_macros(module);
        for (n, line) in product(&text).lines().enumerate() {
            for used in line.split("crate::").skip(1) {
                let word: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let named_layer = word != module && !word.is_empty() && !own_macros.contains(&word);
                if named_layer && !allowed.contains(&word.as_str()) {
                    wrong.push(format!("{name}:{}: {module} names {word}", n + 1));
                }
            }
        }
    }
    none_wrong(wrong, "a module names only the layers below it");
}

/// Macros that a module exports: they stand at the crate's root and are still its own.
fn exported_macros(module: &str) -> Vec<String> {
    let beside = root().join(format!("server/src/{module}.rs"));
    let inside = root().join("server/src").join(module);
    let sources = if inside.is_dir() {
        files(&format!("server/src/{module}"), &[".rs"])
    } else {
        vec![beside]
    };
    let names = |text: &str| {
        let after = text.split("#[macro_export]").skip(1);
        let named = after
            .filter_map(|rest| rest.split("macro_rules!").nth(1))
            .filter_map(|rest| rest.split_whitespace().next());
        named
            .map(|name| name.trim_end_matches('{').to_owned())
            .collect::<Vec<_>>()
    };
    sources.iter().flat_map(|path| names(&read(path))).collect()
}

#[test]
fn the_clients_parts_know_no_domain_and_pages_know_no_other_page() {
    let mut wrong = Vec::new();
    for path in files("client/src", &[".ts", ".svelte"]) {
        let name = shown(&path);
        let own = name
            .trim_start_matches("client/src/pages/")
            .split('/')
            .next()
            .unwrap_or("")
            .to_owned();
        for (n, line) in read(&path)
            .lines()
            .enumerate()
            .filter(|(_, l)| l.contains("from '") || l.contains("import('"))
        {
            let upward = (name.starts_with("client/src/parts/")
                && ["pages/", "session/", "connection/store", "protocol/"]
                    .iter()
                    .any(|w| line.contains(w))
                && !name.contains(".test."))
                || (name.starts_with("client/src/connection/")
                    && ["pages/", "session/api"].iter().any(|w| line.contains(w)))
                || (name.starts_with("client/src/protocol/")
                    && ["pages/", "session/", "connection/"].iter().any(|w| line.contains(w)));
            let sideways = name.starts_with("client/src/pages/")
                && line.contains("/pages/")
                && !line.contains(&format!("/pages/{own}/"));
            if upward || sideways {
                wrong.push(format!("{name}:{}: {}", n + 1, line.trim()));
            }
        }
    }
    none_wrong(
        wrong,
        "client: protocol ← connection ← session ← pages; parts know no domain",
    );
}

#[test]
fn no_component_holds_words_of_its_own() {
    let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let mut wrong = Vec::new();
    for path in files("client/src", &[".svelte"]) {
        let mut in_comment = false;
        for (n, line) in read(&path).lines().enumerate() {
            in_comment |= line.contains("<!--") || line.contains("/*");
            let code = line.split("//").next().unwrap_or(line);
            if !in_comment && code.chars().any(chinese) {
                wrong.push(format!("{}:{}: {}", shown(&path), n + 1, line.trim()));
            }
            in_comment &= !(line.contains("-->") || line.contains("*/"));
        }
    }
    none_wrong(wrong, "what people read comes from client/src/words");
}

#[test]
fn documents_name_only_what_is_there() {
    let mut wrong = Vec::new();
    let mut documents = vec![root().join("README.md")];
    documents.extend(files("docs", &[".md"]));
    for path in documents {
        let text = read(&path);
        for word in text.split('`').skip(1).step_by(2).chain(links(&text)) {
            let word = word.trim().trim_end_matches('/');
            let is_path = ["server/", "client/", "tests/", "static/", "docs/", ".ci/"]
                .iter()
                .any(|p| word.starts_with(p))
                && !word.contains([' ', '*', '<', '{']);
            if is_path && !root().join(word.split('#').next().unwrap_or(word)).exists() {
                wrong.push(format!("{}: {word}", shown(&path)));
            }
        }
    }
    none_wrong(wrong, "a document names only paths that exist");
}

#[test]
fn documents_name_only_tests_that_are_there() {
    let sources: String = ["server", "tests"]
        .iter()
        .flat_map(|f| files(f, &[".rs"]))
        .map(|path| read(&path))
        .collect();
    let is_test = |word: &&str| {
        word.matches('_').count() >= 3
            && word
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    let text = read(&root().join("README.md"));
    let named: Vec<_> = text.split('`').skip(1).step_by(2).filter(is_test).collect();
    assert!(!named.is_empty(), "the README names no test");
    let wrong = named
        .into_iter()
        .filter(|name| !sources.contains(&format!("fn {name}(")))
        .map(str::to_owned)
        .collect();
    none_wrong(wrong, "the README names only tests that exist");
}

/// Targets of Markdown links, from the project's root.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| rest.split(')').next())
}

#[test]
fn the_readme_stays_short_and_shows_both_commands() {
    let text = read(&root().join("README.md"));
    assert!(text.lines().count() <= 200, "the README has more than 200 lines");
    for command in ["cargo run --release -- demo", "./tests/run"] {
        assert!(text.contains(command), "the README does not show `{command}`");
    }
}

#[test]
fn the_table_of_settings_is_the_programs() {
    let path = root().join("docs/settings.md");
    let table = pingyi::settings::table();
    if std::env::var_os("UPDATE").is_some() {
        let head = "# Settings\n\nPrinted by `pingyi settings`; do not edit. A flag wins over the environment, the environment over the file.\n\n";
        fs::write(&path, format!("{head}{}", table.trim_end().to_owned() + "\n")).expect("docs/ is writable");
    }
    assert!(
        read(&path).contains(table.trim_end()),
        "docs/settings.md is older than the program; run this test with UPDATE=1"
    );
}
