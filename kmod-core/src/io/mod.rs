// SPDX-License-Identifier: GPL-2.0-only
//! Registers: memory that is a device's, declared as a map of it.
//!
//! A struct under [`#[registers]`](macro@crate::registers) says which registers there are: where, how
//! wide, and which way. It is read and written through what maps it, a [`Bar`](crate::pci::Bar) for one:
//! each register is a constant of the struct, named after its field. An access that the map does not
//! allow does not compile, and none can be outside of what is mapped.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! #[registers(size = 0x100)]
//! struct Uart {
//!     /// What was received.
//!     #[ro(0x00)]
//!     receive: u32,
//!     /// What shall be sent.
//!     #[wo(0x00)]
//!     send: u32,
//!     #[rw(0x08)]
//!     control: Control,
//!     /// One for each channel.
//!     #[rw(0x40)]
//!     divisors: [u16; 8],
//! }
//!
//! #[bits(u32)]
//! struct Control {
//!     #[bit(0)]
//!     enabled: bool,
//!     #[bit(4..=6)]
//!     parity: Parity,
//!     #[bit(8..=15)]
//!     level: u8,
//! }
//!
//! /// Not all values of three bits are one.
//! #[derive(BitsEnum, Debug, PartialEq)]
//! enum Parity {
//!     None = 0,
//!     Even = 2,
//!     Odd = 3,
//! }
//!
//! fn start(uart: &Bar<Uart>) -> Result {
//!     let control = uart.read(Uart::CONTROL);
//!     if control.parity() == Err(EINVAL) {
//!         return Err(EIO);
//!     }
//!     uart.write(Uart::CONTROL, control.with_enabled(true).with_parity(Parity::Odd));
//!     let channel = Uart::DIVISORS.get(3).ok_or(EINVAL)?;
//!     uart.write(channel, 13);
//!     Ok(())
//! }
//! # fn main() {}
//! ```
//!
//! What a register makes the device do is the device's matter: nobody but the driver's author knows it.
//! A device that is not there any more reads as all ones, and so does what maps it before it was mapped
//! and after: a value of a register can have every bit pattern, so that the enum of a bit field is a
//! `Result`.

mod access;
mod bits;
mod iomem;
mod mapped;
mod placing;
mod ports;
mod register;
mod row;
mod space;
mod window;
mod word;

#[doc(hidden)]
pub use access::{ClearedByOnes, ClearedByRead};
pub use access::{
    ReadOnly, ReadToClear, ReadWrite, Readable, Writable, WriteOneToClear, WriteOnly,
};
#[doc(hidden)]
pub use bits::{BitsValue, bit_range, get_bits, least_bits, with_bits};
pub use iomem::{IoMem, IoMemWindow};
#[doc(hidden)]
pub use iomem::{IoMemField, IoMemObject};
pub use mapped::Mapped;
#[doc(hidden)]
pub use placing::{Placing, assert_free, assert_placed, assert_reset, widest};
pub use ports::{PortRegion, PortWindow};
#[doc(hidden)]
pub use ports::{PortsField, PortsObject, assert_ports};
#[doc(hidden)]
pub use register::assert_endian;
pub use register::{Block, BlockArray, Register, RegisterArray, Registers};
#[doc(hidden)]
pub use row::{Row, assert_word};
pub use space::{Access, Indexed, Memory, PortSpace, Ports, Space};
pub use window::Window;
#[doc(hidden)]
pub use word::{ConstValue, width};
pub use word::{RegisterValue, Word};

/// What only this module implements.
mod sealed {
    pub trait Sealed {}
}
