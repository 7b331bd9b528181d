//! Word documents through LibreOffice, and what stands where on their pages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Whether this machine can open and measure papers; says what is missing.
pub fn can_measure() -> bool {
    let missing: Vec<_> = ["soffice", "pdftotext"].into_iter().filter(|p| !found(p)).collect();
    if !missing.is_empty() {
        println!("SKIPPED: papers are not opened and measured, for {missing:?} is not installed");
    }
    missing.is_empty()
}

fn found(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Opens all documents of a folder in one start of LibreOffice, for starting takes longest.
pub fn convert(folder: &Path) {
    let documents = fs::read_dir(folder).expect("a folder").flatten().map(|e| e.path());
    let documents: Vec<PathBuf> = documents
        .filter(|p| p.extension().is_some_and(|e| e == "docx"))
        .collect();
    // A profile of its own: another LibreOffice that runs would take the order and answer nothing.
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let status = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "pdf", "--outdir"])
        .arg(folder)
        .args(&documents)
        .output()
        .expect("soffice starts");
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
    for document in documents {
        assert!(
            document.with_extension("pdf").is_file(),
            "{} was not opened",
            document.display()
        );
    }
}

/// A word of a page in millimetres from its upper left corner.
#[derive(Clone, Debug)]
pub struct Word {
    pub text: String,
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

#[derive(Clone, Debug)]
pub struct Page {
    pub width: f64,
    pub height: f64,
    pub words: Vec<Word>,
}

impl Page {
    /// Words between 天头 and the foot of the text, the page number left out, as lines from top to bottom.
    pub fn lines(&self) -> Vec<Vec<Word>> {
        let mut lines: Vec<Vec<Word>> = Vec::new();
        let mut words: Vec<Word> = self.words.iter().filter(|w| w.bottom < 263.0).cloned().collect();
        words.sort_by(|a, b| a.bottom.total_cmp(&b.bottom));
        for word in words {
            match lines.last_mut() {
                Some(line) if (line[0].bottom - word.bottom).abs() < 2.0 => line.push(word),
                _ => lines.push(vec![word]),
            }
        }
        lines
    }

    /// What stands below the text.
    pub fn foot(&self) -> Vec<Word> {
        self.words.iter().filter(|w| w.bottom >= 263.0).cloned().collect()
    }
}

pub fn pages(pdf: &Path) -> Vec<Page> {
    let out = Command::new("pdftotext")
        .args(["-bbox"])
        .arg(pdf)
        .arg("-")
        .output()
        .expect("pdftotext starts");
    let text = String::from_utf8(out.stdout).expect("UTF-8");
    let mut pages = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with("<page ") {
            pages.push(Page {
                width: measure(line, "width"),
                height: measure(line, "height"),
                words: Vec::new(),
            });
        } else if line.starts_with("<word ") {
            let inside = line
                .split_once('>')
                .map_or("", |(_, rest)| rest.trim_end_matches("</word>"));
            let word = Word {
                text: inside.to_owned(),
                left: measure(line, "xMin"),
                top: measure(line, "yMin"),
                right: measure(line, "xMax"),
                bottom: measure(line, "yMax"),
            };
            if let Some(page) = pages.last_mut() {
                page.words.push(word);
            }
        }
    }
    pages
}

/// An attribute in points, as millimetres.
fn measure(line: &str, name: &str) -> f64 {
    let value = line
        .split_once(&format!("{name}=\""))
        .and_then(|(_, rest)| rest.split_once('"'));
    value.and_then(|(n, _)| n.parse::<f64>().ok()).expect("a number") * 25.4 / 72.0
}
