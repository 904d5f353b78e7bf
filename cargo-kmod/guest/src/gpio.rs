// SPDX-License-Identifier: GPL-2.0-only
//! Chips with lines as user space has them: `/dev/gpiochipN`, by `<linux/gpio.h>`'s second interface.

use std::fs::{self, File};
use std::io;
use std::os::fd::{FromRawFd, OwnedFd};

use crate::guest;
use crate::ioctl::IoctlMemory;

/// `struct gpiochip_info` and `GPIO_GET_CHIPINFO_IOCTL`: what it is, and the command.
const CHIP_INFO: (usize, u32) = (68, 0x8044_b401);
/// `struct gpio_v2_line_info` and `GPIO_V2_GET_LINEINFO_IOCTL`.
const LINE_INFO: (usize, u32) = (256, 0xc100_b405);
/// `struct gpio_v2_line_request` and `GPIO_V2_GET_LINE_IOCTL`.
const REQUEST: (usize, u32) = (592, 0xc250_b407);
/// `struct gpio_v2_line_config` and `GPIO_V2_LINE_SET_CONFIG_IOCTL`.
const CONFIG: (usize, u32) = (272, 0xc110_b40d);
/// `struct gpio_v2_line_values`, `GPIO_V2_LINE_GET_VALUES_IOCTL`.
const GET_VALUES: u32 = 0xc010_b40e;
/// `GPIO_V2_LINE_SET_VALUES_IOCTL`.
const SET_VALUES: u32 = 0xc010_b40f;

/// Where in a request its configuration, and the number of its lines begin; its file stands at the end.
const CONFIG_AT: usize = 288;
const COUNT_AT: usize = 560;
const FD_AT: usize = 588;

/// How a line is to be had: `GPIO_V2_LINE_FLAG_…`. It is had as it is with none.
pub mod flags {
    /// `ACTIVE_LOW`
    pub const ACTIVE_LOW: u64 = 2;
    /// `INPUT`
    pub const INPUT: u64 = 4;
    /// `OUTPUT`
    pub const OUTPUT: u64 = 8;
    /// `EDGE_RISING`
    pub const EDGE_RISING: u64 = 16;
    /// `OPEN_DRAIN`
    pub const OPEN_DRAIN: u64 = 64;
    /// `OPEN_SOURCE`
    pub const OPEN_SOURCE: u64 = 128;
}

/// An open `/dev/gpiochipN`.
pub struct GpioChip(File);

/// What is known of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GpioLine {
    /// Its name.
    pub name: String,
    /// Who has it.
    pub consumer: String,
    /// How.
    pub flags: u64,
}

/// Lines that are held, until this is dropped.
pub struct GpioLines(OwnedFd);

/// The string in some bytes, up to its end.
fn text(bytes: &[u8]) -> String {
    let text = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
    String::from_utf8_lossy(text).into_owned()
}

/// A configuration: flags, and for outputs what they are from the beginning, a bit each.
fn config(flags: u64, values: u64) -> Vec<u8> {
    let mut config = vec![0; CONFIG.0];
    config[..8].copy_from_slice(&flags.to_ne_bytes());
    if flags & self::flags::OUTPUT != 0 {
        // One attribute, `GPIO_V2_LINE_ATTR_ID_OUTPUT_VALUES`, for all lines.
        config[8..12].copy_from_slice(&1_u32.to_ne_bytes());
        config[32..36].copy_from_slice(&2_u32.to_ne_bytes());
        config[40..48].copy_from_slice(&values.to_ne_bytes());
        config[48..56].copy_from_slice(&u64::MAX.to_ne_bytes());
    }
    config
}

/// The number at some place.
fn number<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    bytes[at..at + N].try_into().expect("it is as long")
}

impl GpioChip {
    /// The chip with this label, if there is one.
    ///
    /// # Errors
    /// What reading `/dev` gives.
    pub fn labelled(label: &str) -> io::Result<Option<Self>> {
        guest::require();
        for entry in fs::read_dir("/dev")? {
            let path = entry?.path();
            if !path.to_string_lossy().starts_with("/dev/gpiochip") {
                continue;
            }
            // Another may go meanwhile.
            let Ok(file) = File::options().read(true).write(true).open(path) else {
                continue;
            };
            let chip = Self(file);
            if chip.info().is_ok_and(|(its, _)| its == label) {
                return Ok(Some(chip));
            }
        }
        Ok(None)
    }

    /// Its label, and how many lines it has.
    ///
    /// # Errors
    /// What `ioctl(2)` gives: ENODEV when the chip has gone.
    pub fn info(&self) -> io::Result<(String, u32)> {
        let memory = IoctlMemory::new(&[0; CHIP_INFO.0])?;
        memory.ioctl(&self.0, CHIP_INFO.1)?;
        let bytes = memory.bytes();
        Ok((text(&bytes[32..64]), u32::from_ne_bytes(number(&bytes, 64))))
    }

    /// What is known of a line.
    ///
    /// # Errors
    /// What `ioctl(2)` gives: EINVAL when there is none of this number.
    pub fn line(&self, offset: u32) -> io::Result<GpioLine> {
        let mut bytes = vec![0; LINE_INFO.0];
        bytes[64..68].copy_from_slice(&offset.to_ne_bytes());
        let memory = IoctlMemory::new(&bytes)?;
        memory.ioctl(&self.0, LINE_INFO.1)?;
        let bytes = memory.bytes();
        Ok(GpioLine {
            name: text(&bytes[..32]),
            consumer: text(&bytes[32..64]),
            flags: u64::from_ne_bytes(number(&bytes, 72)),
        })
    }

    /// Takes lines, as the flags say; outputs with these values, a bit for each in the order of `offsets`.
    ///
    /// # Errors
    /// What `ioctl(2)` gives: EBUSY when somebody has one of them.
    ///
    /// # Panics
    /// If they are more than 64.
    pub fn take(&self, offsets: &[u32], flags: u64, values: u64) -> io::Result<GpioLines> {
        let mut bytes = vec![0; REQUEST.0];
        for (at, offset) in offsets.iter().enumerate() {
            bytes[4 * at..4 * at + 4].copy_from_slice(&offset.to_ne_bytes());
        }
        bytes[256..260].copy_from_slice(b"test");
        bytes[CONFIG_AT..CONFIG_AT + CONFIG.0].copy_from_slice(&config(flags, values));
        let count = u32::try_from(offsets.len()).expect("few lines");
        assert!(count <= 64, "{count} lines");
        bytes[COUNT_AT..COUNT_AT + 4].copy_from_slice(&count.to_ne_bytes());
        let memory = IoctlMemory::new(&bytes)?;
        memory.ioctl(&self.0, REQUEST.1)?;
        let fd = i32::from_ne_bytes(number(&memory.bytes(), FD_AT));
        // SAFETY: the kernel has opened it for us just now, and nobody else has it.
        Ok(GpioLines(unsafe { OwnedFd::from_raw_fd(fd) }))
    }
}

impl GpioLines {
    /// The values of those of the lines that have a bit in `mask`.
    ///
    /// # Errors
    /// What `ioctl(2)` gives.
    pub fn get(&self, mask: u64) -> io::Result<u64> {
        let mut bytes = [0; 16];
        bytes[8..].copy_from_slice(&mask.to_ne_bytes());
        let memory = IoctlMemory::new(&bytes)?;
        memory.ioctl(&self.0, GET_VALUES)?;
        Ok(u64::from_ne_bytes(number(&memory.bytes(), 0)))
    }

    /// Sets those of the lines that have a bit in `mask`.
    ///
    /// # Errors
    /// What `ioctl(2)` gives: EPERM for one that is no output.
    pub fn set(&self, mask: u64, values: u64) -> io::Result<()> {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&values.to_ne_bytes());
        bytes[8..].copy_from_slice(&mask.to_ne_bytes());
        IoctlMemory::new(&bytes)?.ioctl(&self.0, SET_VALUES)?;
        Ok(())
    }

    /// Has the lines otherwise.
    ///
    /// # Errors
    /// What `ioctl(2)` gives.
    pub fn configure(&self, flags: u64, values: u64) -> io::Result<()> {
        IoctlMemory::new(&config(flags, values))?.ioctl(&self.0, CONFIG.1)?;
        Ok(())
    }
}
