// SPDX-License-Identifier: GPL-2.0-only
//! The names of what channels measure, of their files and of what they tell of, as all kernels have them.

use proc_macro2::Ident;

use crate::errors::{Errors, closest, listed};

/// What is measured, by the names of files, as all kernels have it.
pub const TYPES: &[&str] = &[
    "voltage",
    "current",
    "power",
    "accel",
    "anglvel",
    "magn",
    "illuminance",
    "intensity",
    "proximity",
    "temp",
    "incli",
    "rot",
    "angl",
    "capacitance",
    "altvoltage",
    "cct",
    "pressure",
    "humidityrelative",
    "activity",
    "steps",
    "energy",
    "distance",
    "velocity",
    "concentration",
    "resistance",
    "ph",
    "uvindex",
    "electricalconductivity",
    "count",
    "index",
    "gravity",
    "positionrelative",
    "phase",
    "massconcentration",
];

/// What of it.
pub const MODIFIERS: &[&str] = &[
    "x",
    "y",
    "z",
    "x_and_y",
    "x_and_z",
    "y_and_z",
    "x_and_y_and_z",
    "x_or_y",
    "x_or_z",
    "y_or_z",
    "x_or_y_or_z",
    "root_sum_squared_x_y",
    "sum_squared_x_y_z",
    "root_sum_squared_x_y_z",
    "both",
    "ir",
    "clear",
    "red",
    "green",
    "blue",
    "uv",
    "duv",
    "ambient",
    "object",
    "from_north_magnetic",
    "from_north_true",
    "from_north_magnetic_tilt_comp",
    "from_north_true_tilt_comp",
    "running",
    "jogging",
    "walking",
    "still",
    "i",
    "q",
    "co2",
    "voc",
    "pm1",
    "pm2p5",
    "pm4",
    "pm10",
    "ethanol",
    "h2",
    "o2",
];

/// What is known of a channel, by the names of files.
pub const INFOS: &[&str] = &[
    "raw",
    "input",
    "scale",
    "offset",
    "calibscale",
    "calibbias",
    "peak_raw",
    "peak_scale",
    "quadrature_correction_raw",
    "mean_raw",
    "filter_low_pass_3db_frequency",
    "filter_high_pass_3db_frequency",
    "sampling_frequency",
    "frequency",
    "phase",
    "hardwaregain",
    "hysteresis",
    "integration_time",
    "en",
    "calibheight",
    "calibweight",
    "debounce_count",
    "debounce_time",
    "calibemissivity",
    "oversampling_ratio",
    "thermocouple_type",
    "calibambient",
];

/// What channels tell of, by the names of files.
pub const EVENT_TYPES: &[&str] = &[
    "thresh",
    "mag",
    "roc",
    "thresh_adaptive",
    "mag_adaptive",
    "change",
];

/// In which direction.
pub const EVENT_DIRECTIONS: &[&str] = &["either", "rising", "falling", "none"];

/// What can be set of an event, by the names of files.
pub const EVENT_INFOS: &[&str] = &[
    "en",
    "value",
    "hysteresis",
    "period",
    "high_pass_filter_3db",
    "low_pass_filter_3db",
];

/// What the kernel's own constants say instead.
const ALSO: &[(&str, &str)] = &[
    ("light", "illuminance"),
    ("lux", "illuminance"),
    ("angl_vel", "anglvel"),
    ("gyro", "anglvel"),
    ("humidity", "humidityrelative"),
    ("temperature", "temp"),
    ("processed", "input"),
    ("samp_freq", "sampling_frequency"),
    ("int_time", "integration_time"),
    ("enable", "en"),
    ("threshold", "thresh"),
    ("magnitude", "mag"),
    ("average_raw", "mean_raw"),
    ("peak", "peak_raw"),
    (
        "low_pass_filter_3db_frequency",
        "filter_low_pass_3db_frequency",
    ),
    (
        "high_pass_filter_3db_frequency",
        "filter_high_pass_3db_frequency",
    ),
    ("light_ir", "ir"),
    ("light_both", "both"),
];

/// The word of those that are known, or what was meant.
pub fn word(
    what: &str,
    written: &Ident,
    known: &[&'static str],
    errors: &mut Errors,
) -> Option<&'static str> {
    if let Some(word) = known.iter().find(|word| written == *word) {
        return Some(*word);
    }
    let name = written.to_string().to_lowercase();
    let also = ALSO
        .iter()
        .find(|(also, word)| *also == name && known.contains(word));
    let meant = also.map_or_else(
        || closest(&name, known.iter().copied()),
        |(_, word)| Some(*word),
    );
    let help = match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("there are {}", listed(known.iter().copied())),
    };
    errors.at(
        written.span(),
        format!("there is no {what} `{written}`"),
        help,
    );
    None
}
