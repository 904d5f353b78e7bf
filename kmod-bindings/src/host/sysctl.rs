// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/sysctl.h>`: handlers that take decimal numbers and one line of text, as the kernel's do.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_long, c_uint, c_ulong, c_void};
use std::string::ToString;

use super::{loff_t, umode_t};

const EINVAL: c_int = 22;

pub struct ctl_table {
    _opaque: [u8; 0],
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct kmod_sysctl {
    pub header: *mut c_void,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct kmod_sysctl_call {
    pub table: *const ctl_table,
    pub write: c_int,
    pub buffer: *mut c_void,
    pub lenp: *mut usize,
    pub ppos: *mut loff_t,
}

pub type kmod_sysctl_handler = Option<unsafe extern "C" fn(*const kmod_sysctl_call) -> c_int>;

kernel_only! {
    fn kmod_sysctl_register(
        sysctl: *mut kmod_sysctl, dir: *const c_char, name: *const c_char, mode: umode_t,
        handler: kmod_sysctl_handler
    ) -> c_int;
    fn kmod_sysctl_unregister(sysctl: *mut kmod_sysctl);
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
    // SAFETY: As the caller promises.
    let call = unsafe { &*call };
    // SAFETY: As the caller promises.
    let len = unsafe { &mut *call.lenp };
    Parts {
        write: call.write != 0,
        // SAFETY: As the caller promises.
        buffer: unsafe { core::slice::from_raw_parts_mut(call.buffer.cast(), *len) },
        len,
        // SAFETY: As the caller promises.
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

    fn number(self, value: &mut i128, min: i128, max: i128) -> c_int {
        if !self.write {
            self.show(&(value.to_string() + "\n"));
            return 0;
        }
        if *self.pos != 0 || *self.len == 0 {
            *self.pos += *self.len as loff_t;
            return 0;
        }
        let parsed = core::str::from_utf8(self.buffer)
            .ok()
            .and_then(|text| text.trim_ascii().parse().ok())
            .filter(|parsed| (min..=max).contains(parsed));
        match parsed {
            Some(parsed) => *value = parsed,
            None => return -EINVAL,
        }
        *self.pos += *self.len as loff_t;
        0
    }
}

macro_rules! numbers {
    ($($name:ident: $type:ty,)*) => {$(
        pub unsafe fn $name(
            call: *const kmod_sysctl_call, value: *mut $type, min: $type, max: $type,
        ) -> c_int {
            // SAFETY: The caller passes a call of the kernel's.
            let parts = unsafe { parts(call) };
            // SAFETY: The caller passes a variable.
            let value = unsafe { &mut *value };
            let mut wide = i128::from(*value);
            let ret = parts.number(&mut wide, min.into(), max.into());
            *value = wide as $type;
            ret
        }
    )*};
}

numbers! {
    kmod_sysctl_int: c_int,
    kmod_sysctl_uint: c_uint,
    kmod_sysctl_long: c_long,
    kmod_sysctl_ulong: c_ulong,
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
