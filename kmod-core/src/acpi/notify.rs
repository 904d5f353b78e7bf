// SPDX-License-Identifier: GPL-2.0-only
//! What firmware notifies of.

use core::cell::Cell;
use core::ffi::c_void;
use core::marker::PhantomData;
use core::ptr::{self, NonNull};

use kmod_bindings as bindings;

use crate::error::code::ENODEV;
use crate::error::{Result, to_result};
use crate::instance::{At, Belongs, Field, Instance, ModuleState, Object, enter};
use crate::sync::Shared;

/// What is done when firmware notifies of something at a device.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what is done when firmware notifies of something",
    label = "the handler of `AcpiNotify` says so",
    note = "write `#[handlers] impl AcpiNotifyHandler for {Self} {{ fn notified(…) {{ … }} }}`"
)]
pub trait AcpiNotifyHandler: Sized + Shared {
    /// The module whose state the handler uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of which it is a field, if the handler uses it; `()` (what `#[handlers]` inserts) for
    /// none.
    type Instance: 'static;

    /// Firmware called `Notify()` for the device: a worker calls this, in process context. What comes while
    /// the device is being taken away is nobody's.
    fn notified(&self, call: &AcpiNotifyCall<'_, Self>);
}

/// What firmware notified of.
pub struct AcpiNotifyCall<'a, H: AcpiNotifyHandler> {
    instance: &'a H::Instance,
    event: u32,
}

impl<'a, H: AcpiNotifyHandler> AcpiNotifyCall<'a, H> {
    /// The number that firmware gave.
    pub fn event(&self) -> u32 {
        self.event
    }

    /// The struct of which this is a field.
    pub fn instance(&self) -> &'a H::Instance {
        self.instance
    }

    /// The state of the module.
    pub fn module(&self) -> &'a H::Module {
        // SAFETY: This is within a callback of a registered object, for whose time the value lives.
        unsafe { H::Module::state() }
    }
}

/// A handler of what firmware notifies of: a field under [`#[acpi_notify]`](macro@crate::acpi_notify).
#[derive(Default)]
pub struct AcpiNotify<H>(H);

impl<H> AcpiNotify<H> {
    /// Not installed.
    pub const fn new(handler: H) -> Self {
        Self(handler)
    }

    /// What was given to [`new`](Self::new).
    pub fn handler(&self) -> &H {
        &self.0
    }
}

/// What ACPI calls.
type Function = unsafe extern "C" fn(*mut c_void, u32, *mut c_void);

/// The type of a field under `#[acpi_notify]` of the instance `I`.
///
/// # Safety
///
/// [`function`](AcpiNotifier::function) is to be called with the field's address. Only [`AcpiNotify`]
/// implements this.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what `{I}` can have called when firmware notifies of something",
    label = "the attribute of this field does not fit its type",
    note = "write `#[acpi_notify] name: AcpiNotify<Handler>`"
)]
pub unsafe trait AcpiNotifier<I: Instance>: Sized + 'static {
    /// What ACPI calls for the field `F`.
    fn function<F: AcpiNotifyField<Instance = I, Type = Self>>() -> Function;
}

// SAFETY: `notified` takes the field's address.
unsafe impl<H, I> AcpiNotifier<I> for AcpiNotify<H>
where
    H: AcpiNotifyHandler,
    I: Instance + Belongs<H::Instance>,
{
    fn function<F: AcpiNotifyField<Instance = I, Type = Self>>() -> Function {
        notified::<H, F>
    }
}

/// What ACPI's worker calls for the field `F`.
///
/// # Safety
///
/// `data` is the address of that field, which is registered until this returns. Process context.
unsafe extern "C" fn notified<H, F>(_handle: *mut c_void, event: u32, data: *mut c_void)
where
    H: AcpiNotifyHandler,
    F: Field<Type = AcpiNotify<H>, Instance: Belongs<H::Instance>>,
{
    // SAFETY: It is the field's address, which is not null.
    let value = unsafe { NonNull::<AcpiNotify<H>>::new_unchecked(data.cast()) };
    let notified = |instance: &F::Instance, notify: &AcpiNotify<H>| {
        let instance = instance.instance();
        notify.0.notified(&AcpiNotifyCall { instance, event });
    };
    // What comes while its instance closes is nobody's any more.
    // SAFETY: It is registered as `F`, and this is its callback, in process context.
    let _ = unsafe { enter::<F, ()>(value, notified) };
}

/// A field under `#[acpi_notify]`, the only one of its instance.
pub trait AcpiNotifyField: Field<Type: AcpiNotifier<Self::Instance>> {}

/// The handler of a field under `#[acpi_notify]`.
///
/// # Invariants
///
/// `installed` is what `register` has installed. Only `register` and `unregister` touch it.
pub struct AcpiNotifyObject<F> {
    installed: Cell<Option<Function>>,
    field: PhantomData<fn() -> F>,
}

// SAFETY: `register` and `unregister` never overlap (`Object`'s contract).
unsafe impl<F> Sync for AcpiNotifyObject<F> {}

impl<F: AcpiNotifyField> AcpiNotifyObject<F> {
    /// That of this field.
    #[expect(
        clippy::new_without_default,
        reason = "it is made where devices are, without `Default`"
    )]
    pub const fn new() -> Self {
        Self {
            installed: Cell::new(None),
            field: PhantomData,
        }
    }
}

/// What firmware tells of the device whose object is registered with `at`.
fn handle_of(at: &At) -> Result<*mut c_void> {
    let device = at.parent().and_then(NonNull::new).ok_or(ENODEV)?;
    // SAFETY: The device lives while its objects are registered.
    let handle = unsafe { bindings::kmod_acpi_handle(device.as_ptr()) };
    NonNull::new(handle).map(NonNull::as_ptr).ok_or(ENODEV)
}

// SAFETY: `kmod_acpi_notify_remove()` waits for running handlers, and for those that have been queued.
unsafe impl<F: AcpiNotifyField> Object for AcpiNotifyObject<F> {
    unsafe fn register(&self, at: &At) -> Result {
        let handle = handle_of(at)?;
        // SAFETY: The instance is at `at` (the caller's promise).
        let notify = unsafe { at.value::<F>() };
        let data = ptr::from_ref(notify).cast_mut().cast();
        let function = Some(F::Type::function::<F>());
        // SAFETY: The device lives, and the field stays until the handler was removed; it is called with
        // the field's address.
        to_result(unsafe { bindings::kmod_acpi_notify_install(handle, function, data) })?;
        // INVARIANT: It was installed.
        self.installed.set(function);
        Ok(())
    }

    unsafe fn unregister(&self, at: &At) {
        if let Ok(handle) = handle_of(at) {
            // SAFETY: `register` has installed it (invariant).
            unsafe { bindings::kmod_acpi_notify_remove(handle, self.installed.take()) };
        }
    }
}
