// SPDX-License-Identifier: GPL-2.0-only
//! A driver of which nothing is said but what its devices are.

use crate::instance::Device;

/// A driver that is nothing but its devices, of whichever bus: its `probe` makes each by [`Default`], and it has no
/// other handler. It is for a field under the attribute of a driver.
///
/// ```
/// use kmod_core::prelude::*;
///
/// /// Counts its devices' readers
/// #[kernel_module(name = "counters", license = "GPL")]
/// #[derive(Default)]
/// struct Counters {
///     #[platform_driver(devices = 2)]
///     counters: DefaultDriver<Counter>,
/// }
///
/// #[device]
/// #[derive(Default)]
/// struct Counter {
///     /// In the device's folder.
///     #[sysfs(mode = 0o644)]
///     count: AtomicU32,
/// }
/// # fn main() {}
/// ```
///
/// One that is told something by its `ids`, looks at the device first, or does something when it goes, is a type of
/// its own, with the trait of its bus.
pub struct DefaultDriver<D: Device> {
    make: fn() -> D,
}

impl<D: Device> DefaultDriver<D> {
    /// Of devices that are made by `Default`.
    pub const fn new() -> Self
    where
        D: Default,
    {
        Self { make: D::default }
    }

    /// One of them.
    pub(crate) fn make(&self) -> D {
        (self.make)()
    }
}

impl<D: Device + Default> Default for DefaultDriver<D> {
    fn default() -> Self {
        Self::new()
    }
}
