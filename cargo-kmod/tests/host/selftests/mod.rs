// SPDX-License-Identifier: GPL-2.0-only
//! The kernel's own scripts, stress-ng and a distribution's tools against modules of ours, in a VM that is a small
//! Debian. They are not of the suite, since these take root, a network and an hour:
//! `cargo test -p cargo-kmod --test host selftests -- --ignored --nocapture`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::installed::{Root, judge, kept};
use crate::packages::run;
use crate::support::kmod;

/// What the root has besides what every Debian has.
const INCLUDE: &str = "kmod,mount,perl-base,libc-bin,diffutils,procps,stress-ng,lm-sensors,evtest,rfkill,util-linux-extra,\
    xz-utils,cpio,libcap2-bin";

/// The kernel: that of machines, with chips to be had in software.
const KERNEL: &str = "6.1-amd64";

/// The files of modules that the root keeps of that kernel.
const KEPT: &[&str] = &[
    "drivers/base",
    "drivers/char",
    "drivers/gpio",
    "drivers/hid",
    "drivers/hwmon",
    "drivers/i2c",
    "drivers/input",
    "drivers/leds",
    "drivers/watchdog",
    "fs",
    "lib",
    "net/rfkill",
];

/// Modules of the workspace that are there at once.
const MODULES: &[&str] = &[
    "cell",
    "counter",
    "dice",
    "doorman",
    "errands",
    "guestbook",
    "i6300esb",
    "journal",
    "keycount",
    "latency",
    "lm75",
    "meminfo",
    "morse",
    "notesfs",
    "pipe",
    "shm",
    "strongbox",
    "ticket",
    "vm-classes",
    "vm-trace",
    "watch",
];

/// The folders of the kernel's source that are kept.
const SELFTESTS: &[&str] = &["sysctl", "firmware", "ftrace", "kmod"];

const MODULE: &str = include_str!("module.rs");
const TRIAL: &str = include_str!("trial.sh");

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Builds a module; its file, which is in a folder of the kernel's release.
fn build(dir: &Path, words: &[&str]) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let said = kmod(dir, &[&["build", "-k", KERNEL][..], words].concat())
        .env("CARGO_TARGET_DIR", target.as_os_str())
        .run();
    assert_eq!(said.code, 0, "{said:?}");
    // Its twins have lines, too.
    let (file, _) = said.out.lines().next().unwrap().rsplit_once(" (").unwrap();
    PathBuf::from(file)
}

/// The files of all modules, and the kernel's release.
fn modules(folder: &Path) -> (Vec<PathBuf>, String) {
    kmod(folder, &["new", "selftests"]).run();
    let krate = folder.join("selftests");
    fs::copy(workspace().join("Cargo.lock"), krate.join("Cargo.lock")).unwrap();
    fs::write(krate.join("src/lib.rs"), MODULE).unwrap();
    let own = build(&krate, &[]);
    let release = own.ancestors().nth(2).unwrap().file_name().unwrap();
    let release = release.to_str().unwrap().to_owned();
    let others = MODULES
        .iter()
        .map(|module| build(&workspace(), &["-p", module]));
    let files = others.chain([own.clone()]).collect();
    (files, release)
}

/// The kernel's scripts, from Debian's package of its source.
fn scripts(root: &Root) {
    let kept = kept().join("linux-source-6.1");
    if !kept.exists() {
        let folders: Vec<String> = SELFTESTS
            .iter()
            .map(|folder| format!("'*/tools/testing/selftests/{folder}'"))
            .collect();
        let get = format!(
            "cd /srv && apt-get -q update && apt-get -q download linux-source-6.1 \
             && dpkg-deb --fsys-tarfile linux-source-6.1_*.deb | tar x --to-stdout ./usr/src/linux-source-6.1.tar.xz \
             | xz -d | tar x --wildcards {} && rm linux-source-6.1_*.deb",
            folders.join(" ")
        );
        root.does(&["sh", "-c", &get]);
        run(Command::new("cp")
            .arg("-a")
            .arg(root.dir().join("srv/linux-source-6.1"))
            .arg(&kept));
    }
    let to = root.dir().join("srv/selftests");
    run(Command::new("cp")
        .arg("-a")
        .arg(kept.join("tools/testing/selftests"))
        .arg(to));
}

/// The kernel, with modules of its own and ours.
fn kernel(root: &Root, release: &str, files: &[PathBuf]) -> PathBuf {
    let image = kept().join(format!("linux-image-{release}"));
    if !image.exists() {
        let get = format!(
            "cd /srv && apt-get -q update && apt-get -q download linux-image-{release} \
             && dpkg-deb -x linux-image-{release}_*.deb image && rm linux-image-{release}_*.deb"
        );
        root.does(&["sh", "-c", &get]);
        run(Command::new("mv")
            .arg(root.dir().join("srv/image"))
            .arg(&image));
    }
    let from = image.join("lib/modules").join(release);
    let to = root.dir().join("lib/modules").join(release);
    for folder in KEPT {
        let to = to.join("kernel").join(folder);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        run(Command::new("cp")
            .arg("-a")
            .arg(from.join("kernel").join(folder))
            .arg(to));
    }
    for file in [
        "modules.builtin",
        "modules.builtin.modinfo",
        "modules.order",
    ] {
        fs::copy(from.join(file), to.join(file)).unwrap();
    }
    fs::create_dir_all(to.join("updates")).unwrap();
    for file in files {
        fs::copy(file, to.join("updates").join(file.file_name().unwrap())).unwrap();
    }
    root.does(&["depmod", release]);
    image.join(format!("boot/vmlinuz-{release}"))
}

/// What the guest says at its console, until it is off.
fn boots(kernel: &Path, archive: &Path) -> String {
    let console = archive.with_extension("console");
    let serial = format!("file:{}", console.display());
    let mut qemu = Command::new("timeout");
    qemu.args(["7200", "qemu-system-x86_64", "-machine", "q35,accel=tcg"])
        .args(["-cpu", "max", "-smp", "2", "-m", "3072", "-nodefaults"])
        .args(["-no-reboot", "-display", "none", "-serial", &serial])
        .args(["-device", "i6300esb", "-watchdog-action", "none"])
        .arg("-kernel")
        .arg(kernel)
        .arg("-initrd")
        .arg(archive)
        .arg("-append")
        .arg("console=ttyS0 quiet panic=-1 rdinit=/trial");
    run(&mut qemu);
    String::from_utf8_lossy(&fs::read(console).unwrap()).into_owned()
}

/// `LOADS` says how often a module is loaded and unloaded while its files are read, `SECONDS` how long each stressor
/// runs.
#[test]
#[ignore = "takes root, mmdebstrap's Debian 12 and a VM that is one, an hour or more; CONTRIBUTING.md has the last run"]
fn scripts_stress_and_tools_of_others_find_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (files, release) = modules(folder.path());
    let root = Root::with("selftests", "bookworm", INCLUDE);
    scripts(&root);
    let kernel = kernel(&root, &release, &files);
    let asked = |name: &str, default: &str| env::var(name).unwrap_or_else(|_| default.to_owned());
    let trial = TRIAL
        .replace("@LOADS@", &asked("LOADS", "10000"))
        .replace("@SECONDS@", &asked("SECONDS", "60"));
    let program = root.dir().join("trial");
    fs::write(&program, trial).unwrap();
    run(Command::new("chmod").arg("755").arg(&program));
    for unused in ["usr/share/doc", "usr/share/locale", "var/lib/apt/lists"] {
        let _ = fs::remove_dir_all(root.dir().join(unused));
    }
    let archive = folder.path().join("archive");
    root.archive(&archive);
    let said = boots(&kernel, &archive);
    judge(TRIAL, &said);
}
