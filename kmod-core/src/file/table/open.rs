// SPDX-License-Identifier: GPL-2.0-only
//! `open` and `release`: from no state of a file to none.

use core::ffi::{c_int, c_void};
use core::mem::{self, MaybeUninit};

use kmod_bindings::{self as bindings, file, inode};

use super::{Device, DeviceField, Opened, PlaceOf, State, Table};
use crate::alloc::{GFP_KERNEL_ACCOUNT, KBox};
use crate::error::Result;
use crate::file::fasync::Membership;
use crate::file::{FileOperations, OpenAs, OpenFile};
use crate::instance::{self, Belongs, Place};

/// A state of more bytes is made in a frame of its own.
const BIG_STATE: usize = 256;

impl<F: DeviceField> Table<F> {
    /// Whether closing a file has something to free or to drop.
    pub(super) const HAS_STATE: bool = mem::needs_drop::<State<F>>()
        || size_of::<State<F>>() != 0
        || mem::needs_drop::<PlaceOf<F>>()
        || Device::<F>::HANDLERS.fasync;

    pub(super) unsafe extern "C" fn open(inode: *mut inode, file: *mut file) -> c_int {
        // SAFETY: The kernel opens this file, of an object of such an instance.
        let place = match unsafe { PlaceOf::<F>::opening(file) } {
            Ok(place) => place,
            Err(error) => return error.to_errno(),
        };
        let at = place.at();
        let make = |instance: &F::Instance| {
            // SAFETY: The kernel opens a file of this device.
            let context = unsafe { OpenFile::new(file, instance.instance()) };
            let device = instance::field::<F>(instance);
            if Device::<F>::HANDLERS.fasync {
                Self::make_state::<Membership>(device, &context, place)
            } else {
                Self::make_state::<()>(device, &context, place)
            }
        };
        // SAFETY: The place is dropped, if it is, when `make` returns, or later; and while a file is
        // being opened, the kernel does not unregister its object, so that the instance lives.
        match unsafe { PlaceOf::<F>::enter(at, make) }.flatten() {
            Ok(private) => {
                // SAFETY: The kernel's file belongs to us until this function returns.
                unsafe { (*file).private_data = private };
                // SAFETY: The kernel opens this file, of this device and of `inode`.
                unsafe { Self::is_open(inode, file) };
                0
            }
            Err(error) => error.to_errno(),
        }
    }

    /// Calls the handler. The memory comes first: where the handler succeeds, the file is opened,
    /// and `release` will follow, unless an object of its state cannot be registered.
    fn make_state<M: Default>(
        device: &Device<F>,
        file: &OpenFile<'_, Device<F>>,
        place: PlaceOf<F>,
    ) -> Result<*mut c_void> {
        let mut memory = KBox::new(MaybeUninit::<Opened<F, M>>::uninit(), GFP_KERNEL_ACCOUNT)?;
        // Each field by itself: a whole `Opened` would lie on the stack first, and a state may be big.
        // SAFETY: It is within the box, which is ours.
        let state = unsafe { &raw mut (*memory.as_mut_ptr()).state };
        if const { size_of::<State<F>>() > BIG_STATE } {
            match Self::open_apart(device, file) {
                // SAFETY: That is the place of a state in the box.
                Ok(made) => unsafe { state.write(made) },
                Err(error) => return Err(error),
            }
        } else {
            let made = device.open(file)?;
            // SAFETY: That is the place of a state in the box.
            unsafe { state.write(made) };
        }
        let opened = KBox::into_raw(memory).cast::<Opened<F, M>>();
        // SAFETY: It is within the box, which is ours now.
        let of_instance = unsafe { &raw mut (*opened).place };
        // SAFETY: That is the place of such a field in the box.
        unsafe { of_instance.write(place) };
        // SAFETY: It is within the box, which is ours now.
        let membership = unsafe { &raw mut (*opened).membership };
        // SAFETY: That is the place of such a field in the box.
        unsafe { membership.write(M::default()) };
        // SAFETY: All fields of the `Opened` have been written.
        let state = unsafe { &(*opened).state };
        // SAFETY: The file is being opened, and keeps the module, which is live. The state stays in the box
        // until `release`, which ends its life.
        if let Err(error) = unsafe { Device::<F>::LIFE.begin(state) } {
            // SAFETY: It is the box, and nothing of what is in it is known to anybody.
            drop(unsafe { KBox::from_raw(opened) });
            return Err(error);
        }
        Ok(opened.cast())
    }

    /// Calls the handler in a frame of its own: what that has on the stack is gone before the objects of
    /// the state are registered, and it does not count with ours for the kernel's limit of a frame.
    #[inline(never)]
    fn open_apart(device: &Device<F>, file: &OpenFile<'_, Device<F>>) -> Result<State<F>> {
        device.open(file)
    }

    /// What the kernel's functions do to a file that has been opened. They always succeed.
    ///
    /// # Safety
    ///
    /// The kernel opens `file`, of this device and of `inode`.
    unsafe fn is_open(inode: *mut inode, file: *mut file) {
        match Device::<F>::HANDLERS.open_as {
            OpenAs::Plain => {}
            OpenAs::Nonseekable => {
                // SAFETY: The kernel opens `file`, of `inode` (this function's contract).
                unsafe { bindings::nonseekable_open(inode, file) };
            }
            OpenAs::Stream => {
                // SAFETY: The kernel opens `file`, of `inode` (this function's contract).
                unsafe { bindings::stream_open(inode, file) };
            }
        }
        if Device::<F>::HANDLERS.nowait {
            // SAFETY: The kernel opens `file` (this function's contract): nobody else writes its
            // mode yet.
            unsafe { bindings::kmod_file_set_nowait(file) };
        }
    }

    /// The file's membership in a list of those who want signals.
    ///
    /// # Safety
    ///
    /// The kernel gave `file` to a function of this table other than `open`, and there is a
    /// `fasync`. The reference is gone when that function returns.
    pub(super) unsafe fn membership<'a>(file: *mut file) -> &'a Membership {
        // SAFETY: The kernel gave the file, and `open` made the membership, since there is a `fasync`
        // (the caller's promise).
        &unsafe { Self::opened::<Membership>(file) }.membership
    }

    pub(super) unsafe extern "C" fn release(_inode: *mut inode, file: *mut file) -> c_int {
        if Device::<F>::HANDLERS.release {
            // SAFETY: The kernel calls this with a file of this device. A device that was taken away
            // has no handler to call.
            let _ = unsafe { Self::with(file, |device, file| device.release(file)) };
        }
        // SAFETY: The file lives for the callback, and nobody but us writes the field.
        let private = unsafe { (*file).private_data };
        // SAFETY: `open` put the state there, the first of an `Opened`, which is not freed yet.
        let state = unsafe { &*private.cast::<State<F>>() };
        // SAFETY: `open` has begun it. This is the last call for the file.
        unsafe { Device::<F>::LIFE.end(state) };
        if Device::<F>::HANDLERS.fasync {
            // SAFETY: There is a `fasync`; the kernel gave the file.
            let membership = unsafe { Self::membership(file) };
            // SAFETY: The file is the call's. It is in no list when it is gone.
            unsafe { membership.set(-1, file, None) };
            // SAFETY: `open` made it from such a box, and this is the last call for the file.
            drop(unsafe { KBox::from_raw(private.cast::<Opened<F, Membership>>()) });
        } else {
            // SAFETY: Without a `fasync`, `open` made it from a box of this type, and this is the
            // last call for the file.
            drop(unsafe { KBox::from_raw(private.cast::<Opened<F, ()>>()) });
        }
        0
    }
}
