// SPDX-License-Identifier: GPL-2.0-only
//! Chips whose lines are held while their device goes.
#![no_std]
#![forbid(unsafe_code)]

use core::time::Duration;

use kmod_core::prelude::*;
use kmod_core::time::fsleep;

/// Has lines
#[kernel_module(name = "vm_gpio_held", license = "GPL")]
#[derive(Default)]
struct Module {
    #[platform_driver(name = "vm_gpio_held", devices = 1)]
    driver: Driver,
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

#[device]
#[derive(Default)]
struct Board {
    #[gpio_chip(name = "vm_held", names("held-one", "held-two"))]
    quick: GpioChip<Quick>,
    #[gpio_chip(name = "vm_held_slow", lines = 2, can_sleep = true)]
    slow: GpioChip<Slow>,
}

/// Where a board's lines are: gone with it.
#[derive(Default)]
struct Quick {
    high: SpinLockIrq<[bool; 2]>,
}

#[handlers]
impl GpioOps for Quick {
    fn get_direction(&self, _chip: &GpioCall<'_, Self>, _offset: u32) -> Result<GpioDirection> {
        Ok(GpioDirection::Out)
    }

    fn get(&self, _chip: &GpioCall<'_, Self>, offset: u32) -> Result<bool> {
        let high = self.high.with(|high| high.get(offset as usize).copied());
        high.ok_or(EINVAL)
    }

    fn set(&self, _chip: &GpioCall<'_, Self>, offset: u32, value: bool) -> Result {
        self.high.with(|high| {
            *high.get_mut(offset as usize).ok_or(EINVAL)? = value;
            Ok(())
        })
    }
}

#[derive(Default)]
struct Slow {
    high: Mutex<KVec<bool>>,
}

#[handlers]
impl GpioOps for Slow {
    fn get_direction(&self, _chip: &GpioCall<'_, Self>, _offset: u32) -> Result<GpioDirection> {
        Ok(GpioDirection::Out)
    }

    fn get(&self, _chip: &GpioCall<'_, Self>, offset: u32) -> Result<bool> {
        fsleep(Duration::from_millis(2));
        let high = self.high.lock();
        Ok(high.get(offset as usize).copied().unwrap_or(false))
    }

    fn set(&self, _chip: &GpioCall<'_, Self>, offset: u32, value: bool) -> Result {
        let mut high = self.high.lock();
        while high.len() <= offset as usize {
            high.push(false, GFP_KERNEL)?;
        }
        fsleep(Duration::from_millis(2));
        *high.get_mut(offset as usize).ok_or(EINVAL)? = value;
        Ok(())
    }
}
