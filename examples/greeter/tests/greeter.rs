// SPDX-License-Identifier: GPL-2.0-only
//! Who has a terminal is greeted there, by the module and by its twin.

use kmod_test::{errno, is_loaded, load_named, module_path, program};

const ENXIO: i32 = 6;

const BOTH: [&str; 2] = ["greeter", "greeter_c"];

#[test]
fn who_has_a_terminal_is_greeted() {
    for name in BOTH {
        let mut terminal = program("terminal");
        let output = terminal.arg(module_path(name)).arg(name).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{name}: {output:?}");
        // The terminal makes a second return of what is not a raw one's.
        let lines: Vec<_> = said
            .lines()
            .map(|line| line.trim_end_matches('\r'))
            .collect();
        assert_eq!(lines, ["greeter: hello", "greeter: goodbye"], "{name}");
        assert!(!is_loaded(name));
    }
}

#[test]
fn who_has_none_is_told_so() {
    for name in BOTH {
        let loaded = load_named(name, &[]);
        assert_eq!(errno(loaded.map(drop)), Err(ENXIO), "{name}");
    }
}
