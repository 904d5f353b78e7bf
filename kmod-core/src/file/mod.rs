// SPDX-License-Identifier: GPL-2.0-only
//! What a device does when its file is opened, read, written, sought and closed.
//!
//! A device type implements [`FileOperations`] under `#[file_operations]`. Its handlers get shared
//! references only, to the device, to the module and to what [`open`](FileOperations::open) made
//! for this file: calls on one file run at the same time on several CPUs.

mod context;
mod device;
mod fasync;
mod flags;
mod handlers;
mod per_open;
mod poll;
mod seek;
mod shared;
mod table;
#[cfg(test)]
mod tests;

pub use context::{File, OpenFile};
pub(crate) use device::table_of;
#[doc(hidden)]
pub use device::{DeviceTable, DeviceType, Operations};
pub use fasync::{Band, FasyncList};
pub use flags::{AccessMode, FileFlags, O_APPEND, O_DSYNC, O_NOATIME, O_NONBLOCK, O_SYNC};
pub use handlers::{Handlers, LlseekAs, OpenAs};
#[doc(hidden)]
pub use per_open::{InFile, Life, LifeOf, PlainLife, some_life};
pub use per_open::{OpenState, PerOpen};
pub use poll::{PollEvents, PollTable};
pub use seek::SeekFrom;
pub(crate) use table::at_position;

use core::ops::RangeInclusive;

use crate::error::Result;
use crate::error::code::{EINVAL, ENODEV, ESPIPE};
use crate::instance::ModuleState;
use crate::ioctl::Ioctl;
use crate::mm::VmArea;
use crate::seq_file::SeqFile;
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
    type Module: ModuleState;

    /// The struct of which the device is a field, if the handlers use it: the module's, or that of a
    /// [`#[device]`](macro@crate::device); `()` (what `#[file_operations]` inserts) for none. Handlers
    /// that use neither serve any.
    type Instance: 'static;

    /// The state that each open file has of its own; `()` for none. It is made by
    /// [`open`](Self::open) and dropped after [`release`](Self::release). One with timers, works or
    /// threads is a [`PerOpen`].
    type PerOpen: Shared;

    /// The commands of `ioctl(2)`, an enum under [`#[ioctl]`](macro@crate::ioctl); `()` (what
    /// `#[file_operations]` inserts) for none, and then the kernel answers `ENOTTY`.
    type Ioctl: Ioctl<Self>;

    /// Which handlers the `impl` has; `#[file_operations]` writes this.
    #[doc(hidden)]
    const HANDLERS: Handlers;

    /// What is done with the state of an open file; `#[file_operations]` writes this.
    #[doc(hidden)]
    const LIFE: Life<Self::PerOpen> = Life::PLAIN;

    /// `open(2)`. An `impl` whose `PerOpen` is `()` can leave it out. If it has objects that cannot be
    /// registered (`ENOMEM`), it is dropped, and `open(2)` fails without a [`release`](Self::release).
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

    /// `read(2)` and its kind, into any number of buffers at once, or into a pipe: `readv(2)`,
    /// asynchronous reads, and `splice(2)` and `sendfile(2)` if the attribute has
    /// `splice_read = copy_splice_read`. The handler is written as [`read`](Self::read) is.
    ///
    /// If there is a `read`, too, `read(2)` and `pread(2)` go there, as in C.
    ///
    /// # Errors
    ///
    /// Any: then nothing counts as read. `EIOCBQUEUED`, which would promise a later answer, is
    /// made `EIO`.
    fn read_iter(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        let _ = (file, to, pos);
        Err(EINVAL)
    }

    /// `write(2)` and its kind, from any number of buffers at once, or from a pipe: `writev(2)`,
    /// asynchronous writes, and `splice(2)` and `sendfile(2)` if the attribute has
    /// `splice_write = iter_file_splice_write`. The handler is written as [`write`](Self::write)
    /// is.
    ///
    /// If there is a `write`, too, `write(2)` and `pwrite(2)` go there, as in C.
    ///
    /// # Errors
    ///
    /// As [`read_iter`](Self::read_iter).
    fn write_iter(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, pos: u64) -> Result {
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

    /// `fsync(2)`, and `fdatasync(2)` with `datasync`: what was written to these positions is to
    /// last.
    ///
    /// # Errors
    ///
    /// Any: it is what the system call returns.
    fn fsync(&self, file: &File<'_, Self>, range: RangeInclusive<u64>, datasync: bool) -> Result {
        let _ = (file, range, datasync);
        Err(EINVAL)
    }

    /// Every `close(2)`, of which the last one is followed by [`release`](Self::release): also
    /// those of descriptors that `dup(2)` or `fork(2)` made.
    ///
    /// # Errors
    ///
    /// Any: it is what `close(2)` returns. The descriptor is closed all the same.
    fn flush(&self, file: &File<'_, Self>) -> Result {
        let _ = file;
        Ok(())
    }

    /// `fcntl(2)` with `O_ASYNC`: the list of those who want a signal when something happens, which
    /// this file is put into or taken out of. It leaves the list when it is closed.
    ///
    /// The list can be the device's, the module's or the file's own, in its state. Under
    /// `#[file_operations]` the lifetime need not be written: where it is left out, or `'_`, it is
    /// taken for the one here.
    fn fasync<'a>(&'a self, file: &File<'a, Self>) -> &'a FasyncList {
        static NONE: FasyncList = FasyncList::new();
        let _ = file;
        &NONE
    }

    /// Adds lines to the file's `/proc/PID/fdinfo/FD`, each of the form `name:\tvalue\n`.
    fn show_fdinfo(&self, file: &File<'_, Self>, to: &mut SeqFile<'_>) {
        let _ = (file, to);
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
