// SPDX-License-Identifier: GPL-2.0-only
//! What sleeps where it must not, and what waits there for a lock for ever, is refused, and the chain of
//! calls is shown.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::ko::{Ko, PLAIN};
use crate::support::kmod;

const PLANTED: &str = include_str!("atomic/planted.rs");

/// The planted ones, by the words of the module's source that begin so.
fn named(begins: [&str; 2]) -> BTreeSet<&'static str> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let words = PLANTED.split(|c: char| !is_part(c));
    let named = words.filter(|word| begins.iter().any(|with| word.starts_with(with)));
    named.collect()
}

/// One module and a crate that it uses hold all of them: each build costs seconds.
#[test]
fn planted_sleeps_and_locks_are_found_and_nothing_else_is() {
    let folder = tempfile::tempdir().unwrap();
    kmod(folder.path(), &["new", "planted"]).run();
    let krate = folder.path().join("planted");
    let manifest = fs::read_to_string(krate.join("Cargo.toml")).unwrap();
    let core = manifest
        .lines()
        .find(|line| line.starts_with("kmod-core"))
        .unwrap();
    fs::create_dir_all(folder.path().join("other/src")).unwrap();
    let other = folder.path().join("other");
    fs::write(other.join("src/lib.rs"), include_str!("atomic/other.rs")).unwrap();
    fs::write(
        other.join("Cargo.toml"),
        format!(
            "[package]\nname = \"kmod-other\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
             [dependencies]\n{core}\n"
        ),
    )
    .unwrap();
    let with_other = format!("{core}\nkmod-other = {{ path = \"../other\" }}");
    let manifest = manifest.replace(core, &with_other);
    fs::write(krate.join("Cargo.toml"), manifest).unwrap();
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::copy(workspace.join("Cargo.lock"), krate.join("Cargo.lock")).unwrap();
    fs::write(krate.join("src/lib.rs"), PLANTED).unwrap();
    // What the framework's own modules need is not compiled again.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let said = kmod(&krate, &["build"])
        .env("CARGO_TARGET_DIR", target.as_os_str())
        .run();
    assert_ne!(said.code, 0, "{said:?}");
    for rule in ["error[atomic-sleep]: ", "error[atomic-lock]: "] {
        assert!(said.err.contains(rule), "{said:?}");
    }

    let (_, release) = said.err.split_once("as kernel ").unwrap();
    let (release, _) = release.split_once(' ').unwrap();
    let ko = target.join("kmod").join(release).join("planted/planted.ko");
    let ko = ko.display().to_string();
    let said = kmod(folder.path(), &["verify", &ko, "--format", "json"]).run();
    let report: Value = serde_json::from_str(&said.out).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let messages: Vec<&str> = findings
        .iter()
        .filter(|finding| finding["rule"].as_str().unwrap().starts_with("atomic-"))
        .map(|finding| finding["message"].as_str().unwrap())
        .collect();
    let holds = |name: &str| {
        let begin = format!("planted::{name}");
        messages.iter().any(|message| {
            let mut found = message.match_indices(&begin);
            found.any(|(at, _)| {
                let next = message[at + begin.len()..].chars().next();
                !next.is_some_and(|c| c.is_alphanumeric() || c == '_')
            })
        })
    };
    let all = format!("{messages:#?}");
    for name in named(["Bad", "bad_"]) {
        assert!(holds(name), "{name} is not found in {all}");
    }
    for name in named(["Good", "good_"]) {
        assert!(!holds(name), "{name} is refused in {all}");
    }
    for chain in [
        "planted::outer -> planted::inner -> msleep; instead: `udelay`",
        "<planted::Dropped as core::ops::drop::Drop>::drop -> msleep",
        "kmod_other::rests -> msleep",
        "a call by a pointer (`dyn`, `fn`) cannot be followed: kmod_core::timer::expired",
        "waits for a lock: ",
        "cannot be told whether an allocation may, whose flags are not known before: planted::bad_flags \
         -> planted::row_of -> kmod_alloc",
        "`kmod_alloc` allocates, and may sleep for it: planted::bad_constant -> kmod_alloc",
        "a timer's handler may have interrupted, on its own CPU, who holds a lock that is not for it: \
         kmod_core::timer::expired",
        "instead: keep its value in a `SpinLockBh`",
        "with a `SpinLockIrq` held, a lock is waited for whose holder may be interrupted by who waits \
         for the first: planted::bad_behind -> planted::takes -> ",
        "printk; instead: have it printed later (`pr_info!(deferred; ",
    ] {
        assert!(all.contains(chain), "no {chain:?} in {all}");
    }
}

/// A function in assembly, which does not return.
fn function(name: &str, body: &str) -> String {
    format!(
        "asm(\".pushsection .text\\n.type {name}, @function\\n{name}:\\n\"\n\"{body}\\n1: jmp 1b\\n\"\n\
         \".size {name}, .-{name}\\n.popsection\\n\");\n"
    )
}

/// Where the kernel may be in the middle of anything, no lock is taken, and nothing is allocated or freed; and
/// nothing printed, where it may be printing.
#[test]
fn who_is_called_anywhere_takes_no_lock_and_frees_nothing() {
    let found = |entry: &str| -> Vec<String> {
        let calls = [
            "call _raw_spin_lock_irqsave",
            "call _raw_spin_unlock_irqrestore",
            "call kfree",
            "call _printk",
        ];
        let said =
            Ko::c(&[PLAIN.to_owned(), function(entry, &calls.join("\\n"))].concat()).verify();
        let report: Value = serde_json::from_str(&said.out).unwrap();
        let findings = report["findings"].as_array().unwrap().iter();
        findings
            .filter(|finding| finding["rule"] == "atomic-lock")
            .map(|finding| finding["message"].as_str().unwrap().to_owned())
            .collect()
    };
    for entry in [
        "_RNvNtNtC9kmod_core6kprobe5entry13probe_entered",
        "_RNvNtNtC9kmod_core6kprobe8returned12call_entered",
        "_RNvNtNtC9kmod_core6kprobe8returned13call_returned",
        "_RNvNtNtC9kmod_core5trace5probe14tracepoint_hit",
    ] {
        let found = found(entry);
        assert_eq!(found.len(), 3, "{entry}: {found:?}");
        let prints = "-> _printk; instead: have it printed later (`pr_info!(deferred;";
        assert!(found.iter().any(|one| one.contains(prints)), "{found:?}");
    }
    let anywhere = found("_RNvNtC9kmod_core8notifier17notified_anywhere");
    let of = |what: &str| anywhere.iter().any(|message| message.contains(what));
    assert_eq!(anywhere.len(), 2, "{anywhere:?}");
    assert!(of("instead: keep its value in an atomic"), "{anywhere:?}");
    assert!(of("in the middle of `kfree`"), "{anywhere:?}");
    let within = found("_RNvNtC9kmod_core8notifier15notified_within");
    assert_eq!(within.len(), 3, "{within:?}");
    let in_atomic = found("_RNvNtC9kmod_core8notifier18notified_in_atomic");
    assert!(in_atomic.is_empty(), "{in_atomic:?}");
}

/// A lock is given back by a call that the kernel replaces, where its `spin_unlock()` is inline.
#[test]
fn a_lock_is_held_from_call_to_call() {
    let lock = "call _raw_spin_lock";
    let sleep = "call msleep";
    let given_back = "call *pv_ops+8(%rip)";
    let over_if = |callee| {
        let then = format!("2: call {callee}");
        [
            lock, "je 2f", given_back, "3:", sleep, "jmp 1f", &then, "jmp 3b",
        ]
        .join("\\n")
    };
    let source = [
        PLAIN.to_owned(),
        function(
            "_RNvC1m4good",
            &[sleep, lock, given_back, sleep].join("\\n"),
        ),
        function("_RNvC1m3bad", &[lock, sleep, given_back].join("\\n")),
        function(
            "_RNvC1m6branch",
            &[lock, "je 2f", given_back, "2:", sleep].join("\\n"),
        ),
        function(
            "_RNvC1m5order",
            &[
                lock,
                "call _raw_spin_lock_bh",
                lock,
                given_back,
                "call _raw_spin_unlock_bh",
                lock,
                given_back,
                given_back,
            ]
            .join("\\n"),
        ),
        function(
            "_RNvC1m4nest",
            &[
                lock,
                "call _raw_spin_lock_bh",
                "call _raw_spin_lock_irqsave",
                "call _raw_spin_unlock_irqrestore",
                "call _raw_spin_unlock_bh",
                lock,
                given_back,
                given_back,
            ]
            .join("\\n"),
        ),
        // Behind a call that does not return nothing follows, and the one that is called need not panic
        // itself.
        function(
            "_RNvC1m4over",
            &["2: call _RNvC1m4last", "jmp 2b"].join("\\n"),
        ),
        function(
            "_RNvC1m4last",
            &["je 2f", "call panic", "2: call __stack_chk_fail"].join("\\n"),
        ),
        function(
            "_RNvC1m4back",
            &["je 2f", "call panic", "2: ret"].join("\\n"),
        ),
        function("_RNvC1m4ends", &over_if("_RNvC1m4over")),
        function("_RNvC1m5comes", &over_if("_RNvC1m4back")),
        // In C's functions it is not looked for.
        function("plain_bad", &[lock, sleep, given_back].join("\\n")),
    ];
    let said = Ko::c(&source.concat()).verify();
    let report: Value = serde_json::from_str(&said.out).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let found: Vec<&str> = findings
        .filter(|finding| finding["rule"].as_str().unwrap().starts_with("atomic-"))
        .map(|finding| finding["message"].as_str().unwrap())
        .collect();
    let of = |name: &str| found.iter().any(|message| message.contains(name));
    assert_eq!(found.len(), 4, "{said:?}");
    assert!(of("m::comes -> msleep"), "{said:?}");
    assert!(of("m::bad -> msleep"), "{said:?}");
    assert!(of("m::branch -> msleep"), "{said:?}");
    assert!(of("m::order -> _raw_spin_lock;"), "{said:?}");
}
