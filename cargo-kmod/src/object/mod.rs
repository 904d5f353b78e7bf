// SPDX-License-Identifier: GPL-2.0-only
//! What kbuild asks for: a crate as one object file.
//!
//! [`compile`] lets cargo make an archive with the target kernel's flags, on which [`rustc`] has the
//! last word, as [`names`] has on what a crate may call itself; [`crates`] explains what failed there;
//! [`helpers`] has those of the crates' helpers compiled that the module reaches; [`link`] makes one
//! object of what it uses of both ([`makefile`] looks whether the Makefile says the same name,
//! [`panics`] whether it can panic, if it must not, [`runtime`] whether it calls what the compiler
//! brings and the kernel does not; [`functions`] writes the header for the module's C files, [`exports`] what has
//! kbuild export functions, [`events`] C's side of its trace events, [`tracepoints`] what the kernel calls at its own;
//! [`generated`] compiles both), and takes
//! its debug information apart, which goes into `NAME.ko.debug`; kbuild's own objtool command finishes it. [`tree`] knows whether the kernel's build tree is still what all
//! that was made of, [`unfinished`] whether the last build came to its end. [`sources`] tells modpost
//! what `srcversion` is made of.

mod compile;
mod crates;
mod events;
mod exports;
mod functions;
mod generated;
mod helpers;
mod link;
mod makefile;
mod names;
mod panics;
mod runtime;
pub mod rustc;
mod sources;
mod tracepoints;
mod tree;
mod unfinished;

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use kmod_build::cflags;
use kmod_build::env::KernelEnv;

use crate::changed;
use crate::decode;
use crate::error;
use crate::exit::Exit;
use crate::kernels;
use crate::package::Package;
use crate::process;
use crate::setup;
use link::Linked;
use tree::Tree;

/// The variable with what cargo is given besides, as the shell would read it: features, `--locked`.
pub const CARGO_VARIABLE: &str = "CARGO_KMOD_FLAGS";

/// The ends of two files beside the object, for who sees of kbuild's run only whether it failed: what
/// the compiler had to say of what it took, and that the host is to blame.
const WARNINGS: &str = "warnings";
const TROUBLE: &str = "trouble";

/// What the compiler had to say when it last made the object.
pub fn warnings(out: &Path) -> String {
    fs::read_to_string(hidden(out, WARNINGS)).unwrap_or_default()
}

/// Whether the object was not made for a reason that is not the module's.
pub fn is_trouble(out: &Path) -> bool {
    hidden(out, TROUBLE).exists()
}

/// One request of kbuild.
#[derive(Debug)]
pub struct Request {
    /// The folder of the module's crate.
    pub crate_dir: PathBuf,
    /// The object to write.
    pub out: PathBuf,
    /// The kernel's build tree.
    pub objtree: PathBuf,
    /// kbuild's C compiler.
    pub cc: String,
    /// kbuild's linker.
    pub ld: String,
    /// kbuild's objcopy.
    pub objcopy: String,
    /// kbuild's flags for C, as the shell would read them.
    pub c_flags: String,
    /// The C file to write, which has kbuild export functions; nothing if the Makefile saw none.
    pub exports: Option<PathBuf>,
    /// kbuild's command that runs objtool on `out`, from `objtree`; may be empty.
    pub objtool: String,
}

impl Request {
    /// Writes the object, unless the one that is there is what would be written.
    ///
    /// # Errors
    ///
    /// When a step fails; cargo's, the linker's and objtool's own messages are on standard error.
    pub fn run(&self) -> Result<()> {
        let trouble = hidden(&self.out, TROUBLE);
        let result = remove(&trouble).and_then(|()| self.make());
        if let Err(error) = &result
            && error::exit(error) != Exit::TestFailed
        {
            // Where that cannot be said either, it is the disk.
            let _ = fs::write(&trouble, "");
        }
        result
    }

    fn make(&self) -> Result<()> {
        let target_dir = compile::target_dir(self)?;
        // Cargo lets one build after the other into the folder; what it made stays there as it is
        // until it is linked.
        let lock = target_dir.join("kmod.lock");
        let lock =
            File::create(&lock).with_context(|| format!("cannot write {}", lock.display()))?;
        lock.lock().context("cannot wait for another build")?;

        let (kernel, contents) = self.kernel(&target_dir)?;
        let made_of = hidden(&self.out, "tree");
        let is_same = fs::read_to_string(&made_of).is_ok_and(|old| old == contents);
        if !is_same || unfinished::is_there(&self.out) {
            self.forget()?;
        }
        if !self.out.exists() {
            self.first()?;
        }
        let compiled = compile::archive(self, &kernel, &target_dir)?;
        let Linked { object: raw, debug } = link::object(self, &kernel, &compiled)?;
        // Now also with the helpers that it has compiled.
        compiled.units.give(|| self.workspace());
        sources::write(&self.out, &compiled.archive)?;
        self.write_debug(&debug)?;
        // What objtool made of it differs from what is compared, so a copy from before is kept.
        let before = hidden(&self.out, "raw");
        if !self.out.exists() || fs::read(&before).ok().is_none_or(|before| before != raw) {
            // Until all is done, it is a copy of nothing that is there.
            remove(&before)?;
            self.write(&raw)?;
            fs::write(&before, &raw)
                .with_context(|| format!("cannot write {}", before.display()))?;
        }
        if is_same {
            return Ok(());
        }
        fs::write(&made_of, contents).with_context(|| format!("cannot write {}", made_of.display()))
    }

    /// The folder of the crate's workspace.
    fn workspace(&self) -> Option<PathBuf> {
        Some(Package::at(&self.crate_dir).ok()?.workspace_dir)
    }

    /// Writes the object, and has objtool finish it.
    fn write(&self, raw: &[u8]) -> Result<()> {
        let partial = hidden(&self.out, "new");
        fs::write(&partial, raw).with_context(|| format!("cannot write {}", partial.display()))?;
        fs::rename(&partial, &self.out)?;
        if let Err(error) = self.objtool() {
            fs::remove_file(&self.out)?;
            return Err(error);
        }
        Ok(())
    }

    /// Writes the debug information, unless it is there: beside the module that kbuild is going to make, under a
    /// name that its `make clean` removes.
    fn write_debug(&self, debug: &[u8]) -> Result<()> {
        let stem = self.out.file_stem().unwrap_or_default().to_string_lossy();
        let name = stem.strip_suffix("_rust").unwrap_or(&stem);
        let file = decode::debug_file(&self.out.with_file_name(format!("{name}.ko")));
        changed::write(&file, debug)
    }

    /// The kernel, for build scripts, and a word for what its build tree holds.
    fn kernel(&self, target_dir: &Path) -> Result<(KernelEnv, String)> {
        let c_flags =
            shlex::split(&self.c_flags).context("kbuild's C flags are not a shell line")?;
        let flags = cflags::shared(&c_flags, &self.objtree);
        let tree = Tree {
            objtree: &self.objtree,
            flags: &flags,
            commands: &[&self.cc, &self.ld, &self.objcopy],
            own: &self.crate_dir,
        };
        let contents = tree.contents(target_dir)?;
        let kernel = KernelEnv::new(self.cc.trim().to_owned(), flags);
        Ok((kernel.with_contents(contents.clone()), contents))
    }

    /// Removes what was made, here and by kbuild, of another tree or only half. kbuild asks for the object before it
    /// starts the make that makes a module of it, and what is compiled of C follows our header.
    fn forget(&self) -> Result<()> {
        let made = [self.out.with_extension("h"), hidden(&self.out, "raw")];
        let folder = self.out.parent().unwrap_or(&self.out);
        generated::forget(&self.out)?;
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let kbuilds = entries.map(|entry| entry.path()).filter(|file| {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            let ends = [".mod.c", ".mod.o", ".ko"];
            ends.iter().any(|end| name.ends_with(end)) || name == "Module.symvers"
        });
        let made = made.into_iter().chain([self.out.clone()]);
        kbuilds.chain(made).try_for_each(|file| remove(&file))
    }

    /// What `make` by hand has nobody else to say.
    fn first(&self) -> Result<()> {
        kernels::check(&self.objtree)?;
        setup::compiler()?;
        for note in kernels::notes(&self.objtree) {
            eprintln!("  note: {note}");
        }
        Ok(())
    }

    /// Runs objtool, which must have nothing to say: the kernel unwinds and patches by what it finds.
    fn objtool(&self) -> Result<()> {
        let command = self.objtool.trim_start_matches([' ', ';']);
        if command.is_empty() {
            return Ok(());
        }
        let output = process::command("sh")
            .args(["-c", command])
            .current_dir(&self.objtree)
            .output()
            .context("cannot run sh")?;
        let said = String::from_utf8_lossy(&output.stderr);
        if !output.status.success() || !said.trim().is_empty() {
            bail!(
                "objtool refused the object:\n{said}  it was: cd {} && {command}",
                self.objtree.display()
            );
        }
        Ok(())
    }
}

/// Removes a file, if it is there.
fn remove(file: &Path) -> Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", file.display()))
        }
        _ => Ok(()),
    }
}

/// Removes a folder, if it is there.
fn remove_folder(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

/// `dir/.NAME.suffix` for `dir/NAME`.
fn hidden(path: &Path, suffix: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{suffix}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_objtools_fails_the_build() {
        let run = |objtool: &str| {
            let request = Request {
                crate_dir: "/".into(),
                out: "/".into(),
                objtree: "/".into(),
                cc: String::new(),
                ld: String::new(),
                objcopy: String::new(),
                c_flags: String::new(),
                exports: None,
                objtool: objtool.to_owned(),
            };
            request.objtool()
        };
        run(" ; true").unwrap();
        run("").unwrap();
        let said = run("echo 'x.o: warning: objtool: f(): unreachable' >&2").unwrap_err();
        assert!(said.to_string().contains("unreachable"), "{said}");
        run("false").unwrap_err();
    }
}
