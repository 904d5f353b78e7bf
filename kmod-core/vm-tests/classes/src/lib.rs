// SPDX-License-Identifier: GPL-2.0-only
//! Devices of the kernel's classes; the twin has the same ones in C.
#![no_std]
#![forbid(unsafe_code)]

mod backlight;
mod hwmon;
mod input;
mod led;
mod power_supply;
mod rfkill;
mod rtc;
mod trigger;
mod watchdog;

use hwmon::Chip;
use kmod_core::prelude::*;
use led::{Blinks, Own, Plain, Slow};

use crate::backlight::{Panel, Plain as PlainPanel};
use crate::input::{Later, Polled, Refuses, Report, Turns};
use crate::power_supply::{Battery, BatteryTells, Mains};
use crate::rfkill::{Kept, OwnRadio, Radio, RadioTells};

/// The module
#[kernel_module(name = "vm_classes", license = "GPL")]
#[derive(Default)]
struct Classes {
    #[platform_driver(name = "vm_classes", devices = 1)]
    driver: Driver,
    /// A class's device without a parent.
    #[led(name = "vm_classes:module", max_brightness = 3)]
    own: Led<Own>,
    #[backlight(name = "vm_classes_own", max_brightness = 3)]
    own_panel: Backlight<PlainPanel>,
    #[rfkill(kind = nfc)]
    own_radio: Rfkill<OwnRadio>,
    #[led_trigger(name = "vm_classes_busy")]
    busy: LedTrigger,
    /// No attribute: no LED has it.
    no_trigger: LedTrigger,
    /// What is written is said of them.
    #[sysfs(mode = 0o200)]
    trigger_tells: trigger::TriggerTells,
    /// How often the watchdog's handlers were called.
    #[sysfs]
    calls: watchdog::Calls,
    /// What each LED was set to last, when the device is gone, too.
    #[sysfs]
    last: led::Last,
    /// How many times the polled input device was opened and not closed.
    #[sysfs]
    turns: Turns,
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

/// A device of each class.
#[device]
#[derive(Default)]
struct Board {
    #[led(name = "vm_classes::plain")]
    plain: Led<Plain>,
    #[led(name = "vm_classes:slow", max_brightness = 7)]
    slow: Led<Slow>,
    #[led(name = "vm_classes:blinks", default_trigger = "nonsense")]
    blinks: Led<Blinks>,
    #[led]
    vm_classes_numbered: Led<Plain>,
    slow_level: AtomicU32,
    #[hwmon(
        name = "vm_classes",
        channels(
            temp(input, rw(max), crit, max_alarm, label = "CPU"),
            chip(update_interval),
            in(input),
            temp(input, rw(max), crit),
            in(input, label = "3.3 V"),
            fan(input, alarm, rw(target)),
            pwm(rw(input), enable),
            power(input, wo(reset_history)),
        )
    )]
    chip: Hwmon<Chip>,
    #[input(
        name = "vm_classes keys",
        keys(KEY_A, BTN_LEFT),
        relative(REL_X, REL_WHEEL),
        absolute(ABS_X(-10..=10, fuzz = 2), ABS_Y(0..=255, flat = 3, resolution = 12)),
        switches(SW_LID),
        bustype = 0x19,
        vendor = 0x1234,
        product = 0xffff,
        version = 7,
    )]
    keys: Input,
    #[input(name = "vm_classes {index} polled", keys(BTN_0), poll_interval = 5)]
    polled: Input<Polled>,
    #[timer]
    later: Timer<Later>,
    #[sysfs(mode = 0o200)]
    report: Report,
    #[sysfs(mode = 0o644)]
    refuses: Refuses,
    lit: AtomicU32,
    #[backlight(name = "vm_classes", max_brightness = 20, brightness = 7, kind = platform)]
    panel: Backlight<Panel>,
    #[watchdog(
        identity = "vm_classes dog",
        timeout = 30,
        min_timeout = 2,
        max_timeout = 600,
        stop_on_unregister = 1
    )]
    dog: Watchdog<watchdog::Dog>,
    #[sysfs(mode = 0o644)]
    now: AtomicI64,
    #[rtc(range = 0..=4102444799)]
    clock: Rtc<rtc::Clock>,
    #[rfkill(name = "vm_classes_radio", kind = bluetooth)]
    radio: Rfkill<Radio>,
    #[rfkill(kind = gps, persistent = 1)]
    kept: Rfkill<Kept>,
    #[sysfs(mode = 0o644)]
    radio_tells: RadioTells,
    #[power_supply(
        name = "vm_classes_bat",
        kind = battery,
        properties(
            rw(status, charge_control_end_threshold),
            present,
            technology,
            capacity,
            temp,
            voltage_now,
            energy_now,
            cycle_count,
        ),
        manufacturer = "Somebody",
        serial_number = "00 01",
    )]
    battery: PowerSupply<Battery>,
    #[power_supply(name = "vm_classes_ac", kind = mains, properties(online))]
    mains: PowerSupply<Mains>,
    #[sysfs(mode = 0o644)]
    battery_tells: BatteryTells,
    /// No attribute: nobody knows it.
    no_battery: PowerSupply<Battery>,
    /// No attribute: nobody knows it.
    no_radio: Rfkill<Radio>,
    /// No attribute: nobody hears it.
    inert: Input,
}
