// SPDX-License-Identifier: GPL-2.0-only
//! A keyboard with more keys than its descriptor tells of, one key of its maker's, and a lock of its own.
//!
//! The keyboard has the keys F13 to F24, and says in its descriptor that it has none beyond F12 and what stands next
//! to it (usage 0x65). The kernel believes that, and drops what comes of the others. The key with the maker's sign is
//! for nobody by its descriptor. Whether the upper row types F1 to F12, or what is printed on it, the keyboard keeps
//! itself, and is told by a feature report.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// Drives the keyboard Typist 112
#[kernel_module(name = "typist", license = "GPL", authors = ["The kmod developers"])]
#[derive(Default)]
struct Typist {
    #[hid_driver(ids = [(BUS_USB, 0x1209, 0x7195)])]
    typist: Driver,
}

/// Where the descriptor tells of its array of keys: Logical Maximum, Usage Minimum, Usage Maximum.
const KEYS: usize = 30;
const WRONG: [u8; 6] = [0x25, 0x65, 0x19, 0x00, 0x29, 0x65];
/// Up to F24.
const RIGHT: [u8; 6] = [0x25, 0x73, 0x19, 0x00, 0x29, 0x73];

/// The maker's key: the vendor's page, its first control.
const SIGN: u32 = 0xff00_0001;

/// The feature report of the lock.
const LOCK: u8 = 2;

#[derive(Default)]
struct Driver;

#[handlers]
impl HidDriver for Driver {
    type Device = Keyboard;

    fn report_fixup<'r>(&self, _fixup: &HidFixup<'_, Self>, descriptor: &'r mut [u8]) -> &'r [u8] {
        // Later keyboards of the same ids have it right.
        match descriptor.get_mut(KEYS..KEYS + WRONG.len()) {
            Some(keys) if *keys == WRONG => keys.copy_from_slice(&RIGHT),
            _ => pr_info!("this keyboard tells of all its keys"),
        }
        descriptor
    }

    fn probe(&self, _keyboard: &HidDevice<'_, Self>) -> Result<Keyboard> {
        Ok(Keyboard::default())
    }

    fn input_mapping(&self, _keyboard: &Keyboard, usage: &HidUsage) -> HidMapping {
        match usage.usage() {
            SIGN => HidMapping::Key(input::KEY_PROG1),
            _ => HidMapping::Default,
        }
    }
}

/// One keyboard.
#[device]
#[derive(Default)]
struct Keyboard {
    #[bus]
    hid: HidHandle,
    /// In the device's folder: 1 if the upper row types F1 to F12.
    #[sysfs(mode = 0o644)]
    fn_lock: FnLock,
}

#[derive(Default)]
struct FnLock;

#[handlers]
impl SysfsFile for FnLock {
    type Instance = Keyboard;

    fn show(&self, file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        let mut report = [0; 2];
        let keyboard = &file.instance().hid;
        match keyboard.get_report(HidReportKind::Feature, LOCK, &mut report)? {
            [LOCK, lock] => writeln!(to, "{lock}"),
            _ => Err(EPROTO),
        }
    }

    fn store(&self, file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
        let lock @ 0..=1 = kmod_core::str::parse(text)? else {
            return Err(EINVAL);
        };
        let keyboard = &file.instance().hid;
        keyboard.set_report(HidReportKind::Feature, &[LOCK, lock])?;
        Ok(())
    }
}
