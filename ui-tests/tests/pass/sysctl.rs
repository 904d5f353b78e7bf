// SPDX-License-Identifier: GPL-2.0-only
//! Every kind of sysctl.
#![forbid(unsafe_code)]
#![deny(warnings)]

use kmod_core::prelude::*;
use kmod_core::time::HZ;

#[kernel_module(name = "kinds", license = "GPL")]
#[derive(Default)]
struct Kinds {
    #[sysctl(path = "kinds/row", range = -1..=1, on_change = Kinds::changed)]
    row: [AtomicI16; 3],
    #[sysctl(path = "kinds/boxed")]
    boxed: Boxed,
    #[sysctl(path = "kinds/mask", format = hex, range = 0..=0xff)]
    mask: AtomicU8,
    #[sysctl(path = "kinds/modes", format = octal)]
    modes: [AtomicUsize; 2],
    #[sysctl(path = "kinds/seconds", jiffies = seconds)]
    seconds: AtomicI32,
    #[sysctl(path = "kinds/user_hz", jiffies = user_hz)]
    user_hz: [AtomicI32; 2],
    #[sysctl(path = "kinds/ms", jiffies = ms, range = HZ / 10..=10 * HZ)]
    ms: AtomicU64,
    #[cfg(target_pointer_width = "64")]
    #[sysctl(path = "kinds/text", mode = 0o200, on_change = kinds::changed)]
    text: SysctlString<16>,
    #[cfg(any())]
    #[sysctl(path = "kinds/absent", format = hex, on_change = absent)]
    absent: AtomicU8,
    #[sysctl(path = "kinds/own", on_change = kinds::changed)]
    own: Own,
    changes: AtomicU32,
}

impl Kinds {
    fn changed(&self) {
        self.changes.fetch_add(1, Ordering::Relaxed);
    }
}

mod kinds {
    pub fn changed(kinds: &super::Kinds) {
        kinds.changed();
    }
}

struct Boxed(Option<KBox<[AtomicU64; 100]>>);

impl Default for Boxed {
    fn default() -> Self {
        Self(KBox::new([const { AtomicU64::new(0) }; 100], GFP_KERNEL).ok())
    }
}

impl Sysctl for Boxed {
    type Module = ();

    fn read(&self, (): &(), to: &mut SysctlWriter<'_>) -> Result {
        let row = self.0.as_ref().ok_or(ENOMEM)?;
        writeln!(to, "{}", row[0].load(Ordering::Relaxed))
    }
}

#[derive(Default)]
struct Own;

impl Sysctl for Own {
    type Module = Kinds;

    fn write(&self, kinds: &Kinds, data: &SysctlReader<'_>) -> Result {
        let size = data.len().try_into().unwrap_or(u8::MAX);
        kinds.mask.store(size, Ordering::Relaxed);
        Ok(())
    }
}

fn main() {}
