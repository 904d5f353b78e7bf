// SPDX-License-Identifier: GPL-2.0-only
//! A module that logs in every way. `twin/vm_printk_c.c` logs the same in C.
#![no_std]
#![forbid(unsafe_code)]

use core::fmt;

use kmod_core::prelude::*;

/// Logs in every way
#[kernel_module(
    name = "vm_printk",
    license = "GPL",
    params(
        /// A text of any length
        text: &str = "",
    ),
)]
struct Printk {
    /// Logs, in ways of which some are off.
    #[proc(path = "vm_printk", mode = 0o200)]
    again: Again,
    #[platform_driver(name = "vm_printk", devices = 1)]
    driver: Driver,
}

impl Printk {
    fn new() -> Self {
        Self {
            again: Again::default(),
            driver: Driver,
        }
    }
}

/// A type that only `core::fmt` can show.
struct Point(i32, i32);

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({}, {})", self.0, self.1)
    }
}

impl KernelModule for Printk {
    fn init(params: &PrintkParams) -> Result<Self> {
        let text = params.text();
        if !text.is_empty() {
            pr_info!("{text}");
            pr_info!("{text:>1}");
            // A line that is cut has no newline: readers see it when the next one comes.
            pr_info!("end");
            return Ok(Self::new());
        }
        pr_info!();
        pr_info!("one");
        pr_info!("100% %s {{}}");
        pr_info!("{} {} {}", -1, u64::MAX, 'c');
        pr_info!("{} {:x} {:#x} {:o}", i64::MIN, -1i16, 255u8, 8);
        pr_info!("{} {} {}", true, "text", c_str(c"C text"));
        pr_info!("{:?} {:>5} {}", "quoted", 7, Point(1, -2));
        pr_info!("failed with {}", ENOSPC);
        let pointer = core::ptr::without_provenance::<u8>(0xffff_8880_1234_5678);
        pr_info!("{pointer:p} {:p}", core::ptr::null::<u8>());
        pr_info!(concat!("at {:", "p}"), pointer.wrapping_add(4));
        pr_info!("two\n");
        pr_emerg!("level");
        pr_alert!("level");
        pr_crit!("level");
        pr_err!("level");
        pr_warn!("level {:?}", "by fmt");
        pr_notice!("level");
        pr_info!("level");
        pr_debug!("level");
        pr_info!(cont; "ports:");
        pr_cont!(cont; " {}", 1);
        pr_cont!(" {:?}", 2);
        Ok(Self::new())
    }
}

/// Writes to it log.
#[derive(Default)]
struct Again {
    evaluated: AtomicU32,
}

impl Again {
    /// What shows that an argument was evaluated.
    fn next(&self) -> u32 {
        self.evaluated.fetch_add(1, Ordering::Relaxed) + 1
    }

    fn debug(&self) {
        pr_debug!("first {}", self.next());
        pr_debug!("by fmt {:?}", "quoted");
        [1_u8]
            .iter()
            .for_each(|one| pr_debug!("in a closure {one}\n"));
        pr_debug!(hex; "dump: ", b"\x00kmod\xff");
    }

    fn seldom(&self) {
        for turn in 0..30 {
            pr_warn!(once; "once {turn}");
            pr_notice!(ratelimited; "limited {turn}");
        }
    }
}

#[handlers]
impl TextFile for Again {
    fn write(&self, _file: &TextCall<'_, Self>, from: &mut UserReader<'_>) -> Result {
        match from.parse()? {
            1_u32 => self.debug(),
            2 => self.seldom(),
            _ => pr_info!(hex; "dump: ", b"0123456789abcdef\x01\x02 100%"),
        }
        Ok(())
    }
}

#[derive(Default)]
struct Driver;

#[handlers]
impl PlatformDriver for Driver {
    type Device = Nothing;

    fn probe(&self, device: &PlatformDevice<'_, Self>) -> Result<Nothing> {
        dev_info!(device, "bound {}", 1);
        dev_warn!(device, "bound {:?}", 2);
        dev_err!(device, once; "bound once");
        dev_dbg!(device, "bound by {}", "debug");
        Ok(Nothing::default())
    }
}

#[device]
#[derive(Default)]
struct Nothing {}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::Point;

    #[test]
    fn a_unit_test_runs_in_the_vm() {
        assert!(std::env::var_os("KMOD_GUEST").is_some());
        assert_eq!(std::format!("{}", Point(1, -2)), "(1, -2)");
    }
}
