// SPDX-License-Identifier: GPL-2.0-only
//! The LM78, which watches voltages, fans and a temperature, behind an index and a data port, as Super I/O chips have
//! their sensors.
//!
//! The chip has 128 registers and two ports for them: the number of a register is written to the first one, and the
//! second one is the register. It is where boards have it, at ports 0x295 and 0x296. Registers are as in its data
//! sheet.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// Shows what an LM78 measures
#[kernel_module(name = "lm78", license = "GPL", authors = ["The kmod developers"])]
#[derive(Default)]
struct Module {
    #[ports(base = 0x295)]
    chip: PortRegion<Registers, Indexed>,
    #[platform_driver(devices = 1)]
    lm78: Driver,
}

#[registers(size = 0x80)]
struct Registers {
    /// In steps of 16 mV.
    #[ro(0x20)]
    voltages: [u8; 7],
    /// In degrees, with a sign.
    #[ro(0x27)]
    temperature: u8,
    /// How often a clock ticks while a fan turns once.
    #[ro(0x28)]
    ticks: [u8; 3],
    #[rw(0x39)]
    hot: u8,
    #[rw(0x3a)]
    cool: u8,
    /// The fewest turns of a fan, as ticks.
    #[rw(0x3b)]
    limits: [u8; 3],
    #[rw(0x40)]
    config: Config,
    /// By what the clock of the first two fans is divided, as powers of two.
    #[rw(0x47)]
    divisors: Divisors,
    #[ro(0x49)]
    model: Model,
}

#[bits(u8)]
struct Config {
    /// It measures.
    #[bit(0)]
    start: bool,
    #[bit(7)]
    initialise: bool,
}

#[bits(u8)]
struct Divisors {
    #[bit(4..=5)]
    first: u8,
    #[bit(6..=7)]
    second: u8,
}

#[bits(u8)]
struct Model {
    #[bit(1..=7)]
    number: u8,
}

/// Turns in a minute of a fan that ticks once.
const TURNS: i64 = 1_350_000;

#[derive(Default)]
struct Driver;

#[handlers]
impl PlatformDriver for Driver {
    type Module = Module;
    type Device = Sensors;

    fn probe(&self, device: &PlatformDevice<'_, Self>) -> Result<Sensors> {
        let chip = &device.module().chip;
        // Nobody says what is at those ports. Where nothing is, all ones are read.
        if chip.read(Registers::MODEL).number() != 0 || chip.read(Registers::CONFIG).initialise() {
            return Err(ENODEV);
        }
        chip.update(Registers::CONFIG, |config| config.with_start(true));
        Ok(Sensors::default())
    }
}

#[device]
#[derive(Default)]
struct Sensors {
    #[hwmon(
        name = "lm78",
        channels(
            temp(input, rw(max), rw(max_hyst)),
            in(input),
            in(input),
            in(input),
            in(input),
            in(input),
            in(input),
            in(input),
            fan(input, rw(min), div),
            fan(input, rw(min), div),
            fan(input, rw(min), div),
        )
    )]
    hwmon: Hwmon<Chip>,
}

/// What of the chip a file shows.
#[derive(Default)]
struct Chip;

impl Module {
    /// By what the clock of a fan is divided; the third one's by 2.
    fn divisor(&self, fan: u32) -> i64 {
        let divisors = self.chip.read(Registers::DIVISORS);
        match fan {
            0 => 1 << divisors.first(),
            1 => 1 << divisors.second(),
            _ => 2,
        }
    }

    /// Turns in a minute: 0 for a fan that stands, or ticks more often than is counted.
    fn turns(&self, fan: u32, ticks: u8) -> i64 {
        match ticks {
            0 | 0xff => 0,
            ticks => TURNS / (i64::from(ticks) * self.divisor(fan)),
        }
    }
}

#[handlers]
impl HwmonOps for Chip {
    type Module = Module;
    type Instance = Sensors;

    fn read(
        &self,
        call: &HwmonCall<'_, Self>,
        sensor: HwmonSensor,
        attr: HwmonAttr,
        channel: u32,
    ) -> Result<i64> {
        let module = call.module();
        let chip = &module.chip;
        let at = channel as usize;
        Ok(match (sensor, attr) {
            (HwmonSensor::In, _) => {
                let voltage = Registers::VOLTAGES.get(at).ok_or(EINVAL)?;
                i64::from(chip.read(voltage)) * 16
            }
            (HwmonSensor::Fan, HwmonAttr::Div) => module.divisor(channel),
            (HwmonSensor::Fan, HwmonAttr::Input) => {
                let ticks = Registers::TICKS.get(at).ok_or(EINVAL)?;
                module.turns(channel, chip.read(ticks))
            }
            (HwmonSensor::Fan, _) => {
                let limit = Registers::LIMITS.get(at).ok_or(EINVAL)?;
                module.turns(channel, chip.read(limit))
            }
            (_, HwmonAttr::Max) => degrees(chip.read(Registers::HOT)),
            (_, HwmonAttr::MaxHyst) => degrees(chip.read(Registers::COOL)),
            _ => degrees(chip.read(Registers::TEMPERATURE)),
        })
    }

    fn write(
        &self,
        call: &HwmonCall<'_, Self>,
        sensor: HwmonSensor,
        attr: HwmonAttr,
        channel: u32,
        value: i64,
    ) -> Result {
        let module = call.module();
        let chip = &module.chip;
        if sensor == HwmonSensor::Fan {
            let limit = Registers::LIMITS.get(channel as usize).ok_or(EINVAL)?;
            // None at all has no alarm.
            let ticks = match value {
                ..=0 => 0xff,
                turns => (TURNS / turns.min(TURNS) / module.divisor(channel)).clamp(1, 254),
            };
            chip.write(limit, ticks as u8);
            return Ok(());
        }
        let value = value.clamp(-127_000, 127_000);
        let degrees = ((value + value.signum() * 500) / 1000) as i8;
        match attr {
            HwmonAttr::Max => chip.write(Registers::HOT, degrees.cast_unsigned()),
            _ => chip.write(Registers::COOL, degrees.cast_unsigned()),
        }
        Ok(())
    }
}

/// In thousandths.
fn degrees(register: u8) -> i64 {
    i64::from(register.cast_signed()) * 1000
}
