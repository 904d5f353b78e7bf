// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

/// Measures
#[kernel_module(name = "meter", license = "GPL")]
#[derive(Default)]
struct Module {
    #[iio(channels(voltage(raw)))]
    own: Iio<Sensors>,
}

#[derive(Default)]
struct Sensors;

#[handlers]
impl IioOps for Sensors {
    fn read_raw(&self, _iio: &IioCall<'_, Self>, _channel: IioChannel, _info: IioInfo) -> Result<IioValue> {
        Ok(IioValue::Int(0))
    }
}

fn main() {}
