// SPDX-License-Identifier: GPL-2.0-only
//! The `struct file_operations` of a device. Its C functions are in a file per group.

mod ioctl;
mod iter;
mod mmap;
mod notify;
mod open;
mod poll;
mod rw;
mod seek;
mod sync;

use core::marker::PhantomData;
use core::mem;

use kmod_bindings as bindings;
use kmod_bindings::{file, file_operations};

pub(crate) use rw::at_position;

use super::{File, FileOperations, LlseekAs, OpenFile};
use crate::module::{Field, Module, Provides};

/// A field whose type is a device of its module.
pub trait DeviceField:
    Field<Type: FileOperations, Module: Provides<<<Self as Field>::Type as FileOperations>::Module>>
{
}

impl<F> DeviceField for F
where
    F: Field,
    F::Type: FileOperations,
    F::Module: Provides<<F::Type as FileOperations>::Module>,
{
}

/// The table of the device in the module's field `F`.
///
/// All functions in it are called by the kernel, for files of this device. The table names the
/// module as its owner, so a file that is open keeps the module loaded. [`open`](Self::open) lets
/// a file come to be only while the module is live; so in all other functions the module's state
/// is there, and `private_data` is the box that `open` made.
pub struct Table<F>(PhantomData<F>);

/// The device's type.
type Device<F> = <F as Field>::Type;

/// The state of an open file.
type State<F> = <Device<F> as FileOperations>::PerOpen;

impl<F: DeviceField> Table<F> {
    pub(crate) const OPS: &'static file_operations = &{
        /// `NULL`, unless there is such a handler.
        macro_rules! slot {
            ($name:ident) => {
                if F::Type::HANDLERS.$name {
                    Some(Self::$name)
                } else {
                    None
                }
            };
        }
        file_operations {
            owner: (&raw const bindings::__this_module).cast_mut(),
            open: Some(Self::open),
            release: if F::Type::HANDLERS.release || Self::HAS_STATE {
                Some(Self::release)
            } else {
                None
            },
            read: slot!(read),
            write: slot!(write),
            read_iter: slot!(read_iter),
            write_iter: slot!(write_iter),
            llseek: match F::Type::HANDLERS.llseek_as {
                LlseekAs::Absent => slot!(llseek),
                LlseekAs::Default => Some(bindings::default_llseek),
                LlseekAs::Generic => Some(bindings::generic_file_llseek),
                LlseekAs::Noop => Some(bindings::noop_llseek),
                LlseekAs::NoSeekEnd => Some(bindings::no_seek_end_llseek),
                LlseekAs::FixedSize(_) => Some(Self::fixed_size_llseek),
            },
            fsync: slot!(fsync),
            flush: slot!(flush),
            fasync: slot!(fasync),
            show_fdinfo: slot!(show_fdinfo),
            poll: slot!(poll),
            mmap: slot!(mmap),
            unlocked_ioctl: if Self::HAS_IOCTLS {
                Some(Self::unlocked_ioctl)
            } else {
                None
            },
            compat_ioctl: if Self::HAS_IOCTLS && bindings::KMOD_COMPAT {
                Some(bindings::compat_ptr_ioctl)
            } else {
                None
            },
            // The kernel's functions call the file's `read_iter` and `write_iter`.
            splice_read: if F::Type::HANDLERS.splice_read && F::Type::HANDLERS.read_iter {
                Some(bindings::kmod_copy_splice_read)
            } else {
                None
            },
            splice_write: if F::Type::HANDLERS.splice_write && F::Type::HANDLERS.write_iter {
                Some(bindings::iter_file_splice_write)
            } else {
                None
            },
            // SAFETY: The rest of the fields are integers and pointers to functions, for all of
            // which zero is a value.
            ..unsafe { mem::zeroed() }
        }
    };

    /// Calls `handler` with the device and the open file, which have one lifetime.
    ///
    /// # Safety
    ///
    /// `file` is what the kernel gave to a function of this table other than `open`.
    unsafe fn with<'a, R>(
        file: *mut file,
        handler: impl FnOnce(&'a Device<F>, &File<'a, Device<F>>) -> R,
    ) -> R {
        // SAFETY: As the caller promises.
        unsafe { Self::with_nowait(file, false, handler) }
    }

    /// As [`with`](Self::with), for a call that says whether it must not sleep.
    ///
    /// # Safety
    ///
    /// As [`with`](Self::with).
    unsafe fn with_nowait<'a, R>(
        file: *mut file,
        nowait: bool,
        handler: impl FnOnce(&'a Device<F>, &File<'a, Device<F>>) -> R,
    ) -> R {
        // SAFETY: The file was opened while the module was live, and holds a reference to it.
        let module = unsafe { F::Module::slot().get() };
        // SAFETY: The file lives for the callback, and nobody but us writes the field.
        let state = unsafe { (*file).private_data }.cast::<State<F>>();
        // SAFETY: `open` put the state there, at the start of its box, and `release`, which takes
        // it, comes last.
        let state = unsafe { &*state };
        // SAFETY: The caller has the file from the kernel, for the time of the callback.
        let context = unsafe { OpenFile::new(file, module.provide()) }.with_nowait(nowait);
        handler(F::get(module), &File::new(context, state))
    }
}
