//! Word documents through LibreOffice, and what stands where on their pages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Whether this machine can open and measure papers; says what is missing.
pub fn can_measure() -> bool {
    let missing: Vec<_> = ["soffice", "pdftohtml", "pdftoppm"]
        .into_iter()
        .filter(|p| !found(p))
        .collect();
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
    let fonts = folder.join("fonts.conf");
    fs::write(&fonts, stand_ins()).expect("written");
    let status = Command::new("soffice")
        .env("FONTCONFIG_FILE", &fonts)
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

/// The fonts that offices use may not be passed on. Which free ones stand in is said here, so that every machine that has
/// them measures and shows the same.
fn stand_ins() -> String {
    let pairs = [
        ("方正小标宋简体", "Noto Serif CJK SC"),
        ("仿宋", "Noto Serif CJK SC"),
        ("楷体", "AR PL UKai CN"),
        ("黑体", "Noto Sans CJK SC"),
        ("宋体", "Noto Serif CJK SC"),
    ];
    let mut xml = r#"<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>"#.to_owned();
    for (name, other) in pairs {
        xml += &format!(
            r#"<match target="pattern"><test name="family"><string>{name}</string></test><edit name="family" mode="assign" binding="strong"><string>{other}</string><string>Noto Serif CJK SC</string></edit></match>"#
        );
    }
    xml + "</fontconfig>"
}

/// A piece of text of a page, in millimetres from its upper left corner.
#[derive(Clone, Debug)]
pub struct Text {
    pub said: String,
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
    /// Of its type, in points.
    pub size: f64,
}

#[derive(Clone, Debug)]
pub struct Page {
    pub width: f64,
    pub height: f64,
    pub texts: Vec<Text>,
}

impl Page {
    /// The text between 天头 and the foot, the page number left out, as lines from top to bottom.
    pub fn lines(&self) -> Vec<Vec<Text>> {
        let mut lines: Vec<Vec<Text>> = Vec::new();
        let mut texts: Vec<Text> = self.texts.iter().filter(|t| t.top < FOOT_MM).cloned().collect();
        texts.sort_by(|a, b| a.top.total_cmp(&b.top).then(a.left.total_cmp(&b.left)));
        for text in texts {
            match lines.last_mut() {
                Some(line) if (line[0].top - text.top).abs() < 2.0 => line.push(text),
                _ => lines.push(vec![text]),
            }
        }
        lines
    }

    /// What stands below the text.
    pub fn foot(&self) -> Vec<Text> {
        self.texts.iter().filter(|t| t.top >= FOOT_MM).cloned().collect()
    }

    /// The first piece in which this is said.
    pub fn find(&self, said: &str) -> Text {
        let found = self.texts.iter().find(|t| t.said.contains(said));
        found.unwrap_or_else(|| panic!("{said} is not on this page")).clone()
    }

    /// The last line in which this is said.
    pub fn line_of(&self, said: &str) -> Vec<Text> {
        let says = |line: &Vec<Text>| line.iter().any(|t| t.said.contains(said));
        let found = self.lines().into_iter().rev().find(says);
        found.unwrap_or_else(|| panic!("{said} is not on this page"))
    }
}

/// Text ends 262 mm below the paper's upper edge, and the page number begins after that.
const FOOT_MM: f64 = 262.0;

/// Every page with its pieces of text.
pub fn pages(pdf: &Path) -> Vec<Page> {
    let out = Command::new("pdftohtml")
        .args(["-xml", "-zoom", "3", "-i", "-stdout"])
        .arg(pdf)
        .output()
        .expect("pdftohtml starts");
    let text = String::from_utf8(out.stdout).expect("UTF-8");
    let mut pages: Vec<Page> = Vec::new();
    let mut sizes: Vec<f64> = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with("<page ") {
            pages.push(Page {
                width: millimetres(line, "width"),
                height: millimetres(line, "height"),
                texts: Vec::new(),
            });
        } else if line.starts_with("<fontspec ") {
            sizes.push(number(line, "size") / ZOOM);
        } else if line.starts_with("<text ") {
            let inside = line
                .split_once('>')
                .map_or("", |(_, rest)| rest.trim_end_matches("</text>"));
            let (left, top) = (millimetres(line, "left"), millimetres(line, "top"));
            let text = Text {
                said: inside.replace("<b>", "").replace("</b>", ""),
                left,
                top,
                right: left + millimetres(line, "width"),
                bottom: top + millimetres(line, "height"),
                size: sizes[number(line, "font") as usize],
            };
            if let Some(page) = pages.last_mut() {
                page.texts.push(text);
            }
        }
    }
    pages
}

/// pdftohtml tells whole numbers only: three of them to the point, its most.
const ZOOM: f64 = 3.0;

fn millimetres(line: &str, name: &str) -> f64 {
    number(line, name) / ZOOM * 25.4 / 72.0
}

fn number(line: &str, name: &str) -> f64 {
    let value = line
        .split_once(&format!(" {name}=\""))
        .and_then(|(_, rest)| rest.split_once('"'));
    value.and_then(|(n, _)| n.parse().ok()).expect("a number")
}

/// Where the first and the last line of a page have their ink, in millimetres from the paper's upper edge.
pub struct Ink {
    pub top: f64,
    pub bottom: f64,
}

/// Of a page that is full of text, its number left out.
pub fn ink(pdf: &Path, page: u32) -> Ink {
    let page = page.to_string();
    let out = Command::new("pdftoppm")
        .args(["-gray", "-r", "254", "-f", &page, "-l", &page])
        .arg(pdf)
        .output()
        .expect("pdftoppm starts");
    // P5, width, height, 255, then a byte a dot, ten of them to the millimetre.
    let mut words = out.stdout.splitn(4, |b| b.is_ascii_whitespace());
    let mut next = || words.next().expect("a header");
    assert_eq!(next(), b"P5");
    let width: usize = std::str::from_utf8(next()).expect("digits").parse().expect("a width");
    next();
    let dots = next().splitn(2, |b| b.is_ascii_whitespace()).nth(1).expect("dots");
    let inked = |row: &[u8]| row.iter().any(|dot| *dot < 128);
    let rows: Vec<bool> = dots
        .chunks_exact(width)
        .take(FOOT_MM as usize * 10)
        .map(inked)
        .collect();
    let first = rows.iter().position(|i| *i).expect("ink");
    let last = rows.iter().rposition(|i| *i).expect("ink");
    Ink {
        top: first as f64 / 10.0,
        bottom: (last + 1) as f64 / 10.0,
    }
}

/// The first page as a small picture for the documentation: a few greys, for many papers are shown. Wants ImageMagick.
pub fn picture(pdf: &Path, folder: &Path) {
    fs::create_dir_all(folder).expect("a folder");
    let grey = pdf.with_extension("");
    let drawn = Command::new("pdftoppm")
        .args(["-png", "-gray", "-r", "64", "-singlefile"])
        .args([pdf, &grey])
        .status()
        .expect("pdftoppm starts");
    let name = pdf.with_extension("png");
    let mut small = std::ffi::OsString::from("png:");
    small.push(folder.join(name.file_name().expect("a name")));
    let packed = Command::new("convert")
        .arg(&name)
        .args(["+dither", "-colors", "6", "-depth", "4", "-strip"])
        .args([
            "-define",
            "png:compression-level=9",
            "-define",
            "png:compression-filter=0",
        ])
        .arg(small)
        .status()
        .expect("convert starts");
    assert!(drawn.success() && packed.success());
}
