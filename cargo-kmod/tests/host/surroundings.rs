// SPDX-License-Identifier: GPL-2.0-only
//! Surroundings in which plain cargo and kbuild work: modules are built in them, too.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::{kmod, module_crate};
use crate::tree::kdir;

/// `make` by hand in a new crate's folder.
fn make(krate: &Path) -> Command {
    // What the framework's own modules need is not compiled again.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let mut make = Command::new("make");
    make.current_dir(krate)
        .arg(format!("KDIR={}", kdir().display()))
        .env("CARGO_TARGET_DIR", target)
        .env_remove("MAKEFLAGS");
    make
}

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

#[test]
fn as_dkms_and_services_call_it() {
    let folder = tempfile::tempdir().unwrap();
    kmod(folder.path(), &["new", "surroundings"]).run();
    let krate = folder.path().join("surroundings");
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, krate.join("Cargo.lock")).unwrap();
    let kdir = kdir();
    let release = kdir.file_name().unwrap().to_string_lossy();
    let release = release.trim_start_matches("linux-headers-");

    let tool = format!("CARGO_KMOD={}", env!("CARGO_BIN_EXE_cargo-kmod"));
    let made = make(&krate)
        .arg(&tool)
        // A compiler of several words, as with ccache.
        .arg("CC=env MINE=1 gcc")
        .arg(format!("KERNELRELEASE={release}"))
        .env("KERNELRELEASE", release)
        .env_remove("HOME")
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", said(&made));
    assert!(krate.join("surroundings.ko").is_file(), "{}", said(&made));

    // V=1 shows what compiles the Rust, too; W=1 concerns C alone.
    let lib = krate.join("src/lib.rs");
    let text = fs::read_to_string(&lib).unwrap();
    fs::write(&lib, text.replace("Hello, {}", "Welcome, {}")).unwrap();
    let made = make(&krate).args([&tool, "V=1"]).output().unwrap();
    let text = said(&made);
    let mut commands = text
        .lines()
        .filter(|line| line.contains("--crate-name surroundings "));
    let command = commands
        .next()
        .unwrap_or_else(|| panic!("no command in {text}"));
    assert!(
        command.contains("bin/rustc ") && command.contains(" -Ccode-model=kernel"),
        "{command}"
    );
    let made = make(&krate).args([&tool, "W=1"]).output().unwrap();
    let text = said(&made);
    assert!(
        made.status.success() && !text.contains("RUST    "),
        "{text}"
    );
    let help = said(&make(&krate).arg("help").output().unwrap());
    assert!(
        help.contains("make clean\n") && help.contains("make V=1"),
        "{help}"
    );

    // A PATH without cargo, as sudo leaves it.
    let made = make(&krate)
        .arg("CARGO_KMOD=no-cargo kmod")
        .output()
        .unwrap();
    assert!(!made.status.success());
    let text = said(&made);
    for words in ["error: there is no no-cargo in PATH", "= help: "] {
        assert!(text.contains(words), "no {words:?} in {text}");
    }
}

/// kbuild exports a variable for its own Rust, for which cargo compiles much anew.
#[test]
fn what_kbuild_exports_for_its_own_rust_does_not_reach_the_command() {
    let folder = tempfile::tempdir().unwrap();
    kmod(folder.path(), &["new", "exported"]).run();
    let tool = folder.path().join("tool");
    let script = "#!/bin/sh\necho \"${RUSTC_BOOTSTRAP-unset}\" > \"$0.said\"\nexit 1\n";
    fs::write(&tool, script).unwrap();
    fs::set_permissions(&tool, fs::Permissions::from_mode(0o755)).unwrap();
    let made = make(&folder.path().join("exported"))
        .arg(format!("CARGO_KMOD={}", tool.display()))
        .env("RUSTC_BOOTSTRAP", "1")
        .output()
        .unwrap();
    let told = fs::read_to_string(tool.with_extension("said"));
    assert_eq!(told.unwrap_or_else(|_| said(&made)), "unset\n");
}

/// Writes a compiler, and gives a `PATH` in which it is the first.
fn path_with_rustc(folder: &Path, script: &str) -> OsString {
    let rustc = folder.join("rustc");
    fs::write(&rustc, script).unwrap();
    fs::set_permissions(&rustc, fs::Permissions::from_mode(0o755)).unwrap();
    let path = env::var_os("PATH").unwrap();
    let folders = [folder.to_owned()].into_iter();
    env::join_paths(folders.chain(env::split_paths(&path))).unwrap()
}

/// `cargo +nightly kmod build`: rustup says so in variables.
#[test]
fn the_toolchain_that_was_named_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let path = env::var_os("PATH").unwrap();
    let mut folders = env::split_paths(&path);
    let real = folders.find(|dir| dir.join("rustc").exists()).unwrap();
    let script = format!(
        "#!/bin/sh\n[ \"$1\" = --version ] && {{ echo \"rustc 1.99.0 ($RUSTUP_TOOLCHAIN)\"; exit; }}\n\
         unset RUSTUP_TOOLCHAIN\nexec {}/rustc \"$@\"\n",
        real.display()
    );
    let path = path_with_rustc(folder.path(), &script);
    let said = kmod(Path::new("/"), &["doctor"])
        .env("PATH", &path)
        .env("RUSTUP_TOOLCHAIN", "named-by-the-user".as_ref())
        .run();
    assert!(said.out.contains("named-by-the-user"), "{said:?}");
}

#[test]
fn a_named_toolchain_without_sources_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let script = format!("#!/bin/sh\necho {}\n", folder.path().display());
    let path = path_with_rustc(folder.path(), &script);
    let krate = module_crate();
    let build = |source: &str| {
        let run = kmod(krate.path(), &["build"]);
        run.env("PATH", &path)
            .env("RUSTUP_TOOLCHAIN", "bare".as_ref())
            .env("RUSTUP_TOOLCHAIN_SOURCE", source.as_ref())
            .run()
    };
    let said = build("cli");
    assert_eq!(said.code, 69, "{said:?}");
    for words in [
        "the toolchain bare was named, and has no sources",
        "\n= help: rustup component add rust-src --toolchain bare",
    ] {
        assert!(said.err.contains(words), "no {words:?} in {said:?}");
    }
    // The default one is not what somebody wants: the distribution's takes its place.
    let said = build("default");
    assert!(!said.err.contains("was named"), "{said:?}");
}
