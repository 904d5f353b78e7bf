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

/// Logs at `KERN_DEBUG`, where an administrator asks for it: each `pr_debug!` is a place of the kernel's dynamic
/// debug, with the module, the file, the function and the line, and is off at first:
///
/// ```sh
/// echo 'module ticket +p' > /sys/kernel/debug/dynamic_debug/control
/// echo 'module ticket func open line 40-60 +pfl' > /proc/dynamic_debug/control
/// modprobe ticket dyndbg=+p
/// ```
///
/// One that is off costs an instruction that does nothing, as in C: its arguments are not evaluated. If the
/// module is built with debug assertions (C: with `DEBUG` defined) it is on at first. What the places are
/// asked for by `format` is the text as it stands here, `{}` included, without the module's name. On a kernel
/// without `CONFIG_DYNAMIC_DEBUG` it logs with debug assertions only, and otherwise costs nothing. See
/// [`print`](crate::print).
#[macro_export]
macro_rules! pr_debug {
    ($($message:tt)*) => {
        $crate::__private::printk!($crate, Debug, $($message)*)
    };
}

/// Goes on with the line that the last message began with `cont;`. See [`print`](crate::print).
#[macro_export]
macro_rules! pr_cont {
    ($($message:tt)*) => {
        $crate::__private::printk!($crate, Cont, $($message)*)
    };
}

/// Logs at `KERN_EMERG` in the name of a device: the system is unusable. See [`print`](crate::print#of-a-device).
#[macro_export]
macro_rules! dev_emerg {
    ($device:expr, $($message:tt)*) => {
        $crate::__private::printk!($crate, Emerg, @ $device; $($message)*)
    };
}

/// Logs at `KERN_ALERT` in the name of a device: something must be done at once. See [`print`](crate::print#of-a-device).
#[macro_export]
macro_rules! dev_alert {
    ($device:expr, $($message:tt)*) => {
        $crate::__private::printk!($crate, Alert, @ $device; $($message)*)
    };
}

/// Logs at `KERN_CRIT` in the name of a device: critical conditions. See [`print`](crate::print#of-a-device).
#[macro_export]
macro_rules! dev_crit {
    ($device:expr, $($message:tt)*) => {
        $crate::__private::printk!($crate, Crit, @ $device; $($message)*)
    };
}

/// Logs at `KERN_ERR` in the name of a device: errors. See [`print`](crate::print#of-a-device).
#[macro_export]
macro_rules! dev_err {
    ($device:expr, $($message:tt)*) => {
        $crate::__private::printk!($crate, Err, @ $device; $($message)*)
    };
}

/// Logs at `KERN_WARNING` in the name of a device: warnings. See [`print`](crate::print#of-a-device).
#[macro_export]
macro_rules! dev_warn {
    ($device:expr, $($message:tt)*) => {
        $crate::__private::printk!($crate, Warn, @ $device; $($message)*)
    };
}

/// Logs at `KERN_NOTICE` in the name of a device: normal but significant. See [`print`](crate::print#of-a-device).
#[macro_export]
macro_rules! dev_notice {
    ($device:expr, $($message:tt)*) => {
        $crate::__private::printk!($crate, Notice, @ $device; $($message)*)
    };
}

/// Logs at `KERN_INFO` in the name of a device: what is good to know. See [`print`](crate::print#of-a-device).
#[macro_export]
macro_rules! dev_info {
    ($device:expr, $($message:tt)*) => {
        $crate::__private::printk!($crate, Info, @ $device; $($message)*)
    };
}

/// [`pr_debug!`](crate::pr_debug) in the name of a device. See [`print`](crate::print#of-a-device).
#[macro_export]
macro_rules! dev_dbg {
    ($device:expr, $($message:tt)*) => {
        $crate::__private::printk!($crate, Debug, @ $device; $($message)*)
    };
}
