// SPDX-License-Identifier: GPL-2.0-only
//! Values are files by themselves in sysfs.

use core::sync::atomic::{
    AtomicBool, AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicU8, AtomicU16,
    AtomicU32, AtomicU64, AtomicUsize,
};

use super::{SysfsCall, SysfsFile, SysfsHandlers, SysfsWriter};
use crate::error::Result;
use crate::params::ParamValue;
use crate::str::Terminated;
use crate::sysctl::SysctlString;
use crate::value::{Line, Setting, Value, each_value};

macro_rules! files {
    ($([$($of:tt)*] $type:ty,)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($of)*> SysfsFile for $type {
            type Module = ();
            type Instance = ();

            const HANDLERS: SysfsHandlers = SysfsHandlers {
                is_visible: false,
                show: true,
                store: true,
                is_value: true,
            };

            fn show(&self, _file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
                Value::show(self, to)?;
                to.add("\n");
                Ok(())
            }

            fn store_text(&self, _file: &SysfsCall<'_, Self>, text: Terminated<'_>) -> Result {
                Value::store(self, text)
            }
        }
    )*};
}

each_value!(files);

impl Line for SysfsWriter<'_> {
    fn add(&mut self, text: &str) {
        self.write_str(text);
    }

    fn switch(&mut self, on: bool) {
        self.add(if on { "1" } else { "0" });
    }

    fn with_room(&mut self, f: impl FnOnce(&mut [u8]) -> Result<usize>) -> Result {
        self.written += f(self.page.get_mut(self.written..).unwrap_or_default())?;
        Ok(())
    }
}
