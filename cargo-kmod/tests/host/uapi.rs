// SPDX-License-Identifier: GPL-2.0-only
//! What `cargo kmod uapi` writes is what was reviewed.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::kmod;

#[test]
fn header_and_crate_are_those_reviewed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let reviewed = root.join("kmod-core/vm-tests/ioctl/uapi");
    let out = tempfile::tempdir().unwrap();
    let out = out.path().to_str().unwrap();
    let run = kmod(&root, &["uapi", "-p", "vm-ioctl", "--out", out]).run();
    assert_eq!(run.code, 0, "{}", run.err);
    // Compiling takes its time: nobody waits without a word.
    assert!(run.err.contains("compiling vm-ioctl"), "{}", run.err);
    for file in [
        "vm_ioctl.h",
        "vm-ioctl-uapi/Cargo.toml",
        "vm-ioctl-uapi/src/lib.rs",
    ] {
        let now = fs::read_to_string(Path::new(out).join(file)).unwrap();
        let then = fs::read_to_string(reviewed.join(file)).unwrap();
        assert_eq!(
            now, then,
            "{file} changed; to accept: cargo kmod uapi -p vm-ioctl --out kmod-core/vm-tests/ioctl/uapi"
        );
    }
}

/// For 64-bit and for 32-bit programs, if there is a C++ compiler: the set-up installs none.
#[test]
fn the_header_is_one_for_cpp() {
    if Command::new("g++").arg("--version").output().is_err() {
        eprintln!("the header is not compiled as C++: there is no g++");
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let headers = root.join("kmod-core/vm-tests/ioctl/uapi");
    let header = fs::read_to_string(headers.join("vm_ioctl.h")).unwrap();
    let mut program = "#include \"vm_ioctl.h\"\n".to_owned();
    let mut commands = 0;
    for line in header.lines() {
        let Some((name, _)) = line
            .strip_prefix("#define ")
            .and_then(|line| line.split_once(' '))
        else {
            continue;
        };
        program += &format!("static_assert({name} != 0, \"a number\");\n");
        commands += 1;
    }
    assert!(commands > 10, "{header}");
    program += "static_assert(sizeof(struct vm_point) == 12, \"as in C\");\n\
                static_assert(sizeof(struct vm_table) == 1056, \"as in C\");\n";
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("all.cc");
    fs::write(&source, program).unwrap();
    let triplet = format!("/usr/include/{}-linux-gnu", std::env::consts::ARCH);
    for flags in [&["-m64"][..], &["-m32", "-ffreestanding"]] {
        let output = Command::new("g++")
            .args([
                "-std=c++11",
                "-fsyntax-only",
                "-Wall",
                "-Wextra",
                "-Wpedantic",
                "-Werror",
            ])
            .args(flags)
            .args(["-idirafter", &triplet, "-I"])
            .args([&headers, &source])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{flags:?}: {said}");
    }
}

#[test]
fn a_module_that_shares_nothing_says_so() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let run = kmod(&root, &["uapi", "-p", "hello"]).run();
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("shares nothing with userspace"),
        "{}",
        run.err
    );
}
