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
struct Printk;

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
            return Ok(Printk);
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
        Ok(Printk)
    }
}

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
