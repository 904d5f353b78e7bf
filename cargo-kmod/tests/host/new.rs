// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod new`: what it writes, what it refuses.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::kmod;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// The names of all templates, as the refusal of another one lists them.
fn templates() -> Vec<String> {
    let dir = folder();
    let said = kmod(dir.path(), &["new", "greet", "--template", "colour"]).run();
    assert_eq!(said.code, 2, "{said:?}");
    let (_, names) = said.err.split_once("[possible values: ").unwrap();
    let (names, _) = names.split_once(']').unwrap();
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    names.split(", ").map(str::to_owned).collect()
}

/// All files of a folder, but those that are this machine's.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let entries = entries.filter(|entry| entry.file_name() != ".cargo");
    let below = |path: PathBuf| match path.is_dir() {
        true => files(&path),
        false => vec![path],
    };
    entries.flat_map(|entry| below(entry.path())).collect()
}

/// Whether a text has a word between two `@`.
fn has_placeholder(text: &str) -> bool {
    let mut parts = text.split('@').skip(1);
    parts.any(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_uppercase()))
}

#[test]
fn a_crate_has_all_its_files_and_no_placeholder() {
    let dir = folder();
    for template in templates() {
        let said = kmod(dir.path(), &["new", &template, "--template", &template]).run();
        assert_eq!(said.code, 0, "{said:?}");
        let krate = dir.path().join(&template);
        for file in [
            "Cargo.toml",
            "LICENSE",
            "README.md",
            ".gitignore",
            ".vscode/settings.json",
            ".github/workflows/test.yml",
            ".gitlab-ci.yml",
        ] {
            assert!(krate.join(file).is_file(), "{template}: {file}");
        }
        for file in files(&krate) {
            let text = fs::read_to_string(&file).unwrap();
            assert!(!has_placeholder(&text), "{}: {text}", file.display());
        }
    }
    // What it is without a choice.
    kmod(dir.path(), &["new", "greet"]).run();
    let text = |file: &str| fs::read_to_string(dir.path().join(file)).unwrap();
    let chosen = text("misc/src/lib.rs").replace("misc\"", "greet\"");
    assert_eq!(
        text("greet/src/lib.rs"),
        chosen.replace("/dev/misc", "/dev/greet")
    );
}

#[test]
fn modules_forbid_unsafe_code() {
    let dir = folder();
    for template in templates() {
        kmod(dir.path(), &["new", &template, "--template", &template]).run();
    }
    let mut modules = 0;
    for file in files(dir.path()) {
        // Not what calls C for the module, which is a crate of its own.
        if file.ends_with("src/lib.rs") && !file.ends_with("sys/src/lib.rs") {
            let text = fs::read_to_string(&file).unwrap();
            assert!(text.contains("\n#![forbid(unsafe_code)]\n"), "{text}");
            modules += 1;
        }
    }
    assert_eq!(modules, templates().len() + 1, "a workspace has two");
}

/// What a workspace has once, its members have not.
#[test]
fn a_member_is_a_crate_only() {
    let dir = folder();
    kmod(dir.path(), &["new", "greet", "--template", "workspace"]).run();
    let root = dir.path().join("greet");
    let said = kmod(&root, &["new", "modules/more", "--template", "pci"]).run();
    assert_eq!(said.code, 0, "{said:?}");
    for module in ["more", "greet-device", "greet-settings"] {
        let module = root.join("modules").join(module);
        let has = |file: &str| module.join(file).exists();
        assert!(has("Cargo.toml") && has("Makefile") && has("src/lib.rs"));
        assert!(!has("LICENSE") && !has(".gitlab-ci.yml") && !has(".cargo"));
    }
}

/// The names of its modules are looked at before anything is written.
#[test]
fn a_workspace_whose_modules_have_no_names_is_not_written() {
    let dir = folder();
    let name = "a".repeat(50);
    let said = kmod(dir.path(), &["new", &name, "--template", "workspace"]).run();
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.err.contains("55 characters"), "{said:?}");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

/// What others get of it leads to no place of this machine; each machine says where it has the framework.
#[test]
fn it_is_the_same_for_everybody() {
    let dir = folder();
    kmod(dir.path(), &["new", "greet"]).run();
    let krate = dir.path().join("greet");
    let manifest = fs::read_to_string(krate.join("Cargo.toml")).unwrap();
    let version = format!("kmod-core = \"={}\"", env!("CARGO_PKG_VERSION"));
    assert!(
        manifest.contains(&version) && !manifest.contains("path"),
        "{manifest}"
    );
    let own = krate.join(".cargo");
    let config = || fs::read_to_string(own.join("config.toml")).unwrap();
    let written = config();
    assert!(written.contains("kmod-core\" }\nkmod-test"), "{written}");
    // git leaves it out.
    let git = Command::new("git")
        .arg("init")
        .arg("-q")
        .arg(&krate)
        .status();
    assert!(git.unwrap().success());
    let status = Command::new("git")
        .args(["status", "--porcelain", "--untracked-files=all"])
        .current_dir(&krate)
        .output()
        .unwrap();
    let status = String::from_utf8_lossy(&status.stdout).into_owned();
    assert!(
        status.contains("Cargo.toml") && !status.contains(".cargo"),
        "{status}"
    );
    // As with somebody else, at the first verb.
    fs::remove_dir_all(&own).unwrap();
    let verb = || kmod(&krate, &["build", "-k", "none"]).run();
    assert!(verb().err.contains("no kernel none"));
    assert_eq!(config(), written);
    // And after their clone has moved.
    let moved = written.replace(env!("CARGO_MANIFEST_DIR"), "/nowhere/cargo-kmod");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let moved = moved.replace(root.to_str().unwrap(), "/nowhere");
    fs::write(own.join("config.toml"), moved).unwrap();
    verb();
    assert_eq!(config(), written);
}

/// A workspace in `dir` that has a module of each template, by the strangest names.
fn one_of_each(dir: &Path) -> PathBuf {
    kmod(dir, &["new", "each-1", "--template", "workspace"]).run();
    let root = dir.join("each-1");
    for template in templates() {
        if template != "workspace" {
            let name = format!("modules/9-{template}");
            let said = kmod(&root, &["new", &name, "--template", &template]).run();
            assert_eq!(said.code, 0, "{said:?}");
        }
    }
    lock_as_the_framework(&root);
    root
}

#[test]
fn clippy_and_rustfmt_have_nothing_to_say() {
    let dir = folder();
    let root = one_of_each(dir.path());
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("new");
    let target = target.to_str().unwrap();
    for args in [
        &["fmt", "--all", "--check"][..],
        &[
            "clippy",
            "--quiet",
            "--workspace",
            "--all-targets",
            "--target-dir",
            target,
        ],
    ] {
        let mut cargo = Command::new(env!("CARGO"));
        let cargo = cargo.args(args).env("RUSTFLAGS", "-Dwarnings");
        let output = cargo.current_dir(&root).output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }
}

#[test]
fn all_templates_build_and_their_tests_pass_in_the_vm() {
    let tmp = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let dir = tempfile::tempdir_in(tmp).unwrap();
    let root = one_of_each(dir.path());
    let target = tmp.parent().unwrap().as_os_str();
    let run = kmod(&root, &["test", "--vm-only", "-k", "6.1"]);
    let said = run.env("CARGO_TARGET_DIR", target).run();
    assert_eq!(said.code, 0, "{said:?}");
    for template in templates() {
        let passed = format!("] 9-{template}::").replace("9-workspace", "each-1-device");
        let crates = [passed.replace("] 9-", "] module-9-"), passed];
        assert!(
            crates.iter().any(|name| said.out.contains(name)),
            "{template}: {said:?}"
        );
    }
}

#[test]
fn it_builds_and_its_tests_pass_in_the_vm_unchanged() {
    let tmp = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = tmp.join("new-in-vm");
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    // kbuild takes such a name, and makes `greet_2` of it.
    kmod(&folder, &["new", "greet-2"]).run();
    let krate = folder.join("greet-2");
    lock_as_the_framework(&krate);
    // What the framework's own tests in the VM compile is not compiled again.
    let target = tmp.parent().unwrap().as_os_str();
    let said = kmod(&krate, &["test"])
        .env("CARGO_TARGET_DIR", target)
        .run();
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.out.contains("2 passed, 0 failed"), "{said:?}");
}

/// The versions that the framework itself was tested with.
fn lock_as_the_framework(krate: &Path) {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, krate.join("Cargo.lock")).unwrap();
}

#[test]
fn below_another_workspace_it_stands_alone() {
    let dir = folder();
    fs::write(dir.path().join("Cargo.toml"), "[workspace]\nmembers = []\n").unwrap();
    let said = kmod(dir.path(), &["new", "greet"]).run();
    assert_eq!(said.code, 0, "{said:?}");
    let manifest = fs::read_to_string(dir.path().join("greet/Cargo.toml")).unwrap();
    assert!(manifest.contains("[workspace]"), "{manifest}");
}

#[test]
fn a_folder_that_exists_is_left_alone() {
    let dir = folder();
    fs::create_dir(dir.path().join("greet")).unwrap();
    let said = kmod(dir.path(), &["new", "greet"]).run();
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.err.contains("greet exists already"), "{said:?}");
    assert_eq!(fs::read_dir(dir.path().join("greet")).unwrap().count(), 0);
}

#[test]
fn a_name_that_kbuild_would_refuse_names_the_rule_and_a_better_one() {
    let dir = folder();
    for (name, rule, better) in [
        ("hello world", "letters, digits, _ and -", "`hello_world`"),
        (&"a".repeat(56), "55 characters", "= help: try"),
    ] {
        let said = kmod(dir.path(), &["new", name]).run();
        assert_eq!(said.code, 2, "{said:?}");
        assert!(
            said.err.contains(rule) && said.err.contains(better),
            "{said:?}"
        );
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn a_wrong_source_of_the_framework_is_told() {
    let dir = folder();
    let said = kmod(dir.path(), &["new", "greet", "--kmod-path", "/usr"]).run();
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.err.contains("--kmod-path"), "{said:?}");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

/// Cargo takes no such names: the crate is called otherwise.
#[test]
fn names_that_kbuild_takes_are_taken() {
    let dir = folder();
    for (name, krate) in [
        ("8250", "module-8250"),
        ("fn", "module-fn"),
        ("my-mod", "my-mod"),
    ] {
        let said = kmod(dir.path(), &["new", name]).run();
        assert_eq!(said.code, 0, "{said:?}");
        let text = |file: &str| fs::read_to_string(dir.path().join(name).join(file)).unwrap();
        assert!(text("Cargo.toml").contains(&format!("name = \"{krate}\"")));
        assert!(text("Makefile").contains(&format!("\nNAME := {name}\n")));
        let module = name.replace('-', "_");
        assert!(text("src/lib.rs").contains(&format!("name = \"{module}\",")));
    }
}
