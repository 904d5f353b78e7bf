// SPDX-License-Identifier: GPL-2.0-only
//! A kernel's build tree that changes in place, as a distribution's update does it: what is made of
//! it is made anew.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use object::{Object as _, ObjectSection as _};

use crate::support::kmod;
use crate::tree::Tree;

/// Tells how often the kernel's clock ticks, in Rust and in C.
const RUST: &str = "#![no_std]\n\
    use kmod_core::prelude::*;\n\
    /// Ticks\n\
    #[kernel_module(name = \"changed\", license = \"GPL\", params(\n\
    /// Any number.\n\
    number: u32 = 1,\n\
    ))]\n\
    struct Module;\n\
    impl KernelModule for Module {\n\
    fn init(params: &ModuleParams) -> Result<Self> {\n\
    // SAFETY: It takes any number.\n\
    let ticks = unsafe { changed_ticks(params.number()) };\n\
    pr_info!(\"{} {}\", ticks, u64::from(params.number()) * kmod_core::time::HZ);\n\
    Ok(Self)\n\
    }\n\
    }\n\
    #[import_c]\n\
    unsafe extern \"C\" { fn changed_ticks(number: u32) -> u32; }\n";

const C: &str = "#include <linux/jiffies.h>\n\
    u32 changed_ticks(u32 number)\n{\n\treturn number * HZ;\n}\n";

const TWIN: &str = "#include <linux/module.h>\n#include <linux/jiffies.h>\n\
    u32 twin_ticks(u32 number);\n\
    u32 twin_ticks(u32 number)\n{\n\treturn number * HZ;\n}\n\
    MODULE_LICENSE(\"GPL\");\n";

/// Where its clock's rate stands, and what it has to agree with.
const FILES: [&str; 3] = [
    "include/generated/autoconf.h",
    "include/generated/timeconst.h",
    "include/config/auto.conf",
];

struct Crate {
    folder: tempfile::TempDir,
    tree: Tree,
}

impl Crate {
    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join("changed").join(file)
    }

    /// What the framework's own modules need is not compiled again.
    fn target() -> &'static Path {
        Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap()
    }

    /// The code of the module and of its twin, as `cargo kmod build` makes them.
    fn build(&self) -> Vec<Vec<u8>> {
        let kdir = self.tree.path().display().to_string();
        let said = kmod(&self.path(""), &["build", "--kdir", &kdir])
            .env("CARGO_TARGET_DIR", Self::target().as_os_str())
            .run();
        assert_eq!(said.code, 0, "{said:?}");
        let files = said.out.split_whitespace();
        let files: Vec<&str> = files.filter(|word| word.ends_with(".ko")).collect();
        assert_eq!(files.len(), 2, "{files:?}");
        files.iter().map(|file| code(Path::new(file))).collect()
    }

    /// The code of the module, as `make` makes it.
    fn make(&self) -> Vec<u8> {
        let made = Command::new("make")
            .arg("-C")
            .arg(self.path(""))
            .arg(format!("KDIR={}", self.tree.path().display()))
            .arg(format!("CARGO_KMOD={}", env!("CARGO_BIN_EXE_cargo-kmod")))
            .env("CARGO_TARGET_DIR", Self::target())
            .env_remove("MAKEFLAGS")
            .output()
            .unwrap();
        assert!(made.status.success(), "{made:?}");
        code(&self.path("changed.ko"))
    }

    /// What `modinfo` says of the kernel that [`make`](Self::make) has built for.
    fn vermagic(&self) -> String {
        let data = fs::read(self.path("changed.ko")).unwrap();
        let file = object::File::parse(&*data).unwrap();
        let info = file.section_by_name(".modinfo").unwrap();
        let info = String::from_utf8_lossy(info.data().unwrap()).into_owned();
        let mut lines = info.split('\0');
        lines
            .find(|line| line.starts_with("vermagic="))
            .unwrap()
            .to_owned()
    }

    /// Gives the kernel another clock, and another word for itself. The files are older than all that was built.
    fn tick(&self, hz: u32) {
        let tree = &self.tree;
        // Of the latter only the kernel's word for itself says more.
        let others = ["CONFIG_HZ", "CONFIG_PREEMPT_BUILD"];
        let is_other = |line: &str| {
            let words = line.split([' ', '=']);
            words.take(2).any(|word| others.contains(&word))
        };
        tree.edit(FILES[0], |line| !is_other(line));
        tree.edit(FILES[2], |line| !is_other(line));
        tree.append(FILES[0], &format!("#define CONFIG_HZ {hz}\n"));
        if hz < 500 {
            tree.append(FILES[0], "#define CONFIG_PREEMPT_BUILD 1\n");
            tree.append(FILES[2], "CONFIG_PREEMPT_BUILD=y\n");
        }
        tree.edit(FILES[1], |line| !line.contains("#error"));
        for file in FILES {
            let file = File::options().write(true).open(tree.path().join(file));
            let past = SystemTime::now() - Duration::from_secs(1_000_000);
            file.unwrap().set_modified(past).unwrap();
        }
    }
}

fn code(ko: &Path) -> Vec<u8> {
    let data = fs::read(ko).unwrap();
    let file = object::File::parse(&*data).unwrap();
    let sections = file.sections();
    let sections = sections.filter(|one| [".text", ".init.text"].contains(&one.name().unwrap()));
    sections
        .flat_map(|one| one.data().unwrap().to_vec())
        .collect()
}

#[test]
fn headers_that_change_in_place() {
    let krate = Crate {
        folder: tempfile::tempdir().unwrap(),
        tree: Tree::copy(),
    };
    kmod(krate.folder.path(), &["new", "changed"]).run();
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::copy(workspace.join("Cargo.lock"), krate.path("Cargo.lock")).unwrap();
    for (file, text) in [
        ("src/lib.rs", RUST),
        ("c/ticks.c", C),
        ("twin/changed_c.c", TWIN),
    ] {
        fs::create_dir_all(krate.path(file).parent().unwrap()).unwrap();
        fs::write(krate.path(file), text).unwrap();
    }
    krate.tick(250);
    let (before, made) = (krate.build(), krate.make());
    assert_eq!(before[0], made);
    let magic = krate.vermagic();
    assert!(magic.contains(" preempt "), "{magic}");
    krate.tick(1000);
    let (after, made) = (krate.build(), krate.make());
    assert_eq!(krate.vermagic(), magic.replace(" preempt ", " "));
    assert_ne!(before[0], after[0], "the module");
    assert_ne!(before[1], after[1], "its C twin");
    assert_eq!(after[0], made, "`make`");
    krate.tick(250);
    let (again, made) = (krate.build(), krate.make());
    assert_eq!(before, again);
    assert_eq!(before[0], made);
    assert_eq!(krate.vermagic(), magic);
}
