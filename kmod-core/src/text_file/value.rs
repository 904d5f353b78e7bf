// SPDX-License-Identifier: GPL-2.0-only
//! Values are files by themselves in `/proc` and debugfs.

use core::sync::atomic::{
    AtomicBool, AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicU8, AtomicU16,
    AtomicU32, AtomicU64, AtomicUsize,
};

use super::{TextCall, TextFile, TextHandlers};
use crate::alloc::{GFP_KERNEL, KVec};
use crate::error::Result;
use crate::params::ParamValue;
use crate::seq_file::SeqFile;
use crate::sysctl::SysctlString;
use crate::uaccess::UserReader;
use crate::value::{Line, PAGE, Setting, Value, each_value};

macro_rules! files {
    ($([$($of:tt)*] $type:ty,)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($of)*> TextFile for $type {
            type Module = ();
            type Instance = ();

            const HANDLERS: TextHandlers = TextHandlers {
                show: true,
                row: false,
                write: true,
                is_value: true,
            };

            fn show(&self, _file: &TextCall<'_, Self>, to: &mut SeqFile<'_>) -> Result {
                Value::show(self, to)?;
                to.add("\n");
                Ok(())
            }

            fn write(&self, _file: &TextCall<'_, Self>, from: &mut UserReader<'_>) -> Result {
                self.take(from)
            }
        }
    )*};
}

each_value!(files);

impl Line for SeqFile<'_> {
    fn add(&mut self, text: &str) {
        self.write(text.as_bytes());
    }

    /// As of `debugfs_create_bool()`.
    fn switch(&mut self, on: bool) {
        self.add(if on { "Y" } else { "N" });
    }

    fn with_room(&mut self, f: impl FnOnce(&mut [u8]) -> Result<usize>) -> Result {
        let mut room = KVec::from_elem(0, PAGE, GFP_KERNEL)?;
        let written = f(&mut room)?;
        self.write(room.get(..written).unwrap_or(&room));
        Ok(())
    }
}
