// SPDX-License-Identifier: GPL-2.0-only
//! A chip with some of each kind of sensor.

use kmod_core::prelude::*;
use kmod_core::time::fsleep;

use crate::Board;

/// What can be written: the maxima of the temperatures, the fan's target, the PWM.
#[derive(Default)]
pub(crate) struct Chip {
    max: [AtomicI64; 2],
    target: AtomicI64,
    pwm: AtomicI64,
    resets: AtomicI64,
}

#[handlers]
impl HwmonOps for Chip {
    type Instance = Board;

    fn is_visible(
        &self,
        _hwmon: &HwmonCall<'_, Self>,
        sensor: HwmonSensor,
        attr: HwmonAttr,
        channel: u32,
    ) -> bool {
        (sensor, attr, channel) != (HwmonSensor::Temp, HwmonAttr::Crit, 1)
    }

    fn read(
        &self,
        hwmon: &HwmonCall<'_, Self>,
        sensor: HwmonSensor,
        attr: HwmonAttr,
        channel: u32,
    ) -> Result<i64> {
        let load = |value: &AtomicI64| Ok(value.load(Ordering::Relaxed));
        match (sensor, attr) {
            (HwmonSensor::Temp, HwmonAttr::Input) if channel == 1 => Err(ENODATA),
            (HwmonSensor::Temp, HwmonAttr::Input) => {
                fsleep(core::time::Duration::from_micros(20));
                Ok(-1500 + i64::from(hwmon.instance().slow_level.load(Ordering::Relaxed)))
            }
            (HwmonSensor::Temp, HwmonAttr::Max) => {
                load(self.max.get(channel as usize).ok_or(EINVAL)?)
            }
            (HwmonSensor::Temp, HwmonAttr::Crit) => Ok(i64::MAX),
            (HwmonSensor::Temp, HwmonAttr::MaxAlarm) => Ok(1),
            (HwmonSensor::In, _) => Ok(3300 + i64::from(channel)),
            (HwmonSensor::Fan, HwmonAttr::Target) => load(&self.target),
            (HwmonSensor::Fan, _) => Ok(0),
            (HwmonSensor::Pwm, _) => load(&self.pwm),
            (HwmonSensor::Power, HwmonAttr::Input) => load(&self.resets),
            (HwmonSensor::Chip, _) => Ok(1000),
            _ => Err(EOPNOTSUPP),
        }
    }

    fn write(
        &self,
        _hwmon: &HwmonCall<'_, Self>,
        sensor: HwmonSensor,
        attr: HwmonAttr,
        channel: u32,
        value: i64,
    ) -> Result {
        match (sensor, attr) {
            (HwmonSensor::Temp, HwmonAttr::Max) => {
                let max = self.max.get(channel as usize).ok_or(EINVAL)?;
                max.store(value.clamp(-55_000, 125_000), Ordering::Relaxed);
            }
            (HwmonSensor::Fan, HwmonAttr::Target) => self.target.store(value, Ordering::Relaxed),
            (HwmonSensor::Pwm, HwmonAttr::Input) if (0..=255).contains(&value) => {
                self.pwm.store(value, Ordering::Relaxed);
            }
            (HwmonSensor::Power, HwmonAttr::ResetHistory) => {
                self.resets.fetch_add(1, Ordering::Relaxed);
            }
            _ => return Err(EINVAL),
        }
        Ok(())
    }
}
