// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/sysctl.h>`: handlers that take numbers and one line of text, as the kernel's do.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_long, c_uint, c_ulong, c_void};
use core::ops::RangeInclusive;
use std::string::{String, ToString};
use std::vec::Vec;

use super::{KMOD_HZ, loff_t, umode_t};

const EINVAL: c_int = 22;

pub enum ctl_table_header {}
pub enum ctl_table_poll {}

pub type proc_handler = Option<
    unsafe extern "C" fn(*const ctl_table, c_int, *mut c_void, *mut usize, *mut loff_t) -> c_int,
>;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct ctl_table {
    pub procname: *const c_char,
    pub data: *mut c_void,
    pub maxlen: c_int,
    pub mode: umode_t,
    pub proc_handler: proc_handler,
    pub poll: *mut ctl_table_poll,
    pub extra1: *mut c_void,
    pub extra2: *mut c_void,
}

pub const KMOD_SYSCTL_END: c_uint = 0;
pub const KMOD_SYSCTL_BOOL_LEN: c_uint = 1;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct kmod_sysctl_call {
    pub table: *const ctl_table,
    pub write: c_int,
    pub buffer: *mut c_void,
    pub lenp: *mut usize,
    pub ppos: *mut loff_t,
}

kernel_only! {
    fn kmod_sysctl_register(
        dir: *const c_char, table: *const ctl_table, count: usize
    ) -> *mut ctl_table_header;
    fn unregister_sysctl_table(header: *mut ctl_table_header);
}

macro_rules! handlers {
    ($($name:ident)*) => {
        kernel_only! {$(
            fn $name(
                table: *const ctl_table, write: c_int, buffer: *mut c_void, lenp: *mut usize,
                ppos: *mut loff_t
            ) -> c_int;
        )*}
    };
}

handlers! {
    proc_dobool proc_dointvec proc_dointvec_jiffies proc_dointvec_minmax proc_dointvec_ms_jiffies
    proc_dointvec_userhz_jiffies proc_dostring proc_douintvec proc_doulongvec_minmax
    proc_doulongvec_ms_jiffies_minmax
}

/// A call, its pointers followed.
struct Parts<'a> {
    write: bool,
    buffer: &'a mut [u8],
    len: &'a mut usize,
    pos: &'a mut loff_t,
}

/// # Safety
/// The call is one that the kernel could make.
unsafe fn parts<'a>(call: *const kmod_sysctl_call) -> Parts<'a> {
    // SAFETY: The kernel could make such a call (this function's contract): its fields are there.
    let call = unsafe { &*call };
    // SAFETY: A call's length is there while it lasts (this function's contract).
    let len = unsafe { &mut *call.lenp };
    Parts {
        write: call.write != 0,
        // SAFETY: A call's buffer has as many bytes as its length says (this function's contract).
        buffer: unsafe { core::slice::from_raw_parts_mut(call.buffer.cast(), *len) },
        len,
        // SAFETY: A call's position is there while it lasts (this function's contract).
        pos: unsafe { &mut *call.ppos },
    }
}

impl Parts<'_> {
    /// Hands out one line.
    fn show(self, line: &str) {
        let n = if *self.pos == 0 {
            line.len().min(self.buffer.len())
        } else {
            0
        };
        self.buffer[..n].copy_from_slice(&line.as_bytes()[..n]);
        *self.len = n;
        *self.pos += n as loff_t;
    }

    /// Shows a row of numbers or takes one, up to the first that is refused.
    fn numbers<N: Copy + TryInto<i128> + TryFrom<i128>>(
        self,
        values: &mut [N],
        range: RangeInclusive<i128>,
        unit: Unit,
    ) -> c_int {
        if !self.write {
            let shown = values.iter().map(|value| {
                let value: i128 = (*value).try_into().unwrap_or_default();
                (value * unit.per_second / unit.hz).to_string()
            });
            self.show(&(shown.collect::<Vec<_>>().join("\t") + "\n"));
            return 0;
        }
        if *self.pos == 0 && *self.len != 0 {
            let text = String::from_utf8_lossy(self.buffer);
            let mut texts = text.split_ascii_whitespace().peekable();
            if texts.peek().is_none() {
                return -EINVAL;
            }
            for (value, text) in values.iter_mut().zip(texts) {
                let parsed = parse(text)
                    .map(|parsed| parsed * unit.hz / unit.per_second)
                    .filter(|parsed| range.contains(parsed))
                    .and_then(|parsed| N::try_from(parsed).ok());
                match parsed {
                    Some(parsed) => *value = parsed,
                    None => return -EINVAL,
                }
            }
        }
        *self.pos += *self.len as loff_t;
        0
    }
}

/// A number in any of C's ways.
fn parse(text: &str) -> Option<i128> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let (digits, radix) = match digits.strip_prefix("0x") {
        Some(hex) => (hex, 16),
        None if digits.len() > 1 && digits.starts_with('0') => (&digits[1..], 8),
        None => (digits, 10),
    };
    i128::from_str_radix(digits, radix).ok().map(|n| sign * n)
}

/// How many of the file's units a second has, and how many of the variable's.
#[derive(Clone, Copy)]
struct Unit {
    per_second: i128,
    hz: i128,
}

const PLAIN: Unit = Unit {
    per_second: 1,
    hz: 1,
};

const fn jiffies(per_second: i128) -> Unit {
    Unit {
        per_second,
        hz: KMOD_HZ as i128,
    }
}

pub const KMOD_SYSCTL_SECONDS: c_uint = 0;
pub const KMOD_SYSCTL_USER_HZ: c_uint = 1;
pub const KMOD_SYSCTL_MS: c_uint = 2;

/// # Safety
/// The call is one that the kernel could make, and there are `maxlen` bytes of values.
unsafe fn numbers<N: Copy + TryInto<i128> + TryFrom<i128> + Into<i128>>(
    call: *const kmod_sysctl_call,
    values: *mut N,
    maxlen: usize,
    (min, max): (N, N),
    unit: Unit,
) -> c_int {
    // SAFETY: The kernel could make such a call (this function's contract).
    let parts = unsafe { parts(call) };
    // SAFETY: There are `maxlen` bytes of values (this function's contract).
    let values = unsafe { core::slice::from_raw_parts_mut(values, maxlen / size_of::<N>()) };
    parts.numbers(values, min.into()..=max.into(), unit)
}

macro_rules! vectors {
    ($($name:ident: $type:ty, $unit:expr;)*) => {$(
        pub unsafe fn $name(
            call: *const kmod_sysctl_call, values: *mut $type, maxlen: c_int, min: $type,
            max: $type,
        ) -> c_int {
            // SAFETY: The handler gives a call of the kernel's, and `maxlen` bytes of values.
            unsafe { numbers(call, values, maxlen as usize, (min, max), $unit) }
        }
    )*};
}

vectors! {
    kmod_sysctl_int: c_int, PLAIN;
    kmod_sysctl_long: c_long, PLAIN;
    kmod_sysctl_ulong: c_ulong, PLAIN;
    kmod_sysctl_ms_jiffies: c_ulong, jiffies(1000);
}

pub unsafe fn kmod_sysctl_uint(
    call: *const kmod_sysctl_call,
    value: *mut c_uint,
    min: c_uint,
    max: c_uint,
) -> c_int {
    // SAFETY: The handler gives a call of the kernel's, and one value.
    unsafe { numbers(call, value, size_of::<c_uint>(), (min, max), PLAIN) }
}

pub unsafe fn kmod_sysctl_jiffies(
    call: *const kmod_sysctl_call,
    values: *mut c_int,
    maxlen: c_int,
    unit: c_uint,
) -> c_int {
    let unit = jiffies(match unit {
        KMOD_SYSCTL_SECONDS => 1,
        KMOD_SYSCTL_USER_HZ => 100,
        _ => 1000,
    });
    // SAFETY: The handler gives a call of the kernel's, and `maxlen` bytes of values.
    unsafe {
        numbers(
            call,
            values,
            maxlen as usize,
            (c_int::MIN, c_int::MAX),
            unit,
        )
    }
}

pub unsafe fn kmod_sysctl_string(
    call: *const kmod_sysctl_call,
    data: *mut c_char,
    maxlen: c_int,
) -> c_int {
    // SAFETY: The caller passes a call of the kernel's.
    let parts = unsafe { parts(call) };
    // SAFETY: The caller passes a buffer of that size.
    let data = unsafe { core::slice::from_raw_parts_mut(data.cast::<u8>(), maxlen as usize) };
    let len = data.iter().position(|byte| *byte == 0).unwrap_or(0);
    let Ok(pos) = usize::try_from(*parts.pos) else {
        return -EINVAL;
    };
    if pos > len {
        if !parts.write {
            *parts.len = 0;
        }
        return 0;
    }
    if parts.write {
        let ended = |byte: &u8| *byte == 0 || *byte == b'\n';
        let text = parts.buffer.split(ended).next().unwrap_or_default();
        let n = text.len().min(data.len() - 1 - pos);
        data[pos..pos + n].copy_from_slice(&text[..n]);
        data[pos + n] = 0;
        *parts.pos += *parts.len as loff_t;
        return 0;
    }
    let line = data[pos..len].iter().chain(b"\n");
    let n = (len - pos + 1).min(parts.buffer.len());
    parts
        .buffer
        .iter_mut()
        .zip(line)
        .for_each(|(to, from)| *to = *from);
    *parts.len = n;
    *parts.pos += n as loff_t;
    0
}
