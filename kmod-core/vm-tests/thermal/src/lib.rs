// SPDX-License-Identifier: GPL-2.0-only
//! Thermal zones and cooling devices, of the module and of a device.
#![no_std]
#![forbid(unsafe_code)]

use core::time::Duration;

use kmod_core::prelude::*;
use kmod_core::time::fsleep;

/// Has what gets warm
#[kernel_module(name = "vm_thermal", license = "GPL")]
#[derive(Default)]
struct Module {
    /// What is measured.
    #[sysfs(mode = 0o644)]
    temperature: Temperature,
    /// What the fan is told, and how often the zone was asked.
    #[sysfs]
    seen: Seen,
    /// A write has the zone looked at.
    #[sysfs(mode = 0o200)]
    look: Look,
    #[cooling(name = "vm_thermal_fan")]
    fan: Cooling<Fan>,
    #[thermal_zone(
        name = "vm_thermal",
        trips(
            rw(active(60_000, hysteresis = 2_000, cooled_by = "vm_thermal_fan")),
            passive(80_000),
            critical(200_000),
        )
    )]
    zone: ThermalZone<Zone>,
    /// Looked at all the time, and slow to answer.
    #[thermal_zone(name = "vm_thermal_slow", passive_delay = 2, polling_delay = 5)]
    slow: ThermalZone<Slow>,
    #[platform_driver(name = "vm_thermal", devices = 1)]
    driver: Driver,
    /// No attribute: nobody knows it.
    unknown: ThermalZone<Zone>,
}

#[derive(Default)]
struct Temperature(AtomicI32);

#[handlers]
impl SysfsFile for Temperature {
    fn show(&self, _file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        writeln!(to, "{}", self.0.load(Ordering::Relaxed))
    }

    fn store(&self, _file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
        self.0
            .store(kmod_core::str::parse(text)?, Ordering::Relaxed);
        Ok(())
    }
}

#[derive(Default)]
struct Seen;

#[handlers]
impl SysfsFile for Seen {
    type Instance = Module;

    fn show(&self, file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        let module = file.instance();
        let state = module.fan.handler().state.load(Ordering::Relaxed);
        let asked = module.zone.handler().asked.load(Ordering::Relaxed);
        writeln!(to, "{state} {asked}")
    }
}

#[derive(Default)]
struct Look;

#[handlers]
impl SysfsFile for Look {
    type Instance = Module;

    fn store(&self, file: &SysfsCall<'_, Self>, _text: &[u8]) -> Result {
        let module = file.instance();
        module.zone.update();
        module.slow.update();
        module.unknown.update();
        Ok(())
    }
}

/// Has four speeds; the fourth is broken.
#[derive(Default)]
struct Fan {
    state: AtomicU32,
}

#[handlers]
impl CoolingOps for Fan {
    fn get_max_state(&self, _cooling: &CoolingCall<'_, Self>) -> Result<u32> {
        Ok(3)
    }

    fn get_cur_state(&self, _cooling: &CoolingCall<'_, Self>) -> Result<u32> {
        Ok(self.state.load(Ordering::Relaxed))
    }

    fn set_cur_state(&self, _cooling: &CoolingCall<'_, Self>, state: u32) -> Result {
        match state {
            0..=2 => self.state.store(state, Ordering::Relaxed),
            3 => return Err(EIO),
            _ => return Err(EINVAL),
        }
        Ok(())
    }
}

/// 13 degrees cannot be measured, and are no limit.
#[derive(Default)]
struct Zone {
    asked: AtomicU32,
}

#[handlers]
impl ThermalOps for Zone {
    type Instance = Module;

    fn get_temp(&self, zone: &ThermalCall<'_, Self>) -> Result<i32> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        match zone.instance().temperature.0.load(Ordering::Relaxed) {
            13_000 => Err(EIO),
            temperature => Ok(temperature),
        }
    }

    fn set_trip_temp(&self, _zone: &ThermalCall<'_, Self>, trip: u32, temperature: i32) -> Result {
        if trip != 0 || temperature == 13_000 {
            return Err(EIO);
        }
        Ok(())
    }
}

#[derive(Default)]
struct Slow;

#[handlers]
impl ThermalOps for Slow {
    fn get_temp(&self, _zone: &ThermalCall<'_, Self>) -> Result<i32> {
        fsleep(Duration::from_millis(3));
        Ok(20_000)
    }
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

/// A device with the same: its fan cools the module's zone, too, by its name.
#[device]
#[derive(Default)]
struct Board {
    #[cooling(name = "vm_thermal_fan")]
    fan: Cooling<Fan>,
    #[thermal_zone(name = "vm_thermal_b{index}", polling_delay = 3)]
    zone: ThermalZone<Slow>,
}
