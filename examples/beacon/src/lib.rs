// SPDX-License-Identifier: GPL-2.0-only
//! A lamp of three colours on USB, which is told by control messages what it shows.
//!
//! The lamp knows three requests of its vendor's. 1 tells which version it is, in two bytes, the higher one first. 2
//! sets the colours: red and green are its value, blue is its index. 3 has it flash as often as its value says. It
//! goes on shining when its driver has gone, so the driver puts it out.
#![no_std]
#![forbid(unsafe_code)]

use core::time::Duration;
use kmod_core::prelude::*;

/// Drives the lamp Beacon
#[kernel_module(name = "beacon", license = "GPL", authors = ["The kmod developers"])]
#[derive(Default)]
struct Module {
    #[usb_driver(ids = [(0x1209, 0xbeac) => Model::Still, (0x1209, 0xbead) => Model::Flashing])]
    beacon: Driver,
}

/// What a lamp can do.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Model {
    #[default]
    Still,
    Flashing,
}

/// Its requests.
const VERSION: UsbRequest = UsbRequest::vendor(1);
const COLOURS: UsbRequest = UsbRequest::vendor(2);
const FLASH: UsbRequest = UsbRequest::vendor(3);

/// How long it may take to answer.
const SOON: Duration = Duration::from_millis(500);

#[derive(Default)]
struct Driver;

#[handlers]
impl UsbDriver for Driver {
    type Device = Lamp;
    type Id = Model;

    fn probe(&self, device: &UsbDevice<'_, Self>) -> Result<Lamp> {
        let mut version = [0; 2];
        let [major, minor] = *device.control_in(&VERSION, &mut version, SOON)? else {
            return Err(EPROTO);
        };
        let mut serial = [0; 32];
        let number = device.descriptor()?.serial_string;
        let serial = device.string(number, &mut serial).unwrap_or("unknown");
        dev_info!(device, "version {major}.{minor}, serial number {serial}");
        Ok(Lamp {
            model: *device.id(),
            ..Lamp::default()
        })
    }

    fn remove(&self, lamp: &Lamp) {
        // It may have been pulled out.
        let _ = lamp.show([0; 3]);
    }

    fn suspend(&self, lamp: &Lamp) -> Result {
        lamp.show([0; 3])
    }

    fn resume(&self, lamp: &Lamp) -> Result {
        let colours = *lamp.colours.lock();
        lamp.show(colours)
    }
}

/// One lamp.
#[device]
#[derive(Default)]
struct Lamp {
    #[bus]
    usb: UsbInterface,
    model: Model,
    /// What it shows.
    colours: Mutex<[u8; 3]>,
    #[led(name = "beacon{index}:red:status", max_brightness = 255)]
    red: Led<Colour<0>>,
    #[led(name = "beacon{index}:green:status", max_brightness = 255)]
    green: Led<Colour<1>>,
    #[led(name = "beacon{index}:blue:status", max_brightness = 255)]
    blue: Led<Colour<2>>,
    /// In the interface's folder: how often it flashes, in tenths of a second, and 0 for not at all.
    #[sysfs(mode = 0o200)]
    flash: Flash,
}

impl Lamp {
    fn show(&self, [red, green, blue]: [u8; 3]) -> Result {
        let request = COLOURS
            .value(u16::from_be_bytes([red, green]))
            .index(blue.into());
        self.usb.control_out(&request, &[], SOON)?;
        Ok(())
    }
}

/// The colour of this number.
#[derive(Default)]
struct Colour<const AT: usize>;

#[handlers]
impl<const AT: usize> LedOps for Colour<AT> {
    type Instance = Lamp;

    fn brightness_set_blocking(&self, led: &LedCall<'_, Self>, brightness: u32) -> Result {
        let lamp = led.instance();
        let mut colours = lamp.colours.lock();
        if let Some(colour) = colours.get_mut(AT) {
            *colour = brightness.try_into()?;
        }
        lamp.show(*colours)
    }
}

#[derive(Default)]
struct Flash;

#[handlers]
impl SysfsFile for Flash {
    type Instance = Lamp;

    fn store(&self, file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
        let lamp = file.instance();
        if lamp.model == Model::Still {
            return Err(EOPNOTSUPP);
        }
        let tenths = kmod_core::str::parse(text)?;
        lamp.usb.control_out(&FLASH.value(tenths), &[], SOON)?;
        Ok(())
    }
}
