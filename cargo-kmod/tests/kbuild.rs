// SPDX-License-Identifier: GPL-2.0-only
//! Real builds of an example, as `cargo kmod build` and as `make` do them, against the
//! distribution's headers: the module is the same, and built as the kernel builds C.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, MutexGuard, PoisonError};

use object::{Object as _, ObjectSection as _, ObjectSymbol as _};

/// `make` in the example's folder and staged builds share cargo's folders.
fn one_at_a_time() -> MutexGuard<'static, ()> {
    static LOCK: Mutex<()> = Mutex::new(());
    LOCK.lock().unwrap_or_else(PoisonError::into_inner)
}

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("it is a member of the workspace")
}

fn succeed(command: &mut Command) -> Output {
    let output = command.output().expect("the program is there");
    assert!(
        output.status.success(),
        "{command:?}\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// Builds `hello` and returns the folder that holds it and its C twin.
fn staged() -> PathBuf {
    staged_as("hello")
}

/// Builds an example and returns the folder that holds it.
fn staged_as(name: &str) -> PathBuf {
    let output = succeed(
        Command::new(env!("CARGO_BIN_EXE_cargo-kmod"))
            .args(["kmod", "build", "-p", name])
            .current_dir(workspace()),
    );
    let printed = String::from_utf8(output.stdout).expect("it prints text");
    let ko = printed
        .split_whitespace()
        .find(|word| word.ends_with(&format!("{name}.ko")))
        .expect("it prints the module's path");
    workspace()
        .join(ko)
        .parent()
        .expect("a file is in a folder")
        .to_owned()
}

/// The build tree of the kernel that `staged` built for.
fn kdir(staged: &Path) -> PathBuf {
    let release = staged
        .parent()
        .and_then(Path::file_name)
        .expect("target/kmod/RELEASE/NAME");
    Path::new("/lib/modules").join(release).join("build")
}

fn make(folder: &Path, kdir: &Path, words: &[&str]) -> Output {
    succeed(
        Command::new("make")
            .arg("-C")
            .arg(folder)
            .arg(format!("KDIR={}", kdir.display()))
            .arg(format!(
                "CARGO_KMOD={} kmod",
                env!("CARGO_BIN_EXE_cargo-kmod")
            ))
            .args(words)
            .env_remove("MAKEFLAGS"),
    )
}

#[test]
fn make_gives_the_module_that_cargo_kmod_build_gives() {
    make_gives_the_same("hello");
}

#[test]
fn make_compiles_the_crates_c_files_as_cargo_kmod_build_does() {
    make_gives_the_same("morse");
}

fn make_gives_the_same(name: &str) {
    let _alone = one_at_a_time();
    let staged = staged_as(name);
    let kdir = kdir(&staged);
    let folder = workspace().join("examples").join(name);
    let ko = format!("{name}.ko");
    make(&folder, &kdir, &["clean"]);
    let before = files(&folder);

    let loud = make(&folder, &kdir, &["V=1"]);
    let shown = String::from_utf8_lossy(&loud.stdout).into_owned();
    assert!(
        shown.contains("--objtree"),
        "V=1 shows the commands:\n{shown}"
    );
    let sections = |ko: &Path| {
        let data = fs::read(ko).expect("the module is there");
        let file = object::File::parse(&*data).expect("it is an ELF file");
        let mut sections: Vec<(String, Vec<u8>)> = file
            .sections()
            .filter(|section| {
                !section
                    .name()
                    .is_ok_and(|name| name.starts_with(".note.gnu"))
            })
            .map(|section| {
                let name = section.name().expect("its name is text").to_owned();
                (name, section.data().expect("it has data").to_owned())
            })
            .filter(|(name, _)| {
                [".text", ".rodata", ".data", ".modinfo", "__param"].contains(&name.as_str())
            })
            .collect();
        sections.sort();
        sections
    };
    assert_eq!(sections(&folder.join(&ko)), sections(&staged.join(&ko)));

    let root = tempfile::tempdir().expect("a folder for modules");
    let install = format!("INSTALL_MOD_PATH={}", root.path().display());
    make(&folder, &kdir, &["modules_install", &install]);
    let installed = files(root.path());
    assert!(
        installed.iter().any(|file| file.ends_with(&ko)),
        "{installed:?}"
    );

    make(&folder, &kdir, &["clean"]);
    assert_eq!(files(&folder), before);
}

#[test]
fn make_without_a_kdir_builds_for_the_running_kernel() {
    let _alone = one_at_a_time();
    let kdir = kdir(&staged());
    let release = kdir
        .parent()
        .and_then(Path::file_name)
        .expect("/lib/modules/RELEASE/build");
    // The kernel that runs here may be another: a uname that says what that one would.
    let bin = tempfile::tempdir().expect("a folder for uname");
    let script = format!(
        "#!/bin/sh\n[ \"$1\" = -r ] && {{ echo {}; exit; }}\nexec /bin/uname \"$@\"\n",
        release.display()
    );
    let uname = bin.path().join("uname");
    fs::write(&uname, script).expect("it can be written to");
    fs::set_permissions(&uname, fs::Permissions::from_mode(0o755)).expect("it is ours");
    let path = std::env::var("PATH").expect("there is one");
    let make = |word: &str| {
        succeed(
            Command::new("make")
                .arg("-C")
                .arg(workspace().join("examples/hello"))
                .arg(word)
                .arg(format!(
                    "CARGO_KMOD={} kmod",
                    env!("CARGO_BIN_EXE_cargo-kmod")
                ))
                .env("PATH", format!("{}:{path}", bin.path().display()))
                .env_remove("KDIR")
                .env_remove("MAKEFLAGS"),
        )
    };
    make("all");
    let ko = workspace().join("examples/hello/hello.ko");
    let data = fs::read(&ko).expect("the module is there");
    make("clean");
    let vermagic = format!("vermagic={} ", release.display());
    assert!(
        data.windows(vermagic.len())
            .any(|window| window == vermagic.as_bytes())
    );
    assert!(!ko.exists());
}

#[test]
fn a_wrong_kdir_is_named_before_anything_is_built() {
    let output = Command::new("make")
        .arg("-C")
        .arg(workspace().join("examples/hello"))
        .arg("KDIR=/nowhere")
        .env_remove("MAKEFLAGS")
        .output()
        .expect("make is there");
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("no kernel build tree in KDIR=/nowhere"),
        "{said}"
    );
}

#[test]
fn the_object_has_what_the_kernels_c_objects_have() {
    let _alone = one_at_a_time();
    let staged = staged();
    let ours = sections(&staged.join("hello.ko"));
    let twins = sections(&staged.join("hello_c.ko"));
    for name in [".orc_unwind", ".orc_unwind_ip", ".return_sites"] {
        assert!(
            twins.contains(name),
            "the C twin has {name}, or this test is out of date"
        );
        assert!(ours.contains(name), "hello.ko has no {name}");
    }
    for name in [".llvmbc", ".llvmcmd", ".eh_frame"] {
        assert!(!ours.contains(name), "hello.ko has {name}");
    }
}

#[test]
fn the_kernels_own_memcpy_is_used_and_nothing_else_is_undefined() {
    let _alone = one_at_a_time();
    let staged = staged();
    let data = fs::read(staged.join("hello.ko")).expect("the module is there");
    let file = object::File::parse(&*data).expect("it is an ELF file");
    let defined: BTreeSet<_> = file
        .symbols()
        .filter(|s| !s.is_undefined())
        .filter_map(|s| s.name().ok())
        .collect();
    assert!(
        !defined.contains("memcpy"),
        "compiler_builtins is in the module"
    );
    let kdir = kdir(&staged);
    let exported = fs::read_to_string(kdir.join("Module.symvers")).expect("kbuild's tree has it");
    let exported: BTreeSet<_> = exported
        .lines()
        .filter_map(|line| line.split('\t').nth(1))
        .collect();
    let unknown: Vec<_> = file
        .symbols()
        .filter(|symbol| symbol.is_undefined())
        .filter_map(|symbol| symbol.name().ok())
        .filter(|name| !name.is_empty() && !exported.contains(name))
        .collect();
    assert!(unknown.is_empty(), "the kernel does not export {unknown:?}");
}

#[test]
fn a_kernel_that_is_given_by_its_files_is_built_for_and_boots() {
    let _alone = one_at_a_time();
    let kdir = kdir(&staged());
    let run = |words: &[&str]| {
        let output = succeed(
            Command::new(env!("CARGO_BIN_EXE_cargo-kmod"))
                .args(["kmod", "run", "-p", "hello"])
                .args(words)
                .current_dir(workspace()),
        );
        String::from_utf8(output.stdout).expect("it prints text")
    };
    let plan = run(&["--dry-run", "--", "true"]);
    let mut words = plan.split_whitespace().map(|word| word.trim_matches('\''));
    let known = words.by_ref().find(|word| *word == "-kernel");
    let known = known.and_then(|_| words.next());
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    let image = folder.path().join("bzImage");
    fs::copy(known.expect("QEMU boots an image"), &image).expect("the image can be copied");

    let kdir = kdir.canonicalize().expect("it is there");
    let (kdir, image) = (kdir.to_str(), image.to_str());
    let (kdir, image) = kdir.zip(image).expect("both are text");
    let said = run(&["--kdir", kdir, "--image", image, "--", "lsmod"]);
    assert!(said.contains("hello "), "{said}");
}

fn sections(ko: &Path) -> BTreeSet<String> {
    let data = fs::read(ko).unwrap_or_else(|error| panic!("{}: {error}", ko.display()));
    let file = object::File::parse(&*data).expect("it is an ELF file");
    file.sections()
        .filter_map(|section| Some(section.name().ok()?.to_owned()))
        .collect()
}

/// All files below a folder.
fn files(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).expect("the folder is there").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path);
        }
    }
    found
}
