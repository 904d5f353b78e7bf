// SPDX-License-Identifier: GPL-2.0-only
//! A device's buffer, which a trigger fills: `iio_triggered_buffer_setup()`.

use core::ffi::{c_int, c_uchar, c_ulong, c_void};
use core::slice;

use super::{Iio, IioCall, IioChannel, IioField, IioOps, IioSpec};
use crate::class::{entered, entered_or_last, to_int};
use crate::error::Result;
use crate::error::code::EINVAL;
use crate::instance::Belongs;

/// How a channel lies in a scan: the kernel's `scan_type`.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct IioScanType {
    /// Whether it has a sign.
    pub signed: bool,
    /// How many bits it has.
    pub real_bits: u8,
    /// In how many they lie: 8, 16, 32 or 64.
    pub storage_bits: u8,
    /// How many are below them.
    pub shift: u8,
    /// In which order the bytes are; that of the machine otherwise.
    pub big_endian: Option<bool>,
}

impl IioScanType {
    /// How many bytes it takes.
    const fn length(self) -> usize {
        self.storage_bits as usize / 8
    }

    /// The bytes of a value, of which so many count as it takes.
    const fn bytes(self, value: i64) -> [u8; 8] {
        let mask = u64::MAX.wrapping_shr(64u32.wrapping_sub(self.real_bits as u32));
        let stored = (value.cast_unsigned() & mask).wrapping_shl(self.shift as u32);
        let is_big = match self.big_endian {
            Some(is_big) => is_big,
            None => cfg!(target_endian = "big"),
        };
        if is_big {
            // What counts comes first.
            let above = 64u32.wrapping_sub(self.storage_bits as u32);
            stored.wrapping_shl(above).to_be_bytes()
        } else {
            stored.to_le_bytes()
        }
    }
}

/// What is measured at once, of all channels that are on: one reading of `/dev/iio:deviceN`.
pub struct IioScan<'a> {
    channels: &'static [IioSpec],
    active: &'a [c_ulong],
    bytes: &'a mut [u8],
}

/// Those of a device that are on, in the order in which they lie in a scan.
fn those_on(
    channels: &'static [IioSpec],
    active: &[c_ulong],
) -> impl Iterator<Item = (IioChannel, IioScanType)> {
    let of_scans = channels
        .iter()
        .filter_map(|spec| Some((spec, spec.scan_type()?)));
    let on = of_scans.enumerate().filter(|(place, _)| {
        let bits = c_ulong::BITS as usize;
        let word = active.get(place / bits);
        word.is_some_and(|word| word >> (place % bits) & 1 != 0)
    });
    on.filter_map(|(_, (spec, scan_type))| Some((spec.channel()?, scan_type)))
}

impl IioScan<'_> {
    /// The channels that are on, in the order in which they lie in the scan. There is one at least.
    pub fn channels(&self) -> impl Iterator<Item = IioChannel> {
        those_on(self.channels, self.active).map(|(channel, _)| channel)
    }

    /// Asks for the value of each channel that is on, and writes it as the channel was declared: the bits that it has
    /// there, of which higher ones are left out. What is not filled is 0.
    ///
    /// # Errors
    ///
    /// The first one that `value` has.
    pub fn fill(&mut self, mut value: impl FnMut(IioChannel) -> Result<i64>) -> Result {
        let mut at = 0_usize;
        for (channel, scan_type) in those_on(self.channels, self.active) {
            let length = scan_type.length();
            at = at.checked_next_multiple_of(length).ok_or(EINVAL)?;
            let bytes = scan_type.bytes(value(channel)?);
            let room = self.bytes.iter_mut().skip(at).take(length);
            room.zip(bytes).for_each(|(room, byte)| *room = byte);
            at = at.wrapping_add(length);
        }
        Ok(())
    }
}

/// How many channels are of scans.
pub(super) const fn scans(mut channels: &[IioSpec]) -> usize {
    let mut count = 0;
    while let [channel, others @ ..] = channels {
        if channel.scan_type().is_some() {
            count += 1;
        }
        channels = others;
    }
    count
}

/// # Safety
///
/// The kernel calls it with the data that the device was registered with; `active` has a bit for each channel of scans,
/// `scan` has 8 bytes for each, which nobody else has.
pub(super) unsafe extern "C" fn trigger_handler<H, F>(
    data: *mut c_void,
    active: *const c_ulong,
    scan: *mut c_uchar,
) -> c_int
where
    H: IioOps,
    F: IioField<Type = Iio<H>, Instance: Belongs<H::Instance>>,
{
    let count = const { scans(F::CHANNELS) };
    // SAFETY: There is a bit for each (this function's contract), and they stay during the call.
    let active = unsafe { slice::from_raw_parts(active, count.div_ceil(c_ulong::BITS as usize)) };
    // SAFETY: There are so many, and nobody else has them (this function's contract).
    let bytes = unsafe { slice::from_raw_parts_mut(scan, count * 8) };
    let mut scan = IioScan {
        channels: F::CHANNELS,
        active,
        bytes,
    };
    let inside = |iio: &Iio<H>, instance: &F::Instance| {
        let call = IioCall::new(instance);
        iio.handler.trigger_handler(&call, &mut scan)
    };
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract), in a thread.
    to_int(unsafe { entered::<F, _>(data, inside) })
}

/// # Safety
///
/// The kernel calls it with the data that the device was registered with.
pub(super) unsafe extern "C" fn preenable<H, F>(data: *mut c_void) -> c_int
where
    H: IioOps,
    F: IioField<Type = Iio<H>, Instance: Belongs<H::Instance>>,
{
    let inside =
        |iio: &Iio<H>, instance: &F::Instance| iio.handler.preenable(&IioCall::new(instance));
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract), in process context.
    to_int(unsafe { entered::<F, _>(data, inside) })
}

/// # Safety
///
/// As [`preenable`].
pub(super) unsafe extern "C" fn postdisable<H, F>(data: *mut c_void)
where
    H: IioOps,
    F: IioField<Type = Iio<H>, Instance: Belongs<H::Instance>>,
{
    let inside =
        |iio: &Iio<H>, instance: &F::Instance| iio.handler.postdisable(&IioCall::new(instance));
    // SAFETY: It is the field's address, and this is a callback of it (this function's contract), in process context;
    // `iio_device_unregister()`, which switches the buffer off, waits for it.
    unsafe { entered_or_last::<F, _>(data, inside) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::class::iio::IioType;

    const fn of(signed: bool, real: u8, storage: u8, shift: u8, big: Option<bool>) -> IioScanType {
        IioScanType {
            signed,
            real_bits: real,
            storage_bits: storage,
            shift,
            big_endian: big,
        }
    }

    #[test]
    fn values_lie_as_declared() {
        for (scan_type, value, bytes) in [
            (of(false, 8, 8, 0, None), 0x1ff, &[0xff][..]),
            (of(false, 1, 8, 7, None), 1, &[0x80]),
            (of(true, 12, 16, 4, Some(false)), -2, &[0xe0, 0xff]),
            (of(true, 12, 16, 4, Some(true)), -2, &[0xff, 0xe0]),
            (of(true, 12, 16, 0, Some(true)), -2, &[0x0f, 0xfe]),
            (
                of(false, 24, 32, 8, Some(true)),
                0x12_3456,
                &[0x12, 0x34, 0x56, 0],
            ),
            (
                of(true, 64, 64, 0, Some(true)),
                i64::MIN,
                &[0x80, 0, 0, 0, 0, 0, 0, 0],
            ),
            (
                of(true, 64, 64, 0, Some(false)),
                -2,
                &[0xfe, 255, 255, 255, 255, 255, 255, 255],
            ),
        ] {
            assert_eq!(&scan_type.bytes(value)[..scan_type.length()], bytes);
        }
    }

    #[test]
    fn each_lies_at_a_multiple_of_its_length() {
        static CHANNELS: [IioSpec; 5] = [
            IioSpec::new(IioType::Voltage, 0).scan(of(false, 8, 8, 0, None)),
            IioSpec::new(IioType::Current, 1),
            IioSpec::new(IioType::Voltage, 2).scan(of(true, 32, 32, 0, Some(true))),
            IioSpec::new(IioType::Voltage, 3).scan(of(false, 16, 16, 0, Some(true))),
            IioSpec::new(IioType::Voltage, 4).scan(of(false, 64, 64, 0, Some(true))),
        ];
        let filled = |active: c_ulong| {
            let mut bytes = [0; 32];
            let mut scan = IioScan {
                channels: &CHANNELS,
                active: &[active],
                bytes: &mut bytes,
            };
            let on = scan
                .channels()
                .map(|channel| channel.address)
                .fold(0, |all, one| all * 10 + one);
            scan.fill(|channel| Ok(channel.address.into())).unwrap();
            (on, bytes)
        };
        let (on, bytes) = filled(0b1111);
        assert_eq!(on, 234);
        assert_eq!(
            bytes[..24],
            [
                0, 0, 0, 0, 0, 0, 0, 2, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4
            ]
        );
        let (on, bytes) = filled(0b0101);
        assert_eq!(on, 3);
        assert_eq!(bytes[..4], [0, 0, 0, 3]);
        // Room that is too small is not left.
        let mut bytes = [0; 3];
        let mut scan = IioScan {
            channels: &CHANNELS,
            active: &[0b1110],
            bytes: &mut bytes,
        };
        scan.fill(|_| Ok(-1)).unwrap();
        assert_eq!(bytes, [255; 3]);
    }
}
