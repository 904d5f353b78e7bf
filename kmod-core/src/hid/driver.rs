// SPDX-License-Identifier: GPL-2.0-only
//! The driver: its ids, its trait, and what the kernel calls.

use core::ffi::{CStr, c_int, c_uchar, c_uint, c_ulong, c_void};
use core::mem;
use core::ptr::{self, NonNull};
use core::slice;

use kmod_bindings::{
    self as bindings, device, hid_device_id, kmod_driver_calls, kmod_hid_calls, kmod_hid_driver,
    kmod_hid_mapping, kmod_hid_usage,
};

use super::{HidEvent, HidHandle, HidMapping, HidReport, HidReturn, HidUsage};
use crate::bus::{Bus, BusDevice, BusDriver, Driver, DriverField, DriverHandlers, driver_trait};
use crate::class::input::{FfEffect, ForceFeedback};
use crate::error::{Result, to_result};
use crate::instance::{At, ModuleState, Object, Provides};

/// The bus.
pub struct Hid;

/// A row of a table of ids, as C has it.
#[repr(transparent)]
pub struct HidId(hid_device_id);

impl HidId {
    /// What ends a table.
    // SAFETY: It is made of integers.
    pub const END: Self = Self(unsafe { mem::zeroed() });

    /// The devices of this bus, which is not 0, vendor and product. `data` is what the driver gets.
    pub const fn new([bus, vendor, product]: [u32; 3], data: c_ulong) -> Self {
        let mut id = Self::END.0;
        id.bus = bus as u16;
        id.vendor = vendor;
        id.product = product;
        id.driver_data = data;
        Self(id)
    }
}

// SAFETY: `hid_unregister_driver()` unbinds all devices, and waits for that; `probe` of C looks the row up in the
// table, or in what was written to `new_id`, whose number the driver checks. `remove` and `probe` have the
// device's lock.
unsafe impl Bus for Hid {
    type Driver = kmod_hid_driver;
    type Row = HidId;
    type Handle = HidHandle;

    fn is_end(row: &HidId) -> bool {
        row.0.bus == 0
    }

    unsafe fn register(
        driver: *mut kmod_hid_driver,
        calls: *mut kmod_driver_calls,
        name: &'static CStr,
        ids: &'static [HidId],
    ) -> c_int {
        let ids = ids.as_ptr().cast::<hid_device_id>();
        // SAFETY: `register`'s contract is that of the C function, but for what `HidBusDriver` has put into it.
        unsafe { bindings::kmod_hid_driver_register(driver, calls, name.as_ptr(), ids) }
    }

    unsafe fn unregister(driver: *mut kmod_hid_driver) {
        // SAFETY: It is registered (this function's contract).
        unsafe { bindings::kmod_hid_driver_unregister(driver) };
    }

    unsafe fn start(device: NonNull<device>, placed: NonNull<c_void>) -> Result {
        // SAFETY: The driver is being bound to the device, and what is kept with it stays until `stop` has
        // returned (this function's contract).
        to_result(unsafe { bindings::kmod_hid_connect(device.as_ptr(), placed.as_ptr()) }).map(drop)
    }

    unsafe fn stop(device: NonNull<device>) {
        // SAFETY: `start` has connected it (this function's contract).
        unsafe { bindings::kmod_hid_disconnect(device.as_ptr()) };
    }
}

/// What `probe` knows of a device: its name, its id, and the [`HidHandle`] by which it is asked.
pub type HidDevice<'a, D> = BusDevice<'a, Hid, D>;

/// What is known of a device whose descriptor is about to be read.
pub struct HidFixup<'a, D: HidDriver> {
    id: &'a D::Id,
}

impl<'a, D: HidDriver> HidFixup<'a, D> {
    /// What the driver's `ids` say of the id by which the device was found.
    pub fn id(&self) -> &'a D::Id {
        self.id
    }

    /// The state of the module.
    pub fn module(&self) -> &'a D::Module {
        // SAFETY: This is within a callback of a registered object, for whose time the value lives.
        unsafe { D::Module::state() }
    }
}

driver_trait! {
    /// What a driver does with the devices that it is bound to. Handlers run in process context, but for
    /// `raw_event`, `event` and `play_effect`.
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is not a HID driver",
        label = "a field under `#[hid_driver]` is of a type that is one",
        note = "write `#[handlers] impl HidDriver for {Self} {{ … }}`"
    )]
    trait HidDriver for Hid, HidDevice with HidHandlers;

    /// Makes the struct of a device that the driver is being bound to. Its descriptor has been read, and it can
    /// be asked; nothing that it sends by itself comes before this returns and its objects are registered.
    fn probe;

    /// What `ids` say of each id, after `=>`; `()` (what `#[handlers]` inserts) for nothing.
    type Id;

    more {
        /// The descriptor of a device is about to be read, before `probe` is called: gives the one that is
        /// taken instead, which is what was given, changed, or a part of it, or a constant. One of 64 KiB or
        /// more is not taken.
        fn report_fixup<'r>(
            &self,
            fixup: &HidFixup<'_, Self>,
            descriptor: &'r mut [u8],
        ) -> &'r [u8] {
            let _ = fixup;
            descriptor
        }

        /// A report came, in atomic context, before anything else looks at it. It may be changed; no two come
        /// at once from one device.
        ///
        /// # Errors
        ///
        /// Any: nobody else sees the report.
        fn raw_event(&self, device: &Self::Device, report: &mut HidReport<'_>) -> Result {
            let _ = (device, report);
            Ok(())
        }

        /// A control says something, in atomic context, as a report that came has it.
        fn event(&self, device: &Self::Device, event: &HidEvent) -> HidReturn {
            let _ = (device, event);
            HidReturn::Unhandled
        }

        /// Says what a control is to user space. The device's objects are not registered yet.
        fn input_mapping(&self, device: &Self::Device, usage: &HidUsage) -> HidMapping {
            let _ = (device, usage);
            HidMapping::Default
        }

        /// Has the device shake or pull as this says from now on, in atomic context: the sum of all effects that
        /// user space has its input device play. All zeroes end it. What sends that to the device may sleep, and
        /// so is a work's.
        ///
        /// It may be called as soon as the input device is there, before the device's objects are registered,
        /// and once more with zeroes when it goes, after they are not any more: what is queued then is not run.
        /// So `remove` has the device rest.
        fn play_effect(&self, device: &Self::Device, effect: FfEffect) {
            let _ = (device, effect);
        }
    }
}

/// Which of the handlers that can be absent are there.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct HidHandlers {
    pub remove: bool,
    pub shutdown: bool,
    pub suspend: bool,
    pub resume: bool,
    pub runtime_suspend: bool,
    pub runtime_resume: bool,
    pub report_fixup: bool,
    pub raw_event: bool,
    pub event: bool,
    pub input_mapping: bool,
    pub play_effect: bool,
}

impl HidHandlers {
    /// A driver that can be bound.
    pub const NONE: Self = Self {
        remove: false,
        shutdown: false,
        suspend: false,
        resume: false,
        runtime_suspend: false,
        runtime_resume: false,
        report_fixup: false,
        raw_event: false,
        event: false,
        input_mapping: false,
        play_effect: false,
    };

    /// Those that drivers of all buses have.
    const fn of_all(self) -> DriverHandlers {
        DriverHandlers {
            remove: self.remove,
            shutdown: self.shutdown,
            suspend: self.suspend,
            resume: self.resume,
            runtime_suspend: self.runtime_suspend,
            runtime_resume: self.runtime_resume,
        }
    }
}

/// What `#[hid_driver]` says of a field.
pub trait HidDriverField: DriverField<Bus = Hid, Type: HidDriver> {
    /// What of the kernel a device is to have.
    const CONNECT: c_uint = hid_connect(&["hidinput", "hidraw", "hiddev", "ff"]);
    /// Whether it is on even while nobody reads it.
    const OPEN: bool = false;
    /// The kinds of effects that `play_effect` is told of.
    const FORCE_FEEDBACK: &'static [ForceFeedback] = &[];
}

/// What has these names, of those that `#[hid_driver(connect(…))]` takes.
pub const fn hid_connect(mut names: &[&str]) -> c_uint {
    let mut connect = 0;
    while let [name, others @ ..] = names {
        connect |= match name.as_bytes() {
            b"hidinput" => bindings::KMOD_HID_HIDINPUT,
            b"hidraw" => bindings::KMOD_HID_HIDRAW,
            b"hiddev" => bindings::KMOD_HID_HIDDEV,
            b"ff" => bindings::KMOD_HID_FF,
            _ => bindings::KMOD_HID_DRIVER,
        };
        names = others;
    }
    connect
}

/// The driver of such a field.
pub struct HidBusDriver<F: HidDriverField> {
    driver: BusDriver<F>,
    calls: kmod_hid_calls,
}

// SAFETY: `calls` is never changed.
unsafe impl<F: HidDriverField> Sync for HidBusDriver<F> {}

impl<F: HidDriverField> HidBusDriver<F> {
    /// Not registered yet.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self
    where
        F::Instance: Provides<<F::Type as HidDriver>::Module>,
    {
        /// The function, or `NULL` for a handler that is absent.
        macro_rules! slot {
            ($handler:ident, $function:ident) => {
                if <F::Type as HidDriver>::HANDLERS.$handler {
                    Some($function::<F>)
                } else {
                    None
                }
            };
        }
        Self {
            // Its module is that of the field: this function's bound.
            driver: BusDriver::unchecked(),
            calls: kmod_hid_calls {
                report_fixup: slot!(report_fixup, hid_report_fixup),
                raw_event: slot!(raw_event, hid_raw_event),
                event: slot!(event, hid_event),
                input_mapping: slot!(input_mapping, hid_input_mapping),
                play_effect: slot!(play_effect, hid_play_effect),
                memless: if F::FORCE_FEEDBACK.is_empty() {
                    None
                } else {
                    Some(bindings::kmod_hid_memless)
                },
                force_feedback: F::FORCE_FEEDBACK.as_ptr().cast(),
                force_feedback_count: F::FORCE_FEEDBACK.len() as u16,
                // What the kernel makes of the descriptor's motors would take the place of the driver's.
                connect: if F::FORCE_FEEDBACK.is_empty() {
                    F::CONNECT
                } else {
                    F::CONNECT & !bindings::KMOD_HID_FF
                },
                open: F::OPEN,
            },
        }
    }
}

// SAFETY: It is that of `driver`; after `remove` of a device, which is disconnected then, none of the others is
// called for it.
unsafe impl<F: HidDriverField> Object for HidBusDriver<F> {
    unsafe fn register(&self, at: &At) -> Result {
        const {
            assert!(
                <F::Type as HidDriver>::HANDLERS.play_effect != F::FORCE_FEEDBACK.is_empty(),
                "a driver with `force_feedback(…)` has a `play_effect`, and no other"
            )
        }
        let driver = self.driver.kernel();
        // SAFETY: It is the driver's memory, which is not the kernel's before it is registered below.
        let hid = unsafe { &raw mut (*driver).hid };
        // SAFETY: It is a field of that.
        unsafe { hid.write(&raw const self.calls) };
        // SAFETY: The caller's promise is that of this call.
        unsafe { self.driver.register(at) }
    }

    unsafe fn unregister(&self, at: &At) {
        // SAFETY: The caller's promise is that of this call.
        unsafe { self.driver.unregister(at) };
    }
}

/// The longest descriptor that is taken from a driver, in bytes: USB could not tell of a longer one.
const DESCRIPTOR_MAX: usize = 0xffff;

/// The descriptor that is taken instead of this one.
fn fixed<'r, D: HidDriver>(
    driver: &D,
    id: &<D as Driver<Hid>>::Id,
    descriptor: &'r mut [u8],
) -> &'r [u8] {
    driver.report_fixup(&HidFixup { id }, descriptor)
}

/// What the kernel calls to have a descriptor changed.
///
/// # Safety
///
/// A device of the driver `F` is being bound, and `bytes` points to as many bytes as `size` says, of which
/// nobody else knows until what this gives was copied.
unsafe extern "C" fn hid_report_fixup<F: HidDriverField>(
    data: c_ulong,
    bytes: *mut c_uchar,
    size: *mut c_uint,
) -> *const c_uchar {
    // It comes from the table, or from whoever could say more by sysfs.
    let id = usize::try_from(data).ok().and_then(|n| F::DATA.get(n));
    // SAFETY: It points to the kernel's variable (this function's contract).
    let length = usize::try_from(unsafe { *size });
    let (Some(id), Ok(length @ 1..)) = (id, length) else {
        return bytes;
    };
    // SAFETY: There are as many bytes, and they are this call's until what it gives was copied (this function's
    // contract).
    let descriptor = unsafe { slice::from_raw_parts_mut(bytes, length) };
    // SAFETY: The driver is registered, since it is being bound.
    let driver = unsafe { BusDriver::<F>::driver() };
    let taken = fixed(driver, id, descriptor);
    match c_uint::try_from(taken.len()) {
        Ok(length) if taken.len() <= DESCRIPTOR_MAX => {
            // SAFETY: It points to the kernel's variable (this function's contract).
            unsafe { *size = length };
            taken.as_ptr()
        }
        _ => {
            crate::pr_err!("a HID driver's descriptor is too long, and is not taken");
            bytes
        }
    }
}

/// What a driver says of a report.
fn received<D: HidDriver>(
    driver: &D,
    state: &<D as Driver<Hid>>::Device,
    report: &mut HidReport<'_>,
) -> Result {
    driver.raw_event(state, report)
}

/// What the kernel calls for each report.
///
/// # Safety
///
/// The driver `F` is bound to `device`, and `bytes` points to as many bytes as `size` says, which are nobody
/// else's during this call.
unsafe extern "C" fn hid_raw_event<F: HidDriverField>(
    device: *mut device,
    kind: c_uint,
    number: c_uint,
    bytes: *mut c_uchar,
    size: c_uint,
) -> c_int {
    let Ok(size @ 1..) = usize::try_from(size) else {
        return 0;
    };
    // SAFETY: There are as many bytes, which are this call's (this function's contract).
    let bytes = unsafe { slice::from_raw_parts_mut(bytes, size) };
    let mut report = HidReport::new(kind, number, bytes);
    let receive = |driver: &_, state: &_| received::<F::Type>(driver, state, &mut report);
    // SAFETY: The kernel calls it with the lock by which `remove` keeps reports away.
    match unsafe { BusDriver::<F>::with(device, receive) } {
        Some(Err(error)) => error.to_errno(),
        Some(Ok(())) | None => 0,
    }
}

/// What a driver says of a control's value.
fn said<D: HidDriver>(
    driver: &D,
    state: &<D as Driver<Hid>>::Device,
    event: &HidEvent,
) -> HidReturn {
    driver.event(state, event)
}

/// What the kernel calls for each control that says something.
///
/// # Safety
///
/// The driver `F` is bound to `device`, and `usage` points to a control of it.
unsafe extern "C" fn hid_event<F: HidDriverField>(
    device: *mut device,
    usage: *const kmod_hid_usage,
    value: c_int,
) -> c_int {
    // SAFETY: It points to one (this function's contract).
    let usage = HidUsage::new(unsafe { &*usage });
    let event = HidEvent { usage, value };
    let say = |driver: &_, state: &_| said::<F::Type>(driver, state, &event);
    // SAFETY: The kernel calls it with the lock by which `remove` keeps reports away.
    let called = unsafe { BusDriver::<F>::with(device, say) };
    c_int::from(called == Some(HidReturn::Handled))
}

/// What a driver takes a control for.
fn mapped<D: HidDriver>(
    driver: &D,
    state: &<D as Driver<Hid>>::Device,
    usage: &HidUsage,
) -> HidMapping {
    driver.input_mapping(state, usage)
}

/// What the kernel calls for each control, while it makes a device's input devices.
///
/// # Safety
///
/// The driver `F` is being bound to `device`, `usage` points to a control of it, and `mapping` to a variable.
unsafe extern "C" fn hid_input_mapping<F: HidDriverField>(
    device: *mut device,
    usage: *const kmod_hid_usage,
    mapping: *mut kmod_hid_mapping,
) {
    // SAFETY: It points to one (this function's contract).
    let usage = HidUsage::new(unsafe { &*usage });
    let map = |driver: &_, state: &_| mapped::<F::Type>(driver, state, &usage);
    // SAFETY: It is connected by `start`, before which the struct is in place, and which is over before it is
    // dropped.
    if let Some(to) = unsafe { BusDriver::<F>::with(device, map) } {
        // SAFETY: It is a variable (this function's contract).
        unsafe { ptr::write(mapping, to.told()) };
    }
}

/// What a driver makes of an effect.
fn played<D: HidDriver>(driver: &D, state: &<D as Driver<Hid>>::Device, effect: FfEffect) {
    driver.play_effect(state, effect);
}

/// What the kernel calls when what is to be felt changes.
///
/// # Safety
///
/// `device` is between `start` and `stop` of the driver `F`.
unsafe extern "C" fn hid_play_effect<F: HidDriverField>(
    device: *mut device,
    kind: c_uint,
    first: c_int,
    second: c_uint,
) {
    let effect = FfEffect::told(kind, first, second);
    let play = |driver: &_, state: &_| played::<F::Type>(driver, state, effect);
    // SAFETY: The struct is in place before `start`, and is dropped after `stop`, which unregisters the input
    // device, and with that stops all effects under the lock with which this is called.
    unsafe { BusDriver::<F>::with(device, play) };
}
