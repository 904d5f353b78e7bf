// SPDX-License-Identifier: GPL-2.0-only
//! A battery, and what charges it.

use core::time::Duration;

use kmod_core::prelude::*;
use kmod_core::time::fsleep;

use crate::Board;

/// A battery whose threshold can be set: 13 is refused, and 14 cannot be read.
#[derive(Default)]
pub(crate) struct Battery {
    end: AtomicI32,
    status: AtomicI32,
    reads: AtomicU32,
}

#[handlers]
impl PowerSupplyOps for Battery {
    type Instance = Board;

    fn get_property(
        &self,
        supply: &PowerSupplyCall<'_, Self>,
        property: PowerSupplyProperty,
    ) -> Result<i32> {
        self.reads.fetch_add(1, Ordering::Relaxed);
        let end = self.end.load(Ordering::Relaxed);
        match property {
            PowerSupplyProperty::Status => Ok(self.status.load(Ordering::Relaxed)),
            PowerSupplyProperty::Present => Ok(1),
            PowerSupplyProperty::Technology => Ok(power_supply::TECHNOLOGY_LION),
            PowerSupplyProperty::Capacity => Ok(42),
            PowerSupplyProperty::Temp => Ok(-15),
            PowerSupplyProperty::VoltageNow => Ok(11_100_000),
            PowerSupplyProperty::EnergyNow => Err(ENODATA),
            PowerSupplyProperty::ChargeControlEndThreshold if end == 14 => Err(EIO),
            PowerSupplyProperty::ChargeControlEndThreshold => Ok(end),
            // That of another field.
            PowerSupplyProperty::CycleCount => {
                Ok(supply.instance().lit.load(Ordering::Relaxed) as i32)
            }
            _ => Err(EINVAL),
        }
    }

    fn set_property(
        &self,
        _supply: &PowerSupplyCall<'_, Self>,
        property: PowerSupplyProperty,
        value: i32,
    ) -> Result {
        match (property, value) {
            (PowerSupplyProperty::Status, _) => self.status.store(value, Ordering::Relaxed),
            (_, 13) => return Err(EIO),
            (_, 0..=100) => self.end.store(value, Ordering::Relaxed),
            _ => return Err(EINVAL),
        }
        Ok(())
    }
}

/// What charges it: it takes its time to say so.
#[derive(Default)]
pub(crate) struct Mains;

#[handlers]
impl PowerSupplyOps for Mains {
    type Instance = Board;

    fn get_property(
        &self,
        supply: &PowerSupplyCall<'_, Self>,
        _property: PowerSupplyProperty,
    ) -> Result<i32> {
        fsleep(Duration::from_micros(300));
        Ok(supply.instance().lit.load(Ordering::Relaxed).min(1) as i32)
    }
}

/// A write says that the battery has changed; a read says how often it was asked.
#[derive(Default)]
pub(crate) struct BatteryTells;

#[handlers]
impl SysfsFile for BatteryTells {
    type Instance = Board;

    fn show(&self, file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        let reads = &file.instance().battery.handler().reads;
        writeln!(to, "{}", reads.load(Ordering::Relaxed))
    }

    fn store(&self, file: &SysfsCall<'_, Self>, _text: &[u8]) -> Result {
        file.instance().battery.changed();
        // Nobody knows it: nothing happens.
        file.instance().no_battery.changed();
        Ok(())
    }
}
