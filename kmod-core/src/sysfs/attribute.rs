// SPDX-License-Identifier: GPL-2.0-only
//! A field's file, and what the kernel calls.

use core::cell::{Cell, UnsafeCell};
use core::ffi::{CStr, c_char, c_void};
use core::marker::PhantomData;
use core::mem::MaybeUninit;
use core::ptr::{self, NonNull};
use core::slice;

use kmod_bindings::{self as bindings, device, kmod_attribute};

use super::{SysfsCall, SysfsFile, SysfsWriter, sysfs_mode};
use crate::error::{Result, to_result};
use crate::instance::{At, Belongs, Field, Instance, Object, Place, field};
use crate::str::Terminated;
use crate::task::Capability;
use crate::task::capability::require;

/// A field under `#[sysfs]`.
pub trait SysfsField:
    Field<Instance: Belongs<<Self::Type as SysfsFile>::Instance>, Type: SysfsFile>
{
    /// The file's name.
    const NAME: &'static CStr;
    /// The folder in that of the module or the device in which the file is, if it is in one.
    const GROUP: Option<&'static CStr> = None;
    /// Its mode, if the attribute names one.
    const MODE: Option<u16>;
    /// It is a file of another field's device, which makes it.
    const OF_DEVICE: bool = false;
    /// What who reads or writes it must have.
    const CAPABILITY: Option<Capability> = None;
}

const WRITABLE: u16 = 0o222;

/// What fits on a page, as `sysfs_emit()` has it.
const ROOM: usize = bindings::KMOD_PAGE_SIZE as usize - 1;

pub(super) type Show = unsafe extern "C" fn(*mut c_void, *mut c_char) -> isize;
pub(super) type Store = unsafe extern "C" fn(*mut c_void, *const c_char, usize) -> isize;

/// The file of a field. What the kernel calls gets the instance's address.
///
/// # Invariants
///
/// `file` is the kernel's while the object is registered and `is_there`; else only `register` and
/// `unregister` touch it.
pub struct Sysfs<F> {
    file: UnsafeCell<MaybeUninit<kmod_attribute>>,
    is_there: Cell<bool>,
    field: PhantomData<fn() -> F>,
}

// SAFETY: `register` and `unregister` never overlap; the rest is the kernel's.
unsafe impl<F> Sync for Sysfs<F> {}

impl<F: SysfsField> Sysfs<F> {
    pub(super) const MODE: u16 = sysfs_mode::<F::Type>(F::MODE);

    pub(super) const SHOW: Option<Show> = match <F::Type as SysfsFile>::HANDLERS.show {
        true => Some(Self::show),
        false => None,
    };

    /// A value can be written, but its mode need not let anybody.
    pub(super) const STORE: Option<Store> =
        match <F::Type as SysfsFile>::HANDLERS.store && Self::MODE & WRITABLE != 0 {
            true => Some(Self::store),
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

    /// Whether the file is to be there.
    ///
    /// # Safety
    ///
    /// The instance is at `at`, and one of its objects is being registered.
    pub(super) unsafe fn is_visible(at: &At) -> bool {
        if !<F::Type as SysfsFile>::HANDLERS.is_visible {
            return true;
        }
        // SAFETY: The instance is at `at` (this function's contract).
        let instance: &F::Instance = unsafe { at.instance() };
        // SAFETY: An object is being registered (this function's contract), and so the module's state is there.
        let call = unsafe { SysfsCall::new(instance) };
        field::<F>(instance).is_visible(&call)
    }

    /// Keeps the file's node, if it can be polled.
    ///
    /// # Safety
    ///
    /// The instance is at `at`; `device`, or the module's own folder if that is NULL, is there.
    pub(super) unsafe fn keep_node(at: &At, device: *mut device) {
        // SAFETY: The instance is at `at` (this function's contract).
        if let Some(node) = unsafe { at.value::<F>() }.node() {
            // SAFETY: The folder is there (this function's contract), and the names are strings.
            let of_file =
                unsafe { bindings::kmod_attribute_node(device, group::<F>(), F::NAME.as_ptr()) };
            // SAFETY: The reference to it is for this one.
            unsafe { node.set(of_file) };
        }
    }

    unsafe extern "C" fn show(data: *mut c_void, page: *mut c_char) -> isize {
        // SAFETY: The kernel gives a page, for the time of this call.
        let page = unsafe { slice::from_raw_parts_mut(page.cast::<u8>(), ROOM) };
        let mut to = SysfsWriter { page, written: 0 };
        // SAFETY: It is the instance's address, and this is a callback of the file.
        match unsafe { Self::with(data, |value, call| value.show(call, &mut to)) } {
            Ok(()) => to.written.cast_signed(),
            Err(error) => error.to_errno() as isize,
        }
    }

    unsafe extern "C" fn store(data: *mut c_void, text: *const c_char, len: usize) -> isize {
        // SAFETY: The kernel ends the text with a NUL, and keeps it for the time of this call.
        let text = unsafe { Terminated::new(text) };
        // SAFETY: It is the instance's address, and this is a callback of the file.
        match unsafe { Self::with(data, |value, call| value.store_text(call, text)) } {
            Ok(()) => len.cast_signed(),
            Err(error) => error.to_errno() as isize,
        }
    }

    /// Calls `f` with the field, and what its handler may reach.
    ///
    /// # Safety
    ///
    /// Only within a callback of the file, for whose end `sysfs_remove_file()` waits; `data` is the
    /// address of the instance.
    unsafe fn with(
        data: *mut c_void,
        f: impl FnOnce(&F::Type, &SysfsCall<'_, F::Type>) -> Result,
    ) -> Result {
        if let Some(capability) = F::CAPABILITY {
            require(capability)?;
        }
        let inside = |instance: &F::Instance| {
            // SAFETY: This is within a callback of the file (this function's contract).
            let call = unsafe { SysfsCall::new(instance) };
            f(field::<F>(instance), &call)
        };
        // SAFETY: It is the instance's address (this function's contract), which is not NULL.
        let at = unsafe { NonNull::new_unchecked(data.cast()) };
        // SAFETY: It lives while its objects are registered, and a callback of one runs (this function's
        // contract), in process context.
        unsafe { <F::Instance as Instance>::Place::enter(at, inside) }?
    }
}

/// The name of the folder in which the file of a field is; NULL for none.
const fn group<F: SysfsField>() -> *const c_char {
    match F::GROUP {
        Some(group) => group.as_ptr(),
        None => ptr::null(),
    }
}

/// The device in whose folder the files of an instance are; NULL for the module's.
pub(super) fn folder(at: &At) -> *mut device {
    at.parent().unwrap_or(ptr::null_mut())
}

// SAFETY: `sysfs_remove_file()` waits for what runs in the file, and lets nothing begin; what is open is
// closed to the module by it.
unsafe impl<F: SysfsField> Object for Sysfs<F> {
    unsafe fn register(&self, at: &At) -> Result {
        // SAFETY: The instance is at `at` (`register`'s contract), and this is one of its objects.
        if F::OF_DEVICE || !unsafe { Self::is_visible(at) } {
            self.is_there.set(false);
            return Ok(());
        }
        let (file, data) = (self.file.get().cast(), at.instance.as_ptr().cast());
        let (name, mode, show, store) = (F::NAME.as_ptr(), Self::MODE, Self::SHOW, Self::STORE);
        to_result(match F::GROUP {
            // SAFETY: The name is in a static, the functions get the instance's address, which stays while
            // the object is registered, and so does the object (`register`'s contract).
            None => unsafe {
                bindings::kmod_attribute_make(file, folder(at), name, mode, data, show, store)
            },
            // SAFETY: So do both names and the functions: they are in statics, the instance's address stays
            // while the object is registered, and so does the object (`register`'s contract).
            Some(group) => unsafe {
                let group = group.as_ptr();
                bindings::kmod_attribute_make_in(
                    file,
                    folder(at),
                    group,
                    name,
                    mode,
                    data,
                    show,
                    store,
                )
            },
        })?;
        self.is_there.set(true);
        // SAFETY: The instance is at `at` (`register`'s contract), and the file was made in this folder.
        unsafe { Self::keep_node(at, folder(at)) };
        Ok(())
    }

    unsafe fn unregister(&self, at: &At) {
        if self.is_there.get() {
            let file = self.file.get().cast();
            match F::GROUP {
                // SAFETY: It was made in this folder.
                None => unsafe { bindings::kmod_attribute_remove(file, folder(at)) },
                // SAFETY: It was made in this folder's `group`.
                Some(group) => unsafe {
                    bindings::kmod_attribute_remove_in(file, folder(at), group.as_ptr());
                },
            }
        }
    }
}
