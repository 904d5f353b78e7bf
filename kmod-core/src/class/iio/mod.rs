// SPDX-License-Identifier: GPL-2.0-only
//! Sensors and converters, of which each channel has files in `/sys/bus/iio/devices`: the kernel's industrial I/O,
//! `iio_device_register()`.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// Measures
//! #[kernel_module(name = "weather", license = "GPL")]
//! #[derive(Default)]
//! struct Module {
//!     #[platform_driver(name = "weather", devices = 1)]
//!     driver: Driver,
//! }
//!
//! #[derive(Default)]
//! struct Driver;
//!
//! #[handlers]
//! impl PlatformDriver for Driver {
//!     type Device = Station;
//!
//!     fn probe(&self, _device: &PlatformDevice<'_, Self>) -> Result<Station> {
//!         Ok(Station::default())
//!     }
//! }
//!
//! #[device]
//! #[derive(Default)]
//! struct Station {
//!     #[iio(
//!         name = "weather",
//!         channels(
//!             pressure(raw, scale),
//!             voltage(index = 0, raw, shared_by_type(scale, available(scale)), label = "battery"),
//!             voltage(index = 1, raw, shared_by_type(scale, available(scale))),
//!         ),
//!     )]
//!     sensors: Iio<Sensors>,
//! }
//!
//! #[derive(Default)]
//! struct Sensors {
//!     gain: AtomicU32,
//! }
//!
//! /// Millivolts of a step, with either gain.
//! const SCALES: [[i32; 2]; 2] = [[0, 500_000], [0, 125_000]];
//!
//! #[handlers]
//! impl IioOps for Sensors {
//!     fn read_raw(
//!         &self,
//!         _iio: &IioCall<'_, Self>,
//!         channel: IioChannel,
//!         info: IioInfo,
//!     ) -> Result<IioValue> {
//!         match (channel.channel_type, info) {
//!             (IioType::Pressure, IioInfo::Raw) => Ok(IioValue::Int(101_325)),
//!             (IioType::Pressure, IioInfo::Scale) => Ok(IioValue::Fractional(1, 1000)),
//!             (IioType::Voltage, IioInfo::Raw) => Ok(IioValue::Int(3000 + channel.address as i32)),
//!             (IioType::Voltage, IioInfo::Scale) => {
//!                 let gain = self.gain.load(Ordering::Relaxed) as usize;
//!                 let [whole, part] = *SCALES.get(gain).ok_or(EINVAL)?;
//!                 Ok(IioValue::IntPlusMicro(whole, part))
//!             }
//!             _ => Err(EINVAL),
//!         }
//!     }
//!
//!     fn write_raw(
//!         &self,
//!         _iio: &IioCall<'_, Self>,
//!         channel: IioChannel,
//!         info: IioInfo,
//!         value: i32,
//!         fraction: i32,
//!     ) -> Result {
//!         if (channel.channel_type, info) != (IioType::Voltage, IioInfo::Scale) {
//!             return Err(EINVAL);
//!         }
//!         let gain = SCALES.iter().position(|scale| *scale == [value, fraction]);
//!         self.gain.store(gain.ok_or(EINVAL)? as u32, Ordering::Relaxed);
//!         Ok(())
//!     }
//!
//!     fn read_avail(
//!         &self,
//!         _iio: &IioCall<'_, Self>,
//!         _channel: IioChannel,
//!         _info: IioInfo,
//!     ) -> Result<IioAvail> {
//!         Ok(IioAvail::List(IioList::IntPlusMicro(&SCALES)))
//!     }
//! }
//! # fn main() {}
//! ```

mod buffer;
mod channels;
mod events;
mod values;

use core::ffi::{CStr, c_int, c_uint, c_void};
use core::ptr;

use kmod_bindings::{self as bindings, kmod_iio, kmod_iio_ops, kmod_iio_plan};

use self::buffer::scans;
use self::channels::any;
use self::events::Events;
use super::{ClassDevice, Held, call, entered, to_int};
use crate::error::code::{EFBIG, EINVAL, ENODEV};
use crate::error::{Result, from_err_ptr};
use crate::instance::{At, Belongs, Field, ModuleState};
use crate::sync::Shared;

pub use buffer::IioScan;
#[doc(hidden)]
pub use buffer::IioScanType;
pub use channels::IioChannel;
#[doc(hidden)]
pub use channels::IioSpec;
#[doc(hidden)]
pub use events::IioEventSpec;
pub use events::{IioEvent, IioEventDirection, IioEventInfo, IioEventType};
pub use values::{IioAvail, IioFormat, IioInfo, IioList, IioModifier, IioRange, IioType, IioValue};

/// What channels are, and what is set of them; in process context. Several may call at once.
///
/// Units are those of `Documentation/ABI/testing/sysfs-bus-iio`: millivolts, milliamperes, thousandths of a degree, lux,
/// kilopascals, metres per second squared. They are those of `input`, and of `raw` with its scale and its offset.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what channels are",
    label = "the handler of a device with channels says so",
    note = "write `#[handlers] impl IioOps for {Self} {{ fn read_raw(…) -> Result<IioValue> {{ … }} }}`"
)]
pub trait IioOps: Sized + Shared {
    /// The module whose state the handler uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The device's struct of which the channels are a field, if the handler uses it; `()` (what `#[handlers]`
    /// inserts) for none.
    type Instance: 'static;

    /// Which handlers the `impl` has; `#[handlers]` writes this.
    #[doc(hidden)]
    const HANDLERS: IioHandlers;

    /// What is known of a channel. A file that several channels share is asked of the first of them.
    ///
    /// # Errors
    ///
    /// Whatever `read(2)` is to fail with. A value that the kernel could not divide by is `ERANGE`.
    fn read_raw(
        &self,
        iio: &IioCall<'_, Self>,
        channel: IioChannel,
        info: IioInfo,
    ) -> Result<IioValue> {
        let _ = (iio, channel, info);
        Err(EINVAL)
    }

    /// Takes a value: an integer, and its fraction in the form that [`write_raw_get_fmt`](Self::write_raw_get_fmt)
    /// tells, millionths otherwise. Where the integer is 0, the fraction has the sign.
    ///
    /// Each file can be written, also those that nobody thinks of: that of a voltage is.
    ///
    /// # Errors
    ///
    /// Whatever `write(2)` is to fail with: `EINVAL` for what cannot be set.
    fn write_raw(
        &self,
        iio: &IioCall<'_, Self>,
        channel: IioChannel,
        info: IioInfo,
        value: i32,
        fraction: i32,
    ) -> Result {
        let _ = (iio, channel, info, value, fraction);
        Err(EINVAL)
    }

    /// The form in which a value is written; asked before [`write_raw`](Self::write_raw) is called.
    fn write_raw_get_fmt(
        &self,
        iio: &IioCall<'_, Self>,
        channel: IioChannel,
        info: IioInfo,
    ) -> IioFormat {
        let _ = (iio, channel, info);
        IioFormat::IntPlusMicro
    }

    /// What a value may be.
    ///
    /// # Errors
    ///
    /// Whatever `read(2)` of the file `…_available` is to fail with. A value that the kernel could not divide by is
    /// `ERANGE`.
    fn read_avail(
        &self,
        iio: &IioCall<'_, Self>,
        channel: IioChannel,
        info: IioInfo,
    ) -> Result<IioAvail> {
        let _ = (iio, channel, info);
        Err(EINVAL)
    }

    /// Whether an event of a channel is told of. A file that several share is asked of the first of them.
    ///
    /// # Errors
    ///
    /// Whatever `read(2)` is to fail with.
    fn read_event_config(
        &self,
        iio: &IioCall<'_, Self>,
        channel: IioChannel,
        event: IioEvent,
    ) -> Result<bool> {
        let _ = (iio, channel, event);
        Err(EINVAL)
    }

    /// Sets whether it is.
    ///
    /// # Errors
    ///
    /// Whatever `write(2)` is to fail with.
    fn write_event_config(
        &self,
        iio: &IioCall<'_, Self>,
        channel: IioChannel,
        event: IioEvent,
        is_on: bool,
    ) -> Result {
        let _ = (iio, channel, event, is_on);
        Err(EINVAL)
    }

    /// What is set of an event, such as its threshold: in the channel's unit of `raw`.
    ///
    /// # Errors
    ///
    /// Whatever `read(2)` is to fail with. A value that the kernel could not divide by is `ERANGE`.
    fn read_event_value(
        &self,
        iio: &IioCall<'_, Self>,
        channel: IioChannel,
        event: IioEvent,
        info: IioEventInfo,
    ) -> Result<IioValue> {
        let _ = (iio, channel, event, info);
        Err(EINVAL)
    }

    /// Sets it: an integer, and millionths. Where the integer is 0, the fraction has the sign.
    ///
    /// # Errors
    ///
    /// Whatever `write(2)` is to fail with: `EINVAL` for what cannot be set.
    fn write_event_value(
        &self,
        iio: &IioCall<'_, Self>,
        channel: IioChannel,
        event: IioEvent,
        info: IioEventInfo,
        value: i32,
        fraction: i32,
    ) -> Result {
        let _ = (iio, channel, event, info, value, fraction);
        Err(EINVAL)
    }

    /// Measures what is on, because a trigger says so: it fills the scan, which goes to the buffer with the time of
    /// the trigger. In a thread, one call at a time; a trigger that comes meanwhile is dropped.
    ///
    /// Without it, each channel that is on is asked for its `raw`.
    ///
    /// # Errors
    ///
    /// Whatever it has: then there is no scan, and nobody is told.
    fn trigger_handler(&self, iio: &IioCall<'_, Self>, scan: &mut IioScan<'_>) -> Result {
        scan.fill(|channel| match self.read_raw(iio, channel, IioInfo::Raw)? {
            IioValue::Int(value) => Ok(value.into()),
            _ => Err(EINVAL),
        })
    }

    /// The buffer is switched on: the hardware may have to be.
    ///
    /// # Errors
    ///
    /// Whatever `write(2)` of `buffer/enable` is to fail with.
    fn preenable(&self, iio: &IioCall<'_, Self>) -> Result {
        let _ = iio;
        Ok(())
    }

    /// The buffer was switched off, also by the device that goes: no scan is asked for any more.
    fn postdisable(&self, iio: &IioCall<'_, Self>) {
        let _ = iio;
    }
}

/// Which handlers of [`IioOps`] are there.
#[doc(hidden)]
pub struct IioHandlers {
    pub read_raw: bool,
    pub write_raw: bool,
    pub write_raw_get_fmt: bool,
    pub read_avail: bool,
    pub read_event_config: bool,
    pub write_event_config: bool,
    pub read_event_value: bool,
    pub write_event_value: bool,
    pub trigger_handler: bool,
    pub preenable: bool,
    pub postdisable: bool,
}

impl IioHandlers {
    /// None.
    pub const NONE: Self = Self {
        read_raw: false,
        write_raw: false,
        write_raw_get_fmt: false,
        read_avail: false,
        read_event_config: false,
        write_event_config: false,
        read_event_value: false,
        write_event_value: false,
        trigger_handler: false,
        preenable: false,
        postdisable: false,
    };
}

call! {
    /// What a device's handlers may reach.
    IioCall of IioOps
}

/// A device with channels, and their handler: a field under `#[iio]`.
pub struct Iio<H> {
    iio: Held<kmod_iio>,
    events: Events,
    handler: H,
}

impl<H> Iio<H> {
    /// Not registered.
    pub const fn new(handler: H) -> Self {
        Self {
            iio: Held::new(),
            events: Events::new(),
            handler,
        }
    }

    /// What was given to [`new`](Self::new).
    pub fn handler(&self) -> &H {
        &self.handler
    }
}

impl<H: Default> Default for Iio<H> {
    fn default() -> Self {
        Self::new(H::default())
    }
}

/// What `#[iio]` says of a field.
pub trait IioField: Field {
    /// The device's name, which its file `name` shows.
    const NAME: &'static CStr;
    /// Its channels.
    const CHANNELS: &'static [IioSpec];
    /// What they tell of, in the order of the channels.
    const EVENTS: &'static [IioEventSpec] = &[];
    /// Whether the time can be in a scan.
    const TIMESTAMP: bool = false;
}

// SAFETY: Events pass the gate that `close` shuts; `kmod_iio_end()` is `iio_device_unregister()`, which takes the
// device's files away, waits for who is in them and for others in the kernel that read a channel, and calls none of its
// functions afterwards. If its buffer is on, it switches it off there, by `iio_trigger_detach_poll_func()`: that frees
// the trigger's interrupt, and `free_irq()` waits for the handler and ends its thread. `postdisable` is called before
// it returns.
#[diagnostic::do_not_recommend]
unsafe impl<H, F> ClassDevice<F> for Iio<H>
where
    H: IioOps,
    F: IioField<Type = Self>,
    F::Instance: Belongs<H::Instance>,
{
    unsafe fn register(&self, at: &At) -> Result {
        const {
            assert!(
                H::HANDLERS.read_raw || !any(F::CHANNELS, false),
                "channels need a `read_raw`"
            );
            assert!(
                H::HANDLERS.read_avail || !any(F::CHANNELS, true),
                "`available(…)` needs a `read_avail`"
            );
            let (en, others) = events::files(F::EVENTS);
            assert!(
                H::HANDLERS.read_event_config && H::HANDLERS.write_event_config || !en,
                "`event(…, en)` needs a `read_event_config` and a `write_event_config`"
            );
            assert!(
                H::HANDLERS.read_event_value || !others,
                "what can be set of an `event(…)` needs a `read_event_value`"
            );
            assert!(
                H::HANDLERS.trigger_handler || H::HANDLERS.read_raw || scans(F::CHANNELS) == 0,
                "`scan = …` needs a `trigger_handler`, or a `read_raw`"
            );
        }
        let plan = const {
            &Plan(kmod_iio_plan {
                name: F::NAME.as_ptr(),
                channels: F::CHANNELS.as_ptr().cast(),
                count: F::CHANNELS.len() as c_uint,
                events: F::EVENTS.as_ptr().cast(),
                events_count: F::EVENTS.len() as c_uint,
                buffer_setup: match scans(F::CHANNELS) {
                    0 => None,
                    _ => Some(bindings::kmod_iio_buffer_setup),
                },
                buffer_stop: match scans(F::CHANNELS) {
                    0 => None,
                    _ => Some(bindings::kmod_iio_buffer_stop),
                },
                buffer_cleanup: match scans(F::CHANNELS) {
                    0 => None,
                    _ => Some(bindings::kmod_iio_buffer_cleanup),
                },
                timestamp: F::TIMESTAMP,
            })
        };
        let parent = at.parent().ok_or(ENODEV)?;
        let data = ptr::from_ref(self).cast_mut().cast();
        // SAFETY: The plan and the functions are static, and the functions are for this field; the value stays until
        // it was unregistered (`register`'s contract).
        let iio =
            unsafe { bindings::kmod_iio_make(parent, &plan.0, const { &ops::<H, F>() }, data) };
        let iio = from_err_ptr(iio)?;
        self.iio.put(iio);
        // SAFETY: It is registered; `close` shuts them before it is not, and the value stays until then
        // (`register`'s contract).
        unsafe { self.events.open(iio.as_ptr()) };
        Ok(())
    }

    unsafe fn close(&self) {
        // SAFETY: It is registered (`close`'s contract), and so they were opened.
        unsafe { self.events.shut() };
    }

    unsafe fn unregister(&self) {
        if let Some(iio) = self.iio.take() {
            // SAFETY: `register` has made it, and it is taken once.
            unsafe { bindings::kmod_iio_end(iio.as_ptr()) };
        }
    }
}

/// A plan in a static.
struct Plan(kmod_iio_plan);

// SAFETY: Its pointers are to statics that nobody changes.
unsafe impl Sync for Plan {}

/// What the kernel calls for the device that is the field `F`.
const fn ops<H, F>() -> kmod_iio_ops
where
    H: IioOps,
    F: IioField<Type = Iio<H>, Instance: Belongs<H::Instance>>,
{
    let has = H::HANDLERS;
    kmod_iio_ops {
        // What has files has it; the kernel does not look whether it is there.
        read_raw: Some(read_raw::<H, F>),
        write_raw: if has.write_raw {
            Some(write_raw::<H, F>)
        } else {
            None
        },
        write_raw_get_fmt: if has.write_raw_get_fmt {
            Some(write_raw_get_fmt::<H, F>)
        } else {
            None
        },
        read_avail: if has.read_avail {
            Some(read_avail::<H, F>)
        } else {
            None
        },
        // They are called for what was declared, of a file that is there.
        read_event_config: Some(events::read_event_config::<H, F>),
        write_event_config: Some(events::write_event_config::<H, F>),
        read_event_value: Some(events::read_event_value::<H, F>),
        write_event_value: Some(events::write_event_value::<H, F>),
        // That of a buffer, if there is one.
        trigger_handler: Some(buffer::trigger_handler::<H, F>),
        preenable: if has.preenable {
            Some(buffer::preenable::<H, F>)
        } else {
            None
        },
        postdisable: if has.postdisable {
            Some(buffer::postdisable::<H, F>)
        } else {
            None
        },
    }
}

/// Calls a handler, with what C's numbers stand for.
///
/// # Safety
///
/// The kernel calls a function of the device, with the data that it was registered with.
unsafe fn handled<H, F, R>(
    data: *mut c_void,
    (channel, info): (c_uint, c_uint),
    handler: impl FnOnce(&H, &IioCall<'_, H>, IioChannel, IioInfo) -> Result<R>,
) -> Result<R>
where
    H: IioOps,
    F: IioField<Type = Iio<H>, Instance: Belongs<H::Instance>>,
{
    let spec = F::CHANNELS.get(channel as usize).ok_or(EINVAL)?;
    let (Some(channel), Some(info)) = (spec.channel(), IioInfo::of(info)) else {
        return Err(EINVAL);
    };
    let inside = |iio: &Iio<H>, instance: &F::Instance| {
        handler(&iio.handler, &IioCall::new(instance), channel, info)
    };
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract), in process context.
    unsafe { entered::<F, _>(data, inside) }
}

/// # Safety
///
/// The kernel calls it with the data that the device was registered with; two values may be written at `values`.
unsafe extern "C" fn read_raw<H, F>(
    data: *mut c_void,
    channel: c_uint,
    info: c_uint,
    values: *mut c_int,
) -> c_int
where
    H: IioOps,
    F: IioField<Type = Iio<H>, Instance: Belongs<H::Instance>>,
{
    let read =
        |iio: &H, call: &IioCall<'_, H>, channel, info| iio.read_raw(call, channel, info)?.raw();
    // SAFETY: This is a callback of the device (this function's contract).
    match unsafe { handled::<H, F, _>(data, (channel, info), read) } {
        Ok((form, read)) => {
            // SAFETY: There is room for two (this function's contract).
            unsafe { values.cast::<[c_int; 2]>().write(read) };
            form
        }
        Err(error) => error.to_errno(),
    }
}

/// # Safety
///
/// The kernel calls it with the data that the device was registered with.
unsafe extern "C" fn write_raw<H, F>(
    data: *mut c_void,
    channel: c_uint,
    info: c_uint,
    value: c_int,
    fraction: c_int,
) -> c_int
where
    H: IioOps,
    F: IioField<Type = Iio<H>, Instance: Belongs<H::Instance>>,
{
    let write = |iio: &H, call: &IioCall<'_, H>, channel, info| {
        iio.write_raw(call, channel, info, value, fraction)
    };
    // SAFETY: This is a callback of the device (this function's contract).
    to_int(unsafe { handled::<H, F, _>(data, (channel, info), write) })
}

/// # Safety
///
/// As [`write_raw`].
unsafe extern "C" fn write_raw_get_fmt<H, F>(
    data: *mut c_void,
    channel: c_uint,
    info: c_uint,
) -> c_int
where
    H: IioOps,
    F: IioField<Type = Iio<H>, Instance: Belongs<H::Instance>>,
{
    let ask = |iio: &H, call: &IioCall<'_, H>, channel, info| {
        Ok(iio.write_raw_get_fmt(call, channel, info))
    };
    // SAFETY: This is a callback of the device (this function's contract).
    match unsafe { handled::<H, F, _>(data, (channel, info), ask) } {
        Ok(format) => format.number(),
        Err(error) => error.to_errno(),
    }
}

/// # Safety
///
/// As [`write_raw`]; `values`, `form` and `length` may be written.
unsafe extern "C" fn read_avail<H, F>(
    data: *mut c_void,
    channel: c_uint,
    info: c_uint,
    values: *mut *const c_int,
    form: *mut c_int,
    length: *mut c_int,
) -> c_int
where
    H: IioOps,
    F: IioField<Type = Iio<H>, Instance: Belongs<H::Instance>>,
{
    let ask = |iio: &H, call: &IioCall<'_, H>, channel, info| {
        let available = iio.read_avail(call, channel, info)?.raw()?;
        let count = c_int::try_from(available.values.len()).map_err(|_| EFBIG)?;
        Ok((available, count))
    };
    // SAFETY: This is a callback of the device (this function's contract).
    match unsafe { handled::<H, F, _>(data, (channel, info), ask) } {
        Ok((available, count)) => {
            // SAFETY: It may be written (this function's contract). What it is told of stays.
            unsafe { values.write(available.values.as_ptr()) };
            // SAFETY: It may be written (this function's contract).
            unsafe { form.write(available.form) };
            // SAFETY: It may be written (this function's contract).
            unsafe { length.write(count) };
            available.kind
        }
        Err(error) => error.to_errno(),
    }
}
