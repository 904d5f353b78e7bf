// SPDX-License-Identifier: GPL-2.0-only
//! A device's channels, as they are declared, and as their handlers know them.

use core::ffi::{CStr, c_uint};
use core::ptr;

use kmod_bindings::{self as bindings, kmod_iio_channel};

use super::{IioInfo, IioModifier, IioScanType, IioType};

/// A channel, as its handlers know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IioChannel {
    /// What it measures.
    pub channel_type: IioType,
    /// What of it, such as an axis.
    pub modifier: Option<IioModifier>,
    /// Its `index`, which is 0 where it has none.
    pub channel: u16,
    /// The `address` that it was declared with, which is its place among the device's channels otherwise.
    pub address: u32,
    /// Whether it goes out of the device.
    pub output: bool,
}

/// A channel, as it is declared.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct IioSpec(kmod_iio_channel);

// SAFETY: The label is a string in a static.
unsafe impl Sync for IioSpec {}

impl IioSpec {
    /// One that measures this.
    pub const fn new(channel_type: IioType, address: u32) -> Self {
        Self(kmod_iio_channel {
            type_: channel_type as u8,
            modifier: 0,
            indexed: false,
            output: false,
            differential: false,
            channel: 0,
            channel2: 0,
            address,
            infos: [0; 4],
            available: [0; 4],
            label: ptr::null(),
            sign: 0,
            real_bits: 0,
            storage_bits: 0,
            shift: 0,
            endianness: 0,
        })
    }

    /// What of it.
    pub const fn modifier(mut self, modifier: IioModifier) -> Self {
        self.0.modifier = modifier as u8 + 1;
        self
    }

    /// Its number.
    pub const fn index(mut self, channel: u16) -> Self {
        self.0.indexed = true;
        self.0.channel = channel;
        self
    }

    /// Of what it is the difference to that channel.
    pub const fn differential(mut self, channel2: u16) -> Self {
        self.0.differential = true;
        self.0.channel2 = channel2;
        self
    }

    /// It goes out.
    pub const fn output(mut self) -> Self {
        self.0.output = true;
        self
    }

    /// What its file `label` shows.
    pub const fn label(mut self, label: &'static CStr) -> Self {
        self.0.label = label.as_ptr();
        self
    }

    /// What is known of it, and of what it is known what it may be; shared in this way, of which the kernel has four.
    pub const fn with(mut self, shared: usize, infos: &[IioInfo], available: &[IioInfo]) -> Self {
        self.0.infos[shared] = bits(infos);
        self.0.available[shared] = bits(available);
        self
    }

    /// How it lies in a scan.
    pub const fn scan(mut self, scan: IioScanType) -> Self {
        self.0.sign = if scan.signed { b's' } else { b'u' };
        self.0.real_bits = scan.real_bits;
        self.0.storage_bits = scan.storage_bits;
        self.0.shift = scan.shift;
        self.0.endianness = match scan.big_endian {
            None => bindings::KMOD_IIO_CPU,
            Some(true) => bindings::KMOD_IIO_BE,
            Some(false) => bindings::KMOD_IIO_LE,
        } as u8;
        self
    }

    /// How it does, if it does.
    pub(super) const fn scan_type(&self) -> Option<IioScanType> {
        let Self(spec) = self;
        if spec.storage_bits == 0 {
            return None;
        }
        Some(IioScanType {
            signed: spec.sign == b's',
            real_bits: spec.real_bits,
            storage_bits: spec.storage_bits,
            shift: spec.shift,
            big_endian: match spec.endianness as u32 {
                bindings::KMOD_IIO_BE => Some(true),
                bindings::KMOD_IIO_LE => Some(false),
                _ => None,
            },
        })
    }

    /// What handlers get.
    pub(super) fn channel(&self) -> Option<IioChannel> {
        let Self(spec) = self;
        Some(IioChannel {
            channel_type: IioType::of(spec.type_.into())?,
            modifier: c_uint::from(spec.modifier)
                .checked_sub(1)
                .and_then(IioModifier::of),
            channel: spec.channel,
            address: spec.address,
            output: spec.output,
        })
    }
}

/// A bit for each.
const fn bits(mut infos: &[IioInfo]) -> c_uint {
    let mut bits = 0;
    while let [info, others @ ..] = infos {
        bits |= 1 << *info as u8;
        infos = others;
    }
    bits
}

/// Of what some channels have files.
pub(super) const fn any(mut channels: &[IioSpec], available: bool) -> bool {
    while let [channel, others @ ..] = channels {
        let [a, b, c, d] = if available {
            channel.0.available
        } else {
            channel.0.infos
        };
        if a | b | c | d != 0 {
            return true;
        }
        channels = others;
    }
    false
}
