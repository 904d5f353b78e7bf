// SPDX-License-Identifier: GPL-2.0-only
//! The verbs that boot a VM, on bad input: said before anything is built or booted.

use std::path::Path;

use crate::support::{kmod, module_crate};

const USAGE: i32 = 2;

#[test]
fn an_architecture_that_is_not_known_is_a_usage_error() {
    let krate = module_crate();
    let said = kmod(krate.path(), &["test", "--arch", "vax"]).run();
    assert_eq!(said.code, USAGE, "{said:?}");
    assert!(
        said.err.contains("vax") && said.err.contains("amd64, arm64 and riscv64"),
        "{said:?}"
    );
}

#[test]
fn a_kernel_of_another_architecture_than_asked_for_is_not_fetched() {
    let krate = module_crate();
    let cache = tempfile::tempdir().unwrap();
    let said = kmod(
        krate.path(),
        &["build", "--arch", "riscv64", "-k", "7.3-amd64"],
    )
    .env("XDG_CACHE_HOME", cache.path().as_os_str())
    .run();
    assert_eq!(said.code, USAGE, "{said:?}");
    for word in [
        "7.3-amd64 is for amd64",
        "--arch says riscv64",
        "6.12-riscv64",
    ] {
        assert!(said.err.contains(word), "no {word:?} in {said:?}");
    }
}

#[test]
fn a_shell_without_a_terminal_is_a_usage_error() {
    let krate = module_crate();
    let said = kmod(krate.path(), &["run"]).run();
    assert_eq!(said.code, USAGE, "{said:?}");
    assert!(said.err.contains("after `--`"), "{said:?}");
}

#[test]
fn a_crate_without_tests_is_told_how_to_get_one() {
    let krate = module_crate();
    let said = kmod(krate.path(), &["test"]).run();
    assert_eq!(said.code, USAGE, "{said:?}");
    assert!(said.err.contains("tests/NAME.rs"), "{said:?}");
}

#[test]
fn an_unknown_package_is_named() {
    let krate = module_crate();
    let said = kmod(krate.path(), &["test", "-p", "nobody"]).run();
    assert_eq!(said.code, USAGE, "{said:?}");
    assert!(said.err.contains("`nobody`"), "{said:?}");
}

#[test]
fn the_demo_says_where_it_runs() {
    let krate = module_crate();
    for dir in [krate.path(), Path::new("/")] {
        let said = kmod(dir, &["demo"]).run();
        assert_eq!(said.code, USAGE, "{said:?}");
        assert!(said.err.contains("git clone"), "{said:?}");
    }
}
