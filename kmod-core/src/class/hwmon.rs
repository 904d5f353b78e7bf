// SPDX-License-Identifier: GPL-2.0-only
//! Chips that measure: temperatures, fans, voltages and what else `sensors` shows; the kernel's
//! `hwmon_device_register_with_info()`.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// Measures
//! #[kernel_module(name = "meter", license = "GPL")]
//! #[derive(Default)]
//! struct Module {
//!     #[platform_driver(name = "meter", devices = 1)]
//!     driver: Driver,
//! }
//!
//! #[derive(Default)]
//! struct Driver;
//!
//! #[handlers]
//! impl PlatformDriver for Driver {
//!     type Device = Board;
//!
//!     fn probe(&self, _device: &PlatformDevice<'_, Self>) -> Result<Board> {
//!         Ok(Board::default())
//!     }
//! }
//!
//! #[device]
//! #[derive(Default)]
//! struct Board {
//!     #[hwmon(
//!         name = "meter",
//!         channels(temp(input, rw(max), label = "CPU"), temp(input), fan(input)),
//!     )]
//!     chip: Hwmon<Chip>,
//! }
//!
//! #[derive(Default)]
//! struct Chip {
//!     max: AtomicI64,
//! }
//!
//! #[handlers]
//! impl HwmonOps for Chip {
//!     fn read(
//!         &self,
//!         _hwmon: &HwmonCall<'_, Self>,
//!         sensor: HwmonSensor,
//!         attr: HwmonAttr,
//!         channel: u32,
//!     ) -> Result<i64> {
//!         match (sensor, attr, channel) {
//!             (HwmonSensor::Temp, HwmonAttr::Input, 0) => Ok(42_000),
//!             (HwmonSensor::Temp, HwmonAttr::Input, _) => Err(ENODATA),
//!             (HwmonSensor::Temp, HwmonAttr::Max, _) => Ok(self.max.load(Ordering::Relaxed)),
//!             (HwmonSensor::Fan, ..) => Ok(1200),
//!             _ => Err(EOPNOTSUPP),
//!         }
//!     }
//!
//!     fn write(
//!         &self,
//!         _hwmon: &HwmonCall<'_, Self>,
//!         _sensor: HwmonSensor,
//!         _attr: HwmonAttr,
//!         _channel: u32,
//!         value: i64,
//!     ) -> Result {
//!         self.max.store(value.clamp(0, 110_000), Ordering::Relaxed);
//!         Ok(())
//!     }
//! }
//! # fn main() {}
//! ```

use core::ffi::{CStr, c_int, c_long, c_uint, c_void};
use core::ptr;

use kmod_bindings::{
    self as bindings, kmod_hwmon, kmod_hwmon_channel, kmod_hwmon_ops, kmod_hwmon_plan,
};

use super::{ClassDevice, Held, call, entered, numbered, to_int};
use crate::error::code::{ENODEV, EOPNOTSUPP};
use crate::error::{Result, from_err_ptr};
use crate::instance::{At, Belongs, Field, ModuleState};
use crate::sync::Shared;

/// What a chip measures, and can be told; in process context. Several may call at once.
///
/// Values are in the units of `Documentation/hwmon/sysfs-interface`: thousandths of a degree, of a volt, of an
/// ampere and of a percent of humidity, millionths of a watt and of a joule, revolutions per minute.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what a chip measures",
    label = "the handler of a chip says so",
    note = "write `#[handlers] impl HwmonOps for {Self} {{ fn read(…) -> Result<i64> {{ … }} }}`"
)]
pub trait HwmonOps: Sized + Shared {
    /// The module whose state the handler uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The device's struct of which the chip is a field, if the handler uses it; `()` (what
    /// `#[handlers]` inserts) for none.
    type Instance: 'static;

    /// Which handlers the `impl` has; `#[handlers]` writes this.
    #[doc(hidden)]
    const HANDLERS: HwmonHandlers;

    /// Whether the chip has what was declared: asked once for each file, before it is made.
    fn is_visible(
        &self,
        hwmon: &HwmonCall<'_, Self>,
        sensor: HwmonSensor,
        attr: HwmonAttr,
        channel: u32,
    ) -> bool {
        let _ = (hwmon, sensor, attr, channel);
        true
    }

    /// The value of what was declared to be read. Channels of a sensor are counted from 0 here; their files
    /// begin with 1, but those of `in`.
    ///
    /// # Errors
    ///
    /// Whatever `read(2)` is to fail with; `ENODATA` says that there is no value now.
    fn read(
        &self,
        hwmon: &HwmonCall<'_, Self>,
        sensor: HwmonSensor,
        attr: HwmonAttr,
        channel: u32,
    ) -> Result<i64> {
        let _ = (hwmon, sensor, attr, channel);
        Err(EOPNOTSUPP)
    }

    /// Takes a value for what was declared to be written. A value out of the chip's range is the nearest
    /// that it can have.
    ///
    /// # Errors
    ///
    /// Whatever `write(2)` is to fail with.
    fn write(
        &self,
        hwmon: &HwmonCall<'_, Self>,
        sensor: HwmonSensor,
        attr: HwmonAttr,
        channel: u32,
        value: i64,
    ) -> Result {
        let _ = (hwmon, sensor, attr, channel, value);
        Err(EOPNOTSUPP)
    }
}

/// Which handlers of [`HwmonOps`] are there.
#[doc(hidden)]
pub struct HwmonHandlers {
    pub is_visible: bool,
    pub read: bool,
    pub write: bool,
}

impl HwmonHandlers {
    /// None.
    pub const NONE: Self = Self {
        is_visible: false,
        read: false,
        write: false,
    };
}

call! {
    /// What a chip's handlers may reach.
    HwmonCall of HwmonOps
}

numbered! {
    /// What is measured: `enum hwmon_sensor_types`.
    HwmonSensor, KMOD_HWMON_SENSORS_END:
    Chip = "The chip as a whole.",
    Temp = "A temperature.",
    In = "A voltage.",
    Curr = "A current.",
    Power = "Power.",
    Energy = "Energy.",
    Humidity = "Humidity.",
    Fan = "A fan.",
    Pwm = "What turns a fan.",
    Intrusion = "A case that is opened.",
}

numbered! {
    /// What of it: `enum hwmon_temp_attributes` and the others, of which each has some.
    HwmonAttr, KMOD_HWMON_ATTRS_END:
    Enable = "`enable`",
    Input = "`input`: what is measured",
    Label = "`label`: it is declared, and no handler gets it",
    Type = "`type`",
    Lcrit = "`lcrit`",
    LcritHyst = "`lcrit_hyst`",
    Min = "`min`",
    MinHyst = "`min_hyst`",
    Max = "`max`",
    MaxHyst = "`max_hyst`",
    Crit = "`crit`",
    CritHyst = "`crit_hyst`",
    Emergency = "`emergency`",
    EmergencyHyst = "`emergency_hyst`",
    Alarm = "`alarm`",
    LcritAlarm = "`lcrit_alarm`",
    MinAlarm = "`min_alarm`",
    MaxAlarm = "`max_alarm`",
    CritAlarm = "`crit_alarm`",
    EmergencyAlarm = "`emergency_alarm`",
    Fault = "`fault`",
    Offset = "`offset`",
    Lowest = "`lowest`",
    Highest = "`highest`",
    ResetHistory = "`reset_history`",
    RatedMin = "`rated_min`",
    RatedMax = "`rated_max`",
    Average = "`average`",
    AverageInterval = "`average_interval`",
    InputHighest = "`input_highest`",
    InputLowest = "`input_lowest`",
    Accuracy = "`accuracy`",
    Cap = "`cap`",
    CapHyst = "`cap_hyst`",
    CapMax = "`cap_max`",
    CapMin = "`cap_min`",
    CapAlarm = "`cap_alarm`",
    Div = "`div`",
    Pulses = "`pulses`",
    Target = "`target`",
    Mode = "`mode`",
    Freq = "`freq`",
    Beep = "`beep`",
    UpdateInterval = "`update_interval`",
    Alarms = "`alarms`",
    Samples = "`samples`",
}

/// A channel of a chip, as it is declared.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct HwmonChannel(kmod_hwmon_channel);

// SAFETY: The label is a string in a static.
unsafe impl Sync for HwmonChannel {}

impl HwmonChannel {
    /// One of this sensor, with what is read and what is written, and with its label.
    pub const fn new(
        sensor: HwmonSensor,
        readable: &[HwmonAttr],
        writable: &[HwmonAttr],
        label: Option<&'static CStr>,
    ) -> Self {
        Self(kmod_hwmon_channel {
            sensor: sensor as u8,
            readable: bits(readable),
            writable: bits(writable),
            label: match label {
                Some(label) => label.as_ptr(),
                None => ptr::null(),
            },
        })
    }
}

/// A bit for each.
const fn bits(mut attrs: &[HwmonAttr]) -> u64 {
    let mut bits = 0;
    while let [attr, others @ ..] = attrs {
        bits |= 1 << *attr as u8;
        attrs = others;
    }
    bits
}

/// What some channels have of which the value is read by a handler, or written.
const fn any(mut channels: &[HwmonChannel], writable: bool) -> bool {
    while let [channel, others @ ..] = channels {
        let label = bits(&[HwmonAttr::Label]);
        if writable && channel.0.writable != 0 || !writable && channel.0.readable & !label != 0 {
            return true;
        }
        channels = others;
    }
    false
}

/// A chip with its handler: a field under `#[hwmon]`.
pub struct Hwmon<H> {
    hwmon: Held<kmod_hwmon>,
    handler: H,
}

impl<H> Hwmon<H> {
    /// Not registered.
    pub const fn new(handler: H) -> Self {
        Self {
            hwmon: Held::new(),
            handler,
        }
    }

    /// What was given to [`new`](Self::new).
    pub fn handler(&self) -> &H {
        &self.handler
    }
}

impl<H: Default> Default for Hwmon<H> {
    fn default() -> Self {
        Self::new(H::default())
    }
}

/// What `#[hwmon]` says of a field.
pub trait HwmonField: Field {
    /// The chip's name, which its file `name` shows.
    const NAME: &'static CStr;
    /// Its channels.
    const CHANNELS: &'static [HwmonChannel];
}

// SAFETY: `kmod_hwmon_end()` is `hwmon_device_unregister()`, which takes the chip's files away and waits for
// who is in them.
#[diagnostic::do_not_recommend]
unsafe impl<H, F> ClassDevice<F> for Hwmon<H>
where
    H: HwmonOps,
    F: HwmonField<Type = Self>,
    F::Instance: Belongs<H::Instance>,
{
    unsafe fn register(&self, at: &At) -> Result {
        const {
            assert!(
                H::HANDLERS.read || !any(F::CHANNELS, false),
                "channels that are read need a `read`"
            );
            assert!(
                H::HANDLERS.write || !any(F::CHANNELS, true),
                "channels that are written need a `write`"
            );
        }
        let plan = const {
            &Plan(kmod_hwmon_plan {
                name: F::NAME.as_ptr(),
                channels: F::CHANNELS.as_ptr().cast(),
                count: F::CHANNELS.len() as c_uint,
            })
        };
        // Newer kernels refuse a chip without a parent.
        let parent = at.parent().ok_or(ENODEV)?;
        let data = ptr::from_ref(self).cast_mut().cast();
        // SAFETY: The plan and the functions are static, and the functions are for this field; the value
        // stays until it was unregistered (`register`'s contract).
        let hwmon =
            unsafe { bindings::kmod_hwmon_make(parent, &plan.0, const { &ops::<H, F>() }, data) };
        self.hwmon.put(from_err_ptr(hwmon)?);
        Ok(())
    }

    unsafe fn unregister(&self) {
        if let Some(hwmon) = self.hwmon.take() {
            // SAFETY: `register` has made it, and it is taken once.
            unsafe { bindings::kmod_hwmon_end(hwmon.as_ptr()) };
        }
    }
}

/// A plan in a static.
struct Plan(kmod_hwmon_plan);

// SAFETY: Its pointers are to statics that nobody changes.
unsafe impl Sync for Plan {}

/// What the kernel calls for the chip that is the field `F`.
const fn ops<H, F>() -> kmod_hwmon_ops
where
    H: HwmonOps,
    F: Field<Type = Hwmon<H>, Instance: Belongs<H::Instance>>,
{
    let has = H::HANDLERS;
    kmod_hwmon_ops {
        is_visible: if has.is_visible {
            Some(is_visible::<H, F>)
        } else {
            None
        },
        read: if has.read { Some(read::<H, F>) } else { None },
        write: if has.write { Some(write::<H, F>) } else { None },
    }
}

/// Calls a handler, with what C's numbers stand for.
///
/// # Safety
///
/// The kernel calls a function of the chip, with the data that it was registered with.
unsafe fn handled<H, F, R>(
    data: *mut c_void,
    (sensor, attr): (c_uint, c_uint),
    handler: impl FnOnce(&H, &HwmonCall<'_, H>, HwmonSensor, HwmonAttr) -> Result<R>,
) -> Result<R>
where
    H: HwmonOps,
    F: Field<Type = Hwmon<H>, Instance: Belongs<H::Instance>>,
{
    let (Some(sensor), Some(attr)) = (HwmonSensor::of(sensor), HwmonAttr::of(attr)) else {
        return Err(EOPNOTSUPP);
    };
    let inside = |hwmon: &Hwmon<H>, instance: &F::Instance| {
        handler(&hwmon.handler, &HwmonCall::new(instance), sensor, attr)
    };
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract), in process
    // context.
    unsafe { entered::<F, _>(data, inside) }
}

/// # Safety
///
/// The kernel calls it with the data that the chip was registered with.
unsafe extern "C" fn is_visible<H, F>(
    data: *mut c_void,
    sensor: c_uint,
    attr: c_uint,
    channel: c_uint,
) -> bool
where
    H: HwmonOps,
    F: Field<Type = Hwmon<H>, Instance: Belongs<H::Instance>>,
{
    let ask = |chip: &H, call: &HwmonCall<'_, H>, sensor, attr| {
        Ok(chip.is_visible(call, sensor, attr, channel))
    };
    // SAFETY: This is a callback of the chip (this function's contract).
    unsafe { handled::<H, F, _>(data, (sensor, attr), ask) }.unwrap_or(false)
}

/// # Safety
///
/// As [`is_visible`]; `value` may be written.
unsafe extern "C" fn read<H, F>(
    data: *mut c_void,
    sensor: c_uint,
    attr: c_uint,
    channel: c_uint,
    value: *mut c_long,
) -> c_int
where
    H: HwmonOps,
    F: Field<Type = Hwmon<H>, Instance: Belongs<H::Instance>>,
{
    let read =
        |chip: &H, call: &HwmonCall<'_, H>, sensor, attr| chip.read(call, sensor, attr, channel);
    // SAFETY: This is a callback of the chip (this function's contract).
    match unsafe { handled::<H, F, _>(data, (sensor, attr), read) } {
        Ok(read) => {
            // SAFETY: It may be written (this function's contract).
            unsafe { value.write(read) };
            0
        }
        Err(error) => error.to_errno(),
    }
}

/// # Safety
///
/// As [`is_visible`].
unsafe extern "C" fn write<H, F>(
    data: *mut c_void,
    sensor: c_uint,
    attr: c_uint,
    channel: c_uint,
    value: c_long,
) -> c_int
where
    H: HwmonOps,
    F: Field<Type = Hwmon<H>, Instance: Belongs<H::Instance>>,
{
    let write = |chip: &H, call: &HwmonCall<'_, H>, sensor, attr| {
        chip.write(call, sensor, attr, channel, value)
    };
    // SAFETY: This is a callback of the chip (this function's contract).
    to_int(unsafe { handled::<H, F, _>(data, (sensor, attr), write) })
}
