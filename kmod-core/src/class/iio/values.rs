// SPDX-License-Identifier: GPL-2.0-only
//! What channels measure, what is known of them, and the forms in which that is told.

use core::ffi::{c_int, c_uint};

use kmod_bindings as bindings;

use crate::class::numbered;
use crate::error::Result;
use crate::error::code::ERANGE;

numbered! {
    /// What a channel measures: `enum iio_chan_type`, as far as all kernels have it, by the names of its files.
    IioType, KMOD_IIO_TYPES_END:
    Voltage = "`voltage`: in millivolts",
    Current = "`current`: in milliamperes",
    Power = "`power`: in milliwatts",
    Accel = "`accel`: in metres per second squared",
    Anglvel = "`anglvel`: in radians per second",
    Magn = "`magn`: in gauss",
    Illuminance = "`illuminance`: in lux; the kernel's `IIO_LIGHT`",
    Intensity = "`intensity`: of light, without a unit",
    Proximity = "`proximity`: in metres, as far as it is calibrated",
    Temp = "`temp`: in thousandths of a degree Celsius",
    Incli = "`incli`: in degrees",
    Rot = "`rot`: in degrees",
    Angl = "`angl`: in radians",
    Capacitance = "`capacitance`: in nanofarads",
    Altvoltage = "`altvoltage`: in millivolts",
    Cct = "`cct`: the colour temperature of light",
    Pressure = "`pressure`: in kilopascals",
    Humidityrelative = "`humidityrelative`: in thousandths of a percent",
    Activity = "`activity`: in percent; the modifier says which",
    Steps = "`steps`: how many",
    Energy = "`energy`: in joules",
    Distance = "`distance`: in metres",
    Velocity = "`velocity`: in metres per second",
    Concentration = "`concentration`: in percent",
    Resistance = "`resistance`: in ohms",
    Ph = "`ph`: on the scale from 0 to 14",
    Uvindex = "`uvindex`",
    Electricalconductivity = "`electricalconductivity`: in siemens per metre",
    Count = "`count`: of pulses",
    Index = "`index`: of a counter",
    Gravity = "`gravity`: in metres per second squared",
    Positionrelative = "`positionrelative`: in percent",
    Phase = "`phase`: in radians",
    Massconcentration = "`massconcentration`: in micrograms per cubic metre",
}

numbered! {
    /// What a channel measures of it, such as its axis: `enum iio_modifier`, as far as all kernels have it.
    IioModifier, KMOD_IIO_MODIFIERS_END:
    X = "`x`",
    Y = "`y`",
    Z = "`z`",
    XAndY = "`x&y`",
    XAndZ = "`x&z`",
    YAndZ = "`y&z`",
    XAndYAndZ = "`x&y&z`",
    XOrY = "`x|y`",
    XOrZ = "`x|z`",
    YOrZ = "`y|z`",
    XOrYOrZ = "`x|y|z`",
    RootSumSquaredXY = "`sqrt(x^2+y^2)`",
    SumSquaredXYZ = "`x^2+y^2+z^2`",
    RootSumSquaredXYZ = "`sqrt(x^2+y^2+z^2)`",
    Both = "`both`: visible light and infrared",
    Ir = "`ir`: infrared",
    Clear = "`clear`",
    Red = "`red`",
    Green = "`green`",
    Blue = "`blue`",
    Uv = "`uv`",
    Duv = "`duv`",
    Ambient = "`ambient`: of a thermometer that is pointed at something",
    Object = "`object`: what it is pointed at",
    FromNorthMagnetic = "`from_north_magnetic`",
    FromNorthTrue = "`from_north_true`",
    FromNorthMagneticTiltComp = "`from_north_magnetic_tilt_comp`",
    FromNorthTrueTiltComp = "`from_north_true_tilt_comp`",
    Running = "`running`",
    Jogging = "`jogging`",
    Walking = "`walking`",
    Still = "`still`",
    I = "`i`: in phase",
    Q = "`q`: in quadrature",
    Co2 = "`co2`",
    Voc = "`voc`",
    Pm1 = "`pm1`",
    Pm2p5 = "`pm2p5`",
    Pm4 = "`pm4`",
    Pm10 = "`pm10`",
    Ethanol = "`ethanol`",
    H2 = "`h2`",
    O2 = "`o2`",
}

numbered! {
    /// What is known of a channel, or can be set: `enum iio_chan_info_enum`, as far as all kernels have it, by the
    /// names of its files.
    IioInfo, KMOD_IIO_INFOS_END:
    Raw = "`raw`: what the hardware has; with the scale and the offset it is the value",
    Input = "`input`: the value, in its unit; the kernel's `IIO_CHAN_INFO_PROCESSED`",
    Scale = "`scale`: what `raw` plus `offset` is multiplied by",
    Offset = "`offset`: what is added to `raw`",
    Calibscale = "`calibscale`",
    Calibbias = "`calibbias`",
    PeakRaw = "`peak_raw`",
    PeakScale = "`peak_scale`",
    QuadratureCorrectionRaw = "`quadrature_correction_raw`",
    MeanRaw = "`mean_raw`",
    FilterLowPass3dbFrequency = "`filter_low_pass_3db_frequency`: in hertz",
    FilterHighPass3dbFrequency = "`filter_high_pass_3db_frequency`: in hertz",
    SamplingFrequency = "`sampling_frequency`: in hertz",
    Frequency = "`frequency`: in hertz",
    Phase = "`phase`: in radians",
    Hardwaregain = "`hardwaregain`",
    Hysteresis = "`hysteresis`",
    IntegrationTime = "`integration_time`: in seconds",
    En = "`en`: whether it is on",
    Calibheight = "`calibheight`",
    Calibweight = "`calibweight`",
    DebounceCount = "`debounce_count`",
    DebounceTime = "`debounce_time`",
    Calibemissivity = "`calibemissivity`",
    OversamplingRatio = "`oversampling_ratio`",
    ThermocoupleType = "`thermocouple_type`: a letter",
    Calibambient = "`calibambient`",
}

/// The most that a number can be shifted by, for it is one of 64 bits.
const SHIFT_MAX: u32 = 63;

/// A value, in one of the kernel's forms: `IIO_VAL_INT` and the others.
///
/// Of a whole and a part, the whole has the sign; where it is 0, the part has it: -0.5 is
/// `IntPlusMicro(0, -500_000)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IioValue {
    /// An integer.
    Int(i32),
    /// An integer, and millionths.
    IntPlusMicro(i32, i32),
    /// An integer, and millionths, in decibels.
    IntPlusMicroDb(i32, i32),
    /// An integer, and billionths.
    IntPlusNano(i32, i32),
    /// The one divided by the other, which is not 0.
    Fractional(i32, i32),
    /// The one divided by two to the power of the other, which is 63 at most.
    FractionalLog2(i32, u32),
    /// A letter.
    Char(u8),
}

impl IioValue {
    /// The numbers by which the kernel knows it.
    ///
    /// # Errors
    ///
    /// `ERANGE` for what the kernel cannot divide by.
    pub(super) fn raw(self) -> Result<(c_int, [c_int; 2])> {
        let (form, values) = match self {
            Self::Int(value) => (bindings::IIO_VAL_INT, [value, 0]),
            Self::IntPlusMicro(whole, part) => (bindings::IIO_VAL_INT_PLUS_MICRO, [whole, part]),
            Self::IntPlusMicroDb(whole, part) => {
                (bindings::IIO_VAL_INT_PLUS_MICRO_DB, [whole, part])
            }
            Self::IntPlusNano(whole, part) => (bindings::IIO_VAL_INT_PLUS_NANO, [whole, part]),
            Self::Fractional(_, 0) => return Err(ERANGE),
            Self::Fractional(value, by) => (bindings::IIO_VAL_FRACTIONAL, [value, by]),
            Self::FractionalLog2(value, by @ ..=SHIFT_MAX) => {
                (bindings::IIO_VAL_FRACTIONAL_LOG2, [value, by as c_int])
            }
            Self::FractionalLog2(..) => return Err(ERANGE),
            Self::Char(letter) => (bindings::IIO_VAL_CHAR, [letter.into(), 0]),
        };
        Ok((form as c_int, values))
    }
}

/// The form in which a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IioFormat {
    /// An integer, in any base.
    Int,
    /// A decimal, down to millionths.
    IntPlusMicro,
    /// The same, in decibels.
    IntPlusMicroDb,
    /// A decimal, down to billionths.
    IntPlusNano,
    /// A letter, where the kernel reads such.
    Char,
}

impl IioFormat {
    /// The kernel's number of it.
    pub(super) fn number(self) -> c_int {
        let number: c_uint = match self {
            Self::Int => bindings::IIO_VAL_INT,
            Self::IntPlusMicro => bindings::IIO_VAL_INT_PLUS_MICRO,
            Self::IntPlusMicroDb => bindings::IIO_VAL_INT_PLUS_MICRO_DB,
            Self::IntPlusNano => bindings::IIO_VAL_INT_PLUS_NANO,
            Self::Char => bindings::IIO_VAL_CHAR,
        };
        number as c_int
    }
}

/// What a value may be, as a file `…_available` shows it. All stay, since the kernel looks at them later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IioAvail {
    /// One of these.
    List(IioList),
    /// From the first to the third, in steps of the second.
    Range(IioRange),
}

/// Values of one form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IioList {
    /// As [`IioValue::Int`].
    Int(&'static [i32]),
    /// As [`IioValue::IntPlusMicro`].
    IntPlusMicro(&'static [[i32; 2]]),
    /// As [`IioValue::IntPlusNano`].
    IntPlusNano(&'static [[i32; 2]]),
    /// As [`IioValue::Fractional`].
    Fractional(&'static [[i32; 2]]),
    /// As [`IioValue::FractionalLog2`].
    FractionalLog2(&'static [[i32; 2]]),
}

/// A first value, a step and a last one, of one form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IioRange {
    /// As [`IioValue::Int`].
    Int(&'static [i32; 3]),
    /// As [`IioValue::IntPlusMicro`].
    IntPlusMicro(&'static [[i32; 2]; 3]),
    /// As [`IioValue::IntPlusNano`].
    IntPlusNano(&'static [[i32; 2]; 3]),
    /// As [`IioValue::Fractional`].
    Fractional(&'static [[i32; 2]; 3]),
    /// As [`IioValue::FractionalLog2`].
    FractionalLog2(&'static [[i32; 2]; 3]),
}

impl IioRange {
    /// It as three values.
    fn list(self) -> IioList {
        match self {
            Self::Int(values) => IioList::Int(values),
            Self::IntPlusMicro(values) => IioList::IntPlusMicro(values),
            Self::IntPlusNano(values) => IioList::IntPlusNano(values),
            Self::Fractional(values) => IioList::Fractional(values),
            Self::FractionalLog2(values) => IioList::FractionalLog2(values),
        }
    }
}

/// Values as the kernel takes them.
pub(super) struct Available {
    /// 0 for a list, 1 for a range.
    pub(super) kind: c_int,
    /// One of `IIO_VAL_*`.
    pub(super) form: c_int,
    /// One after the other, two numbers each but for integers.
    pub(super) values: &'static [c_int],
}

impl IioAvail {
    /// The numbers by which the kernel knows it.
    ///
    /// # Errors
    ///
    /// `ERANGE` for what the kernel cannot divide by.
    pub(super) fn raw(self) -> Result<Available> {
        let (kind, list) = match self {
            Self::List(list) => (0, list),
            Self::Range(range) => (1, range.list()),
        };
        let good = |values: &[[i32; 2]], is_good: fn(i32) -> bool| match values
            .iter()
            .all(|[_, by]| is_good(*by))
        {
            true => Ok(()),
            false => Err(ERANGE),
        };
        let (form, values) = match list {
            IioList::Int(values) => (bindings::IIO_VAL_INT, values),
            IioList::IntPlusMicro(values) => {
                (bindings::IIO_VAL_INT_PLUS_MICRO, values.as_flattened())
            }
            IioList::IntPlusNano(values) => {
                (bindings::IIO_VAL_INT_PLUS_NANO, values.as_flattened())
            }
            IioList::Fractional(values) => {
                good(values, |by| by != 0)?;
                (bindings::IIO_VAL_FRACTIONAL, values.as_flattened())
            }
            IioList::FractionalLog2(values) => {
                good(values, |by| {
                    u32::try_from(by).is_ok_and(|by| by <= SHIFT_MAX)
                })?;
                (bindings::IIO_VAL_FRACTIONAL_LOG2, values.as_flattened())
            }
        };
        Ok(Available {
            kind,
            form: form as c_int,
            values,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_divided_by_zero_or_shifted_too_far() {
        assert_eq!(IioValue::Fractional(1, 0).raw(), Err(ERANGE));
        assert_eq!(
            IioValue::Fractional(i32::MIN, -1).raw(),
            Ok((10, [i32::MIN, -1]))
        );
        assert_eq!(IioValue::FractionalLog2(1, 64).raw(), Err(ERANGE));
        assert_eq!(IioValue::FractionalLog2(-1, 63).raw(), Ok((11, [-1, 63])));
        let list = |list| IioAvail::List(list).raw().map(|raw| raw.values.len());
        assert_eq!(list(IioList::Fractional(&[[1, 2], [3, 0]])), Err(ERANGE));
        assert_eq!(list(IioList::FractionalLog2(&[[1, -1]])), Err(ERANGE));
        assert_eq!(list(IioList::FractionalLog2(&[[1, 64]])), Err(ERANGE));
        assert_eq!(list(IioList::FractionalLog2(&[[1, 0], [1, 63]])), Ok(4));
        let range = IioAvail::Range(IioRange::Fractional(&[[1, 1], [1, 0], [2, 1]]));
        assert!(range.raw().is_err());
    }
}
