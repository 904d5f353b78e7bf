// SPDX-License-Identifier: GPL-2.0-only
//! What cargo's messages tell of the crates that become a module, to say what its own errors do not:
//! which of them are modules, too, which want what a kernel does not have, and whether the framework
//! is this program's.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use cargo_metadata::Message;
use cargo_metadata::diagnostic::Diagnostic;

use crate::error::{Failure, unfit};
use crate::package;

/// The crates that cargo has spoken of.
#[derive(Default)]
pub struct Crates {
    all: Vec<Crate>,
    /// Which of them did not find which library.
    wants: Vec<(Crate, String)>,
}

#[derive(Clone, PartialEq, Eq)]
struct Crate {
    name: String,
    /// As cargo writes it: where it is from, `#`, and its version with or without its name.
    package: String,
    root: PathBuf,
}

impl Crates {
    /// Takes one of cargo's messages.
    pub fn see(&mut self, message: &Message) {
        let (package, target, error) = match message {
            Message::CompilerArtifact(artifact) => (&artifact.package_id, &artifact.target, None),
            Message::CompilerMessage(said) => (&said.package_id, &said.target, Some(&said.message)),
            _ => return,
        };
        if target.is_custom_build() || target.is_proc_macro() {
            return;
        }
        let krate = Crate {
            name: target.name.clone(),
            package: package.repr.clone(),
            root: target.src_path.clone().into(),
        };
        let has_no_crate = |error: &&Diagnostic| {
            let code = error.code.as_ref();
            code.is_some_and(|code| code.code == "E0463")
        };
        if let Some(error) = error.filter(has_no_crate) {
            let mut libraries = ["std", "alloc"].iter();
            if let Some(library) = libraries.find(|name| error.message.contains(**name)) {
                let wants = (krate.clone(), (*library).to_owned());
                if !self.wants.contains(&wants) {
                    self.wants.push(wants);
                }
            }
        }
        if !self.all.contains(&krate) {
            self.all.push(krate);
        }
    }

    /// What is to be said of a crate in `own` that cargo could not compile.
    pub fn failure(&self, own: &Path) -> anyhow::Error {
        let modules = self.modules();
        if modules.len() > 1 {
            let modules = modules.join("\n  ");
            return unfit(format!(
                "two modules cannot be linked into one:\n  {modules}"
            ))
            .help("put what both need into a crate without `#[kernel_module]`")
            .into();
        }
        let wants: Vec<(String, String)> = self.wants.iter().map(|one| wanted(one, own)).collect();
        if !wants.is_empty() {
            let (rules, helps): (Vec<String>, Vec<String>) = wants.into_iter().unzip();
            let failure = unfit(rules.join("\n"));
            return helps.into_iter().fold(failure, Failure::help).into();
        }
        match self.versions() {
            Err(error) => error,
            Ok(()) => unfit("cargo could not compile the crate: its messages are above").into(),
        }
    }

    /// Whether the framework is the one that this program belongs to.
    ///
    /// # Errors
    ///
    /// Both versions, and what to type.
    pub fn versions(&self) -> Result<()> {
        for krate in self.all.iter().filter(|krate| krate.name == "kmod_core") {
            let (from, version) = krate.package.rsplit_once('#').unwrap_or_default();
            let version = version.rsplit('@').next().unwrap_or(version);
            let dir = from.strip_prefix("path+file://").map(Path::new);
            package::same_version("kmod-core", version, dir)?;
        }
        Ok(())
    }

    /// The places of `#[kernel_module]`.
    fn modules(&self) -> Vec<String> {
        let mut places = Vec::new();
        for krate in &self.all {
            let folder = krate.root.parent();
            for path in folder.map(package::rust_files).unwrap_or_default() {
                let text = fs::read_to_string(&path).unwrap_or_default();
                let lines = text.lines().enumerate();
                let lines = lines.filter(|(_, line)| is_module(line));
                places.extend(lines.map(|(number, _)| {
                    let path = path.display();
                    format!("{path}:{}, in the crate `{}`", number + 1, krate.name)
                }));
            }
        }
        places.sort();
        places.dedup();
        places
    }
}

/// Whether a line begins with the attribute.
fn is_module(line: &str) -> bool {
    let attribute = line.trim_start().strip_prefix("#[");
    attribute.is_some_and(|attribute| {
        let path = attribute.split(['(', ']', ' ']).next().unwrap_or_default();
        path.rsplit("::").next() == Some("kernel_module")
    })
}

/// That a crate wants a library, and what to do.
fn wanted((krate, library): &(Crate, String), own: &Path) -> (String, String) {
    let name = &krate.name;
    let is_own = krate.root.starts_with(own);
    let (why, instead) = match library.as_str() {
        "std" => ("a kernel does not have it", "`core`"),
        _ => (
            "its allocations cannot fail, and a kernel's do",
            "`KVec`, `KBox` and others of `kmod_core::alloc`",
        ),
    };
    let help = match is_own {
        true if library == "std" => "begin src/lib.rs with `#![no_std]`".to_owned(),
        true => format!("use {instead}"),
        false => format!(
            "many crates do without if their default features are off: in Cargo.toml, \
             `{name} = {{ version = \"…\", default-features = false }}` (`cargo tree -i {name}` \
             says who else asks for it); or do without the crate, with {instead}"
        ),
    };
    (format!("the crate `{name}` wants `{library}`: {why}"), help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error;
    use serde_json::json;

    fn message(name: &str, package: &str, root: &Path, error: &str) -> Message {
        let code = json!({ "code": "E0463", "explanation": null });
        let code = if error.is_empty() { json!(null) } else { code };
        let message = json!({
            "reason": "compiler-message", "package_id": package,
            "target": { "name": name, "kind": ["lib"], "crate_types": ["lib"], "src_path": root },
            "message": {
                "code": code, "message": error, "level": "error", "spans": [], "children": [],
                "rendered": null,
            },
        });
        serde_json::from_value(message).unwrap()
    }

    #[test]
    fn a_framework_of_another_version_is_named_with_ours() {
        for (package, help) in [
            (
                "path+file:///f/kmod-core#9.9.9",
                "cargo install --path /f/cargo-kmod",
            ),
            (
                "registry+https://x#kmod-core@9.9.9",
                "cargo install cargo-kmod --version 9.9.9",
            ),
        ] {
            let mut crates = Crates::default();
            crates.see(&message("kmod_core", package, Path::new("/f/lib.rs"), ""));
            let said = error::message(&crates.versions().unwrap_err());
            let ours = env!("CARGO_PKG_VERSION");
            for words in ["kmod-core 9.9.9", &format!("cargo-kmod {ours}"), help] {
                assert!(said.contains(words), "{said}");
            }
            assert_eq!(error::message(&crates.failure(Path::new("/o"))), said);
        }
        let mut crates = Crates::default();
        let same = concat!("path+file:///f#kmod-core@", env!("CARGO_PKG_VERSION"));
        crates.see(&message("kmod_core", same, Path::new("/f/lib.rs"), ""));
        crates.versions().unwrap();
    }

    #[test]
    fn who_wants_a_library_is_named_with_what_to_do() {
        for (root, library, words) in [
            ("/d/src/lib.rs", "std", "default-features = false"),
            ("/d/src/lib.rs", "alloc", "cargo tree -i dep"),
            ("/own/src/lib.rs", "std", "#![no_std]"),
            ("/own/src/lib.rs", "alloc", "KVec"),
        ] {
            let mut crates = Crates::default();
            let error = format!("can't find crate for `{library}`");
            crates.see(&message(
                "dep",
                "path+file:///d#1.0.0",
                Path::new(root),
                &error,
            ));
            let said = error::message(&crates.failure(Path::new("/own")));
            let first = format!("the crate `dep` wants `{library}`: ");
            assert!(said.starts_with(&first) && said.contains(words), "{said}");
        }
    }

    #[test]
    fn two_modules_are_named_by_file_and_line() {
        let folder = tempfile::tempdir().unwrap();
        let mut crates = Crates::default();
        for (name, text) in [
            ("one", "/// #[kernel_module]\n#[kernel_module(\n"),
            ("two", "\n\n  #[kmod_core::kernel_module(name = \"two\")]\n"),
            ("none", "// #[kernel_module]\n#[kernel_modules]\n"),
        ] {
            let root = folder.path().join(name).join("lib.rs");
            fs::create_dir(root.parent().unwrap()).unwrap();
            fs::write(&root, text).unwrap();
            crates.see(&message(name, "path+file:///x#1.0.0", &root, ""));
        }
        let said = error::message(&crates.failure(folder.path()));
        for words in [
            "one/lib.rs:2, in the crate `one`",
            "two/lib.rs:3, in",
            "= help: ",
        ] {
            assert!(said.contains(words), "{said}");
        }
        assert!(!said.contains("none"), "{said}");
    }
}
