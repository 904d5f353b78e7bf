// SPDX-License-Identifier: GPL-2.0-only
//! Memory that a device reads and writes by itself.
//!
//! A device's [`DmaBuf`] is a field under [`#[dma]`](macro@crate::dma): coherent memory, which the driver and
//! the device see alike. The attribute says how many bits the addresses have that the device can take, or `probe`.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// QEMU's educational card, which has a memory of its own
//! #[kernel_module(name = "card", license = "GPL")]
//! #[derive(Default)]
//! struct Module {
//!     #[pci_driver(ids = [(0x1234, 0x11e8)])]
//!     driver: DefaultDriver<Card>,
//! }
//!
//! #[registers(size = 0x100)]
//! struct Edu {
//!     #[rw(0x80)]
//!     source: u64,
//!     #[rw(0x88)]
//!     destination: u64,
//!     #[rw(0x90)]
//!     count: u64,
//!     #[rw(0x98)]
//!     command: u64,
//! }
//!
//! #[device]
//! #[derive(Default)]
//! struct Card {
//!     #[bar(index = 0)]
//!     edu: Bar<Edu>,
//!     #[dma(bits = 28)]
//!     buffer: DmaBuf<[u32; 1024]>,
//!     done: Completion,
//! }
//!
//! impl Card {
//!     /// Has the card fetch the first number, and waits for its interrupt.
//!     fn send(&self, number: u32) -> Result {
//!         self.buffer.set(0, number)?;
//!         self.edu.write(Edu::SOURCE, self.buffer.dma_addr()?);
//!         self.edu.write(Edu::DESTINATION, 0x4_0000);
//!         self.edu.write(Edu::COUNT, 4);
//!         self.edu.write(Edu::COMMAND, 1 | 4);
//!         self.done.wait_uninterruptible()?;
//!         self.buffer.end();
//!         Ok(())
//!     }
//! }
//! # fn main() {}
//! ```
//!
//! Memory of the driver's own is given to the device for a while by a [`DmaStream`], a field under
//! [`#[dma_stream]`](macro@crate::dma_stream); several pieces of it at once as a [`DmaList`].
//!
//! # What the device may do
//! It writes when it likes, so nobody has a reference to what is in a buffer: values are copied in and out.
//! A register that is written, other than by `write_relaxed`, is written after all that was put into a
//! buffer before; and what is read of a buffer after a register, other than by `read_relaxed`, is read after
//! it. Where buffers alone tell the two sides how far they are, the order is made by [`dma_wmb`] and
//! [`dma_rmb`].
//!
//! Which addresses a driver writes to registers, nobody can check: a device that is told a wrong one, or to
//! go on behind its buffer, writes to memory that is somebody else's, unless an IOMMU is in its way. This is
//! so in each language. What is made sure of is that the memory is there as long as the device can get at it:
//! a PCI device is made a bus master when it has its first buffer, and is none any more, with all that it
//! had begun over, before one of them goes: when it is unbound or pulled out, and when it is not bound in the
//! end.
//!
//! # What a device has begun
//! It may go on with that where it was, once a driver, whichever, makes it a bus master again. So a driver says
//! when it is through: [`DmaBuf::end`], [`DmaMapping::end`]. A device that is unbound while it may be at memory
//! keeps it for ever, with a line in the kernel's log, for nobody knows when it has forgotten of it; one that was
//! pulled out has.

mod buffer;
mod list;
mod object;
mod stream;

pub use buffer::DmaBuf;
pub use list::{DmaList, DmaSegments};
#[doc(hidden)]
pub use object::{DmaField, DmaObject, DmaStreamField, DmaStreamObject};
pub use object::{DmaMemory, DmaStreaming};
pub use stream::{BothWays, Direction, DmaMapping, DmaStream, FromDevice, ToDevice};

use core::ffi::c_uint;
use core::ptr::NonNull;

use kmod_bindings::{self as bindings, device};

use crate::error::code::EINVAL;
use crate::error::{Result, to_result};

/// What is read of buffers after this, is read after what was read of them before: `dma_rmb()`.
pub fn dma_rmb() {
    // SAFETY: It has no preconditions.
    unsafe { bindings::kmod_dma_rmb() };
}

/// A device that sees what is put into buffers after this, sees what was put there before: `dma_wmb()`.
pub fn dma_wmb() {
    // SAFETY: It has no preconditions.
    unsafe { bindings::kmod_dma_wmb() };
}

/// Says how many bits the addresses have that a device can take.
///
/// # Safety
///
/// The device lives, and its driver is being bound.
pub(crate) unsafe fn set_mask(device: NonNull<device>, bits: u8) -> Result {
    if !(1..=64).contains(&bits) {
        return Err(EINVAL);
    }
    // SAFETY: The device lives (this function's contract), and has no DMA memory yet.
    to_result(unsafe { bindings::kmod_dma_set_mask(device.as_ptr(), c_uint::from(bits)) })?;
    Ok(())
}
