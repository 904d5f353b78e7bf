// SPDX-License-Identifier: GPL-2.0-only
//! A sysctl of every type, and of some ranges. `twin/vm_sysctl_c.c` has the same ones in C.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;
use kmod_core::time::{HZ, msleep};

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
    #[sysctl(path = "vm_sysctl/i32_row")]
    i32_row: [AtomicI32; 3],
    #[sysctl(path = "vm_sysctl/i32_range_row", range = -5..=100)]
    ranged_row: [AtomicI32; 3],
    #[sysctl(path = "vm_sysctl/i16_row")]
    i16_row: [AtomicI16; 3],
    #[sysctl(path = "vm_sysctl/u64_row")]
    u64_row: [AtomicU64; 3],
    #[sysctl(path = "vm_sysctl/u8_row")]
    u8_row: [AtomicU8; 3],
    #[sysctl(path = "vm_sysctl/u32_row")]
    u32_row: [AtomicU32; 3],
    #[sysctl(path = "vm_sysctl/i64_row", range = INT_MIN..=INT_MAX)]
    i64_row: [AtomicI64; 3],
    #[sysctl(path = "vm_sysctl/hex", format = hex)]
    hex: AtomicU32,
    #[sysctl(path = "vm_sysctl/octal", format = octal)]
    octal: AtomicU16,
    #[sysctl(path = "vm_sysctl/hex_u64", format = hex)]
    hex_u64: AtomicU64,
    #[sysctl(path = "vm_sysctl/hex_row", format = hex)]
    hex_row: [AtomicU8; 3],
    #[sysctl(path = "vm_sysctl/seconds", jiffies = seconds)]
    seconds: AtomicI32,
    #[sysctl(path = "vm_sysctl/user_hz", jiffies = user_hz)]
    user_hz: AtomicI32,
    #[sysctl(path = "vm_sysctl/ms", jiffies = ms)]
    ms: AtomicI32,
    #[sysctl(path = "vm_sysctl/ms_row", jiffies = ms)]
    ms_row: [AtomicI32; 2],
    #[sysctl(path = "vm_sysctl/ms_u64", jiffies = ms, range = HZ / 10..=10 * HZ)]
    ms_u64: AtomicU64,
    #[sysctl(path = "vm_sysctl/watched", on_change = Sysctls::changed)]
    watched: AtomicI32,
    /// How often `watched` was written.
    #[sysctl(path = "vm_sysctl/changes", mode = 0o444)]
    changes: AtomicI32,
    #[sysctl(path = "vm_sysctl/slow", on_change = Sysctls::changed)]
    slow: Slow,
    #[sysctl(path = "vm_sysctl/text")]
    text: Text,
    #[sysctl(path = "vm_sysctl/bass", on_change = Sysctls::changed)]
    bass: Setting<Bass>,
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
    #[sysctl(path = "vm_sysctl/source", mode = 0o664)]
    source: Source,
    /// What follows in the same folder has a table of its own.
    #[misc]
    vm_sysctl: Device,
    #[sysctl(path = "vm_sysctl/behind")]
    behind: AtomicI32,
    #[sysctl(path = "vm_sysctl/taken/i32")]
    taken: AtomicI32,
    #[sysctl(path = "vm_sysctl/behind_too", range = 1..=100)]
    behind_too: AtomicI32,
    /// No file: nothing has such a feature.
    #[cfg(any())]
    #[sysctl(path = "vm_sysctl/absent/i32")]
    absent: AtomicI32,
}

#[derive(Default)]
struct Device;

#[file_operations]
impl FileOperations for Device {}

type Text = SysctlString<16>;

#[derive(Clone, Copy, Default, ParamEnum)]
enum Bass {
    #[default]
    Flat,
    Boost,
    #[param(name = "cut")]
    CutOff,
}

const INT_MIN: i64 = i32::MIN as i64;
const INT_MAX: i64 = i32::MAX as i64;

impl Sysctls {
    fn changed(&self) {
        self.changes.fetch_add(1, Ordering::Relaxed);
    }
}

/// Takes as many milliseconds as are written to it.
#[derive(Default)]
struct Slow;

impl Sysctl for Slow {
    type Module = Sysctls;

    fn write(&self, module: &Sysctls, data: &SysctlReader<'_>) -> Result {
        msleep(core::str::from_utf8(data)?.trim().parse()?);
        module.an_i32.store(-1, Ordering::Relaxed);
        Ok(())
    }

    fn read(&self, module: &Sysctls, to: &mut SysctlWriter<'_>) -> Result {
        writeln!(to, "{}", module.an_i32.load(Ordering::Relaxed))
    }
}

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
    type Module = ();

    fn read(&self, _module: &(), to: &mut SysctlWriter<'_>) -> Result {
        for line in 1..=self.0.load(Ordering::Relaxed) {
            writeln!(to, "line {line}")?;
        }
        Ok(())
    }

    fn write(&self, _module: &(), data: &SysctlReader<'_>) -> Result {
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
    type Module = ();

    fn read(&self, _module: &(), to: &mut SysctlWriter<'_>) -> Result {
        to.bytes(b"new ");
        to.fill(|room| {
            room.fill(b'x');
            Ok(())
        })
    }
}
