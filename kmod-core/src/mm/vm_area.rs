// SPDX-License-Identifier: GPL-2.0-only
//! A mapping that is being made.

use core::ffi::c_ulong;
use core::marker::PhantomData;

use kmod_bindings::{self as bindings, vm_area_struct};

use super::VmallocBuffer;
use crate::error::{Result, to_result};

/// What `mmap(2)` asked for: the kernel's `struct vm_area_struct`.
///
/// A handler that maps nothing into it and returns `Ok` leaves memory that is `SIGBUS` to touch.
///
/// # Invariants
///
/// `vma` is that of the running call of `mmap`, which the value does not outlive.
pub struct VmArea<'a> {
    vma: *mut vm_area_struct,
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
