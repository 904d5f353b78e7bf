// SPDX-License-Identifier: GPL-2.0-only
//! Memory that firmware, or who made the device, says a platform device has: a field under `#[iomem]`.

use core::ffi::c_uint;
use core::marker::PhantomData;
use core::ops::Deref;
use core::ptr::NonNull;

use kmod_bindings as bindings;

use super::{Registers, Window};
use crate::error::code::ENODEV;
use crate::error::{Result, from_err_ptr};
use crate::instance::{At, Field, Object};
use crate::mm::Mappable;

/// The registers `R` in a memory resource of a platform device: a field under `#[iomem]`, before all other
/// objects of its device.
///
/// It is mapped, by `ioremap()`, from when the device's objects are registered until they have gone: in each
/// handler of the device. Before and after that its registers read as all ones, and what is written goes
/// nowhere.
///
/// The device is not bound if it has no such resource, or one that has fewer bytes than the registers take
/// or is not aligned as they are (`ENXIO`, and a line in the kernel's log), if somebody else has it
/// (`EBUSY`), or if it is no platform device (`ENODEV`).
///
/// It may be [mapped](crate::mm::VmArea::map_iomem) by user space.
pub struct IoMem<R> {
    window: Window<R>,
    /// All of it, whatever of it `R` has.
    whole: Mappable,
}

impl<R: Registers> IoMem<R> {
    /// Not mapped.
    pub const fn new() -> Self {
        Self {
            window: Window::closed(),
            whole: Mappable::new(),
        }
    }

    /// What user space may map of it.
    pub(crate) fn mappable(&self) -> &Mappable {
        &self.whole
    }
}

impl<R: Registers> Default for IoMem<R> {
    fn default() -> Self {
        Self::new()
    }
}

impl<R> Deref for IoMem<R> {
    type Target = Window<R>;

    fn deref(&self) -> &Window<R> {
        &self.window
    }
}

/// The type of a field under `#[iomem]`.
///
/// # Safety
///
/// [`open`](IoMemWindow::open) and [`close`](IoMemWindow::close) are those of the one window that the value
/// has. Only [`IoMem`] implements this.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what a memory resource can be",
    label = "the attribute of this field does not fit its type",
    note = "a memory resource is `#[iomem(index = 0)] name: IoMem<Registers>`"
)]
pub unsafe trait IoMemWindow: 'static {
    /// How many bytes it takes.
    #[doc(hidden)]
    const SIZE: usize;
    /// To what it is aligned.
    #[doc(hidden)]
    const ALIGN: usize;

    /// Where it is mapped.
    ///
    /// # Safety
    ///
    /// `base` is a mapping of [`SIZE`](IoMemWindow::SIZE) bytes, aligned to [`ALIGN`](IoMemWindow::ALIGN),
    /// that stays until [`close`](IoMemWindow::close) was called and no access runs any more that began
    /// before.
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
unsafe impl<R: Registers> IoMemWindow for IoMem<R> {
    const SIZE: usize = R::SIZE;
    const ALIGN: usize = R::ALIGN;

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

/// A field under `#[iomem]`.
///
/// # Safety
///
/// All fields of its instance that are objects come after it, but for those that have no callbacks.
pub unsafe trait IoMemField: Field<Type: IoMemWindow> {
    /// Which one of the memory resources it is.
    const INDEX: u8;
}

/// The memory of a field under `#[iomem]`.
pub struct IoMemObject<F>(PhantomData<fn() -> F>);

impl<F: IoMemField> IoMemObject<F> {
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
unsafe impl<F: IoMemField> Object for IoMemObject<F> {
    unsafe fn register(&self, at: &At) -> Result {
        let device = at.parent().ok_or(ENODEV)?;
        let (size, align) = (F::Type::SIZE, F::Type::ALIGN);
        // SAFETY: The device lives, and its driver is being bound: its objects are being registered.
        let base = unsafe { bindings::kmod_iomem_map(device, c_uint::from(F::INDEX), size, align) };
        let base = from_err_ptr(base)?;
        // SAFETY: The instance is at `at` (the caller's promise).
        let memory = unsafe { at.value::<F>() };
        // SAFETY: It was mapped, aligned as was asked for. It stays until `unregister`.
        unsafe { memory.open(base.cast()) };
        let (mut start, mut size) = (0, 0);
        let index = c_uint::from(F::INDEX);
        // SAFETY: The device lives, and has the resource, which was mapped; both numbers are ours.
        unsafe { bindings::kmod_iomem_place(device, index, &raw mut start, &raw mut size) };
        // SAFETY: The resource was taken, and is the device's until `unregister` closes this.
        unsafe { memory.whole().open(start, size) };
        Ok(())
    }

    unsafe fn unregister(&self, at: &At) {
        // SAFETY: The instance is at `at` (the caller's promise).
        let memory = unsafe { at.value::<F>() };
        // SAFETY: What maps it is called by code inside the instance, of which the sections are drained, and by
        // callbacks of objects that were registered after it (`IoMemField`'s contract), which are not any more.
        unsafe { memory.whole().close() };
        let base = memory.close();
        if let Some(device) = at.parent() {
            let index = c_uint::from(F::INDEX);
            // SAFETY: `register` mapped it. No access to it runs: a reference to the field is had by code
            // inside the instance, of which the sections are drained, and by callbacks of objects that
            // were registered after it (`IoMemField`'s contract), which are not any more.
            unsafe { bindings::kmod_iomem_unmap(device, index, base.cast()) };
        }
    }
}
