// SPDX-License-Identifier: GPL-2.0-only
//! What a device does when its file is opened, read, written, sought and closed.
//!
//! A device type implements [`FileOperations`] under `#[file_operations]`. Its handlers get shared
//! references only, to the device, to the module and to what [`open`](FileOperations::open) made
//! for this file: calls on one file run at the same time on several CPUs.

mod context;
mod device;
mod poll;
mod seek;
mod shared;
mod table;
#[cfg(test)]
mod tests;

pub use context::{File, OpenFile};
#[doc(hidden)]
pub use device::{DeviceTable, DeviceType, Operations};
pub use poll::{PollEvents, PollTable};
pub use seek::SeekFrom;
pub(crate) use table::at_position;

use crate::error::Result;
use crate::error::code::{EINVAL, ENODEV, ESPIPE};
use crate::mm::VmArea;
use crate::sync::Shared;
use crate::uaccess::{UserReader, UserWriter};

/// The handlers of a device's files.
///
/// A handler that the `impl` leaves out is a `NULL` in the kernel's `struct file_operations`: the
/// kernel answers by itself, `EINVAL` to `read(2)` and `write(2)` and `ESPIPE` to `lseek(2)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no file operations",
    label = "a device's type needs them",
    note = "write `#[file_operations] impl FileOperations for {Self} {{ … }}`"
)]
pub trait FileOperations: Sized + Shared {
    /// The module whose state the handlers use; `()` (what `#[file_operations]` inserts) for none.
    type Module: 'static;

    /// The state that each open file has of its own; `()` for none. It is made by
    /// [`open`](Self::open) and dropped after [`release`](Self::release).
    type PerOpen: Shared;

    /// Which handlers the `impl` has; `#[file_operations]` writes this.
    #[doc(hidden)]
    const HANDLERS: Handlers;

    /// `open(2)`. An `impl` whose `PerOpen` is `()` can leave it out.
    ///
    /// # Errors
    ///
    /// Any: the file is not opened then.
    fn open(&self, file: &OpenFile<'_, Self>) -> Result<Self::PerOpen>;

    /// The last `close(2)`: no other handler runs on this file any more.
    fn release(&self, file: &File<'_, Self>) {
        let _ = file;
    }

    /// `read(2)` and its kind: fills `to`, from position `pos` of the file if it has positions.
    /// What was written counts as read, and the file's position moves by so much.
    ///
    /// # Errors
    ///
    /// Any: then nothing counts as read.
    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        let _ = (file, to, pos);
        Err(EINVAL)
    }

    /// `write(2)` and its kind: takes from `from`, to position `pos` of the file if it has
    /// positions. What was taken counts as written, and the file's position moves by so much.
    ///
    /// # Errors
    ///
    /// Any: then nothing counts as written.
    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, pos: u64) -> Result {
        let _ = (file, from, pos);
        Err(EINVAL)
    }

    /// `lseek(2)`: returns the file's new position. See [`File::seek_fixed`] for the usual one.
    ///
    /// Positions before the start (`SEEK_SET` with a negative number) and whences other than
    /// `SEEK_SET`, `SEEK_CUR` and `SEEK_END` have been answered with `EINVAL` already.
    ///
    /// # Errors
    ///
    /// Any: then the position stays. A position that C's `loff_t` cannot hold is `EOVERFLOW`.
    fn llseek(&self, file: &File<'_, Self>, to: SeekFrom) -> Result<u64> {
        let _ = (file, to);
        Err(ESPIPE)
    }

    /// `poll(2)`, `select(2)`, `epoll(7)` and their kind: first hands `table` the queues that are
    /// woken when the answer changes ([`PollTable::wait`]), then says what the file is ready for
    /// now.
    ///
    /// The lifetime says that the queues belong to the device, the module or the file's state.
    /// Under `#[file_operations]` it need not be written: lifetimes that are left out, or `'_`, are
    /// taken for it.
    fn poll<'a>(&'a self, file: &File<'a, Self>, table: &mut PollTable<'a>) -> PollEvents {
        let _ = (file, table);
        // The kernel's DEFAULT_POLLMASK.
        PollEvents::READABLE | PollEvents::WRITABLE
    }

    /// `mmap(2)`: maps what it is to map, by [`VmArea::map`] and its kind.
    ///
    /// It runs with the process's memory map locked: a lock that is taken here must not be held
    /// elsewhere while user memory is copied, which may need the map.
    ///
    /// # Errors
    ///
    /// Any: nothing is mapped then.
    fn mmap(&self, file: &File<'_, Self>, vma: &mut VmArea<'_>) -> Result {
        let _ = (file, vma);
        Err(ENODEV)
    }
}

/// Which of the handlers that can be absent are there.
#[doc(hidden)]
pub struct Handlers {
    pub release: bool,
    pub read: bool,
    pub write: bool,
    pub llseek: bool,
    pub poll: bool,
    pub mmap: bool,
}

impl Handlers {
    /// A device that can be opened.
    pub const NONE: Self = Self {
        release: false,
        read: false,
        write: false,
        llseek: false,
        poll: false,
        mmap: false,
    };
}
