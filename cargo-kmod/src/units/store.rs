// SPDX-License-Identifier: GPL-2.0-only
//! Units outside any project, below the user's cache: a folder for each, which appears whole or not at all.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::Result;

use super::files::{bytes, place, place_folder};
use super::links::Links;
use super::{Origin, place as place_of_store};

/// In a unit's folder: what cargo keeps in `.fingerprint/UNIT`, in `build/UNIT`, and in `deps`.
const PARTS: [&str; 3] = ["fingerprint", "build", "deps"];

/// A word for what it was made of; when it was last given or taken is the file's time.
const ORIGIN: &str = "origin";

/// In the folder of a program.
const PROGRAM: &str = "program";

/// Two builds take at the same time; one that gives is alone.
const LOCK: &str = "lock";

/// Units that were not used for longest go when all are more than this.
const LIMIT: u64 = 4_000_000_000;

/// What was used so lately is in use.
const IN_USE: Duration = Duration::from_secs(600);

/// The units of this machine's user.
pub struct Store {
    root: Option<PathBuf>,
}

/// A part of the store: units of one compiler for one use.
pub struct Shelf {
    /// Its name.
    pub name: String,
    /// How many units it has.
    pub units: usize,
    /// What they take.
    pub bytes: u64,
}

impl Store {
    /// The one in the user's cache, or where the environment says.
    pub fn from_env() -> Self {
        Self {
            root: place_of_store(),
        }
    }

    /// The one in a folder.
    #[cfg(test)]
    pub fn at(root: PathBuf) -> Self {
        Self { root: Some(root) }
    }

    /// Where it is, if there is one.
    pub fn root(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    /// Puts units into folders of profiles of cargo's, each with the name that they are kept under: those
    /// that it lacks, of which what they were made of has not changed, and that go with the others.
    pub fn take(&self, folders: &[(PathBuf, String)]) -> io::Result<()> {
        let mut links = Links::of(folders);
        let taken = folders
            .iter()
            .map(|(folder, name)| self.take_for(name, folder, &mut links));
        taken.collect()
    }

    fn take_for(&self, name: &str, folder: &Path, links: &mut Links<'_>) -> io::Result<()> {
        let Some(root) = self.root() else {
            return Ok(());
        };
        let shelf = root.join(name);
        let lacking = || units(&shelf).filter(|unit| !known(folder, unit).exists());
        if lacking().next().is_none() {
            return Ok(());
        }
        let Ok(lock) = File::open(root.join(LOCK)) else {
            return Ok(());
        };
        let cargos = cargos_lock(folder)?;
        cargos.lock()?;
        lock.lock_shared()?;
        for part in [".fingerprint", "build", "deps"] {
            fs::create_dir_all(folder.join(part))?;
        }
        let mut words = HashMap::new();
        let mut is_as_it_was = |unit: &PathBuf| {
            fs::read_to_string(unit.join(ORIGIN)).is_ok_and(|word| {
                let origin = Origin::of_word(&word);
                *words.entry(word.clone()).or_insert_with(|| origin.word()) == word
            })
        };
        let units: Vec<PathBuf> = lacking().filter(|unit| is_as_it_was(unit)).collect();
        for unit in links.fitting(units) {
            take(&unit, folder)?;
            links.insert(&unit);
            use_now(&unit);
        }
        Ok(())
    }

    /// Keeps units of a folder under `name`, each with what it was made of and compiled against.
    pub fn give<'a>(
        &self,
        name: &str,
        folder: &Path,
        links: &mut Links<'_>,
        units: impl Iterator<Item = (&'a str, &'a Origin)>,
    ) -> io::Result<()> {
        let Some(root) = self.root() else {
            return Ok(());
        };
        let mut units = units.peekable();
        if units.peek().is_none() {
            return Ok(());
        }
        let cargos = cargos_lock(folder)?;
        if cargos.try_lock().is_err() {
            // Another build has begun to change it.
            return Ok(());
        }
        let shelf = root.join(name);
        fs::create_dir_all(&shelf)?;
        let lock = File::create(root.join(LOCK))?;
        lock.lock()?;
        for (unit, origin) in units {
            let new = tempfile::Builder::new()
                .prefix(".giving-")
                .tempdir_in(&shelf)?;
            give(folder, unit, new.path())?;
            fs::write(new.path().join(ORIGIN), origin.word())?;
            links.write(folder, unit, new.path())?;
            let own = shelf.join(unit);
            if own.exists() {
                // A name is never that of half a unit.
                let old = tempfile::Builder::new()
                    .prefix(".removing-")
                    .tempdir_in(&shelf)?;
                fs::rename(&own, old.path().join("unit"))?;
            }
            fs::rename(new.path(), own)?;
            let _ = new.keep();
        }
        self.shrink(LIMIT)
    }

    /// A program, which `make` makes if the store does not have it as `name`; one that it has is put
    /// in the file `to`.
    pub fn program(
        &self,
        name: &str,
        to: &Path,
        make: impl FnOnce() -> Result<PathBuf>,
    ) -> Result<PathBuf> {
        let Some(root) = self.root() else {
            return make();
        };
        let unit = root.join(name);
        let take = || {
            let lock = File::open(root.join(LOCK))?;
            lock.lock_shared()?;
            let new = tempfile::NamedTempFile::new_in(to.parent().unwrap_or(to))?;
            fs::copy(unit.join(PROGRAM), new.path())?;
            use_now(&unit);
            new.persist(to).map_err(|error| error.error)
        };
        if take().is_ok() {
            return Ok(to.to_owned());
        }
        let made = make()?;
        let give = || {
            let shelf = unit.parent().unwrap_or(root);
            fs::create_dir_all(shelf)?;
            let lock = File::create(root.join(LOCK))?;
            lock.lock()?;
            let new = tempfile::Builder::new()
                .prefix(".giving-")
                .tempdir_in(shelf)?;
            fs::copy(&made, new.path().join(PROGRAM))?;
            fs::write(new.path().join(ORIGIN), "")?;
            fs::rename(new.path(), &unit)?;
            let _ = new.keep();
            self.shrink(LIMIT)
        };
        // If another build was faster, its program is as good.
        let _ = give();
        Ok(made)
    }

    /// Removes units that were not used for longest until the rest is not more than `limit` bytes.
    pub(super) fn shrink(&self, limit: u64) -> io::Result<()> {
        let mut all: Vec<(SystemTime, u64, PathBuf)> = self
            .shelves()
            .iter()
            .flat_map(|shelf| units(shelf))
            .map(|unit| (last_use(&unit), bytes(&unit), unit))
            .collect();
        all.sort();
        let mut sum: u64 = all.iter().map(|(_, bytes, _)| bytes).sum();
        let now = SystemTime::now();
        for (used, bytes, unit) in all {
            let is_used = now.duration_since(used).is_ok_and(|ago| ago < IN_USE);
            if sum <= limit || is_used {
                break;
            }
            fs::remove_dir_all(unit)?;
            sum -= bytes;
        }
        Ok(())
    }

    /// Its parts.
    pub fn list(&self) -> Vec<Shelf> {
        let shelves = self.shelves();
        let shelves = shelves.iter().filter_map(|shelf| {
            Some(Shelf {
                name: shelf.strip_prefix(self.root()?).ok()?.display().to_string(),
                units: units(shelf).count(),
                bytes: bytes(shelf),
            })
        });
        shelves.collect()
    }

    /// Removes all units; what builds have taken stays with them.
    pub fn clean(&self) -> io::Result<()> {
        let Some(root) = self.root().filter(|root| root.is_dir()) else {
            return Ok(());
        };
        let lock = File::create(root.join(LOCK))?;
        lock.lock()?;
        let entries = fs::read_dir(root)?.flatten().map(|entry| entry.path());
        entries
            .filter(|path| path.is_dir())
            .try_for_each(fs::remove_dir_all)
    }

    /// Folders `COMPILER/USE`.
    fn shelves(&self) -> Vec<PathBuf> {
        let folders = |of: &Path| {
            let entries = fs::read_dir(of).into_iter().flatten().flatten();
            let paths = entries.map(|entry| entry.path());
            paths.filter(|path| path.is_dir()).collect::<Vec<_>>()
        };
        let compilers = self.root().map(folders).unwrap_or_default();
        let mut shelves: Vec<_> = compilers.iter().flat_map(|of| folders(of)).collect();
        shelves.sort();
        shelves
    }
}

/// The folders of whole units.
fn units(shelf: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let entries = fs::read_dir(shelf).into_iter().flatten().flatten();
    entries
        .filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'))
        .map(|entry| entry.path())
}

/// Where cargo has the unit's fingerprint in the folder of a profile.
fn known(folder: &Path, unit: &Path) -> PathBuf {
    folder
        .join(".fingerprint")
        .join(unit.file_name().unwrap_or_default())
}

/// What cargo itself waits for before it builds in the folder of a profile.
fn cargos_lock(folder: &Path) -> io::Result<File> {
    let file = folder.join(".cargo-lock");
    File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(file)
}

/// The fingerprint comes last, and at once: without it, cargo makes the unit.
fn take(unit: &Path, folder: &Path) -> io::Result<()> {
    let [fingerprint, build, deps] = PARTS.map(|part| unit.join(part));
    for file in fs::read_dir(&deps)?.flatten() {
        place(&file.path(), &folder.join("deps").join(file.file_name()))?;
    }
    let name = unit.file_name().unwrap_or_default();
    let whole = |from: &Path, to: PathBuf| {
        let new = tempfile::Builder::new()
            .prefix(".taking-")
            .tempdir_in(to.parent().unwrap_or(&to))?;
        place_folder(from, &new.path().join("unit"))?;
        if to.exists() {
            fs::remove_dir_all(&to)?;
        }
        fs::rename(new.path().join("unit"), to)
    };
    if build.is_dir() {
        whole(&build, folder.join("build").join(name))?;
    }
    whole(&fingerprint, known(folder, unit))
}

fn give(folder: &Path, unit: &str, to: &Path) -> io::Result<()> {
    let [fingerprint, build, deps] = PARTS.map(|part| to.join(part));
    place_folder(&folder.join(".fingerprint").join(unit), &fingerprint)?;
    let built = folder.join("build").join(unit);
    if built.is_dir() {
        place_folder(&built, &build)?;
    }
    fs::create_dir(&deps)?;
    let hash = unit.rsplit('-').next().unwrap_or(unit);
    for file in fs::read_dir(folder.join("deps"))?.flatten() {
        let path = file.path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        if stem.ends_with(hash) {
            place(&path, &deps.join(file.file_name()))?;
        }
    }
    Ok(())
}

fn last_use(unit: &Path) -> SystemTime {
    let time = unit
        .join(ORIGIN)
        .metadata()
        .and_then(|meta| meta.modified());
    time.unwrap_or(SystemTime::UNIX_EPOCH)
}

fn use_now(unit: &Path) {
    // A store that may only be read has no bound to keep.
    if let Ok(file) = File::open(unit.join(ORIGIN)) {
        let _ = file.set_modified(SystemTime::now());
    }
}
