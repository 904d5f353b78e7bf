// SPDX-License-Identifier: GPL-2.0-only
/// Has a device of each class.
#[kernel_module(name = "classes", license = "GPL")]
struct Classes {
    #[led(name = "classes::own", max_brightness = 1, default_trigger = "heartbeat")]
    own: Led<Lamp>,
    #[backlight(max_brightness = 15, brightness = 7, kind = firmware)]
    panel: Backlight<Panel>,
    #[watchdog(identity = "A dog", timeout = 30, max_timeout = 600, nowayout = 1)]
    dog: Watchdog<Dog>,
    #[rfkill(kind = wwan, persistent = 1)]
    radio: Rfkill<Radio>,
    #[led_multicolor(name = "light", colors(red, white), max_brightness = 31)]
    light: LedMulticolor<Light>,
    #[battery_hook(properties(charge_control_start_threshold, rw(charge_control_end_threshold)))]
    ends: BatteryHook<Ends>,
    #[led_trigger]
    busy: LedTrigger,
    #[cooling]
    fan: Cooling<Fan>,
    #[thermal_zone(
        trips(rw(active(60_000, hysteresis = 2_000, cooled_by = "fan")), critical(110_000)),
        polling_delay = 2000,
    )]
    stove: ThermalZone<Stove>,
}

/// One board.
#[device]
struct Board {
    #[rtc(range = -5..=4102444799)]
    clock: Rtc<Clock>,
    #[led]
    lamp: Led<Lamp>,
    #[hwmon(channels(temp(input, rw(max, max_hyst), label = "CPU"), in(input), power(wo(reset_history))))]
    chip: Hwmon<Chip>,
    #[iio(
        name = "meter",
        channels(
            illuminance(raw, scale, available(integration_time), event(thresh, rising, en, shared_by_type(value))),
            voltage(index = 0, raw, shared_by_type(scale, available(scale)), label = "VDD", address = 7),
            voltage(index = 0, differential = 1, raw),
            accel(modifier = x, raw, shared_by_all(sampling_frequency), scan = "be:s12/16>>4"),
            current(output, raw, shared_by_dir(offset)),
            temp(raw, scan = "u16/16"),
            timestamp,
        ),
    )]
    meter: Iio<Meter>,
    #[input(
        name = "Board {index}",
        keys(KEY_POWER, BTN_LEFT),
        relative(REL_X),
        absolute(ABS_X(-5..=255, fuzz = 2), ABS_Y(0..=7)),
        switches(SW_LID),
        keymap(
            KE_KEY(0x01, KEY_WLAN),
            KE_SW(0x10, SW_TABLET_MODE, 1),
            KE_VSW(0x20, SW_DOCK),
            KE_IGNORE(0xffff_ffff),
        ),
        repeat = 1,
        poll_interval = 20,
        bustype = 0x19,
        version = 3,
    )]
    buttons: Input<Buttons>,
    #[input(
        absolute(ABS_MT_POSITION_X(0..=99)),
        slots = 10,
        slot_flags(direct, drop_unused),
        force_feedback(FF_RUMBLE),
    )]
    pad: Input<Pad>,
    #[power_supply(
        kind = battery,
        properties(status, rw(charge_control_end_threshold), capacity),
        manufacturer = "Somebody",
    )]
    cell: PowerSupply<Cell>,
    #[led(name = "board{index}:red:status")]
    status: Led<Lamp>,
    #[gpio_chip(lines = 8, names("pump", _, "valve"), can_sleep = true)]
    relays: GpioChip<Relays>,
}

#[handlers]
impl LedOps for Lamp {
    type Instance = Board;

    fn brightness_set_blocking(&self, led: &LedCall<'_, Self>, brightness: u32) -> Result {
        Ok(())
    }
}
