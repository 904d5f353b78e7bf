// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Board {
    #[thermal_zone(trips(passive, activ(60_000), critical(110)))]
    one: ThermalZone<Stove>,
    #[thermal_zone(trips(active("60"), passive(-5), hot(1_000_001)))]
    two: ThermalZone<Stove>,
    #[thermal_zone(trips(critical(110_000, cooled_by = "fan"), active(60_000, cooled_by = fan), 80_000))]
    three: ThermalZone<Stove>,
    #[thermal_zone(trips(active(60_000, hyst = 2), passive(80_000, hysteresis)))]
    four: ThermalZone<Stove>,
    #[thermal_zone(trips())]
    five: ThermalZone<Stove>,
    #[thermal_zone(trips(
        hot(1), hot(2), hot(3), hot(4), hot(5), hot(6), hot(7), hot(8), hot(9), hot(10), hot(11), rw(hot(12), hot(13)),
    ))]
    six: ThermalZone<Stove>,
}

struct Stove;

#[handlers]
impl ThermalOps for Stove {
    fn get_temp(&self, _zone: &ThermalCall<'_, Self>) -> Result<i32> {
        Ok(0)
    }
}

fn main() {}
