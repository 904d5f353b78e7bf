// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Laptop {
    #[battery_hook]
    first: BatteryHook<Ends>,
    #[battery_hook(properties(status, rw(charge_control_end_treshold)))]
    second: BatteryHook<Ends>,
    #[battery_hook(name = "BAT0", properties())]
    third: BatteryHook<Ends>,
}

struct Ends;

#[handlers]
impl BatteryHookOps for Ends {
    fn set_property(
        &self,
        _battery: &BatteryHookCall<'_, Self>,
        _property: PowerSupplyProperty,
        _value: i32,
    ) -> Result {
        Ok(())
    }
}

fn main() {}
