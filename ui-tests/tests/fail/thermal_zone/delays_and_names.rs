// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Board {
    #[thermal_zone(name = "a_name_of_20_letters", polling_delay = 3_600_001)]
    one: ThermalZone<Stove>,
    #[thermal_zone(name = "*", polling_delay = 1000, passive_delay = 2000)]
    two: ThermalZone<Stove>,
    #[thermal_zone(interval = 5)]
    three: ThermalZone<Stove>,
}

struct Stove;

#[handlers]
impl ThermalOps for Stove {
    fn set_trip_temp(&self, _zone: &ThermalCall<'_, Self>, _trip: u32, _temperature: i32) -> Result {
        Ok(())
    }
}

fn main() {}
