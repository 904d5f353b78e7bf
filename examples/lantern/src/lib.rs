// SPDX-License-Identifier: GPL-2.0-only
//! A laptop's backlight by the methods of firmware, and the two keys for it.
//!
//! The methods are those that the ACPI specification has for displays: `_BCL` lists the levels that there are, in
//! percent, `_BCM` sets one, and `_BQC` says which one it is. User space has all percents, and gets the nearest level.
//! Of the two keys firmware notifies; here they are reported, and it is for user space to make it brighter.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// Drives a backlight by the methods of firmware
#[kernel_module(name = "lantern", license = "GPL", authors = ["The kmod developers"])]
#[derive(Default)]
struct Lantern {
    #[acpi_driver(ids = ["KMOD0B19"])]
    lantern: Driver,
}

/// What firmware notifies of.
const BRIGHTER: u32 = 0x86;
const DARKER: u32 = 0x87;

/// The levels stand behind two others: that with the charger, and that on battery.
const FIRST: usize = 2;

#[derive(Default)]
struct Driver;

#[handlers]
impl AcpiDriver for Driver {
    type Device = Display;

    fn probe(&self, device: &AcpiDevice<'_, Self>) -> Result<Display> {
        let answer = device.evaluate(c"_BCL", &[])?;
        let mut levels = KVec::new();
        for level in answer.value().package()?.iter().skip(FIRST) {
            let level = u8::try_from(level.integer()?).map_err(|_| EPROTO)?;
            levels.push(level, GFP_KERNEL)?;
        }
        if levels.is_empty() {
            dev_info!(device, "firmware has no levels");
            return Err(ENODEV);
        }
        dev_info!(device, "{} levels", levels.len());
        Ok(Display {
            levels,
            ..Display::default()
        })
    }
}

/// The display.
#[device]
#[derive(Default)]
struct Display {
    #[bus]
    firmware: AcpiHandle,
    /// What it can have, in percent: one at least.
    levels: KVec<u8>,
    #[backlight(name = "lantern{index}", max_brightness = 100, kind = firmware)]
    light: Backlight<Light>,
    #[input(
        name = "Lantern keys",
        keys(KEY_BRIGHTNESSUP, KEY_BRIGHTNESSDOWN),
        bustype = 0x19
    )]
    keys: Input,
    #[acpi_notify]
    pressed: AcpiNotify<Pressed>,
}

#[derive(Default)]
struct Light;

#[handlers]
impl BacklightOps for Light {
    type Instance = Display;

    fn update_status(&self, call: &BacklightCall<'_, Self>, brightness: u32) -> Result {
        let display = call.instance();
        let distance = |level: &&u8| u32::from(**level).abs_diff(brightness);
        let nearest = *display.levels.iter().min_by_key(distance).ok_or(ENODEV)?;
        let level = [AcpiArgument::Integer(nearest.into())];
        display.firmware.call(c"_BCM", &level)
    }

    fn get_brightness(&self, call: &BacklightCall<'_, Self>) -> Result<u32> {
        match call.instance().firmware.integer(c"_BQC", &[])? {
            percent @ 0..=100 => Ok(percent as u32),
            _ => Err(EPROTO),
        }
    }
}

#[derive(Default)]
struct Pressed;

#[handlers]
impl AcpiNotifyHandler for Pressed {
    type Instance = Display;

    fn notified(&self, call: &AcpiNotifyCall<'_, Self>) {
        let key = match call.event() {
            BRIGHTER => input::KEY_BRIGHTNESSUP,
            DARKER => input::KEY_BRIGHTNESSDOWN,
            other => return pr_info!("no key has the number {other:#x}\n"),
        };
        let keys = &call.instance().keys;
        for is_pressed in [true, false] {
            keys.report_key(key, is_pressed);
            keys.sync();
        }
    }
}
