// SPDX-License-Identifier: GPL-2.0-only
//! What a module and its twin in C hear of the end of their machine, after which no test there could look.

use std::path::Path;
use std::process::Command;

use crate::support::kmod;

/// What the console says of a module, in the order in which it was said.
fn said_by<'a>(module: &str, console: &'a str) -> Vec<&'a str> {
    let prefix = format!("{module}: ");
    let said = console.lines().filter_map(|line| {
        let (_, said) = line.split_once(&prefix)?;
        // The kernel's own words of a module that it does not know.
        (!said.contains("kernel")).then_some(said)
    });
    said.collect()
}

#[test]
fn a_module_hears_of_the_end_and_its_devices_are_shut_down_as_in_c() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let end = folder.path().join("end");
    let source = here.join("tests/host/ends/end.c");
    let mut compiler = Command::new("cc");
    compiler.args(["-static", "-o"]).args([&end, &source]);
    assert!(compiler.status().unwrap().success());
    let end = end.to_str().unwrap();
    let shut = ["its device is shut down", "its card is shut down"];
    for (how, heard) in [
        ("off", ["power off", shut[0], shut[1]].as_slice()),
        ("restart", &["restart", shut[0], shut[1]]),
        ("panic", &["heard of sysrq triggered crash"]),
    ] {
        let twin = "/modules/vm_hooks_c.ko";
        let args = ["run", "-p", "vm-hooks", "--", end, twin, how];
        let said = kmod(&here.join(".."), &args).run();
        let [ours, theirs] = ["vm_hooks", "vm_hooks_c"].map(|name| said_by(name, &said.err));
        assert_eq!(ours, heard, "{how}: {said:?}");
        assert_eq!(theirs, heard, "{how}: {said:?}");
    }
}
