// SPDX-License-Identifier: GPL-2.0-only
//! What is the same for all modules is compiled once per machine: `core`, the bindings, `kmod-core`,
//! the proc macros, what build scripts and tests need.
//!
//! Each crate keeps a target folder of its own, in which cargo alone decides what is up to date. A
//! unit is what cargo made there of one crate with one set of flags: its library or program, what its
//! build script left, and cargo's fingerprint of it, in a name with a hash of all that it depends on. A
//! build first takes from the [`Store`] the units that its folder lacks, and afterwards gives what
//! it compiled. So what cargo would compile anew it compiles anew, with the store and without it.
//!
//! What the compiler made may be another each time, and a library is taken only with the very ones that it was
//! compiled against: `links` knows which.
//!
//! Only crates outside the workspace are shared: cargo's hash of those has the whole path in it, so that
//! two crates of one name are two units. A crate that is had by path may be replaced by older
//! files; [`Origin`] sees that.

mod files;
mod links;
mod origin;
mod store;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use cargo_metadata::Message;

use crate::cache::Cache;
use crate::object::rustc::looks;
use crate::toolchain::Toolchain;
pub use files::bytes;
use links::Links;
pub use origin::Origin;
pub use store::Store;

/// The units of a build.
pub struct Units {
    store: Store,
    /// Folders of cargo's profiles, and what the units of each are kept under.
    folders: Vec<(PathBuf, String)>,
    started: SystemTime,
    /// A file of each unit that cargo told of, and the package that it was made of.
    told: Vec<(PathBuf, String)>,
}

impl Units {
    /// Takes from the store what it has for the folders of cargo's profiles (`target/release`), each with
    /// the name under which units for it are kept. What cannot be taken, cargo compiles.
    pub fn take(folders: Vec<(PathBuf, String)>) -> Self {
        Self::take_of(Store::from_env(), folders)
    }

    fn take_of(store: Store, folders: Vec<(PathBuf, String)>) -> Self {
        let made = folders
            .iter()
            .try_for_each(|(folder, _)| fs::create_dir_all(folder));
        let _ = made.and_then(|()| store.take(&folders));
        // The time as the file system tells it, which is what the units' files have.
        let started = folders
            .first()
            .and_then(|(folder, _)| tempfile::tempfile_in(folder).ok())
            .and_then(|file| file.metadata().ok()?.modified().ok());
        Self {
            store,
            folders,
            started: started.unwrap_or_else(SystemTime::now),
            told: Vec::new(),
        }
    }

    /// Notes that cargo told of a file that it made, or had, of a package.
    fn told(&mut self, package: &str, file: &Path) {
        self.told.push((file.to_owned(), package.to_owned()));
    }

    /// The same, for a message of cargo's.
    pub fn told_by(&mut self, message: &Message) {
        match message {
            Message::CompilerArtifact(artifact) => {
                for file in &artifact.filenames {
                    self.told(&artifact.package_id.repr, file.as_std_path());
                }
            }
            Message::BuildScriptExecuted(run) => {
                self.told(&run.package_id.repr, run.out_dir.as_std_path());
            }
            _ => {}
        }
    }

    /// Gives to the store what this build has compiled of packages that are not of the workspace in
    /// `workspace`, which is asked for only if there are any.
    ///
    /// What cannot be kept is compiled again by the next crate: that is no error.
    pub fn give(&self, workspace: impl FnOnce() -> Option<PathBuf>) {
        let mut made = BTreeMap::new();
        for (file, package) in &self.told {
            let Some((folder, hash)) = unit(file) else {
                continue;
            };
            let Some(name) = full_name(folder, hash) else {
                continue;
            };
            let stamp = folder
                .join(".fingerprint")
                .join(&name)
                .join("invoked.timestamp");
            // A build script's run has its own.
            let run = folder.join("build").join(&name).join("invoked.timestamp");
            let is_new = [stamp, run].iter().any(|file| {
                let time = file.metadata().and_then(|meta| meta.modified());
                time.is_ok_and(|time| time >= self.started)
            });
            if let Some(origin) = Origin::of(package).filter(|_| is_new) {
                made.insert((folder, name), origin);
            }
        }
        if made.is_empty() {
            return;
        }
        let Some(workspace) = workspace() else {
            return;
        };
        let mut links = Links::of(&self.folders);
        for (folder, name) in &self.folders {
            let units = made
                .iter()
                .filter(|((of, _), origin)| of == folder && !origin.is_in(&workspace));
            let units = units.map(|((_, unit), origin)| (unit.as_str(), origin));
            let _ = self.store.give(name, folder, &mut links, units);
        }
    }
}

/// The folder of the profile, and the unit's hash, of which cargo made the file: `deps/libNAME-HASH.rlib`,
/// `build/NAME-HASH/out`, or `build/NAME-HASH/build-script-build`.
fn unit(file: &Path) -> Option<(&Path, &str)> {
    let above = file.parent()?;
    let (folder, name) = if above.ends_with("deps") {
        (above.parent()?, file.file_stem()?)
    } else if above.parent()?.ends_with("build") {
        (above.parent()?.parent()?, above.file_name()?)
    } else {
        return None;
    };
    let (_, hash) = name.to_str()?.rsplit_once('-')?;
    let is_hash = hash.len() == 16 && hash.chars().all(|c| c.is_ascii_hexdigit());
    is_hash.then_some((folder, hash))
}

/// The name under which cargo keeps the unit's fingerprint: `PACKAGE-HASH`.
fn full_name(folder: &Path, hash: &str) -> Option<String> {
    let entries = fs::read_dir(folder.join(".fingerprint")).ok()?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names = names.filter(|name| !name.starts_with('.'));
    names.find(|name| {
        name.strip_suffix(hash)
            .is_some_and(|name| name.ends_with('-'))
    })
}

/// What a compiler's units are kept under, before all other names: of another version, and of another
/// place, none is taken.
pub fn of_compiler(rustc: &Path) -> String {
    let mut hash = DefaultHasher::new();
    (rustc, looks(rustc)).hash(&mut hash);
    format!("{:08x}", hash.finish() & 0xffff_ffff)
}

/// The same, of the compiler that builds modules.
pub fn compiler() -> String {
    let found = Toolchain::find();
    let rustc = found.map_or_else(|| "rustc".into(), |found| found.compiler());
    of_compiler(&rustc)
}

/// The variable that names another folder for the store; if it is empty, there is none.
pub const VARIABLE: &str = "CARGO_KMOD_UNITS";

/// Where the store is.
fn place() -> Option<PathBuf> {
    match env::var_os(VARIABLE) {
        Some(none) if none.is_empty() => None,
        Some(folder) => Some(PathBuf::from(folder)),
        None => Some(Cache::from_env().ok()?.path("units")),
    }
}
