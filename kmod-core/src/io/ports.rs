// SPDX-License-Identifier: GPL-2.0-only
//! I/O ports at a fixed place: a field under `#[ports]`.

use core::ffi::c_uint;
use core::marker::PhantomData;
use core::ops::Deref;
use core::ptr::{self, NonNull};

use kmod_bindings as bindings;

use super::space::PortSpace;
use super::{Indexed, Ports, Registers, Window};
use crate::error::{Result, to_result};
use crate::instance::{At, Field, Object};

/// The registers `R` at a fixed I/O port, as chips of old have them: a field under `#[ports]`, before all
/// other objects of its module or device. `PortRegion<R, Indexed>` is what is behind an index and a data
/// port.
///
/// The ports are this field's alone, the kernel's `request_region()`: if somebody else has one of them, the
/// module is not loaded, or the device not bound (`EBUSY`). On architectures whose ports are memory, there
/// are no fixed ones (`ENXIO`). Until the ports are taken and after they were given back, the registers read
/// as all ones, and what is written goes nowhere.
pub struct PortRegion<R, S: PortSpace = Ports>(Window<R, S>);

impl<R: Registers, S: PortSpace> PortRegion<R, S> {
    /// Not taken.
    #[track_caller]
    pub const fn new() -> Self {
        Self(Window::closed())
    }
}

impl<R: Registers> PortRegion<R, Indexed> {
    /// Writes the index port alone, as the sequence does that opens the configuration of a Super I/O chip.
    pub fn select(&self, index: u8) {
        self.0.select(index);
    }
}

impl<R: Registers, S: PortSpace> Default for PortRegion<R, S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<R, S: PortSpace> Deref for PortRegion<R, S> {
    type Target = Window<R, S>;

    fn deref(&self) -> &Window<R, S> {
        &self.0
    }
}

/// The type of a field under `#[ports]`.
///
/// # Safety
///
/// [`open`](PortWindow::open) and [`close`](PortWindow::close) are those of the one window that the value
/// has. Only [`PortRegion`] implements this.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what I/O ports can be",
    label = "the attribute of this field does not fit its type",
    note = "they are `#[ports(base = 0x2e)] name: PortRegion<Registers>`, or `PortRegion<Registers, Indexed>`"
)]
pub unsafe trait PortWindow: 'static {
    /// How many bytes its map has.
    #[doc(hidden)]
    const SIZE: usize;
    /// How many it can have.
    #[doc(hidden)]
    const MOST: usize;

    /// How many ports it takes.
    #[doc(hidden)]
    fn ports() -> usize;

    /// Where they are.
    ///
    /// # Safety
    ///
    /// So many ports from `base` on are taken until [`close`](PortWindow::close) was called and no access
    /// runs any more that began before.
    #[doc(hidden)]
    unsafe fn open(&self, base: NonNull<u8>);

    /// They are not taken any more.
    #[doc(hidden)]
    fn close(&self);
}

// SAFETY: It has one window.
unsafe impl<R: Registers, S: PortSpace> PortWindow for PortRegion<R, S> {
    const SIZE: usize = R::SIZE;
    const MOST: usize = S::MOST;

    fn ports() -> usize {
        S::ports(R::SIZE)
    }

    unsafe fn open(&self, base: NonNull<u8>) {
        // SAFETY: `open`'s contract is the window's.
        unsafe { self.0.open(base) };
    }

    fn close(&self) {
        self.0.close();
    }
}

/// A field under `#[ports]`.
///
/// # Safety
///
/// All fields of its instance that are objects come after it, but for those that have no callbacks.
pub unsafe trait PortsField: Field<Type: PortWindow> {
    /// The first port.
    const BASE: u16;
}

/// Fails to compile if a map has more registers than there are.
#[track_caller]
pub const fn assert_ports<T: PortWindow>(message: &str) {
    assert!(T::SIZE <= T::MOST, "{}", message);
}

/// The ports of a field under `#[ports]`.
pub struct PortsObject<F>(PhantomData<fn() -> F>);

impl<F: PortsField> PortsObject<F> {
    /// Those of this field.
    #[expect(
        clippy::new_without_default,
        reason = "it is made where devices are, without `Default`"
    )]
    pub const fn new() -> Self {
        Self(PhantomData)
    }

    /// How many there are.
    fn count() -> c_uint {
        // A map is no larger than this (`assert_ports`), and one that is has no region.
        c_uint::try_from(F::Type::ports()).unwrap_or(0)
    }
}

// SAFETY: It has no callbacks.
unsafe impl<F: PortsField> Object for PortsObject<F> {
    unsafe fn register(&self, at: &At) -> Result {
        // SAFETY: It has no preconditions: it refuses ports that are not there.
        to_result(unsafe { bindings::kmod_ports_request(F::BASE.into(), Self::count()) })?;
        // SAFETY: The instance is at `at` (the caller's promise).
        let ports = unsafe { at.value::<F>() };
        // A port is a number. Nobody has port 0, which the kernel keeps for itself.
        if let Some(base) = NonNull::new(ptr::without_provenance_mut(F::BASE.into())) {
            // SAFETY: They were taken, and stay so until `unregister`.
            unsafe { ports.open(base) };
        }
        Ok(())
    }

    unsafe fn unregister(&self, at: &At) {
        // SAFETY: The instance is at `at` (the caller's promise).
        unsafe { at.value::<F>() }.close();
        // SAFETY: `register` took them. No access to them runs: a reference to the field is had by code
        // inside the instance, of which the sections are drained, and by callbacks of objects that were
        // registered after it (`PortsField`'s contract), which are not any more.
        unsafe { bindings::kmod_ports_release(F::BASE.into(), Self::count()) };
    }
}
