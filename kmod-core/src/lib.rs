// SPDX-License-Identifier: GPL-2.0-only
//! Linux kernel modules in safe Rust, on the kernel that a distribution ships.
//!
//! A module is a struct under [`#[kernel_module]`](kernel_module); its fields are its state and,
//! by attribute, the kernel objects that it owns. Start with [`prelude`].
#![no_std]
// Names of functions, for the log. Kernels are built with unstable features in any case.
#![cfg_attr(target_os = "none", feature(const_type_name))]

#[cfg(test)]
extern crate std;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
pub mod acpi;
pub mod alloc;
pub mod bus;
pub mod c;
pub mod chrdev;
pub mod class;
pub mod context;
pub mod cpuid;
pub mod crc;
pub mod crypto;
pub mod debugfs;
pub mod dma;
pub mod dmi;
mod driver;
pub mod error;
pub mod file;
pub mod filesystem;
pub mod firmware;
pub mod gpio;
pub mod hid;
pub mod hrtimer;
pub mod i2c;
pub mod instance;
pub mod io;
pub mod ioctl;
pub mod irq;
pub mod kernel_file;
pub mod kprobe;
pub mod kthread;
mod linked;
pub mod miscdevice;
pub mod mm;
pub mod module;
pub mod msr;
mod note;
pub mod notifier;
#[cfg(target_os = "none")]
mod panic;
pub mod params;
pub mod pci;
pub mod percpu;
pub mod platform;
pub mod prelude;
pub mod print;
pub mod proc;
pub mod random;
pub mod regmap;
pub mod runtime_pm;
pub mod seq_file;
pub mod spi;
pub mod stack;
pub mod str;
pub mod sync;
pub mod sysctl;
pub mod sysfs;
pub mod task;
pub mod text_file;
pub mod time;
pub mod timer;
pub mod trace;
pub mod uaccess;
pub mod uapi;
pub mod usb;
mod value;
pub mod wmi;
pub mod workqueue;

pub use error::{Error, Result};
pub use kmod_macros::{
    BitsEnum, ParamEnum, acpi_driver, acpi_notify, backlight, bar, battery_hook, bits, bus, chrdev,
    chrdev_region, cooling, debugfs, debugfs_bin, device, dma, dma_stream, export, export_c,
    file_operations, filesystem, gpio, gpio_chip, handlers, hid_driver, hrtimer, hwmon, i2c_driver,
    iio, import_c, input, ioctl, iomem, irq, kernel_module, kprobe, kretprobe, kthread, led,
    led_multicolor, led_trigger, misc, notifier, object, pci_driver, per_open, platform_driver,
    platform_profile, ports, power_supply, proc, registers, regmap, rfkill, rtc, runtime_pm,
    spi_driver, sysctl, sysfs, sysfs_bin, thermal_zone, timer, trace_event, tracepoint, uapi, urb,
    usb_driver, watchdog, wmi_driver, work, workqueue,
};
pub use module::{KernelModule, ModuleInfo};
pub use zerocopy;
