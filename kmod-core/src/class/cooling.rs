// SPDX-License-Identifier: GPL-2.0-only
//! What cools, or can be made to warm less: the kernel's `struct thermal_cooling_device`.
//!
//! An example is at [`thermal_zone`](super::thermal_zone).

use core::ffi::{c_int, c_ulong, c_void};
use core::ptr;

use kmod_bindings::{self as bindings, kmod_cooling, kmod_cooling_ops};

use super::{ClassDevice, Held, call, entered, to_int};
use crate::chrdev::NodeName;
use crate::error::code::EINVAL;
use crate::error::{Result, from_err_ptr};
use crate::instance::{At, Belongs, Field, ModuleState};
use crate::sync::Shared;

/// What a cooling device does, in process context. A state is how much it cools: 0 is not at all.
///
/// The kernel may hold a lock of a thermal zone's while it calls.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say how a cooling device cools",
    label = "a cooling device's handler says so",
    note = "write `#[handlers] impl CoolingOps for {Self} {{ fn get_max_state(…) -> Result<u32> {{ … }} … }}`"
)]
pub trait CoolingOps: Sized + Shared {
    /// The module whose state the handler uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of which the device is a field, if the handler uses it: the module's or a device's;
    /// `()` (what `#[handlers]` inserts) for none.
    type Instance: 'static;

    /// The state in which it cools most.
    ///
    /// # Errors
    ///
    /// Whatever `read(2)` is to fail with. Newer kernels ask once, when it is registered, and that fails.
    fn get_max_state(&self, cooling: &CoolingCall<'_, Self>) -> Result<u32>;

    /// The state that it is in.
    ///
    /// # Errors
    ///
    /// Whatever `read(2)` is to fail with.
    fn get_cur_state(&self, cooling: &CoolingCall<'_, Self>) -> Result<u32>;

    /// Puts it into a state. The kernel asks for one that it has; what user space writes may be any number on older
    /// kernels.
    ///
    /// # Errors
    ///
    /// Whatever `write(2)` is to fail with.
    fn set_cur_state(&self, cooling: &CoolingCall<'_, Self>, state: u32) -> Result;
}

call! {
    /// What a cooling device's handlers may reach.
    CoolingCall of CoolingOps
}

/// A cooling device with its handler: a field under `#[cooling]`.
pub struct Cooling<H> {
    cooling: Held<kmod_cooling>,
    handler: H,
}

impl<H> Cooling<H> {
    /// Not registered.
    pub const fn new(handler: H) -> Self {
        Self {
            cooling: Held::new(),
            handler,
        }
    }

    /// What was given to [`new`](Self::new).
    pub fn handler(&self) -> &H {
        &self.handler
    }
}

impl<H: Default> Default for Cooling<H> {
    fn default() -> Self {
        Self::new(H::default())
    }
}

/// What `#[cooling]` says of a field.
pub trait CoolingField: Field {
    /// What its file `type` shows, and by which thermal zones know it.
    const NAME: NodeName;
}

// SAFETY: `kmod_cooling_end()` is `thermal_cooling_device_unregister()`, which takes the device from all zones, with
// the locks that are held around its functions, and then takes its files away and waits for who is in them.
#[diagnostic::do_not_recommend]
unsafe impl<H, F> ClassDevice<F> for Cooling<H>
where
    H: CoolingOps,
    F: CoolingField<Type = Self>,
    F::Instance: Belongs<H::Instance>,
{
    unsafe fn register(&self, at: &At) -> Result {
        let name = super::name(const { &F::NAME }, at);
        let data = ptr::from_ref(self).cast_mut().cast();
        let ops = const {
            &kmod_cooling_ops {
                get_max_state: Some(get_max_state::<H, F>),
                get_cur_state: Some(get_cur_state::<H, F>),
                set_cur_state: Some(set_cur_state::<H, F>),
            }
        };
        // SAFETY: The names and the functions are static, and the functions are for this field; the value stays until
        // it was unregistered (`register`'s contract).
        let cooling = unsafe { bindings::kmod_cooling_make(&name, ops, data) };
        self.cooling.put(from_err_ptr(cooling)?);
        Ok(())
    }

    unsafe fn unregister(&self) {
        if let Some(cooling) = self.cooling.take() {
            // SAFETY: `register` has made it, and it is taken once.
            unsafe { bindings::kmod_cooling_end(cooling.as_ptr()) };
        }
    }
}

/// Hands the kernel a state, or an errno.
///
/// # Safety
///
/// `data` is the address of the field `F` of an instance, which was registered with it; a callback of it runs, in
/// process context; `state` may be written.
unsafe fn tell<H, F>(
    data: *mut c_void,
    state: *mut c_ulong,
    get: impl FnOnce(&H, &CoolingCall<'_, H>) -> Result<u32>,
) -> c_int
where
    H: CoolingOps,
    F: Field<Type = Cooling<H>, Instance: Belongs<H::Instance>>,
{
    let get = |cooling: &Cooling<H>, instance: &F::Instance| {
        get(&cooling.handler, &CoolingCall::new(instance))
    };
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract).
    match unsafe { entered::<F, _>(data, get) } {
        Ok(got) => {
            // SAFETY: It may be written (this function's contract).
            unsafe { state.write(got.into()) };
            0
        }
        Err(error) => error.to_errno(),
    }
}

/// # Safety
///
/// The kernel calls it with the data that the device was registered with, in process context; `state` may be
/// written.
unsafe extern "C" fn get_max_state<H, F>(data: *mut c_void, state: *mut c_ulong) -> c_int
where
    H: CoolingOps,
    F: Field<Type = Cooling<H>, Instance: Belongs<H::Instance>>,
{
    // SAFETY: It is the field's address, this is a callback of it, and the state may be written (this function's
    // contract).
    unsafe { tell::<H, F>(data, state, H::get_max_state) }
}

/// # Safety
///
/// As [`get_max_state`].
unsafe extern "C" fn get_cur_state<H, F>(data: *mut c_void, state: *mut c_ulong) -> c_int
where
    H: CoolingOps,
    F: Field<Type = Cooling<H>, Instance: Belongs<H::Instance>>,
{
    // SAFETY: It is the field's address, this is a callback of it, and the state may be written (this function's
    // contract, that of `get_max_state`).
    unsafe { tell::<H, F>(data, state, H::get_cur_state) }
}

/// # Safety
///
/// As [`get_max_state`], without a `state` to write.
unsafe extern "C" fn set_cur_state<H, F>(data: *mut c_void, state: c_ulong) -> c_int
where
    H: CoolingOps,
    F: Field<Type = Cooling<H>, Instance: Belongs<H::Instance>>,
{
    let Ok(state) = u32::try_from(state) else {
        return EINVAL.to_errno();
    };
    let set = |cooling: &Cooling<H>, instance: &F::Instance| {
        let call = CoolingCall::new(instance);
        cooling.handler.set_cur_state(&call, state)
    };
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract).
    to_int(unsafe { entered::<F, _>(data, set) })
}
