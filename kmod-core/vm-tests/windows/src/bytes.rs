// SPDX-License-Identifier: GPL-2.0-only
//! Files of bytes, of types of the module's own, and devices that have some.

use kmod_core::prelude::*;

use crate::{Nothing, Windows, may_set_the_time};

/// A pattern of the size that the attribute names; what is written is looked at only.
#[derive(Default)]
pub(super) struct Eeprom;

/// The byte at a position.
fn pattern(pos: u64) -> u8 {
    (pos % 251) as u8
}

#[handlers]
impl SysfsBinary for Eeprom {
    fn read(&self, _file: &SysfsBinaryCall<'_, Self>, to: &mut SysfsBytes<'_>, pos: u64) -> Result {
        for at in pos.. {
            if to.write(&[pattern(at)]) == 0 {
                break;
            }
        }
        Ok(())
    }

    fn write(&self, _file: &SysfsBinaryCall<'_, Self>, bytes: &[u8], _pos: u64) -> Result<usize> {
        Ok(bytes.len())
    }
}

/// How much there is of [`Endless`].
const END: u64 = 9000;

/// Of no size that the kernel knows.
#[derive(Default)]
pub(super) struct Endless;

#[handlers]
impl SysfsBinary for Endless {
    fn read(&self, _file: &SysfsBinaryCall<'_, Self>, to: &mut SysfsBytes<'_>, pos: u64) -> Result {
        for at in pos..END {
            if to.write(&[pattern(at)]) == 0 {
                break;
            }
        }
        Ok(())
    }

    fn write(&self, _file: &SysfsBinaryCall<'_, Self>, _bytes: &[u8], _pos: u64) -> Result<usize> {
        Err(ENOSPC)
    }
}

/// Gives less than it is asked for, and says that it took more.
#[derive(Default)]
pub(super) struct Few;

#[handlers]
impl SysfsBinary for Few {
    fn read(&self, _file: &SysfsBinaryCall<'_, Self>, to: &mut SysfsBytes<'_>, pos: u64) -> Result {
        let rest = b"few bytes".get(usize::try_from(pos).map_err(|_| EINVAL)?..);
        let rest = rest.unwrap_or_default();
        to.write(rest.get(..2).unwrap_or(rest));
        Ok(())
    }

    fn write(&self, _file: &SysfsBinaryCall<'_, Self>, _bytes: &[u8], _pos: u64) -> Result<usize> {
        Ok(usize::MAX)
    }
}

/// Takes all, of those who may set the time.
#[derive(Default)]
pub(super) struct BinSink;

#[handlers]
impl SysfsBinary for BinSink {
    fn write(&self, file: &SysfsBinaryCall<'_, Self>, bytes: &[u8], _pos: u64) -> Result<usize> {
        may_set_the_time(&file.caller())?;
        Ok(bytes.len())
    }
}

/// There for the first device only.
#[derive(Default)]
pub(super) struct BinFirst;

#[handlers]
impl SysfsBinary for BinFirst {
    type Instance = BinCard;

    fn is_visible(&self, file: &SysfsBinaryCall<'_, Self>) -> bool {
        file.instance().number.load(Ordering::Relaxed) == 0
    }

    fn read(
        &self,
        _file: &SysfsBinaryCall<'_, Self>,
        _to: &mut SysfsBytes<'_>,
        _pos: u64,
    ) -> Result {
        Ok(())
    }
}

/// Sleeps until its device goes.
#[derive(Default)]
pub(super) struct BinSleeping;

#[handlers]
impl SysfsBinary for BinSleeping {
    type Module = Windows;
    type Instance = BinCard;

    fn read(
        &self,
        file: &SysfsBinaryCall<'_, Self>,
        _to: &mut SysfsBytes<'_>,
        _pos: u64,
    ) -> Result {
        file.module().i64.fetch_add(1, Ordering::Relaxed);
        file.instance().undone.wait()
    }
}

#[derive(Default)]
pub(super) struct BinDriver;

#[handlers]
impl PlatformDriver for BinDriver {
    type Module = Windows;
    type Device = BinCard;

    fn probe(&self, device: &PlatformDevice<'_, Self>) -> Result<BinCard> {
        Ok(BinCard {
            number: AtomicU32::new(device.index()),
            ..BinCard::default()
        })
    }
}

#[device]
#[derive(Default)]
pub(super) struct BinCard {
    number: AtomicU32,
    #[misc(name = "vm_windows_bin{index}")]
    node: Nothing,
    #[sysfs_bin(mode = 0o644)]
    blob: Mutex<[u8; 4]>,
    #[sysfs_bin]
    bin_first: BinFirst,
    #[sysfs_bin(group = "raw", name = "blob", mode = 0o644)]
    raw_blob: Mutex<[u8; 4]>,
    #[sysfs_bin(group = "raw", name = "first")]
    raw_first: BinFirst,
    #[sysfs_bin(of = node, name = "blob", mode = 0o644)]
    node_blob: Mutex<[u8; 4]>,
    #[sysfs_bin(of = node, name = "bin_first")]
    node_bin_first: BinFirst,
    #[debugfs_bin(path = "vm_windows/bin{index}/blob", mode = 0o644)]
    debug_blob: Mutex<[u8; 4]>,
    #[debugfs_bin(path = "vm_windows/bin{index}/sleeping")]
    debug_sleeping: BinSleeping,
    #[debugfs_bin(path = "vm_windows/bin{index}/first")]
    debug_first: BinFirst,
    /// Nobody completes it.
    undone: Completion,
}
