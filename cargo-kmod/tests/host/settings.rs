// SPDX-License-Identifier: GPL-2.0-only
//! How a module's code is generated is the kernel's to say: a user's configuration, wherever it
//! lies, changes nothing of it.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use object::{Object as _, ObjectSection as _};

use crate::support::{Run, kmod};

/// Its code is another one with other instructions, checks, or assertions.
const RUST: &str = "#![no_std]\n\
    use kmod_core::prelude::*;\n\
    /// Shows how it was compiled\n\
    #[kernel_module(name = \"settings\", license = \"GPL\", params(\n\
    /// Any number.\n\
    number: u32 = 1,\n\
    ))]\n\
    struct Module;\n\
    impl KernelModule for Module {\n\
    fn init(params: &ModuleParams) -> Result<Self> {\n\
    let number = params.number();\n\
    debug_assert!(number != 7, \"an assertion\");\n\
    let sum: u32 = (0..number).map(|n| n * n).sum();\n\
    pr_info!(\"{}\", (number.count_ones() + (number & (number - 1))) * sum);\n\
    Ok(Self)\n\
    }\n\
    }\n";

/// What people have in `.cargo/config.toml`, and what they could.
const CONFIG: &str = "\
    [build]\n\
    rustflags = [\"-Ctarget-cpu=haswell\"]\n\
    incremental = true\n\
    [target.'cfg(all())']\n\
    rustflags = [\"-Ctarget-cpu=haswell\"]\n\
    [target.x86_64-unknown-none]\n\
    rustflags = [\"-Ctarget-feature=+popcnt,+bmi\"]\n\
    [env]\n\
    BINDGEN_EXTRA_CLANG_ARGS = { value = \"-DCONFIG_NR_CPUS=3\", force = true }\n\
    [unstable]\n\
    profile-rustflags = true\n\
    build-std-features = [\"optimize_for_size\"]\n";

/// The same for a profile, which a manifest can hold, too.
const PROFILE: &str = "\
    [profile.release]\n\
    opt-level = 1\n\
    debug = 2\n\
    debug-assertions = true\n\
    overflow-checks = true\n\
    lto = false\n\
    panic = \"unwind\"\n\
    codegen-units = 16\n\
    strip = true\n\
    [profile.release.package.\"*\"]\n\
    opt-level = 0\n\
    overflow-checks = true\n\
    debug-assertions = true\n\
    [profile.release.build-override]\n\
    opt-level = 0\n";

/// A crate in a folder of its own.
struct Crate {
    folder: tempfile::TempDir,
}

impl Crate {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        kmod(folder.path(), &["new", "settings"]).run();
        let krate = Self { folder };
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        fs::copy(workspace.join("Cargo.lock"), krate.path("Cargo.lock")).unwrap();
        fs::write(krate.path("src/lib.rs"), RUST).unwrap();
        krate
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join("settings").join(file)
    }

    /// Adds lines to a file below the folder around the crate.
    fn append(&self, file: &str, text: &str) {
        let file = self.folder.path().join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        let old = fs::read_to_string(&file).unwrap_or_default();
        fs::write(file, old + text).unwrap();
    }

    fn build(&self) -> Run {
        // What the framework's own modules need is not compiled again.
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        kmod(&self.path(""), &["build"]).env("CARGO_TARGET_DIR", target.as_os_str())
    }

    /// A program that gives what it is called with to the compiler, and more.
    fn wrapper(&self) -> PathBuf {
        let file = self.folder.path().join("wrapper");
        let log = self.folder.path().join("wrapped");
        let text = format!(
            "#!/bin/sh\necho \"$1\" >>{}\nexec \"$@\" -C target-cpu=haswell -Copt-level=0 -Cdebug-assertions\n",
            log.display()
        );
        fs::write(&file, text).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
        file
    }

    fn was_wrapped(&self) -> bool {
        let log = self.folder.path().join("wrapped");
        fs::remove_file(log).is_ok()
    }
}

/// The code and the constants of the module that a build makes.
fn code(build: Run) -> Vec<(String, Vec<u8>)> {
    let said = build.run();
    assert_eq!(said.code, 0, "{said:?}");
    let mut words = said.out.split_whitespace();
    let ko = words.find(|word| word.ends_with(".ko")).unwrap();
    let data = fs::read(ko).unwrap();
    let file = object::File::parse(&*data).unwrap();
    let is_code = |name: &str| [".text", ".init.text", ".rodata", ".data"].contains(&name);
    let sections = file.sections().filter(|one| is_code(one.name().unwrap()));
    let taken = sections.map(|one| {
        (
            one.name().unwrap().to_owned(),
            one.data().unwrap().to_owned(),
        )
    });
    let taken: Vec<_> = taken.collect();
    assert!(!taken.is_empty());
    taken
}

/// Without a comparison that fills the screen.
fn assert_same(one: &[(String, Vec<u8>)], other: &[(String, Vec<u8>)], of: &str) {
    let sizes = |code: &[(String, Vec<u8>)]| -> Vec<(String, usize)> {
        let sizes = code.iter().map(|(name, data)| (name.clone(), data.len()));
        sizes.collect()
    };
    assert_eq!(sizes(one), sizes(other), "{of}");
    assert!(one == other, "{of}: of the same sizes, but other bytes");
}

#[test]
fn configuration_changes_nothing() {
    let krate = Crate::new();
    let plain = code(krate.build());

    krate.append(".cargo/config.toml", CONFIG);
    assert_same(&plain, &code(krate.build()), "a parent folder's");
    fs::remove_dir_all(krate.folder.path().join(".cargo")).unwrap();

    // The home's, with what the real one has beside it.
    let home = krate.folder.path().join("home");
    fs::create_dir(&home).unwrap();
    let real = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let real =
        real.unwrap_or_else(|| PathBuf::from(std::env::var_os("HOME").unwrap()).join(".cargo"));
    for entry in fs::read_dir(real).unwrap().flatten() {
        symlink(entry.path(), home.join(entry.file_name())).unwrap();
    }
    let _ = fs::remove_file(home.join("config.toml"));
    // With what only an unstable cargo knows.
    let flags = "[profile.release.package.settings]\n\
        rustflags = [\"-Ctarget-feature=+bmi,+popcnt\"]\n";
    krate.append("home/config.toml", &format!("{CONFIG}{PROFILE}{flags}"));
    krate.append("settings/Cargo.toml", &format!("\n{PROFILE}"));
    let build = krate.build().env("CARGO_HOME", home.as_os_str());
    assert_same(&plain, &code(build), "the home's, and the crate's");
}

#[test]
fn the_environment_and_wrappers_change_nothing() {
    let krate = Crate::new();
    let plain = code(krate.build());
    let native = OsStr::new("-Ctarget-cpu=haswell");
    let variables = [
        "RUSTFLAGS",
        "CARGO_ENCODED_RUSTFLAGS",
        "CARGO_BUILD_RUSTFLAGS",
        "CARGO_TARGET_X86_64_UNKNOWN_NONE_RUSTFLAGS",
    ];
    let profile = ["INCREMENTAL", "DEBUG_ASSERTIONS", "OVERFLOW_CHECKS"];
    // Each differently, so that what is compiled before cannot be taken for it.
    krate.append("settings/src/lib.rs", "// Another.\n");
    let mut build = krate.build();
    for name in variables {
        build = build.env(name, native);
    }
    for name in profile {
        build = build.env(&format!("CARGO_PROFILE_RELEASE_{name}"), OsStr::new("true"));
    }
    let build = build
        .env(
            "CARGO_PROFILE_RELEASE_PACKAGE_SETTINGS_OPT_LEVEL",
            OsStr::new("0"),
        )
        .env("CARGO_INCREMENTAL", OsStr::new("1"))
        .env("BINDGEN_EXTRA_CLANG_ARGS", OsStr::new("-DCONFIG_NR_CPUS=3"));
    assert_same(&plain, &code(build), "the environment");

    let wrapper = krate.wrapper();
    for name in ["RUSTC_WRAPPER", "CARGO_BUILD_RUSTC_WRAPPER"] {
        krate.append("settings/src/lib.rs", "// Another.\n");
        let build = krate.build().env(name, wrapper.as_os_str());
        assert_same(&plain, &code(build), name);
        assert!(krate.was_wrapped(), "{name} is not used");
    }
    for name in ["rustc-wrapper", "rustc-workspace-wrapper"] {
        krate.append("settings/src/lib.rs", "// Another.\n");
        let line = format!("[build]\n{name} = \"{}\"\n", wrapper.display());
        krate.append(".cargo/config.toml", &line);
        assert_same(&plain, &code(krate.build()), name);
        assert!(krate.was_wrapped(), "{name} is not used");
        fs::remove_dir_all(krate.folder.path().join(".cargo")).unwrap();
    }
}
