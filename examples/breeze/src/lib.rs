// SPDX-License-Identifier: GPL-2.0-only
//! The fan of a laptop behind its embedded controller: how fast it is, and who says so.
//!
//!     # cd /sys/devices/platform/breeze/hwmon/hwmon*
//!     # echo 1 > pwm1_enable; echo 128 > pwm1
//!
//! has the fan run at half of its power, and `echo 2 > pwm1_enable` leaves it to the controller again. The controller
//! is asked for nothing on machines that are not known: what its bytes mean only their maker knows.
//!
//! A fan that stands still because a driver has gone would be a broken laptop: it is the controller's again when the
//! module is unloaded, while the system sleeps, and when the machine is shut down.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::acpi::{ec_read, ec_write};
use kmod_core::dmi::dmi_table;
use kmod_core::prelude::*;

/// Controls the fan of the laptops Breeze
#[kernel_module(name = "breeze", license = "GPL", authors = ["The kmod developers"])]
struct Breeze {
    #[platform_driver(devices = 1)]
    breeze: Driver,
}

impl KernelModule for Breeze {
    fn init(_params: &BreezeParams) -> Result<Self> {
        let model = *MODELS.first_match().ok_or(ENODEV)?;
        Ok(Self {
            breeze: Driver { model },
        })
    }
}

/// What differs between machines: bytes of the controller.
#[derive(Clone, Copy, Default)]
struct Model {
    /// Of the processor, in degrees.
    temperature: u8,
    /// Turns in a minute, the high byte first.
    speed: u8,
    /// Of 255.
    duty: u8,
    /// Who sets the duty.
    mode: u8,
}

/// The controller sets the duty itself, by the temperature.
const AUTOMATIC: u8 = 0;
/// It is told.
const MANUAL: u8 = 1;

dmi_table! {
    /// The machines that are known.
    static MODELS: Model = [
        { SysVendor = "Gale", ProductName ~ "Breeze 14" } =>
            Model { temperature: 0x58, speed: 0x60, duty: 0x62, mode: 0x63 },
        { SysVendor = "Gale", ProductName ~ "Breeze 16" } =>
            Model { temperature: 0x58, speed: 0x94, duty: 0x92, mode: 0x93 },
    ];
}

struct Driver {
    model: Model,
}

#[handlers]
impl PlatformDriver for Driver {
    type Device = Cooler;

    fn probe(&self, device: &PlatformDevice<'_, Self>) -> Result<Cooler> {
        let degrees = ec_read(self.model.temperature)?;
        dev_info!(device, "the processor has {degrees} degrees");
        Ok(Cooler {
            model: self.model,
            ..Cooler::default()
        })
    }

    fn remove(&self, cooler: &Cooler) {
        cooler.leave();
    }

    fn shutdown(&self, cooler: &Cooler) {
        cooler.leave();
    }

    fn suspend(&self, cooler: &Cooler) -> Result {
        cooler.leave();
        Ok(())
    }

    fn resume(&self, cooler: &Cooler) -> Result {
        let wanted = cooler.wanted.lock();
        match *wanted {
            Some(duty) => cooler.drive(duty),
            None => Ok(()),
        }
    }
}

/// The fan and the sensor.
#[device]
#[derive(Default)]
struct Cooler {
    model: Model,
    /// The duty that user space wants, if the controller does not choose it. Held while the controller is told.
    wanted: Mutex<Option<u8>>,
    #[hwmon(
        name = "breeze",
        channels(temp(input, label = "CPU"), fan(input), pwm(rw(input), rw(enable)))
    )]
    hwmon: Hwmon<Fan>,
}

impl Cooler {
    /// Has the fan run so fast. The duty comes first: the one that was set long ago may be 0.
    fn drive(&self, duty: u8) -> Result {
        ec_write(self.model.duty, duty)?;
        ec_write(self.model.mode, MANUAL)
    }

    /// Leaves the fan to the controller.
    fn leave(&self) {
        if let Err(error) = ec_write(self.model.mode, AUTOMATIC) {
            pr_err!("the fan may stand still: the controller answers {error:?}");
        }
    }

    /// The two bytes are not read at once: the high one is read until it has not changed meanwhile.
    fn speed(&self) -> Result<u16> {
        let mut high = ec_read(self.model.speed)?;
        for _ in 0..8 {
            let low = ec_read(self.model.speed + 1)?;
            let again = ec_read(self.model.speed)?;
            if again == high {
                return Ok(u16::from_be_bytes([high, low]));
            }
            high = again;
        }
        Err(EAGAIN)
    }
}

#[derive(Default)]
struct Fan;

#[handlers]
impl HwmonOps for Fan {
    type Instance = Cooler;

    fn read(
        &self,
        call: &HwmonCall<'_, Self>,
        sensor: HwmonSensor,
        attr: HwmonAttr,
        _channel: u32,
    ) -> Result<i64> {
        let cooler = call.instance();
        let model = cooler.model;
        Ok(match (sensor, attr) {
            (HwmonSensor::Temp, _) => i64::from(ec_read(model.temperature)?) * 1000,
            (HwmonSensor::Fan, _) => cooler.speed()?.into(),
            (_, HwmonAttr::Enable) if ec_read(model.mode)? == MANUAL => 1,
            (_, HwmonAttr::Enable) => 2,
            _ => ec_read(model.duty)?.into(),
        })
    }

    fn write(
        &self,
        call: &HwmonCall<'_, Self>,
        _sensor: HwmonSensor,
        attr: HwmonAttr,
        _channel: u32,
        value: i64,
    ) -> Result {
        let cooler = call.instance();
        let mut wanted = cooler.wanted.lock();
        match (attr, value) {
            (HwmonAttr::Enable, 1) => {
                // As fast as the controller had it run.
                let duty = ec_read(cooler.model.duty)?;
                cooler.drive(duty)?;
                *wanted = Some(duty);
            }
            (HwmonAttr::Enable, 2) => {
                ec_write(cooler.model.mode, AUTOMATIC)?;
                *wanted = None;
            }
            (HwmonAttr::Input, _) => {
                let duty = u8::try_from(value).map_err(|_| EINVAL)?;
                // As long as the controller chooses it, it is nobody's to set.
                if wanted.is_none() {
                    return Err(EBUSY);
                }
                ec_write(cooler.model.duty, duty)?;
                *wanted = Some(duty);
            }
            _ => return Err(EINVAL),
        }
        Ok(())
    }
}
