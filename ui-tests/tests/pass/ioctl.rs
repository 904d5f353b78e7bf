// SPDX-License-Identifier: GPL-2.0-only
//! Commands of every direction, with payloads of every kind.
#![no_std]
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs)]
#![no_implicit_prelude]

use ::kmod_core::alloc::KBox;
use ::kmod_core::error::Result;
use ::kmod_core::file::{File, FileOperations};
use ::kmod_core::{file_operations, ioctl, uapi};

/// An alias, as C's.
pub type Id = u32;

const LETTERS: ::core::primitive::usize = 16;

/// What may be drawn.
#[uapi]
#[derive(::core::clone::Clone, ::core::marker::Copy)]
pub struct Limits {
    /// The smallest.
    pub min: Id,
    max: Id,
    names: [[u8; LETTERS]; 2],
}

/// Nested, and with the largest integer last.
#[derive(::core::clone::Clone)]
#[uapi]
#[repr(C)]
pub struct Table {
    limits: [Limits; 16],
    total: i64,
}

/// Commands.
#[ioctl(magic = b'T', prefix = "TICKET_IOC")]
pub enum Cmd {
    /// Draws.
    #[ior(0x01)]
    Draw(Id),
    /// Sets.
    #[iow(0x02)]
    SetLimits(Limits),
    /// Swaps.
    #[iowr(3)]
    Swap(KBox<Table>),
    /// Resets.
    #[io(4)]
    Reset,
    /// A word of Rust.
    #[io(b'm', returns)]
    Move(usize),
    /// The same number with another payload.
    #[iow(0x02, returns)]
    SetOne(u8),
    /// Not there.
    #[cfg(any())]
    #[io(4)]
    Absent,
    /// Which of two is there depends on the target.
    #[cfg(target_pointer_width = "64")]
    #[io(5)]
    Either,
    /// The other one.
    #[cfg(not(target_pointer_width = "64"))]
    #[io(6)]
    Either,
    /// As large as may be.
    #[ior(0xff)]
    All(KBox<[u8; 16383]>),
}

struct Device;

#[file_operations]
impl FileOperations for Device {
    type Ioctl = Cmd;
}

impl CmdHandler for Device {
    fn draw(&self, _file: &File<'_, Self>) -> Result<Id> {
        Result::Ok(1)
    }

    fn set_limits(&self, _file: &File<'_, Self>, _limits: Limits) -> Result {
        Result::Ok(())
    }

    fn swap(&self, _file: &File<'_, Self>, table: KBox<Table>) -> Result<KBox<Table>> {
        Result::Ok(table)
    }

    fn reset(&self, _file: &File<'_, Self>) -> Result {
        Result::Ok(())
    }

    fn either(&self, _file: &File<'_, Self>) -> Result {
        Result::Ok(())
    }

    fn r#move(&self, _file: &File<'_, Self>, _arg: usize) -> Result<u32> {
        Result::Ok(1)
    }

    fn set_one(&self, _file: &File<'_, Self>, one: u8) -> Result<u32> {
        Result::Ok(::core::convert::Into::into(one))
    }

    fn all(&self, _file: &File<'_, Self>) -> Result<KBox<[u8; 16383]>> {
        Result::Err(::kmod_core::error::code::EINVAL)
    }
}

fn main() {
    let _ = Device;
    ::core::assert_eq!(Cmd::DRAW, 0x8004_5401);
    ::core::assert_eq!(Cmd::SET_LIMITS, 0x4028_5402);
    ::core::assert_eq!(Cmd::RESET, 0x5404);
    ::core::assert_eq!(Cmd::MOVE, 0x546d);
}
