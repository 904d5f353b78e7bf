// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Board {
    #[power_supply(kind = mains)]
    first: PowerSupply<Cell>,
    #[power_supply(name = "a_name_of_20_letters", kind = batery, properties(online))]
    second: PowerSupply<Cell>,
    #[power_supply(kind = battery, properties(capcity, manufacturer, rw(status, status), wo(present)))]
    third: PowerSupply<Cell>,
    #[power_supply(kind = battery, properties(), serial_number = "")]
    fourth: PowerSupply<Cell>,
    #[power_supply(name = "a_name_of_20_letters", kind = ups, properties(online))]
    fifth: PowerSupply<Cell>,
}

struct Cell;

#[handlers]
impl PowerSupplyOps for Cell {
    fn get_property(
        &self,
        _supply: &PowerSupplyCall<'_, Self>,
        _property: PowerSupplyProperty,
    ) -> Result<i32> {
        Ok(1)
    }
}

fn main() {}
