// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod decode` where there is nothing to decode, or nothing to do it by.

use std::fs;

use crate::support::kmod;

#[test]
fn what_is_missing_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("empty.log", "\n");
    write("none.log", "[    1.0] usb 1-1: new device\n");
    write("one.log", "[    1.0] RIP: 0010:_RNvCs1_1m1f+0x1/0x2 [m]\n");
    write("m.ko", "");
    for (args, code, words) in [
        (&["decode", "empty.log"][..], 2, "the log is empty"),
        (&["decode"], 2, "the log is empty"),
        (&["decode", "nowhere.log"], 2, "nowhere.log"),
        (
            &["decode", "none.log"],
            1,
            "does not tell of a function of a module",
        ),
        (
            &["decode", "one.log"],
            1,
            "there is no debug information of the module m",
        ),
        (
            &["decode", "one.log"],
            1,
            "= help: name the module that was loaded",
        ),
        (
            &["decode", "one.log", "-m", "m.ko"],
            2,
            "m.ko.debug is not there",
        ),
    ] {
        let said = kmod(folder.path(), args).run();
        assert_eq!(said.code, code, "{args:?}: {said:?}");
        assert!(said.err.contains(words), "{args:?}: {said:?}");
    }
    let said = kmod(folder.path(), &["decode", "one.log"]).run();
    assert_eq!(said.out, "[    1.0] RIP: 0010:m::f+0x1/0x2 [m]\n");
}
