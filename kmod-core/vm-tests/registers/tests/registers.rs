// SPDX-License-Identifier: GPL-2.0-only
//! Registers of each kind do what the same accesses do in C.

use std::fs::{self, OpenOptions};
use std::io::Write;

use kmod_test::{Parity, errno, load, load_twin};

const EINVAL: i32 = 22;

/// The nodes of the module and of its twin, without what they are of.
const NODES: [&str; 2] = ["/dev/vm_registers_", "/dev/vm_registers_c_"];

fn ask(path: &str, command: &str) -> Result<u64, i32> {
    let node = OpenOptions::new().write(true).open(path);
    errno(node.unwrap().write_all(command.as_bytes()))?;
    Ok(u64::from_str_radix(&fs::read_to_string(path).unwrap(), 16).unwrap())
}

/// What the module and its twin answer, which is the same.
fn answers<const N: usize>(of: &str, commands: [&str; N]) -> [Result<u64, i32>; N] {
    let seen = [false, true].map(|twin| {
        let module = if twin { load_twin(&[]) } else { load(&[]) };
        let module = module.unwrap();
        let node = format!("{}{of}0", NODES[usize::from(twin)]);
        let answers = commands.map(|command| ask(&node, command));
        drop(module);
        answers
    });
    let mut parity = Parity::default();
    for (step, command) in commands.iter().enumerate() {
        parity.case((*command).to_owned(), [seen[0][step], seen[1][step]]);
    }
    parity.end();
    seen[0]
}

#[test]
fn a_read_clears_and_a_one_clears() {
    let seen = answers(
        "nic",
        [
            "take",
            "raise 0x81",
            "take",
            "take",
            "raise 0x81",
            "clear 0x01",
            "take",
            "raise 0x80",
            "raise 0x01",
            "clear 0x00",
            "clear 0x80",
            "take",
            "reset",
        ],
    );
    // What was there before is nobody's business.
    let values = seen.map(|answer| answer.unwrap());
    assert_eq!(values[2..4], [0x81, 0]);
    assert_eq!(values[6], 0x80);
    assert_eq!(values[11..], [0x01, 0x84]);
}

#[test]
fn arrays_are_where_c_has_them() {
    let seen = answers(
        "nic",
        [
            "multicast 0x12345678 0",
            "multicast 0x9abcdef0 127",
            "multicast 1 128",
            "low 0x11223344 3",
            "low 0x55667788 15",
            "low 1 16",
            "high 0x5a",
            "high 0x0f",
            "nothing",
        ],
    );
    assert_eq!(seen[1], Ok(0x9abc_def0));
    assert_eq!([seen[2], seen[5], seen[8]], [Err(EINVAL); 3]);
    assert_eq!(seen[3], Ok(0x1122_3344));
    assert_eq!(seen[7].unwrap() & 0xff, 0x0f);
}

#[test]
fn all_widths_see_the_same_bytes() {
    let seen = answers(
        "memory",
        [
            "long 0x0102030405060708 3",
            "word 0xa0b0c0d0 6",
            "short 0xe0f0 12",
            "byte 0x77 24",
            "byte 0x100 24",
            "byte 1 256",
            "long 0xffffffffffffffff 31",
            "long 1 32",
            "short 0 127",
            "probed 0 0",
            "probed 0 1",
            "probed 0 2",
            "probed 0 3",
            "probed 0 4",
        ],
    );
    let big = [
        0x0304_0506_0708_090a,
        0x01,
        0x0201,
        0x0a09_0807_0605_0403,
        0x0e0d_0c0b,
    ];
    assert_eq!(seen[9..], big.map(Ok));
    assert_eq!([seen[4], seen[5], seen[7]], [Err(EINVAL); 3]);
}

#[test]
fn blocks_are_where_c_has_them() {
    let seen = answers(
        "memory",
        [
            "long 0 20",
            "long 0 21",
            "mode 0 1",
            "level 0x1234 1",
            "address 0x1122334455667788 1",
            "byte 0x55 0xa0",
            "level 1 4",
            "count",
            "level 0x1235 0",
        ],
    );
    assert_eq!(seen[3], Ok(0x1234));
    assert_eq!([seen[6], seen[7]], [Err(EINVAL), Ok(4)]);
}
