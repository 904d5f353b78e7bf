// SPDX-License-Identifier: GPL-2.0-only
//! A mapping that is being made.

use core::ffi::c_ulong;
use core::marker::PhantomData;

use kmod_bindings::{self as bindings, vm_area_struct};

use super::Mappable;
use super::VmallocBuffer;
use crate::dma::DmaBuf;
use crate::error::{Result, to_result};
use crate::io::{IoMem, Registers};
use crate::pci::Bar;

/// What `mmap(2)` asked for: the kernel's `struct vm_area_struct`.
///
/// A handler that maps nothing into it and returns `Ok` leaves memory that is `SIGBUS` to touch.
///
/// # Invariants
///
/// `vma` is that of the running call of `mmap`, which the value does not outlive. `undo` is what undoes what was
/// mapped into it, if that is needed.
pub struct VmArea<'a> {
    vma: *mut vm_area_struct,
    undo: Option<unsafe extern "C" fn(*mut vm_area_struct)>,
    call: PhantomData<&'a mut ()>,
}

impl VmArea<'_> {
    /// The area of a call.
    ///
    /// # Safety
    ///
    /// The kernel gave it to `mmap`, and the value is gone when that returns.
    pub(crate) unsafe fn new(vma: *mut vm_area_struct) -> Self {
        // INVARIANT: It is that of a running `mmap`, which the value does not outlive (`new`'s contract).
        Self {
            vma,
            undo: None,
            call: PhantomData,
        }
    }

    /// How many bytes are to be mapped: whole pages.
    #[expect(clippy::len_without_is_empty, reason = "no mapping is empty")]
    pub fn len(&self) -> usize {
        // SAFETY: The area is there for the call (invariant).
        let size = unsafe { bindings::kmod_vma_size(self.vma) };
        size as usize
    }

    /// From which byte of the file on: whole pages.
    pub fn offset(&self) -> u64 {
        // SAFETY: The area is there for the call (invariant).
        let pgoff = unsafe { bindings::kmod_vma_pgoff(self.vma) };
        // The kernel has checked that the end's offset in bytes fits.
        pgoff.saturating_mul(bindings::KMOD_PAGE_SIZE)
    }

    /// Whether it is to be written (`PROT_WRITE`).
    pub fn writable(&self) -> bool {
        self.flags() & bindings::KMOD_VM_WRITE != 0
    }

    /// Whether writes are to reach the buffer (`MAP_SHARED`, of a file open for writing).
    pub fn shared(&self) -> bool {
        self.flags() & bindings::KMOD_VM_SHARED != 0
    }

    /// Maps `buffer`, from the area's [`offset`](Self::offset) on. It can never be executed, and
    /// `mremap(2)` cannot grow it.
    ///
    /// # Errors
    ///
    /// `EPERM` for `PROT_EXEC`, `EINVAL` if the area is not within the buffer, `EBUSY` if something
    /// is mapped into it already.
    pub fn map(&mut self, buffer: &VmallocBuffer) -> Result {
        self.insert(buffer, true)
    }

    /// The same, but it can only be read, now and after `mprotect(2)`.
    ///
    /// # Errors
    ///
    /// As [`map`](Self::map), and `EPERM` for `PROT_WRITE`.
    pub fn map_read_only(&mut self, buffer: &VmallocBuffer) -> Result {
        self.insert(buffer, false)
    }

    /// Maps the registers of a card: its BAR, from the area's [`offset`](Self::offset) on, as far as it has
    /// whole pages, and all of it that is not in the map, too. When the card goes, or its driver, all is unmapped, in
    /// each process: who touches it gets `SIGBUS`. It can never be executed, and `mremap(2)` cannot grow it.
    ///
    /// # Errors
    ///
    /// `EPERM` for `PROT_EXEC`, `EINVAL` if the area is not within the BAR, or is `MAP_PRIVATE`,
    /// `EBUSY` if something is mapped into it already, `ENODEV` if the BAR is not there, `ENOMEM`.
    pub fn map_bar<R: Registers>(&mut self, bar: &Bar<R>) -> Result {
        self.insert_device(bar.mappable(), true)
    }

    /// The same, but it can only be read, now and after `mprotect(2)`.
    ///
    /// # Errors
    ///
    /// As [`map_bar`](Self::map_bar), and `EPERM` for `PROT_WRITE`.
    pub fn map_bar_read_only<R: Registers>(&mut self, bar: &Bar<R>) -> Result {
        self.insert_device(bar.mappable(), false)
    }

    /// Maps a memory resource of a platform device, as [`map_bar`](Self::map_bar) maps a BAR, if it begins with a
    /// page.
    ///
    /// # Errors
    ///
    /// As [`map_bar`](Self::map_bar).
    pub fn map_iomem<R: Registers>(&mut self, memory: &IoMem<R>) -> Result {
        self.insert_device(memory.mappable(), true)
    }

    /// The same, but it can only be read, now and after `mprotect(2)`.
    ///
    /// # Errors
    ///
    /// As [`map_iomem`](Self::map_iomem), and `EPERM` for `PROT_WRITE`.
    pub fn map_iomem_read_only<R: Registers>(&mut self, memory: &IoMem<R>) -> Result {
        self.insert_device(memory.mappable(), false)
    }

    /// Maps memory that the device sees, from the area's [`offset`](Self::offset) on, to the end of its last page, as
    /// [`map_bar`](Self::map_bar) maps a BAR: until the device goes. User space may change it at any time, as
    /// the device does.
    ///
    /// # Errors
    ///
    /// As [`map_bar`](Self::map_bar).
    pub fn map_dma<T>(&mut self, buffer: &DmaBuf<T>) -> Result {
        self.insert_device(buffer.mappable(), true)
    }

    /// The same, but it can only be read, now and after `mprotect(2)`.
    ///
    /// # Errors
    ///
    /// As [`map_dma`](Self::map_dma), and `EPERM` for `PROT_WRITE`.
    pub fn map_dma_read_only<T>(&mut self, buffer: &DmaBuf<T>) -> Result {
        self.insert_device(buffer.mappable(), false)
    }

    fn insert_device(&mut self, memory: &Mappable, writable: bool) -> Result {
        let mappable = memory.get()?;
        // SAFETY: The area is being made (invariant), and what is mapped is there during this call of a handler.
        to_result(unsafe { bindings::kmod_vma_map_device(self.vma, mappable.as_ptr(), writable) })?;
        // INVARIANT: It was mapped.
        self.undo = Some(bindings::kmod_vma_unmap_device);
        Ok(())
    }

    /// The call fails: nothing stays mapped that the kernel would not unmap.
    pub(crate) fn undo(&mut self) {
        if let Some(undo) = self.undo.take() {
            // SAFETY: It undoes what was mapped (invariant), once.
            unsafe { undo(self.vma) };
        }
    }

    fn insert(&mut self, buffer: &VmallocBuffer, writable: bool) -> Result {
        // SAFETY: The area is being made (invariant), and the buffer is of `kmod_vmalloc_user()`.
        // The mapping takes a reference to each page: the pages outlive the buffer if need be.
        to_result(unsafe { bindings::kmod_vma_map(self.vma, buffer.as_ptr(), writable) })?;
        Ok(())
    }

    fn flags(&self) -> c_ulong {
        // SAFETY: The area is there for the call (invariant).
        unsafe { bindings::kmod_vma_flags(self.vma) }
    }
}
