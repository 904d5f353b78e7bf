// SPDX-License-Identifier: GPL-2.0-only
//! Memory: every allocation takes GFP flags and can fail.
//!
//! | to | use |
//! |---|---|
//! | put one value on the heap | [`KBox`] |
//! | share one value among several owners | [`Arc`] |
//! | hold a number of values, or bytes | [`KVec`] |
//! | hold text | [`KString`] |
//!
//! Memory is aligned for its type, whatever that asks for. Large blocks come from `vmalloc()` where
//! [`GFP_KERNEL`] allows it; such a block must not be freed in atomic context.

mod arc;
mod kbox;
mod kstring;
mod kvec;
#[cfg(test)]
mod tests;

use core::alloc::Layout;
use core::ffi::c_uint;
use core::fmt;
use core::ops::BitOr;
use core::ptr::NonNull;

pub use arc::Arc;
pub use kbox::KBox;
pub use kstring::KString;
pub use kvec::{IntoIter, KVec};

/// The allocation failed; `?` makes it `ENOMEM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AllocError;

impl fmt::Display for AllocError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("out of memory")
    }
}

impl core::error::Error for AllocError {}

/// GFP flags: how far the kernel may go for memory. They are combined with `|`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flags(c_uint);

impl BitOr for Flags {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The usual: may sleep, so not in atomic context.
pub const GFP_KERNEL: Flags = Flags(kmod_bindings::KMOD_GFP_KERNEL);
/// As [`GFP_KERNEL`], charged to the process's memory control group: for what userspace makes grow.
pub const GFP_KERNEL_ACCOUNT: Flags = Flags(kmod_bindings::KMOD_GFP_KERNEL_ACCOUNT);
/// Does not sleep, and takes from the reserves.
pub const GFP_ATOMIC: Flags = Flags(kmod_bindings::KMOD_GFP_ATOMIC);
/// Does not sleep, and leaves the reserves alone.
pub const GFP_NOWAIT: Flags = Flags(kmod_bindings::KMOD_GFP_NOWAIT);
/// May sleep, but starts no I/O.
pub const GFP_NOIO: Flags = Flags(kmod_bindings::KMOD_GFP_NOIO);
/// May sleep, but does not call file systems.
pub const GFP_NOFS: Flags = Flags(kmod_bindings::KMOD_GFP_NOFS);
/// To be added: the memory is zeroed.
pub const __GFP_ZERO: Flags = Flags(kmod_bindings::KMOD_GFP_ZERO);
/// To be added: a failure is not logged.
pub const __GFP_NOWARN: Flags = Flags(kmod_bindings::KMOD_GFP_NOWARN);

/// Memory for `layout`; what takes no memory gets a pointer that is aligned.
fn allocate(layout: Layout, flags: Flags) -> Result<NonNull<u8>, AllocError> {
    if layout.size() == 0 {
        return Ok(layout.dangling_ptr());
    }
    // SAFETY: A layout's alignment is a power of two.
    let memory = unsafe { kmod_bindings::kmod_alloc(layout.size(), layout.align(), flags.0) };
    NonNull::new(memory.cast()).ok_or(AllocError)
}

/// Frees what [`allocate`] gave for a layout of this size.
///
/// # Safety
/// It did, and the memory is not used any more.
unsafe fn free(memory: NonNull<u8>, size: usize) {
    if size != 0 {
        // SAFETY: As the caller promises.
        unsafe { kmod_bindings::kvfree(memory.as_ptr().cast()) };
    }
}
