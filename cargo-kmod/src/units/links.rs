// SPDX-License-Identifier: GPL-2.0-only
//! Which very library a unit was compiled against. Cargo's names and fingerprints tell what goes in; two
//! compilations of the same may come out as two all the same, where a place is part of it
//! (`env!("OUT_DIR")`), and the compiler takes only the one that it saw.

use std::collections::HashMap;
use std::fs;
use std::hash::{DefaultHasher, Hasher as _};
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// In a unit's folder in the store: the unit's own identity, and that of each library that it was compiled
/// against, a line each.
const FILE: &str = "links";

/// What one who has none is called: nothing is compiled against a program.
const NOTHING: &str = "-";

/// The units in the folders of a build.
pub struct Links<'a> {
    folders: Vec<&'a Path>,
    ids: HashMap<String, Option<String>>,
    /// Units by the word that cargo has for all that went into them.
    fingerprints: Option<HashMap<String, String>>,
}

impl<'a> Links<'a> {
    /// Of these folders of profiles.
    pub fn of(folders: &'a [(PathBuf, String)]) -> Self {
        Self {
            folders: folders.iter().map(|(folder, _)| folder.as_path()).collect(),
            ids: HashMap::new(),
            fingerprints: None,
        }
    }

    /// Says which one a unit that is there is, since its file was looked at in the store.
    pub fn insert(&mut self, unit: &Path) {
        let id = id_in_store(unit).filter(|id| id != NOTHING);
        self.ids.insert(name(unit), id);
    }

    /// Those of the units in the store that go with each other, and with what is in the folders.
    pub fn fitting(&mut self, mut units: Vec<PathBuf>) -> Vec<PathBuf> {
        loop {
            let ids: HashMap<String, String> = units
                .iter()
                .filter_map(|unit| Some((name(unit), id_in_store(unit)?)))
                .collect();
            let before = units.len();
            units.retain(|unit| {
                let Ok(text) = fs::read_to_string(unit.join(FILE)) else {
                    return false;
                };
                let mut needed = text.lines().skip(1).filter_map(|line| line.split_once(' '));
                needed.all(|(of, id)| match ids.get(of) {
                    Some(other) => other == id,
                    None => self.id(of).as_deref() == Some(id),
                })
            });
            if units.len() == before {
                return units;
            }
        }
    }

    /// Writes the file of a unit that is given to the store, into its folder there.
    pub fn write(&mut self, folder: &Path, unit: &str, to: &Path) -> io::Result<()> {
        let mut text = self.id(unit).unwrap_or_else(|| NOTHING.to_owned());
        for word in went_in(&folder.join(".fingerprint").join(unit)) {
            let Some(of) = self.fingerprints().get(&word).cloned() else {
                continue;
            };
            if let Some(id) = self.id(&of) {
                text += &format!("\n{of} {id}");
            }
        }
        fs::write(to.join(FILE), text)
    }

    /// Which one a unit in the folders is; none if it is a program, or not there.
    fn id(&mut self, unit: &str) -> Option<String> {
        if let Some(id) = self.ids.get(unit) {
            return id.clone();
        }
        let mut found = self.folders.iter().filter_map(|folder| id(folder, unit));
        let id = found.next();
        drop(found);
        self.ids.insert(unit.to_owned(), id.clone());
        id
    }

    fn fingerprints(&mut self) -> &HashMap<String, String> {
        let folders = &self.folders;
        self.fingerprints.get_or_insert_with(|| {
            let entries = folders
                .iter()
                .map(|one| fs::read_dir(one.join(".fingerprint")));
            let units = entries
                .flatten()
                .flatten()
                .flatten()
                .map(|entry| entry.path());
            let words = units.flat_map(|unit| {
                let words = words(&unit);
                words.into_iter().map(move |word| (word, name(&unit)))
            });
            words.collect()
        })
    }
}

fn name(unit: &Path) -> String {
    let name = unit.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

fn id_in_store(unit: &Path) -> Option<String> {
    let text = fs::read_to_string(unit.join(FILE)).ok()?;
    text.lines().next().map(str::to_owned)
}

/// A word for the contents of what others are compiled against.
fn id(folder: &Path, unit: &str) -> Option<String> {
    let hash = unit.rsplit('-').next()?;
    let entries = fs::read_dir(folder.join("deps")).ok()?.flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|file| {
            let stem = file.file_stem().unwrap_or_default().to_string_lossy();
            stem.ends_with(hash)
        })
        .collect();
    files.sort();
    let ends = ["rmeta", "so", "rlib"];
    let mut found = ends.iter().filter_map(|end| {
        let mut files = files.iter();
        files.find(|file| file.extension().is_some_and(|extension| extension == *end))
    });
    let mut contents = DefaultHasher::new();
    contents.write(&fs::read(found.next()?).ok()?);
    Some(format!("{:016x}", contents.finish()))
}

/// The words by which others' fingerprints name this one.
fn words(fingerprint: &Path) -> Vec<String> {
    let entries = fs::read_dir(fingerprint).into_iter().flatten().flatten();
    let files = entries.filter(|entry| entry.metadata().is_ok_and(|meta| meta.len() == 16));
    files
        .flat_map(|file| fs::read_to_string(file.path()))
        .collect()
}

/// The words of what went into a unit.
fn went_in(fingerprint: &Path) -> Vec<String> {
    let entries = fs::read_dir(fingerprint).into_iter().flatten().flatten();
    let files = entries.map(|entry| entry.path());
    let files = files.filter(|file| file.extension().is_some_and(|end| end == "json"));
    let mut words = Vec::new();
    for text in files.flat_map(fs::read_to_string) {
        let json: Value = serde_json::from_str(&text).unwrap_or_default();
        let numbers = json["deps"].as_array().into_iter().flatten();
        let numbers = numbers.filter_map(|of| of[3].as_u64());
        // As cargo writes them into the file of that unit.
        words.extend(numbers.map(|number| {
            let bytes = number.to_le_bytes();
            bytes
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect::<String>()
        }));
    }
    words
}
