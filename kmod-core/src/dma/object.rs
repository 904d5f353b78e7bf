// SPDX-License-Identifier: GPL-2.0-only
//! A buffer as an object of its device.

use core::marker::PhantomData;
use core::ptr::NonNull;

use kmod_bindings::{self as bindings, device};

use crate::error::Result;
use crate::error::code::ENODEV;
use crate::instance::{At, Field, Object};

/// The type of a field under `#[dma]`.
///
/// # Safety
///
/// What [`allocate`](DmaMemory::allocate) has allocated stays until [`free`](DmaMemory::free). Only
/// [`DmaBuf`](super::DmaBuf) implements this.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what a device can have by DMA",
    label = "the attribute of this field does not fit its type",
    note = "it is `#[dma] name: DmaBuf<Contents>`, where `Contents` are integers, arrays of them, or structs that \
            are `FromBytes`, `IntoBytes` and `Immutable` of `kmod_core::zerocopy`"
)]
pub unsafe trait DmaMemory: 'static {
    /// Allocates it.
    ///
    /// # Errors
    ///
    /// `ENOMEM`; nothing is left then.
    ///
    /// # Safety
    ///
    /// The device lives, its driver is being bound, and nothing is allocated.
    #[doc(hidden)]
    unsafe fn allocate(&self, device: *mut device) -> Result;

    /// Frees it, if the device gets at it never more.
    ///
    /// # Safety
    ///
    /// [`allocate`](DmaMemory::allocate) allocated it for this device, which was stopped: it does not get at
    /// memory until somebody lets it, and if it is `gone`, never. Nobody has a reference into the memory.
    #[doc(hidden)]
    unsafe fn free(&self, device: *mut device, gone: bool);
}

/// The type of a field under `#[dma_stream]`.
///
/// # Safety
///
/// What is mapped stays until [`shut`](DmaStreaming::shut). Only [`DmaStream`](super::DmaStream) implements
/// this.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what maps memory for DMA",
    label = "the attribute of this field does not fit its type",
    note = "it is `#[dma_stream] name: DmaStream`"
)]
pub unsafe trait DmaStreaming: 'static {
    /// Maps memory for this device from now on.
    ///
    /// # Errors
    ///
    /// `ENOMEM`.
    ///
    /// # Safety
    ///
    /// The device lives until [`shut`](DmaStreaming::shut), its driver is being bound, and nothing is mapped.
    #[doc(hidden)]
    unsafe fn open(&self, device: *mut device) -> Result;

    /// Maps nothing any more. Of what is mapped, frees what nobody has, if the device gets at it never more.
    ///
    /// # Safety
    ///
    /// [`open`](DmaStreaming::open) was called for this device, which was stopped: it does not get at memory
    /// until somebody lets it, and if it is `gone`, never. Nobody has a reference to the value.
    #[doc(hidden)]
    unsafe fn shut(&self, device: *mut device, gone: bool);
}

/// Says how many bits the addresses have that a device takes, if its first field for DMA says it.
///
/// # Safety
///
/// The device lives, and its driver is being bound.
unsafe fn say_bits(device: *mut device, bits: u8) -> Result {
    match NonNull::new(device) {
        // SAFETY: The device lives, and its driver is being bound (this function's contract).
        Some(device) if bits > 0 => unsafe { super::set_mask(device, bits) },
        _ => Ok(()),
    }
}

/// A field under `#[dma_stream]`.
///
/// # Safety
///
/// All fields of its instance that are objects come after it, but for those that have no callbacks.
pub unsafe trait DmaStreamField: Field<Type: DmaStreaming> {
    /// How many bits the addresses have that the device takes; 0 if that is said elsewhere.
    const BITS: u8 = 0;
}

/// The mappings of a field under `#[dma_stream]`.
pub struct DmaStreamObject<F>(PhantomData<fn() -> F>);

impl<F: DmaStreamField> DmaStreamObject<F> {
    /// Those of this field.
    #[expect(
        clippy::new_without_default,
        reason = "it is made where devices are, without `Default`"
    )]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

// SAFETY: It has no callbacks.
unsafe impl<F: DmaStreamField> Object for DmaStreamObject<F> {
    unsafe fn register(&self, at: &At) -> Result {
        let device = at.parent().ok_or(ENODEV)?;
        // SAFETY: The device lives while its objects are registered, and its driver is being bound.
        unsafe { say_bits(device, F::BITS) }?;
        // SAFETY: The instance is at `at` (the caller's promise).
        let stream = unsafe { at.value::<F>() };
        // SAFETY: The device lives while its objects are registered, and its driver is being bound.
        unsafe { stream.open(device) }?;
        // SAFETY: The device lives, and is enabled. `unregister` stops it before its memory goes.
        unsafe { bindings::kmod_dma_start(device) };
        Ok(())
    }

    unsafe fn unregister(&self, at: &At) {
        let Some(device) = at.parent() else {
            return;
        };
        // SAFETY: The device lives while its objects are registered.
        let gone = unsafe { bindings::kmod_dma_stop(device) };
        // SAFETY: The instance is at `at` (the caller's promise).
        let stream = unsafe { at.value::<F>() };
        // SAFETY: `register` opened it for this device, which was stopped. Nobody has a reference to it: one
        // is had by code inside the instance, of which the sections are drained, and by callbacks of objects
        // that were registered after it (`DmaStreamField`'s contract), which are not any more.
        unsafe { stream.shut(device, gone) };
    }
}

/// A field under `#[dma]`.
///
/// # Safety
///
/// All fields of its instance that are objects come after it, but for those that have no callbacks.
pub unsafe trait DmaField: Field<Type: DmaMemory> {
    /// How many bits the addresses have that the device takes; 0 if that is said elsewhere.
    const BITS: u8 = 0;
}

/// The memory of a field under `#[dma]`.
pub struct DmaObject<F>(PhantomData<fn() -> F>);

impl<F: DmaField> DmaObject<F> {
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
unsafe impl<F: DmaField> Object for DmaObject<F> {
    unsafe fn register(&self, at: &At) -> Result {
        let device = at.parent().ok_or(ENODEV)?;
        // SAFETY: The device lives while its objects are registered, and its driver is being bound.
        unsafe { say_bits(device, F::BITS) }?;
        // SAFETY: The instance is at `at` (the caller's promise).
        let memory = unsafe { at.value::<F>() };
        // SAFETY: The device lives, and its driver is being bound: its objects are being registered. This
        // one is not yet.
        unsafe { memory.allocate(device) }?;
        // SAFETY: The device lives, and is enabled. `unregister` stops it before its memory goes.
        unsafe { bindings::kmod_dma_start(device) };
        Ok(())
    }

    unsafe fn unregister(&self, at: &At) {
        let Some(device) = at.parent() else {
            return;
        };
        // SAFETY: The device lives while its objects are registered.
        let gone = unsafe { bindings::kmod_dma_stop(device) };
        // SAFETY: The instance is at `at` (the caller's promise).
        let memory = unsafe { at.value::<F>() };
        // SAFETY: `register` allocated it, and the device was stopped. Nobody has a reference into it: one
        // to the field is had by code inside the instance, of which the sections are drained, and by
        // callbacks of objects that were registered after it (`DmaField`'s contract), which are not any
        // more.
        unsafe { memory.free(device, gone) };
    }
}
