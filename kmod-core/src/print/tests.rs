// SPDX-License-Identifier: GPL-2.0-only

extern crate std;

use core::fmt;
use std::string::String;
use std::{assert_eq, format};

use crate::error::code::*;
use crate::print::HasDevice;
use crate::{dev_info, dev_warn, pr_cont, pr_emerg, pr_err, pr_info};

/// The one message logged since the last call.
fn logged() -> String {
    let log = kmod_bindings::take_log();
    assert_eq!(log.len(), 1, "{log:?}");
    log.concat()
}

struct Shown;

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("own")
    }
}

#[test]
fn nothing() {
    pr_info!();
    assert_eq!(logged(), "<6>host: \n");
    pr_info!("");
    assert_eq!(logged(), "<6>host: \n");
}

#[test]
fn plain_text() {
    pr_emerg!("100% {{}}\n");
    assert_eq!(logged(), "<0>host: 100% {}\n");
    let word = concat!("a", "b");
    pr_err!("{word}");
    assert_eq!(logged(), "<3>host: ab\n");
    pr_err!(concat!("a", "{}"), 1);
    assert_eq!(logged(), "<3>host: a1\n");
}

#[test]
fn what_printk_shows() {
    let name = String::from("Ada");
    let byte = 200u8;
    pr_info!("{} {name} {byte:#x} {0} {n}", -5i8, n = u64::MAX);
    assert_eq!(logged(), "<6>host: -5 Ada 0xc8 -5 18446744073709551615\n");
    pr_info!("{:x} {:X} {:o} {}", -1i16, 0xabcu32, 8, true);
    assert_eq!(logged(), "<6>host: ffff ABC 10 true\n");
    pr_info!("{}: {}", "cannot start", EINVAL);
    assert_eq!(logged(), "<6>host: cannot start: -22\n");
}

#[test]
fn what_is_deferred_is_the_same_line() {
    pr_info!(deferred; "{} of {:#x}", 5, 16);
    assert_eq!(logged(), "<6>host: 5 of 0x10\n");
    pr_err!(deferred; "{:?}\n", Some(5));
    assert_eq!(logged(), "<3>host: Some(5)\n");
}

#[test]
fn printk_and_fmt_agree() {
    macro_rules! same {
        ($($format:literal, $value:expr;)*) => {$(
            pr_info!($format, $value);
            assert_eq!(logged(), format!(concat!("<6>host: ", $format, "\n"), $value));
        )*};
    }
    same! {
        "{}", i64::MIN;
        "{}", u64::MAX;
        "{:x}", i8::MIN;
        "{:#x}", 0;
        "{}", "";
        "{}", false;
        "{:?}", "quoted";
        "{:>5}|", 7;
        "{:08.3x?}", 7;
        "{}", 'é';
        "{}", 1u128;
    }
}

#[test]
fn addresses_are_hashed() {
    let pointer = core::ptr::without_provenance::<u8>(0x1234);
    let hashed = "(____ptrval____)";
    pr_info!("{pointer:p} {:?} {0}", 7);
    assert_eq!(logged(), format!("<6>host: {hashed} 7 7\n"));
    pr_info!("{:1$p} {0:p}", pointer, 18);
    pr_info!("{0:p} {0:?}", &&pointer);
    pr_info!(concat!("{:", "p} {}"), pointer, 1);
    pr_info!(concat!("{0:1$} {2:", "p}"), 1, 2, pointer);
    let log = kmod_bindings::take_log();
    assert_eq!(log[0], format!("<6>host: {hashed}   {hashed}\n"));
    assert!(
        log[1].starts_with(&format!("<6>host: {hashed} 0x")),
        "{log:?}"
    );
    assert_eq!(log[2], format!("<6>host: {hashed} 1\n"));
    assert_eq!(log[3], format!("<6>host:  1 {hashed}\n"));
}

#[test]
fn generic_code_shows_addresses() {
    fn show<T: fmt::Pointer>(value: T) {
        pr_info!("at {value:p}");
    }
    show(&1);
    assert_eq!(logged(), "<6>host: at (____ptrval____)\n");
}

#[test]
fn a_type_of_ones_own() {
    pr_info!("{} and {}", Shown, 1);
    assert_eq!(logged(), "<6>host: own and 1\n");
}

#[test]
fn generic_code_prints() {
    fn show<T: fmt::Display>(value: T) {
        pr_info!("it is {value}");
    }
    show(3);
    assert_eq!(logged(), "<6>host: it is 3\n");
}

#[test]
fn arguments_are_evaluated_once() {
    let mut calls = 0;
    let mut count = || {
        calls += 1;
        calls
    };
    pr_info!("{0} {0}", count());
    assert_eq!(logged(), "<6>host: 1 1\n");
}

#[test]
fn many_arguments() {
    pr_info!("{}{}{}{}{}{}{}{}", 1, 2, 3, 4, 5, 6, 7, "8");
    assert_eq!(logged(), "<6>host: 12345678\n");
    pr_info!("{}{}{}{}{}{}{}{}{}", 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assert_eq!(logged(), "<6>host: 123456789\n");
}

#[test]
fn long_text_is_cut() {
    let long = "x".repeat(5000);
    pr_info!("{long}");
    assert_eq!(logged().len(), "<6>host: \n".len() + 1024);
    pr_info!("{long:?}");
    assert_eq!(logged().len(), "<6>host: \n".len() + 1024);
}

#[test]
fn a_line_can_be_continued() {
    pr_info!(cont; "ports:");
    pr_cont!(cont; " {}", 1);
    pr_cont!(cont; " {:?}", 2);
    pr_cont!(" {}", 3);
    assert_eq!(
        kmod_bindings::take_log(),
        ["<6>host: ports:", "<c> 1", "<c> 2", "<c> 3\n"]
    );
}

#[test]
fn what_is_said_once_or_not_too_often() {
    for turn in 0..30 {
        pr_err!(once; "once {turn}");
        pr_info!(ratelimited; "limited {turn}");
    }
    let log = kmod_bindings::take_log();
    assert_eq!(log.len(), 11, "{log:?}");
    assert_eq!(log[0], "<3>host: once 0\n");
    assert_eq!(log[1], "<6>host: limited 0\n");
}

#[test]
fn bytes() {
    pr_info!(hex; "got: ", &[1, 2]);
    assert_eq!(logged(), "<6>got: 2 bytes\n");
}

#[test]
fn a_device_is_not_named_twice() {
    struct Device;
    // SAFETY: There is none.
    unsafe impl HasDevice for Device {
        fn device(&self) -> *const kmod_bindings::device {
            core::ptr::null()
        }
    }
    dev_info!(&Device, "bound {}", 1);
    assert_eq!(logged(), "<6>bound 1\n");
    dev_warn!(Device, once; "bound {:?}", 2);
    assert_eq!(logged(), "<4>bound 2\n");
}

#[test]
fn it_is_an_expression() {
    let log = |failed| {
        if failed {
            pr_info!("failed")
        }
    };
    log(true);
    assert_eq!(logged(), "<6>host: failed\n");
}
