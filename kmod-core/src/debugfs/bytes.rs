// SPDX-License-Identifier: GPL-2.0-only
//! Files of bytes: what is a [`#[sysfs_bin]`](macro@crate::sysfs_bin) elsewhere, with a page of memory between the
//! handlers and user space, as sysfs has it.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// Remembers 16 bytes
//! #[kernel_module(name = "memory", license = "GPL")]
//! #[derive(Default)]
//! struct Memory {
//!     /// /sys/kernel/debug/memory/serial
//!     #[debugfs_bin(path = "memory/serial", mode = 0o644)]
//!     serial: Mutex<[u8; 16]>,
//! }
//! # fn main() {}
//! ```

use core::ffi::{c_char, c_int, c_void};
use core::marker::PhantomData;
use core::mem;
use core::ptr::NonNull;

use kmod_bindings::{self as bindings, file, file_operations, inode, loff_t};

use super::entry::Entry;
use crate::alloc::{GFP_KERNEL, KVec};
use crate::chrdev::NodeName;
use crate::error::Result;
use crate::error::code::EFBIG;
use crate::instance::{At, Belongs, Field, Instance, Object, Place, field};
use crate::sysfs::{SysfsBinary, SysfsBinaryCall, SysfsBytes, sysfs_bin_mode};
use crate::task::Capability;
use crate::task::capability::require;
use crate::uaccess::{UserReader, UserWriter};

/// A field under `#[debugfs_bin]`.
pub trait DebugfsBinField:
    Field<Instance: Belongs<<Self::Type as SysfsBinary>::Instance>, Type: SysfsBinary>
{
    /// The path in debugfs; a device's has its number in it.
    const PATH: NodeName;
    /// Its mode, if the attribute names one.
    const MODE: Option<u16>;
    /// How many bytes it has, if the attribute says so.
    const SIZE: Option<usize> = None;
    /// What who opens it must have.
    const CAPABILITY: Option<Capability> = None;
}

const WRITABLE: u16 = 0o222;

/// What a handler gives or takes at most.
const PAGE: usize = bindings::KMOD_PAGE_SIZE as usize;

/// How much of `len` bytes at `pos` there is, in a file of `size` bytes, or of a size that is not known; at most a
/// page.
fn part(size: usize, pos: u64, len: usize) -> usize {
    let rest = match size {
        0 => usize::MAX,
        size => usize::try_from(pos).map_or(0, |pos| size.saturating_sub(pos)),
    };
    len.min(rest).min(PAGE)
}

/// Whether there is no byte at `pos`: who writes there is told so, as by sysfs.
fn is_behind(size: usize, pos: u64) -> bool {
    size != 0 && part(size, pos, 1) == 0
}

/// What the kernel calls for the file of the field `F`. The file's data is the instance's address.
struct Ops<F>(PhantomData<F>);

impl<F: DebugfsBinField> Ops<F> {
    const MODE: u16 = sysfs_bin_mode::<F::Type>(F::MODE);

    const SIZE: usize = match F::SIZE {
        Some(size) => size,
        None => <F::Type as SysfsBinary>::SIZE,
    };

    /// The module is the owner: nothing but `debugfs_remove()` takes the file from who has it open.
    const OPS: &'static file_operations = &{
        // SAFETY: They are integers and pointers, to functions, too, which may be zero.
        let mut ops: file_operations = unsafe { mem::zeroed() };
        ops.owner = (&raw const bindings::__this_module).cast_mut();
        ops.open = Some(Self::open);
        ops.llseek = Some(bindings::default_llseek);
        if <F::Type as SysfsBinary>::HANDLERS.read {
            ops.read = Some(Self::read);
        }
        // A value can be written, but its mode need not let anybody.
        if <F::Type as SysfsBinary>::HANDLERS.write && Self::MODE & WRITABLE != 0 {
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
        // SAFETY: The kernel gives a file that it is opening, and lets `open` set this.
        unsafe { (*file).private_data = data };
        0
    }

    unsafe extern "C" fn read(
        file: *mut file,
        buf: *mut c_char,
        len: usize,
        ppos: *mut loff_t,
    ) -> isize {
        // SAFETY: The kernel gives the position of this call.
        let pos = unsafe { *ppos }.cast_unsigned();
        // SAFETY: The kernel gives a buffer of user memory for the time of this call.
        let mut to = unsafe { UserWriter::new(buf.cast(), len) };
        let give = |value: &F::Type, call: &SysfsBinaryCall<'_, F::Type>| {
            let mut page = KVec::zeroed(part(Self::SIZE, pos, len), GFP_KERNEL)?;
            if page.is_empty() {
                return Ok(0);
            }
            let at = NonNull::from(&mut *page).cast();
            // SAFETY: So many bytes are there, which nobody else touches meanwhile.
            let mut bytes = unsafe { SysfsBytes::new(at, page.len()) };
            value.read(call, &mut bytes, pos)?;
            let given = bytes.written();
            to.write(page.get(..given).unwrap_or_default())
        };
        // SAFETY: `open` has opened the file, of which this is a callback.
        match unsafe { Self::with(file, give) } {
            Ok(given) => {
                // SAFETY: The kernel gives the position of this call, and lets it be set.
                unsafe { *ppos = pos.wrapping_add(given as u64).cast_signed() };
                given.cast_signed()
            }
            Err(error) => error.to_errno() as isize,
        }
    }

    unsafe extern "C" fn write(
        file: *mut file,
        buf: *const c_char,
        len: usize,
        ppos: *mut loff_t,
    ) -> isize {
        // SAFETY: The kernel gives the position of this call.
        let pos = unsafe { *ppos }.cast_unsigned();
        // SAFETY: The kernel gives a buffer of user memory for the time of this call.
        let mut from = unsafe { UserReader::new(buf.cast(), len) };
        let take = |value: &F::Type, call: &SysfsBinaryCall<'_, F::Type>| {
            if is_behind(Self::SIZE, pos) {
                return Err(EFBIG);
            }
            let mut page = KVec::zeroed(part(Self::SIZE, pos, len), GFP_KERNEL)?;
            if page.is_empty() {
                return Ok(0);
            }
            from.read(&mut page)?;
            // More than there was cannot have been taken.
            Ok(value.write(call, &page, pos)?.min(page.len()))
        };
        // SAFETY: `open` has opened the file, of which this is a callback.
        match unsafe { Self::with(file, take) } {
            Ok(taken) => {
                // SAFETY: The kernel gives the position of this call, and lets it be set.
                unsafe { *ppos = pos.wrapping_add(taken as u64).cast_signed() };
                taken.cast_signed()
            }
            Err(error) => error.to_errno() as isize,
        }
    }

    /// Calls `f` with the field, and what its handler may reach.
    ///
    /// # Safety
    ///
    /// Only within a callback of the file, which `open` has opened, and for whose end `debugfs_remove()` waits.
    unsafe fn with<R>(
        file: *mut file,
        f: impl FnOnce(&F::Type, &SysfsBinaryCall<'_, F::Type>) -> Result<R>,
    ) -> Result<R> {
        let inside = |instance: &F::Instance| {
            // SAFETY: This is within a callback of a registered object (this function's contract).
            let call = unsafe { SysfsBinaryCall::new(instance) };
            f(field::<F>(instance), &call)
        };
        // SAFETY: It is the kernel's file (this function's contract), and `open` has set this.
        let data: *mut c_void = unsafe { (*file).private_data };
        // SAFETY: `open` has put the instance's address there, which is not NULL.
        let at = unsafe { NonNull::new_unchecked(data.cast()) };
        // SAFETY: It lives while its objects are registered, and a callback of one runs (this function's
        // contract), in process context.
        unsafe { <F::Instance as Instance>::Place::enter(at, inside) }?
    }
}

/// A field's file.
pub struct DebugfsBin<F> {
    entry: Entry,
    field: PhantomData<fn() -> F>,
}

impl<F: DebugfsBinField> DebugfsBin<F> {
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

    /// Whether the file is to be there.
    ///
    /// # Safety
    ///
    /// The instance is at `at`, and one of its objects is being registered.
    unsafe fn is_visible(at: &At) -> bool {
        if !<F::Type as SysfsBinary>::HANDLERS.is_visible {
            return true;
        }
        // SAFETY: The instance is at `at` (this function's contract).
        let instance: &F::Instance = unsafe { at.instance() };
        // SAFETY: An object is being registered (this function's contract), and so the module's state is there.
        let call = unsafe { SysfsBinaryCall::new(instance) };
        field::<F>(instance).is_visible(&call)
    }
}

// SAFETY: Taking the entry away waits for what runs in the file, and lets nothing begin. What is open still
// has the module for its owner, and closing it calls nothing of the module's.
unsafe impl<F: DebugfsBinField> Object for DebugfsBin<F> {
    unsafe fn register(&self, at: &At) -> Result {
        // SAFETY: The instance is at `at` (`register`'s contract), and this is one of its objects.
        if !unsafe { Self::is_visible(at) } {
            return Ok(());
        }
        let size = loff_t::try_from(Ops::<F>::SIZE).unwrap_or(loff_t::MAX);
        // SAFETY: The functions are for files whose data is the instance, which is there as long as the
        // object is registered (`register`'s contract).
        unsafe {
            self.entry
                .make(&F::PATH, at, Ops::<F>::MODE, Ops::<F>::OPS, size)
        }
    }

    unsafe fn unregister(&self, _at: &At) {
        self.entry.remove();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_than_a_page_and_nothing_behind_the_end() {
        for (size, pos, len, is) in [
            (0, 0, 5, 5),
            (0, u64::MAX, usize::MAX, PAGE),
            (10, 0, 5, 5),
            (10, 7, 5, 3),
            (10, 10, 5, 0),
            (10, u64::MAX, 5, 0),
            (usize::MAX, 0, usize::MAX, PAGE),
        ] {
            assert_eq!(part(size, pos, len), is, "{len} at {pos} of {size}");
            assert_eq!(is_behind(size, pos), is == 0, "{pos} of {size}");
        }
    }
}
