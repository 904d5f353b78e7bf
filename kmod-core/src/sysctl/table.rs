// SPDX-License-Identifier: GPL-2.0-only
//! The entry in the kernel's tree of sysctls.

use core::cell::UnsafeCell;
use core::ffi::{CStr, c_int};
use core::marker::PhantomData;
use core::mem::MaybeUninit;

use kmod_bindings::{self as bindings, kmod_sysctl, kmod_sysctl_call};

use super::{Call, Direct, How, SysctlCell};
use crate::error::{Result, to_result};
use crate::module::{Field, Module, Object, Provides};

/// A field under `#[sysctl]`.
pub trait SysctlField: Field {
    /// The folder, below `/proc/sys`.
    const DIR: &'static CStr;
    /// The file's name.
    const NAME: &'static CStr;
    /// The file's permissions.
    const MODE: u16;

    /// Answers one read or write: by [`handle`].
    ///
    /// # Errors
    ///
    /// What the system call is to return.
    fn handle(module: &Self::Module, call: &mut Call<'_>) -> Result;

    /// What the kernel's own handler needs, if it can answer alone: by [`direct`]. Not where
    /// something is called after a write.
    #[inline]
    fn direct(module: &Self::Module) -> Option<Direct> {
        let _ = module;
        None
    }

    /// What is called after a write.
    fn on_change(module: &Self::Module) {
        let _ = module;
    }
}

/// How a sysctl of this type is shown and written.
pub type SysctlHow<T> = How<<T as SysctlCell>::Value>;

/// Answers one read or write of a field. What its type must have is asked for here alone, so that
/// one that has it not is reported once.
///
/// # Errors
///
/// What the system call is to return.
pub fn handle<F: Field>(module: &F::Module, call: &mut Call<'_>, how: &SysctlHow<F::Type>) -> Result
where
    F::Type: SysctlCell,
    F::Module: Provides<<F::Type as SysctlCell>::Module>,
{
    F::get(module).handle(module.provide(), call, how)
}

/// What the kernel's own handler needs of a field, if it can answer alone. A type that cannot be a
/// sysctl is reported for [`handle`].
#[inline]
pub fn direct<F: Field>(module: &F::Module, how: &SysctlHow<F::Type>) -> Option<Direct>
where
    F::Type: SysctlCell,
{
    F::get(module).direct(how)
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
        let sysctl = self.sysctl.get().cast();
        // SAFETY: The module's state is there (the caller promises) until its objects are
        // unregistered.
        let module = unsafe { F::Module::slot().get() };
        let registered = match F::direct(module) {
            // SAFETY: The memory is static, not registered (the caller promises), and the numbers
            // are the module's.
            Some(direct) => unsafe { direct.register(sysctl, F::DIR, F::NAME, F::MODE) },
            // SAFETY: As above, and `handler` may be called while the module's state is there.
            None => unsafe {
                bindings::kmod_sysctl_register(
                    sysctl,
                    F::DIR.as_ptr(),
                    F::NAME.as_ptr(),
                    F::MODE,
                    Some(handler::<F>),
                )
            },
        };
        to_result(registered)?;
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
    if let Err(error) = F::handle(module, &mut call) {
        return error.to_errno();
    }
    if call.is_write() {
        F::on_change(module);
    }
    0
}
