// SPDX-License-Identifier: GPL-2.0-only
//! What scan codes stand for: a sparse keymap, which user space may change.

use core::mem::MaybeUninit;

use kmod_bindings::{self as bindings, kmod_input_key_entry};

use super::{Input, Key, Switch};

/// What a scan code stands for: the kernel's `struct key_entry`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyEntry {
    /// A key, which user space may exchange: `KE_KEY`.
    Key(Key),
    /// A switch that is so then: `KE_SW`.
    Switch(Switch, bool),
    /// A switch that is as it is reported to be: `KE_VSW`.
    VariableSwitch(Switch),
    /// It is known, and nothing is reported: `KE_IGNORE`.
    Ignore,
}

impl KeyEntry {
    /// As C tells of it.
    fn told(entry: &kmod_input_key_entry) -> Self {
        match entry.type_.into() {
            bindings::KE_KEY => Self::Key(Key(entry.is)),
            bindings::KE_SW => Self::Switch(Switch(entry.is), entry.value),
            bindings::KE_VSW => Self::VariableSwitch(Switch(entry.is)),
            _ => Self::Ignore,
        }
    }
}

/// A scan code with what it stands for, as it is declared.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct ScanCode(kmod_input_key_entry);

impl ScanCode {
    /// This one stands for that.
    pub const fn new(code: u32, entry: KeyEntry) -> Self {
        let (kind, is, value) = match entry {
            KeyEntry::Key(key) => (bindings::KE_KEY, key.code(), false),
            KeyEntry::Switch(switch, is_on) => (bindings::KE_SW, switch.code(), is_on),
            KeyEntry::VariableSwitch(switch) => (bindings::KE_VSW, switch.code(), false),
            KeyEntry::Ignore => (bindings::KE_IGNORE, 0, false),
        };
        Self(kmod_input_key_entry {
            code,
            type_: kind as u16,
            is,
            value,
        })
    }
}

impl<H> Input<H> {
    /// Reports what this scan code stands for by the device's `keymap(…)`, and [`sync`](Self::sync)s: a key, after
    /// its code as `MSC_SCAN`, is pressed or not any more; a switch of `KE_VSW` is on or not, one of `KE_SW` as it was
    /// declared. The kernel's `sparse_keymap_report_event()`.
    ///
    /// Whether the keymap has the code. If it has not, `KEY_UNKNOWN` is pressed and let go, if the device has
    /// keys. A device without a keymap reports nothing.
    pub fn report_scan(&self, code: u32, is_on: bool) -> bool {
        self.scan(code, is_on, false)
    }

    /// The same of a code of which the end is not told: what is pressed is let go at once.
    pub fn report_scan_and_release(&self, code: u32) -> bool {
        self.scan(code, true, true)
    }

    /// What the keymap has for this scan code, with the key that user space has set, if it has it:
    /// `sparse_keymap_entry_from_scancode()`.
    pub fn scan_entry(&self, code: u32) -> Option<KeyEntry> {
        let mut entry = MaybeUninit::<kmod_input_key_entry>::uninit();
        // SAFETY: The device is zeroes, or made (invariant); the entry can be written.
        let is_known =
            unsafe { bindings::kmod_input_scan_entry(self.as_ptr(), code, entry.as_mut_ptr()) };
        is_known.then(|| {
            // SAFETY: The code is known: the entry was written.
            KeyEntry::told(unsafe { entry.assume_init_ref() })
        })
    }

    fn scan(&self, code: u32, is_on: bool, is_released: bool) -> bool {
        // SAFETY: It is zeroes, or made (invariant).
        unsafe { bindings::kmod_input_report_scan(self.as_ptr(), code, is_on, is_released) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::class::input;

    #[test]
    fn an_entry_is_told_as_it_was_declared() {
        for entry in [
            KeyEntry::Key(input::KEY_WLAN),
            KeyEntry::Switch(input::SW_LID, true),
            KeyEntry::Switch(input::SW_DOCK, false),
            KeyEntry::VariableSwitch(input::SW_TABLET_MODE),
            KeyEntry::Ignore,
        ] {
            let ScanCode(told) = ScanCode::new(0x8000_0001, entry);
            assert_eq!(told.code, 0x8000_0001);
            assert_eq!(KeyEntry::told(&told), entry);
        }
    }

    /// So is one that no attribute knows.
    #[test]
    fn a_device_that_is_none_has_no_scan_codes() {
        let input = Input::new(());
        assert!(!input.report_scan(1, true));
        assert!(!input.report_scan_and_release(1));
        assert_eq!(input.scan_entry(1), None);
    }
}
