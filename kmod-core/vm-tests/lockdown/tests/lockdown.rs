// SPDX-License-Identifier: GPL-2.0-only
//! What a locked-down kernel refuses. There is no way back, so this is all that this VM does.

use std::fs::{self, OpenOptions};
use std::process::Command;

use kmod_test::{Kmsg, Parity, errno, load, load_twin, mount, param_of, set_param_of};

const EPERM: i32 = 1;
const EKEYREJECTED: i32 = 129;

const MODULE: &str = "vm_lockdown";

/// A parameter, what it is first, what it is set to before the lockdown, and after it.
const PARAMS: [(&str, &str, &str, &str); 4] = [
    ("irq", "5", "7", "9"),
    ("ports", "1016", "760,744", "1"),
    ("other", "N", "Y", "N"),
    ("plain", "1", "2", "3"),
];

/// Sets a parameter of both, and says what came of it.
fn set(parity: &mut Parity, name: &str, value: &str) -> (Result<(), i32>, String) {
    let both = [MODULE.to_owned(), format!("{MODULE}_c")].map(|module| {
        let set = errno(set_param_of(&module, name, value));
        (set, param_of(&module, name).unwrap())
    });
    parity.case(format!("{name}={value}"), both.clone());
    let [ours, _] = both;
    ours
}

/// Opens a file of both in debugfs, and says what came of it.
fn debugfs(parity: &mut Parity, name: &str, write: bool) -> Result<(), i32> {
    let both = [MODULE.to_owned(), format!("{MODULE}_c")].map(|module| {
        let path = format!("/sys/kernel/debug/{module}/{name}");
        errno(OpenOptions::new().read(!write).write(write).open(path)).map(drop)
    });
    parity.case(format!("{name}, write: {write}"), both);
    let [ours, _] = both;
    ours
}

#[test]
fn parameters_of_hardware_are_not_set_in_a_locked_down_kernel() {
    let module = load(&["irq=5"]).unwrap();
    let twin = load_twin(&["irq=5"]).unwrap();
    let mut parity = Parity::default();
    for (name, first, before, _) in PARAMS {
        assert_eq!(param_of(MODULE, name).unwrap(), first);
        let done = set(&mut parity, name, before);
        assert_eq!(done, (Ok(()), before.to_owned()));
    }
    for name in ["fixed", "number"] {
        assert_eq!(debugfs(&mut parity, name, false), Ok(()));
    }
    assert_eq!(debugfs(&mut parity, "number", true), Ok(()));
    let securityfs = mount("securityfs").unwrap();
    fs::write(securityfs.path().join("lockdown"), "integrity").unwrap();
    for (name, _, before, after) in PARAMS {
        let done = set(&mut parity, name, after);
        let expected = if name == "plain" {
            (Ok(()), after)
        } else {
            (Err(EPERM), before)
        };
        assert_eq!(done, (expected.0, expected.1.to_owned()), "{name}");
    }
    // What nobody may write can still be read; what somebody may is closed, to readers, too.
    assert_eq!(debugfs(&mut parity, "fixed", false), Ok(()));
    assert_eq!(debugfs(&mut parity, "number", false), Err(EPERM));
    assert_eq!(debugfs(&mut parity, "number", true), Err(EPERM));
    // A bad value is refused for the same reason: nobody has looked at it.
    let bad = set(&mut parity, "irq", "many");
    assert_eq!(bad, (Err(EPERM), "7".to_owned()));
    // Neither of them is signed.
    drop((module, twin));
    let loaded = [errno(load(&[])).map(drop), errno(load_twin(&[])).map(drop)];
    assert_eq!(loaded[0], Err(EPERM));
    parity.case("load".to_owned(), loaded);
    only_signed_modules_are_loaded(&mut parity);
    parity.end();
}

/// From here on, the kernel asks for signatures by its own parameter.
fn only_signed_modules_are_loaded(parity: &mut Parity) {
    set_param_of("module", "sig_enforce", "1").unwrap();
    let mut log = Kmsg::mark().unwrap();
    let loaded = [errno(load(&[])).map(drop), errno(load_twin(&[])).map(drop)];
    assert_eq!(loaded[0], Err(EKEYREJECTED));
    parity.case("load, sig_enforce".to_owned(), loaded);
    let lines = log.lines().unwrap();
    let refused = |line: &&String| line.contains("Loading of unsigned module is rejected");
    assert_eq!(lines.iter().filter(refused).count(), 2, "{lines:?}");
    // `cargo kmod run` says it in words.
    let mut insmod = Command::new("/kmod-init");
    let insmod = insmod.args(["insmod", MODULE]).env("KMOD_GUEST", "1");
    let output = insmod.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        !output.status.success() && said.contains("takes signed modules only"),
        "{said}"
    );
}
