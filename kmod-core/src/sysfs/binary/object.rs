// SPDX-License-Identifier: GPL-2.0-only
//! A field's file of bytes, and what the kernel calls.

use core::cell::{Cell, UnsafeCell};
use core::ffi::{CStr, c_char, c_void};
use core::marker::PhantomData;
use core::mem::MaybeUninit;
use core::ptr::NonNull;
use core::slice;

use kmod_bindings::{self as bindings, kmod_bin_attribute, loff_t};

use super::{SysfsBinary, SysfsBinaryCall, SysfsBytes, sysfs_bin_mode};
use crate::error::{Result, to_result};
use crate::instance::{At, Belongs, Field, Instance, Object, Place, field};
use crate::sysfs::attribute::folder;
use crate::task::Capability;
use crate::task::capability::require;

/// A field under `#[sysfs_bin]`.
pub trait SysfsBinField:
    Field<Instance: Belongs<<Self::Type as SysfsBinary>::Instance>, Type: SysfsBinary>
{
    /// The file's name.
    const NAME: &'static CStr;
    /// The folder in that of the module or the device in which the file is, if it is in one.
    const GROUP: Option<&'static CStr> = None;
    /// It is a file of another field's device, which makes it.
    const OF_DEVICE: bool = false;
    /// Its mode, if the attribute names one.
    const MODE: Option<u16>;
    /// How many bytes it has, if the attribute says so.
    const SIZE: Option<usize> = None;
    /// What who reads or writes it must have.
    const CAPABILITY: Option<Capability> = None;
}

const WRITABLE: u16 = 0o222;

pub(in crate::sysfs) type Read =
    unsafe extern "C" fn(*mut c_void, *mut c_char, loff_t, usize) -> isize;
pub(in crate::sysfs) type Write =
    unsafe extern "C" fn(*mut c_void, *const c_char, loff_t, usize) -> isize;

/// The file of a field. What the kernel calls gets the instance's address.
///
/// # Invariants
///
/// `file` is the kernel's while the object is registered and `is_there`; else only `register` and
/// `unregister` touch it.
pub struct SysfsBin<F> {
    file: UnsafeCell<MaybeUninit<kmod_bin_attribute>>,
    is_there: Cell<bool>,
    field: PhantomData<fn() -> F>,
}

// SAFETY: `register` and `unregister` never overlap; the rest is the kernel's.
unsafe impl<F> Sync for SysfsBin<F> {}

impl<F: SysfsBinField> SysfsBin<F> {
    pub(in crate::sysfs) const MODE: u16 = sysfs_bin_mode::<F::Type>(F::MODE);

    pub(in crate::sysfs) const SIZE: usize = match F::SIZE {
        Some(size) => size,
        None => <F::Type as SysfsBinary>::SIZE,
    };

    pub(in crate::sysfs) const READ: Option<Read> = match <F::Type as SysfsBinary>::HANDLERS.read {
        true => Some(Self::read),
        false => None,
    };

    /// A value can be written, but its mode need not let anybody.
    pub(in crate::sysfs) const WRITE: Option<Write> =
        match <F::Type as SysfsBinary>::HANDLERS.write && Self::MODE & WRITABLE != 0 {
            true => Some(Self::write),
            false => None,
        };

    /// Not there yet.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self {
        Self {
            file: UnsafeCell::new(MaybeUninit::zeroed()),
            is_there: Cell::new(false),
            field: PhantomData,
        }
    }

    unsafe extern "C" fn read(
        data: *mut c_void,
        to: *mut c_char,
        pos: loff_t,
        len: usize,
    ) -> isize {
        // SAFETY: The kernel gives a buffer, which is not NULL.
        let to = unsafe { NonNull::new_unchecked(to.cast()) };
        // SAFETY: The buffer has so many bytes, which are this call's.
        let mut to = unsafe { SysfsBytes::new(to, len) };
        let pos = pos.cast_unsigned();
        // SAFETY: It is the instance's address, and this is a callback of the file.
        match unsafe { Self::with(data, |value, call| value.read(call, &mut to, pos)) } {
            Ok(()) => to.written.cast_signed(),
            Err(error) => error.to_errno() as isize,
        }
    }

    unsafe extern "C" fn write(
        data: *mut c_void,
        from: *const c_char,
        pos: loff_t,
        len: usize,
    ) -> isize {
        // SAFETY: The kernel gives so many bytes, which nobody changes during this call.
        let bytes = unsafe { slice::from_raw_parts(from.cast::<u8>(), len) };
        let pos = pos.cast_unsigned();
        // SAFETY: It is the instance's address, and this is a callback of the file.
        match unsafe { Self::with(data, |value, call| value.write(call, bytes, pos)) } {
            // More than there was cannot have been taken.
            Ok(taken) => taken.min(len).cast_signed(),
            Err(error) => error.to_errno() as isize,
        }
    }

    /// Calls `f` with the field, and what its handler may reach.
    ///
    /// # Safety
    ///
    /// Only within a callback of the file, for whose end `sysfs_remove_bin_file()` waits; `data` is the
    /// address of the instance.
    unsafe fn with<R>(
        data: *mut c_void,
        f: impl FnOnce(&F::Type, &SysfsBinaryCall<'_, F::Type>) -> Result<R>,
    ) -> Result<R> {
        if let Some(capability) = F::CAPABILITY {
            require(capability)?;
        }
        let inside = |instance: &F::Instance| {
            // SAFETY: This is within a callback of the file (this function's contract).
            let call = unsafe { SysfsBinaryCall::new(instance) };
            f(field::<F>(instance), &call)
        };
        // SAFETY: It is the instance's address (this function's contract), which is not NULL.
        let at = unsafe { NonNull::new_unchecked(data.cast()) };
        // SAFETY: It lives while its objects are registered, and a callback of one runs (this function's
        // contract), in process context.
        unsafe { <F::Instance as Instance>::Place::enter(at, inside) }?
    }

    /// Whether the file is to be there.
    ///
    /// # Safety
    ///
    /// The instance is at `at`, and one of its objects is being registered.
    pub(in crate::sysfs) unsafe fn is_visible(at: &At) -> bool {
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

// SAFETY: `sysfs_remove_bin_file()` waits for what runs in the file, and lets nothing begin; what is open
// is closed to the module by it.
unsafe impl<F: SysfsBinField> Object for SysfsBin<F> {
    unsafe fn register(&self, at: &At) -> Result {
        // SAFETY: The instance is at `at` (`register`'s contract), and this is one of its objects.
        if F::OF_DEVICE || !unsafe { Self::is_visible(at) } {
            self.is_there.set(false);
            return Ok(());
        }
        let (file, data) = (self.file.get().cast(), at.instance.as_ptr().cast());
        let (name, mode, size) = (F::NAME.as_ptr(), Self::MODE, Self::SIZE);
        let (read, write) = (Self::READ, Self::WRITE);
        to_result(match F::GROUP {
            // SAFETY: The name is in a static, the functions get the instance's address, which stays while the
            // object is registered, and so does the object (`register`'s contract).
            None => unsafe {
                bindings::kmod_bin_attribute_make(
                    file,
                    folder(at),
                    name,
                    mode,
                    size,
                    data,
                    read,
                    write,
                )
            },
            // SAFETY: Both names are in statics, the functions get the instance's address, which stays while the
            // object is registered, and so does the object (`register`'s contract).
            Some(group) => unsafe {
                bindings::kmod_bin_attribute_make_in(
                    file,
                    folder(at),
                    group.as_ptr(),
                    name,
                    mode,
                    size,
                    data,
                    read,
                    write,
                )
            },
        })?;
        self.is_there.set(true);
        Ok(())
    }

    unsafe fn unregister(&self, at: &At) {
        if self.is_there.get() {
            let file = self.file.get().cast();
            match F::GROUP {
                // SAFETY: It was made in this folder.
                None => unsafe { bindings::kmod_bin_attribute_remove(file, folder(at)) },
                // SAFETY: It was made in this folder's `group`.
                Some(group) => unsafe {
                    bindings::kmod_bin_attribute_remove_in(file, folder(at), group.as_ptr());
                },
            }
        }
    }
}
