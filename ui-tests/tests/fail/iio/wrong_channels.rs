// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Board {
    #[iio]
    nothing: Iio<Sensors>,
    #[iio(channels())]
    none: Iio<Sensors>,
    #[iio(channels(light(raw), humidity(processed), temp, voltage(), current("raw")))]
    types: Iio<Sensors>,
    #[iio(channels(accel(modifier = w, raw), accel(modifier = "x", raw), accel(modified = x, raw)))]
    modifiers: Iio<Sensors>,
    #[iio(channels(
        voltage(index = -1, raw),
        voltage(index = 65536, raw),
        voltage(channel = 0, raw),
        voltage(index = 0, index = 1, raw),
        voltage(index = 2, address = 4294967296, raw),
    ))]
    numbers: Iio<Sensors>,
    #[iio(channels(voltage(differential = 1, raw), voltage(index = 0, differential = 1, modifier = x, raw)))]
    differences: Iio<Sensors>,
    #[iio(channels(
        voltage(raw, raw, samp_freq, shared_by_type(scale, available(raw, scal)), shared_by_type(scale)),
        current(index = 0, label = "", raw),
        current(index = 1, label = VDD, raw),
        current(index = 2, available),
        current(index = 3, available("raw")),
        current(index = 4, output),
    ))]
    files: Iio<Sensors>,
    #[iio(name = "a b", channel(voltage(raw)))]
    keys: Iio<Sensors>,
    #[iio(name = "a b", channels(voltage(raw)))]
    names: Iio<Sensors>,
    #[hwmon(channels(temp(input)))]
    another: Iio<Sensors>,
}

struct Sensors;

#[handlers]
impl IioOps for Sensors {
    fn read(&self, _iio: &IioCall<'_, Self>, _channel: IioChannel, _info: IioInfo) -> Result<IioValue> {
        Ok(IioValue::Int(0))
    }
}

fn main() {}
