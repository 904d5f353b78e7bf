// SPDX-License-Identifier: GPL-2.0-only
//! Names of devices as packages: of two modules with one name in `/dev`, the kernel loads the first only. So each package
//! has a name for each device, which no two packages that are installed may have.

use crate::uapi::INDEX;

/// What such names begin with.
const BEGIN: &str = "kmod-device-";

/// The names of a module's devices as packages, which have small letters, digits, `+`, `-` and `.`.
pub fn names(devices: &[String]) -> Vec<String> {
    let mut names: Vec<String> = devices.iter().map(|device| name(device)).collect();
    names.sort();
    names.dedup();
    names
}

fn name(device: &str) -> String {
    // The first of them stands for all.
    let device = device.replace(INDEX, "0");
    let name = device.chars().map(|c| match c.to_ascii_lowercase() {
        c if c.is_ascii_alphanumeric() || ".+".contains(c) => c,
        _ => '-',
    });
    BEGIN.chars().chain(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dpkg_takes_the_names() {
        let devices = ["edu{index}-memory", "my_Dev", "bus/x", "edu{index}-memory"];
        let names = names(&devices.map(str::to_owned));
        let expected = [
            "kmod-device-bus-x",
            "kmod-device-edu0-memory",
            "kmod-device-my-dev",
        ];
        assert_eq!(names, expected);
    }
}
