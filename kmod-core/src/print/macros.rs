// SPDX-License-Identifier: GPL-2.0-only
//! A macro a level.

/// Logs at `KERN_EMERG`: the system is unusable. See [`print`](crate::print).
#[macro_export]
macro_rules! pr_emerg {
    ($($message:tt)*) => {
        $crate::__private::printk!($crate, Emerg, $($message)*)
    };
}

/// Logs at `KERN_ALERT`: something must be done at once. See [`print`](crate::print).
#[macro_export]
macro_rules! pr_alert {
    ($($message:tt)*) => {
        $crate::__private::printk!($crate, Alert, $($message)*)
    };
}

/// Logs at `KERN_CRIT`: critical conditions. See [`print`](crate::print).
#[macro_export]
macro_rules! pr_crit {
    ($($message:tt)*) => {
        $crate::__private::printk!($crate, Crit, $($message)*)
    };
}

/// Logs at `KERN_ERR`: errors. See [`print`](crate::print).
#[macro_export]
macro_rules! pr_err {
    ($($message:tt)*) => {
        $crate::__private::printk!($crate, Err, $($message)*)
    };
}

/// Logs at `KERN_WARNING`: warnings. See [`print`](crate::print).
#[macro_export]
macro_rules! pr_warn {
    ($($message:tt)*) => {
        $crate::__private::printk!($crate, Warn, $($message)*)
    };
}

/// Logs at `KERN_NOTICE`: normal but significant. See [`print`](crate::print).
#[macro_export]
macro_rules! pr_notice {
    ($($message:tt)*) => {
        $crate::__private::printk!($crate, Notice, $($message)*)
    };
}

/// Logs at `KERN_INFO`: what is good to know. See [`print`](crate::print).
#[macro_export]
macro_rules! pr_info {
    ($($message:tt)*) => {
        $crate::__private::printk!($crate, Info, $($message)*)
    };
}

/// Logs at `KERN_DEBUG`, if the module is built with debug assertions (C: with `DEBUG` defined);
/// otherwise it costs nothing. See [`print`](crate::print).
#[macro_export]
macro_rules! pr_debug {
    ($($message:tt)*) => {
        if ::core::cfg!(debug_assertions) {
            $crate::__private::printk!($crate, Debug, $($message)*)
        }
    };
}

/// Goes on with the line that the last message began with `cont;`. See [`print`](crate::print).
#[macro_export]
macro_rules! pr_cont {
    ($($message:tt)*) => {
        $crate::__private::printk!($crate, Cont, $($message)*)
    };
}
