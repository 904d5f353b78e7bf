// SPDX-License-Identifier: GPL-2.0-only
//! A buffer of pages that may be mapped.

use core::ffi::c_void;
use core::fmt;
use core::mem::MaybeUninit;
use core::ptr::NonNull;

use kmod_bindings as bindings;
use zerocopy::{FromBytes, Immutable, IntoBytes};

use super::SharedMemory;
use crate::error::Result;
use crate::error::code::{EINVAL, ENOMEM};

/// Pages that user space may map: the kernel's `vmalloc_user()`.
///
/// They are zeroed, and contiguous for the module; each is counted by itself, so a page that is
/// mapped when the buffer is dropped lives on until it is unmapped. A buffer must not be dropped in
/// [`SpinLock::with`](crate::sync::SpinLock::with).
///
/// All offsets are in bytes. Copies are neither atomic nor ordered: what tells the other side that
/// something is complete is an [`atomic`](Self::atomic), stored with `Release` and loaded with
/// `Acquire`.
///
/// ```
/// use core::mem::offset_of;
/// use kmod_core::mm::VmallocBuffer;
/// use kmod_core::prelude::*;
/// use kmod_core::zerocopy::{FromBytes, Immutable, IntoBytes};
///
/// #[derive(FromBytes, IntoBytes, Immutable)]
/// #[zerocopy(crate = "kmod_core::zerocopy")]
/// #[repr(C)]
/// struct Page {
///     generation: u32,
///     text: [u8; 60],
/// }
///
/// let buffer = VmallocBuffer::new(size_of::<Page>())?;
/// buffer.write(offset_of!(Page, text), b"hello")?;
/// let generation = buffer.atomic::<AtomicU32>(offset_of!(Page, generation))?;
/// generation.fetch_add(1, Ordering::Release);
/// let page: Page = buffer.read(0)?;
/// assert_eq!((page.generation, &page.text[..5]), (1, &b"hello"[..]));
/// # Ok::<(), Error>(())
/// ```
///
/// # Invariants
///
/// `start` is what `kmod_vmalloc_user()` gave for `len` bytes, whole pages, and nobody else frees
/// it. User space may read and write the memory at any time, so it is touched only as atomics, and
/// by C's `memcpy()`.
pub struct VmallocBuffer {
    start: NonNull<c_void>,
    len: usize,
}

// SAFETY: The memory is bound to no task.
unsafe impl Send for VmallocBuffer {}

// SAFETY: It is touched as memory that others change meanwhile.
unsafe impl Sync for VmallocBuffer {}

impl VmallocBuffer {
    /// A buffer of at least `len` bytes, rounded up to whole pages.
    ///
    /// May sleep. A length that user space chose is to be capped first.
    ///
    /// # Errors
    ///
    /// `EINVAL` if `len` is 0, `ENOMEM` if there are not so many pages.
    pub fn new(len: usize) -> Result<Self> {
        if len == 0 {
            return Err(EINVAL);
        }
        let len = len
            .checked_next_multiple_of(bindings::KMOD_PAGE_SIZE as usize)
            .ok_or(ENOMEM)?;
        // SAFETY: It has no preconditions.
        let start = unsafe { bindings::kmod_vmalloc_user(len) };
        let start = NonNull::new(start).ok_or(ENOMEM)?;
        // INVARIANT: The memory is new.
        Ok(Self { start, len })
    }

    /// Its length in bytes: whole pages.
    #[expect(clippy::len_without_is_empty, reason = "no buffer is empty")]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Copies a value out.
    ///
    /// # Errors
    ///
    /// `EINVAL` if it is not within the buffer.
    pub fn read<T: FromBytes>(&self, offset: usize) -> Result<T> {
        let mut value = MaybeUninit::<T>::uninit();
        let from = self.at(offset, size_of::<T>())?;
        // SAFETY: So many bytes can be read there and written here. They may change meanwhile, which
        // C's `memcpy()` does not mind.
        unsafe { bindings::kmod_shared_copy(value.as_mut_ptr().cast(), from, size_of::<T>()) };
        // SAFETY: All bytes have been written, and whatever they are is a `T`.
        Ok(unsafe { value.assume_init() })
    }

    /// Copies a value in.
    ///
    /// # Errors
    ///
    /// `EINVAL` if it is not within the buffer; then nothing is written.
    pub fn write<T: IntoBytes + Immutable + ?Sized>(&self, offset: usize, value: &T) -> Result {
        let from = value.as_bytes();
        let to = self.at(offset, from.len())?;
        // SAFETY: So many bytes can be read here and written there.
        unsafe { bindings::kmod_shared_copy(to, from.as_ptr().cast(), from.len()) };
        Ok(())
    }

    /// Copies bytes out, as many as there are in `data`.
    ///
    /// # Errors
    ///
    /// `EINVAL` if they are not within the buffer.
    pub fn read_bytes(&self, offset: usize, data: &mut [u8]) -> Result {
        let from = self.at(offset, data.len())?;
        // SAFETY: So many bytes can be read there and written here; as in `read`.
        unsafe { bindings::kmod_shared_copy(data.as_mut_ptr().cast(), from, data.len()) };
        Ok(())
    }

    /// A value that both sides use as one.
    ///
    /// # Errors
    ///
    /// `EINVAL` if it is not within the buffer, or `offset` is not aligned for it.
    pub fn atomic<A: SharedAtomic>(&self, offset: usize) -> Result<&A> {
        let value = self.at(offset, size_of::<A>())?.cast::<A>();
        if !value.is_aligned() {
            return Err(EINVAL);
        }
        // SAFETY: The value is within the memory and aligned, and lives as long as the buffer, which
        // is borrowed. It is an atomic, which others may change, and every number is one.
        Ok(unsafe { &*value })
    }

    /// Where `len` bytes from `offset` on are, which live as long as the buffer.
    fn at(&self, offset: usize, len: usize) -> Result<*mut c_void> {
        match offset.checked_add(len) {
            Some(end) if end <= self.len => Ok(self.start.as_ptr().wrapping_byte_add(offset)),
            _ => Err(EINVAL),
        }
    }

    pub(super) fn as_ptr(&self) -> *mut c_void {
        self.start.as_ptr()
    }
}

// SAFETY: The bytes live as long as the buffer, and C may read and write them at any time (invariant).
unsafe impl SharedMemory for VmallocBuffer {
    fn size(&self) -> usize {
        self.len
    }

    fn part(&self, offset: usize, len: usize) -> Result<*mut c_void> {
        self.at(offset, len)
    }
}

impl Drop for VmallocBuffer {
    fn drop(&mut self) {
        // SAFETY: The memory is ours (invariant), and not used afterwards; a mapping has references
        // of its own to its pages.
        unsafe { bindings::vfree(self.start.as_ptr()) };
    }
}

impl fmt::Debug for VmallocBuffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VmallocBuffer({} bytes)", self.len)
    }
}

/// An atomic of `core::sync::atomic` that is a number.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an atomic that can be shared with user space",
    note = "take one of the numbers of `core::sync::atomic`: `AtomicU8` to `AtomicU64` and the like"
)]
pub trait SharedAtomic: sealed::Sealed {}

mod sealed {
    /// Any bytes are a value, and all of them may change behind a shared reference.
    pub trait Sealed {}
}

macro_rules! atomics {
    ($($atomic:ident,)*) => {$(
        impl sealed::Sealed for core::sync::atomic::$atomic {}
        impl SharedAtomic for core::sync::atomic::$atomic {}
    )*};
}

atomics! {
    AtomicU8, AtomicI8, AtomicU16, AtomicI16, AtomicU32, AtomicI32, AtomicU64, AtomicI64,
    AtomicUsize, AtomicIsize,
}
