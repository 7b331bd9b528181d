//! A case file taken apart, to be changed and put together again.

use crate::case_file;
use crate::case_file::write::packing;
use crate::journal::StreamId;
use crate::journal::chain::Chain;
use std::io::{Cursor, Read as _, Write as _};
use zip::{ZipArchive, ZipWriter};

/// By name and bytes, the manifest first.
pub struct Parts(pub(crate) Vec<(String, Vec<u8>)>);

impl Parts {
    pub fn of(file: &[u8]) -> Parts {
        let mut zip = ZipArchive::new(Cursor::new(file)).unwrap();
        let places = 0..zip.len();
        let part = |place| {
            let mut part = zip.by_index(place).unwrap();
            let (name, mut bytes) = (part.name().unwrap().into_owned(), Vec::new());
            part.read_to_end(&mut bytes).unwrap();
            (name, bytes)
        };
        Parts(places.map(part).collect())
    }

    pub fn names(&self) -> Vec<&str> {
        self.0.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// The part's bytes, to be changed.
    pub fn bytes(&mut self, name: &str) -> &mut Vec<u8> {
        let part = self.0.iter_mut().find(|(found, _)| found == name);
        &mut part.unwrap_or_else(|| panic!("no part {name}")).1
    }

    pub fn without(mut self, name: &str) -> Parts {
        let before = self.0.len();
        self.0.retain(|(found, _)| found != name);
        assert!(self.0.len() < before, "no part {name}");
        self
    }

    pub fn text(&self, name: &str) -> String {
        let part = self.0.iter().find(|(found, _)| found == name);
        String::from_utf8(part.unwrap_or_else(|| panic!("no part {name}")).1.clone()).unwrap()
    }

    pub fn edited(mut self, name: &str, edit: impl FnOnce(String) -> String) -> Parts {
        let (before, place) = (
            self.text(name),
            self.0.iter().position(|(found, _)| found == name).unwrap(),
        );
        let after = edit(before.clone());
        assert!(before != after, "the edit changed nothing");
        self.0[place].1 = after.into_bytes();
        self
    }

    /// Lines of the journal, changed as values.
    pub(in crate::case_file) fn lines<R>(self, edit: impl FnOnce(&mut Vec<case_file::Line>) -> R) -> Parts {
        let mut lines = self.read_lines();
        edit(&mut lines);
        self.edited("journal.jsonl", |_| text_of(&lines))
    }

    fn read_lines(&self) -> Vec<case_file::Line> {
        self.text("journal.jsonl")
            .lines()
            .map(|l| serde_json::from_str(l).unwrap())
            .collect()
    }

    fn manifest(&self) -> case_file::Manifest {
        serde_json::from_str(&self.text("manifest.json")).unwrap()
    }

    fn with_manifest(mut self, manifest: &case_file::Manifest) -> Parts {
        self.0[0].1 = serde_json::to_vec(manifest).unwrap();
        self
    }

    /// The manifest names the parts as they are now: what a forger does first.
    pub fn resealed(self) -> Parts {
        let mut manifest = self.manifest();
        manifest.parts = self.0[1..]
            .iter()
            .map(|(name, bytes)| case_file::part(name, bytes))
            .collect();
        self.with_manifest(&manifest)
    }

    /// And what he does next: every link, the head and the count are computed anew.
    pub fn rechained(mut self) -> Parts {
        let mut manifest = self.manifest();
        let mut chain = Chain::start(StreamId(manifest.case));
        let mut lines = self.read_lines();
        for (n, line) in lines.iter_mut().enumerate() {
            line.index = n as u64;
            line.link = chain
                .seal(line.id, line.data.as_ref().unwrap().as_bytes())
                .link
                .to_string();
        }
        (manifest.head, manifest.records) = (chain.head.to_string(), lines.len() as u64);
        self.0[1].1 = text_of(&lines).into_bytes();
        self.with_manifest(&manifest).resealed()
    }

    pub fn file(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in &self.0 {
            zip.start_file(name.as_str(), packing(name)).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }
}

fn text_of(lines: &[case_file::Line]) -> String {
    lines.iter().map(|l| serde_json::to_string(l).unwrap() + "\n").collect()
}
