// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/interrupt.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uint, c_ulong, c_void};

use super::device;

pub type irqreturn_t = c_uint;

pub type irq_handler_t = Option<unsafe extern "C" fn(c_int, *mut c_void) -> irqreturn_t>;

pub const KMOD_IRQ_NONE: c_uint = 0;
pub const KMOD_IRQ_HANDLED: c_uint = 1;
pub const KMOD_IRQ_WAKE_THREAD: c_uint = 2;

pub struct kmod_irq_calls {
    pub handler: irq_handler_t,
    pub thread: irq_handler_t,
    pub data: *mut c_void,
    pub field: *const c_char,
    pub nth: c_int,
}

kernel_only! {
    fn kmod_irq_request(
        device: *mut device,
        line: c_uint,
        flags: c_ulong,
        calls: *const kmod_irq_calls,
    ) -> c_int;
    fn kmod_irq_free(line: c_uint, data: *mut c_void);
}
