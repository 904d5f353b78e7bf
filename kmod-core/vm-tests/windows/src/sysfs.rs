// SPDX-License-Identifier: GPL-2.0-only
//! What is in sysfs, of types of the module's own.

use kmod_core::prelude::*;

use crate::{Card, LINES_MAX, Sink, TEXT_MAX, Text, Windows, may_set_the_time};

/// Many lines: more than a page holds.
#[derive(Default)]
pub(super) struct Page;

#[handlers]
impl SysfsFile for Page {
    type Instance = Windows;

    fn show(&self, file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        let lines = file.instance().attr_u32.load(Ordering::Relaxed);
        for line in 0..lines.min(LINES_MAX) {
            writeln!(to, "line {line}")?;
        }
        Ok(())
    }
}

/// The same, of the misc device.
#[derive(Default)]
pub(super) struct NodePage;

#[handlers]
impl SysfsFile for NodePage {
    type Instance = Windows;

    fn show(&self, file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        let lines = file.instance().node_u32.load(Ordering::Relaxed);
        for line in 0..lines.min(LINES_MAX) {
            writeln!(to, "line {line}")?;
        }
        Ok(())
    }
}

#[handlers]
impl SysfsFile for Text {
    fn show(&self, _file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        to.write_str(str::from_utf8(&self.0.lock()).map_err(|_| EINVAL)?);
        Ok(())
    }

    fn store(&self, _file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
        let mut kept = KVec::new();
        kept.extend_from_slice(text.get(..TEXT_MAX).unwrap_or(text), GFP_KERNEL)?;
        *self.0.lock() = kept;
        Ok(())
    }
}

#[handlers]
impl SysfsFile for Sink {
    fn store(&self, file: &SysfsCall<'_, Self>, _text: &[u8]) -> Result {
        may_set_the_time(&file.caller())
    }
}

/// Cannot be read.
#[derive(Default)]
pub(super) struct Broken;

#[handlers]
impl SysfsFile for Broken {
    fn show(&self, _file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        to.write_str("this does not count");
        Err(EXDEV)
    }
}

/// There for the first device only.
#[derive(Default)]
pub(super) struct First;

#[handlers]
impl SysfsFile for First {
    type Instance = Card;

    fn is_visible(&self, file: &SysfsCall<'_, Self>) -> bool {
        file.instance().number.load(Ordering::Relaxed) == 0
    }

    fn show(&self, _file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        writeln!(to, "first")
    }
}

/// Has a name that the kernel's file has, if the module is told.
#[derive(Default)]
pub(super) struct Taken;

#[handlers]
impl SysfsFile for Taken {
    type Module = Windows;

    fn is_visible(&self, file: &SysfsCall<'_, Self>) -> bool {
        file.module().bool.load(Ordering::Relaxed)
    }

    fn show(&self, _file: &SysfsCall<'_, Self>, _to: &mut SysfsWriter<'_>) -> Result {
        Ok(())
    }
}

/// Is in a folder that has a name which the kernel's file has, if the module is told.
#[derive(Default)]
pub(super) struct TakenGroup;

#[handlers]
impl SysfsFile for TakenGroup {
    type Module = Windows;

    fn is_visible(&self, file: &SysfsCall<'_, Self>) -> bool {
        file.module().driver.load(Ordering::Relaxed) != 0
    }

    fn show(&self, _file: &SysfsCall<'_, Self>, _to: &mut SysfsWriter<'_>) -> Result {
        Ok(())
    }
}

/// Sleeps until its device goes.
#[derive(Default)]
pub(super) struct Sleeping;

#[handlers]
impl SysfsFile for Sleeping {
    type Module = Windows;
    type Instance = Card;

    fn show(&self, file: &SysfsCall<'_, Self>, _to: &mut SysfsWriter<'_>) -> Result {
        file.module().i64.fetch_add(1, Ordering::Relaxed);
        file.instance().undone.wait()
    }
}

/// Changes what can be polled.
#[derive(Default)]
pub(super) struct Raise;

#[handlers]
impl SysfsFile for Raise {
    type Instance = Windows;

    fn store(&self, file: &SysfsCall<'_, Self>, _text: &[u8]) -> Result {
        let windows = file.instance();
        for level in [
            &windows.level,
            &windows.node_level,
            &windows.high,
            &windows.node_high,
        ] {
            level.fetch_add(1, Ordering::Relaxed);
            level.notify();
        }
        Ok(())
    }
}
