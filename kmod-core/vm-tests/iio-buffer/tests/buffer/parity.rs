// SPDX-License-Identifier: GPL-2.0-only
//! What user space sees of buffers, and reads from them, is as of the twin's.

use std::fs;
use std::os::fd::AsFd;
use std::time::Duration;

use kmod_test::events::poll;
use kmod_test::{Parity, errno};

use crate::devices::{Device, EAGAIN, EBUSY, both, fire, twin, write};

/// `POLLIN | POLLRDNORM`
const IN: i16 = 0x41;

/// The names of all files of a folder, and what is in them.
fn files(folder: &str, of: &str, all: &mut Vec<(String, Result<String, i32>)>) {
    for entry in fs::read_dir(format!("{folder}/{of}")).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap();
        let inside = format!("{of}/{name}");
        if entry.file_type().unwrap().is_dir() {
            files(folder, &inside, all);
        } else {
            let text = errno(fs::read_to_string(entry.path()));
            all.push((inside, text));
        }
    }
    all.sort();
}

#[test]
fn files_are_as_in_c() {
    let (_modules, devices) = both("vm_iio_buffer");
    let mut parity = Parity::default();
    let all = |device: &Device| {
        let mut all = Vec::new();
        files(&device.folder, "", &mut all);
        // These are the device's own.
        all.retain(|(name, _)| {
            !["/uevent", "/dev"].contains(&name.as_str()) && !name.starts_with("/power")
        });
        all
    };
    let names = all(&devices[0]);
    let shown = |name: &str| {
        let found = names.iter().find(|(other, _)| other == name);
        found
            .unwrap_or_else(|| panic!("{names:?}"))
            .1
            .clone()
            .unwrap()
    };
    assert_eq!(shown("/scan_elements/in_accel_x_type"), "be:s12/16>>4\n");
    assert_eq!(shown("/scan_elements/in_voltage0-voltage1_index"), "3\n");
    assert_eq!(shown("/scan_elements/in_timestamp_type"), "le:s64/64>>0\n");
    parity.case("at first", devices.each_ref().map(all));
    let trigger = "trigger/current_trigger";
    for (file, text) in [
        // There is neither a trigger nor anything to measure.
        ("buffer/enable", "1"),
        ("scan_elements/in_timestamp_en", "1"),
        ("buffer/enable", "1"),
        (trigger, "none"),
        (trigger, "vm_iio_trigger"),
        ("buffer/enable", "1"),
        ("scan_elements/in_accel_x_en", "2"),
        ("scan_elements/in_accel_x_en", "y"),
        ("scan_elements/in_accel_x_type", "le:s12/16"),
        ("buffer/length", "0"),
        ("buffer/enable", "1"),
        ("buffer/length", "4294967295"),
        ("buffer/enable", "1"),
        ("buffer/length", "-1"),
        ("buffer/watermark", "0"),
        ("buffer/length", "64"),
        ("buffer/watermark", "65"),
        ("buffer/watermark", "3"),
        ("buffer/length", "2"),
        ("buffer/enable", "1"),
        ("buffer/enable", "1"),
        // It is on.
        ("scan_elements/in_accel_y_en", "1"),
        ("scan_elements/in_accel_x_en", "0"),
        ("buffer/length", "8"),
        ("buffer/watermark", "1"),
        (trigger, ""),
        (trigger, "vm_iio_trigger"),
        ("buffer/enable", "0"),
        (trigger, "\n"),
        ("buffer/enable", "1"),
        (trigger, "vm_iio_trigger"),
    ] {
        let of = format!("{file} <- {text:?}");
        parity.case(
            &of,
            devices.each_ref().map(|device| device.write(file, text)),
        );
        for file in [
            "buffer/enable",
            "buffer/length",
            "buffer/watermark",
            trigger,
        ] {
            let shown = devices.each_ref().map(|device| device.shown(file));
            parity.case(format!("{of}: {file}"), shown);
        }
    }
    parity.case("at last", devices.each_ref().map(all));
    parity.end();
}

/// Which channels are on: of the time the last.
const ELEMENTS: [&str; 7] = [
    "in_accel_x",
    "in_accel_y",
    "in_voltage7",
    "in_voltage0-voltage1",
    "in_illuminance",
    "in_proximity",
    "in_timestamp",
];

#[test]
fn scans_are_as_in_c() {
    let (_modules, devices) = both("vm_iio_buffer");
    let mut parity = Parity::default();
    for device in &devices {
        device
            .write("trigger/current_trigger", "vm_iio_trigger")
            .unwrap();
        device.write("buffer/length", "8").unwrap();
    }
    let mut times = Vec::new();
    let mut is_on = 0;
    // Each with the time and without, and some together.
    for mask in [
        0x01, 0x41, 0x42, 0x02, 0x44, 0x08, 0x48, 0x10, 0x60, 0x20, 0x6c, 0x1b, 0x5b, 0x3f,
        0x7f_u32,
    ] {
        for device in &devices {
            for (place, element) in ELEMENTS.iter().enumerate() {
                if (mask ^ is_on) >> place & 1 == 1 {
                    let on = if mask >> place & 1 == 1 { "1" } else { "0" };
                    device
                        .write(&format!("scan_elements/{element}_en"), on)
                        .unwrap();
                }
            }
            device.write("buffer/enable", "1").unwrap();
        }
        is_on = mask;
        fire(3);
        let scans = devices.each_ref().map(|device| {
            let mut bytes = device.read(4096)?;
            let has_time = mask >> 6 == 1;
            if has_time {
                let length = bytes.len() / 3;
                for scan in bytes.chunks_mut(length) {
                    let time = scan.last_chunk_mut::<8>().unwrap();
                    times.push(i64::from_ne_bytes(*time));
                    *time = [0; 8];
                }
            }
            Ok::<_, i32>((bytes, device.read(4096)))
        });
        assert!(
            matches!(&scans[0], Ok((bytes, Err(EAGAIN))) if bytes.iter().any(|byte| *byte != 0))
        );
        parity.case(format!("{mask:#09b}"), scans);
        for device in &devices {
            device.write("buffer/enable", "0").unwrap();
        }
    }
    // Three of ours, then those of the twin's for the same; all later than those before.
    assert_eq!(times.len(), 48);
    for of_both in times.chunks(6) {
        let (ours, theirs) = of_both.split_at(3);
        assert!(
            ours.is_sorted() && theirs.is_sorted() && ours[0] > 0,
            "{of_both:?}"
        );
    }
    let firsts: Vec<_> = times.iter().step_by(6).collect();
    assert!(firsts.is_sorted(), "{firsts:?}");
    parity.end();
}

#[test]
fn handlers_fail_as_in_c() {
    let (_modules, devices) = both("vm_iio_buffer");
    let mut parity = Parity::default();
    let on = |on: &str| {
        devices
            .each_ref()
            .map(|device| device.write("buffer/enable", on))
    };
    let disabled = || {
        ["vm_iio_buffer", "vm_iio_buffer_c"].map(|module| {
            let place = if module.ends_with("_c") {
                "parameters/"
            } else {
                ""
            };
            errno(fs::read_to_string(format!(
                "/sys/module/{module}/{place}disabled"
            )))
        })
    };
    for device in &devices {
        device.begin("vm_iio_trigger", &["in_proximity", "in_voltage7"]);
    }
    for (mode, scans) in [("2", "2\n"), ("4", "4\n"), ("1", "0\n"), ("0", "4\n")] {
        write("/sys/devices/platform/vm_iio_buffer/mode", mode).unwrap();
        write(&twin("mode"), mode).unwrap();
        parity.case(format!("{mode}: on"), on("1"));
        parity.case(
            "enabled",
            devices
                .each_ref()
                .map(|device| device.shown("buffer/enable")),
        );
        fire(4);
        let available = devices
            .each_ref()
            .map(|device| device.shown("buffer/data_available"));
        assert_eq!(available[0].as_deref(), Ok(scans));
        parity.case("available", available);
        parity.case("scans", devices.each_ref().map(|device| device.read(4096)));
        parity.case("off", on("0"));
        parity.case("off", disabled());
        parity.case("left", devices.each_ref().map(|device| device.read(4096)));
    }
    assert_eq!(disabled()[0].as_deref(), Ok("3\n"));
    parity.end();
}

#[test]
fn without_a_handler_each_channel_is_asked_for() {
    let (_modules, devices) = both("vm_iio_plain");
    let mut parity = Parity::default();
    for on in [
        &["in_voltage0", "in_voltage1"][..],
        &["in_voltage1"],
        &["in_voltage0"],
    ] {
        for device in &devices {
            device.begin("vm_iio_trigger", on);
            device.write("buffer/enable", "1").unwrap();
        }
        fire(9);
        let scans = devices.each_ref().map(|device| device.read(4096));
        assert!(scans[0].is_ok());
        parity.case(format!("{on:?}"), scans);
        for device in &devices {
            device.write("buffer/enable", "0").unwrap();
        }
    }
    parity.end();
}

#[test]
fn readers_wait_as_in_c() {
    let (_modules, devices) = both("vm_iio_buffer");
    let mut parity = Parity::default();
    for device in &devices {
        device.begin("vm_iio_trigger", &["in_accel_x", "in_timestamp"]);
        device.write("buffer/watermark", "2").unwrap();
    }
    let ready = || {
        devices
            .each_ref()
            .map(|device| errno(poll(device.node.as_fd(), IN, Duration::ZERO)))
    };
    parity.case("off", ready());
    parity.case("off", devices.each_ref().map(|device| device.read(16)));
    for device in &devices {
        device.write("buffer/enable", "1").unwrap();
    }
    for turn in 0..4 {
        parity.case(format!("ready {turn}"), ready());
        parity.case(
            "too short",
            devices
                .each_ref()
                .map(|device| device.read(15).map(|read| read.len())),
        );
        fire(1);
    }
    assert_eq!(ready()[0], Ok(IN));
    parity.case(
        "in parts",
        devices
            .each_ref()
            .map(|device| device.read(40).map(|read| read.len())),
    );
    parity.case(
        "the rest",
        devices
            .each_ref()
            .map(|device| device.read(400).map(|read| read.len())),
    );
    // More than fit.
    fire(20);
    parity.case(
        "the first",
        devices
            .each_ref()
            .map(|device| device.read(4096).map(|read| read.len())),
    );
    // Who has it open is alone.
    let again = devices
        .each_ref()
        .map(|device| device.open_again().map(drop));
    assert_eq!(again[0], Err(EBUSY));
    parity.case("again", again);
    fire(1);
    for device in &devices {
        device.write("buffer/enable", "0").unwrap();
    }
    parity.case("drained", ready());
    parity.case(
        "drained",
        devices
            .each_ref()
            .map(|device| device.read(4096).map(|read| read.len())),
    );
    parity.case("drained", ready());
    parity.end();
}
