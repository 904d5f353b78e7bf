// SPDX-License-Identifier: GPL-2.0-only
//! What others than compilers take of a module's declaration: a man page, a udev rule, a file for modprobe, a
//! Python module, a description for programs and one for syzkaller.
//!
//! What the module is comes from the same lines as the C header ([`crate::uapi`]); each kind of file has a file
//! here that makes its text, and none of them reads anything else.

mod json;
mod man;
mod modprobe;
mod python;
mod syzlang;
pub mod udev;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::context::Context;
use crate::error::usage;
use crate::package::Package;
use crate::uapi::{self, Described, Module};

/// The texts. A kind that the module has nothing for is none.
pub struct Glue {
    /// The module's name.
    pub name: String,
    /// What the module is.
    pub module: Module,
    /// What its nodes in `/dev` are called, with [`uapi::INDEX`] for a number.
    pub devices: Vec<String>,
    /// The man page, `NAME.4`.
    pub man: String,
    /// The udev rules, `60-NAME.rules`.
    pub udev: Option<String>,
    /// The file for modprobe, `NAME.conf`.
    pub modprobe: Option<String>,
    /// The Python module, `NAME.py`.
    pub python: Option<String>,
    /// The description, `NAME.json`.
    pub json: String,
    /// The description for syzkaller, `NAME.txt`.
    pub syzlang: Option<String>,
}

/// Where a module's are kept when nobody says where.
pub fn folder(package: &Package) -> PathBuf {
    package.target_dir.join("kmod/glue").join(&package.name)
}

/// Makes the texts of a package's module.
///
/// # Errors
///
/// Of the compiler, and of what the package's metadata ask of udev.
pub fn of(ctx: &Context, package: &Package) -> Result<Glue> {
    let described = uapi::described(ctx, package)?;
    made(package, described)
}

fn made(package: &Package, described: Described) -> Result<Glue> {
    let Some(module) = described.module.clone() else {
        bail!(
            usage(format!("`{}` has no #[kernel_module]", package.name))
                .help("name a module's crate with -p, or go into its folder")
        );
    };
    let wishes = udev::wishes(&package.name, &package.metadata, &described.files)?;
    let devices = described.files.iter().filter(|file| file.is_device());
    Ok(Glue {
        name: module.name.clone(),
        devices: devices.map(|device| device.name.clone()).collect(),
        man: man::page(&module, &described, &package.version),
        udev: udev::rules(&module, &described.files, &wishes),
        modprobe: modprobe::file(&module),
        python: python::module(&module, &described),
        json: json::description(&module, &described, &package.version),
        syzlang: syzlang::description(&module, &described),
        module,
    })
}

impl Glue {
    /// The files that there are: name and text.
    pub fn files(&self) -> Vec<(String, &str)> {
        let name = &self.name;
        let all = [
            (format!("{name}.4"), Some(&self.man)),
            (format!("60-{name}.rules"), self.udev.as_ref()),
            (format!("{name}.conf"), self.modprobe.as_ref()),
            (format!("{name}.py"), self.python.as_ref()),
            (format!("{name}.json"), Some(&self.json)),
            (format!("{name}.txt"), self.syzlang.as_ref()),
        ];
        let there = all.into_iter();
        there
            .filter_map(|(file, text)| Some((file, text?.as_str())))
            .collect()
    }

    /// Writes them into a folder, and says where each is.
    pub fn write(&self, out: &Path) -> Result<Vec<PathBuf>> {
        fs::create_dir_all(out).with_context(|| format!("cannot create {}", out.display()))?;
        let mut written = Vec::new();
        for (file, text) in self.files() {
            let file = out.join(file);
            fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
            written.push(file);
        }
        Ok(written)
    }
}

/// What a text begins with that somebody may edit by mistake.
fn origin(comment: &str) -> String {
    format!(
        "{comment} SPDX-License-Identifier: GPL-2.0-only\n\
         {comment} Made of the module's source by `cargo kmod glue`.\n"
    )
}

/// The lines of a text, each behind what begins a comment.
fn commented(text: &str, comment: &str) -> String {
    let lines = text.lines();
    lines
        .map(|line| format!("{comment} {line}").trim_end().to_owned() + "\n")
        .collect()
}
