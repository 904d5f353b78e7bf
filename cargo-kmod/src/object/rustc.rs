// SPDX-License-Identifier: GPL-2.0-only
//! The last word on how code is generated: between cargo, with whatever wrapper the user has, and
//! the compiler.
//!
//! Flags come from many places: profiles, of the workspace and of each package; configuration files
//! of the crate's folder, of those above it and of the home; the environment; wrappers, which can do
//! as they like. So what they come to is not asked there. Of what arrives here, what only names
//! things stays, and everything else that generates code is replaced by the kernel's flags.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, Permissions};
use std::io::Write as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Error, Result};

use super::names;
use crate::process;

/// The codegen options that cargo gives by its own lights: names, and how crates are linked.
const CARGOS_CODEGEN: &[&str] = &[
    "embed-bitcode",
    "extra-filename",
    "linker-plugin-lto",
    "lto",
    "metadata",
];

/// The unstable ones: what the library's own crates need, and what says more than it does.
const CARGOS_UNSTABLE: &[&str] = &[
    "allow-features",
    "embed-metadata",
    "force-unstable-if-unmarked",
    "unstable-options",
];

/// What is short for codegen options.
const DROPPED: &[&str] = &["-O", "-g"];

/// The variable that names a file to which each command that generates code is added. What the compiler
/// writes cargo would keep, and show again with what has not changed.
pub const COMMANDS: &str = "CARGO_KMOD_COMMANDS";

/// A compiler, and the flags that code for one target gets.
#[derive(Debug)]
pub struct LastWord {
    /// The compiler.
    pub rustc: PathBuf,
    /// The kernel's target. What is compiled for the host stays as cargo wants it.
    pub target: String,
    /// The kernel's flags.
    pub flags: Vec<String>,
}

impl LastWord {
    /// A program for cargo, in the folder `dir`: it is called rustc, since wrappers tell compilers
    /// by their names, and a script, since they may look where a link leads.
    pub fn script(&self, dir: &Path) -> Result<PathBuf> {
        let own = env::current_exe().context("cannot tell where cargo-kmod is")?;
        let (own, rustc) = (own.to_string_lossy(), self.rustc.to_string_lossy());
        let flags = self.flags.iter().flat_map(|flag| ["--flag", flag.as_str()]);
        let words = [&*own, "rustc", "--rustc", &*rustc, "--target", &self.target]
            .into_iter()
            .chain(flags);
        let words = shlex::try_join(words).context("a path with a NUL")?;
        // Cargo asks a compiler what it is when its time is another.
        let text = format!(
            "#!/bin/sh\n# {}\nexec {words} -- \"$@\"\n",
            looks(&self.rustc)
        );
        let file = dir.join("rustc");
        if fs::read_to_string(&file).is_ok_and(|old| old == text) {
            return Ok(file);
        }
        let cannot = || format!("cannot write {}", file.display());
        let new = tempfile::Builder::new()
            .permissions(Permissions::from_mode(0o755))
            .tempfile_in(dir)
            .with_context(cannot)?;
        fs::write(new.path(), text).with_context(cannot)?;
        // Nobody may be writing to what is run.
        new.into_temp_path().persist(&file).with_context(cannot)?;
        Ok(file)
    }

    /// Becomes the compiler; returns why it cannot.
    pub fn run(&self, words: &[OsString]) -> Error {
        if self.is_targets(words)
            && let Err(error) = names::check(words)
        {
            return error;
        }
        let mut rustc = Command::new(&self.rustc);
        rustc.args(self.words(words));
        let is_asked = |word: &OsString| word.to_string_lossy().starts_with("--print");
        let generates = self.is_targets(words) && !words.iter().any(is_asked);
        if let Some(file) = env::var_os(COMMANDS).filter(|_| generates) {
            // What cannot be told is compiled all the same.
            let file = File::options().append(true).open(file);
            let _ = file.and_then(|mut file| writeln!(file, "{}", process::show(&rustc)));
        }
        let error = rustc.exec();
        Error::from(error).context(format!("cannot run {}", self.rustc.display()))
    }

    /// The words that the compiler gets for those that came.
    fn words(&self, words: &[OsString]) -> Vec<OsString> {
        if !self.is_targets(words) {
            return words.to_vec();
        }
        let mut kept = Vec::new();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let text = word.to_string_lossy();
            if DROPPED.contains(&&*text) {
                continue;
            }
            // Cargo compiles the library itself.
            if text == "--sysroot" {
                words.next();
            }
            if text.starts_with("--sysroot") {
                continue;
            }
            let Some((names, value)) = option(&text) else {
                kept.push(word.clone());
                continue;
            };
            // The option's value is the next word, or the rest of this one.
            let next = if value.is_empty() { words.next() } else { None };
            let value = next.map_or(value.into(), |next| next.to_string_lossy());
            let name = value.split('=').next().unwrap_or_default();
            if names.contains(&name.replace('_', "-").as_str()) {
                kept.push(word.clone());
                kept.extend(next.cloned());
            }
        }
        kept.extend(self.flags.iter().map(OsString::from));
        kept
    }

    fn is_targets(&self, words: &[OsString]) -> bool {
        let named = words
            .windows(2)
            .any(|pair| pair[0] == "--target" && pair[1] == OsStr::new(&self.target));
        let joined = format!("--target={}", self.target);
        named || words.iter().any(|word| word == OsStr::new(&joined))
    }
}

/// What is another when the compiler has been replaced.
pub fn looks(rustc: &Path) -> String {
    let folder = rustc.parent().and_then(Path::parent);
    let library = folder.map(|sysroot| sysroot.join("lib"));
    let entries = library.and_then(|library| fs::read_dir(library).ok());
    let files = entries.into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = files.map(|entry| entry.path()).collect();
    files.retain(|file| file.to_string_lossy().contains("rustc_driver"));
    files.push(rustc.to_owned());
    files.sort();
    let looks = files.iter().filter_map(|file| {
        let meta = file.metadata().ok()?;
        let (size, ino) = (meta.len(), meta.ino());
        let (time, part) = (meta.ctime(), meta.ctime_nsec());
        Some(format!("{size}-{ino}-{time}.{part}"))
    });
    looks.collect::<Vec<_>>().join(" ")
}

/// If a word is an option of code generation: which of them stay, and what of the value is in it.
fn option(word: &str) -> Option<(&'static [&'static str], &str)> {
    let of = |long: &str, short: &str| {
        word.strip_prefix(long)
            .filter(|rest| rest.is_empty() || rest.starts_with('='))
            .map(|rest| rest.trim_start_matches('='))
            .or_else(|| word.strip_prefix(short))
    };
    let codegen = of("--codegen", "-C").map(|rest| (CARGOS_CODEGEN, rest));
    codegen.or_else(|| word.strip_prefix("-Z").map(|rest| (CARGOS_UNSTABLE, rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(words: &str) -> String {
        let last_word = LastWord {
            rustc: "rustc".into(),
            target: "x86_64-unknown-none".to_owned(),
            flags: vec!["-Copt-level=2".to_owned()],
        };
        let words: Vec<OsString> = words.split(' ').map(OsString::from).collect();
        let words = last_word.words(&words);
        words.join(OsStr::new(" ")).into_string().unwrap()
    }

    #[test]
    fn only_names_and_the_kernels_flags_arrive() {
        let said = given(
            "--crate-name a a.rs -C opt-level=0 -Copt-level=3 --codegen=target-cpu=native \
             --codegen target-feature=+avx2 -C metadata=1 -C lto -Cincremental=/x -O -g \
             --sysroot /s --sysroot=/s -Z force-unstable-if-unmarked -Zcodegen-backend=cranelift \
             -Z share_generics=y --cfg feature=\"x\" --target x86_64-unknown-none",
        );
        assert_eq!(
            said,
            "--crate-name a a.rs -C metadata=1 -C lto -Z force-unstable-if-unmarked \
             --cfg feature=\"x\" --target x86_64-unknown-none -Copt-level=2"
        );
    }

    #[test]
    fn the_target_may_be_the_rest_of_a_word() {
        let said = given("-O --target=x86_64-unknown-none");
        assert_eq!(said, "--target=x86_64-unknown-none -Copt-level=2");
    }

    #[test]
    fn what_is_for_the_host_stays_as_it_is() {
        for words in [
            "-vV",
            "-O -Ctarget-cpu=native a.rs",
            "--target x86_64-unknown-linux-gnu -O",
        ] {
            assert_eq!(given(words), words);
        }
    }
}
