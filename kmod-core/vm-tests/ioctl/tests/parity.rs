// SPDX-License-Identifier: GPL-2.0-only
//! The same commands with the same arguments to the module and to its C twin: what `ioctl(2)`
//! returns, what the memory holds afterwards, and what the device holds, are the same.

use std::fs::{File, OpenOptions};

use kmod_test::{IoctlMemory, Loaded, Parity, errno, ioctl, load, load_twin};

const NONE: u32 = 0;
const WRITE: u32 = 1;
const READ: u32 = 2;

const fn ioc(dir: u32, magic: u8, nr: u32, size: u32) -> u32 {
    dir << 30 | size << 16 | (magic as u32) << 8 | nr
}

/// The commands with an address: direction, number and size.
const COMMANDS: [(u32, u32, u32); 13] = [
    (READ, 2, 1),
    (READ, 3, 2),
    (READ, 4, 4),
    (READ, 5, 8),
    (READ, 6, 12),
    (WRITE, 2, 1),
    (WRITE, 3, 2),
    (WRITE, 4, 4),
    (WRITE, 5, 8),
    (WRITE, 6, 12),
    (READ | WRITE, 7, 12),
    (READ | WRITE, 255, 7),
    (WRITE, 9, 12),
];

const RESET: u32 = ioc(NONE, b'k', 0, 0);
const ADD: u32 = ioc(NONE, b'k', 1, 0);

/// Addresses that are no memory of the process: NULL, low, the kernel's, the last.
const NOWHERE: [usize; 6] = [
    0,
    1,
    4096,
    0xffff_8000_0000_0000,
    0xffff_ffff_8100_0000,
    usize::MAX,
];

/// The module's device and the twin's.
struct Sides {
    // Closed before the modules are unloaded.
    files: [File; 2],
    _modules: [Loaded; 2],
    parity: Parity,
}

/// What an input came to: the result, the memory afterwards, and the device's numbers.
type Outcome = (Result<u32, i32>, Vec<u8>, Vec<u8>);

impl Sides {
    fn new(device: &str) -> Self {
        let modules = [load(&[]).unwrap(), load_twin(&[]).unwrap()];
        let files = [device.to_owned(), format!("{device}_c")].map(|name| {
            let path = format!("/dev/{name}");
            OpenOptions::new()
                .read(true)
                .write(true)
                .open(path)
                .unwrap()
        });
        Self {
            files,
            _modules: modules,
            parity: Parity::default(),
        }
    }

    fn case(&mut self, input: String, run: impl Fn(&File) -> Outcome) {
        let outcomes = [run(&self.files[0]), run(&self.files[1])];
        self.parity.case(input, outcomes);
    }

    fn number(&mut self, cmd: u32, arg: usize) {
        self.case(format!("{cmd:#x} with {arg:#x}"), |file| {
            (errno(ioctl(file, cmd, arg)), Vec::new(), state(file))
        });
    }

    fn memory(&mut self, cmd: u32, bytes: &[u8], read_only: bool) {
        let kind = if read_only { "read-only" } else { "writable" };
        self.case(format!("{cmd:#x} with {kind} {bytes:x?}"), |file| {
            let memory = if read_only {
                IoctlMemory::read_only(bytes).unwrap()
            } else {
                IoctlMemory::new(bytes).unwrap()
            };
            (errno(memory.ioctl(file, cmd)), memory.bytes(), state(file))
        });
    }
}

/// All that can be read from a device, which has these commands or none.
fn state(file: &File) -> Vec<u8> {
    let mut state = Vec::new();
    let mut memory = IoctlMemory::new(&[0; 12]).unwrap();
    for (dir, nr, size) in COMMANDS {
        memory.fill(&[0; 12]);
        if dir == READ && memory.ioctl(file, ioc(READ, b'k', nr, size)).is_ok() {
            state.extend(memory.bytes());
        }
    }
    let counter = ioctl(file, ADD, 0).unwrap_or_default();
    state.extend(counter.to_ne_bytes());
    state
}

/// Numbers without an order, the same in each run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.next() as u8)
    }
}

#[test]
fn memory_of_every_length() {
    let mut sides = Sides::new("vm_ioctl");
    let mut random = Random(1);
    for (dir, nr, size) in COMMANDS {
        let cmd = ioc(dir, b'k', nr, size);
        // Behind the last byte nothing is mapped: of a shorter memory, a part is missing.
        for length in 0..=16 {
            let bytes: [u8; 16] = random.bytes();
            sides.memory(cmd, &bytes[..length], false);
            sides.memory(cmd, &bytes[..length], true);
        }
        for address in NOWHERE {
            sides.number(cmd, address);
        }
    }
    sides.parity.end();
}

#[test]
fn values_of_every_kind() {
    let mut sides = Sides::new("vm_ioctl");
    let mut random = Random(2);
    for (dir, nr, size) in COMMANDS {
        let cmd = ioc(dir, b'k', nr, size);
        for fill in [0, 1, 0x7f, 0x80, 0xff] {
            sides.memory(cmd, &[fill; 12], false);
        }
        for _ in 0..16 {
            let bytes: [u8; 12] = random.bytes();
            sides.memory(cmd, &bytes, false);
        }
    }
    for arg in [0, 1, 2, 0xfff, 0xffff, usize::MAX, usize::MAX - 1, 1 << 63] {
        sides.number(ADD, arg);
        sides.number(RESET, arg);
        sides.number(ADD, arg);
    }
    sides.parity.end();
}

/// Commands that have no handler, or that of another; the device's numbers are compared at the end.
fn numbers(device: &str) {
    let mut sides = Sides::new(device);
    let mut random = Random(3);
    let mut memory = IoctlMemory::new(&[0; 64]).unwrap();
    let mut commands = Vec::new();
    for size in 0..=64 {
        for dir in [NONE, WRITE, READ, READ | WRITE] {
            commands.extend([2, 6, 255].map(|nr| ioc(dir, b'k', nr, size)));
        }
    }
    for nr in 0..=255 {
        commands.extend([
            ioc(NONE, b'k', nr, 0),
            ioc(READ, b'k', nr, 4),
            ioc(WRITE, b'k', nr, 12),
            ioc(READ | WRITE, 0xc7, nr, 1056),
            ioc(READ, b'k' - 1, nr, 4),
            ioc(WRITE, b'k' + 1, nr, 4),
        ]);
    }
    commands.extend((0..200).map(|_| random.next() as u32));
    // What the kernel takes for itself, and what terminals and others have.
    commands.extend([
        0x5401,
        0x5421,
        0x5450,
        0x5451,
        0x5452,
        0x5460,
        0x541b,
        2,
        0xc004_5877,
    ]);
    for cmd in commands {
        let bytes: [u8; 64] = random.bytes();
        let outcomes = [0, 1].map(|side| {
            memory.fill(&bytes);
            let result = errno(memory.ioctl(&sides.files[side], cmd));
            (result, memory.bytes())
        });
        sides.parity.case(format!("{cmd:#x}"), outcomes);
    }
    sides.case("the numbers".to_owned(), |file| {
        (Ok(0), Vec::new(), state(file))
    });
    sides.parity.end();
}

#[test]
fn numbers_that_no_command_has() {
    numbers("vm_ioctl");
}

#[test]
fn numbers_that_no_boxed_command_has() {
    numbers("vm_ioctl_boxed");
}

#[test]
fn numbers_for_a_device_without_commands() {
    numbers("vm_ioctl_none");
}

#[test]
fn payloads_in_boxes() {
    const SIZE: u32 = 24 + 1024 + 8;
    let mut sides = Sides::new("vm_ioctl_boxed");
    let mut random = Random(4);
    let commands = [
        ioc(READ | WRITE, 0xc7, 0, SIZE),
        ioc(WRITE, 0xc7, 1, SIZE),
        ioc(READ, 0xc7, 2, SIZE),
        ioc(READ, 0xc7, 2, SIZE),
        ioc(READ, 0xc7, 3, 16383),
    ];
    for cmd in commands {
        for address in NOWHERE {
            sides.number(cmd, address);
        }
    }
    for round in 0..8 {
        for cmd in commands {
            let bytes: [u8; SIZE as usize] = random.bytes();
            let lengths = [SIZE as usize, SIZE as usize - 1, 1, 0];
            for length in lengths {
                sides.memory(cmd, &bytes[..length], round % 2 == 1);
            }
        }
        sides.memory(commands[4], &[0; 16383], false);
        sides.memory(commands[4], &[0; 16382], false);
    }
    sides.parity.end();
}
