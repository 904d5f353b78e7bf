// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Board {
    #[iio(channels(voltage(raw), voltage(raw)))]
    one: Iio<Sensors>,
    #[iio(channels(accel(modifier = x, raw), accel(modifier = y, raw), accel(modifier = x, scale)))]
    these_are_different: Iio<Sensors>,
    #[iio(channels(accel(modifier = x, raw), accel(modifier = x, index = 0, raw), accel(modifier = x, raw)))]
    two: Iio<Sensors>,
    #[iio(channels(voltage(index = 0, shared_by_type(scale)), voltage(scale)))]
    three: Iio<Sensors>,
    #[iio(channels(voltage(index = 0, differential = 1, raw), voltage(index = 0, differential = 1, raw)))]
    four: Iio<Sensors>,
    #[iio(channels(voltage(raw, available(raw)), voltage(output, raw), voltage(index = 0, shared_by_type(available(raw)))))]
    five: Iio<Sensors>,
}

struct Sensors;

#[handlers]
impl IioOps for Sensors {
    fn read_raw(&self, _iio: &IioCall<'_, Self>, _channel: IioChannel, _info: IioInfo) -> Result<IioValue> {
        Ok(IioValue::Int(0))
    }
}

fn main() {}
