// SPDX-License-Identifier: GPL-2.0-only
//! Files on the kernel's batteries, by a hook of a device and one of the module.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// Adds thresholds to batteries
#[kernel_module(
    name = "vm_battery",
    license = "GPL",
    params(
        /// The battery that gets no end threshold
        spared: &str = "",
        /// The errno of that
        error: i32 = 19,
    )
)]
struct Module {
    #[acpi_driver(name = "vm_battery", ids = ["KMOD0BA8"])]
    driver: Driver,
    /// Of all batteries.
    #[battery_hook(properties(rw(charge_control_start_threshold)))]
    starts: BatteryHook<Starts>,
    spared: KString,
    error: i32,
}

impl KernelModule for Module {
    fn init(params: &ModuleParams) -> Result<Self> {
        Ok(Self {
            driver: Driver,
            starts: BatteryHook::new(Starts::default()),
            spared: KString::from_fmt(format_args!("{}", params.spared()), GFP_KERNEL)?,
            error: params.error(),
        })
    }
}

/// Of both batteries.
#[derive(Default)]
struct Starts(AtomicI32);

#[handlers]
impl BatteryHookOps for Starts {
    fn get_property(
        &self,
        _battery: &BatteryHookCall<'_, Self>,
        _property: PowerSupplyProperty,
    ) -> Result<i32> {
        Ok(self.0.load(Ordering::Relaxed))
    }

    fn set_property(
        &self,
        _battery: &BatteryHookCall<'_, Self>,
        _property: PowerSupplyProperty,
        value: i32,
    ) -> Result {
        self.0.store(value, Ordering::Relaxed);
        Ok(())
    }
}

struct Driver;

#[handlers]
impl AcpiDriver for Driver {
    type Device = Board;

    fn probe(&self, _device: &AcpiDevice<'_, Self>) -> Result<Board> {
        Ok(Board {
            ends: [AtomicI32::new(100), AtomicI32::new(90)],
            ..Board::default()
        })
    }
}

#[device]
#[derive(Default)]
struct Board {
    #[bus]
    firmware: AcpiHandle,
    /// That of each battery.
    ends: [AtomicI32; 2],
    #[battery_hook(properties(rw(charge_control_end_threshold)))]
    hook: BatteryHook<Ends>,
    /// A write of 0 takes the second battery out, one of 1 puts it in.
    #[sysfs(mode = 0o200)]
    plug: Plug,
}

#[derive(Default)]
struct Ends;

/// The threshold of the battery that is asked about.
fn end<'a>(battery: &BatteryHookCall<'a, Ends>) -> Result<&'a AtomicI32> {
    let ends = &battery.instance().ends;
    match battery.battery() {
        "BAT0" => Ok(&ends[0]),
        "BAT1" => Ok(&ends[1]),
        _ => Err(EBADE),
    }
}

#[handlers]
impl BatteryHookOps for Ends {
    type Module = Module;
    type Instance = Board;

    fn add_battery(&self, battery: &BatteryHookCall<'_, Self>) -> Result {
        let module = battery.module();
        match battery.battery() == &*module.spared {
            true if module.error == 19 => Err(ENODEV),
            true => Err(EIO),
            false => Ok(()),
        }
    }

    fn get_property(
        &self,
        battery: &BatteryHookCall<'_, Self>,
        property: PowerSupplyProperty,
    ) -> Result<i32> {
        match (property, end(battery)?.load(Ordering::Relaxed)) {
            (PowerSupplyProperty::ChargeControlEndThreshold, 42) => Err(EIO),
            (PowerSupplyProperty::ChargeControlEndThreshold, end) => Ok(end),
            _ => Err(EBADE),
        }
    }

    fn set_property(
        &self,
        battery: &BatteryHookCall<'_, Self>,
        _property: PowerSupplyProperty,
        value: i32,
    ) -> Result {
        if !(-1..=100).contains(&value) {
            return Err(EINVAL);
        }
        end(battery)?.store(value, Ordering::Relaxed);
        Ok(())
    }
}

#[derive(Default)]
struct Plug;

#[handlers]
impl SysfsFile for Plug {
    type Instance = Board;

    fn store(&self, file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
        let is_in: u32 = kmod_core::str::parse(text)?;
        let firmware = &file.instance().firmware;
        firmware
            .evaluate(c"PLUG", &[AcpiArgument::Integer(is_in.into())])
            .map(drop)
    }
}
