//! Copies of data folders, as a backup or a thief would make them.

use std::io::ErrorKind;
use std::path::Path;

/// Copies a folder with all below it, or one file. A running program may put a database's side file away meanwhile: who
/// copies does not get it either.
pub fn copy(from: &Path, to: &Path) {
    if !from.is_dir() {
        match std::fs::copy(from, to) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            copied => drop(copied.expect("the file can be copied")),
        }
        return;
    }
    std::fs::create_dir_all(to).expect("the folder can be made");
    for entry in std::fs::read_dir(from).expect("the folder can be read") {
        let entry = entry.expect("an entry");
        copy(&entry.path(), &to.join(entry.file_name()));
    }
}
