// SPDX-License-Identifier: GPL-2.0-only
//! What kbuild asks for: a crate as one object file.
//!
//! [`compile`] lets cargo make an archive with the target kernel's flags, on which [`rustc`] has the
//! last word; [`helpers`] has those of
//! the crates' helpers compiled that the module reaches; [`link`] makes one object of what it uses of
//! both ([`panics`] looks whether that can panic, if it must not; [`functions`] writes the header for
//! the module's C files); kbuild's own objtool command finishes it.

mod compile;
mod functions;
mod helpers;
mod link;
mod panics;
pub mod rustc;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::kernels;
use crate::process;
use crate::setup;

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
        if !self.out.exists() {
            self.first()?;
        }
        let compiled = compile::archive(self)?;
        let raw = link::object(self, &compiled)?;
        // What objtool made of it differs from what is compared, so a copy from before is kept.
        let before = hidden(&self.out, "raw");
        if self.out.exists() && fs::read(&before).is_ok_and(|before| before == raw) {
            return Ok(());
        }
        let partial = hidden(&self.out, "new");
        fs::write(&partial, &raw).with_context(|| format!("cannot write {}", partial.display()))?;
        fs::rename(&partial, &self.out)?;
        if let Err(error) = self.objtool() {
            fs::remove_file(&self.out)?;
            return Err(error);
        }
        fs::write(&before, &raw).with_context(|| format!("cannot write {}", before.display()))
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
