// SPDX-License-Identifier: GPL-2.0-only
//! Memory of user space: what a system call gave as buffer.
//!
//! A handler gets a [`UserWriter`] for `read(2)` and a [`UserReader`] for `write(2)`. Both are
//! cursors that only go forward, so no byte is fetched twice; both count, and that count is what
//! the system call returns. Memory that is not there is `EFAULT`, and moves no cursor.
//!
//! The copies may sleep: no spin lock may be held.

mod buffer;
mod number;
mod reader;
#[cfg(test)]
mod tests;
mod value;
mod writer;

pub(crate) use number::TEXT_MAX;
pub use number::UserNumber;
pub use reader::UserReader;
pub(crate) use value::{copy_from_user, copy_to_user, read_from_user};
pub use writer::UserWriter;

use kmod_bindings::{self as bindings, iov_iter};

/// How many bytes an iterator has left: `iov_iter_count()`.
///
/// # Safety
///
/// The iterator is valid.
unsafe fn count(iter: *const iov_iter) -> usize {
    let count = iter.wrapping_byte_add(bindings::KMOD_IOV_ITER_COUNT_OFFSET as usize);
    // SAFETY: The iterator is valid (this function's contract); that is where it keeps the count.
    unsafe { count.cast::<usize>().read() }
}
