// SPDX-License-Identifier: GPL-2.0-only
//! The entry in the kernel's tree of sysctls.

use core::cell::UnsafeCell;
use core::ffi::{CStr, c_int};
use core::marker::PhantomData;
use core::mem::MaybeUninit;

use kmod_bindings::{self as bindings, kmod_sysctl, kmod_sysctl_call};

use super::{Call, SysctlCell};
use crate::error::{Result, to_result};
use crate::module::{Field, Module, Object};

/// The least and the greatest value of a sysctl.
pub type SysctlRange<T> = Option<(<T as SysctlCell>::Value, <T as SysctlCell>::Value)>;

/// A field under `#[sysctl]`.
pub trait SysctlField: Field<Type: SysctlCell> {
    /// The folder, below `/proc/sys`.
    const DIR: &'static CStr;
    /// The file's name.
    const NAME: &'static CStr;
    /// The file's permissions.
    const MODE: u16;
    /// The values that may be written; `None` for all of the type.
    const RANGE: SysctlRange<Self::Type> = None;
}

/// The file of a field under `#[sysctl]`.
pub struct SysctlTable<F> {
    /// Valid, and the kernel's, while registered.
    sysctl: UnsafeCell<MaybeUninit<kmod_sysctl>>,
    field: PhantomData<fn() -> F>,
}

// SAFETY: `sysctl` is touched only by the C side, which does its own locking.
unsafe impl<F> Sync for SysctlTable<F> {}

impl<F: SysctlField> SysctlTable<F> {
    /// Not registered yet.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self {
        Self {
            sysctl: UnsafeCell::new(MaybeUninit::zeroed()),
            field: PhantomData,
        }
    }
}

// SAFETY: `unregister_sysctl_table()` waits for the handlers that run, and lets none begin.
unsafe impl<F: SysctlField> Object for SysctlTable<F> {
    unsafe fn register(&'static self) -> Result {
        // SAFETY: The memory is static, not registered (the caller promises), and `handler` may be
        // called while the module's state is there.
        to_result(unsafe {
            bindings::kmod_sysctl_register(
                self.sysctl.get().cast(),
                F::DIR.as_ptr(),
                F::NAME.as_ptr(),
                F::MODE,
                Some(handler::<F>),
            )
        })?;
        Ok(())
    }

    unsafe fn unregister(&'static self) {
        // SAFETY: It is registered (the caller promises).
        unsafe { bindings::kmod_sysctl_unregister(self.sysctl.get().cast()) };
    }
}

/// The `proc_handler`.
///
/// # Safety
///
/// The kernel calls it, for the registered sysctl of `F`.
unsafe extern "C" fn handler<F: SysctlField>(call: *const kmod_sysctl_call) -> c_int {
    // SAFETY: This is a callback of a registered object, and the reference does not leave it.
    let module = unsafe { F::Module::slot().get() };
    // SAFETY: The kernel's call, which lasts until this returns.
    let mut call = unsafe { Call::new(call) };
    match F::get(module).handle(&mut call, F::RANGE) {
        Ok(()) => 0,
        Err(error) => error.to_errno(),
    }
}
