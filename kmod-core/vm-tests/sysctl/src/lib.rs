// SPDX-License-Identifier: GPL-2.0-only
//! A sysctl of every type, and of some ranges. `twin/vm_sysctl_c.c` has the same ones in C.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// Sysctls of every type
#[kernel_module(
    name = "vm_sysctl",
    license = "GPL",
    description = "Sysctls for the tests"
)]
#[derive(Default)]
struct Sysctls {
    #[sysctl(path = "vm_sysctl/bool")]
    a_bool: AtomicBool,
    #[sysctl(path = "vm_sysctl/i8")]
    an_i8: AtomicI8,
    #[sysctl(path = "vm_sysctl/i16")]
    an_i16: AtomicI16,
    #[sysctl(path = "vm_sysctl/i32")]
    an_i32: AtomicI32,
    #[sysctl(path = "vm_sysctl/i64")]
    an_i64: AtomicI64,
    #[sysctl(path = "vm_sysctl/isize")]
    an_isize: AtomicIsize,
    #[sysctl(path = "vm_sysctl/u8")]
    a_u8: AtomicU8,
    #[sysctl(path = "vm_sysctl/u16")]
    a_u16: AtomicU16,
    #[sysctl(path = "vm_sysctl/u32")]
    a_u32: AtomicU32,
    #[sysctl(path = "vm_sysctl/u64")]
    a_u64: AtomicU64,
    #[sysctl(path = "vm_sysctl/usize")]
    a_usize: AtomicUsize,
    #[sysctl(path = "vm_sysctl/i32_range", range = -5..=100)]
    ranged_i32: AtomicI32,
    #[sysctl(path = "vm_sysctl/u32_range", range = 1..=100)]
    ranged_u32: AtomicU32,
    #[sysctl(path = "vm_sysctl/u64_range", range = 1..=100)]
    ranged_u64: AtomicU64,
    #[sysctl(path = "vm_sysctl/i64_range", range = -5..=100)]
    ranged_i64: AtomicI64,
    #[sysctl(path = "vm_sysctl/text")]
    text: Text,
    #[sysctl(path = "vm_sysctl/read_only", mode = 0o444)]
    read_only: AtomicI32,
    #[sysctl(path = "vm_sysctl/write_only", mode = 0o200)]
    write_only: AtomicI32,
    #[sysctl(path = "vm_sysctl/private", mode = 0o600)]
    private: AtomicI32,
    #[sysctl(path = "vm_sysctl/deep/er/number")]
    deep: AtomicI32,
    #[sysctl(path = "vm_sysctl/lines")]
    lines: Lines,
    #[sysctl(path = "vm_sysctl/source", mode = 0o666)]
    source: Source,
}

type Text = SysctlString<16>;

impl Drop for Sysctls {
    fn drop(&mut self) {
        let number = self.an_i32.load(Ordering::Relaxed);
        self.text
            .with(|text| pr_info!("i32 is {}, text is {}", number, text));
    }
}

/// As many lines as were asked for.
#[derive(Default)]
struct Lines(AtomicU32);

impl Sysctl for Lines {
    fn read(&self, to: &mut SysctlWriter<'_>) -> Result {
        for line in 1..=self.0.load(Ordering::Relaxed) {
            writeln!(to, "line {line}")?;
        }
        Ok(())
    }

    fn write(&self, data: &[u8]) -> Result {
        let lines: u32 = core::str::from_utf8(data)?.trim().parse()?;
        if lines > 100 {
            return Err(ERANGE);
        }
        self.0.store(lines, Ordering::Relaxed);
        Ok(())
    }
}

/// Bytes without an end; takes nothing.
#[derive(Default)]
struct Source;

impl Sysctl for Source {
    fn read(&self, to: &mut SysctlWriter<'_>) -> Result {
        to.bytes(b"new ");
        to.fill(|room| {
            room.fill(b'x');
            Ok(())
        })
    }
}
