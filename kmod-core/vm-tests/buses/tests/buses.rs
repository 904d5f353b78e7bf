// SPDX-License-Identifier: GPL-2.0-only
//! Drivers for chips that are bound, unbound, refused and taken away while files are open, next to one in C.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::thread;

use kmod_test::{Loaded, Parity, errno, load, load_named, load_twin, modinfo, rounds, until};

const ENXIO: i32 = 6;
const ENODEV: i32 = 19;
const EINVAL: i32 = 22;
const EPROTO: i32 = 71;

const NODE: &str = "/dev/vm_buses_i2c0";

/// The driver, and its twin.
const DRIVERS: [&str; 2] = ["vm_buses_i2c", "vm_buses_c_i2c"];

/// The simulated adapter.
struct Adapter {
    module: Option<Loaded>,
    path: PathBuf,
    number: String,
}

impl Adapter {
    fn new() -> Self {
        let module = load_named("vm_buses_chip", &[]).unwrap();
        let number = fs::read_to_string("/sys/module/vm_buses_chip/parameters/number").unwrap();
        let number = number.trim().to_owned();
        Self {
            module: Some(module),
            path: Path::new("/sys/bus/i2c/devices").join(format!("i2c-{number}")),
            number,
        }
    }

    /// Makes a device, and says by which name sysfs knows it.
    fn device(&self, name: &str, address: u8) -> String {
        fs::write(
            self.path.join("new_device"),
            format!("{name} {address:#04x}"),
        )
        .unwrap();
        format!("{}-{address:04x}", self.number)
    }

    fn delete(&self, address: u8) {
        fs::write(self.path.join("delete_device"), format!("{address:#04x}")).unwrap();
    }
}

impl Drop for Adapter {
    fn drop(&mut self) {
        if let Some(module) = self.module.take() {
            drop(module);
        }
    }
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
    let mut text = [0; 128];
    let read = errno(file.read_at(&mut text, 0))?;
    Ok(String::from_utf8(text[..read].to_vec()).unwrap())
}

fn bind(driver: &str, what: &str, device: &str) -> Result<(), i32> {
    let driver = Path::new("/sys/bus/i2c/drivers").join(driver);
    errno(fs::write(driver.join(what), device))
}

fn is_bound(device: &str) -> bool {
    let device = Path::new("/sys/bus/i2c/devices").join(device);
    device.join("driver").exists()
}

/// What `remove`, `Drop` and nobody's client read, and how many have gone.
fn last() -> [u32; 4] {
    let text = fs::read_to_string("/dev/vm_buses_last").unwrap();
    let numbers = text
        .split_whitespace()
        .map(|n| u32::from_str_radix(n, 16).unwrap());
    numbers.collect::<Vec<_>>().try_into().unwrap()
}

/// The aliases in a module's file.
fn aliases(module: &str) -> BTreeSet<String> {
    modinfo(module, "alias=i2c:").unwrap()
}

#[test]
fn aliases_are_those_of_c() {
    let ours = aliases("vm_buses");
    assert_eq!(ours, aliases("vm_buses_c"));
    assert!(ours.contains("alias=i2c:vm-chip-2"), "{ours:?}");
}

#[test]
fn a_chip_is_read_and_written_as_from_c() {
    let commands = [
        "quick 0",
        "quick 1",
        "read_byte_data 1",
        "write_byte_data 2 0xfe",
        "read_byte_data 2",
        "write_word_data 4 0x1234",
        "read_word_data 4",
        "write_byte 4",
        "read_byte",
        "process_call 0 0x0ff0",
        "write_block 7 5",
        "read_block 7",
        "write_block 7 32",
        "read_block 7",
        "write_bytes 0x20 7",
        "read_bytes 0x1f 9",
        "read_bytes 0x10 32",
        "transfer 0x20 3",
        "transfer 0xff 2",
        "nothing",
    ];
    let mut answers = Vec::new();
    for (load, path) in [
        (load as fn(&[&str]) -> _, NODE),
        (load_twin, "/dev/vm_buses_c_i2c0"),
    ] {
        let module = load(&[]).unwrap();
        let adapter = Adapter::new();
        adapter.device("vm-chip", 0x50);
        answers.push(commands.map(|command| ask(path, command)));
        drop(adapter);
        drop(module);
    }
    let mut parity = Parity::default();
    for (step, command) in commands.iter().enumerate() {
        let both = [answers[0][step].clone(), answers[1][step].clone()];
        parity.case((*command).to_owned(), both);
    }
    parity.end();
    assert_eq!(answers[0][6], Ok("1234".to_owned()));
}

#[test]
fn what_is_too_long_or_empty_is_refused() {
    let _module = load(&[]).unwrap();
    let adapter = Adapter::new();
    adapter.device("vm-chip", 0x50);
    for command in [
        "write_block 7 0",
        "write_block 7 33",
        "read_bytes 0 0",
        "read_bytes 0 33",
        "write_bytes 0 0",
        "write_bytes 0 33",
        "receive 0 0",
    ] {
        assert_eq!(ask(NODE, command), Err(EINVAL), "{command}");
    }
    // What a transfer begins with decides where the next one reads.
    ask(NODE, "transfer 0x30 1").unwrap();
    assert_eq!(ask(NODE, "receive 0 2"), Ok("9497".to_owned()));
}

#[test]
fn a_chip_that_lies_about_lengths_is_not_believed() {
    let _module = load(&[]).unwrap();
    let adapter = Adapter::new();
    adapter.device("vm-chip-2", 0x51);
    assert_eq!(ask(NODE, "read_block 7"), Err(EPROTO));
    // It says 33, 255, and 0 bytes of 4.
    assert_eq!(ask(NODE, "read_bytes 33 4"), Err(EPROTO));
    assert_eq!(ask(NODE, "read_bytes 255 4"), Err(EPROTO));
    assert_eq!(ask(NODE, "read_bytes 0 4"), Ok(String::new()));
    // 32, of which four are wanted.
    assert_eq!(ask(NODE, "read_bytes 32 4"), Ok("85848786".to_owned()));
    assert_eq!(ask(NODE, "transfer 0 1"), Err(ENXIO));
}

#[test]
fn names_decide_which_devices_are_bound_as_in_c() {
    let seen = |load: fn(&[&str]) -> std::io::Result<Loaded>, name: &str| {
        let module = load(&[]).unwrap();
        let adapter = Adapter::new();
        let device = adapter.device("vm-chip", 0x50);
        let absent = adapter.device("vm-chip-2", 0x52);
        let others = [("vm-chip-3", 0x53), ("vm-chi", 0x54), ("x", 0x55)].map(|(name, address)| {
            let other = adapter.device(name, address);
            (is_bound(&other), bind(DRIVERS[0], "bind", &other).is_ok())
        });
        let seen = (
            is_bound(&device),
            is_bound(&absent),
            others,
            bind(name, "bind", &absent).is_err(),
            bind(name, "unbind", &device),
            is_bound(&device),
            bind(name, "unbind", &device),
            bind(name, "bind", &device),
            is_bound(&device),
        );
        drop(adapter);
        drop(module);
        seen
    };
    let ours = seen(load, DRIVERS[0]);
    assert_eq!(ours, seen(load_twin, DRIVERS[1]));
    assert!(ours.0 && !ours.1 && ours.8);
    assert_eq!(ours.2, [(false, false); 3]);
}

#[test]
fn a_failing_probe_says_why_as_in_c() {
    let seen = |load: fn(&[&str]) -> std::io::Result<Loaded>, name: &str| {
        let module = load(&["fail=1"]).unwrap();
        let adapter = Adapter::new();
        let device = adapter.device("vm-chip", 0x50);
        let failed = bind(name, "bind", &device);
        let parameter = name.trim_end_matches("_i2c");
        fs::write(format!("/sys/module/{parameter}/parameters/fail"), "0").unwrap();
        let later = bind(name, "bind", &device);
        drop(adapter);
        drop(module);
        (failed, later)
    };
    let ours = seen(load, DRIVERS[0]);
    assert_eq!(ours, seen(load_twin, DRIVERS[1]));
    assert!(ours.0.is_err() && ours.1.is_ok());
}

#[test]
fn a_device_on_another_bus_is_not_bound() {
    let _module = load(&[]).unwrap();
    let device = Path::new("/sys/bus/platform/devices/vm_buses_elsewhere");
    assert!(device.exists() && !device.join("driver").exists());
    let driver = Path::new("/sys/bus/platform/drivers/vm_buses_elsewhere/bind");
    assert_eq!(errno(fs::write(driver, "vm_buses_elsewhere")), Err(ENODEV));
}

#[test]
fn a_chip_is_there_until_the_last_handler_and_then_answers_enodev() {
    let module = load(&[]).unwrap();
    let adapter = Adapter::new();
    let device = adapter.device("vm-chip", 0x50);
    let file = open(NODE);
    bind(DRIVERS[0], "unbind", &device).unwrap();
    assert_eq!(errno((&file).write_all(b"read_byte_data 1")), Err(ENODEV));
    assert_eq!(last()[0], 0xa4);
    drop(file);
    until(|| last()[3] == 1);
    let enodev = ENODEV.unsigned_abs() << 8;
    assert_eq!(last(), [0xa4, enodev, enodev, 1]);
    drop(adapter);
    drop(module);
}

/// Takes the device away again and again, while its file is open and all of it runs.
fn again_and_again(
    mut away: impl FnMut(&mut Option<Adapter>),
    mut back: impl FnMut(&mut Option<Adapter>),
) {
    let module = load(&[]).unwrap();
    let mut adapter = Some(Adapter::new());
    let slow = "/sys/module/vm_buses_chip/parameters/slow";
    back(&mut adapter);
    let turns = rounds(10);
    for turn in 0..turns {
        fs::write(slow, if turn % 2 == 0 { "0" } else { "2" }).unwrap();
        let file = open(NODE);
        (&file).write_all(b"poll").unwrap();
        let busy = file.try_clone().unwrap();
        let busy = thread::spawn(move || {
            loop {
                if let Err(error) = errno((&busy).write_all(b"read_word_data 4")) {
                    break error;
                }
            }
        });
        if turn % 3 == 0 {
            until(|| ask(NODE, "polls").is_ok_and(|polls| polls != "00000000"));
        }
        away(&mut adapter);
        assert_eq!(busy.join().unwrap(), ENODEV, "turn {turn}");
        assert_eq!(errno((&file).read(&mut [0; 8])), Err(ENODEV));
        back(&mut adapter);
    }
    until(|| last()[3] == turns);
    drop(adapter);
    drop(module);
}

#[test]
fn a_device_is_taken_away_again_and_again() {
    again_and_again(
        |adapter| adapter.as_ref().unwrap().delete(0x50),
        |adapter| {
            adapter.as_ref().unwrap().device("vm-chip", 0x50);
        },
    );
}

#[test]
fn an_adapter_goes_with_its_chips_again_and_again() {
    again_and_again(
        |adapter| drop(adapter.take()),
        |adapter| {
            let adapter = adapter.get_or_insert_with(Adapter::new);
            adapter.device("vm-chip", 0x50);
        },
    );
}

#[test]
fn a_module_goes_while_its_chips_are_busy() {
    let adapter = Adapter::new();
    adapter.device("vm-chip", 0x50);
    for _ in 0..rounds(10) {
        let module = load(&[]).unwrap();
        ask(NODE, "poll").unwrap();
        until(|| ask(NODE, "polls").is_ok_and(|polls| polls != "00000000"));
        drop(module);
    }
}
