// SPDX-License-Identifier: GPL-2.0-only
//! Everything that generated code may name. Nothing here is meant for people.

#[cfg(target_os = "none")]
pub use core::arch::{asm, global_asm};
#[cfg(target_os = "none")]
pub use core::option::Option::Some;
pub use core::{cfg, concat, file, format_args, line, primitive};

pub use crate::__told as told;
pub use crate::__told_link as told_link;
pub use crate::__trace_is_on as trace_is_on;
pub use crate::__trace_send as trace_send;
pub use crate::__tracepoint_function as tracepoint_function;
pub use crate::acpi::{Acpi, AcpiId, AcpiNotifyField, AcpiNotifyObject};
pub use crate::bus::{
    BusDriver, BusField, BusObject, Driver, DriverField, DriverHandlers, MadeElsewhere,
};
pub use crate::c::CValue;
pub use crate::chrdev::{
    Chrdev, ChrdevField, ChrdevRegionField, ChrdevRegionObject, CountedChrdev, FixedChrdev,
    NodeName,
};
pub use crate::class::backlight::{BacklightField, BacklightHandlers, backlight_kind};
pub use crate::class::battery_hook::{BatteryHookField, BatteryHookHandlers};
pub use crate::class::cooling::CoolingField;
pub use crate::class::gpio_chip::{GpioChipField, GpioHandlers, GpioName};
pub use crate::class::hwmon::{HwmonAttr, HwmonChannel, HwmonField, HwmonHandlers, HwmonSensor};
pub use crate::class::iio::{
    IioEvent, IioEventDirection, IioEventInfo, IioEventSpec, IioEventType, IioField, IioHandlers,
    IioInfo, IioModifier, IioScanType, IioSpec, IioType,
};
pub use crate::class::input as input_codes;
pub use crate::class::input::{AbsInfo, InputField, InputHandlers, KeyEntry, ScanCode, mt_flags};
pub use crate::class::led::{LedField, LedHandlers};
pub use crate::class::led_multicolor::{LedMulticolorField, LedMulticolorHandlers, led_color};
pub use crate::class::led_trigger::LedTriggerField;
pub use crate::class::platform_profile::{PlatformProfileField, profiles};
pub use crate::class::power_supply::{
    PowerSupplyField, PowerSupplyHandlers, PowerSupplyProperty, power_supply_kind,
};
pub use crate::class::rfkill::{RfkillField, RfkillHandlers, rfkill_kind};
pub use crate::class::rtc::{RtcField, RtcHandlers};
pub use crate::class::thermal_zone::{ThermalHandlers, ThermalTrip, ThermalZoneField};
pub use crate::class::watchdog::{WatchdogField, WatchdogHandlers};
pub use crate::class::{ClassField, ClassObject};
pub use crate::debugfs::{Debugfs, DebugfsBin, DebugfsBinField, DebugfsField};
pub use crate::dma::{DmaField, DmaObject, DmaStreamField, DmaStreamObject};
pub use crate::dmi::is_machine;
pub use crate::error::Result;
pub use crate::file::{
    DeviceTable, DeviceType, Handlers, InFile, Life, LifeOf, LlseekAs, OpenAs, OpenState,
    Operations, PlainLife, some_life,
};
pub use crate::filesystem::{Filesystem, FilesystemField};
pub use crate::gpio::{GpioField, GpioIrqs, GpioLookup, GpioObject, assert_gpio, assert_gpio_irq};
pub use crate::hid::{Hid, HidBusDriver, HidDriverField, HidHandlers, HidId, hid_connect};
pub use crate::hrtimer::{HrtimerField, HrtimerObject, clock};
pub use crate::i2c::{I2c, I2cId};
pub use crate::instance::{
    Belongs, Counted, Device, Embedded, Field, Instance, ModuleState, Object, ObjectField,
    Provides, Static, offset,
};
pub use crate::io::{
    BitsValue, Block, BlockArray, ConstValue, IoMemField, IoMemObject, Placing, PortsField,
    PortsObject, ReadOnly, ReadToClear, ReadWrite, Register, RegisterArray, RegisterValue,
    Registers, Row, Word, WriteOneToClear, WriteOnly, assert_endian, assert_free, assert_placed,
    assert_ports, assert_reset, assert_word, bit_range, get_bits, least_bits, widest, width,
    with_bits,
};
pub use crate::ioctl;
pub use crate::irq::{
    IrqField, IrqHandlers, IrqNumbers, IrqObject, IrqSource, assert_irq_numbers, irq_kinds,
};
pub use crate::kprobe::{
    KprobeField, KprobeObject, KretprobeField, KretprobeHandlers, KretprobeObject, ProbeSymbol,
};
pub use crate::kthread::{KthreadField, KthreadObject};
pub use crate::miscdevice::{DeviceMisc, DeviceMiscField, FiledMisc, Misc, MiscField};
pub use crate::module::{Module, ModuleInfo, ModuleSlot, exit, init};
pub use crate::notifier::{
    CpuEvent, DieEvent, InetaddrEvent, KeyboardEvent, ModuleEvent, NetdeviceEvent, NotifierField,
    NotifierObject, PanicEvent, PmEvent, RebootEvent,
};
pub use crate::params::{
    Array, Bint, Custom, Fixed, HexInt, InvBool, KernelParam, Live, OnChange, Param, ParamArray,
    ParamText, ParamTexts, Plain, Text, Texts, with_live,
};
pub use crate::pci::{BarField, BarObject, Pci, PciBusDriver, PciHandlers, PciId};
pub use crate::platform::{OfId, Platform, PlatformField, PlatformId, PlatformIds, PlatformObject};
pub use crate::print;
pub use crate::proc::{Proc, ProcField};
pub use crate::regmap::{
    RegmapBus, RegmapField, RegmapObject, assert_regmap, regmap_known, regmap_plan, regmap_ranges,
};
pub use crate::runtime_pm::{RuntimePmField, RuntimePmObject};
pub use crate::spi::{Spi, SpiId};
pub use crate::sync::{IsShared, NotShared, Shared, assert_shared};
pub use crate::sysctl::{
    Format, How, Jiffies, SysctlEntries, SysctlEntry, SysctlField, SysctlHow, SysctlTable,
    formatted, jiffies, ranged,
};
pub use crate::sysfs::{
    DeviceFile, DeviceFiles, Sysfs, SysfsBin, SysfsBinField, SysfsBinaryHandlers, SysfsField,
    SysfsHandlers, is_of_device, sysfs_bin_mode, sysfs_mode, told_sysfs_bin_mode, told_sysfs_mode,
};
pub use crate::task::Capability;
pub use crate::task::capability;
pub use crate::text_file::{TextHandlers, text_mode, told_text_mode};
pub use crate::trace;
pub use crate::trace::{TracepointField, TracepointName, TracepointObject};
pub use crate::uapi;
pub use crate::usb::{UrbField, UrbObject, Usb, UsbId};
pub use crate::wmi::{Wmi, WmiBusDriver, WmiHandlers, WmiId};
pub use crate::workqueue::{
    OwnQueue, Queued, SystemQueue, WorkField, WorkQueueField, WorkQueueObject, system_queue,
    work_queue_flags,
};
#[cfg(target_os = "none")]
pub use kmod_bindings::{__this_module, static_branch};
pub use kmod_bindings::{file_operations, kmod_regmap_plan};
pub use kmod_macros::printk;

/// The largest field that may stand in the module struct itself, in bytes: 1024, and more where stacks or
/// locks are larger.
pub const MAX_FIELD_SIZE: usize = MAX_MODULE_SIZE / 2;

/// The largest module struct, in bytes: `init` returns it by value, over the kernel's stack.
pub const MAX_MODULE_SIZE: usize = kmod_bindings::KMOD_MODULE_SIZE as usize;

/// Fails to compile if what `field` points to is not a `T`, but what an attribute after ours has put
/// there: a raw pointer is not dereferenced on the way to another type, as a reference is.
pub const fn is_exactly<T>(field: *const T) {
    let _ = field;
}

/// Fails to compile if a field is too large.
#[track_caller]
pub const fn assert_field_size(field: usize, message: &str) {
    assert!(field <= MAX_FIELD_SIZE, "{}", message);
}

/// Fails to compile if a module is too large though none of its fields is: that is reported at the
/// field.
#[track_caller]
pub const fn assert_size(module: usize, mut fields: &[usize], message: &str) {
    while let [field, others @ ..] = fields {
        if *field > MAX_FIELD_SIZE {
            return;
        }
        fields = others;
    }
    assert!(module <= MAX_MODULE_SIZE, "{}", message);
}

/// The keys of the attributes, for editors: an expansion names the keys that the user wrote.
pub mod keys {
    kmod_macros::documented_keys!();
}
