// SPDX-License-Identifier: GPL-2.0-only

extern crate std;

use core::ffi::{c_char, c_int};
use std::ffi::CString;
use std::string::String;
use std::vec::Vec;

use super::*;
use crate::error::Result;
use crate::error::code::*;

impl KernelParam {
    /// What a list gets: the kernel's functions write to it.
    fn set_list(&self, val: &str) -> c_int {
        let mut val = CString::new(val).unwrap().into_bytes_with_nul();
        self.set_raw(val.as_mut_ptr().cast())
    }

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

/// A number that takes every value of its type.
macro_rules! plain {
    ($type:ty, $default:expr) => {{
        static PARAM: Plain<$type> = Plain::<$type>::new(c"p", $default);
        static ENTRY: KernelParam = KernelParam::new(c"p", &PARAM, 0o444);
        (&PARAM, &ENTRY)
    }};
}

#[test]
fn a_parameter_begins_with_its_default() {
    let (param, entry) = plain!(u32, 7);
    assert_eq!(param.get(), 7);
    assert_eq!(entry.show(), "7\n");
    assert_eq!((entry.0.perm, entry.0.level), (0o444, -1));
}

macro_rules! every_value {
    ($($name:ident)*) => {$(
        #[test]
        fn $name() {
            every_value!(@with $name, plain!($name, 0));
            every_value!(@with $name, param!($name, 0));
        }
    )*};
    (@with $name:ident, $param:expr) => {{
            let (param, entry) = $param;
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
    }};
}

every_value! { i8 u8 i16 u16 i32 u32 i64 u64 isize usize }

#[test]
fn numbers_are_written_as_in_c() {
    let (param, entry) = plain!(i32, 0);
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
    let (param, entry) = plain!(bool, false);
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

macro_rules! cell {
    ($holder:ident, $type:ty, $cell:expr $(, $with:ident($function:expr))*) => {{
        static PARAM: $holder<$type> = $holder::new($cell)$(.$with($function))*;
        static ENTRY: KernelParam = KernelParam::new(
            c"p",
            &PARAM,
            if <$holder<$type>>::WRITABLE { 0o644 } else { 0o444 },
        );
        (&PARAM, &ENTRY)
    }};
}

#[test]
fn kinds_are_written_as_the_kernel_writes_them() {
    static HEX: Plain<HexInt> = Plain::new(c"p", 0xff);
    static INVERSE: Plain<InvBool> = Plain::new(c"p", false);
    static BINT: Plain<Bint> = Plain::new(c"p", -1);
    let hex = KernelParam::new(c"p", &HEX, 0o644);
    let inverse = KernelParam::new(c"p", &INVERSE, 0o644);
    let bint = KernelParam::new(c"p", &BINT, 0o644);
    assert_eq!(hex.set("0x1234567"), 0);
    assert_eq!(
        (HEX.get(), hex.show().as_str()),
        (0x123_4567, "0x1234567\n")
    );
    assert_eq!(inverse.set("n"), 0);
    assert_eq!((INVERSE.get(), inverse.show().as_str()), (true, "N\n"));
    assert_eq!(bint.show(), "-1\n");
    assert_eq!(bint.set_raw(core::ptr::null()), 0);
    assert_eq!((BINT.get(), bint.show().as_str()), (1, "1\n"));
    let noarg = |entry: &KernelParam| entry.ops().flags;
    assert_eq!([&hex, &inverse, &bint].map(noarg), [0, 0, 1]);
}

#[test]
fn flags_of_an_entry() {
    static PARAM: Plain<u8> = Plain::new(c"p", 0);
    let entry = || KernelParam::new(c"p", &PARAM, 0o444);
    assert_eq!(entry().0.flags, 0);
    assert_eq!(entry().taints().0.flags, 1);
    assert_eq!(entry().hw().0.flags, 2);
}

#[test]
fn an_array_has_as_many_elements_as_were_given() {
    let (param, entry) = cell!(Live, Array<i16, 3>, Array::with_range(&[1, 2], -5, 5));
    assert_eq!(
        (&*param.get(), entry.show().as_str()),
        (&[1, 2][..], "1,2\n")
    );
    assert_eq!(entry.set_list("3"), 0);
    assert_eq!((&*param.get(), entry.show().as_str()), (&[3][..], "3\n"));
    assert_eq!(entry.set_list("1,-5,5"), 0);
    assert_eq!(log(), [""; 0]);
    for (list, errno) in [
        ("1,2,3,4", 22),
        ("1,x", 22),
        ("1,6", 22),
        ("40000", 34),
        ("", 22),
    ] {
        assert_eq!(entry.set_list(list), -errno, "{list}");
        assert_eq!(&*param.get(), [1, -5, 5], "{list}");
    }
    assert_eq!(
        log(),
        [
            "<3>host: parameter `p`: `x` is not of type i16\n",
            "<3>host: parameter `p`: 6 is outside -5..=5\n",
            "<3>host: parameter `p`: `40000` is not of type i16\n",
            "<3>host: parameter `p`: `` is not of type i16\n",
        ]
    );
}

#[test]
fn an_array_that_stays_is_a_slice() {
    let (param, entry) = cell!(Fixed, Array<bool, 3>, Array::new(&[true]));
    assert_eq!(param.get(), [true]);
    assert_eq!(entry.set_list("n,y,n"), 0);
    assert_eq!(param.get(), [false, true, false]);
}

#[test]
fn what_was_read_stays_when_insmod_names_a_parameter_again() {
    let (array, entry) = cell!(Fixed, Array<u8, 3>, Array::new(&[1]));
    let default = array.get();
    assert_eq!(entry.set_list("2,3"), 0);
    let first = array.get();
    assert_eq!(entry.set_list("4"), 0);
    assert_eq!(entry.set_list("x"), EINVAL.to_errno());
    assert_eq!(
        (default, first, array.get()),
        (&[1][..], &[2, 3][..], &[4][..])
    );
    assert_eq!(entry.show(), "4\n");
    let (text, entry) = cell!(Fixed, Text<str>, Text::with_room(c"abc", 5));
    let default = text.get();
    assert_eq!(entry.set("d"), 0);
    let first = text.get();
    assert_eq!(entry.set("ef"), 0);
    assert_eq!((default, first, text.get()), ("abc", "d", "ef"));
    assert_eq!(entry.show(), "ef\n");
    log();
}

#[test]
fn text_that_changes_stays_with_whoever_has_it() {
    let (param, entry) = cell!(Live, Text<str>, Text::new(c"world"));
    let first = param.get();
    assert_eq!(entry.set("Ada"), 0);
    let second = param.get();
    assert_eq!(entry.set("Zoë"), 0);
    assert_eq!((&*first, &*second, &*param.get()), ("world", "Ada", "Zoë"));
    assert_eq!(entry.show(), "Zoë\n");
    assert_eq!(entry.set(&"x".repeat(1025)), ENOSPC.to_errno());
    let bytes = CString::new([b'a', 0xfe]).unwrap();
    assert_eq!(entry.set_raw(bytes.as_ptr()), EINVAL.to_errno());
    assert_eq!(&*param.get(), "Zoë");
    log();
    // SAFETY: `new` sets `arg`.
    let arg = unsafe { entry.0.__bindgen_anon_1.arg };
    // SAFETY: What the kernel passes; nothing reads the parameter afterwards.
    unsafe { entry.ops().free.unwrap()(arg) };
    assert_eq!(&*second, "Ada");
}

#[test]
fn text_has_its_room() {
    let (param, entry) = cell!(Fixed, Text<CStr>, Text::with_room(c"abc", 5));
    assert_eq!(entry.set("abcd"), 0);
    assert_eq!(entry.set("abcde"), ENOSPC.to_errno());
    assert_eq!(param.get(), c"abcd");
}

#[test]
fn want_of_memory_changes_nothing() {
    let (param, entry) = cell!(Live, Text<str>, Text::new(c"world"));
    let (words, list) = cell!(Live, Texts<str, 2>, Texts::new(&["a"]));
    for allocations in 0..2 {
        kmod_bindings::limit_allocations(allocations);
        assert_eq!(entry.set("Ada"), ENOMEM.to_errno());
        kmod_bindings::limit_allocations(allocations);
        assert_eq!(list.set_list("b,c"), ENOMEM.to_errno());
    }
    kmod_bindings::limit_allocations(usize::MAX);
    assert_eq!(
        (&*param.get(), words.get().as_slice()),
        ("world", &["a"][..])
    );
}

#[test]
fn texts() {
    let (param, entry) = cell!(Live, Texts<str, 3>, Texts::new(&["a", "b"]));
    let first = param.get();
    assert_eq!(
        (first.as_slice(), entry.show().as_str()),
        (&["a", "b"][..], "a,b\n")
    );
    assert_eq!(entry.set_list("x,,Zoë"), 0);
    let second = param.get();
    assert_eq!(entry.set_list("y"), 0);
    assert_eq!(second.as_slice(), ["x", "", "Zoë"]);
    assert_eq!((param.get().len(), entry.show().as_str()), (1, "y\n"));
    assert_eq!(entry.set_list("1,2,3,4"), EINVAL.to_errno());
    assert_eq!(param.get().as_slice(), ["y"]);
}

#[test]
fn texts_that_are_longer_than_a_page_are_cut() {
    let (_, entry) = cell!(Live, Texts<str, 8>, Texts::new(&[]));
    assert_eq!(entry.show(), "");
    let list = ["x".repeat(1024), "y".repeat(1024)].join(",");
    assert_eq!(entry.set_list(&[&*list, &*list, &*list].join(",")), 0);
    let shown = entry.show();
    assert_eq!((shown.len(), &shown[4090..]), (4095, "yyyy\n"));
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Size(u32);

impl ParamValue for Size {
    fn parse(text: &str) -> Result<Self> {
        let number = text.strip_suffix('K').ok_or(EINVAL)?;
        number.parse().map(Size).map_err(|_| EDOM)
    }

    fn show(&self, to: &mut ParamWriter<'_>) -> Result {
        match self.0 {
            0 => Err(ENODATA),
            1 => {
                to.write_str(&"1".repeat(5000));
                Ok(())
            }
            size => write!(to, "{size}K"),
        }
    }
}

#[test]
fn types_of_the_modules_own() {
    let (param, entry) = cell!(Live, Custom<Size>, Custom::new(Size(4)));
    assert_eq!((param.get(), entry.show().as_str()), (Size(4), "4K\n"));
    assert_eq!((entry.set("8K\n"), param.get()), (0, Size(8)));
    assert_eq!((entry.set("8"), entry.set("xK")), (-22, -33));
    assert_eq!(param.get(), Size(8));
    assert_eq!(
        log(),
        [
            "<3>host: parameter `p`: `8` is refused (-22)\n",
            "<3>host: parameter `p`: `xK` is refused (-33)\n",
        ]
    );
    entry.set("1K");
    assert_eq!(entry.show().len(), 4095);
    entry.set("0K");
    let mut page = [0; 4096];
    // SAFETY: A page.
    let ret = unsafe { entry.ops().get.unwrap()(page.as_mut_ptr(), &entry.0) };
    assert_eq!(ret, ENODATA.to_errno());
}

#[test]
fn a_check_is_asked_before_a_value_is_stored() {
    fn even(value: u32) -> Result {
        if value.is_multiple_of(2) {
            Ok(())
        } else {
            Err(EBUSY)
        }
    }
    let (param, entry) = cell!(
        Live,
        Param<u32>,
        Param::<u32>::with_range(c"p", 2, 0, 10),
        validate(even)
    );
    assert_eq!(
        (entry.set("4"), entry.set("5"), entry.set("12")),
        (0, -16, -22)
    );
    assert_eq!((param.get(), entry.show().as_str()), (4, "4\n"));
    assert_eq!(
        log(),
        [
            "<3>host: parameter `p`: the module's own check refuses the value\n",
            "<3>host: parameter `p`: 12 is outside 0..=10\n",
        ]
    );
}

#[test]
fn a_module_is_told_of_what_it_missed() {
    use core::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};

    static LIVE: AtomicBool = AtomicBool::new(false);
    static TOLD: AtomicU32 = AtomicU32::new(0);
    fn told(value: u32, _: &Locked<'_>) -> bool {
        let live = LIVE.load(Relaxed);
        if live {
            TOLD.store(value, Relaxed);
        }
        live
    }
    let (param, entry) = cell!(
        Live,
        Param<u32>,
        Param::<u32>::new(c"p", 1),
        on_change(told)
    );
    let watched: &[&dyn OnChange] = &[param];
    let told = || TOLD.swap(0, Relaxed);
    entry.set("2"); // `insmod`
    forget(watched);
    entry.set("3"); // while `init` runs
    entry.set("x");
    assert_eq!(told(), 0);
    LIVE.store(true, Relaxed);
    catch_up(watched);
    assert_eq!(told(), 3);
    catch_up(watched);
    assert_eq!(told(), 0);
    entry.set("4");
    assert_eq!(told(), 4);
    LIVE.store(false, Relaxed);
    entry.set("5");
    assert_eq!((told(), param.get()), (0, 5));
    log();
}
