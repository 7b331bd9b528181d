//! Reads a TOML tree piece by piece and remembers every mistake of form, so that an office sees them all at once.
//! What a value means is not judged here. A missing or wrong value becomes a stand-in, which is never used.

use super::fault::{FaultReason, ProfileFault};
use serde::de::{DeserializeOwned, value::StrDeserializer};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Where each setting stands, by its path.
pub(super) type Places = BTreeMap<String, usize>;

/// Mistakes so far, and the places of all settings.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub faults: Vec<(usize, String, FaultReason)>,
    pub places: Places,
}

/// A table of the file at `path`, starting at byte `at`.
pub(super) struct Part<'a> {
    table: &'a DeTable<'a>,
    path: String,
    at: usize,
    found: &'a RefCell<Found>,
    asked: RefCell<Vec<&'static str>>,
}

impl<'a> Part<'a> {
    pub fn whole(table: &'a DeTable<'a>, found: &'a RefCell<Found>) -> Part<'a> {
        Part::at(table, String::new(), 0, found)
    }

    fn at(table: &'a DeTable<'a>, path: String, at: usize, found: &'a RefCell<Found>) -> Part<'a> {
        Part {
            table,
            path,
            at,
            found,
            asked: RefCell::default(),
        }
    }

    /// Every key that nobody asked for is a mistake.
    pub fn finish(self) {
        let asked = self.asked.borrow();
        for key in self.table.keys() {
            if !asked.contains(&key.get_ref().as_ref()) {
                let known = asked.iter().map(|k| (*k).to_owned()).collect();
                let path = self.path_of(key.get_ref());
                self.fault(key.span().start, path, FaultReason::UnknownKey { known });
            }
        }
    }

    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    fn fault(&self, at: usize, path: String, reason: FaultReason) {
        self.found.borrow_mut().faults.push((at, path, reason));
    }

    fn get(&self, key: &'static str) -> Option<(&'a Spanned<DeValue<'a>>, String)> {
        self.asked.borrow_mut().push(key);
        let value = self.table.get(key)?;
        let path = self.path_of(key);
        let at = self
            .table
            .keys()
            .find(|k| k.get_ref() == key)
            .map_or(value.span(), Spanned::span);
        self.place(&path, at);
        Some((value, path))
    }

    fn place(&self, path: &str, at: Range<usize>) {
        self.found.borrow_mut().places.insert(path.to_owned(), at.start);
    }

    fn missing(&self, key: &str) {
        self.fault(self.at, self.path_of(key), FaultReason::Missing {});
    }

    fn wrong(&self, value: &Spanned<DeValue<'_>>, path: String, wanted: &str) {
        let reason = FaultReason::WrongType {
            wanted: wanted.to_owned(),
            found: value.get_ref().type_str().to_owned(),
        };
        self.fault(value.span().start, path, reason);
    }

    /// Calls `read` on the value, or `absent` if there is none.
    fn take<T>(
        &self,
        key: &'static str,
        wanted: &str,
        read: impl Fn(&'a Spanned<DeValue<'a>>, &str) -> Option<T>,
    ) -> Option<Option<T>> {
        let (value, path) = self.get(key)?;
        let read = read(value, &path);
        if read.is_none() {
            self.wrong(value, path, wanted);
        }
        Some(read)
    }

    fn text_of(value: &Spanned<DeValue<'_>>) -> Option<String> {
        value.get_ref().as_str().map(str::to_owned)
    }

    pub fn text(&self, key: &'static str) -> String {
        match self.take(key, "a text", |v, _| Self::text_of(v)) {
            Some(text) => text.unwrap_or_default(),
            None => {
                self.missing(key);
                String::new()
            }
        }
    }

    pub fn text_or(&self, key: &'static str, absent: &str) -> String {
        self.optional_text(key).unwrap_or_else(|| absent.to_owned())
    }

    pub fn optional_text(&self, key: &'static str) -> Option<String> {
        self.take(key, "a text", |v, _| Self::text_of(v)).flatten()
    }

    fn whole_number(value: &Spanned<DeValue<'_>>) -> Option<u32> {
        let number = value.get_ref().as_integer()?;
        u32::from_str_radix(number.as_str(), number.radix()).ok()
    }

    /// A whole number of 32 bits, not negative.
    pub fn number(&self, key: &'static str) -> u32 {
        match self.take(key, "a whole number", |v, _| Self::whole_number(v)) {
            Some(number) => number.unwrap_or_default(),
            None => {
                self.missing(key);
                0
            }
        }
    }

    pub fn optional_number(&self, key: &'static str) -> Option<u32> {
        self.take(key, "a whole number", |v, _| Self::whole_number(v)).flatten()
    }

    pub fn yes_or(&self, key: &'static str, absent: bool) -> bool {
        let read = self.take(key, "true or false", |v, _| v.get_ref().as_bool());
        read.flatten().unwrap_or(absent)
    }

    fn parsed_word<T: DeserializeOwned>(&self, value: &Spanned<DeValue<'_>>, path: &str) -> Option<T> {
        let text = value.get_ref().as_str()?;
        match T::deserialize(StrDeserializer::<NotAWord>::new(text)) {
            Ok(word) => Some(word),
            Err(NotAWord(known)) => {
                let reason = FaultReason::UnknownWord {
                    found: text.to_owned(),
                    known: known.iter().map(|k| (*k).to_owned()).collect(),
                };
                self.fault(value.span().start, path.to_owned(), reason);
                None
            }
        }
    }

    fn word_at<T: DeserializeOwned>(&self, value: &Spanned<DeValue<'_>>, path: &str) -> Option<T> {
        if !value.get_ref().is_str() {
            self.wrong(value, path.to_owned(), "a word");
            return None;
        }
        self.parsed_word(value, path)
    }

    /// One of the words of an enum. `stand_in` is what a faulty file gets.
    pub fn word<T: DeserializeOwned>(&self, key: &'static str, stand_in: T) -> T {
        if !self.table.contains_key(key) {
            self.missing(key);
        }
        self.word_or(key, stand_in)
    }

    pub fn word_or<T: DeserializeOwned>(&self, key: &'static str, absent: T) -> T {
        self.get(key)
            .and_then(|(value, path)| self.word_at(value, &path))
            .unwrap_or(absent)
    }

    fn list(&self, key: &'static str) -> Vec<(&'a Spanned<DeValue<'a>>, String)> {
        let Some((value, path)) = self.get(key) else {
            return Vec::new();
        };
        let Some(entries) = value.get_ref().as_array() else {
            self.wrong(value, path, "a list");
            return Vec::new();
        };
        let named = entries.iter().enumerate().map(|(n, entry)| {
            let path = format!("{path}[{n}]");
            self.place(&path, entry.span());
            (entry, path)
        });
        named.collect()
    }

    /// A list of texts; empty if there is none.
    pub fn texts(&self, key: &'static str) -> Vec<String> {
        let text = |(value, path): (&Spanned<DeValue<'_>>, String)| {
            let text = Self::text_of(value);
            if text.is_none() {
                self.wrong(value, path, "a text");
            }
            text
        };
        self.list(key).into_iter().filter_map(text).collect()
    }

    /// A list of an enum's words; `absent` if there is none.
    pub fn words_or<T: DeserializeOwned>(&self, key: &'static str, absent: Vec<T>) -> Vec<T> {
        if !self.table.contains_key(key) {
            self.asked.borrow_mut().push(key);
            return absent;
        }
        let words = self.list(key).into_iter();
        words.filter_map(|(value, path)| self.word_at(value, &path)).collect()
    }

    fn part_at(&self, value: &'a Spanned<DeValue<'a>>, path: String) -> Option<Part<'a>> {
        match value.get_ref().as_table() {
            Some(table) => Some(Part::at(table, path, value.span().start, self.found)),
            None => {
                self.wrong(value, path, "a table");
                None
            }
        }
    }

    /// A list of tables; empty if there is none.
    pub fn parts<T>(&self, key: &'static str, read: impl Fn(&Part<'a>) -> T) -> Vec<T> {
        let one = |(value, path)| {
            let part = self.part_at(value, path)?;
            let read = read(&part);
            part.finish();
            Some(read)
        };
        self.list(key).into_iter().filter_map(one).collect()
    }

    /// A table, if it is there and is one.
    pub fn optional_part<T>(&self, key: &'static str, read: impl Fn(&Part<'a>) -> T) -> Option<T> {
        let (value, path) = self.get(key)?;
        let part = self.part_at(value, path)?;
        let read = read(&part);
        part.finish();
        Some(read)
    }

    /// A table that must be there; a faulty file gets what `read` makes of an empty one.
    pub fn part<T>(&self, key: &'static str, read: impl Fn(&Part<'a>) -> T) -> Option<T> {
        if !self.table.contains_key(key) {
            self.missing(key);
        }
        self.optional_part(key, read)
    }

    /// A text that `parse` understands; else the reason that `fault` makes of it.
    pub fn parsed<T>(
        &self,
        key: &'static str,
        parse: impl Fn(&str) -> Option<T>,
        fault: impl Fn(String) -> FaultReason,
    ) -> Option<T> {
        let Some((value, path)) = self.get(key) else {
            self.missing(key);
            return None;
        };
        let Some(text) = value.get_ref().as_str() else {
            self.wrong(value, path, "a text");
            return None;
        };
        let parsed = parse(text);
        if parsed.is_none() {
            self.fault(value.span().start, path, fault(text.to_owned()));
        }
        parsed
    }
}

/// Line and column of a byte, from 1, in characters.
pub(super) fn position(text: &str, at: usize) -> (u32, u32) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    (small(line), small(column))
}

/// A fault at a byte of the text.
pub(super) fn placed(text: &str, at: usize, path: String, reason: FaultReason) -> ProfileFault {
    let (line, column) = position(text, at);
    ProfileFault {
        line: Some(line),
        column: Some(column),
        path,
        reason,
    }
}

/// Keeps the words that an enum knows, which serde hands to whoever reports the error.
#[derive(Debug)]
struct NotAWord(&'static [&'static str]);

impl std::fmt::Display for NotAWord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.join(", "))
    }
}

impl std::error::Error for NotAWord {}

impl serde::de::Error for NotAWord {
    fn custom<T: std::fmt::Display>(_: T) -> NotAWord {
        NotAWord(&[])
    }

    fn unknown_variant(_: &str, known: &'static [&'static str]) -> NotAWord {
        NotAWord(known)
    }
}
