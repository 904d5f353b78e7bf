// SPDX-License-Identifier: GPL-2.0-only
//! What channels tell of by themselves, such as a threshold that was crossed.

use core::cell::UnsafeCell;
use core::ffi::{c_int, c_uint, c_void};
use core::mem::MaybeUninit;

use kmod_bindings::{self as bindings, kmod_iio, kmod_iio_event, kmod_iio_events};

use super::{Iio, IioCall, IioChannel, IioField, IioOps, IioValue};
use crate::class::{entered, numbered, to_int};
use crate::error::Result;
use crate::error::code::EINVAL;
use crate::instance::Belongs;

numbered! {
    /// What a channel tells of: `enum iio_event_type`, as far as all kernels have it, by the names of its files.
    IioEventType, KMOD_IIO_EVENT_TYPES_END:
    Thresh = "`thresh`: the value crosses a threshold",
    Mag = "`mag`: the value without its sign does",
    Roc = "`roc`: how fast it changes does",
    ThreshAdaptive = "`thresh_adaptive`: it leaves its mean by so much",
    MagAdaptive = "`mag_adaptive`: the value without its sign does",
    Change = "`change`: it changes by so much",
}

numbered! {
    /// In which direction: `enum iio_event_direction`, as far as all kernels have it.
    IioEventDirection, KMOD_IIO_EVENT_DIRECTIONS_END:
    Either = "`either`",
    Rising = "`rising`",
    Falling = "`falling`",
    None = "`none`: it has none, and files without it",
}

numbered! {
    /// What can be set of an event: `enum iio_event_info`, as far as all kernels have it, by the names of its files.
    IioEventInfo, KMOD_IIO_EVENT_INFOS_END:
    En = "`en`: whether it is told of",
    Value = "`value`: the threshold",
    Hysteresis = "`hysteresis`: how far it has to go back before the event is told of again",
    Period = "`period`: how long it has to last, in seconds",
    HighPassFilter3db = "`high_pass_filter_3db`: in hertz",
    LowPassFilter3db = "`low_pass_filter_3db`: in hertz",
}

/// What a channel tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IioEvent {
    /// What.
    pub event_type: IioEventType,
    /// In which direction.
    pub direction: IioEventDirection,
}

impl IioEvent {
    /// One of this kind.
    pub const fn new(event_type: IioEventType, direction: IioEventDirection) -> Self {
        Self {
            event_type,
            direction,
        }
    }

    /// As C tells of it.
    fn told(event_type: c_uint, direction: c_uint) -> Result<Self> {
        Ok(Self {
            event_type: IioEventType::of(event_type).ok_or(EINVAL)?,
            direction: IioEventDirection::of(direction).ok_or(EINVAL)?,
        })
    }
}

/// An event, as it is declared.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct IioEventSpec(kmod_iio_event);

impl IioEventSpec {
    /// That of the channel at this place.
    pub const fn new(channel: u32, event: IioEvent) -> Self {
        Self(kmod_iio_event {
            channel,
            type_: event.event_type as u8,
            direction: event.direction as u8,
            infos: [0; 4],
        })
    }

    /// What can be set of it; shared in this way, of which the kernel has four.
    pub const fn with(mut self, shared: usize, mut infos: &[IioEventInfo]) -> Self {
        while let [info, others @ ..] = infos {
            self.0.infos[shared] |= 1 << *info as u8;
            infos = others;
        }
        self
    }
}

/// Whether some events have a file `en`, and whether some have others.
pub(super) const fn files(mut events: &[IioEventSpec]) -> (bool, bool) {
    let en = 1 << IioEventInfo::En as u8;
    let mut all = 0;
    while let [IioEventSpec(event), others @ ..] = events {
        let [a, b, c, d] = event.infos;
        all |= a | b | c | d;
        events = others;
    }
    (all & en != 0, all & !en != 0)
}

/// By which events are told.
///
/// # Invariants
///
/// It is all zeroes, or was opened at the address where it is, and then is not moved before it was shut.
pub(super) struct Events(UnsafeCell<MaybeUninit<kmod_iio_events>>);

// SAFETY: The C functions synchronise all that they do with it.
unsafe impl Send for Events {}
// SAFETY: The C functions synchronise also what they do by shared references.
unsafe impl Sync for Events {}

impl Events {
    /// None is told.
    pub(super) const fn new() -> Self {
        // INVARIANT: All zeroes.
        Self(UnsafeCell::new(MaybeUninit::zeroed()))
    }

    fn as_ptr(&self) -> *mut kmod_iio_events {
        self.0.get().cast()
    }

    /// Those of this device are told.
    ///
    /// # Safety
    ///
    /// It was not opened, and stays where it is until it was shut; so long the device is registered.
    pub(super) unsafe fn open(&self, iio: *mut kmod_iio) {
        // INVARIANT: It stays (this function's contract).
        // SAFETY: It is zeroes, and the device is there until it is shut (this function's contract).
        unsafe { bindings::kmod_iio_events_open(self.as_ptr(), iio) };
    }

    /// None is told any more.
    ///
    /// # Safety
    ///
    /// It was opened.
    pub(super) unsafe fn shut(&self) {
        // SAFETY: It was opened (this function's contract).
        unsafe { bindings::kmod_iio_events_shut(self.as_ptr()) };
    }
}

impl<H> Iio<H> {
    /// Tells of an event of the channel with this address, at this time, to who has opened the device for its events:
    /// the kernel's `iio_push_event()`. It may be called anywhere. The kernel keeps 16 that nobody has read, and drops
    /// what comes then.
    ///
    /// Whether that channel has declared the event, and the device is registered: otherwise nobody is told.
    pub fn push_event(&self, address: u32, event: IioEvent) -> bool {
        let (kind, direction) = (event.event_type as c_uint, event.direction as c_uint);
        // SAFETY: They are zeroes, or were opened (invariant).
        unsafe { bindings::kmod_iio_push_event(self.events.as_ptr(), address, kind, direction) }
    }
}

/// Calls a handler, with what C's numbers stand for.
///
/// # Safety
///
/// The kernel calls a function of the device, with the data that it was registered with.
unsafe fn handled<H, F, R>(
    data: *mut c_void,
    (channel, event_type, direction): (c_uint, c_uint, c_uint),
    handler: impl FnOnce(&H, &IioCall<'_, H>, IioChannel, IioEvent) -> Result<R>,
) -> Result<R>
where
    H: IioOps,
    F: IioField<Type = Iio<H>, Instance: Belongs<H::Instance>>,
{
    let spec = F::CHANNELS.get(channel as usize).ok_or(EINVAL)?;
    let channel = spec.channel().ok_or(EINVAL)?;
    let event = IioEvent::told(event_type, direction)?;
    let inside = |iio: &Iio<H>, instance: &F::Instance| {
        handler(&iio.handler, &IioCall::new(instance), channel, event)
    };
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract), in process context.
    unsafe { entered::<F, _>(data, inside) }
}

/// # Safety
///
/// The kernel calls it with the data that the device was registered with.
pub(super) unsafe extern "C" fn read_event_config<H, F>(
    data: *mut c_void,
    channel: c_uint,
    event_type: c_uint,
    direction: c_uint,
) -> c_int
where
    H: IioOps,
    F: IioField<Type = Iio<H>, Instance: Belongs<H::Instance>>,
{
    // SAFETY: This is a callback of the device (this function's contract).
    match unsafe {
        handled::<H, F, _>(data, (channel, event_type, direction), H::read_event_config)
    } {
        Ok(is_on) => is_on.into(),
        Err(error) => error.to_errno(),
    }
}

/// # Safety
///
/// As [`read_event_config`].
pub(super) unsafe extern "C" fn write_event_config<H, F>(
    data: *mut c_void,
    channel: c_uint,
    event_type: c_uint,
    direction: c_uint,
    is_on: bool,
) -> c_int
where
    H: IioOps,
    F: IioField<Type = Iio<H>, Instance: Belongs<H::Instance>>,
{
    let write = |iio: &H, call: &IioCall<'_, H>, channel, event| {
        iio.write_event_config(call, channel, event, is_on)
    };
    // SAFETY: This is a callback of the device (this function's contract).
    to_int(unsafe { handled::<H, F, _>(data, (channel, event_type, direction), write) })
}

/// # Safety
///
/// As [`read_event_config`]; two values may be written at `values`.
pub(super) unsafe extern "C" fn read_event_value<H, F>(
    data: *mut c_void,
    channel: c_uint,
    event_type: c_uint,
    direction: c_uint,
    info: c_uint,
    values: *mut c_int,
) -> c_int
where
    H: IioOps,
    F: IioField<Type = Iio<H>, Instance: Belongs<H::Instance>>,
{
    let read = |iio: &H, call: &IioCall<'_, H>, channel, event| {
        let info = IioEventInfo::of(info).ok_or(EINVAL)?;
        let value: IioValue = iio.read_event_value(call, channel, event, info)?;
        value.raw()
    };
    // SAFETY: This is a callback of the device (this function's contract).
    match unsafe { handled::<H, F, _>(data, (channel, event_type, direction), read) } {
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
/// As [`read_event_config`].
pub(super) unsafe extern "C" fn write_event_value<H, F>(
    data: *mut c_void,
    channel: c_uint,
    event_type: c_uint,
    direction: c_uint,
    info: c_uint,
    value: c_int,
    fraction: c_int,
) -> c_int
where
    H: IioOps,
    F: IioField<Type = Iio<H>, Instance: Belongs<H::Instance>>,
{
    let write = |iio: &H, call: &IioCall<'_, H>, channel, event| {
        let info = IioEventInfo::of(info).ok_or(EINVAL)?;
        iio.write_event_value(call, channel, event, info, value, fraction)
    };
    // SAFETY: This is a callback of the device (this function's contract).
    to_int(unsafe { handled::<H, F, _>(data, (channel, event_type, direction), write) })
}
