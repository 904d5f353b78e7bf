// SPDX-License-Identifier: GPL-2.0-only
//! Types of fields that need care where they are repeated.
#![forbid(unsafe_code)]
#![deny(warnings)]

use kmod_core::prelude::*;

trait Watch: Send + Sync {
    fn watch(&self) {}
}

impl Watch for () {}

macro_rules! module {
    ($ty:ty) => {
        #[kernel_module(name = "types", license = "GPL")]
        struct Types {
            by_macro: $ty,
            grouped: &'static (dyn Watch + Sync),
            boxed: Option<KBox<Self>>,
            next: [Option<&'static Self>; Self::NEXT],
            function: fn(&Self) -> Option<&'static str>,
            #[sysctl(path = "types/numbers")]
            numbers: [AtomicU32; Self::NEXT],
            tuple: (u32, (u8,)),
        }
    };
}

module!(&'static (dyn Watch + Send));

impl Types {
    const NEXT: usize = 2;

    fn name(&self) -> Option<&'static str> {
        self.grouped.watch();
        self.by_macro.watch();
        (self.boxed.is_none() && self.next[0].is_none() && self.tuple.1.0 == 1).then_some("types")
    }
}

impl KernelModule for Types {
    fn init(_params: &TypesParams) -> Result<Self> {
        let new = Self {
            by_macro: &(),
            grouped: &(),
            boxed: None,
            next: [None; Self::NEXT],
            function: Self::name,
            numbers: [const { AtomicU32::new(1) }; Self::NEXT],
            tuple: (1, (1,)),
        };
        pr_info!("{}", (new.function)(&new).unwrap_or("none"));
        Ok(new)
    }
}

fn main() {}
