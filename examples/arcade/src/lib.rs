// SPDX-License-Identifier: GPL-2.0-only
//! A gamepad, with what its own descriptor gets wrong, two lamps for the players, two motors, and a setting.
//!
//! The pad says that its stick goes from 0 to 127, and sends 0 to 255. Its fourth button is for nobody by its
//! descriptor, and means "home". It sends what its buttons are after each press twice, a few microseconds apart,
//! which games take for two presses: the second one is dropped. Of its motors it says nothing.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// Drives the gamepad Arcade 4
#[kernel_module(name = "arcade", license = "GPL", authors = ["The kmod developers"])]
#[derive(Default)]
struct Arcade {
    #[hid_driver(
        ids = [(BUS_USB, 0x1209, 0xa4ca), (BUS_BLUETOOTH, 0x1209, 0xa4ca)],
        force_feedback(FF_RUMBLE),
    )]
    arcade: Driver,
}

#[derive(Default)]
struct Driver;

/// Numbers of reports.
const STATE: u8 = 1;
const LAMPS: u8 = 2;
const RATE: u8 = 3;
const MOTORS: u8 = 4;

/// Where the descriptor says the stick's largest value (`26 7f 00`, Logical Maximum).
const LARGEST: usize = 14;

/// The fourth button: the vendor's page, its first control.
const HOME: u32 = 0xff00_0001;

#[handlers]
impl HidDriver for Driver {
    type Device = Pad;

    fn report_fixup<'r>(&self, _fixup: &HidFixup<'_, Self>, descriptor: &'r mut [u8]) -> &'r [u8] {
        if let Some([0x26, largest @ 0x7f, 0x00]) = descriptor.get_mut(LARGEST..LARGEST + 3) {
            *largest = 0xff;
        }
        descriptor
    }

    fn probe(&self, pad: &HidDevice<'_, Self>) -> Result<Pad> {
        let rate = rate(pad)?;
        dev_info!(pad, "reports {rate} times a second");
        Ok(Pad::default())
    }

    fn input_mapping(&self, _pad: &Pad, usage: &HidUsage) -> HidMapping {
        match usage.usage() {
            HOME => HidMapping::Key(input::BTN_MODE),
            _ => HidMapping::Default,
        }
    }

    fn raw_event(&self, pad: &Pad, report: &mut HidReport<'_>) -> Result {
        if let [STATE, x, y, buttons] = *report.bytes() {
            let state = u32::from_be_bytes([1, x, y, buttons]);
            if pad.last.swap(state, Ordering::Relaxed) == state {
                return Err(EAGAIN);
            }
        }
        Ok(())
    }

    fn play_effect(&self, pad: &Pad, effect: input::FfEffect) {
        if let input::FfEffect::Rumble { strong, weak } = effect {
            // The motors take the upper halves.
            let [strong, weak] = [strong, weak].map(|much| much >> 8);
            pad.wanted.store(strong << 8 | weak, Ordering::Relaxed);
            pad.motors.queue();
        }
    }

    fn remove(&self, pad: &Pad) {
        *pad.rests.lock() = true;
        // It may be out already.
        let _ = pad.hid.set_report(HidReportKind::Output, &[MOTORS, 0, 0]);
    }
}

/// How often a pad reports, in a second.
fn rate(pad: &HidHandle) -> Result<u8> {
    let mut report = [0; 2];
    match pad.get_report(HidReportKind::Feature, RATE, &mut report)? {
        [RATE, rate] => Ok(*rate),
        _ => Err(EPROTO),
    }
}

/// One pad.
#[device]
#[derive(Default)]
struct Pad {
    #[bus]
    hid: HidHandle,
    /// What came last; 0 before anything did.
    last: AtomicU32,
    /// How much the motors are to shake: the heavy one in the upper half.
    wanted: AtomicU16,
    /// Whether they do not shake any more, whatever is wanted.
    rests: Mutex<bool>,
    /// Tells the motors, which an effect that is played in atomic context cannot.
    #[work]
    motors: Work<Motors>,
    /// Which lamps are on.
    lamps: Mutex<u8>,
    #[led(name = "arcade{index}:green:player-1", max_brightness = 1)]
    first: Led<Lamp<1>>,
    #[led(name = "arcade{index}:green:player-2", max_brightness = 1)]
    second: Led<Lamp<2>>,
    /// In the device's folder: how often it reports.
    #[sysfs]
    rate: Rate,
}

#[derive(Default)]
struct Motors;

#[handlers]
impl WorkHandler for Motors {
    type Instance = Pad;

    fn run(&self, work: &WorkCall<'_, Self>) {
        let pad = work.instance();
        let rests = pad.rests.lock();
        if *rests {
            return;
        }
        let [strong, weak] = pad.wanted.load(Ordering::Relaxed).to_be_bytes();
        let report = [MOTORS, strong, weak];
        if let Err(error) = pad.hid.set_report(HidReportKind::Output, &report) {
            pr_warn!(ratelimited; "the motors are not told: {error}");
        }
    }
}

/// The lamp of this bit.
#[derive(Default)]
struct Lamp<const BIT: u8>;

#[handlers]
impl<const BIT: u8> LedOps for Lamp<BIT> {
    type Instance = Pad;

    fn brightness_set_blocking(&self, led: &LedCall<'_, Self>, brightness: u32) -> Result {
        let pad = led.instance();
        let mut lamps = pad.lamps.lock();
        *lamps = if brightness == 0 {
            *lamps & !BIT
        } else {
            *lamps | BIT
        };
        pad.hid
            .set_report(HidReportKind::Output, &[LAMPS, *lamps])?;
        Ok(())
    }
}

#[derive(Default)]
struct Rate;

#[handlers]
impl SysfsFile for Rate {
    type Instance = Pad;

    fn show(&self, file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        writeln!(to, "{}", rate(&file.instance().hid)?)
    }

    fn store(&self, file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
        let rate = kmod_core::str::parse(text)?;
        let pad = &file.instance().hid;
        pad.set_report(HidReportKind::Feature, &[RATE, rate])?;
        Ok(())
    }
}
