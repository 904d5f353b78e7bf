// SPDX-License-Identifier: GPL-2.0-only
//! Registration, and the way from the kernel's handler to the field.

use core::ffi::{CStr, c_int, c_void};
use core::marker::PhantomData;
use core::ptr;
use core::sync::atomic::{AtomicPtr, Ordering};

use kmod_bindings::{kmod_sysctl, kmod_sysctl_call, loff_t};

use super::cell::{Call, SysctlCell};
use crate::error::Result;
use crate::error::code::ENOMEM;
use crate::module::{Field, Module, Object};

/// What the values of a sysctl of type `T` are limited to: least and greatest.
pub type SysctlRange<T> = Option<(<T as SysctlCell>::Value, <T as SysctlCell>::Value)>;

/// What `#[sysctl]` says about its field.
pub trait SysctlField: Field<Type: SysctlCell> {
    /// The folder, below `/proc/sys`.
    const DIR: &'static CStr;
    /// The file's name.
    const NAME: &'static CStr;
    /// Its mode.
    const MODE: u16;
    /// What values it takes.
    const RANGE: SysctlRange<Self::Type>;
}

/// The sysctl of a field.
pub struct SysctlTable<F> {
    /// NULL when it is not registered.
    registered: AtomicPtr<kmod_sysctl>,
    field: PhantomData<fn() -> F>,
}

impl<F> SysctlTable<F> {
    /// One that is not registered.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self {
        Self {
            registered: AtomicPtr::new(ptr::null_mut()),
            field: PhantomData,
        }
    }
}

// SAFETY: `unregister_sysctl_table()` waits for the handlers that run, and lets none start.
unsafe impl<F: SysctlField> Object for SysctlTable<F> {
    /// ENOMEM is all that is known when the kernel refuses: it logs why, a name that is taken for
    /// example.
    unsafe fn register(&'static self) -> Result {
        // SAFETY: The names are C strings in statics, and `handler` is a `proc_handler`.
        let registered = unsafe {
            kmod_bindings::kmod_sysctl_register(
                F::DIR.as_ptr(),
                F::NAME.as_ptr(),
                F::MODE,
                Some(handler::<F>),
            )
        };
        if registered.is_null() {
            return Err(ENOMEM);
        }
        self.registered.store(registered, Ordering::Relaxed);
        Ok(())
    }

    unsafe fn unregister(&'static self) {
        let registered = self.registered.swap(ptr::null_mut(), Ordering::Relaxed);
        // SAFETY: The caller promises that it is registered.
        unsafe { kmod_bindings::kmod_sysctl_unregister(registered) };
    }
}

/// The `proc_handler`.
///
/// # Safety
/// The kernel calls it, for the sysctl of a field `F` that is registered.
unsafe extern "C" fn handler<F: SysctlField>(
    table: *const c_void,
    write: c_int,
    buffer: *mut c_void,
    lenp: *mut usize,
    ppos: *mut loff_t,
) -> c_int {
    // SAFETY: The sysctl is registered, so its handler may look at the state; the kernel waits for
    // it to return before the sysctl is gone.
    let module = unsafe { F::Module::slot().get() };
    let mut call = Call(kmod_sysctl_call {
        table,
        write,
        buffer,
        lenp,
        ppos,
    });
    F::get(module).handle(F::RANGE, &mut call)
}
