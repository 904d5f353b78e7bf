// SPDX-License-Identifier: GPL-2.0-only

extern crate std;

use core::ffi::{c_char, c_int};
use std::ffi::CString;
use std::string::String;
use std::vec::Vec;

use super::*;
use crate::error::code::*;

impl KernelParam {
    /// What `insmod` and a write to sysfs do.
    fn set(&self, val: &str) -> c_int {
        let val = CString::new(val).unwrap();
        self.set_raw(val.as_ptr())
    }

    fn ops(&self) -> &kernel_param_ops {
        // SAFETY: `new` made the entry.
        unsafe { &*self.0.ops }
    }

    fn set_raw(&self, val: *const c_char) -> c_int {
        let ops = self.ops();
        // SAFETY: A C string, or NULL for a `bool`.
        unsafe { ops.set.unwrap()(val, &self.0) }
    }

    /// What a read from sysfs does.
    fn show(&self) -> String {
        let mut page = std::vec![0u8; 4096];
        let ops = self.ops();
        // SAFETY: A page.
        let length = unsafe { ops.get.unwrap()(page.as_mut_ptr().cast(), &self.0) };
        page.truncate(length.try_into().unwrap());
        String::from_utf8(page).unwrap()
    }
}

fn log() -> Vec<String> {
    kmod_bindings::take_log()
}

macro_rules! param {
    (@new $type:ty, $default:expr) => { Param::<$type>::new(c"p", $default) };
    (@new $type:ty, $default:expr, $min:expr, $max:expr) => {
        Param::<$type>::with_range(c"p", $default, $min, $max)
    };
    ($type:ty, $($value:expr),+) => {{
        static PARAM: Param<$type> = param!(@new $type, $($value),+);
        static ENTRY: KernelParam = KernelParam::new(c"p", &PARAM, 0o444);
        (&PARAM, &ENTRY)
    }};
}

#[test]
fn a_parameter_begins_with_its_default() {
    let (param, entry) = param!(u32, 7);
    assert_eq!(param.get(), 7);
    assert_eq!(entry.show(), "7\n");
    assert_eq!((entry.0.perm, entry.0.level), (0o444, -1));
}

macro_rules! every_value {
    ($($name:ident)*) => {$(
        #[test]
        fn $name() {
            let (param, entry) = param!($name, 0);
            for value in [$name::MIN, 0, 1, $name::MAX] {
                assert_eq!(entry.set(&std::format!("{value}")), 0);
                assert_eq!(param.get(), value);
                assert_eq!(entry.show(), std::format!("{value}\n"));
            }
            for value in [i128::from($name::MIN as i64) - 1, $name::MAX as i128 + 1] {
                let ret = entry.set(&std::format!("{value}"));
                let negative = value < 0 && $name::MIN == 0;
                let errno = if negative { EINVAL } else { ERANGE };
                assert_eq!(ret, errno.to_errno());
                let logged =
                    std::format!("<3>host: parameter `p`: `{value}` is not of type {}\n", stringify!($name));
                assert_eq!(log(), [logged]);
                assert_eq!(param.get(), $name::MAX);
            }
        }
    )*};
}

every_value! { i8 u8 i16 u16 i32 u32 i64 u64 isize usize }

#[test]
fn numbers_are_written_as_in_c() {
    let (param, entry) = param!(i32, 0);
    for (text, value) in [("0x1F", 31), ("017", 15), ("+3", 3), ("-4\n", -4)] {
        assert_eq!(entry.set(text), 0, "{text}");
        assert_eq!(param.get(), value, "{text}");
    }
    for text in ["", "x", "1 ", " 1", "1x", "0x", "--1", "1\n\n"] {
        assert_eq!(entry.set(text), EINVAL.to_errno(), "{text}");
    }
    assert_eq!(param.get(), -4);
    log();
}

#[test]
fn a_range_is_kept() {
    let (param, entry) = param!(i16, 5, -10, 10);
    for (text, ret) in [("-10", 0), ("10", 0), ("-11", -22), ("11", -22)] {
        assert_eq!(entry.set(text), ret, "{text}");
    }
    assert_eq!(param.get(), 10);
    assert_eq!(
        log(),
        [
            "<3>host: parameter `p`: -11 is outside -10..=10\n",
            "<3>host: parameter `p`: 11 is outside -10..=10\n",
        ]
    );
    let (param, entry) = param!(u64, u64::MAX, 1 << 63, u64::MAX);
    assert_eq!(entry.set("1"), EINVAL.to_errno());
    assert_eq!(entry.set("9223372036854775808"), 0);
    assert_eq!(param.get(), 1 << 63);
    log();
}

#[test]
fn a_flag_needs_no_value() {
    let (param, entry) = param!(bool, false);
    let ret = entry.set_raw(core::ptr::null());
    assert_eq!((ret, param.get()), (0, true));
    assert_eq!(entry.set("off"), 0);
    assert_eq!((param.get(), entry.show().as_str()), (false, "N\n"));
    assert_eq!(entry.set("maybe"), EINVAL.to_errno());
    assert_eq!(
        log(),
        ["<3>host: parameter `p`: `maybe` is not of type bool\n"]
    );
}

#[test]
fn text() {
    let (param, entry) = param!(&'static str, c"world");
    assert_eq!((param.get(), entry.show().as_str()), ("world", "world\n"));
    assert_eq!(entry.set("Zoë"), 0);
    assert_eq!(param.get(), "Zoë");
    let long = "x".repeat(1025);
    assert_eq!(entry.set(&long), ENOSPC.to_errno());
    assert_eq!(entry.set(&long[1..]), 0);
    assert_eq!(param.get().len(), 1024);
}

#[test]
fn text_of_bytes() {
    let (param, entry) = param!(&'static CStr, c"\xff");
    assert_eq!(param.get(), c"\xff");
    let bytes = CString::new([b'a', 0xfe]).unwrap();
    let ret = entry.set_raw(bytes.as_ptr());
    assert_eq!((ret, param.get()), (0, c"a\xfe"));
}

#[test]
fn a_str_must_be_utf8() {
    let (param, entry) = param!(&'static str, c"world");
    let bytes = CString::new([b'a', 0xfe]).unwrap();
    let ret = entry.set_raw(bytes.as_ptr());
    assert_eq!((ret, param.get()), (EINVAL.to_errno(), "world"));
    assert_eq!(log(), ["<3>host: parameter `p`: the text is not UTF-8\n"]);
}
