// SPDX-License-Identifier: GPL-2.0-only
//! The VEML7700, a sensor of light on I2C.
//!
//!     # echo veml7700 0x10 > /sys/bus/i2c/devices/i2c-0/new_device
//!     # cd /sys/bus/iio/devices/iio:device0
//!     # cat integration_time_available
//!     0.025000 0.050000 0.100000 0.200000 0.400000 0.800000
//!     # echo 0.8 > integration_time
//!     # cat in_illuminance_raw in_illuminance_scale
//!     1480
//!     0.008400000
//!
//! That many lux is the product of the two. Registers are as in the chip's data sheet.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;
use kmod_core::time::fsleep;

/// Drives the VEML7700
#[kernel_module(name = "veml7700", license = "GPL", authors = ["The kmod developers"])]
#[derive(Default)]
struct Module {
    #[i2c_driver(ids = ["veml7700"])]
    veml7700: Driver,
}

/// Registers of 16 bits: how it measures, what it sees as an eye does, what it sees at all, and what it is.
const CONFIG: u8 = 0;
const ALS: u8 = 4;
const WHITE: u8 = 5;
const ID: u8 = 7;

/// What the lower byte of its id is.
const VEML7700: u16 = 0x81;

/// Bits of how it measures: it does not; for how long; with which gain.
const SHUTDOWN: u16 = 1;
const TIME: u16 = 0xf << 6;
const GAIN: u16 = 3 << 11;

/// After it was woken, it measures when that much time has gone by.
const WAKES: core::time::Duration = core::time::Duration::from_micros(2500);

/// For how long it can measure, in seconds and millionths, and the bits of that.
const TIMES: [[i32; 2]; 6] = [
    [0, 25_000],
    [0, 50_000],
    [0, 100_000],
    [0, 200_000],
    [0, 400_000],
    [0, 800_000],
];
const TIME_BITS: [u16; 6] = [0b1100 << 6, 0b1000 << 6, 0, 1 << 6, 2 << 6, 3 << 6];

/// Its gains, and the bits of these.
const GAINS: [[i32; 2]; 4] = [[0, 125_000], [0, 250_000], [1, 0], [2, 0]];
const GAIN_BITS: [u16; 4] = [2 << 11, 3 << 11, 0, 1 << 11];

#[derive(Default)]
struct Driver;

#[handlers]
impl I2cDriver for Driver {
    type Device = Sensor;

    fn probe(&self, chip: &I2cDevice<'_, Self>) -> Result<Sensor> {
        if chip.read_word_data(ID)? & 0xff != VEML7700 {
            return Err(ENODEV);
        }
        let before = chip.read_word_data(CONFIG)?;
        let config = before & !SHUTDOWN;
        chip.write_word_data(CONFIG, config)?;
        fsleep(WAKES);
        Ok(Sensor {
            before,
            config: Mutex::new(config),
            ..Sensor::default()
        })
    }

    fn remove(&self, sensor: &Sensor) {
        // The chip may have gone from the bus: then nothing is lost.
        let _ = sensor.chip.write_word_data(CONFIG, sensor.before);
    }

    fn suspend(&self, sensor: &Sensor) -> Result {
        sensor.configure(SHUTDOWN, SHUTDOWN)
    }

    fn resume(&self, sensor: &Sensor) -> Result {
        sensor.configure(SHUTDOWN, 0)?;
        fsleep(WAKES);
        Ok(())
    }
}

/// One chip.
#[device]
#[derive(Default)]
struct Sensor {
    #[bus]
    chip: I2cClient,
    /// How it measured: who comes after us finds what we found.
    before: u16,
    config: Mutex<u16>,
    #[iio(
        name = "veml7700",
        channels(
            illuminance(
                raw,
                scale,
                shared_by_all(integration_time, hardwaregain, available(integration_time, hardwaregain)),
            ),
            intensity(modifier = both, raw),
        ),
    )]
    light: Iio<Light>,
}

impl Sensor {
    /// Changes some bits of how it measures.
    fn configure(&self, mask: u16, bits: u16) -> Result {
        let mut config = self.config.lock();
        let new = *config & !mask | bits;
        self.chip.write_word_data(CONFIG, new)?;
        *config = new;
        Ok(())
    }

    /// How it measures.
    fn config(&self) -> u16 {
        *self.config.lock()
    }
}

/// For how long it measures.
fn time(config: u16) -> Result<[i32; 2]> {
    of_bits(&TIMES, &TIME_BITS, config & TIME)
}

/// With which gain.
fn gain(config: u16) -> Result<[i32; 2]> {
    of_bits(&GAINS, &GAIN_BITS, config & GAIN)
}

/// What some bits stand for. The chip may have been given others before we came.
fn of_bits(values: &[[i32; 2]], bits: &[u16], is: u16) -> Result<[i32; 2]> {
    let mut pairs = values.iter().zip(bits);
    let (value, _) = pairs.find(|(_, bits)| **bits == is).ok_or(EINVAL)?;
    Ok(*value)
}

/// The bits of a value.
fn bits_of(values: &[[i32; 2]], bits: &[u16], is: [i32; 2]) -> Result<u16> {
    let mut pairs = values.iter().zip(bits);
    let (_, bits) = pairs.find(|(value, _)| **value == is).ok_or(EINVAL)?;
    Ok(*bits)
}

/// How many lux a step is: 0.0042 with the longest time and the highest gain, and more with less.
fn scale(config: u16) -> Result<IioValue> {
    let millionths = |[whole, part]: [i32; 2]| i64::from(whole) * 1_000_000 + i64::from(part);
    let (time, gain) = (millionths(time(config)?), millionths(gain(config)?));
    // None of them is 0.
    let longer = 4_200_000 * 800_000 / time.max(1);
    let billionths = longer * 2_000_000 / gain.max(1);
    Ok(IioValue::IntPlusNano(
        (billionths / 1_000_000_000) as i32,
        (billionths % 1_000_000_000) as i32,
    ))
}

#[derive(Default)]
struct Light;

#[handlers]
impl IioOps for Light {
    type Instance = Sensor;

    fn read_raw(
        &self,
        iio: &IioCall<'_, Self>,
        channel: IioChannel,
        info: IioInfo,
    ) -> Result<IioValue> {
        let sensor = iio.instance();
        match (channel.channel_type, info) {
            (IioType::Illuminance, IioInfo::Raw) => {
                Ok(IioValue::Int(sensor.chip.read_word_data(ALS)?.into()))
            }
            (IioType::Intensity, IioInfo::Raw) => {
                Ok(IioValue::Int(sensor.chip.read_word_data(WHITE)?.into()))
            }
            (_, IioInfo::Scale) => scale(sensor.config()),
            (_, IioInfo::IntegrationTime) => {
                let [whole, part] = time(sensor.config())?;
                Ok(IioValue::IntPlusMicro(whole, part))
            }
            (_, IioInfo::Hardwaregain) => {
                let [whole, part] = gain(sensor.config())?;
                Ok(IioValue::IntPlusMicro(whole, part))
            }
            _ => Err(EINVAL),
        }
    }

    fn write_raw(
        &self,
        iio: &IioCall<'_, Self>,
        _channel: IioChannel,
        info: IioInfo,
        value: i32,
        fraction: i32,
    ) -> Result {
        let sensor = iio.instance();
        let value = [value, fraction];
        match info {
            IioInfo::IntegrationTime => sensor.configure(TIME, bits_of(&TIMES, &TIME_BITS, value)?),
            IioInfo::Hardwaregain => sensor.configure(GAIN, bits_of(&GAINS, &GAIN_BITS, value)?),
            _ => Err(EINVAL),
        }
    }

    fn read_avail(
        &self,
        _iio: &IioCall<'_, Self>,
        _channel: IioChannel,
        info: IioInfo,
    ) -> Result<IioAvail> {
        Ok(IioAvail::List(IioList::IntPlusMicro(match info {
            IioInfo::IntegrationTime => &TIMES,
            _ => &GAINS,
        })))
    }
}
