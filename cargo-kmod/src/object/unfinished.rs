// SPDX-License-Identifier: GPL-2.0-only
//! What a build leaves that was killed: files of kbuild's that are half written, and newer than what
//! they are made of. By their times, kbuild takes them for finished.
//!
//! The module is what kbuild makes last: after a build nothing that it is made of is newer. What the
//! kill found the linker at is no whole ELF file, for the header is written last.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use object::{Object as _, ObjectSection as _};

/// Whether the folder of `out` (`NAME_rust.o`) holds such files.
pub fn is_there(out: &Path) -> bool {
    let folder = out.parent().unwrap_or(out);
    let stem = out.file_stem().unwrap_or_default().to_string_lossy();
    let name = stem.strip_suffix("_rust").unwrap_or(&stem);
    let is_unfinished = |ko: &Path, parts: &[PathBuf]| {
        let Some(finished) = time(ko).filter(|_| is_whole(ko)) else {
            return true;
        };
        let mut times = parts.iter().filter_map(|part| time(part));
        times.any(|time| time > finished)
    };
    let mut own = ends_with(&folder.join("c"), ".o");
    own.push(out.to_owned());
    let mut modules = ends_with(folder, ".ko").into_iter();
    let of_itself = |ko: &Path| ["o", "mod.o", "mod.c"].map(|end| ko.with_extension(end));
    is_unfinished(&folder.join(format!("{name}.ko")), &own)
        || modules.any(|ko| is_unfinished(&ko, &of_itself(&ko)))
}

/// The files of a folder whose names end so.
fn ends_with(folder: &Path, end: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let files = entries.map(|entry| entry.path());
    files
        .filter(|file| file.to_string_lossy().ends_with(end))
        .collect()
}

fn time(file: &Path) -> Option<SystemTime> {
    file.metadata().ok()?.modified().ok()
}

fn is_whole(module: &Path) -> bool {
    let data = fs::read(module).unwrap_or_default();
    object::File::parse(&*data).is_ok_and(|file| {
        let mut sections = file.sections();
        sections.all(|section| section.data().is_ok())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn what_is_newer_than_the_module_or_not_whole_is_unfinished() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let out = folder.join("a_rust.o");
        let whole = fs::read(std::env::current_exe().unwrap()).unwrap();
        fs::create_dir(folder.join("c")).unwrap();
        let write = |name: &str, data: &[u8], at: u64| {
            fs::write(folder.join(name), data).unwrap();
            let file = fs::File::options().write(true).open(folder.join(name));
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(at);
            file.unwrap().set_modified(time).unwrap();
        };
        assert!(is_there(&out));
        for name in ["a_rust.o", "c/x.o", "a.o", "a.mod.o", "twin.o"] {
            write(name, b"", 1);
        }
        write("a.ko", &whole, 2);
        write("twin.ko", &whole, 2);
        assert!(!is_there(&out));
        for name in ["a_rust.o", "c/x.o", "a.o", "a.mod.o", "twin.o"] {
            write(name, b"", 3);
            assert!(is_there(&out), "{name}");
            write(name, b"", 1);
        }
        for name in ["a.ko", "twin.ko"] {
            write(name, &whole[..whole.len() / 2], 4);
            assert!(is_there(&out), "{name}");
            write(name, &whole, 4);
        }
        assert!(!is_there(&out));
    }
}
