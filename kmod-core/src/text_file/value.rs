// SPDX-License-Identifier: GPL-2.0-only
//! Values that are files by themselves: one number, or one bool.

use core::sync::atomic::{
    AtomicBool, AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicU8, AtomicU16,
    AtomicU32, AtomicU64, AtomicUsize, Ordering,
};

use super::{TextCall, TextFile, TextHandlers};
use crate::error::Result;
use crate::seq_file::SeqFile;
use crate::uaccess::UserReader;

macro_rules! atomics {
    ($($type:ty: $shown:expr,)*) => {$(
        #[diagnostic::do_not_recommend]
        impl TextFile for $type {
            type Module = ();
            type Instance = ();

            const HANDLERS: TextHandlers = TextHandlers {
                show: true,
                row: false,
                write: true,
                is_value: true,
            };

            fn show(&self, _file: &TextCall<'_, Self>, to: &mut SeqFile<'_>) -> Result {
                writeln!(to, "{}", $shown(self.load(Ordering::Relaxed)))
            }

            fn write(&self, _file: &TextCall<'_, Self>, from: &mut UserReader<'_>) -> Result {
                self.store(from.parse()?, Ordering::Relaxed);
                Ok(())
            }
        }
    )*};
}

atomics! {
    AtomicBool: |on| if on { 'Y' } else { 'N' },
    AtomicI8: |n| n,
    AtomicI16: |n| n,
    AtomicI32: |n| n,
    AtomicI64: |n| n,
    AtomicIsize: |n| n,
    AtomicU8: |n| n,
    AtomicU16: |n| n,
    AtomicU32: |n| n,
    AtomicU64: |n| n,
    AtomicUsize: |n| n,
}
