// SPDX-License-Identifier: GPL-2.0-only
//! A module of several devices, each with some of the handlers.
#![no_std]
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

/// Several devices.
#[kernel_module(
    name = "vm_chrdev",
    license = "GPL",
    description = "Devices for the tests",
    params(
        /// How many lanes there are
        #[param(range = 1..=8)]
        lanes: i16 = 2,
    ),
)]
struct Devices {
    /// Digits without an end; can only be read.
    #[chrdev(name = "vm_digits", mode = 0o444)]
    digits: Digits,
    /// Can only be sought, and is always at one place.
    #[chrdev(name = "vm_place", mode = 0o600)]
    place: Place,
    /// A file of fixed size.
    #[chrdev(name = "vm_text", mode = 0o640)]
    text: Text,
    /// Counts what is written, for each open file.
    #[chrdev(name = "vm_count", mode = 0o666, minors = 3)]
    count: KBox<Count>,
    /// Takes four bytes at most.
    #[chrdev(name = "vm_sip")]
    sip: Arc<Sip>,
    /// What happened to `count`.
    #[chrdev(name = "vm_events", mode = 0o444)]
    events: Events,
    /// As many as `insmod` says.
    #[chrdev(name = "vm_lane", nodename = "vm_lane/{}", minors = lanes)]
    lane: Digits,
    #[chrdev_region(name = "vm_spare", minors = lanes)]
    spare: ChrdevRegion,
    opened: AtomicU32,
    released: AtomicU32,
}

impl KernelModule for Devices {
    fn init(_params: &DevicesParams) -> Result<Self> {
        Ok(Self {
            digits: Digits,
            place: Place,
            text: Text,
            count: KBox::new(Count, GFP_KERNEL)?,
            sip: Arc::new(Sip, GFP_KERNEL)?,
            events: Events,
            lane: Digits,
            spare: ChrdevRegion::new(),
            opened: AtomicU32::new(0),
            released: AtomicU32::new(0),
        })
    }
}

struct Digits;

#[file_operations]
impl FileOperations for Digits {
    fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        // Two periods, so that any ten of them are in one piece.
        const DIGITS: &[u8] = b"01234567890123456789";
        let mut start = (pos % 10) as usize;
        while !to.is_empty() {
            to.write(&DIGITS[start..start + 10])?;
            start = ((pos + to.written() as u64) % 10) as usize;
        }
        Ok(())
    }
}

struct Place;

#[file_operations]
impl FileOperations for Place {
    fn llseek(&self, _file: &File<'_, Self>, to: SeekFrom) -> Result<u64> {
        match to {
            SeekFrom::End(0) => Ok(u64::MAX),
            _ => Ok(4321),
        }
    }
}

struct Text;

const TEXT: &[u8] = b"once written, often read";

#[file_operations]
impl FileOperations for Text {
    fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        to.write_from(TEXT, pos)?;
        Ok(())
    }

    fn llseek(&self, file: &File<'_, Self>, to: SeekFrom) -> Result<u64> {
        file.seek_fixed(to, TEXT.len() as u64)
    }
}

struct Count;

#[derive(Default)]
struct Written(AtomicUsize);

/// How many [`Written`] are dropped; its `drop` has nothing else to count with.
static DROPPED: AtomicU32 = AtomicU32::new(0);

impl Drop for Written {
    fn drop(&mut self) {
        DROPPED.fetch_add(1, Ordering::Relaxed);
    }
}

#[file_operations]
impl FileOperations for Count {
    type Module = Devices;
    type PerOpen = Written;

    fn open(&self, file: &OpenFile<'_, Self>) -> Result<Written> {
        if file.nonblocking() {
            return Err(EAGAIN);
        }
        file.module().opened.fetch_add(1, Ordering::Relaxed);
        Ok(Written::default())
    }

    fn release(&self, file: &File<'_, Self>) {
        file.module().released.fetch_add(1, Ordering::Relaxed);
    }

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        let written = file.state().0.load(Ordering::Relaxed);
        to.write_fmt_from(format_args!("{}: {written}\n", file.minor()), pos)
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let mut piece = [0; 16];
        while !from.is_empty() {
            from.read(&mut piece)?;
        }
        file.state().0.fetch_add(from.taken(), Ordering::Relaxed);
        Ok(())
    }
}

struct Sip;

#[file_operations]
impl FileOperations for Sip {
    fn write(&self, _file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let mut sip = [0; 4];
        let n = from.read(&mut sip)?;
        if sip[..n].contains(&b'!') {
            return Err(EPERM);
        }
        Ok(())
    }
}

struct Events;

#[file_operations]
impl FileOperations for Events {
    type Module = Devices;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        let module = file.module();
        let opened = module.opened.load(Ordering::Relaxed);
        let released = module.released.load(Ordering::Relaxed);
        let dropped = DROPPED.load(Ordering::Relaxed);
        to.write_fmt_from(format_args!("{opened} {released} {dropped}\n"), pos)
    }
}
