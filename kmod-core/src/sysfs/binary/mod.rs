// SPDX-License-Identifier: GPL-2.0-only
//! Files of bytes: what the kernel's `struct bin_attribute` is.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// Remembers a page of bytes
//! #[kernel_module(name = "memory", license = "GPL")]
//! #[derive(Default)]
//! struct Memory {
//!     /// /sys/module/memory/table: numbers, until they end
//!     #[sysfs_bin]
//!     table: Table,
//!     /// /sys/module/memory/serial: 16 bytes, which root may change
//!     #[sysfs_bin(mode = 0o644)]
//!     serial: Mutex<[u8; 16]>,
//! }
//!
//! #[derive(Default)]
//! struct Table(Mutex<KVec<u8>>);
//!
//! #[handlers]
//! impl SysfsBinary for Table {
//!     fn read(
//!         &self,
//!         _file: &SysfsBinaryCall<'_, Self>,
//!         to: &mut SysfsBytes<'_>,
//!         pos: u64,
//!     ) -> Result {
//!         to.write_from(&self.0.lock(), pos);
//!         Ok(())
//!     }
//! }
//! # fn main() {}
//! ```

mod object;
mod value;

use core::marker::PhantomData;
use core::ptr::{self, NonNull};

use crate::error::Result;
use crate::error::code::EINVAL;
use crate::instance::ModuleState;
use crate::sync::Shared;
use crate::text_file::{TextHandlers, file_call, fitting};

pub(super) use object::{Read, Write};
pub use object::{SysfsBin, SysfsBinField};

/// What a file of bytes is, as a field under [`#[sysfs_bin]`](macro@crate::sysfs_bin) in sysfs, or under
/// [`#[debugfs_bin]`](macro@crate::debugfs_bin) in debugfs.
///
/// An array of [`AtomicU8`](core::sync::atomic::AtomicU8) and a [`Mutex`](crate::sync::Mutex) around an array
/// of bytes are such files without any code.
#[diagnostic::on_unimplemented(
    message = "a file of bytes cannot be a `{Self}`",
    label = "not a type for `#[sysfs_bin]` or `#[debugfs_bin]`",
    note = "use a `Mutex<[u8; N]>` or a `[AtomicU8; N]`, or write `#[handlers] impl SysfsBinary for {Self}`"
)]
pub trait SysfsBinary: Sized + Shared {
    /// The module whose state the handlers use; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of which the file is a field, if the handlers use it: the module's or a device's;
    /// `()` (what `#[handlers]` inserts) for none.
    type Instance: 'static;

    /// Which handlers are there. `#[handlers]` writes it.
    #[doc(hidden)]
    const HANDLERS: SysfsBinaryHandlers;

    /// How many bytes there are, if it is always as many.
    #[doc(hidden)]
    const SIZE: usize = 0;

    /// Whether the file is there: asked once, before it is made, for the module or for each device.
    /// Process context.
    fn is_visible(&self, file: &SysfsBinaryCall<'_, Self>) -> bool {
        let _ = file;
        true
    }

    /// Gives bytes from position `pos` on, at most a page of them; none at the end. Process context.
    ///
    /// # Errors
    ///
    /// Whatever `read(2)` is to fail with.
    fn read(&self, file: &SysfsBinaryCall<'_, Self>, to: &mut SysfsBytes<'_>, pos: u64) -> Result {
        let _ = (file, to, pos);
        Err(EINVAL)
    }

    /// Takes bytes for position `pos`, at most a page of them, and says how many it took, which is what
    /// `write(2)` returns. Process context.
    ///
    /// # Errors
    ///
    /// Whatever `write(2)` is to fail with.
    fn write(&self, file: &SysfsBinaryCall<'_, Self>, bytes: &[u8], pos: u64) -> Result<usize> {
        let _ = (file, bytes, pos);
        Err(EINVAL)
    }
}

/// Which handlers of [`SysfsBinary`] are there.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct SysfsBinaryHandlers {
    pub is_visible: bool,
    pub read: bool,
    pub write: bool,
    /// It can be written, and is if the mode says so.
    pub is_value: bool,
}

impl SysfsBinaryHandlers {
    /// None.
    pub const NONE: Self = Self {
        is_visible: false,
        read: false,
        write: false,
        is_value: false,
    };
}

/// The mode of a file of the type `T` whose attribute names `mode`, or none.
///
/// # Panics
///
/// If it is not one for what the type has.
#[doc(hidden)]
#[track_caller]
pub const fn sysfs_bin_mode<T: SysfsBinary>(mode: Option<u16>) -> u16 {
    fitting!(handlers::<T>(), mode, "read", "write")
}

/// The mode of such a file whose attribute names none, which does not panic: [`sysfs_bin_mode`] says it once.
pub const fn told_sysfs_bin_mode<T: SysfsBinary>() -> u16 {
    handlers::<T>().default_mode()
}

const fn handlers<T: SysfsBinary>() -> TextHandlers {
    TextHandlers {
        show: T::HANDLERS.read,
        row: false,
        write: T::HANDLERS.write,
        is_value: T::HANDLERS.is_value,
    }
}

file_call!(SysfsBinaryCall of SysfsBinary);

/// What a read of a file of bytes gives: as much as has room, in the order in which it is written.
///
/// # Invariants
///
/// `room` bytes from `next` on are the call's, which may be written, and need not have values.
pub struct SysfsBytes<'a> {
    next: NonNull<u8>,
    room: usize,
    written: usize,
    call: PhantomData<&'a mut ()>,
}

impl SysfsBytes<'_> {
    /// The bytes of a call.
    ///
    /// # Safety
    ///
    /// `room` bytes from `to` on may be written by nobody else until the value is gone.
    pub(crate) unsafe fn new(to: NonNull<u8>, room: usize) -> Self {
        // INVARIANT: They are the call's (this function's contract).
        Self {
            next: to,
            room,
            written: 0,
            call: PhantomData,
        }
    }

    /// How many bytes were written.
    pub(crate) fn written(&self) -> usize {
        self.written
    }

    /// How many more bytes there is room for.
    pub fn len(&self) -> usize {
        self.room
    }

    /// Whether there is no more room.
    pub fn is_empty(&self) -> bool {
        self.room == 0
    }

    /// Adds as many of the bytes as there is room for, and returns how many that were.
    pub fn write(&mut self, bytes: &[u8]) -> usize {
        let n = bytes.len().min(self.room);
        // SAFETY: So many bytes may be read there, and written here (invariant), where nobody has a reference.
        unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), self.next.as_ptr(), n) };
        // INVARIANT: The rest.
        // SAFETY: It is at most behind the last of the call's bytes (invariant).
        self.next = unsafe { self.next.add(n) };
        self.room -= n;
        self.written += n;
        n
    }

    /// Adds what `data` holds from position `pos` on, as much as there is room for, and returns how much
    /// that was; nothing if `pos` is at or behind the end. This makes `data` a file, as
    /// `memory_read_from_buffer()` does.
    pub fn write_from(&mut self, data: &[u8], pos: u64) -> usize {
        let rest = usize::try_from(pos).ok().and_then(|pos| data.get(pos..));
        self.write(rest.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(room: usize, f: impl FnOnce(&mut SysfsBytes<'_>)) -> std::vec::Vec<u8> {
        let mut memory = std::vec![0_u8; room + 1];
        let at = NonNull::new(memory.as_mut_ptr()).unwrap();
        // SAFETY: They are there, and nobody else's until it is gone.
        let mut to = unsafe { SysfsBytes::new(at, room) };
        f(&mut to);
        let n = to.written;
        assert_eq!(memory[room], 0);
        memory.truncate(n);
        memory
    }

    #[test]
    fn no_more_is_written_than_there_is_room() {
        let all = written(4, |to| {
            assert_eq!((to.len(), to.is_empty()), (4, false));
            assert_eq!(to.write(b"ab"), 2);
            assert_eq!(to.write(b"cde"), 2);
            assert_eq!(to.write(b"f"), 0);
            assert!(to.is_empty());
        });
        assert_eq!(all, b"abcd");
        assert_eq!(written(0, |to| assert_eq!(to.write(b"x"), 0)), b"");
    }

    #[test]
    fn what_is_behind_the_end_is_nothing() {
        for (pos, part) in [(0, &b"abc"[..]), (3, b"de"), (5, b""), (u64::MAX, b"")] {
            let all = written(3, |to| {
                assert_eq!(to.write_from(b"abcde", pos), part.len());
            });
            assert_eq!(all, part);
        }
    }
}
