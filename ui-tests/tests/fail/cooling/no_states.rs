// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

/// Has a fan
#[kernel_module(name = "fans", license = "Proprietary")]
struct Fans {
    #[cooling(name = "fan{index}")]
    fan: Cooling<Fan>,
    #[cooling(kind = "fan")]
    second: Fan,
}

struct Fan;

#[handlers]
impl CoolingOps for Fan {
    fn get_max_state(&self, _cooling: &CoolingCall<'_, Self>) -> Result<u32> {
        Ok(1)
    }

    fn set_state(&self, _cooling: &CoolingCall<'_, Self>, _state: u32) -> Result {
        Ok(())
    }
}

fn main() {}
