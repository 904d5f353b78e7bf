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
use crate::error::Result;
use crate::instance::{self, Belongs, Field, Instance, Place, Provides};

/// A field whose type is a device of its instance.
pub trait DeviceField:
    Field<
        Type: FileOperations,
        Instance: Provides<<Device<Self> as FileOperations>::Module>
                      + Belongs<<Device<Self> as FileOperations>::Instance>,
    >
{
}

impl<F> DeviceField for F
where
    F: Field,
    F::Type: FileOperations,
    F::Instance: Provides<<F::Type as FileOperations>::Module>
        + Belongs<<F::Type as FileOperations>::Instance>,
{
}

/// The table of the device in the field `F` of a module or a device's struct.
///
/// All functions in it are called by the kernel, for files of this device. The table names the
/// module as its owner, so a file that is open keeps the module loaded. [`open`](Self::open) lets
/// a file come to be only while the instance is live, and has it hold that; so in all other functions
/// the instance is there, and `private_data` is the box that `open` made. Handlers run inside the
/// instance: for those of a device that was taken away, the answer is `ENODEV`.
pub struct Table<F>(PhantomData<F>);

/// What `private_data` points to.
#[repr(C)]
struct Opened<F: DeviceField, M> {
    state: State<F>,
    /// What the file keeps of the instance; nothing of a module's, which takes no room.
    place: PlaceOf<F>,
    /// Its membership in a list of those who want signals, if there is a `fasync`.
    membership: M,
}

/// What an open file keeps of its instance.
type PlaceOf<F> = <<F as Field>::Instance as Instance>::Place;

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

    /// Calls `handler` inside the instance, with the device and the open file, which have one lifetime.
    ///
    /// # Errors
    ///
    /// `ENODEV` if the device was taken away: the handler is not called.
    ///
    /// # Safety
    ///
    /// `file` is what the kernel gave to a function of this table other than `open`.
    unsafe fn with<'a, R>(
        file: *mut file,
        handler: impl FnOnce(&'a Device<F>, &File<'a, Device<F>>) -> R,
    ) -> Result<R> {
        // SAFETY: The kernel gave `file` to a function of this table other than `open` (this
        // function's contract).
        unsafe { Self::with_nowait(file, false, handler) }
    }

    /// As [`with`](Self::with), for a call that says whether it must not sleep.
    ///
    /// # Safety
    ///
    /// As [`with`](Self::with).
    #[inline(always)]
    unsafe fn with_nowait<'a, R>(
        file: *mut file,
        nowait: bool,
        handler: impl FnOnce(&'a Device<F>, &File<'a, Device<F>>) -> R,
    ) -> Result<R> {
        // SAFETY: The kernel gave the file to a function other than `open` (the caller's promise).
        let opened: &'a Opened<F, ()> = unsafe { Self::opened(file) };
        let call = |instance: &'a F::Instance| {
            // SAFETY: The caller has the file from the kernel, for the time of the callback.
            let context = unsafe { OpenFile::new(file, instance.instance()) };
            let context = context.with_nowait(nowait);
            handler(
                instance::field::<F>(instance),
                &File::new(context, &opened.state),
            )
        };
        // SAFETY: The place lives until `release`, and so does the instance; this is a callback.
        unsafe { PlaceOf::<F>::enter(opened.place.at(), call) }
    }

    /// What `open` has made for a file.
    ///
    /// # Safety
    ///
    /// The kernel gave `file` to a function of this table other than `open`. The reference is gone when
    /// that function returns, or takes it apart. `M` is `()`, or what `open` has put there.
    #[inline(always)]
    unsafe fn opened<'a, M>(file: *mut file) -> &'a Opened<F, M> {
        // SAFETY: The file lives for the callback, and nobody but us writes the field.
        let opened = unsafe { (*file).private_data }.cast::<Opened<F, M>>();
        // SAFETY: `open` put it there, and `release`, which takes it, comes last. What is before the
        // membership is laid out the same with each (`repr(C)`).
        unsafe { &*opened }
    }
}
