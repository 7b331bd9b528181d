//! A case file taken apart, to be changed and put together again.

use crate::case_file;
use crate::case_file::write::pack;
use crate::journal::StreamId;
use crate::journal::chain::Chain;

/// By name and bytes, the manifest first.
pub struct Parts(pub(crate) Vec<(String, Vec<u8>)>);

impl Parts {
    pub fn of(file: &[u8]) -> Parts {
        let bounds = crate::documents::archive::Bounds {
            entries_max: 700,
            inflated_bytes_max: 1 << 26,
        };
        let mut archive = crate::documents::archive::Archive::open_within(file, bounds).unwrap();
        Parts(archive.parts(1 << 26).unwrap())
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
        pack(&self.0).unwrap()
    }
}

fn text_of(lines: &[case_file::Line]) -> String {
    lines.iter().map(|l| serde_json::to_string(l).unwrap() + "\n").collect()
}
