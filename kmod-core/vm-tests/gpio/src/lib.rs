// SPDX-License-Identifier: GPL-2.0-only
//! Chips with lines: one that can all, one of inputs, one of outputs that sleeps.
#![no_std]
#![forbid(unsafe_code)]

use core::time::Duration;

use kmod_core::prelude::*;
use kmod_core::time::fsleep;

/// Has lines
#[kernel_module(name = "vm_gpio", license = "GPL")]
#[derive(Default)]
struct Module {
    #[platform_driver(name = "vm_gpio", devices = 1)]
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
    /// How many lines of the first chip somebody has, and what its lines are.
    #[sysfs]
    seen: Seen,
    #[gpio_chip(name = "vm_gpio", lines = 8, names("vm-one", _, "vm-three"))]
    all: GpioChip<Lines>,
    #[gpio_chip(name = "vm_gpio_in", lines = 2)]
    inputs: GpioChip<Inputs>,
    #[gpio_chip(name = "vm_gpio_out", lines = 2, can_sleep = true)]
    outputs: GpioChip<Outputs>,
    /// Inputs that nobody asks which direction they have, and that cannot be outputs.
    #[gpio_chip(lines = 1)]
    plain: GpioChip<Plain>,
}

#[derive(Default)]
struct Seen;

#[handlers]
impl SysfsFile for Seen {
    type Instance = Board;

    fn show(&self, file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        let lines = file.instance().all.handler();
        let held = lines.held.load(Ordering::Relaxed);
        let high = lines.high.load(Ordering::Relaxed);
        let outputs = lines.outputs.load(Ordering::Relaxed);
        writeln!(to, "{held} {high:#x} {outputs:#x}")
    }
}

/// Line 5 is not for anybody, 6 cannot be an output, 7 cannot be read.
#[derive(Default)]
struct Lines {
    held: AtomicI32,
    high: AtomicU32,
    outputs: AtomicU32,
}

/// Sets a bit, or clears it.
fn put(bits: &AtomicU32, offset: u32, value: bool) {
    if value {
        bits.fetch_or(1 << offset, Ordering::Relaxed);
    } else {
        bits.fetch_and(!(1 << offset), Ordering::Relaxed);
    }
}

fn is_set(bits: &AtomicU32, offset: u32) -> bool {
    bits.load(Ordering::Relaxed) & 1 << offset != 0
}

#[handlers]
impl GpioOps for Lines {
    type Instance = Board;

    fn request(&self, chip: &GpioCall<'_, Self>, offset: u32) -> Result {
        if offset == 5 {
            return Err(EPERM);
        }
        chip.instance()
            .all
            .handler()
            .held
            .fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    fn free(&self, _chip: &GpioCall<'_, Self>, _offset: u32) {
        self.held.fetch_sub(1, Ordering::Relaxed);
    }

    fn get_direction(&self, _chip: &GpioCall<'_, Self>, offset: u32) -> Result<GpioDirection> {
        Ok(if is_set(&self.outputs, offset) {
            GpioDirection::Out
        } else {
            GpioDirection::In
        })
    }

    fn direction_input(&self, _chip: &GpioCall<'_, Self>, offset: u32) -> Result {
        put(&self.outputs, offset, false);
        Ok(())
    }

    fn direction_output(&self, _chip: &GpioCall<'_, Self>, offset: u32, value: bool) -> Result {
        if offset == 6 {
            return Err(EIO);
        }
        put(&self.high, offset, value);
        put(&self.outputs, offset, true);
        Ok(())
    }

    fn get(&self, _chip: &GpioCall<'_, Self>, offset: u32) -> Result<bool> {
        if offset == 7 {
            return Err(EIO);
        }
        Ok(is_set(&self.high, offset))
    }

    fn set(&self, _chip: &GpioCall<'_, Self>, offset: u32, value: bool) -> Result {
        put(&self.high, offset, value);
        Ok(())
    }
}

/// The second one is high.
#[derive(Default)]
struct Inputs;

#[handlers]
impl GpioOps for Inputs {
    fn get_direction(&self, _chip: &GpioCall<'_, Self>, _offset: u32) -> Result<GpioDirection> {
        Ok(GpioDirection::In)
    }

    fn get(&self, _chip: &GpioCall<'_, Self>, offset: u32) -> Result<bool> {
        Ok(offset == 1)
    }
}

#[derive(Default)]
struct Outputs {
    high: AtomicU32,
}

#[handlers]
impl GpioOps for Outputs {
    fn get_direction(&self, _chip: &GpioCall<'_, Self>, _offset: u32) -> Result<GpioDirection> {
        Ok(GpioDirection::Out)
    }

    fn get(&self, _chip: &GpioCall<'_, Self>, offset: u32) -> Result<bool> {
        fsleep(Duration::from_millis(1));
        Ok(is_set(&self.high, offset))
    }

    fn set(&self, _chip: &GpioCall<'_, Self>, offset: u32, value: bool) -> Result {
        fsleep(Duration::from_millis(1));
        put(&self.high, offset, value);
        Ok(())
    }
}

#[derive(Default)]
struct Plain;

#[handlers]
impl GpioOps for Plain {
    fn direction_input(&self, _chip: &GpioCall<'_, Self>, _offset: u32) -> Result {
        Ok(())
    }

    fn get(&self, _chip: &GpioCall<'_, Self>, _offset: u32) -> Result<bool> {
        Ok(true)
    }
}
