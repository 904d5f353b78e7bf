// SPDX-License-Identifier: GPL-2.0-only
//! A driver for chips on an SPI bus, by commands to a node. The chips are simulated by a controller of the twins'.
#![no_std]
#![forbid(unsafe_code)]

mod commands;

use kmod_core::prelude::*;

use commands::{BUFFER, Buffers, Node};

/// Drives what is on an SPI bus
#[kernel_module(
    name = "vm_spi",
    license = "GPL",
    params(
        /// The errno of the next `probe`, or 0
        #[param(perm = 0o644)]
        fail: u32 = 0,
    ),
)]
#[derive(Default)]
struct Module {
    #[spi_driver(
        name = "vm_spi",
        ids = ["vm-spi-chip" => Model::Small, "vm-spi-chip-2" => Model::Large],
    )]
    spi: Driver,
    #[platform_driver(name = "vm_spi_elsewhere", devices = 1)]
    elsewhere: DefaultDriver<Elsewhere>,
    /// No attribute: nobody opens it.
    inert: SpiHandle,
    /// What was read of a chip by `remove`, by `Drop`, and by whom no device knows; how many have gone.
    #[misc(mode = 0o444)]
    vm_spi_last: Last,
}

/// A device on another bus than what its struct has is of: it is not bound.
#[device]
#[derive(Default)]
struct Elsewhere {
    #[bus]
    spi: SpiHandle,
}

/// What was read of the last device to go, or the errno.
static REMOVED: AtomicU32 = AtomicU32::new(0);
static DROPPED: AtomicU32 = AtomicU32::new(0);
/// How many have gone.
static GONE: AtomicU32 = AtomicU32::new(0);

/// A number for what was read, or was not.
fn told(spi: &SpiHandle) -> u32 {
    let mut value = [0];
    match spi.write_then_read(&[0x81], &mut value) {
        Ok(()) => value[0].into(),
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
        let [removed, dropped, gone] =
            [&REMOVED, &DROPPED, &GONE].map(|count| count.load(Ordering::Relaxed));
        writeln!(to, "{removed:x} {dropped:x} {inert:x} {gone:x}")
    }
}

/// What the driver's ids say.
#[derive(Debug)]
enum Model {
    Small,
    Large,
}

#[derive(Default)]
struct Driver;

#[handlers]
impl SpiDriver for Driver {
    type Module = Module;
    type Device = Chip;
    type Id = Model;

    fn probe(&self, device: &SpiDevice<'_, Self>) -> Result<Chip> {
        match Module::params().fail() {
            0 => {}
            1 => return Err(EIO),
            _ => return Err(EPROBE_DEFER),
        }
        // A controller that is out of order says so.
        let mut first = [0];
        device.write_then_read(&[0x81], &mut first)?;
        let (name, id, line) = (device.name(), device.id(), device.chip_select()?);
        let known = ["vm-spi-chip", "vm-spi-chip-2", "other"].map(|name| device.is_named(name));
        let [first] = first;
        pr_info!("{name} at {line} is {id:?} {known:?}: {first:#x}");
        Ok(Chip {
            spi: SpiHandle::new(),
            poll: Work::default(),
            node: Node,
            answer: Mutex::new(KVec::new()),
            buffers: Mutex::new(Buffers {
                from: SpiBuffer::new(BUFFER)?,
                to: SpiBuffer::new(BUFFER)?,
            }),
            polls: AtomicU32::new(0),
        })
    }

    fn remove(&self, chip: &Chip) {
        REMOVED.store(told(&chip.spi), Ordering::Relaxed);
    }
}

#[device]
struct Chip {
    #[bus]
    spi: SpiHandle,
    /// Reads it until the device goes.
    #[work]
    poll: Work<Poll>,
    #[misc(name = "vm_spi{index}", mode = 0o666)]
    node: Node,
    answer: Mutex<KVec<u8>>,
    buffers: Mutex<Buffers>,
    polls: AtomicU32,
}

impl Drop for Chip {
    fn drop(&mut self) {
        DROPPED.store(told(&self.spi), Ordering::Relaxed);
        GONE.fetch_add(1, Ordering::Relaxed);
    }
}

#[derive(Default)]
struct Poll;

#[handlers]
impl WorkHandler for Poll {
    type Instance = Chip;

    fn run(&self, work: &WorkCall<'_, Self>) {
        let chip = work.instance();
        let mut value = [0];
        if let Err(error) = chip.spi.write_then_read(&[0x81], &mut value) {
            pr_err!("a work of a device that is there reads {error:?}");
        }
        chip.polls.fetch_add(1, Ordering::Relaxed);
        chip.poll.queue();
    }
}
