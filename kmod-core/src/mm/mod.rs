// SPDX-License-Identifier: GPL-2.0-only
//! Memory that a module shares with user space, by `mmap(2)`.
//!
//! A module makes a [`VmallocBuffer`], and its device's
//! [`mmap`](crate::file::FileOperations::mmap) handler maps it: [`VmArea::map`].
//!
//! What user space has mapped, it may change at any time. So the module gets no reference to such
//! memory: it copies values in and out, and what is to be one value for both sides is an atomic.
//! A value that was copied out is to be checked, and then that copy be used.
//!
//! The registers of a device, in its [`Bar`](crate::pci::Bar) or [`IoMem`](crate::io::IoMem), and its
//! [`DmaBuf`](crate::dma::DmaBuf), can be mapped, too, as long as it is there: [`VmArea::map_bar`],
//! [`VmArea::map_iomem`], [`VmArea::map_dma`].

mod mappable;
mod shared;
#[cfg(test)]
mod tests;
mod vm_area;
mod vmalloc;

#[doc(hidden)]
pub use mappable::Mappable;
pub use shared::SharedMemory;
pub use vm_area::VmArea;
pub use vmalloc::{SharedAtomic, VmallocBuffer};
