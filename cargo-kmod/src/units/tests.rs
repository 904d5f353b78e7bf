// SPDX-License-Identifier: GPL-2.0-only
//! Small crates, built by the real cargo in target folders that take from one store.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, SystemTime};

use super::*;

/// A store, and workspaces that depend on one crate by path.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        place.package("dep", "pub const WORD: &str = env!(\"WORD\");", "");
        let script = "fn main() { println!(\"cargo::rustc-env=WORD=first\"); }";
        place.write("dep/build.rs", script);
        place
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    fn write(&self, file: &str, text: &str) {
        let file = self.path(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    fn package(&self, at: &str, source: &str, more: &str) {
        let name = Path::new(at).file_name().unwrap().to_str().unwrap();
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"1.0.0\"\nedition = \"2024\"\n{more}\n[workspace]\n"
        );
        self.write(&format!("{at}/Cargo.toml"), &manifest);
        self.write(&format!("{at}/src/lib.rs"), source);
    }

    /// A workspace with one crate.
    fn user(&self, at: &str, source: &str) {
        let dep = self.path("dep");
        let dep = format!("[dependencies]\ndep.path = \"{}\"\n", dep.display());
        self.package(at, source, &dep);
    }

    fn store(&self) -> Store {
        Store::at(self.path("store"))
    }

    /// Builds as a verb does. Gives the packages that were compiled.
    fn build(&self, at: &str) -> BTreeSet<String> {
        let folder = self.path(at).join("target/debug");
        let folders = vec![(folder, "compiler/use".to_owned())];
        let mut units = Units::take_of(self.store(), folders);
        let output = cargo(&self.path(at)).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let mut compiled = BTreeSet::new();
        for message in Message::parse_stream(output.stdout.as_slice()) {
            let message = message.unwrap();
            units.told_by(&message);
            match message {
                Message::CompilerArtifact(artifact) if !artifact.fresh => {
                    compiled.insert(artifact.target.name);
                }
                _ => {}
            }
        }
        units.give(|| Some(self.path(at)));
        compiled
    }

    /// What is in the library that a crate's own code was compiled to.
    fn has(&self, at: &str, text: &str) -> bool {
        let name = Path::new(at).file_name().unwrap().to_str().unwrap();
        let library = self.path(at).join(format!("target/debug/lib{name}.rlib"));
        let data = fs::read(library).unwrap();
        data.windows(text.len()).any(|at| at == text.as_bytes())
    }
}

fn cargo(folder: &Path) -> Command {
    let mut cargo = crate::process::cargo("cargo");
    cargo
        .args(["build", "--offline", "--message-format", "json"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"));
    cargo
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

const USER: &str = "pub static WORD: &str = dep::WORD;";

const ALL: [&str; 3] = ["build-script-build", "dep", "user"];

#[test]
fn a_second_crate_compiles_only_itself() {
    let place = Place::new();
    // Two of one name, whose own code differs, and the second's files are older than what was made of
    // the first's.
    place.user("b/user", "pub static WORD: &str = concat!(\"of \", \"b\");");
    place.user("a/user", "pub static WORD: &str = concat!(\"of \", \"a\");");
    assert_eq!(place.build("a/user"), set(&ALL));
    assert_eq!(place.build("b/user"), set(&["user"]));
    assert!(place.has("a/user", "of a") && place.has("b/user", "of b"));
    assert_eq!(place.build("a/user"), set(&[]));
    // As from a folder in which all was compiled.
    fs::remove_dir_all(place.path("b/user/target")).unwrap();
    assert_eq!(place.build("b/user"), set(&["user"]));
    // Nothing of theirs is in it.
    let kept = units(&place);
    assert_eq!(kept.len(), 3, "{kept:?}");
    assert!(kept.iter().all(|unit| unit.starts_with("dep-")), "{kept:?}");
    place.store().clean().unwrap();
    assert!(units(&place).is_empty());
    assert_eq!(place.build("a/user"), set(&[]));
    fs::remove_dir_all(place.path("b/user/target")).unwrap();
    assert_eq!(place.build("b/user"), set(&ALL));
}

fn units(place: &Place) -> Vec<String> {
    let entries = fs::read_dir(place.path("store/compiler/use"));
    let names = entries.into_iter().flatten().flatten();
    names
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect()
}

/// As a package's update brings them: cargo, which goes by times, would take what was made of the old ones.
#[test]
fn what_was_made_of_files_that_were_replaced_by_older_ones_is_not_taken() {
    let place = Place::new();
    place.user("a/user", USER);
    place.user("b/user", USER);
    place.build("a/user");
    let script = "fn main() { println!(\"cargo::rustc-env=WORD=other\"); }";
    place.write("dep/build.rs", script);
    let past = SystemTime::now() - Duration::from_secs(1_000_000);
    let file = fs::File::options()
        .write(true)
        .open(place.path("dep/build.rs"));
    file.unwrap().set_modified(past).unwrap();
    assert_eq!(place.build("b/user"), set(&ALL));
    assert!(place.has("b/user", "other"));
}

#[test]
fn what_a_killed_build_has_taken_by_half_is_made_whole() {
    let place = Place::new();
    place.user("a/user", USER);
    place.user("b/user", USER);
    place.build("a/user");
    let mine = place.path("b/user/target/debug");
    for folder in ["deps", "build", ".fingerprint"] {
        fs::create_dir_all(mine.join(folder)).unwrap();
    }
    // All but the fingerprints, some of it half written.
    for unit in units(&place) {
        let unit = place.path("store/compiler/use").join(unit);
        for file in fs::read_dir(unit.join("deps")).unwrap().flatten() {
            fs::write(mine.join("deps").join(file.file_name()), "half").unwrap();
        }
        fs::create_dir(mine.join("build").join(unit.file_name().unwrap())).unwrap();
    }
    assert_eq!(place.build("b/user"), set(&["user"]));
    assert!(place.has("b/user", "first"));
    // The store's files are others than those that were half written.
    fs::remove_dir_all(&mine).unwrap();
    assert_eq!(place.build("b/user"), set(&["user"]));
}

#[test]
fn builds_at_the_same_time() {
    let place = Place::new();
    let users: Vec<String> = (0..4).map(|n| format!("{n}/user")).collect();
    for user in &users {
        place.user(
            user,
            &format!("pub static WORD: &str = concat!(\"of {user}\");"),
        );
    }
    for _ in 0..2 {
        thread::scope(|scope| {
            for user in &users {
                scope.spawn(|| place.build(user));
            }
        });
        for user in &users {
            assert!(place.has(user, &format!("of {user}")));
            let folder = place.path(user).join("target");
            fs::remove_dir_all(folder).unwrap();
        }
    }
    assert_eq!(units(&place).len(), 3);
    assert_eq!(place.build(&users[0]), set(&["user"]));
}

#[test]
fn what_was_not_used_for_longest_goes_first() {
    let place = Place::new();
    place.user("a/user", USER);
    place.build("a/user");
    let kept = units(&place);
    let ages = [100_000, 300_000, 200_000].map(Duration::from_secs);
    for (unit, age) in kept.iter().zip(ages) {
        let file = place.path("store/compiler/use").join(unit).join("origin");
        let file = fs::File::options().write(true).open(file).unwrap();
        file.set_modified(SystemTime::now() - age).unwrap();
    }
    let bytes = |unit: &String| files::bytes(&place.path("store/compiler/use").join(unit));
    place.store().shrink(bytes(&kept[0])).unwrap();
    assert_eq!(units(&place), [kept[0].clone()]);
    // What is in use stays, whatever it takes.
    let file = place
        .path("store/compiler/use")
        .join(&kept[0])
        .join("origin");
    fs::File::open(file)
        .unwrap()
        .set_modified(SystemTime::now())
        .unwrap();
    place.store().shrink(0).unwrap();
    assert_eq!(units(&place).len(), 1);
}

#[test]
fn units_are_known_by_their_files() {
    let of = |file: &'static str| {
        let (folder, hash) = unit(Path::new(file))?;
        Some((folder.to_str()?, hash))
    };
    let hash = "0123456789abcdef";
    for file in [
        "/t/release/deps/libkmod_core-0123456789abcdef.rlib",
        "/t/release/build/kmod-bindings-0123456789abcdef/out",
        "/t/release/build/kmod-bindings-0123456789abcdef/build-script-build",
    ] {
        assert_eq!(of(file), Some(("/t/release", hash)), "{file}");
    }
    // What cargo made for the user has no hash.
    for file in [
        "/t/release/libhello.a",
        "/t/release/deps/libhello.rlib",
        "/t/release/deps/hello-world",
    ] {
        assert_eq!(of(file), None, "{file}");
    }
}

/// Its library has in it where it was compiled, so that no two are the same to the compiler.
#[test]
fn a_library_is_taken_only_with_what_it_was_compiled_against() {
    let place = Place::new();
    place.package("base", "pub const OUT: &str = env!(\"OUT_DIR\");", "");
    place.write("base/build.rs", "fn main() {}");
    let of = |name: &str| {
        let path = place.path(name);
        format!("[dependencies]\n{name}.path = \"{}\"\n", path.display())
    };
    place.package("middle", "pub use base::OUT;", &of("base"));
    for user in ["a/user", "b/user", "c/user"] {
        place.package(user, "pub static OUT: &str = middle::OUT;", &of("middle"));
    }
    place.build("a/user");
    // One that took nothing, and gives a library that was compiled against its own.
    assert!(
        cargo(&place.path("b/user"))
            .output()
            .unwrap()
            .status
            .success()
    );
    place.write("middle/src/lib.rs", "pub use base::OUT as OUT;");
    assert_eq!(place.build("b/user"), set(&["middle", "user"]));
    // So a third compiles that itself.
    assert_eq!(place.build("c/user"), set(&["middle", "user"]));
    fs::remove_dir_all(place.path("c/user/target")).unwrap();
    assert_eq!(place.build("c/user"), set(&["user"]));
}
