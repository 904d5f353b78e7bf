// SPDX-License-Identifier: GPL-2.0-only
//! A battery by the methods of firmware, with a threshold at which charging ends.
//!
//! What is measured is what the ACPI specification calls a control method battery: `_BIF` tells of what it is, once,
//! and `_BST` of how it is, whenever that is asked for. The threshold is its maker's method. When a charger comes or
//! goes, firmware notifies of it, and user space is told.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::acpi::AcpiPackage;
use kmod_core::prelude::*;

/// Drives a battery by the methods of firmware
#[kernel_module(name = "cell", license = "GPL", authors = ["The kmod developers"])]
#[derive(Default)]
struct Cell {
    #[acpi_driver(ids = ["KMOD0BA7"])]
    cell: Driver,
}

/// What `_BIF` has at these places.
const UNIT: usize = 0;
const FULL_DESIGN: usize = 1;
const FULL: usize = 2;
const VOLTAGE_DESIGN: usize = 4;

/// What `_BST` has.
const STATE: usize = 0;
const POWER: usize = 1;
const LEFT: usize = 2;
const VOLTAGE: usize = 3;

/// A number that firmware does not know.
const UNKNOWN: u64 = 0xffff_ffff;

/// A number of a package, of thousandths, in millionths.
fn micro(package: &AcpiPackage<'_>, at: usize) -> Result<i32> {
    match package.get(at)?.integer()? {
        UNKNOWN => Err(ENODATA),
        number => number
            .checked_mul(1000)
            .and_then(|number| number.try_into().ok())
            .ok_or(EPROTO),
    }
}

#[derive(Default)]
struct Driver;

#[handlers]
impl AcpiDriver for Driver {
    type Device = Device;

    fn probe(&self, device: &AcpiDevice<'_, Self>) -> Result<Device> {
        let information = device.evaluate(c"_BIF", &[])?;
        let information = information.value().package()?;
        if information.get(UNIT)?.integer()? != 0 {
            dev_info!(
                device,
                "a battery that counts its charge is for another driver"
            );
            return Err(ENODEV);
        }
        Ok(Device {
            full_design: micro(&information, FULL_DESIGN)?,
            full: micro(&information, FULL)?,
            voltage_design: micro(&information, VOLTAGE_DESIGN)?,
            ..Device::default()
        })
    }
}

/// One battery.
#[device]
#[derive(Default)]
struct Device {
    #[bus]
    firmware: AcpiHandle,
    /// What does not change, in millionths.
    full_design: i32,
    full: i32,
    voltage_design: i32,
    #[power_supply(
        name = "cell{index}",
        kind = battery,
        properties(
            status,
            present,
            technology,
            capacity,
            energy_full_design,
            energy_full,
            energy_now,
            power_now,
            voltage_min_design,
            voltage_now,
            rw(charge_control_end_threshold),
        ),
    )]
    battery: PowerSupply<Battery>,
    #[acpi_notify]
    changes: AcpiNotify<Changes>,
}

impl Device {
    /// A number of `_BST`.
    fn state(&self, at: usize) -> Result<i32> {
        micro(
            &self.firmware.evaluate(c"_BST", &[])?.value().package()?,
            at,
        )
    }

    fn status(&self) -> Result<i32> {
        let state = self.firmware.evaluate(c"_BST", &[])?;
        let bits = state.value().package()?.get(STATE)?.integer()?;
        Ok(match bits & 3 {
            0 if self.state(LEFT)? >= self.full => power_supply::STATUS_FULL,
            0 => power_supply::STATUS_NOT_CHARGING,
            1 => power_supply::STATUS_DISCHARGING,
            2 => power_supply::STATUS_CHARGING,
            _ => power_supply::STATUS_UNKNOWN,
        })
    }

    /// Asks for the threshold, or sets it to what is not 0.
    fn threshold(&self, percent: u64) -> Result<u64> {
        let argument = [AcpiArgument::Integer(percent)];
        self.firmware.integer(c"CTHR", &argument)
    }
}

#[derive(Default)]
struct Battery;

#[handlers]
impl PowerSupplyOps for Battery {
    type Instance = Device;

    fn get_property(
        &self,
        supply: &PowerSupplyCall<'_, Self>,
        property: PowerSupplyProperty,
    ) -> Result<i32> {
        use PowerSupplyProperty as Property;
        let device = supply.instance();
        match property {
            Property::Status => device.status(),
            Property::Present => Ok(1),
            Property::Technology => Ok(power_supply::TECHNOLOGY_LION),
            Property::EnergyFullDesign => Ok(device.full_design),
            Property::EnergyFull => Ok(device.full),
            Property::EnergyNow => device.state(LEFT),
            Property::PowerNow => device.state(POWER),
            Property::VoltageMinDesign => Ok(device.voltage_design),
            Property::VoltageNow => device.state(VOLTAGE),
            Property::Capacity => {
                let left = i64::from(device.state(LEFT)?) * 100;
                let percent = left.checked_div(device.full.into()).ok_or(ENODATA)?;
                Ok(percent.clamp(0, 100) as i32)
            }
            Property::ChargeControlEndThreshold => {
                i32::try_from(device.threshold(0)?).map_err(|_| EPROTO)
            }
            _ => Err(EINVAL),
        }
    }

    fn set_property(
        &self,
        supply: &PowerSupplyCall<'_, Self>,
        _property: PowerSupplyProperty,
        value: i32,
    ) -> Result {
        match value {
            1..=100 => supply.instance().threshold(value as u64).map(drop),
            _ => Err(EINVAL),
        }
    }
}

#[derive(Default)]
struct Changes;

#[handlers]
impl AcpiNotifyHandler for Changes {
    type Instance = Device;

    fn notified(&self, call: &AcpiNotifyCall<'_, Self>) {
        match call.event() {
            // How it is, or what it is.
            0x80 | 0x81 => call.instance().battery.changed(),
            other => pr_info!("a battery tells of {other:#x}\n"),
        }
    }
}
