// SPDX-License-Identifier: GPL-2.0-only
//! What a module usually needs, in one `use`.

pub use crate::acpi::{
    AcpiArgument, AcpiDevice, AcpiDriver, AcpiHandle, AcpiNotify, AcpiNotifyCall,
    AcpiNotifyHandler, AcpiValue,
};
pub use crate::alloc::{
    Arc, Flags, GFP_ATOMIC, GFP_KERNEL, GFP_KERNEL_ACCOUNT, KBox, KHashMap, KMap, KString, KVec,
    KVecDeque, List,
};
pub use crate::bus::{DefaultDriver, DeviceHandle};
pub use crate::chrdev::ChrdevRegion;
pub use crate::class::backlight::{Backlight, BacklightCall, BacklightOps};
pub use crate::class::battery_hook::{BatteryHook, BatteryHookCall, BatteryHookOps};
pub use crate::class::cooling::{Cooling, CoolingCall, CoolingOps};
pub use crate::class::gpio_chip::{GpioCall, GpioChip, GpioDirection, GpioOps};
pub use crate::class::hwmon::{Hwmon, HwmonAttr, HwmonCall, HwmonOps, HwmonSensor};
pub use crate::class::iio::{
    Iio, IioAvail, IioCall, IioChannel, IioEvent, IioEventDirection, IioEventInfo, IioEventType,
    IioFormat, IioInfo, IioList, IioModifier, IioOps, IioRange, IioScan, IioType, IioValue,
};
pub use crate::class::input;
pub use crate::class::input::{FfEffect, Input, InputCall, InputOps, KeyEntry, MtTool};
pub use crate::class::led::{Blink, Led, LedCall, LedOps};
pub use crate::class::led_multicolor::{LedMulticolor, LedMulticolorCall, LedMulticolorOps};
pub use crate::class::led_trigger::LedTrigger;
pub use crate::class::platform_profile::{
    PlatformProfile, PlatformProfileCall, PlatformProfileOps, Profile,
};
pub use crate::class::power_supply;
pub use crate::class::power_supply::{
    PowerSupply, PowerSupplyCall, PowerSupplyOps, PowerSupplyProperty,
};
pub use crate::class::rfkill::{Rfkill, RfkillCall, RfkillOps};
pub use crate::class::rtc::{Rtc, RtcCall, RtcOps};
pub use crate::class::thermal_zone::{ThermalCall, ThermalOps, ThermalZone};
pub use crate::class::watchdog::{Watchdog, WatchdogCall, WatchdogOps};
pub use crate::dma::{BothWays, DmaBuf, DmaList, DmaMapping, DmaStream, FromDevice, ToDevice};
pub use crate::error::code::*;
pub use crate::error::{Error, Result};
pub use crate::file::{
    Band, FasyncList, File, FileOperations, OpenFile, PerOpen, PollEvents, PollTable, SeekFrom,
};
pub use crate::filesystem::{FileSystem, Node};
pub use crate::gpio::{
    CanSleep, GpioConfig, GpioGetArray, GpioInput, GpioLine, GpioOutput, GpioSetArray, NoSleep,
};
pub use crate::hid::{
    HidDevice, HidDriver, HidEvent, HidFixup, HidHandle, HidMapping, HidReport, HidReportKind,
    HidReturn, HidUsage,
};
pub use crate::hrtimer::{Hrtimer, HrtimerCall, HrtimerHandler};
pub use crate::i2c::{I2cClient, I2cDevice, I2cDriver};
pub use crate::io::{Indexed, IoMem, PortRegion, Ports};
pub use crate::irq::{Irq, IrqCall, IrqHandler, IrqReturn};
pub use crate::kprobe::{
    Kprobe, KprobeCall, KprobeHandler, Kretprobe, KretprobeCall, KretprobeHandler, KretprobeReturn,
};
pub use crate::kthread::{Kthread, KthreadHandler, Stop};
pub use crate::mm::{VmArea, VmallocBuffer};
pub use crate::module::{KernelModule, ModuleInfo};
pub use crate::notifier::{Notifier, NotifierCall, NotifierHandler};
pub use crate::params::{ParamValue, ParamWriter, Setting};
pub use crate::pci::{Bar, PciConfig, PciDevice, PciDriver};
pub use crate::percpu::{PerCpu, PerCpuCounter};
pub use crate::platform::{PlatformDevice, PlatformDriver};
pub use crate::regmap::Regmap;
pub use crate::runtime_pm::{RuntimePm, RuntimePmGuard};
pub use crate::seq_file::SeqFile;
pub use crate::spi::{
    SpiBuffer, SpiDevice, SpiDriver, SpiHandle, SpiMode, SpiSettings, SpiTransfer,
};
pub use crate::str::c_str;
pub use crate::sync::{
    Completion, Mutex, OnceLock, Rcu, RwLock, SeqLock, SpinLock, SpinLockBh, SpinLockIrq, Srcu,
    WaitQueue,
};
pub use crate::sysctl::{Sysctl, SysctlReader, SysctlString, SysctlWriter};
pub use crate::sysfs::{
    SysfsBinary, SysfsBinaryCall, SysfsBytes, SysfsCall, SysfsFile, SysfsPolled, SysfsWriter,
};
pub use crate::task::{Caller, Comm, Pid};
pub use crate::text_file::{TextCall, TextFile};
pub use crate::timer::{Again, Timer, TimerCall, TimerHandler};
pub use crate::trace::{TraceEvent, Tracepoint, TracepointCall, TracepointHandler};
pub use crate::uaccess::{UserReader, UserWriter};
pub use crate::uapi::Uapi;
pub use crate::usb::{
    Bulk, In, Interrupt, Out, Urb, UrbCall, UrbHandler, UrbReturn, UsbDescriptor, UsbDevice,
    UsbDriver, UsbEndpoint, UsbInterface, UsbRequest,
};
pub use crate::wmi::{WmiBlock, WmiDevice, WmiDriver, WmiEvent, WmiGuid, WmiHandle};
pub use crate::workqueue::{DelayedWork, Work, WorkCall, WorkHandler, WorkQueue};
pub use crate::{
    BitsEnum, ParamEnum, acpi_driver, acpi_notify, backlight, bar, battery_hook, bits, bus, chrdev,
    chrdev_region, cooling, debugfs, debugfs_bin, device, dma, dma_stream, export, export_c,
    file_operations, filesystem, gpio, gpio_chip, handlers, hid_driver, hrtimer, hwmon, i2c_driver,
    iio, import_c, input, ioctl, iomem, irq, kernel_module, kprobe, kretprobe, kthread, led,
    led_multicolor, led_trigger, misc, notifier, object, pci_driver, per_open, platform_driver,
    platform_profile, ports, power_supply, proc, registers, regmap, rfkill, rtc, runtime_pm,
    spi_driver, sysctl, sysfs, sysfs_bin, thermal_zone, timer, trace_event, tracepoint, uapi, urb,
    usb_driver, watchdog, wmi_driver, work, workqueue,
};
pub use crate::{
    dev_alert, dev_crit, dev_dbg, dev_emerg, dev_err, dev_info, dev_notice, dev_warn, pr_alert,
    pr_cont, pr_crit, pr_debug, pr_emerg, pr_err, pr_info, pr_notice, pr_warn,
};
pub use core::ffi::CStr;
pub use core::ops::RangeInclusive;
pub use core::sync::atomic::{
    AtomicBool, AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicU8, AtomicU16,
    AtomicU32, AtomicU64, AtomicUsize, Ordering,
};
