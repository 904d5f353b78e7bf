// SPDX-License-Identifier: GPL-2.0-only
//! Trace events of all types of fields, from wherever code runs; the twin has the same ones in C.
#![no_std]
#![forbid(unsafe_code)]

use core::time::Duration;

use kmod_core::prelude::*;

/// The module
#[kernel_module(name = "vm_trace", license = "GPL")]
struct Trace {
    #[proc(path = "vm_trace/values")]
    values: OnValues,
    #[proc(path = "vm_trace/arrays")]
    arrays: OnArrays,
    #[proc(path = "vm_trace/texts")]
    texts: OnTexts,
    #[proc(path = "vm_trace/nested")]
    nested: OnNested,
    #[proc(path = "vm_trace/later")]
    later: OnLater,
    /// How many events were made.
    #[proc(path = "vm_trace/made")]
    made: AtomicU32,
    #[hrtimer]
    timer: Hrtimer<Later>,
    #[kprobe(symbol = "do_sys_openat2")]
    probe: Kprobe<Opens>,
    _last: Last,
}

/// Values of all types.
#[trace_event]
struct Values {
    a: u8,
    b: i8,
    c: u16,
    d: i16,
    e: u32,
    f: i32,
    g: u64,
    h: i64,
    i: usize,
    j: isize,
    is_odd: bool,
}

struct OnValues;

#[handlers]
impl TextFile for OnValues {
    type Module = Trace;

    fn write(&self, file: &TextCall<'_, Self>, from: &mut UserReader<'_>) -> Result {
        let number: i64 = from.parse()?;
        Values::trace(|| {
            file.module().made.fetch_add(1, Ordering::Relaxed);
            Values {
                a: number as u8,
                b: number as i8,
                c: number as u16,
                d: number as i16,
                e: number as u32,
                f: number as i32,
                g: number as u64,
                h: number,
                i: number as usize,
                j: number as isize,
                is_odd: number & 1 != 0,
            }
        });
        Ok(())
    }
}

/// Arrays, and the name of a task.
#[trace_event]
struct Arrays {
    bytes: [u8; 5],
    signs: [i8; 3],
    words: [u16; 3],
    wide: [i64; 2],
    by: Comm,
    last: u8,
}

struct OnArrays;

#[handlers]
impl TextFile for OnArrays {
    fn write(&self, file: &TextCall<'_, Self>, from: &mut UserReader<'_>) -> Result {
        let number: i64 = from.parse()?;
        let byte = number as u8;
        Arrays::trace(|| Arrays {
            bytes: [byte, 1, 2, 3, 4],
            signs: [number as i8, -1, 0],
            words: [number as u16, 0xffff, 7],
            wide: [number, -1],
            by: file.caller().comm(),
            last: byte,
        });
        Ok(())
    }
}

/// Texts, one of which need not end with a NUL.
#[trace_event]
struct Texts<'a, 'b> {
    first: &'a CStr,
    length: u32,
    second: &'b str,
}

struct OnTexts;

#[handlers]
impl TextFile for OnTexts {
    fn write(&self, _file: &TextCall<'_, Self>, from: &mut UserReader<'_>) -> Result {
        let mut bytes = [0; 513];
        let length = from.read(bytes.get_mut(..512).ok_or(EINVAL)?)?;
        let first = CStr::from_bytes_until_nul(&bytes).map_err(|_| EINVAL)?;
        let text = bytes.get(..length).ok_or(EINVAL)?;
        let second = core::str::from_utf8(text).map_err(|_| EINVAL)?;
        Texts::trace(|| Texts {
            first,
            length: length as u32,
            second,
        });
        Ok(())
    }
}

/// One that is made by what traces another one.
#[trace_event]
struct Nested {
    depth: u32,
}

/// Traces itself, deeper, before it is made.
fn nested(depth: u32) -> Nested {
    if let Some(less) = depth.checked_sub(1) {
        Nested::trace(|| Nested { depth: less });
        Inner::trace(|| Inner { depth: less });
    }
    Nested { depth }
}

#[trace_event]
struct Inner {
    depth: u32,
}

struct OnNested;

#[handlers]
impl TextFile for OnNested {
    fn write(&self, _file: &TextCall<'_, Self>, from: &mut UserReader<'_>) -> Result {
        let depth = from.parse()?;
        if Nested::is_on() {
            Nested::trace(|| nested(depth));
        }
        Ok(())
    }
}

/// From an interrupt.
#[trace_event]
struct Expired {
    times: u32,
}

#[derive(Default)]
struct Later(AtomicU32);

#[handlers]
impl HrtimerHandler for Later {
    type Module = Trace;

    fn expired(&self, _timer: &HrtimerCall<'_, Self>) -> Again {
        let times = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        Expired::trace(|| Expired { times });
        Again::After(Duration::from_micros(200))
    }
}

struct OnLater;

#[handlers]
impl TextFile for OnLater {
    type Module = Trace;

    fn write(&self, file: &TextCall<'_, Self>, from: &mut UserReader<'_>) -> Result {
        let _: u32 = from.parse()?;
        file.module().timer.arm(Duration::from_micros(50));
        Ok(())
    }
}

/// From a probe.
#[trace_event]
struct Open {
    by: Comm,
    pid: i32,
}

#[derive(Default)]
struct Opens;

#[handlers]
impl KprobeHandler for Opens {
    fn entered(&self, call: &KprobeCall<'_, Self>) {
        Open::trace(|| Open {
            by: call.comm(),
            pid: call.pid(),
        });
    }
}

/// When the module's state goes.
#[trace_event]
struct Gone {
    made: u32,
}

struct Last;

impl Drop for Last {
    fn drop(&mut self) {
        Gone::trace(|| Gone { made: 1 });
    }
}

impl KernelModule for Trace {
    fn init(_params: &TraceParams) -> Result<Self> {
        Gone::trace(|| Gone { made: 0 });
        Ok(Self {
            values: OnValues,
            arrays: OnArrays,
            texts: OnTexts,
            nested: OnNested,
            later: OnLater,
            made: AtomicU32::new(0),
            timer: Hrtimer::default(),
            probe: Kprobe::default(),
            _last: Last,
        })
    }
}
