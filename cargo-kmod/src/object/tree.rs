// SPDX-License-Identifier: GPL-2.0-only
//! What a kernel's build tree holds that a module is made of: headers, configuration, exports,
//! tools, and the compiler.
//!
//! A tree changes in place: a distribution's update replaces it by one of the same release, whose
//! files are older than what was built before; an own kernel is configured anew. Neither cargo nor
//! make can tell by times. So the contents are told here, in one word that is another when they are;
//! what was made of another tree is made again. The contents are read when a file's size, times or
//! inode are others than when they were read last.

use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::process;

/// Folders with what kbuild runs, and what it links with; what is in folders below is not part of it.
const TOOLS: &[&str] = &[
    "scripts",
    "scripts/basic",
    "scripts/mod",
    "tools/bpf/resolve_btfids",
    "tools/objtool",
];

/// Files in the tree itself.
const FILES: &[&str] = &[
    ".kernelvariables",
    "Makefile",
    "Module.symvers",
    "include/config/auto.conf",
];

/// A file by option, which only says when that option was changed.
const MARKS: &str = "include/config";

/// The build tree of a kernel.
pub struct Tree<'a> {
    /// Where it is.
    pub objtree: &'a Path,
    /// kbuild's C flags, with absolute paths.
    pub flags: &'a [String],
    /// Commands that kbuild gives for its compiler, linker and their like.
    pub commands: &'a [&'a str],
    /// The module's own folder, which may be in the tree.
    pub own: &'a Path,
}

impl Tree<'_> {
    /// A word for its contents. What it was last time is kept in the folder `known`.
    pub fn contents(&self, known: &Path) -> Result<String> {
        let files = self.files();
        let mut looks = DefaultHasher::new();
        for (file, meta) in &files {
            (file, meta.len(), meta.ino()).hash(&mut looks);
            (meta.mtime(), meta.mtime_nsec()).hash(&mut looks);
            (meta.ctime(), meta.ctime_nsec()).hash(&mut looks);
        }
        let looks = format!("{:016x}", looks.finish());

        let mut place = DefaultHasher::new();
        (self.objtree, self.commands).hash(&mut place);
        let record = known.join(format!("tree-{:016x}", place.finish()));
        let text = fs::read_to_string(&record).unwrap_or_default();
        if let Some((old, contents)) = text.split_once(' ')
            && old == looks
        {
            return Ok(contents.to_owned());
        }
        let contents = read(&files)?;
        let cannot = || format!("cannot write {}", record.display());
        let new = tempfile::NamedTempFile::new_in(known).with_context(cannot)?;
        fs::write(new.path(), format!("{looks} {contents}")).with_context(cannot)?;
        new.persist(&record).with_context(cannot)?;
        Ok(contents)
    }

    /// All files that count, in an order that does not change.
    fn files(&self) -> Vec<(PathBuf, Metadata)> {
        let source = kmod_build::tree::source(self.objtree).ok();
        let trees: Vec<&Path> = [self.objtree]
            .into_iter()
            .chain(source.as_deref())
            .collect();
        let mut folders: BTreeSet<&Path> = self
            .flags
            .iter()
            .filter_map(|flag| flag.strip_prefix("-I"))
            .map(Path::new)
            .filter(|folder| {
                let within = |tree: &&&Path| folder.starts_with(tree) && *folder != **tree;
                trees.iter().any(|tree| within(&tree)) && !folder.starts_with(self.own)
            })
            .collect();
        let all = folders.clone();
        let is_in_another = |folder: &&Path| {
            let mut above = folder.ancestors().skip(1);
            above.any(|above| all.contains(above))
        };
        folders.retain(|folder| !is_in_another(folder));

        let mut found = Vec::new();
        for folder in folders {
            add_folder(folder, true, &mut found);
        }
        for tree in &trees {
            for folder in TOOLS {
                add_folder(&tree.join(folder), false, &mut found);
            }
            for file in FILES {
                add_file(tree.join(file), &mut found);
            }
        }
        let words = self.commands.iter().filter_map(|line| shlex::split(line));
        for word in words.flatten() {
            match word.contains('/') {
                true => add_file(PathBuf::from(word), &mut found),
                false => found.extend(
                    process::which(&word)
                        .and_then(|file| Some((file.clone(), file.metadata().ok()?))),
                ),
            }
        }
        found.sort_by(|(one, _), (other, _)| one.cmp(other));
        found
    }
}

/// The files in a folder; `deep` those in folders below it as well.
fn add_folder(folder: &Path, deep: bool, found: &mut Vec<(PathBuf, Metadata)>) {
    if folder.ends_with(MARKS) {
        return;
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && deep => add_folder(&entry.path(), deep, found),
            Ok(kind) if kind.is_dir() => {}
            _ => add_file(entry.path(), found),
        }
    }
}

fn add_file(file: PathBuf, found: &mut Vec<(PathBuf, Metadata)>) {
    if let Some(meta) = fs::metadata(&file).ok().filter(Metadata::is_file) {
        found.push((file, meta));
    }
}

/// A word for the names and the contents of files.
fn read(files: &[(PathBuf, Metadata)]) -> Result<String> {
    let mut contents = DefaultHasher::new();
    for (file, _) in files {
        let data = match fs::read(file) {
            // One that is gone by now will be missed by who needs it.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            data => data.with_context(|| format!("cannot read {}", file.display()))?,
        };
        (file, data).hash(&mut contents);
    }
    Ok(format!("{:016x}", contents.finish()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, SystemTime};

    fn contents(folder: &Path, commands: &[&str]) -> String {
        let flags = ["include", "arch/x/include", "own"]
            .map(|name| format!("-I{}", folder.join("tree").join(name).display()));
        let tree = Tree {
            objtree: &folder.join("tree"),
            flags: &flags,
            commands,
            own: &folder.join("tree/own"),
        };
        tree.contents(folder).unwrap()
    }

    fn write(folder: &Path, file: &str, text: &str) {
        let file = folder.join("tree").join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        let _ = fs::remove_file(&file);
        fs::write(&file, text).unwrap();
        // As a package's files are.
        let past = SystemTime::now() - Duration::from_secs(1_000_000);
        let file = fs::File::options().write(true).open(file).unwrap();
        file.set_modified(past).unwrap();
    }

    #[test]
    fn what_is_replaced_by_an_older_file_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let cc = folder.join("tree/cc").display().to_string();
        let line = format!("{cc} -m64");
        let mut seen = Vec::new();
        let files = [
            "include/linux/fs.h",
            "arch/x/include/asm/bug.h",
            "include/config/auto.conf",
            "include/generated/autoconf.h",
            "Module.symvers",
            "tools/objtool/objtool",
            "scripts/mod/modpost",
            "scripts/module.lds",
            "cc",
        ];
        for file in files {
            for text in ["a", "b"] {
                write(folder, file, text);
                let now = contents(folder, &[&line]);
                assert!(!seen.contains(&now), "{file}");
                seen.push(now);
            }
        }
        let last = seen.pop().unwrap();
        for file in ["include/config/OPTION", "own/include/a.h", "scripts/x/y"] {
            write(folder, file, "c");
            assert_eq!(contents(folder, &[&line]), last, "{file}");
        }
        // The same again, as a package that is installed again brings it.
        write(folder, "Module.symvers", "b");
        assert_eq!(contents(folder, &[&line]), last);
        fs::remove_file(folder.join("tree/include/linux/fs.h")).unwrap();
        assert_ne!(contents(folder, &[&line]), last);
    }
}
