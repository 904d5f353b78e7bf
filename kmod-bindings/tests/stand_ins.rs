// SPDX-License-Identifier: GPL-2.0-only
//! The stand-ins for the host declare what the kernel's own bindings do: names, arguments, results,
//! fields and constants.
//!
//! They are compared with the bindings of the kernel that `cargo kmod build` builds for, and with
//! those of each other kernel for which this workspace's modules have been built.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use kmod_build::bindings::differences;

/// What only the stand-ins have: how tests on the host steer and watch them.
const OWN: &[&str] = &[
    "know_user",
    "limit_allocations",
    "live_allocations",
    "printk_words",
    "take_log",
    "USER_END",
];

/// What kernels differ in: the stand-ins are as one of them is.
const DIFFER: &[&str] = &[
    "KMOD_COMPAT",
    "KMOD_DDEBUG",
    "KMOD_DDEBUG_BRANCH",
    "KMOD_DDEBUG_CLASS_BITS",
    "KMOD_DDEBUG_SIZE",
    "KMOD_GFP_ATOMIC",
    "KMOD_GFP_NOWAIT",
    "KMOD_LOCK_CLASSES",
    "KMOD_MODULE_SIZE",
    "KMOD_RCU_TRUSTS",
    "KMOD_SPINLOCK_OWNED",
    "KMOD_SPINLOCK_TRUSTS",
    "KMOD_SYSCTL_BOOL_LEN",
    "KMOD_SYSCTL_END",
    "KMOD_TRACEPOINT_BRANCH",
    "KMOD_TRACEPOINTS",
    // The room of an id: 9 bytes or 16.
    "acpi_device_id",
    // The room of a name: 20 bytes or 24.
    "platform_device_id",
    // A pointer to any word, or to an `unsigned long`.
    "out_of_line_wait_on_bit_lock",
    "wake_up_bit",
];

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("it is a member of the workspace")
}

fn succeed(command: &mut Command) -> Output {
    let output = command.output().expect("the program is there");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}\n{said}");
    output
}

/// The stand-ins, after macros.
fn stand_ins() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = succeed(
        Command::new(rustc)
            .args(["--edition", "2024", "--crate-type", "lib"])
            .args(["-Zunpretty=expanded", "src/lib.rs"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env("OUT_DIR", env!("OUT_DIR"))
            .env("RUSTC_BOOTSTRAP", "1"),
    );
    String::from_utf8(output.stdout).expect("Rust is UTF-8")
}

/// The bindings of each kernel that a module was built for, with its release.
fn bindings() -> Vec<(String, PathBuf)> {
    let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("../kmod");
    let folders = |folder: &Path| {
        let entries = fs::read_dir(folder).into_iter().flatten();
        entries.flatten().map(|entry| entry.path())
    };
    let mut found = Vec::new();
    for kernel in folders(&target) {
        let targets = folders(&kernel.join("cargo"));
        let builds = targets.flat_map(|target| folders(&target.join("release/build")));
        let ours = builds.filter(|build| {
            let name = build.file_name().unwrap_or_default();
            name.to_string_lossy().starts_with("kmod-bindings-")
        });
        let files = ours.map(|build| build.join("out/bindings.rs"));
        let time = |file: &PathBuf| {
            let time = fs::metadata(file).and_then(|data| data.modified());
            time.unwrap_or(SystemTime::UNIX_EPOCH)
        };
        if let Some(newest) = files.filter(|file| file.exists()).max_by_key(time) {
            let release = kernel.file_name().unwrap_or_default();
            found.push((release.to_string_lossy().into_owned(), newest));
        }
    }
    found
}

#[test]
fn stand_ins_declare_what_the_kernels_do() {
    let mut build = Command::new(env!("CARGO"));
    build.args(["kmod", "build", "-p", "hello"]);
    succeed(build.current_dir(workspace()));
    let stand_ins = stand_ins();
    let kernels = bindings();
    assert!(!kernels.is_empty(), "a module was built");
    let mut said = String::new();
    for (release, file) in kernels {
        let bindings = fs::read_to_string(&file).expect("it is there");
        let found = differences(&stand_ins, &bindings).expect("both are Rust");
        for line in found {
            let name = line.split('`').nth(1).unwrap_or_default();
            if !OWN.contains(&name) && !DIFFER.contains(&name) {
                said += &format!("{release}: {line}\n");
            }
        }
    }
    assert!(said.is_empty(), "\n{said}");
}
