// SPDX-License-Identifier: GPL-2.0-only
//! Real modules: C through kbuild, and finished files of which a part is changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use object::{Object as _, ObjectSection as _};

use crate::support::{Said, kmod};
use crate::tree::kdir;

/// A module that does nothing, but uses an export of each kind.
pub const PLAIN: &str = "
#include <linux/module.h>
#include <linux/device.h>
static struct class *used;
static int __init plain_init(void) { return IS_ERR(used); }
static void __exit plain_exit(void) { class_destroy(used); pr_info(\"bye\\n\"); }
module_init(plain_init);
module_exit(plain_exit);
MODULE_LICENSE(\"GPL\");
";

/// A module's file in a folder of its own.
pub struct Ko {
    folder: tempfile::TempDir,
    name: &'static str,
}

impl Ko {
    /// C source, built by the distribution's kbuild.
    pub fn c(source: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder to build in");
        fs::write(folder.path().join("plain.c"), source).expect("it can be written to");
        fs::write(folder.path().join("Kbuild"), "obj-m := plain.o\n").expect("the same");
        let made = Command::new("make")
            .arg("-C")
            .arg(kdir())
            .arg(format!("M={}", folder.path().display()))
            .arg("modules")
            .env_remove("MAKEFLAGS")
            .output()
            .expect("make is there");
        assert!(made.status.success(), "{made:?}");
        Self {
            folder,
            name: "plain.ko",
        }
    }

    /// A function of assembly that the module holds, called by nothing.
    pub fn with_function(body: &str) -> Self {
        let function = format!(
            "asm(\".pushsection .text\\n.type wrong, @function\\nwrong:\\n\"\n\"{body}\\n\"\n\
             \".size wrong, .-wrong\\n.popsection\\n\");\n"
        );
        Self::c(&format!("{PLAIN}{function}"))
    }

    /// A copy of a finished module.
    pub fn copy_of(ko: &Path) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the copy");
        fs::copy(ko, folder.path().join("plain.ko")).expect("it can be copied");
        Self {
            folder,
            name: "plain.ko",
        }
    }

    /// Where it is.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join(self.name)
    }

    /// The same with binutils' objcopy run over it.
    pub fn objcopy(self, words: &[&str]) -> Self {
        let done = Command::new("objcopy")
            .args(words)
            .arg(self.path())
            .status();
        assert!(done.expect("objcopy is there").success(), "{words:?}");
        self
    }

    /// The same with bytes of a section replaced, where they are found first.
    pub fn patch(self, section: &str, old: &[u8], new: &[u8]) -> Self {
        assert_eq!(old.len(), new.len());
        let mut data = fs::read(self.path()).expect("the module is there");
        let file = object::File::parse(&*data).expect("it is an ELF file");
        let section = file.section_by_name(section).expect("it has the section");
        let (start, size) = section.file_range().expect("it is in the file");
        let range = start as usize..(start + size) as usize;
        let found = data[range.clone()]
            .windows(old.len())
            .position(|window| window == old)
            .expect("the bytes are there");
        let at = range.start + found;
        data[at..at + new.len()].copy_from_slice(new);
        fs::write(self.path(), data).expect("it can be written to");
        self
    }

    /// What `cargo kmod verify` says of it, for the kernel of `kdir`.
    pub fn verify_for(&self, kdir: &Path) -> Said {
        let (ko, kdir) = (self.path(), kdir.display().to_string());
        let ko = ko.display().to_string();
        let said = kmod(
            Path::new("/"),
            &["verify", &ko, "--kdir", &kdir, "--format", "json"],
        );
        said.run()
    }

    /// The same for the distribution's kernel.
    pub fn verify(&self) -> Said {
        self.verify_for(&kdir())
    }
}
