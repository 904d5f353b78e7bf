// SPDX-License-Identifier: GPL-2.0-only
//! A driver for chips on I2C and SPI whose registers are maps of the kernel's, by commands to a node. The chips are simulated
//! by the twins'.
#![no_std]
#![forbid(unsafe_code)]

mod commands;
mod maps;

use kmod_core::prelude::*;

use commands::{ByteNode, SpiNode, WordNode};
use maps::{Bytes, Words};

/// Drives chips by maps of their registers
#[kernel_module(name = "vm_regmap", license = "GPL")]
#[derive(Default)]
struct Module {
    #[i2c_driver(name = "vm_regmap", ids = ["vm-regmap-bytes"])]
    bytes: DefaultDriver<ByteChip>,
    #[i2c_driver(name = "vm_regmap_words", ids = ["vm-regmap-words"])]
    words: DefaultDriver<WordChip>,
    #[spi_driver(name = "vm_regmap_spi", ids = ["vm-regmap-spi"])]
    spi: DefaultDriver<SpiChip>,
    #[platform_driver(name = "vm_regmap_elsewhere", devices = 1)]
    elsewhere: DefaultDriver<Elsewhere>,
    /// No attribute: nobody opens it.
    inert: Regmap<Bytes>,
    /// What `Drop` and nobody's map read, and how many have gone.
    #[misc(mode = 0o444)]
    vm_regmap_last: Last,
}

/// A device on another bus than its map is on: it is not bound.
#[device]
#[derive(Default)]
struct Elsewhere {
    #[regmap(bus = i2c)]
    map: Regmap<Bytes>,
}

/// What `Drop` read, or the errno.
static DROPPED: AtomicU32 = AtomicU32::new(0);
/// How many have gone.
static GONE: AtomicU32 = AtomicU32::new(0);

/// A number for what was read, or was not.
fn told(map: &Regmap<Bytes>) -> u32 {
    match map.read(Bytes::LEVEL) {
        Ok(value) => value.into(),
        Err(error) => error.to_errno().unsigned_abs() << 8,
    }
}

#[derive(Default)]
struct Last;

#[file_operations]
impl FileOperations for Last {
    type Module = Module;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos > 0 {
            return Ok(());
        }
        let inert = told(&file.module().inert);
        let [dropped, gone] = [&DROPPED, &GONE].map(|count| count.load(Ordering::Relaxed));
        writeln!(to, "{dropped:x} {inert:x} {gone:x}")
    }
}

/// What a node answers.
type Answer = Mutex<KVec<u8>>;

#[device]
#[derive(Default)]
struct ByteChip {
    #[regmap(bus = i2c, cache = true)]
    map: Regmap<Bytes>,
    /// The same registers without a cache, one at a time.
    #[regmap(bus = i2c, name = "raw", single = true)]
    raw: Regmap<Bytes>,
    /// Reads and writes until the device goes.
    #[work]
    poll: Work<Poll>,
    #[misc(name = "vm_regmap{index}", mode = 0o666)]
    node: ByteNode,
    answer: Answer,
    polls: AtomicU32,
}

impl Drop for ByteChip {
    fn drop(&mut self) {
        DROPPED.store(told(&self.map), Ordering::Relaxed);
        GONE.fetch_add(1, Ordering::Relaxed);
    }
}

#[derive(Default)]
struct Poll;

#[handlers]
impl WorkHandler for Poll {
    type Instance = ByteChip;

    fn run(&self, work: &WorkCall<'_, Self>) {
        let chip = work.instance();
        let polls = chip.polls.fetch_add(1, Ordering::Relaxed);
        let [value, ..] = polls.to_le_bytes();
        let done = chip
            .map
            .write(Bytes::SCRATCH, value)
            .and_then(|()| chip.map.read(Bytes::LEVEL));
        // The chip may go from its bus before its device does.
        if done == Err(ENODEV) {
            pr_err!("a work of a device that is there has no map");
        }
        chip.poll.queue();
    }
}

#[device]
#[derive(Default)]
struct WordChip {
    #[regmap(bus = i2c, cache = true)]
    map: Regmap<Words>,
    #[misc(name = "vm_regmap_words{index}", mode = 0o666)]
    node: WordNode,
    answer: Answer,
}

#[device]
#[derive(Default)]
struct SpiChip {
    #[bus]
    spi: SpiHandle,
    #[regmap(bus = spi, cache = true, reg_bits = 16, pad_bits = 8, read_flag = 0x40, write_flag = 0x20)]
    map: Regmap<Words>,
    #[misc(name = "vm_regmap_spi{index}", mode = 0o666)]
    node: SpiNode,
    answer: Answer,
}
