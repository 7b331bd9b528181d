//! What a template's names stand for: texts, and lists of things with names of their own.

use std::collections::BTreeMap;

/// A name that a template may use; with `inner` it is a list, whose names hold inside its loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    pub name: &'static str,
    pub inner: &'static [Name],
}

impl Name {
    pub const fn text(name: &'static str) -> Name {
        Name { name, inner: &[] }
    }

    pub const fn list(name: &'static str, inner: &'static [Name]) -> Name {
        Name { name, inner }
    }

    pub fn is_list(&self) -> bool {
        !self.inner.is_empty()
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Text(String),
    List(Vec<Fields>),
}

/// The values of one place: of the whole paper, or of one turn of a loop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(BTreeMap<&'static str, Value>);

impl Fields {
    pub fn text(mut self, name: &'static str, text: impl Into<String>) -> Fields {
        self.0.insert(name, Value::Text(text.into()));
        self
    }

    pub fn list(mut self, name: &'static str, items: impl IntoIterator<Item = Fields>) -> Fields {
        self.0.insert(name, Value::List(items.into_iter().collect()));
        self
    }

    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    pub fn names(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }
}
