// SPDX-License-Identifier: GPL-2.0-only
//! What comes from a device.

use core::ffi::c_uint;

use kmod_bindings::{EV_ABS, EV_KEY, EV_REL, kmod_hid_mapping, kmod_hid_usage};

use super::HidReportKind;
use crate::class::input::{Absolute, Key, Relative};

/// A report as it came, which a handler may change.
///
/// It may be shorter than the descriptor says that reports of its number are, and its bytes are whatever the
/// device sent.
pub struct HidReport<'a> {
    kind: c_uint,
    number: u32,
    bytes: &'a mut [u8],
}

impl<'a> HidReport<'a> {
    pub(super) fn new(kind: c_uint, number: u32, bytes: &'a mut [u8]) -> Self {
        Self {
            kind,
            number,
            bytes,
        }
    }

    /// What it is: an answer to a request comes here, too.
    pub fn kind(&self) -> HidReportKind {
        HidReportKind::of(self.kind)
    }

    /// Its number; 0 where reports have none.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// All of it, beginning with its number where reports have one.
    pub fn bytes(&self) -> &[u8] {
        self.bytes
    }

    /// The same, to change it: what the kernel and all who read the device see.
    pub fn bytes_mut(&mut self) -> &mut [u8] {
        self.bytes
    }
}

/// A control of a device, as its descriptor has it: `struct hid_usage`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HidUsage {
    usage: u32,
    application: u32,
    report: u32,
}

impl HidUsage {
    pub(super) fn new(usage: &kmod_hid_usage) -> Self {
        Self {
            usage: usage.usage,
            application: usage.application,
            report: usage.report,
        }
    }

    /// The page in the upper half, what it is there in the lower: `HID_GD_X` is `0x0001_0030`.
    pub fn usage(&self) -> u32 {
        self.usage
    }

    /// The collection that it belongs to, in the same form: a keyboard's is `0x0001_0006`.
    pub fn application(&self) -> u32 {
        self.application
    }

    /// The number of the report that it is in.
    pub fn report(&self) -> u32 {
        self.report
    }
}

/// What a control says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HidEvent {
    /// The control.
    pub usage: HidUsage,
    /// Its value now.
    pub value: i32,
}

/// What is to become of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HidReturn {
    /// What becomes of it without the driver.
    Unhandled,
    /// Nothing: the driver has dealt with it.
    Handled,
}

/// What a control is to user space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HidMapping {
    /// What the kernel takes it for.
    Default,
    /// Nothing.
    Ignore,
    /// A key or a button.
    Key(Key),
    /// A relative axis.
    Relative(Relative),
    /// An absolute axis.
    Absolute(Absolute),
}

impl HidMapping {
    /// As C is told.
    pub(super) fn told(self) -> kmod_hid_mapping {
        let (kind, code) = match self {
            Self::Default | Self::Ignore => (0, 0),
            Self::Key(key) => (EV_KEY, key.code()),
            Self::Relative(axis) => (EV_REL, axis.code()),
            Self::Absolute(axis) => (EV_ABS, axis.code()),
        };
        kmod_hid_mapping {
            type_: kind as u16,
            code,
            ignored: matches!(self, Self::Ignore),
        }
    }
}
