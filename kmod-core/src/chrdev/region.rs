// SPDX-License-Identifier: GPL-2.0-only
//! Device numbers: a major number and some of its minors.

use core::cell::Cell;
use core::ffi::CStr;
use core::marker::PhantomData;
use core::sync::atomic::{AtomicU32, Ordering};

use kmod_bindings::{self as bindings, dev_t};

use crate::error::{Result, to_result};
use crate::instance::{self, At, Field, Object};
use crate::module::Module;

/// How many of a device number's low bits are the minor.
const MINORBITS: u32 = 20;

/// The numbers of one device, given back when dropped.
///
/// # Invariants
///
/// The kernel has reserved `minors` numbers from `first` on for this value.
pub(super) struct Region {
    pub(super) first: dev_t,
    pub(super) minors: u32,
}

impl Region {
    /// Takes `minors` numbers from `first_minor` on, of `major` or, if that is 0, of a major number
    /// that is free.
    pub(super) fn new(
        name: &'static CStr,
        major: u32,
        first_minor: u32,
        minors: u32,
    ) -> Result<Self> {
        let mut first = major << MINORBITS | first_minor;
        let name = name.as_ptr();
        to_result(if major == 0 {
            // SAFETY: `first` may be written, and `name` is a string that the kernel copies.
            unsafe { bindings::alloc_chrdev_region(&mut first, first_minor, minors, name) }
        } else {
            // SAFETY: `name` is a string that the kernel copies.
            unsafe { bindings::register_chrdev_region(first, minors, name) }
        })?;
        // INVARIANT: The kernel has just reserved them.
        Ok(Self { first, minors })
    }

    pub(super) fn major(&self) -> u32 {
        self.first >> MINORBITS
    }
}

impl Drop for Region {
    fn drop(&mut self) {
        // SAFETY: The numbers are ours (invariant).
        unsafe { bindings::unregister_chrdev_region(self.first, self.minors) };
    }
}

/// Device numbers without a device: opening one of them is `ENXIO`.
///
/// The type of a field under `#[chrdev_region]`. The name and the major number are to be seen in
/// `/proc/devices`.
#[derive(Default)]
pub struct ChrdevRegion {
    major: AtomicU32,
}

impl ChrdevRegion {
    /// A region that gets its numbers when the module's objects are registered.
    pub const fn new() -> Self {
        Self {
            major: AtomicU32::new(0),
        }
    }

    /// The major number; `None` while the module is being loaded and has none yet.
    pub fn major(&self) -> Option<u32> {
        match self.major.load(Ordering::Relaxed) {
            0 => None,
            major => Some(major),
        }
    }
}

/// The type of a field under `#[chrdev_region]`: [`ChrdevRegion`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not hold device numbers",
    label = "a field under `#[chrdev_region]` is a `ChrdevRegion`",
    note = "write `ChrdevRegion`; `#[chrdev]` is for a device with file operations"
)]
pub trait RegionType {
    /// Itself.
    fn region(&self) -> &ChrdevRegion;
}

#[diagnostic::do_not_recommend]
impl RegionType for ChrdevRegion {
    fn region(&self) -> &ChrdevRegion {
        self
    }
}

/// A field under `#[chrdev_region]`.
pub trait ChrdevRegionField: Field<Instance: Module, Type: RegionType> {
    /// The name in `/proc/devices`.
    const NAME: &'static CStr;
    /// The major number; 0 for one that is free.
    const MAJOR: u32 = 0;
    /// The first minor number.
    const FIRST_MINOR: u32 = 0;
    /// How many minors, where that is fixed.
    const MINORS: u32 = 1;

    /// How many minors. It is asked once, when the parameters have their values.
    #[inline(always)]
    fn minors() -> u32 {
        Self::MINORS
    }
}

/// The numbers of a field under `#[chrdev_region]`.
pub struct ChrdevRegionObject<F> {
    /// Set while registered. Only `register` and `unregister` touch it.
    region: Cell<Option<Region>>,
    field: PhantomData<fn() -> F>,
}

// SAFETY: `region` is touched by `register` and `unregister` only, which never overlap.
unsafe impl<F> Sync for ChrdevRegionObject<F> {}

impl<F: ChrdevRegionField> ChrdevRegionObject<F> {
    /// Not registered yet.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self {
        Self {
            region: Cell::new(None),
            field: PhantomData,
        }
    }
}

// SAFETY: Numbers alone have no callbacks.
unsafe impl<F: ChrdevRegionField> Object for ChrdevRegionObject<F> {
    unsafe fn register(&self, _at: &At) -> Result {
        let region = Region::new(F::NAME, F::MAJOR, F::FIRST_MINOR, F::minors())?;
        // SAFETY: The module's state is there while its objects are being registered.
        let module = unsafe { F::Instance::slot().get() };
        instance::field::<F>(module)
            .region()
            .major
            .store(region.major(), Ordering::Relaxed);
        self.region.set(Some(region));
        Ok(())
    }

    unsafe fn unregister(&self, _at: &At) {
        drop(self.region.take());
    }
}
