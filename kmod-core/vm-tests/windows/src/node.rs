// SPDX-License-Identifier: GPL-2.0-only
//! Devices with a node of their own, and files of that.

use kmod_core::prelude::*;

use crate::rows::CardRows;
use crate::{Nothing, Windows};

#[derive(Default)]
pub(super) struct NodeDriver;

#[handlers]
impl PlatformDriver for NodeDriver {
    type Module = Windows;
    type Device = NodeCard;

    fn probe(&self, device: &PlatformDevice<'_, Self>) -> Result<NodeCard> {
        Ok(NodeCard {
            number: AtomicU32::new(device.index()),
            ..NodeCard::default()
        })
    }
}

#[device]
#[derive(Default)]
pub(super) struct NodeCard {
    pub(super) number: AtomicU32,
    #[bus]
    device: DeviceHandle,
    #[misc(name = "vm_windows_card{index}")]
    node: Nothing,
    #[sysfs(of = node, mode = 0o644)]
    u32: AtomicU32,
    #[sysfs(of = node)]
    first: NodeFirst,
    #[sysfs(of = node)]
    sleeping: NodeSleeping,
    #[sysfs(mode = 0o200)]
    tell: Tell,
    #[debugfs(path = "vm_windows/node{index}/rows")]
    rows: CardRows,
    /// Nobody completes it.
    undone: Completion,
}

/// Tells user space what is written, `NAME=value` in lines.
#[derive(Default)]
struct Tell;

#[handlers]
impl SysfsFile for Tell {
    type Instance = NodeCard;

    fn store(&self, file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
        let text = core::str::from_utf8(text).map_err(|_| EINVAL)?;
        let mut variables = KVec::new();
        for line in text.lines() {
            variables.push(line.split_once('=').ok_or(EDOM)?, GFP_KERNEL)?;
        }
        file.instance().device.change(&variables)
    }
}

/// There for the first device only.
#[derive(Default)]
struct NodeFirst;

#[handlers]
impl SysfsFile for NodeFirst {
    type Instance = NodeCard;

    fn is_visible(&self, file: &SysfsCall<'_, Self>) -> bool {
        file.instance().number.load(Ordering::Relaxed) == 0
    }

    fn show(&self, _file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        writeln!(to, "first")
    }
}

/// Sleeps until its device goes.
#[derive(Default)]
struct NodeSleeping;

#[handlers]
impl SysfsFile for NodeSleeping {
    type Module = Windows;
    type Instance = NodeCard;

    fn show(&self, file: &SysfsCall<'_, Self>, _to: &mut SysfsWriter<'_>) -> Result {
        file.module().i64.fetch_add(1, Ordering::Relaxed);
        file.instance().undone.wait()
    }
}
