// SPDX-License-Identifier: GPL-2.0-only
//! Keys of a keyboard are counted, and one is kept back, by the module and by its twin.

use std::fs;

use kmod_test::{Uhid, load_named, set_sysctl, until};

/// A keyboard with the keys A to H, a bit each.
const KEYBOARD: &[u8] = &[
    0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x05, 0x07, 0x19, 0x04, 0x29, 0x0b, 0x15, 0x00, 0x25, 0x01,
    0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0xc0,
];

/// Codes of A and B.
const A: u32 = 30;
const B: u32 = 48;

const BOTH: [&str; 2] = ["keycount", "keycount_c"];

/// What is counted: pressed, held back, last.
fn counted(name: &str) -> Vec<u32> {
    let text = fs::read_to_string(format!("/proc/{name}")).unwrap();
    let numbers = text.lines().filter_map(|line| line.rsplit(' ').next());
    numbers.map(|number| number.parse().unwrap()).collect()
}

/// Presses keys, a bit each, and lets them go.
fn press(keyboard: &Uhid, keys: u8) {
    keyboard.send(&[keys]).unwrap();
    keyboard.send(&[0]).unwrap();
}

#[test]
fn keys_are_counted_and_one_is_held_back() {
    for name in BOTH {
        let _module = load_named(name, &[]).unwrap();
        let keyboard = Uhid::new(6, 0x1234, 0x5678, KEYBOARD).unwrap();
        // Nothing comes through before the console has it.
        until(|| {
            press(&keyboard, 1);
            counted(name)[0] > 0
        });
        until(|| counted(name)[2] == A);
        let before = counted(name)[0];
        for _ in 0..3 {
            press(&keyboard, 2);
        }
        until(|| counted(name) == [before + 3, 0, B]);
        set_sysctl(&format!("{name}/broken"), &A.to_string()).unwrap();
        press(&keyboard, 0b11);
        until(|| counted(name)[0] == before + 4);
        until(|| counted(name)[1] == 1);
        set_sysctl(&format!("{name}/broken"), "0").unwrap();
        press(&keyboard, 1);
        until(|| counted(name) == [before + 5, 1, A]);
    }
}

#[test]
fn it_goes_while_somebody_types() {
    let keyboard = Uhid::new(6, 0x1234, 0x5678, KEYBOARD).unwrap();
    for _ in 0..4 {
        for name in BOTH {
            let module = load_named(name, &[]).unwrap();
            until(|| {
                press(&keyboard, 0xff);
                counted(name)[0] > 20
            });
            drop(module);
        }
    }
}
