// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/notifier.h>`: nothing happens on the host.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_int, c_long, c_uint};

pub struct kmod_notifier {
    _opaque: [usize; 7],
}

pub struct kmod_event {
    pub what: c_uint,
    pub number: c_int,
    pub value: c_uint,
    pub more: c_uint,
    pub error: c_long,
    pub name: [u8; 64],
}

pub type kmod_notified_t =
    Option<unsafe extern "C" fn(*mut kmod_notifier, *const kmod_event) -> c_int>;

pub const KMOD_EVENT_TAKEN: c_int = 1;

/// Constants from 1 on.
macro_rules! events {
    ($($($name:ident)*;)*) => {$(
        events!(1, $($name)*);
    )*};
    ($value:expr, $name:ident $($others:ident)*) => {
        pub const $name: c_uint = $value;
        events!($value + 1, $($others)*);
    };
    ($value:expr,) => {};
}

events! {
    KMOD_REBOOT_RESTART KMOD_REBOOT_HALT KMOD_REBOOT_POWER_OFF;
    KMOD_MODULE_COMING KMOD_MODULE_LIVE KMOD_MODULE_GOING;
    KMOD_NETDEVICE_UP KMOD_NETDEVICE_DOWN KMOD_NETDEVICE_CHANGE KMOD_NETDEVICE_REGISTER
        KMOD_NETDEVICE_UNREGISTER KMOD_NETDEVICE_CHANGE_MTU KMOD_NETDEVICE_CHANGE_ADDR
        KMOD_NETDEVICE_GOING_DOWN KMOD_NETDEVICE_CHANGE_NAME KMOD_NETDEVICE_PRE_UP
        KMOD_NETDEVICE_PRE_CHANGE_MTU KMOD_NETDEVICE_PRE_CHANGE_ADDR KMOD_NETDEVICE_OTHER;
    KMOD_INETADDR_UP KMOD_INETADDR_DOWN;
    KMOD_PM_HIBERNATION_PREPARE KMOD_PM_POST_HIBERNATION KMOD_PM_SUSPEND_PREPARE
        KMOD_PM_POST_SUSPEND KMOD_PM_RESTORE_PREPARE KMOD_PM_POST_RESTORE;
    KMOD_KEYBOARD_KEYCODE KMOD_KEYBOARD_UNBOUND KMOD_KEYBOARD_UNICODE KMOD_KEYBOARD_KEYSYM
        KMOD_KEYBOARD_POST_KEYSYM;
    KMOD_DIE_OOPS KMOD_DIE_OTHER;
    KMOD_PANIC;
    KMOD_CPU_ONLINE KMOD_CPU_OFFLINE;
}

kernel_only! {
    fn kmod_reboot_register(notifier: *mut kmod_notifier, handler: kmod_notified_t) -> c_int;
    fn kmod_reboot_unregister(notifier: *mut kmod_notifier);
    fn kmod_module_events_register(notifier: *mut kmod_notifier, handler: kmod_notified_t) -> c_int;
    fn kmod_module_events_unregister(notifier: *mut kmod_notifier);
    fn kmod_netdevice_register(notifier: *mut kmod_notifier, handler: kmod_notified_t) -> c_int;
    fn kmod_netdevice_unregister(notifier: *mut kmod_notifier);
    fn kmod_inetaddr_register(notifier: *mut kmod_notifier, handler: kmod_notified_t) -> c_int;
    fn kmod_inetaddr_unregister(notifier: *mut kmod_notifier);
    fn kmod_pm_register(notifier: *mut kmod_notifier, handler: kmod_notified_t) -> c_int;
    fn kmod_pm_unregister(notifier: *mut kmod_notifier);
    fn kmod_keyboard_register(notifier: *mut kmod_notifier, handler: kmod_notified_t) -> c_int;
    fn kmod_keyboard_unregister(notifier: *mut kmod_notifier);
    fn kmod_die_register(notifier: *mut kmod_notifier, handler: kmod_notified_t) -> c_int;
    fn kmod_die_unregister(notifier: *mut kmod_notifier);
    fn kmod_panic_register(notifier: *mut kmod_notifier, handler: kmod_notified_t) -> c_int;
    fn kmod_panic_unregister(notifier: *mut kmod_notifier);
    fn kmod_cpu_register(notifier: *mut kmod_notifier, handler: kmod_notified_t) -> c_int;
    fn kmod_cpu_unregister(notifier: *mut kmod_notifier);
}
