// SPDX-License-Identifier: GPL-2.0-only
//! Devices with buffers that a trigger fills; the twin has the same ones in C, and the trigger.
#![no_std]
#![forbid(unsafe_code)]

use core::time::Duration;

use kmod_core::prelude::*;
use kmod_core::time::fsleep;

/// The module
#[kernel_module(name = "vm_iio_buffer", license = "GPL")]
#[derive(Default)]
struct Module {
    #[platform_driver(name = "vm_iio_buffer", devices = 1)]
    driver: Driver,
    /// How often buffers were switched off.
    #[sysfs]
    disabled: AtomicU32,
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
    #[iio(
        name = "vm_iio_buffer",
        channels(
            accel(modifier = x, raw, scan = "be:s12/16>>4", address = 3),
            accel(modifier = y, raw, scan = "le:s12/16", address = 3),
            temp(modifier = object, input, label = "hot"),
            voltage(index = 7, raw, scan = "u1/8>>7"),
            voltage(index = 0, differential = 1, scan = "u24/32>>8"),
            illuminance(scan = "be:s64/64"),
            proximity(raw, scan = "s32/32"),
            timestamp,
        ),
    )]
    sensors: Iio<Sensors>,
    /// Each channel is asked for by itself, and there is no time.
    #[iio(
        name = "vm_iio_plain",
        channels(
            voltage(index = 0, raw, scan = "u16/16"),
            voltage(index = 1, raw, scan = "s8/8")
        )
    )]
    plain: Iio<Plain>,
    /// What the handlers do: one of the constants.
    #[sysfs(mode = 0o644)]
    mode: AtomicU32,
}

/// `preenable` fails.
const REFUSE: u32 = 1;
/// Each other scan fails.
const FAIL: u32 = 2;
/// Scans take their time.
const SLOW: u32 = 3;
/// Nothing is filled.
const EMPTY: u32 = 4;

#[derive(Default)]
struct Sensors {
    count: AtomicU32,
}

#[handlers]
impl IioOps for Sensors {
    type Module = Module;
    type Instance = Board;

    fn read_raw(
        &self,
        _iio: &IioCall<'_, Self>,
        _channel: IioChannel,
        _info: IioInfo,
    ) -> Result<IioValue> {
        Ok(IioValue::Int(
            self.count.load(Ordering::Relaxed).cast_signed(),
        ))
    }

    fn trigger_handler(&self, iio: &IioCall<'_, Self>, scan: &mut IioScan<'_>) -> Result {
        let count = self.count.fetch_add(1, Ordering::Relaxed).wrapping_add(1);
        let mode = iio.instance().mode.load(Ordering::Relaxed);
        match mode {
            FAIL if count.is_multiple_of(2) => return Err(EIO),
            SLOW => fsleep(Duration::from_millis(20)),
            EMPTY => return Ok(()),
            _ => {}
        }
        if mode != SLOW && scan.channels().next().is_none() {
            return Err(EIO);
        }
        // Half of it at first, then all.
        let mut left = count % 3;
        let _ = scan.fill(|_| match left.checked_sub(1) {
            Some(less) => {
                left = less;
                Ok(-1)
            }
            None => Err(EAGAIN),
        });
        scan.fill(|channel| {
            // Wraps around as the twin's u64.
            let value = i64::from(count).wrapping_mul(0x0102_0304_0506_0708);
            let value = value.wrapping_add(i64::from(channel.channel));
            Ok(value.rotate_left(count % 5 * 8))
        })
    }

    fn preenable(&self, iio: &IioCall<'_, Self>) -> Result {
        self.count.store(0, Ordering::Relaxed);
        match iio.instance().mode.load(Ordering::Relaxed) {
            REFUSE => Err(ENODATA),
            _ => Ok(()),
        }
    }

    fn postdisable(&self, iio: &IioCall<'_, Self>) {
        iio.module().disabled.fetch_add(1, Ordering::Relaxed);
    }
}

#[derive(Default)]
struct Plain {
    count: AtomicI32,
}

#[handlers]
impl IioOps for Plain {
    type Instance = Board;

    /// Of one there is no number each fourth time.
    fn read_raw(
        &self,
        _iio: &IioCall<'_, Self>,
        channel: IioChannel,
        _info: IioInfo,
    ) -> Result<IioValue> {
        let count = self.count.fetch_add(1, Ordering::Relaxed);
        match (channel.channel, count % 4) {
            (1, 3) => Ok(IioValue::IntPlusMicro(1, 5)),
            (1, _) => Ok(IioValue::Int(-count)),
            _ => Ok(IioValue::Int(count * 0x101)),
        }
    }
}
