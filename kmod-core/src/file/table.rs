// SPDX-License-Identifier: GPL-2.0-only
//! The `struct file_operations` of a device, and the C functions in it.

use core::ffi::{c_char, c_int};
use core::marker::PhantomData;
use core::mem::{self, MaybeUninit};

use kmod_bindings as bindings;
use kmod_bindings::{file, file_operations, inode, loff_t};

use super::{File, FileOperations, OpenFile, SeekFrom};
use crate::alloc::{GFP_KERNEL_ACCOUNT, KBox};
use crate::error::code::{EINVAL, ENXIO, EOVERFLOW};
use crate::error::{Error, Result};
use crate::module::{Field, Module, Provides};
use crate::uaccess::{UserReader, UserWriter};

/// The table of the device in the module's field `F`.
///
/// All functions in it are called by the kernel, for files of this device. The table names the
/// module as its owner, so a file that is open keeps the module loaded. [`open`](Self::open) lets
/// a file come to be only while the module is live; so in all other functions the module's state
/// is there, and `private_data` is the box that `open` made.
pub(crate) struct Table<F>(PhantomData<F>);

type State<F> = <<F as Field>::Type as FileOperations>::PerOpen;

impl<F> Table<F>
where
    F: Field,
    F::Type: FileOperations,
    F::Module: Provides<<F::Type as FileOperations>::Module>,
{
    pub(crate) const OPS: &'static file_operations = &{
        let handlers = &F::Type::HANDLERS;
        file_operations {
            owner: (&raw const bindings::__this_module).cast_mut(),
            open: Some(Self::open),
            release: if handlers.release || Self::HAS_STATE {
                Some(Self::release)
            } else {
                None
            },
            read: if handlers.read {
                Some(Self::read)
            } else {
                None
            },
            write: if handlers.write {
                Some(Self::write)
            } else {
                None
            },
            llseek: if handlers.llseek {
                Some(Self::llseek)
            } else {
                None
            },
            // SAFETY: The rest of the fields are integers and pointers to functions, for all of
            // which zero is a value.
            ..unsafe { mem::zeroed() }
        }
    };

    /// Whether closing a file has something to free or to drop.
    const HAS_STATE: bool = mem::needs_drop::<State<F>>() || size_of::<State<F>>() != 0;

    unsafe extern "C" fn open(_inode: *mut inode, file: *mut file) -> c_int {
        let slot = F::Module::slot();
        if !slot.live() {
            return ENXIO.to_errno();
        }
        // SAFETY: The module is live, and cannot be unloaded while this file is being opened.
        let module = unsafe { slot.get() };
        // SAFETY: The kernel opens a file of this device.
        let context = unsafe { OpenFile::new(file, module.provide()) };
        match Self::make_state(F::get(module), &context) {
            Ok(state) => {
                // SAFETY: The kernel's file belongs to us until this function returns.
                unsafe { (*file).private_data = KBox::into_raw(state).cast() };
                0
            }
            Err(error) => error.to_errno(),
        }
    }

    /// Calls the handler. The memory comes first: where the handler succeeds, the file is opened,
    /// and `release` will follow.
    fn make_state(device: &F::Type, file: &OpenFile<'_, F::Type>) -> Result<KBox<State<F>>> {
        let place = KBox::new(MaybeUninit::<State<F>>::uninit(), GFP_KERNEL_ACCOUNT)?;
        let state = device.open(file)?;
        let place = KBox::into_raw(place).cast::<State<F>>();
        // SAFETY: The box is ours, and has the size and alignment of the state.
        unsafe { place.write(state) };
        // SAFETY: The memory is that of a box of the same layout, given up above, and it is
        // initialised now.
        Ok(unsafe { KBox::from_raw(place) })
    }

    /// Calls `handler` with the device and the open file.
    ///
    /// # Safety
    ///
    /// `file` is what the kernel gave to a function of this table other than `open`.
    unsafe fn with<R>(
        file: *mut file,
        handler: impl FnOnce(&F::Type, &File<'_, F::Type>) -> R,
    ) -> R {
        // SAFETY: The file was opened while the module was live, and holds a reference to it.
        let module = unsafe { F::Module::slot().get() };
        // SAFETY: The file lives for the callback, and nobody but us writes the field.
        let state = unsafe { (*file).private_data }.cast::<State<F>>();
        // SAFETY: `open` put the state there, and `release`, which takes it, comes last.
        let state = unsafe { &*state };
        // SAFETY: The caller has the file from the kernel, for the time of the callback.
        let context = unsafe { OpenFile::new(file, module.provide()) };
        handler(F::get(module), &File::new(context, state))
    }

    unsafe extern "C" fn release(_inode: *mut inode, file: *mut file) -> c_int {
        if F::Type::HANDLERS.release {
            // SAFETY: The kernel calls this with a file of this device.
            unsafe { Self::with(file, |device, file| device.release(file)) };
        }
        // SAFETY: The file lives for the callback, and nobody but us writes the field.
        let state = unsafe { (*file).private_data }.cast::<State<F>>();
        // SAFETY: `open` made it from a box, and this is the last call for the file.
        drop(unsafe { KBox::from_raw(state) });
        0
    }

    unsafe extern "C" fn read(
        file: *mut file,
        buf: *mut c_char,
        len: usize,
        ppos: *mut loff_t,
    ) -> isize {
        // SAFETY: The kernel gives a buffer of user memory for the time of this call.
        let mut to = unsafe { UserWriter::new(buf.cast(), len) };
        let transfer = |pos| {
            // SAFETY: The kernel calls this with a file of this device.
            unsafe { Self::with(file, |device, file| device.read(file, &mut to, pos)) }?;
            Ok(to.written())
        };
        // SAFETY: The kernel gives the call's own position.
        unsafe { at_position(ppos, transfer) }
    }

    unsafe extern "C" fn write(
        file: *mut file,
        buf: *const c_char,
        len: usize,
        ppos: *mut loff_t,
    ) -> isize {
        // SAFETY: The kernel gives a buffer of user memory for the time of this call.
        let mut from = unsafe { UserReader::new(buf.cast(), len) };
        let transfer = |pos| {
            // SAFETY: The kernel calls this with a file of this device.
            unsafe { Self::with(file, |device, file| device.write(file, &mut from, pos)) }?;
            Ok(from.taken())
        };
        // SAFETY: The kernel gives the call's own position.
        unsafe { at_position(ppos, transfer) }
    }

    unsafe extern "C" fn llseek(file: *mut file, offset: loff_t, whence: c_int) -> loff_t {
        let to = match SeekFrom::from_raw(offset, whence) {
            Ok(to) => to,
            Err(error) => return error.to_errno().into(),
        };
        let seek = |device: &F::Type, file: &File<'_, F::Type>| {
            let pos = device.llseek(file, to)?;
            let pos = loff_t::try_from(pos).map_err(|_| EOVERFLOW)?;
            file.set_pos(pos);
            Ok(pos)
        };
        // SAFETY: The kernel calls this with a file of this device.
        unsafe { Self::with(file, seek) }.unwrap_or_else(|error: Error| error.to_errno().into())
    }
}

/// Runs a transfer at the position `*ppos`, and moves it by what was transferred.
///
/// # Safety
///
/// `ppos` is valid, and nobody else uses it.
pub(crate) unsafe fn at_position(
    ppos: *mut loff_t,
    transfer: impl FnOnce(u64) -> Result<usize>,
) -> isize {
    // SAFETY: As the caller promises.
    let ppos = unsafe { &mut *ppos };
    let result = match u64::try_from(*ppos) {
        Ok(pos) => transfer(pos),
        Err(_) => Err(EINVAL),
    };
    match result {
        // The kernel has checked that position and length together fit, and a buffer is never
        // longer than MAX_RW_COUNT.
        Ok(n) => {
            *ppos = ppos.saturating_add_unsigned(n as u64);
            n.cast_signed()
        }
        Err(error) => error.to_errno() as isize,
    }
}
