// SPDX-License-Identifier: GPL-2.0-only
//! What a chip does to a line besides its level and its direction.

use core::ffi::c_ulong;
use core::time::Duration;

use kmod_bindings as bindings;

use crate::error::Result;
use crate::error::code::EINVAL;

/// What a chip can be asked to do to a line, by [`set_config`](super::GpioInput::set_config): some of the kernel's
/// `enum pin_config_param`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GpioConfig {
    /// It has no resistor: `PIN_CONFIG_BIAS_DISABLE`.
    BiasDisable,
    /// A resistor pulls it up: `PIN_CONFIG_BIAS_PULL_UP`.
    PullUp,
    /// A resistor pulls it down: `PIN_CONFIG_BIAS_PULL_DOWN`.
    PullDown,
    /// It is driven both ways: `PIN_CONFIG_DRIVE_PUSH_PULL`.
    PushPull,
    /// It is driven low only: `PIN_CONFIG_DRIVE_OPEN_DRAIN`.
    OpenDrain,
    /// It is driven high only: `PIN_CONFIG_DRIVE_OPEN_SOURCE`.
    OpenSource,
    /// A level counts once it has lasted so long, in whole microseconds, rounded up; zero for at once:
    /// `PIN_CONFIG_INPUT_DEBOUNCE`, as `gpiod_set_debounce()`.
    Debounce(Duration),
}

/// The most that an argument can be.
const ARGUMENT_MAX: u32 = (1 << 24) - 1;

impl GpioConfig {
    /// As `PIN_CONF_PACKED()` makes it.
    ///
    /// # Errors
    ///
    /// `EINVAL` for a time that has no room.
    pub(super) fn packed(self) -> Result<c_ulong> {
        let (parameter, argument) = match self {
            Self::BiasDisable => (bindings::KMOD_GPIOD_BIAS_DISABLE, 0),
            Self::PullUp => (bindings::KMOD_GPIOD_BIAS_PULL_UP, 1),
            Self::PullDown => (bindings::KMOD_GPIOD_BIAS_PULL_DOWN, 1),
            Self::PushPull => (bindings::KMOD_GPIOD_DRIVE_PUSH_PULL, 0),
            Self::OpenDrain => (bindings::KMOD_GPIOD_DRIVE_OPEN_DRAIN, 0),
            Self::OpenSource => (bindings::KMOD_GPIOD_DRIVE_OPEN_SOURCE, 0),
            Self::Debounce(time) => {
                let us = time.as_nanos().div_ceil(1000);
                let us = u32::try_from(us).ok().filter(|us| *us <= ARGUMENT_MAX);
                (bindings::KMOD_GPIOD_INPUT_DEBOUNCE, us.ok_or(EINVAL)?)
            }
        };
        Ok(c_ulong::from(argument) << 8 | c_ulong::from(parameter))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_24_bits_and_are_rounded_up() {
        let packed = |time| GpioConfig::Debounce(time).packed();
        let us = |us: c_ulong| Ok(us << 8 | c_ulong::from(bindings::KMOD_GPIOD_INPUT_DEBOUNCE));
        assert_eq!(packed(Duration::ZERO), us(0));
        assert_eq!(packed(Duration::from_nanos(1)), us(1));
        assert_eq!(packed(Duration::from_nanos(1000)), us(1));
        assert_eq!(packed(Duration::from_nanos(1001)), us(2));
        assert_eq!(packed(Duration::from_micros(0xff_ffff)), us(0xff_ffff));
        assert_eq!(packed(Duration::from_micros(0x100_0000)), Err(EINVAL));
        assert_eq!(packed(Duration::MAX), Err(EINVAL));
    }
}
