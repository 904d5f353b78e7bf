// SPDX-License-Identifier: GPL-2.0-only
//! Kernels and compilers with which no module can be built: said before anything is, with what
//! to do.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::support::{Said, kmod, module_crate};
use crate::tree::Tree;

const HOST: i32 = 69;

fn build(tree: &Tree) -> Said {
    let krate = module_crate();
    let kdir = tree.path().display().to_string();
    kmod(krate.path(), &["build", "--kdir", &kdir]).run()
}

/// It is refused with these words and a help, and nothing is built.
fn refused(said: &Said, words: &[&str]) {
    assert_eq!(said.code, HOST, "{said:?}");
    for word in words.iter().chain(&["\n= help: "]) {
        assert!(said.err.contains(word), "no {word:?} in {said:?}");
    }
    assert!(!said.err.contains("... building"), "{said:?}");
}

#[test]
fn a_kernel_that_loads_no_modules() {
    let said = build(&Tree::copy().with(&["CONFIG_MODULES"]));
    refused(&said, &["without CONFIG_MODULES"]);
}

#[test]
fn a_kernel_with_random_layouts() {
    let said = build(&Tree::copy().with(&["CONFIG_RANDSTRUCT=y", "CONFIG_RANDSTRUCT_FULL=y"]));
    refused(&said, &["CONFIG_RANDSTRUCT", "random order"]);
}

#[test]
fn a_kernel_whose_type_checked_calls_rust_cannot_match() {
    let said = build(&Tree::copy().with(&["CONFIG_CFI_CLANG=y"]));
    refused(
        &said,
        &["CONFIG_CFI_CLANG", "CONFIG_CFI_ICALL_NORMALIZE_INTEGERS"],
    );
}

#[test]
fn a_kernel_of_another_architecture() {
    let said = build(&Tree::copy().with(&["CONFIG_X86_64", "CONFIG_SPARC64=y"]));
    refused(&said, &["architecture that is not supported"]);
}

#[test]
fn a_kernel_older_than_supported() {
    let tree = Tree::copy();
    let header = tree.path().join("include/generated/utsrelease.h");
    fs::write(header, "#define UTS_RELEASE \"4.19.0-27-amd64\"\n").unwrap();
    refused(&build(&tree), &["4.19.0-27-amd64 is older than 5.10"]);
}

#[test]
fn versions_of_symbols_that_belong_to_another_build() {
    let with = Tree::copy().with(&["CONFIG_MODVERSIONS=y"]);
    fs::remove_file(with.path().join("Module.symvers")).unwrap();
    refused(
        &build(&with),
        &["CONFIG_MODVERSIONS", "Module.symvers has none"],
    );

    let without = Tree::copy().with(&["CONFIG_MODVERSIONS"]);
    let symvers = "0xa351f379\tmodule_layout\tvmlinux\tEXPORT_SYMBOL\t\n";
    fs::write(without.path().join("Module.symvers"), symvers).unwrap();
    refused(
        &build(&without),
        &["without CONFIG_MODVERSIONS", "of two builds"],
    );
}

#[test]
fn make_by_hand_refuses_as_well() {
    let tree = Tree::copy().with(&["CONFIG_RANDSTRUCT=y"]);
    let krate = tempfile::tempdir().unwrap();
    let said = kmod(krate.path(), &["new", "probe"]).run();
    assert_eq!(said.code, 0, "{said:?}");
    let made = std::process::Command::new("make")
        .arg("-C")
        .arg(krate.path().join("probe"))
        .arg(format!("KDIR={}", tree.path().display()))
        .arg(format!("CARGO_KMOD={}", env!("CARGO_BIN_EXE_cargo-kmod")))
        .env_remove("MAKEFLAGS")
        .output()
        .unwrap();
    assert!(!made.status.success(), "{made:?}");
    let said = String::from_utf8_lossy(&made.stderr);
    assert!(said.contains("CONFIG_RANDSTRUCT: the fields"), "{said}");
}

#[test]
fn a_kernel_that_insists_on_signatures_is_built_for_and_that_is_said() {
    let tree = Tree::copy().with(&["CONFIG_MODULE_SIG_FORCE=y"]);
    let kdir = tree.path().display().to_string();
    let said = kmod(Path::new("/"), &["doctor", "--kdir", &kdir]).run();
    assert_eq!(said.code, 0, "{said:?}");
    for word in [
        "CONFIG_MODULE_SIG_FORCE",
        "refuses unsigned modules",
        "scripts/sign-file sha",
    ] {
        assert!(said.out.contains(word), "no {word:?} in {said:?}");
    }
}

#[test]
fn nothing_is_built_for_a_vm_whose_kernel_insists_on_signatures() {
    let tree = Tree::copy().with(&["CONFIG_LOCK_DOWN_KERNEL_FORCE_INTEGRITY=y"]);
    let kdir = tree.path().display().to_string();
    let krate = module_crate();
    let said = kmod(krate.path(), &["run", "--kdir", &kdir, "--", "true"]).run();
    let words = [
        "CONFIG_LOCK_DOWN_KERNEL_FORCE_INTEGRITY",
        "refuses unsigned modules",
    ];
    refused(&said, &words);
}

/// An image that begins so is refused with these words and a help, and nothing is built.
fn image_is_refused(beginning: &[(usize, &[u8])], words: &str) {
    let krate = module_crate();
    let mut image = vec![0; 0x1000];
    for (at, bytes) in beginning {
        image[*at..at + bytes.len()].copy_from_slice(bytes);
    }
    let file = krate.path().join("vmlinuz");
    fs::write(&file, image).unwrap();
    let file = file.display().to_string();
    let said = kmod(krate.path(), &["run", "--image", &file, "--", "true"]).run();
    assert_eq!(said.code, 2, "{said:?}");
    for words in [words, "\n= help: "] {
        assert!(said.err.contains(words), "no {words:?} in {said:?}");
    }
    assert!(!said.err.contains("... building"), "{said:?}");
}

#[test]
fn an_image_of_another_release_than_the_headers() {
    image_is_refused(
        &[
            (0x202, b"HdrS"),
            (0x20e, &0x400_u16.to_le_bytes()),
            (0x600, b"5.10.0-x #1"),
        ],
        "is kernel 5.10.0-x, but the headers are of",
    );
}

#[test]
fn an_image_for_another_architecture_than_the_headers() {
    image_is_refused(
        &[(56, b"RSC\x05")],
        "is for riscv64, but the headers are of a kernel for",
    );
}

#[test]
fn what_rustc_lacks_is_told_by_doctor() {
    let tree = Tree::copy().with(&["CONFIG_FUNCTION_TRACER=y"]);
    let kdir = tree.path().display().to_string();
    let said = kmod(Path::new("/"), &["doctor", "--kdir", &kdir]).run();
    assert!(
        said.out.contains("note     CONFIG_FUNCTION_TRACER: ftrace"),
        "{said:?}"
    );
}

/// A `PATH` whose rustc says that it is of an old version, and is else the one that is there.
fn path_with_old_rustc(folder: &Path) -> OsString {
    let path = std::env::var_os("PATH").unwrap();
    let real = std::env::split_paths(&path)
        .map(|dir| dir.join("rustc"))
        .find(|file| file.exists())
        .unwrap();
    let script = format!(
        "#!/bin/sh\n[ \"$1\" = --version ] && {{ echo 'rustc 1.80.0 (051478957 2024-07-21)'; exit; }}\n\
         [ \"$2\" = sysroot ] && {{ echo {}; exit; }}\nexec {} \"$@\"\n",
        folder.display(),
        real.display()
    );
    let rustc = folder.join("rustc");
    fs::write(&rustc, script).unwrap();
    fs::set_permissions(&rustc, fs::Permissions::from_mode(0o755)).unwrap();
    let core = folder.join("lib/rustlib/src/rust/library/core");
    fs::create_dir_all(&core).unwrap();
    fs::write(core.join("Cargo.toml"), "").unwrap();
    let folders = [folder.to_owned()]
        .into_iter()
        .chain(std::env::split_paths(&path));
    std::env::join_paths(folders).unwrap()
}

#[test]
fn a_compiler_that_is_too_old() {
    let folder = tempfile::tempdir().unwrap();
    let path = path_with_old_rustc(folder.path());
    let krate = module_crate();
    let said = kmod(krate.path(), &["build"]).env("PATH", &path).run();
    refused(
        &said,
        &[
            "rustc 1.80.0",
            "is too old, at least 1.95 is needed",
            "rustup update",
        ],
    );
    let said = kmod(Path::new("/"), &["doctor"]).env("PATH", &path).run();
    assert_eq!(said.code, HOST, "{said:?}");
    assert!(
        said.out.contains("missing  Rust compiler: rustc 1.80.0"),
        "{said:?}"
    );
}
