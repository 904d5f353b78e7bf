// SPDX-License-Identifier: GPL-2.0-only
//! What a module hears of the end of its machine, after which no test there could look.

use std::path::Path;

use crate::support::kmod;

#[test]
fn a_module_hears_of_the_end_and_its_devices_are_shut_down() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let shut = "its device is shut down";
    for (command, heard) in [
        ("halt", ["power off", shut].as_slice()),
        ("reboot", &["restart", shut]),
        (
            "echo c > /proc/sysrq-trigger",
            &["heard of sysrq triggered crash"],
        ),
    ] {
        let run = ["run", "-p", "vm-hooks", "--"].into_iter();
        let args: Vec<&str> = run.chain(command.split(' ')).collect();
        let said = kmod(&workspace, &args).run();
        let mut rest = said.err.as_str();
        for words in heard {
            let words = format!("vm_hooks: {words}\n");
            let found = rest.split_once(&words);
            (_, rest) = found.unwrap_or_else(|| panic!("{command}: no {words:?} in {said:?}"));
        }
    }
}
