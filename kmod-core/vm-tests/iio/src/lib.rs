// SPDX-License-Identifier: GPL-2.0-only
//! Channels of each form of value and each way of sharing; the twin has the same ones in C.
//!
//! What is written to a file in decimals is two numbers, of which reads of some files make a fraction: so user space
//! has the handlers return whatever it likes.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;
use kmod_core::time::fsleep;

/// The module
#[kernel_module(name = "vm_iio", license = "GPL")]
#[derive(Default)]
struct Module {
    #[platform_driver(name = "vm_iio", devices = 1)]
    driver: Driver,
}

#[derive(Default)]
struct Driver;

#[handlers]
impl PlatformDriver for Driver {
    type Device = Board;

    fn probe(&self, _device: &PlatformDevice<'_, Self>) -> Result<Board> {
        Ok(Board::default())
    }
}

#[device]
#[derive(Default)]
struct Board {
    /// It ends behind the device with channels, and tells of events meanwhile.
    #[kthread]
    teller: Kthread<Teller>,
    #[iio(
        name = "vm_iio",
        channels(
            illuminance(
                raw,
                scale,
                integration_time,
                available(integration_time),
                event(thresh, rising, en, value, hysteresis),
                event(thresh, falling, en, value),
                event(thresh, either, period),
            ),
            accel(
                modifier = x,
                raw,
                event(roc, rising, en, shared_by_type(value)),
                shared_by_type(scale, available(scale)),
                shared_by_all(sampling_frequency, available(sampling_frequency)),
            ),
            accel(
                modifier = y,
                raw,
                event(roc, rising, en, shared_by_type(value)),
                shared_by_type(scale, available(scale)),
                shared_by_all(sampling_frequency, available(sampling_frequency)),
            ),
            voltage(index = 0, raw, scale, label = "VDD", address = 70),
            voltage(
                index = 1,
                raw,
                offset,
                hardwaregain,
                available(offset, hardwaregain, calibbias, peak_raw),
            ),
            voltage(index = 0, differential = 1, raw, event(change, none, en, value)),
            temp(modifier = object, input),
            temp(index = 5, thermocouple_type),
            concentration(modifier = co2, raw),
            magn(modifier = root_sum_squared_x_y_z, raw),
            current(
                output,
                index = 65535,
                raw,
                shared_by_dir(offset),
                event(mag_adaptive, falling, en),
            ),
            humidityrelative(input),
            pressure(raw, available(raw, scale)),
        ),
    )]
    sensors: Iio<Sensors>,
    /// No attribute knows it.
    inert: Iio<Sensors>,
    /// What is hot.
    #[sysfs(mode = 0o644)]
    object: AtomicI32,
}

/// Tells of events as fast as it can once it was told to, and is no handler of the device.
#[derive(Default)]
struct Teller {
    is_on: AtomicBool,
}

/// So often it tells before it lets others run.
const AT_ONCE: u32 = 1000;

#[handlers]
impl KthreadHandler for Teller {
    type Instance = Board;

    fn run(&self, stop: &Stop<'_, Self>) -> Result {
        if !self.is_on.load(Ordering::Relaxed) {
            return Ok(());
        }
        let event = IioEvent::new(IioEventType::Thresh, IioEventDirection::Rising);
        let tell = || {
            fsleep(core::time::Duration::from_micros(1));
            let told = (0..AT_ONCE).filter(|_| stop.instance().sensors.push_event(0, event));
            told.count()
        };
        while !stop.is_requested() {
            tell();
        }
        // All gates are shut in a moment, and the device goes, but not what it is a field of.
        for _ in 0..AT_ONCE {
            if tell() == 0 {
                break;
            }
        }
        let late: usize = (0..20).map(|_| tell()).sum();
        pr_info!("{late} events were told of late\n");
        Ok(())
    }
}

/// Two numbers that were written.
#[derive(Default)]
struct Pair(Mutex<(i32, i32)>);

impl Pair {
    fn get(&self) -> (i32, i32) {
        *self.0.lock()
    }

    fn set(&self, value: i32, fraction: i32) -> Result {
        *self.0.lock() = (value, fraction);
        Ok(())
    }
}

#[derive(Default)]
struct Sensors {
    light: Pair,
    light_scale: Pair,
    integration: Pair,
    accel_scale: Pair,
    frequency: Pair,
    voltage_scale: Pair,
    gain: Pair,
    thermocouple: Pair,
    threshold: Pair,
    is_told: AtomicU32,
}

impl Sensors {
    /// Where what is written to a file is kept, and how.
    fn pair(&self, channel: IioChannel, info: IioInfo) -> Option<(&Pair, IioFormat)> {
        use IioFormat::{Char, Int, IntPlusMicro, IntPlusMicroDb, IntPlusNano};
        match (channel.channel_type, info) {
            (IioType::Illuminance, IioInfo::Raw) => Some((&self.light, Int)),
            (IioType::Illuminance, IioInfo::Scale) => Some((&self.light_scale, IntPlusMicro)),
            (IioType::Illuminance, _) => Some((&self.integration, IntPlusMicro)),
            (IioType::Accel, IioInfo::Scale) => Some((&self.accel_scale, IntPlusNano)),
            (_, IioInfo::SamplingFrequency) => Some((&self.frequency, IntPlusMicro)),
            (IioType::Voltage, IioInfo::Scale) => Some((&self.voltage_scale, IntPlusMicro)),
            (IioType::Voltage, IioInfo::Hardwaregain) => Some((&self.gain, IntPlusMicroDb)),
            (_, IioInfo::ThermocoupleType) => Some((&self.thermocouple, Char)),
            _ => None,
        }
    }
}

/// More than a page.
const LONG: [i32; 1000] = [i32::MIN; 1000];

#[handlers]
impl IioOps for Sensors {
    type Instance = Board;

    fn read_raw(
        &self,
        iio: &IioCall<'_, Self>,
        channel: IioChannel,
        info: IioInfo,
    ) -> Result<IioValue> {
        if let Some((pair, format)) = self.pair(channel, info) {
            let (value, fraction) = pair.get();
            return Ok(match (channel.channel_type, info, format) {
                (IioType::Illuminance, IioInfo::Scale, _) => IioValue::Fractional(value, fraction),
                (IioType::Voltage, IioInfo::Scale, _) => {
                    IioValue::FractionalLog2(value, fraction.cast_unsigned())
                }
                (_, _, IioFormat::Int) => IioValue::Int(value),
                (_, _, IioFormat::IntPlusMicro) => IioValue::IntPlusMicro(value, fraction),
                (_, _, IioFormat::IntPlusMicroDb) => IioValue::IntPlusMicroDb(value, fraction),
                (_, _, IioFormat::IntPlusNano) => IioValue::IntPlusNano(value, fraction),
                (_, _, IioFormat::Char) => IioValue::Char(value as u8),
            });
        }
        match (channel.channel_type, channel.modifier, info) {
            (IioType::Accel, Some(IioModifier::X), _) => Ok(IioValue::Int(-1)),
            (IioType::Accel, Some(IioModifier::Y), _) => Ok(IioValue::Int(i32::MIN)),
            (IioType::Voltage, None, IioInfo::Raw) => Ok(IioValue::Int(channel.address as i32)),
            (IioType::Voltage, None, _) => Ok(IioValue::IntPlusMicro(-1, -5)),
            (IioType::Temp, Some(IioModifier::Object), _) => {
                fsleep(core::time::Duration::from_micros(20));
                Ok(IioValue::Int(iio.instance().object.load(Ordering::Relaxed)))
            }
            (IioType::Magn, ..) => Ok(IioValue::IntPlusMicro(1, i32::MAX)),
            (IioType::Current, _, IioInfo::Raw) if channel.output => {
                Ok(IioValue::Int(channel.channel.into()))
            }
            (IioType::Current, ..) => Ok(IioValue::Int(3)),
            (IioType::Humidityrelative, ..) => Ok(IioValue::IntPlusMicro(0, -500_000)),
            (IioType::Pressure, ..) => Ok(IioValue::FractionalLog2(i32::MIN, 63)),
            _ => Err(ENODATA),
        }
    }

    fn write_raw(
        &self,
        _iio: &IioCall<'_, Self>,
        channel: IioChannel,
        info: IioInfo,
        value: i32,
        fraction: i32,
    ) -> Result {
        if let Some((pair, _)) = self.pair(channel, info) {
            return pair.set(value, fraction);
        }
        match channel.channel_type {
            IioType::Current => Err(EBUSY),
            _ => Err(EINVAL),
        }
    }

    fn write_raw_get_fmt(
        &self,
        _iio: &IioCall<'_, Self>,
        channel: IioChannel,
        info: IioInfo,
    ) -> IioFormat {
        match self.pair(channel, info) {
            Some((_, format)) => format,
            None => IioFormat::IntPlusMicro,
        }
    }

    fn read_avail(
        &self,
        _iio: &IioCall<'_, Self>,
        channel: IioChannel,
        info: IioInfo,
    ) -> Result<IioAvail> {
        match (channel.channel_type, info) {
            (IioType::Illuminance, _) => Ok(IioAvail::List(IioList::Fractional(&[
                [1, 3],
                [-1, 8],
                [i32::MIN, -1],
            ]))),
            (IioType::Accel, IioInfo::Scale) => Ok(IioAvail::List(IioList::IntPlusNano(&[
                [0, 598_550],
                [0, -1],
                [i32::MAX, 999_999_999],
            ]))),
            (IioType::Accel, _) => Ok(IioAvail::Range(IioRange::IntPlusMicro(&[
                [1, 0],
                [0, 500_000],
                [400, 0],
            ]))),
            // None can be made of the last one.
            (IioType::Voltage, IioInfo::Offset) => {
                Ok(IioAvail::List(IioList::Fractional(&[[1, 1], [1, 0]])))
            }
            (IioType::Voltage, IioInfo::Hardwaregain) => {
                Ok(IioAvail::List(IioList::IntPlusMicro(&[])))
            }
            (IioType::Voltage, IioInfo::Calibbias) => Ok(IioAvail::List(IioList::Int(&LONG))),
            (IioType::Voltage, _) => {
                Ok(IioAvail::List(IioList::FractionalLog2(&[[1, 0], [5, 63]])))
            }
            (IioType::Pressure, IioInfo::Raw) => Ok(IioAvail::Range(IioRange::Int(&[-5, 1, 100]))),
            _ => Err(EOPNOTSUPP),
        }
    }

    fn read_event_config(
        &self,
        _iio: &IioCall<'_, Self>,
        channel: IioChannel,
        _event: IioEvent,
    ) -> Result<bool> {
        match channel.modifier {
            Some(IioModifier::Y) => Err(ENODATA),
            _ => Ok(self.is_told.load(Ordering::Relaxed) != 0),
        }
    }

    /// At once the event is there.
    fn write_event_config(
        &self,
        iio: &IioCall<'_, Self>,
        channel: IioChannel,
        event: IioEvent,
        is_on: bool,
    ) -> Result {
        if channel.modifier == Some(IioModifier::Y) {
            return Err(EBUSY);
        }
        self.is_told.store(is_on.into(), Ordering::Relaxed);
        tell(iio.instance(), channel, event)
    }

    fn read_event_value(
        &self,
        _iio: &IioCall<'_, Self>,
        _channel: IioChannel,
        _event: IioEvent,
        info: IioEventInfo,
    ) -> Result<IioValue> {
        let (value, fraction) = self.threshold.get();
        Ok(match info {
            IioEventInfo::Hysteresis => IioValue::Fractional(value, fraction),
            IioEventInfo::Period => IioValue::IntPlusMicro(value, fraction),
            _ => IioValue::Int(value),
        })
    }

    fn write_event_value(
        &self,
        iio: &IioCall<'_, Self>,
        channel: IioChannel,
        event: IioEvent,
        _info: IioEventInfo,
        value: i32,
        fraction: i32,
    ) -> Result {
        self.threshold.set(value, fraction)?;
        match value {
            88 => {
                let teller = &iio.instance().teller;
                teller.handler().is_on.store(true, Ordering::Relaxed);
                teller.start();
                Ok(())
            }
            // One that no channel has.
            77 => tell(
                iio.instance(),
                channel,
                IioEvent::new(IioEventType::Roc, IioEventDirection::None),
            ),
            _ => tell(iio.instance(), channel, event),
        }
    }
}

/// Tells of an event.
fn tell(board: &Board, channel: IioChannel, event: IioEvent) -> Result {
    if board.inert.push_event(channel.address, event) {
        return Err(EIO);
    }
    match board.sensors.push_event(channel.address, event) {
        true => Ok(()),
        false => Err(ENOENT),
    }
}
