// SPDX-License-Identifier: GPL-2.0-only
//! Registers that a PCI device has in a BAR.

use core::ffi::c_int;
use core::marker::PhantomData;
use core::ops::Deref;
use core::ptr::NonNull;

use kmod_bindings::{self as bindings, pci_dev};

use crate::error::code::{EINVAL, ENODEV};
use crate::error::{Result, from_err_ptr};
use crate::instance::{At, Field, Object};
use crate::io::{Memory, Ports, Registers, Space, Window};
use crate::mm::Mappable;
use crate::pci::device_of;

/// How many BARs a device has, but for that of its ROM.
const BARS: c_int = 6;

/// The registers `R` in a BAR: a field under `#[bar]`, before all other objects of its device.
///
/// It is mapped from when the device's objects are registered until they have gone: in each handler of
/// the device. Before and after that, and if no attribute knows it, its registers read as all ones, and
/// what is written goes nowhere.
///
/// The device is not bound if the BAR is none of memory (of ports, if it should be), or has fewer bytes than
/// the registers take (`ENXIO`, and a line in the kernel's log), if somebody else has it (`EBUSY`), or if the device is none
/// of PCI (`ENODEV`).
///
/// `Bar<R, Ports>` is one of I/O ports.
///
/// A `Bar<R>` of memory may be [mapped](crate::mm::VmArea::map_bar) by user space.
pub struct Bar<R, S: BarSpace = Memory> {
    window: Window<R, S>,
    /// All of it, whatever of it `R` has.
    whole: Mappable,
}

impl<R: Registers, S: BarSpace> Bar<R, S> {
    /// Not mapped.
    pub const fn new() -> Self {
        Self {
            window: Window::closed(),
            whole: Mappable::new(),
        }
    }
}

impl<R: Registers> Bar<R> {
    /// What user space may map of it.
    pub(crate) fn mappable(&self) -> &Mappable {
        &self.whole
    }
}

impl<R: Registers, S: BarSpace> Default for Bar<R, S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<R, S: BarSpace> Deref for Bar<R, S> {
    type Target = Window<R, S>;

    fn deref(&self) -> &Window<R, S> {
        &self.window
    }
}

/// What a BAR can be of: [`Memory`] or [`Ports`].
pub trait BarSpace: Space {
    #[doc(hidden)]
    const PORTS: bool;
}

impl BarSpace for Memory {
    const PORTS: bool = false;
}

impl BarSpace for Ports {
    const PORTS: bool = true;
}

/// Takes a BAR, and maps the first `size` bytes of it; of ports, the number of the first one.
///
/// # Safety
///
/// The device lives, and its driver is being bound.
unsafe fn map<S: BarSpace>(
    device: NonNull<pci_dev>,
    index: c_int,
    size: usize,
) -> Result<NonNull<u8>> {
    if !(0..BARS).contains(&index) {
        return Err(EINVAL);
    }
    // SAFETY: The device lives (this function's contract), and has such a BAR.
    let base = unsafe { bindings::kmod_pci_bar_map(device.as_ptr(), index, size, S::PORTS) };
    Ok(from_err_ptr(base)?.cast())
}

/// A BAR that is mapped while `probe` needs it.
///
/// # Invariants
///
/// `device` lives as long as the value, and its BAR `index` was mapped for it.
pub struct MappedBar<'a, R: Registers, S: BarSpace = Memory> {
    bar: Bar<R, S>,
    device: NonNull<pci_dev>,
    index: c_int,
    lives: PhantomData<&'a ()>,
}

impl<R: Registers, S: BarSpace> MappedBar<'_, R, S> {
    /// Maps it.
    ///
    /// # Safety
    ///
    /// The device lives and is enabled as long as the value.
    pub(super) unsafe fn new(device: NonNull<pci_dev>, index: c_int) -> Result<Self> {
        // SAFETY: The device lives, and this is within its `probe`.
        let base = unsafe { map::<S>(device, index, R::SIZE) }?;
        let bar = Bar::new();
        // SAFETY: It was mapped, at the beginning of a page or a BAR, and stays until the value is dropped.
        unsafe { bar.window.open(base) };
        // INVARIANT: It was mapped.
        Ok(Self {
            bar,
            device,
            index,
            lives: PhantomData,
        })
    }
}

impl<R: Registers, S: BarSpace> Deref for MappedBar<'_, R, S> {
    type Target = Bar<R, S>;

    fn deref(&self) -> &Bar<R, S> {
        &self.bar
    }
}

impl<R: Registers, S: BarSpace> Drop for MappedBar<'_, R, S> {
    fn drop(&mut self) {
        let base = self.bar.window.close();
        // SAFETY: It was mapped (invariant), and nobody refers to the value any more.
        unsafe {
            bindings::kmod_pci_bar_unmap(self.device.as_ptr(), self.index, base.cast(), S::PORTS)
        };
    }
}

/// The type of a field under `#[bar]`.
///
/// # Safety
///
/// [`open`](BarWindow::open) and [`close`](BarWindow::close) are those of the one window that the
/// value has. Only [`Bar`] implements this.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what a BAR can be",
    label = "the attribute of this field does not fit its type",
    note = "a BAR is `#[bar(index = 0)] name: Bar<Registers>`, or `Bar<Registers, Ports>`"
)]
pub unsafe trait BarWindow: 'static {
    /// What it is of.
    #[doc(hidden)]
    type Space: BarSpace;

    /// How many bytes it takes.
    #[doc(hidden)]
    const SIZE: usize;

    /// Where it is mapped.
    ///
    /// # Safety
    ///
    /// `base` is a mapping of [`SIZE`](BarWindow::SIZE) bytes, aligned as the widest register, that stays
    /// until [`close`](BarWindow::close) was called and no access runs any more that began before.
    #[doc(hidden)]
    unsafe fn open(&self, base: NonNull<u8>);

    /// It is not mapped any more: where it was.
    #[doc(hidden)]
    fn close(&self) -> *mut u8;

    /// What user space may map of it.
    #[doc(hidden)]
    fn whole(&self) -> &Mappable;
}

// SAFETY: It has one window.
unsafe impl<R: Registers, S: BarSpace> BarWindow for Bar<R, S> {
    type Space = S;

    const SIZE: usize = R::SIZE;

    unsafe fn open(&self, base: NonNull<u8>) {
        // SAFETY: `open`'s contract is the window's.
        unsafe { self.window.open(base) };
    }

    fn close(&self) -> *mut u8 {
        self.window.close()
    }

    fn whole(&self) -> &Mappable {
        &self.whole
    }
}

/// A field under `#[bar]`.
///
/// # Safety
///
/// All fields of its instance that are objects come after it, but for those that have no callbacks.
pub unsafe trait BarField: Field<Type: BarWindow> {
    /// Which one it is.
    const INDEX: u8;
}

/// What it is of.
type SpaceOf<F> = <<F as Field>::Type as BarWindow>::Space;

/// The BAR of a field under `#[bar]`.
pub struct BarObject<F>(PhantomData<fn() -> F>);

impl<F: BarField> BarObject<F> {
    /// That of this field.
    #[expect(
        clippy::new_without_default,
        reason = "it is made where devices are, without `Default`"
    )]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

// SAFETY: It has no callbacks.
unsafe impl<F: BarField> Object for BarObject<F> {
    unsafe fn register(&self, at: &At) -> Result {
        // SAFETY: The object is being registered with `at`.
        let device = unsafe { device_of(at) }.ok_or(ENODEV)?;
        // SAFETY: The device lives, and its driver is being bound: its objects are being registered.
        let base = unsafe { map::<SpaceOf<F>>(device, c_int::from(F::INDEX), F::Type::SIZE) }?;
        // SAFETY: The instance is at `at` (the caller's promise).
        let bar = unsafe { at.value::<F>() };
        // SAFETY: It was mapped, at the beginning of a page or a BAR. It stays until `unregister`.
        unsafe { bar.open(base) };
        if !<SpaceOf<F>>::PORTS {
            let (mut start, mut size) = (0, 0);
            // SAFETY: The device lives, and has such a BAR; both numbers are ours.
            unsafe {
                bindings::kmod_pci_bar_place(
                    device.as_ptr(),
                    c_int::from(F::INDEX),
                    &raw mut start,
                    &raw mut size,
                );
            }
            // SAFETY: The BAR was taken, of memory, and is the device's until `unregister` closes this.
            unsafe { bar.whole().open(start, size) };
        }
        Ok(())
    }

    unsafe fn unregister(&self, at: &At) {
        // SAFETY: The object is registered with `at`.
        let device = unsafe { device_of(at) };
        // SAFETY: The instance is at `at` (the caller's promise).
        let bar = unsafe { at.value::<F>() };
        // SAFETY: What maps it is called by code inside the instance, of which the sections are drained, and by
        // callbacks of objects that were registered after it (`BarField`'s contract), which are not any more.
        unsafe { bar.whole().close() };
        let base = bar.close();
        if let Some(device) = device {
            let index = c_int::from(F::INDEX);
            // SAFETY: `register` mapped it. No access to it runs: a reference to the field is had by code
            // inside the instance, of which the sections are drained, and by callbacks of objects that
            // were registered after it (`BarField`'s contract), which are not any more.
            unsafe {
                bindings::kmod_pci_bar_unmap(
                    device.as_ptr(),
                    index,
                    base.cast(),
                    <SpaceOf<F>>::PORTS,
                );
            }
        }
    }
}
