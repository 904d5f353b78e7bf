// SPDX-License-Identifier: GPL-2.0-only
//! `open` and `release`: from no state of a file to none.

use core::ffi::c_int;
use core::mem::{self, MaybeUninit};

use kmod_bindings::{file, inode};

use super::{Device, DeviceField, State, Table};
use crate::alloc::{GFP_KERNEL_ACCOUNT, KBox};
use crate::error::Result;
use crate::error::code::ENXIO;
use crate::file::{FileOperations, OpenFile};
use crate::module::{Module, Provides};

impl<F: DeviceField> Table<F> {
    /// Whether closing a file has something to free or to drop.
    pub(super) const HAS_STATE: bool = mem::needs_drop::<State<F>>() || size_of::<State<F>>() != 0;

    pub(super) unsafe extern "C" fn open(_inode: *mut inode, file: *mut file) -> c_int {
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
    fn make_state(device: &Device<F>, file: &OpenFile<'_, Device<F>>) -> Result<KBox<State<F>>> {
        let place = KBox::new(MaybeUninit::<State<F>>::uninit(), GFP_KERNEL_ACCOUNT)?;
        let state = device.open(file)?;
        let place = KBox::into_raw(place).cast::<State<F>>();
        // SAFETY: The box is ours, and has the size and alignment of the state.
        unsafe { place.write(state) };
        // SAFETY: The memory is that of a box of the same layout, given up above, and it is
        // initialised now.
        Ok(unsafe { KBox::from_raw(place) })
    }

    pub(super) unsafe extern "C" fn release(_inode: *mut inode, file: *mut file) -> c_int {
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
}
