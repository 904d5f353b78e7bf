// SPDX-License-Identifier: GPL-2.0-only
//! The LM75, a sensor of temperature on I2C, and the TMP75, which measures more finely.
//!
//!     # echo lm75 0x48 > /sys/bus/i2c/devices/i2c-0/new_device
//!     # cat /sys/bus/i2c/devices/0-0048/hwmon/hwmon0/temp1_input
//!     23500
//!
//! Registers are as in the data sheets of the two chips.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// Drives the LM75 and the TMP75
#[kernel_module(name = "lm75", license = "GPL", authors = ["The kmod developers"])]
#[derive(Default)]
struct Module {
    #[i2c_driver(ids = ["lm75" => Model::Lm75, "tmp75" => Model::Tmp75])]
    lm75: Driver,
}

#[derive(Clone, Copy, Default)]
enum Model {
    #[default]
    Lm75,
    Tmp75,
}

/// Registers of 16 bits: what is measured, until where an alarm lasts, and from where on it is raised.
const INPUT: u8 = 0;
const MAX_HYST: u8 = 2;
const MAX: u8 = 3;

/// A register of 8 bits.
const CONFIG: u8 = 1;
/// The chip sleeps.
const SHUTDOWN: u8 = 1;
/// Measures with 12 bits, which takes longer: a TMP75's.
const FINE: u8 = 3 << 5;

impl Model {
    /// How many bits a temperature has, its sign with them; they are the upper ones of a register.
    fn bits(self) -> u32 {
        match self {
            Self::Lm75 => 9,
            Self::Tmp75 => 12,
        }
    }

    /// What a register says, in thousandths of a degree.
    fn temperature(self, register: u16) -> i64 {
        let steps = i64::from(register.cast_signed() >> (16 - self.bits()));
        steps * 1000 / (1 << (self.bits() - 8))
    }

    /// What is nearest to a temperature, of what the chip can have.
    fn register(self, temperature: i64) -> u16 {
        let per_degree = 1 << (self.bits() - 8);
        let exact = temperature.clamp(-55_000, 125_000) * per_degree;
        let steps = (exact + exact.signum() * 500) / 1000;
        (steps << (16 - self.bits())) as u16
    }
}

#[derive(Default)]
struct Driver;

#[handlers]
impl I2cDriver for Driver {
    type Device = Sensor;
    type Id = Model;

    fn probe(&self, chip: &I2cDevice<'_, Self>) -> Result<Sensor> {
        let model = *chip.id();
        let before = chip.read_byte_data(CONFIG)?;
        let config = match model {
            Model::Lm75 => before & !SHUTDOWN,
            Model::Tmp75 => before & !SHUTDOWN | FINE,
        };
        chip.write_byte_data(CONFIG, config)?;
        dev_info!(chip, "measures with {} bits", model.bits());
        Ok(Sensor {
            model,
            before,
            config,
            ..Sensor::default()
        })
    }

    fn remove(&self, sensor: &Sensor) {
        sensor.configure(sensor.before);
    }

    fn suspend(&self, sensor: &Sensor) -> Result {
        sensor.configure(sensor.config | SHUTDOWN);
        Ok(())
    }

    fn resume(&self, sensor: &Sensor) -> Result {
        sensor.configure(sensor.config);
        Ok(())
    }
}

/// One chip.
#[device]
#[derive(Default)]
struct Sensor {
    #[bus]
    chip: I2cClient,
    model: Model,
    /// Its configuration: who comes after us finds what we found.
    before: u8,
    config: u8,
    #[hwmon(name = "lm75", channels(temp(input, rw(max), rw(max_hyst))))]
    hwmon: Hwmon<Temperature>,
}

impl Sensor {
    /// The chip may have gone from the bus: then nothing is lost.
    fn configure(&self, config: u8) {
        let _ = self.chip.write_byte_data(CONFIG, config);
    }
}

#[derive(Default)]
struct Temperature;

/// Where the chip keeps what a file shows.
fn register(attr: HwmonAttr) -> Result<u8> {
    match attr {
        HwmonAttr::Input => Ok(INPUT),
        HwmonAttr::Max => Ok(MAX),
        HwmonAttr::MaxHyst => Ok(MAX_HYST),
        _ => Err(EOPNOTSUPP),
    }
}

#[handlers]
impl HwmonOps for Temperature {
    type Instance = Sensor;

    fn read(
        &self,
        call: &HwmonCall<'_, Self>,
        _sensor: HwmonSensor,
        attr: HwmonAttr,
        _channel: u32,
    ) -> Result<i64> {
        let Sensor { chip, model, .. } = call.instance();
        // On the bus the high byte comes first.
        let word = chip.read_word_data(register(attr)?)?.swap_bytes();
        Ok(model.temperature(word))
    }

    fn write(
        &self,
        call: &HwmonCall<'_, Self>,
        _sensor: HwmonSensor,
        attr: HwmonAttr,
        _channel: u32,
        value: i64,
    ) -> Result {
        let Sensor { chip, model, .. } = call.instance();
        let word = model.register(value).swap_bytes();
        chip.write_word_data(register(attr)?, word)
    }
}
