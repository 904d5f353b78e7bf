// SPDX-License-Identifier: GPL-2.0-only
//! `bool` and the integers: the kernel works on a variable of the call's own, and what it makes of
//! that is stored.

use core::convert::Infallible;
use core::ffi::{c_int, c_long, c_uint, c_ulong};
use core::sync::atomic::{
    AtomicBool, AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicU8, AtomicU16,
    AtomicU32, AtomicU64, AtomicUsize, Ordering,
};

use super::call::Number;
use super::{Call, SysctlCell};
use crate::error::Result;

/// Shows `old`, or gives what is written; `None` when that changes nothing.
fn exchange<N: Number>(call: &mut Call<'_>, old: N, (min, max): (N, N)) -> Result<Option<N>> {
    let mut value = old;
    N::handle(&mut value, call, min, max)?;
    Ok((value != old).then_some(value))
}

impl SysctlCell for AtomicBool {
    type Value = Infallible;

    fn handle(&self, call: &mut Call<'_>, _: Option<(Infallible, Infallible)>) -> Result {
        let old = c_int::from(self.load(Ordering::Relaxed));
        if let Some(new) = exchange(call, old, (c_int::MIN, c_int::MAX))? {
            self.store(new != 0, Ordering::Relaxed);
        }
        Ok(())
    }
}

macro_rules! integers {
    ($($atomic:ident: $type:ident as $number:ty,)*) => {$(
        impl SysctlCell for $atomic {
            type Value = $type;

            fn handle(&self, call: &mut Call<'_>, range: Option<($type, $type)>) -> Result {
                let (min, max) = range.unwrap_or(($type::MIN, $type::MAX));
                let old = self.load(Ordering::Relaxed) as $number;
                if let Some(new) = exchange(call, old, (min as $number, max as $number))? {
                    // The range is within the type.
                    self.store(new as $type, Ordering::Relaxed);
                }
                Ok(())
            }
        }
    )*};
}

integers! {
    AtomicI8: i8 as c_int,
    AtomicI16: i16 as c_int,
    AtomicI32: i32 as c_int,
    AtomicI64: i64 as c_long,
    AtomicIsize: isize as c_long,
    AtomicU8: u8 as c_uint,
    AtomicU16: u16 as c_uint,
    AtomicU32: u32 as c_uint,
    AtomicU64: u64 as c_ulong,
    AtomicUsize: usize as c_ulong,
}

const _: () = assert!(
    size_of::<c_long>() == size_of::<u64>(),
    "a 64-bit sysctl is a C `long`: only 64-bit kernels are supported"
);
