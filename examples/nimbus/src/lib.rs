// SPDX-License-Identifier: GPL-2.0-only
//! A laptop by the WMI blocks of its firmware: a temperature and a fan, the keyboard's light, whether it is quiet or quick,
//! at how much its battery, which the kernel drives, ends to charge, and the keys that the keyboard itself does not report.
//!
//! A key whose meaning is "the keyboard's light" is not only reported: the firmware of this laptop leaves it to the
//! driver to switch it.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// Drives the laptop Nimbus 3
#[kernel_module(name = "nimbus", license = "GPL", authors = ["The kmod developers"])]
#[derive(Default)]
struct Nimbus {
    #[wmi_driver(ids = ["3E1D9C40-55A2-4D0B-9A7E-6B0F5C3D2A01"])]
    nimbus: Driver,
    #[wmi_driver(ids = ["3E1D9C40-55A2-4D0B-9A7E-6B0F5C3D2A02"])]
    nimbus_keys: Hotkeys,
}

/// The block of methods, for the keys' driver.
const METHODS: WmiGuid = WmiGuid::new("3E1D9C40-55A2-4D0B-9A7E-6B0F5C3D2A01");

/// What a method is told.
#[uapi]
struct Ask {
    what: u32,
    value: u32,
}

/// What it answers.
#[uapi]
struct Answer {
    error: u32,
    value: u32,
}

/// Methods.
const MEASURE: u32 = 1;
const GET: u32 = 2;
const SET: u32 = 3;

/// What is measured.
const TEMPERATURE: u32 = 0;
const FAN: u32 = 1;

/// Settings.
const DUTY: u32 = 0;
const LIGHT: u32 = 1;
const CHARGE_END: u32 = 2;
const PROFILE: u32 = 3;

/// Asks firmware for something, or to set it.
fn ask(block: &impl WmiBlock, method: u32, what: u32, value: u32) -> Result<u32> {
    let answer: Answer = block.method(0, method, &Ask { what, value })?;
    match answer.error {
        0 => Ok(answer.value),
        _ => Err(EIO),
    }
}

#[derive(Default)]
struct Driver;

#[handlers]
impl WmiDriver for Driver {
    type Device = Laptop;

    fn probe(&self, block: &WmiDevice<'_, Self>) -> Result<Laptop> {
        // Other laptops have a block of this GUID, too, of which the methods are different ones.
        ask(&**block, GET, LIGHT, 0).map_err(|_| ENODEV)?;
        Ok(Laptop::default())
    }
}

/// What the methods are for.
#[device]
#[derive(Default)]
struct Laptop {
    #[bus]
    block: WmiHandle,
    #[hwmon(
        name = "nimbus",
        channels(temp(input, label = "CPU"), fan(input), pwm(rw(input)))
    )]
    chip: Hwmon<Chip>,
    #[led(name = "nimbus::kbd_backlight", max_brightness = 3)]
    light: Led<Light>,
    /// At how many percent charging ends.
    #[battery_hook(properties(rw(charge_control_end_threshold)))]
    battery: BatteryHook<ChargeEnd>,
    #[platform_profile(choices(quiet, balanced, performance))]
    profile: PlatformProfile<Profiles>,
}

#[derive(Default)]
struct Chip;

#[handlers]
impl HwmonOps for Chip {
    type Instance = Laptop;

    fn read(
        &self,
        call: &HwmonCall<'_, Self>,
        sensor: HwmonSensor,
        _attr: HwmonAttr,
        _channel: u32,
    ) -> Result<i64> {
        let block = &call.instance().block;
        Ok(match sensor {
            // Tenths of a kelvin.
            HwmonSensor::Temp => i64::from(ask(block, MEASURE, TEMPERATURE, 0)?) * 100 - 273_200,
            HwmonSensor::Fan => ask(block, MEASURE, FAN, 0)?.into(),
            _ => ask(block, GET, DUTY, 0)?.into(),
        })
    }

    fn write(
        &self,
        call: &HwmonCall<'_, Self>,
        _sensor: HwmonSensor,
        _attr: HwmonAttr,
        _channel: u32,
        value: i64,
    ) -> Result {
        let duty = u8::try_from(value).map_err(|_| EINVAL)?;
        ask(&call.instance().block, SET, DUTY, duty.into()).map(drop)
    }
}

#[derive(Default)]
struct Light;

#[handlers]
impl LedOps for Light {
    type Instance = Laptop;

    fn brightness_set_blocking(&self, led: &LedCall<'_, Self>, brightness: u32) -> Result {
        ask(&led.instance().block, SET, LIGHT, brightness).map(drop)
    }

    fn brightness_get(&self, led: &LedCall<'_, Self>) -> Result<u32> {
        ask(&led.instance().block, GET, LIGHT, 0)
    }
}

#[derive(Default)]
struct ChargeEnd;

#[handlers]
impl BatteryHookOps for ChargeEnd {
    type Instance = Laptop;

    fn get_property(
        &self,
        battery: &BatteryHookCall<'_, Self>,
        _property: PowerSupplyProperty,
    ) -> Result<i32> {
        let percent = ask(&battery.instance().block, GET, CHARGE_END, 0)?;
        percent.try_into().map_err(|_| EPROTO)
    }

    fn set_property(
        &self,
        battery: &BatteryHookCall<'_, Self>,
        _property: PowerSupplyProperty,
        value: i32,
    ) -> Result {
        let percent = u32::try_from(value).map_err(|_| EINVAL)?;
        if !(40..=100).contains(&percent) {
            return Err(EINVAL);
        }
        ask(&battery.instance().block, SET, CHARGE_END, percent).map(drop)
    }
}

/// Firmware has a number for each.
#[derive(Default)]
struct Profiles;

const PROFILES: [Profile; 3] = [Profile::Quiet, Profile::Balanced, Profile::Performance];

#[handlers]
impl PlatformProfileOps for Profiles {
    type Instance = Laptop;

    fn profile_get(&self, call: &PlatformProfileCall<'_, Self>) -> Result<Profile> {
        let number = ask(&call.instance().block, GET, PROFILE, 0)?;
        PROFILES.get(number as usize).copied().ok_or(EPROTO)
    }

    fn profile_set(&self, call: &PlatformProfileCall<'_, Self>, profile: Profile) -> Result {
        let known = PROFILES.iter().position(|known| *known == profile);
        let number = known.ok_or(EOPNOTSUPP)?;
        ask(&call.instance().block, SET, PROFILE, number as u32).map(drop)
    }
}

/// The scan code of the key that means the keyboard's light, whichever key user space has reported for it.
const LIGHT_KEY: u32 = 4;

#[derive(Default)]
struct Hotkeys;

#[handlers]
impl WmiDriver for Hotkeys {
    type Device = Keyboard;

    fn probe(&self, _block: &WmiDevice<'_, Self>) -> Result<Keyboard> {
        Ok(Keyboard::default())
    }

    fn notify(&self, keyboard: &Keyboard, event: &WmiEvent<'_>) {
        let key = match event.read::<u32>() {
            Ok(key) => key,
            Err(error) => return pr_warn!("an event tells of no key: {error:?}"),
        };
        if key == LIGHT_KEY {
            let light = ask(&METHODS, GET, LIGHT, 0);
            if let Err(error) =
                light.and_then(|light| ask(&METHODS, SET, LIGHT, u32::from(light == 0)))
            {
                pr_warn!("the light does not change: {error:?}");
            }
        }
        if !keyboard.keys.report_scan_and_release(key) {
            pr_info!("no key has the number {key:#x}");
        }
    }
}

/// What the events are for.
#[device]
#[derive(Default)]
struct Keyboard {
    #[input(
        name = "Nimbus hotkeys",
        keymap(
            KE_KEY(1, KEY_PROG1),
            KE_KEY(2, KEY_WLAN),
            KE_KEY(3, KEY_MICMUTE),
            KE_KEY(4, KEY_KBDILLUMTOGGLE), // LIGHT_KEY
        ),
        bustype = 0x19
    )]
    keys: Input,
}
