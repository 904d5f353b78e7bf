// SPDX-License-Identifier: GPL-2.0-only
//! What can be known of a supply, and the numbers that stand for words.

use core::ffi::c_uint;

use kmod_bindings as bindings;

use crate::class::numbered;

numbered! {
    /// What is known of a supply: `enum power_supply_property`, as far as all kernels have it.
    PowerSupplyProperty, KMOD_PSY_PROPERTIES_END:
    Status = "`status`: charging, discharging, full: `STATUS_CHARGING` and its kin",
    ChargeType = "`charge_type`: how it charges: `CHARGE_TYPE_FAST` and its kin",
    Health = "`health`: `HEALTH_GOOD` and its kin",
    Present = "`present`: 1 if it is there",
    Online = "`online`: 1 if it supplies",
    Authentic = "`authentic`",
    Technology = "`technology`: `TECHNOLOGY_LION` and its kin",
    CycleCount = "`cycle_count`",
    VoltageMax = "`voltage_max`",
    VoltageMin = "`voltage_min`",
    VoltageMaxDesign = "`voltage_max_design`",
    VoltageMinDesign = "`voltage_min_design`",
    VoltageNow = "`voltage_now`",
    VoltageAvg = "`voltage_avg`",
    VoltageOcv = "`voltage_ocv`",
    VoltageBoot = "`voltage_boot`",
    CurrentMax = "`current_max`",
    CurrentNow = "`current_now`",
    CurrentAvg = "`current_avg`",
    CurrentBoot = "`current_boot`",
    PowerNow = "`power_now`",
    PowerAvg = "`power_avg`",
    ChargeFullDesign = "`charge_full_design`",
    ChargeEmptyDesign = "`charge_empty_design`",
    ChargeFull = "`charge_full`",
    ChargeEmpty = "`charge_empty`",
    ChargeNow = "`charge_now`",
    ChargeAvg = "`charge_avg`",
    ChargeCounter = "`charge_counter`",
    ConstantChargeCurrent = "`constant_charge_current`",
    ConstantChargeCurrentMax = "`constant_charge_current_max`",
    ConstantChargeVoltage = "`constant_charge_voltage`",
    ConstantChargeVoltageMax = "`constant_charge_voltage_max`",
    ChargeControlStartThreshold = "`charge_control_start_threshold`: below how many percent it begins to charge",
    ChargeControlEndThreshold = "`charge_control_end_threshold`: at how many percent it ends to charge",
    InputCurrentLimit = "`input_current_limit`",
    InputVoltageLimit = "`input_voltage_limit`",
    InputPowerLimit = "`input_power_limit`",
    EnergyFullDesign = "`energy_full_design`",
    EnergyEmptyDesign = "`energy_empty_design`",
    EnergyFull = "`energy_full`",
    EnergyEmpty = "`energy_empty`",
    EnergyNow = "`energy_now`",
    EnergyAvg = "`energy_avg`",
    Capacity = "`capacity`: in percent",
    CapacityAlertMin = "`capacity_alert_min`",
    CapacityAlertMax = "`capacity_alert_max`",
    CapacityErrorMargin = "`capacity_error_margin`",
    CapacityLevel = "`capacity_level`: `CAPACITY_LEVEL_NORMAL` and its kin",
    Temp = "`temp`",
    TempMax = "`temp_max`",
    TempMin = "`temp_min`",
    TempAlertMin = "`temp_alert_min`",
    TempAlertMax = "`temp_alert_max`",
    TempAmbient = "`temp_ambient`",
    TempAmbientAlertMin = "`temp_ambient_alert_min`",
    TempAmbientAlertMax = "`temp_ambient_alert_max`",
    TimeToEmptyNow = "`time_to_empty_now`",
    TimeToEmptyAvg = "`time_to_empty_avg`",
    TimeToFullNow = "`time_to_full_now`",
    TimeToFullAvg = "`time_to_full_avg`",
    Scope = "`scope`: `SCOPE_SYSTEM` or `SCOPE_DEVICE`",
    PrechargeCurrent = "`precharge_current`",
    ChargeTermCurrent = "`charge_term_current`",
    Calibrate = "`calibrate`",
    ManufactureYear = "`manufacture_year`",
    ManufactureMonth = "`manufacture_month`",
    ManufactureDay = "`manufacture_day`",
}

/// `POWER_SUPPLY_STATUS_UNKNOWN`.
pub const STATUS_UNKNOWN: i32 = 0;
/// `POWER_SUPPLY_STATUS_CHARGING`.
pub const STATUS_CHARGING: i32 = 1;
/// `POWER_SUPPLY_STATUS_DISCHARGING`.
pub const STATUS_DISCHARGING: i32 = 2;
/// `POWER_SUPPLY_STATUS_NOT_CHARGING`.
pub const STATUS_NOT_CHARGING: i32 = 3;
/// `POWER_SUPPLY_STATUS_FULL`.
pub const STATUS_FULL: i32 = 4;
/// `POWER_SUPPLY_CHARGE_TYPE_UNKNOWN`.
pub const CHARGE_TYPE_UNKNOWN: i32 = 0;
/// `POWER_SUPPLY_CHARGE_TYPE_NONE`.
pub const CHARGE_TYPE_NONE: i32 = 1;
/// `POWER_SUPPLY_CHARGE_TYPE_TRICKLE`.
pub const CHARGE_TYPE_TRICKLE: i32 = 2;
/// `POWER_SUPPLY_CHARGE_TYPE_FAST`.
pub const CHARGE_TYPE_FAST: i32 = 3;
/// `POWER_SUPPLY_CHARGE_TYPE_STANDARD`.
pub const CHARGE_TYPE_STANDARD: i32 = 4;
/// `POWER_SUPPLY_CHARGE_TYPE_ADAPTIVE`.
pub const CHARGE_TYPE_ADAPTIVE: i32 = 5;
/// `POWER_SUPPLY_CHARGE_TYPE_CUSTOM`.
pub const CHARGE_TYPE_CUSTOM: i32 = 6;
/// `POWER_SUPPLY_HEALTH_UNKNOWN`.
pub const HEALTH_UNKNOWN: i32 = 0;
/// `POWER_SUPPLY_HEALTH_GOOD`.
pub const HEALTH_GOOD: i32 = 1;
/// `POWER_SUPPLY_HEALTH_OVERHEAT`.
pub const HEALTH_OVERHEAT: i32 = 2;
/// `POWER_SUPPLY_HEALTH_DEAD`.
pub const HEALTH_DEAD: i32 = 3;
/// `POWER_SUPPLY_HEALTH_OVERVOLTAGE`.
pub const HEALTH_OVERVOLTAGE: i32 = 4;
/// `POWER_SUPPLY_TECHNOLOGY_UNKNOWN`.
pub const TECHNOLOGY_UNKNOWN: i32 = 0;
/// `POWER_SUPPLY_TECHNOLOGY_NiMH`.
pub const TECHNOLOGY_NIMH: i32 = 1;
/// `POWER_SUPPLY_TECHNOLOGY_LION`.
pub const TECHNOLOGY_LION: i32 = 2;
/// `POWER_SUPPLY_TECHNOLOGY_LIPO`.
pub const TECHNOLOGY_LIPO: i32 = 3;
/// `POWER_SUPPLY_TECHNOLOGY_LiFe`.
pub const TECHNOLOGY_LIFE: i32 = 4;
/// `POWER_SUPPLY_TECHNOLOGY_NiCd`.
pub const TECHNOLOGY_NICD: i32 = 5;
/// `POWER_SUPPLY_TECHNOLOGY_LiMn`.
pub const TECHNOLOGY_LIMN: i32 = 6;
/// `POWER_SUPPLY_CAPACITY_LEVEL_UNKNOWN`.
pub const CAPACITY_LEVEL_UNKNOWN: i32 = 0;
/// `POWER_SUPPLY_CAPACITY_LEVEL_CRITICAL`.
pub const CAPACITY_LEVEL_CRITICAL: i32 = 1;
/// `POWER_SUPPLY_CAPACITY_LEVEL_LOW`.
pub const CAPACITY_LEVEL_LOW: i32 = 2;
/// `POWER_SUPPLY_CAPACITY_LEVEL_NORMAL`.
pub const CAPACITY_LEVEL_NORMAL: i32 = 3;
/// `POWER_SUPPLY_CAPACITY_LEVEL_HIGH`.
pub const CAPACITY_LEVEL_HIGH: i32 = 4;
/// `POWER_SUPPLY_CAPACITY_LEVEL_FULL`.
pub const CAPACITY_LEVEL_FULL: i32 = 5;
/// `POWER_SUPPLY_SCOPE_UNKNOWN`.
pub const SCOPE_UNKNOWN: i32 = 0;
/// `POWER_SUPPLY_SCOPE_SYSTEM`.
pub const SCOPE_SYSTEM: i32 = 1;
/// `POWER_SUPPLY_SCOPE_DEVICE`.
pub const SCOPE_DEVICE: i32 = 2;
