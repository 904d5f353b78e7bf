// SPDX-License-Identifier: GPL-2.0-only
//! Files in debugfs, which is mounted at `/sys/kernel/debug` where there is one: what the kernel's
//! `debugfs_create_file()` makes.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// Counts who looks
//! #[kernel_module(name = "looks", license = "GPL")]
//! #[derive(Default)]
//! struct Looks {
//!     /// /sys/kernel/debug/looks/stats: a text
//!     #[debugfs(path = "looks/stats")]
//!     stats: Stats,
//!     /// /sys/kernel/debug/looks/reads: a number
//!     #[debugfs(path = "looks/reads", mode = 0o644)]
//!     reads: AtomicU64,
//! }
//!
//! #[derive(Default)]
//! struct Stats;
//!
//! #[handlers]
//! impl TextFile for Stats {
//!     type Instance = Looks;
//!
//!     fn show(&self, file: &TextCall<'_, Self>, to: &mut SeqFile<'_>) -> Result {
//!         let reads = file.instance().reads.fetch_add(1, Ordering::Relaxed);
//!         writeln!(to, "read {reads} times")
//!     }
//! }
//! # fn main() {}
//! ```
//!
//! Where there is no debugfs (the kernel has none, or was booted with `debugfs=off`), the module is
//! loaded, and the files are not there: nothing depends on them. An open file keeps the module; that of
//! a device that has gone reads and writes `EIO`.

mod bytes;
mod entry;
mod folders;

use core::ffi::{c_char, c_int, c_void};
use core::marker::PhantomData;
use core::mem;
use core::ptr::NonNull;

use kmod_bindings::{self as bindings, file, file_operations, inode, loff_t, seq_file};

use crate::chrdev::NodeName;
use crate::error::Result;
use crate::instance::{At, Belongs, Field, Instance, Object, Place, field};
use crate::seq_file::SeqFile;
use crate::task::Capability;
use crate::task::capability::require;
use crate::text_file::{Rows, TextCall, TextFile, open_rows, rows_data, text_mode};
use crate::uaccess::UserReader;

pub use bytes::{DebugfsBin, DebugfsBinField};
use entry::Entry;

/// A field under `#[debugfs]`.
pub trait DebugfsField:
    Field<Instance: Belongs<<Self::Type as TextFile>::Instance>, Type: TextFile>
{
    /// The path in debugfs; a device's has its number in it.
    const PATH: NodeName;
    /// Its mode, if the attribute names one.
    const MODE: Option<u16>;
    /// What who opens it must have.
    const CAPABILITY: Option<Capability> = None;
}

const WRITABLE: u16 = 0o222;

/// What the kernel calls for the file of the field `F`. The file's data is the instance's address.
struct Ops<F>(PhantomData<F>);

impl<F: DebugfsField> Ops<F> {
    const MODE: u16 = text_mode::<F::Type>(F::MODE);

    const SHOWS: bool = <F::Type as TextFile>::HANDLERS.show;

    const HAS_ROWS: bool = <F::Type as TextFile>::HANDLERS.row;

    /// A value can be written, but its mode need not let anybody.
    const WRITES: bool = <F::Type as TextFile>::HANDLERS.write && Self::MODE & WRITABLE != 0;

    /// The module is the owner: what is closed calls `release` whatever has become of the file.
    const OPS: &'static file_operations = &{
        // SAFETY: They are integers and pointers, to functions, too, which may be zero.
        let mut ops: file_operations = unsafe { mem::zeroed() };
        ops.owner = (&raw const bindings::__this_module).cast_mut();
        ops.open = Some(Self::open);
        if Self::SHOWS || Self::HAS_ROWS {
            ops.read = Some(bindings::seq_read);
            ops.llseek = Some(bindings::seq_lseek);
            ops.release = Some(match Self::HAS_ROWS {
                true => bindings::seq_release_private,
                false => bindings::single_release,
            });
        } else {
            ops.llseek = Some(bindings::noop_llseek);
        }
        if Self::WRITES {
            ops.write = Some(Self::write);
        }
        ops
    };

    unsafe extern "C" fn open(inode: *mut inode, file: *mut file) -> c_int {
        if let Some(capability) = F::CAPABILITY
            && let Err(error) = require(capability)
        {
            return error.to_errno();
        }
        // SAFETY: The kernel gives the inode of one of its files.
        let data = unsafe { bindings::kmod_debugfs_data(inode) };
        // SAFETY: It is the instance's address, which is not NULL.
        let at = unsafe { NonNull::new_unchecked(data.cast()) };
        // SAFETY: It is that instance, and this is a callback of the file.
        if let Err(error) = unsafe { <F::Instance as Instance>::Place::live(at) } {
            return error.to_errno();
        }
        if Self::HAS_ROWS {
            // SAFETY: The kernel gives a file that it is opening, and the rows are of that instance.
            return unsafe { open_rows::<Self>(file, data) };
        }
        if Self::SHOWS {
            // SAFETY: The kernel gives a file that it is opening.
            return unsafe { bindings::single_open(file, Some(Self::show), data) };
        }
        // SAFETY: The kernel gives a file that it is opening, and lets `open` set this.
        unsafe { (*file).private_data = data };
        0
    }

    unsafe extern "C" fn show(file: *mut seq_file, _v: *mut c_void) -> c_int {
        // SAFETY: The kernel gives a file that `open` has opened.
        let data = unsafe { (*file).private };
        // SAFETY: The kernel gives the file for the time of this call, a callback of the file.
        let mut to = unsafe { SeqFile::new(file) };
        // SAFETY: `open` has given it the instance, and this is a callback of the file.
        match unsafe { Self::with(data, |value, call| value.show(call, &mut to)) } {
            Ok(()) => 0,
            Err(error) => error.to_errno(),
        }
    }

    unsafe extern "C" fn write(
        file: *mut file,
        buf: *const c_char,
        len: usize,
        _ppos: *mut loff_t,
    ) -> isize {
        // SAFETY: The kernel gives a file that `open` has opened.
        let mut data = unsafe { (*file).private_data };
        if Self::HAS_ROWS {
            // SAFETY: `open_rows` has opened it, and it is open.
            data = unsafe { rows_data(data.cast()) };
        } else if Self::SHOWS {
            // SAFETY: `single_open()` has put a `seq_file` there, which is there until it is closed.
            data = unsafe { (*data.cast::<seq_file>()).private };
        }
        // SAFETY: The kernel gives a buffer of user memory for the time of this call.
        let mut from = unsafe { UserReader::new(buf.cast(), len) };
        // SAFETY: `open` has given it the instance, and this is a callback of the file.
        match unsafe { Self::with(data, |value, call| value.write(call, &mut from)) } {
            Ok(()) => from.taken().cast_signed(),
            Err(error) => error.to_errno() as isize,
        }
    }

    /// Calls `f` with the field, and what its handler may reach.
    ///
    /// # Safety
    ///
    /// Only within a callback of the file, for whose end `debugfs_remove()` waits; `data` is the address
    /// of the instance.
    unsafe fn with<R>(
        data: *mut c_void,
        f: impl FnOnce(&F::Type, &TextCall<'_, F::Type>) -> Result<R>,
    ) -> Result<R> {
        let inside = |instance: &F::Instance| {
            // SAFETY: This is within a callback of a registered object (this function's contract).
            let call = unsafe { TextCall::new(instance) };
            f(field::<F>(instance), &call)
        };
        // SAFETY: It is the instance's address (this function's contract), which is not NULL.
        let at = unsafe { NonNull::new_unchecked(data.cast()) };
        // SAFETY: It lives while its objects are registered, and a callback of one runs (this function's
        // contract), in process context.
        unsafe { <F::Instance as Instance>::Place::enter(at, inside) }?
    }
}

impl<F: DebugfsField> Rows for Ops<F> {
    unsafe fn row(data: *mut c_void, at: u64, to: &mut SeqFile<'_>) -> Result<Option<u64>> {
        // SAFETY: `open` has given it the instance, and this is a callback of the file (this function's contract).
        unsafe { Self::with(data, |value, call| value.row(call, at, to)) }
    }
}

/// A field's file.
pub struct Debugfs<F> {
    entry: Entry,
    field: PhantomData<fn() -> F>,
}

impl<F: DebugfsField> Debugfs<F> {
    /// Not there yet.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self {
        Self {
            entry: Entry::new(),
            field: PhantomData,
        }
    }
}

// SAFETY: Taking the entry away waits for what runs in the file, and lets nothing begin. What is open still
// has the module for its owner, and closing it touches the `seq_file` only.
unsafe impl<F: DebugfsField> Object for Debugfs<F> {
    unsafe fn register(&self, at: &At) -> Result {
        // SAFETY: The functions are for files whose data is the instance, which is there as long as the
        // object is registered (`register`'s contract).
        unsafe {
            self.entry
                .make(&F::PATH, at, Ops::<F>::MODE, Ops::<F>::OPS, 0)
        }
    }

    unsafe fn unregister(&self, _at: &At) {
        self.entry.remove();
    }
}
