// SPDX-License-Identifier: GPL-2.0-only
//! LEDs of several colours: one that is set at once, one that sleeps; the twin has the same ones in C.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// Has LEDs of several colours
#[kernel_module(name = "vm_colors", license = "GPL")]
#[derive(Default)]
struct Module {
    #[platform_driver(name = "vm_colors", devices = 1)]
    driver: Driver,
    /// What each colour was set to last, when the device is gone, too.
    #[sysfs]
    last: Last,
    /// Without a parent.
    #[led_multicolor(name = "vm_colors:module", colors(ir))]
    own: LedMulticolor<Plain>,
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
    #[led_multicolor(name = "vm_colors:rgb:plain", colors(red, green, blue))]
    plain: LedMulticolor<Plain>,
    #[led_multicolor(
        name = "vm_colors:multi:slow",
        colors(white, amber),
        max_brightness = 31
    )]
    slow: LedMulticolor<Slow>,
    slow_level: [AtomicU32; 2],
}

static PLAIN: [AtomicU32; 3] = [const { AtomicU32::new(777) }; 3];
static SLOW: [AtomicU32; 2] = [const { AtomicU32::new(777) }; 2];

/// Keeps as many as there are.
fn keep(to: &[AtomicU32], colors: &[u32]) {
    for (to, color) in to.iter().zip(colors) {
        to.store(*color, Ordering::Relaxed);
    }
}

#[derive(Default)]
struct Plain;

#[handlers]
impl LedMulticolorOps for Plain {
    fn brightness_set(&self, _led: &LedMulticolorCall<'_, Self>, colors: &[u32]) {
        if colors.len() == PLAIN.len() {
            keep(&PLAIN, colors);
        }
    }
}

#[derive(Default)]
struct Slow;

#[handlers]
impl LedMulticolorOps for Slow {
    type Instance = Board;

    fn brightness_set_blocking(&self, led: &LedMulticolorCall<'_, Self>, colors: &[u32]) -> Result {
        kmod_core::time::fsleep(core::time::Duration::from_micros(50));
        keep(&led.instance().slow_level, colors);
        keep(&SLOW, colors);
        Ok(())
    }
}

#[derive(Default)]
struct Last;

#[handlers]
impl SysfsFile for Last {
    fn show(&self, _file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        for color in PLAIN.iter().chain(&SLOW) {
            write!(to, "{} ", color.load(Ordering::Relaxed))?;
        }
        writeln!(to)
    }
}
