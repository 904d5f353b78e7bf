// SPDX-License-Identifier: GPL-2.0-only
//! A device goes while its trigger fires, while others read, and while it is set; and the trigger goes.

use std::fs;
use std::os::fd::AsFd;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use kmod_test::events::poll;
use kmod_test::{Task, load, rounds, until};

use crate::devices::{Device, fire, load_trigger, twin, write};

const ENODEV: i32 = 19;

const DRIVER: &str = "/sys/bus/platform/drivers/vm_iio_buffer";

fn bind(how: &str) {
    fs::write(format!("{DRIVER}/{how}"), "vm_iio_buffer").unwrap();
}

fn rate(microseconds: &str) {
    fs::write(twin("rate"), microseconds).unwrap();
}

/// One whose buffer is on.
fn measuring() -> Device {
    start(Device::find("vm_iio_buffer", "vm_iio_buffer"))
}

/// Switches its buffer on.
fn start(device: Device) -> Device {
    device.begin("vm_iio_trigger", &["in_proximity", "in_timestamp"]);
    device.write("buffer/enable", "1").unwrap();
    device
}

/// Waits for a scan.
fn fired(device: &Device) {
    until(|| {
        let ready = poll(device.node.as_fd(), 1, Duration::from_secs(1));
        ready.is_ok_and(|ready| ready & 1 != 0)
    });
}

fn disabled() -> String {
    fs::read_to_string("/sys/module/vm_iio_buffer/disabled").unwrap()
}

#[test]
fn a_device_goes_under_its_trigger_and_readers() {
    let trigger = load_trigger();
    for turn in 0..rounds(2) {
        let module = load(&[]).unwrap();
        let device = measuring();
        if turn % 2 == 1 {
            write("/sys/devices/platform/vm_iio_buffer/mode", "3").unwrap();
        }
        rate("50");
        thread::scope(|scope| {
            let reading = scope.spawn(|| {
                let mut read = 0;
                loop {
                    match device.read(256) {
                        Ok(bytes) => read += bytes.len(),
                        Err(ENODEV) => return read,
                        Err(_) => {
                            let _ = poll(device.node.as_fd(), 1, Duration::from_millis(10));
                        }
                    }
                }
            });
            let setting = scope.spawn(|| {
                while Path::new(&device.folder).exists() {
                    for (file, text) in [
                        ("trigger/current_trigger", "vm_iio_trigger"),
                        ("trigger/current_trigger", "\n"),
                        ("scan_elements/in_accel_x_en", "1"),
                        ("buffer/watermark", "2"),
                    ] {
                        let _ = device.write(file, text);
                    }
                    let _ = device.shown("buffer/data_available");
                }
            });
            fired(&device);
            bind("unbind");
            setting.join().unwrap();
            assert!(reading.join().unwrap() > 0 || turn % 2 == 1);
        });
        assert_eq!(disabled(), "1\n");
        assert_eq!(device.read(1), Err(ENODEV));
        // It was switched off with its device, and neither is there any more for the trigger.
        fire(1);
        bind("bind");
        let again = measuring();
        fired(&again);
        drop(device);
        drop(again);
        drop(module);
        rate("0");
    }
    drop(trigger);
}

#[test]
fn who_waits_is_woken_by_the_end() {
    let _trigger = load_trigger();
    let module = load(&[]).unwrap();
    let device = start(Device::with("vm_iio_buffer", "vm_iio_buffer", 0));
    let (tell, told) = mpsc::channel();
    let waiting = thread::spawn(move || {
        tell.send(Task::current()).unwrap();
        (device.read(64), device)
    });
    told.recv().unwrap().until_asleep();
    bind("unbind");
    let (answer, device) = waiting.join().unwrap();
    assert_eq!(answer, Err(ENODEV));
    // The open node holds the module, as C's does.
    let (module, _) = module.unload().unwrap_err();
    drop(device);
    drop(module);
}

#[test]
fn it_is_switched_on_and_off_under_its_trigger() {
    let _trigger = load_trigger();
    let _module = load(&[]).unwrap();
    let device = measuring();
    rate("50");
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                let _ = device.read(4096);
            }
        });
        for turn in 0..rounds(4) {
            device.write("buffer/enable", "0").unwrap();
            for place in 0..6 {
                let elements = [
                    "accel_x",
                    "accel_y",
                    "voltage7",
                    "illuminance",
                    "proximity",
                    "timestamp",
                ];
                let on = if (turn + 1) >> place & 1 == 1 {
                    "1"
                } else {
                    "0"
                };
                device
                    .write(&format!("scan_elements/in_{}_en", elements[place]), on)
                    .unwrap();
            }
            // There is one at least that is no time.
            device
                .write("scan_elements/in_voltage0-voltage1_en", "1")
                .unwrap();
            device.write("buffer/enable", "1").unwrap();
            fired(&device);
        }
        stop.store(true, Ordering::Relaxed);
    });
    rate("0");
}

#[test]
fn the_trigger_goes() {
    let trigger = load_trigger();
    let module = load(&[]).unwrap();
    let device = measuring();
    rate("50");
    until(|| device.read(16).is_ok());
    // Who has it for its trigger holds the module of it.
    let (trigger, _) = trigger.unload().unwrap_err();
    fs::write(twin("gone"), "1").unwrap();
    while device.read(256).is_ok() {}
    assert_eq!(
        device.shown("trigger/current_trigger").as_deref(),
        Ok("vm_iio_trigger\n")
    );
    device.write("buffer/enable", "0").unwrap();
    device.write("buffer/enable", "1").unwrap();
    bind("unbind");
    drop(device);
    drop(module);
    drop(trigger);
}
