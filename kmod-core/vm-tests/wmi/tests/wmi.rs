// SPDX-License-Identifier: GPL-2.0-only
//! Firmware's blocks are asked as from C, their answers are not believed, and their events end with them.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::thread;

use kmod_test::{Kmsg, Parity, errno, load, load_twin, modinfo, rounds, until};

const ENOENT: i32 = 2;
const EIO: i32 = 5;
const ENODEV: i32 = 19;
const EINVAL: i32 = 22;
const ENODATA: i32 = 61;
const ETIME: i32 = 62;
const EPROTO: i32 = 71;
const EOPNOTSUPP: i32 = 95;

const GUIDS: &str = "/dev/vm_wmi_guid";

/// The block of this number, whose nodes are numbered in the order of firmware's table.
fn node(block: usize) -> String {
    format!("/dev/vm_wmi{}", block - 1)
}

fn open(path: &str) -> File {
    OpenOptions::new()
        .read(true)
        .write(true)
        .open(path)
        .unwrap()
}

fn ask(path: &str, command: &str) -> Result<String, i32> {
    let mut file = open(path);
    errno(file.write_all(command.as_bytes()))?;
    let mut text = [0; 2048];
    let read = errno(file.read_at(&mut text, 0))?;
    Ok(String::from_utf8(text[..read].to_vec()).unwrap())
}

/// The device of a block.
fn device(block: usize) -> Option<PathBuf> {
    let guid = format!("7A1B3C5D-{block:04}-4E0F-8A9B-112233445566");
    let mut devices = fs::read_dir("/sys/bus/wmi/devices").unwrap();
    devices.find_map(|device| {
        let device = device.unwrap();
        let name = device.file_name().into_string().unwrap();
        name.starts_with(&guid).then(|| device.path())
    })
}

fn bind(what: &str, block: usize) -> Result<(), i32> {
    let device = device(block).unwrap();
    let name = device.file_name().unwrap().to_str().unwrap().to_owned();
    errno(fs::write(
        Path::new("/sys/bus/wmi/drivers/vm_wmi").join(what),
        name,
    ))
}

/// How many structs of blocks have gone since the module was loaded.
fn dropped() -> u32 {
    let text = ask(GUIDS, "gone").unwrap();
    text.split(' ').next().unwrap().parse().unwrap()
}

fn aliases(module: &str) -> BTreeSet<String> {
    modinfo(module, "alias=wmi").unwrap()
}

#[test]
fn aliases_are_those_of_c() {
    let ours = aliases("vm_wmi");
    assert_eq!(ours, aliases("vm_wmi_c"));
    assert!(
        ours.contains("alias=wmi:7A1B3C5D-0005-4E0F-8A9B-112233445566"),
        "{ours:?}"
    );
}

#[test]
fn blocks_are_asked_as_from_c() {
    // The block, and what is asked of it.
    let cases = [
        (2, "evaluate 0 1 0102030405"),
        (2, "evaluate 0 1"),
        (2, "evaluate 1 10 00"),
        (2, "evaluate 2 10 00"),
        (2, "evaluate 3 10 00"),
        (2, "evaluate 0 2 00"),
        (2, "evaluate 0 3 00"),
        (2, "evaluate 0 4 00"),
        (2, "evaluate 0 5 00"),
        (2, "evaluate 0 6 00"),
        (2, "evaluate 0 7 00"),
        (2, "evaluate 0 8 00"),
        (2, "evaluate 0 9 001122"),
        (2, "evaluate 0 11 00"),
        (2, "evaluate 0 12 00"),
        (2, "evaluate 0 13 00"),
        (2, "evaluate 0 99 00"),
        (2, "procedure 0 1"),
        (2, "procedure 0 8"),
        (2, "procedure 3 1"),
        (2, "four 0 1 0102030405"),
        (2, "four 0 2"),
        (2, "four 0 3"),
        (2, "sixteen 0 3"),
        (2, "sixteen 0 4"),
        (2, "four 0 5"),
        (2, "four 0 6"),
        (2, "two 0 6"),
        (2, "two 0 7"),
        (2, "two 0 8"),
        (2, "two 0 11"),
        (2, "two 0 12"),
        (2, "four 0 13"),
        (2, "query 0"),
        (2, "set 0 0 01"),
        (3, "set 0 0 0a0b0c"),
        (3, "query 0"),
        (3, "query 9"),
        (3, "set 9 0 01"),
        (3, "evaluate 0 1 01"),
        (4, "query 0"),
        (4, "query 2"),
        (4, "set 0 0 01"),
        (1, "query 0"),
        (1, "evaluate 0 1 01"),
        (1, "set 0 0 01"),
    ];
    let mut answers = Vec::new();
    for (load, path) in [
        (load as fn(&[&str]) -> _, "/dev/vm_wmi"),
        (load_twin, "/dev/vm_wmi_c"),
    ] {
        let module = load(&[]).unwrap();
        answers.push(cases.map(|(block, command)| ask(&format!("{path}{}", block - 1), command)));
        drop(module);
    }
    let mut parity = Parity::default();
    for (step, (block, command)) in cases.iter().enumerate() {
        let both = [answers[0][step].clone(), answers[1][step].clone()];
        // Old kernels have nothing that knows how many bytes there are.
        if both[1] != Err(EOPNOTSUPP) {
            parity.case(format!("{block}: {command}"), both);
        }
    }
    parity.end();
    let answer = |command| {
        let step = cases.iter().position(|(_, one)| *one == command).unwrap();
        answers[0][step].clone()
    };
    let ok = |text: &str| Ok(text.to_owned());
    assert_eq!(answer("evaluate 0 1 0102030405"), ok("<0102030405> "));
    assert_eq!(answer("evaluate 0 8 00"), Err(EIO));
    assert_eq!(answer("evaluate 3 10 00"), Err(EINVAL));
    assert_eq!(answer("four 0 1 0102030405"), ok("01020304"));
    assert_eq!(answer("four 0 2"), ok("44332211"));
    assert_eq!(answer("four 0 3"), ok("06006800"));
    // More bytes than there are.
    assert_eq!(answer("sixteen 0 3"), Err(ENODATA));
    // A number, three bytes, a string at an even byte, a number at a fourth.
    assert_eq!(
        answer("sixteen 0 4"),
        ok("01000000020304000400780000000000")
    );
    for command in ["four 0 5", "two 0 7"] {
        assert_eq!(answer(command), Err(EPROTO), "{command}");
    }
    for command in ["four 0 6", "two 0 11", "two 0 12"] {
        assert_eq!(answer(command), Err(ENODATA), "{command}");
    }
    assert_eq!(answer("two 0 6"), ok("0102"));
    assert_eq!(answer("four 0 13"), ok("0800ff00"));
}

#[test]
fn events_tell_what_they_tell_in_c() {
    // What fires, the block that is told, and what.
    let cases = [
        ("procedure 0 20 aabbcc", 1),
        ("procedure 0 21", 1),
        ("procedure 0 22", 5),
        ("procedure 0 24", 1),
    ];
    let mut answers = Vec::new();
    for (load, path) in [
        (load as fn(&[&str]) -> _, "/dev/vm_wmi"),
        (load_twin, "/dev/vm_wmi_c"),
    ] {
        let module = load(&[]).unwrap();
        answers.push(cases.map(|(fire, block)| {
            let told = format!("{path}{}", block - 1);
            ask(&told, "ready").unwrap();
            ask(&format!("{path}1"), fire).unwrap();
            ask(&told, "wait").unwrap()
        }));
        // Nobody's.
        ask(&format!("{path}1"), "procedure 0 23").unwrap();
        drop(module);
    }
    for (ours, theirs) in answers[0].iter().zip(&answers[1]) {
        // Ours say what they are as two bytes, too.
        assert!(ours.starts_with(theirs.as_str()), "{ours}: {theirs}");
    }
    let typed = ["Ok([aa, bb])", "Ok([78, 56])", "Ok([81, 0])", "Err(EPROTO)"];
    for (ours, typed) in answers[0].iter().zip(typed) {
        assert!(ours.ends_with(typed), "{ours}: {typed}");
    }
}

#[test]
fn ids_decide_which_blocks_are_bound() {
    let mut log = Kmsg::mark().unwrap();
    let module = load(&[]).unwrap();
    let lines = log.lines().unwrap();
    for text in [
        "is events: Err(EIO)",
        "is methods: Ok(11223344)",
        "is costly: Err(EIO)",
    ] {
        assert!(lines.iter().any(|line| line.contains(text)), "{lines:?}");
    }
    let bound = [1, 2, 3, 4, 5, 7].map(|block| device(block).unwrap().join("driver").exists());
    assert_eq!(bound, [true, true, true, true, true, false]);
    // Firmware's table promises what is not there: old kernels have a device of it.
    if device(6).is_some() {
        assert!(
            lines
                .iter()
                .any(|line| line.contains("missing: Err(ENOENT)"))
        );
        assert_eq!(ask(&node(6), "evaluate 0 1 00"), Err(ENOENT));
    }
    assert!(bind("bind", 7).is_err());
    let by_hand = device(7).unwrap().join("driver_override");
    if by_hand.exists() {
        fs::write(&by_hand, "vm_wmi").unwrap();
        assert_eq!(bind("bind", 7), Err(ENODEV));
        fs::write(&by_hand, "\n").unwrap();
    }
    drop(module);
}

#[test]
fn a_block_is_asked_by_its_guid() {
    let module = load(&[]).unwrap();
    let ok = |text: &str| Ok(text.to_owned());
    assert_eq!(ask(GUIDS, "gone"), ok("0 [true, true, false]"));
    assert_eq!(ask(GUIDS, "methods four 0 2"), ok("44332211"));
    assert_eq!(ask(GUIDS, "methods evaluate 0 3 00"), ok("'6869' "));
    assert_eq!(ask(GUIDS, "methods procedure 0 8"), Err(EIO));
    assert_eq!(ask(GUIDS, "undriven query 0"), ok("'6c656674' "));
    assert_eq!(ask(GUIDS, "undriven six 0"), ok("0a006c006500"));
    assert_eq!(ask(GUIDS, "undriven query 1"), Err(EIO));
    assert_eq!(ask(GUIDS, "undriven query 9"), Err(EINVAL));
    assert_eq!(ask(GUIDS, "undriven set 0 0 01"), Err(ENOENT));
    for command in ["four 0 2", "query 0", "set 0 0 01", "procedure 0 1"] {
        assert_eq!(ask(GUIDS, &format!("nowhere {command}")), Err(ENODEV));
    }
    drop(module);
}

#[test]
fn the_embedded_controller_is_asked_as_from_c() {
    // From now on nobody else reads its answers.
    let driver = Path::new("/sys/bus/platform/drivers/i8042");
    if driver.join("i8042").exists() {
        fs::write(driver.join("unbind"), "i8042").unwrap();
    }
    let commands = [
        // Of a keyboard controller: its self-test; what is read is what was written; a byte too many.
        "ec do 0xaa 1",
        "ec do 0xd2 1 5a",
        "ec do 0xd2 1 00",
        "ec do 0xd2 2 5a",
        // A byte for the keyboard, which it answers with the same, as a value at an address.
        "ec read 0xee",
        "ec do 0xaa 1",
    ];
    let mut parity = Parity::default();
    let mut answers = Vec::new();
    for (load, path) in [
        (load as fn(&[&str]) -> _, GUIDS),
        (load_twin, "/dev/vm_wmi_c0"),
    ] {
        let module = load(&[]).unwrap();
        answers.push(commands.map(|command| ask(path, command)));
        drop(module);
    }
    for (step, command) in commands.iter().enumerate() {
        let both = [answers[0][step].clone(), answers[1][step].clone()];
        parity.case((*command).to_owned(), both);
    }
    parity.end();
    let ok = |text: &str| Ok(text.to_owned());
    assert_eq!(answers[0][..3], [ok("55"), ok("5a"), ok("00")]);
    assert_eq!(answers[0][3], Err(ETIME));
    let module = load(&[]).unwrap();
    // C keeps the lengths in bytes, and would have sent none.
    for command in ["ec long 0xaa", "ec much 0xaa"] {
        assert_eq!(ask(GUIDS, command), Err(EINVAL), "{command}");
    }
    drop(module);
}

#[test]
fn a_block_is_there_until_the_last_handler_and_then_answers_enodev() {
    let module = load(&[]).unwrap();
    let file = open(&node(3));
    bind("unbind", 3).unwrap();
    assert_eq!(errno((&file).write_all(b"query 0")), Err(ENODEV));
    assert_eq!(dropped(), 0);
    drop(file);
    until(|| dropped() == 1);
    drop(module);
}

#[test]
fn a_block_goes_while_firmware_tells_of_events() {
    let module = load(&[]).unwrap();
    let turns = rounds(10);
    for turn in 0..turns {
        // Each second time its handler sleeps until the block goes.
        let command: &[u8] = if turn % 2 == 0 {
            b"methods procedure 0 20 aabb"
        } else {
            b"methods procedure 0 20 dddd"
        };
        let busy = thread::spawn(move || {
            let mut file = open(GUIDS);
            for _ in 0..50 {
                file.write_all(command).unwrap();
            }
        });
        until(|| ask(&node(1), "count").is_ok_and(|events| events != "0"));
        bind("unbind", 1).unwrap();
        busy.join().unwrap();
        bind("bind", 1).unwrap();
    }
    until(|| dropped() == turns);
    drop(module);
}

#[test]
fn a_module_goes_while_firmware_tells_of_events() {
    for _ in 0..rounds(5) {
        let module = load(&[]).unwrap();
        for _ in 0..10 {
            ask(GUIDS, "methods procedure 0 20 aabb").unwrap();
            ask(GUIDS, "methods procedure 0 22").unwrap();
        }
        ask(GUIDS, "methods procedure 0 20 dddd").unwrap();
        until(|| ask(&node(1), "count").is_ok_and(|events| events != "0"));
        drop(module);
    }
}
