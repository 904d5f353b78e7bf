// SPDX-License-Identifier: GPL-2.0-only
//! Platform profiles: whether a machine is to be quick or quiet, the kernel's `struct platform_profile_ops`.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// Has two profiles
//! #[kernel_module(name = "quiet", license = "GPL")]
//! #[derive(Default)]
//! struct Quiet {
//!     #[platform_driver(devices = 1)]
//!     quiet: Driver,
//! }
//!
//! #[derive(Default)]
//! struct Driver;
//!
//! #[handlers]
//! impl PlatformDriver for Driver {
//!     type Device = Machine;
//!
//!     fn probe(&self, _device: &PlatformDevice<'_, Self>) -> Result<Machine> {
//!         Ok(Machine::default())
//!     }
//! }
//!
//! #[device]
//! #[derive(Default)]
//! struct Machine {
//!     is_quick: AtomicBool,
//!     #[platform_profile(choices(quiet, performance))]
//!     profile: PlatformProfile<Profiles>,
//! }
//!
//! #[derive(Default)]
//! struct Profiles;
//!
//! #[handlers]
//! impl PlatformProfileOps for Profiles {
//!     type Instance = Machine;
//!
//!     fn profile_get(&self, call: &PlatformProfileCall<'_, Self>) -> Result<Profile> {
//!         Ok(if call.instance().is_quick.load(Ordering::Relaxed) {
//!             Profile::Performance
//!         } else {
//!             Profile::Quiet
//!         })
//!     }
//!
//!     fn profile_set(&self, call: &PlatformProfileCall<'_, Self>, profile: Profile) -> Result {
//!         let is_quick = profile == Profile::Performance;
//!         call.instance().is_quick.store(is_quick, Ordering::Relaxed);
//!         Ok(())
//!     }
//! }
//! # fn main() {}
//! ```

use core::cell::UnsafeCell;
use core::ffi::{c_int, c_uint, c_void};
use core::mem::MaybeUninit;
use core::ptr;

use kmod_bindings::{self as bindings, kmod_platform_profile, kmod_platform_profile_ops};

use super::{ClassDevice, call, entered, number_to_int, numbered, to_int};
use crate::chrdev::NodeName;
use crate::error::code::EINVAL;
use crate::error::{Result, to_result};
use crate::instance::{At, Belongs, Field, ModuleState};
use crate::sync::Shared;

numbered! {
    /// What a machine can be set to.
    Profile, KMOD_PROFILE_END:
    LowPower = "`low-power`: it needs little power.",
    Cool = "`cool`: it stays cool.",
    Quiet = "`quiet`: it is quiet.",
    Balanced = "`balanced`: something of all.",
    BalancedPerformance = "`balanced-performance`: the same, and rather quick.",
    Performance = "`performance`: it is quick.",
}

impl Profile {
    /// The bit of the profile of this name, of those that `#[platform_profile(choices(…))]` takes.
    const fn bit(name: &str) -> u32 {
        1 << match name.as_bytes() {
            b"low_power" => Self::LowPower as u32,
            b"cool" => Self::Cool as u32,
            b"quiet" => Self::Quiet as u32,
            b"balanced" => Self::Balanced as u32,
            b"balanced_performance" => Self::BalancedPerformance as u32,
            _ => Self::Performance as u32,
        }
    }
}

/// The bits of the profiles of these names.
pub const fn profiles(mut names: &[&str]) -> u32 {
    let mut bits = 0;
    while let [name, others @ ..] = names {
        bits |= Profile::bit(name);
        names = others;
    }
    bits
}

/// How a machine's profile is known and set, in process context, one call at a time for all machines.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say how a platform profile is set",
    label = "the handler of a platform profile says so",
    note = "write `#[handlers] impl PlatformProfileOps for {Self} {{ … }}`"
)]
pub trait PlatformProfileOps: Sized + Shared {
    /// The module whose state the handler uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of which it is a field, if the handler uses it; `()` (what `#[handlers]` inserts) for none.
    type Instance: 'static;

    /// The profile that the machine has now; also one that is none of its choices.
    ///
    /// # Errors
    ///
    /// Any, which the reader gets.
    fn profile_get(&self, call: &PlatformProfileCall<'_, Self>) -> Result<Profile>;

    /// Sets it to one of its choices.
    ///
    /// # Errors
    ///
    /// Any, which the writer gets.
    fn profile_set(&self, call: &PlatformProfileCall<'_, Self>, profile: Profile) -> Result;
}

call! {
    /// What the handlers of a platform profile may reach.
    PlatformProfileCall of PlatformProfileOps
}

/// A machine's profile with its handler: a field under `#[platform_profile]`.
///
/// # Invariants
///
/// `profile` is all zeroes, or was made at the address where it is, as the field of an instance, and then the
/// value is not moved before it was ended.
pub struct PlatformProfile<H> {
    profile: UnsafeCell<MaybeUninit<kmod_platform_profile>>,
    handler: H,
}

// SAFETY: The C functions synchronise all that they do with it.
unsafe impl<H: Send> Send for PlatformProfile<H> {}
// SAFETY: The C functions synchronise also what they do by shared references.
unsafe impl<H: Sync> Sync for PlatformProfile<H> {}

impl<H> PlatformProfile<H> {
    /// Not registered.
    pub const fn new(handler: H) -> Self {
        Self {
            // INVARIANT: All zeroes.
            profile: UnsafeCell::new(MaybeUninit::zeroed()),
            handler,
        }
    }

    /// Says that the profile was changed by something else than `profile_set`, by a key say: who waits for that in
    /// user space is woken soon, by a work: the kernel's `platform_profile_notify()`. It may be called anywhere.
    pub fn notify(&self) {
        // SAFETY: It is zeroes, or made (invariant).
        unsafe { bindings::kmod_platform_profile_notify(self.as_ptr()) };
    }

    /// What was given to [`new`](Self::new).
    pub fn handler(&self) -> &H {
        &self.handler
    }

    fn as_ptr(&self) -> *mut kmod_platform_profile {
        self.profile.get().cast()
    }
}

impl<H: Default> Default for PlatformProfile<H> {
    fn default() -> Self {
        Self::new(H::default())
    }
}

/// What `#[platform_profile]` says of a field.
pub trait PlatformProfileField: Field {
    /// Its name, which its file `name` shows on new kernels.
    const NAME: NodeName;
    /// The bits of what it can be set to.
    const CHOICES: u32;
}

// SAFETY: `kmod_platform_profile_notify()` passes the gate that `close` shuts; `kmod_platform_profile_end()` waits for
// the work, takes the files away by which handlers are called, and waits for who is in them.
#[diagnostic::do_not_recommend]
unsafe impl<H, F> ClassDevice<F> for PlatformProfile<H>
where
    H: PlatformProfileOps,
    F: PlatformProfileField<Type = Self>,
    F::Instance: Belongs<H::Instance>,
{
    unsafe fn register(&self, at: &At) -> Result {
        let name = super::name(const { &F::NAME }, at);
        let parent = at.parent().unwrap_or(ptr::null_mut());
        let data = ptr::from_ref(self).cast_mut().cast();
        let ops = const { &ops::<H, F>() };
        // INVARIANT: It is where it stays (`register`'s contract).
        // SAFETY: It is not made. The functions are static, and for this field; the value stays until it was
        // unregistered (`register`'s contract).
        to_result(unsafe {
            bindings::kmod_platform_profile_make(
                self.as_ptr(),
                parent,
                &name,
                F::CHOICES,
                ops,
                data,
            )
        })?;
        Ok(())
    }

    unsafe fn close(&self) {
        // SAFETY: It is made (`close`'s contract).
        unsafe { bindings::kmod_platform_profile_shut(self.as_ptr()) };
    }

    unsafe fn unregister(&self) {
        // SAFETY: It was made and shut (`unregister`'s contract).
        unsafe { bindings::kmod_platform_profile_end(self.as_ptr()) };
    }
}

/// What the kernel calls for the profile that is the field `F`.
const fn ops<H, F>() -> kmod_platform_profile_ops
where
    H: PlatformProfileOps,
    F: Field<Type = PlatformProfile<H>, Instance: Belongs<H::Instance>>,
{
    kmod_platform_profile_ops {
        profile_get: Some(profile_get::<H, F>),
        profile_set: Some(profile_set::<H, F>),
    }
}

/// # Safety
///
/// The kernel calls it with the data that the profile was registered with, in process context.
unsafe extern "C" fn profile_get<H, F>(data: *mut c_void) -> c_int
where
    H: PlatformProfileOps,
    F: Field<Type = PlatformProfile<H>, Instance: Belongs<H::Instance>>,
{
    let get = |profile: &PlatformProfile<H>, instance: &F::Instance| {
        let call = PlatformProfileCall::new(instance);
        Ok(profile.handler.profile_get(&call)? as c_uint)
    };
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract).
    number_to_int(unsafe { entered::<F, _>(data, get) })
}

/// # Safety
///
/// As [`profile_get`].
unsafe extern "C" fn profile_set<H, F>(data: *mut c_void, number: c_uint) -> c_int
where
    H: PlatformProfileOps,
    F: Field<Type = PlatformProfile<H>, Instance: Belongs<H::Instance>>,
{
    let set = |profile: &PlatformProfile<H>, instance: &F::Instance| {
        let call = PlatformProfileCall::new(instance);
        let to = Profile::of(number).ok_or(EINVAL)?;
        profile.handler.profile_set(&call, to)
    };
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract).
    to_int(unsafe { entered::<F, _>(data, set) })
}
