// SPDX-License-Identifier: GPL-2.0-only
//! Memory of user space: what a system call gave as buffer.
//!
//! A handler gets a [`UserWriter`] for `read(2)` and a [`UserReader`] for `write(2)`. Both are
//! cursors that only go forward, so no byte is fetched twice; both count, and that count is what
//! the system call returns. Memory that is not there is `EFAULT`, and moves no cursor.
//!
//! The copies may sleep: no spin lock may be held.

mod number;
mod reader;
#[cfg(test)]
mod tests;
mod value;
mod writer;

pub use number::UserNumber;
pub use reader::UserReader;
pub(crate) use value::{copy_from_user, copy_to_user, read_from_user};
pub use writer::UserWriter;
