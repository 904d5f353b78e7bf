// SPDX-License-Identifier: GPL-2.0-only
//! Clocks and delays; numbers from text.

use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

use kmod_test::{errno, load, set_sysctl, sysctl};

#[test]
fn clocks_are_those_of_user_space() {
    let _module = load(&[]).unwrap();
    let seconds = || {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        now.as_secs()
    };
    let uptime = || {
        let text = fs::read_to_string("/proc/uptime").unwrap();
        let seconds: f64 = text.split(' ').next().unwrap().parse().unwrap();
        seconds * 1000.0
    };
    let (date, up) = (seconds(), uptime());
    let mut text = [0; 100];
    let n = std::io::Read::read(&mut fs::File::open("/dev/vm_clocks").unwrap(), &mut text).unwrap();
    let text = std::str::from_utf8(&text[..n]).unwrap();
    let mut lines = text.lines();
    let real: u64 = lines.next().unwrap().parse().unwrap();
    assert!((date..=seconds()).contains(&real), "{date} {real}");
    let boot: f64 = lines.next().unwrap().parse().unwrap();
    // It is shown in hundredths of a second.
    assert!((up - 10.0..=uptime() + 10.0).contains(&boot), "{up} {boot}");
    assert_eq!(lines.next().unwrap(), "true");
}

#[test]
fn delays_last_as_long_as_they_are_to() {
    let _module = load(&[]).unwrap();
    for delay in [
        "udelay 0",
        "udelay 1",
        "udelay 20000",
        "udelay 65535",
        "ndelay 3000",
        "usleep 1",
        "usleep 30000",
        "fsleep 5",
        "fsleep 15000",
        "fsleep 60000",
        "msleep 40000",
    ] {
        fs::write("/dev/vm_clocks", delay).unwrap_or_else(|error| panic!("{delay}: {error}"));
    }
}

#[test]
fn numbers_are_read_as_the_kernel_reads_them() {
    const EINVAL: i32 = 22;
    const ERANGE: i32 = 34;
    let _module = load(&[]).unwrap();
    for (text, value) in [
        ("u8 255\n", "255"),
        ("u8 0xff", "255"),
        ("u8 0377", "255"),
        ("u8 +7", "7"),
        ("i8 -128", "-128"),
        ("u64 18446744073709551615", "18446744073709551615"),
        ("u64 01777777777777777777777", "18446744073709551615"),
        ("i64 -0x8000000000000000", "-9223372036854775808"),
        ("bool yes, indeed", "true"),
        ("bool off", "false"),
    ] {
        set_sysctl("vm_wrappers/number", text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        assert_eq!(sysctl("vm_wrappers/number").unwrap(), value, "{text:?}");
    }
    let long = |digit: &str| format!("u64 {}", digit.repeat(200));
    for (text, error) in [
        ("u8 256", ERANGE),
        ("u8 -1", EINVAL),
        ("i8 128", ERANGE),
        ("u8 ", EINVAL),
        ("u8 1 ", EINVAL),
        ("u8 \n", EINVAL),
        ("u8 1\n\n", EINVAL),
        ("u8 1\u{0}2", EINVAL),
        ("u64 0x", EINVAL),
        ("u64 09", EINVAL),
        ("bool maybe", EINVAL),
        (&long("9"), ERANGE),
        (&long("0"), EINVAL),
    ] {
        let result = fs::write("/proc/sys/vm_wrappers/number", text);
        assert_eq!(errno(result), Err(error), "{text:?}");
    }
}
