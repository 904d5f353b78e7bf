// SPDX-License-Identifier: GPL-2.0-only
//! What channels tell of: the files and the events are those of the twin's, and end with the device.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::sync::mpsc;
use std::thread;

use kmod_test::{
    Kmsg, Loaded, Parity, TempDir, errno, iio_events, load, load_named, mknod, rounds,
};

const ENOENT: i32 = 2;
const EBUSY: i32 = 16;
const ENODEV: i32 = 19;
const EINVAL: i32 = 22;

/// The folder of the device below this platform device.
fn folder(parent: &str) -> String {
    let mut all = fs::read_dir(format!("/sys/devices/platform/{parent}"))
        .unwrap()
        .flatten();
    let is_it = |name: &str| name.starts_with("iio:device");
    let only = all.find(|entry| is_it(entry.file_name().to_str().unwrap()));
    only.unwrap().path().to_str().unwrap().to_owned()
}

fn both() -> ([Loaded; 2], [String; 2]) {
    let modules = [load(&[]).unwrap(), load_named("vm_iio_c", &[]).unwrap()];
    (modules, ["vm_iio", "vm_iio_c"].map(folder))
}

/// The device's node, and its events.
fn open(folder: &str) -> (File, File) {
    let numbers = fs::read_to_string(format!("{folder}/dev")).unwrap();
    let (major, minor) = numbers.trim().split_once(':').unwrap();
    let [major, minor] = [major, minor].map(|number| number.parse().unwrap());
    let temporary = TempDir::new().unwrap();
    let node = temporary.join("node");
    mknod(&node, major, minor).unwrap();
    let node = File::open(&node).unwrap();
    let events = iio_events(&node).unwrap();
    (node, events)
}

fn read(path: &str) -> Result<String, i32> {
    errno(fs::read_to_string(path))
}

/// With one `write(2)`.
fn write(path: &str, text: &str) -> Result<usize, i32> {
    let file = errno(OpenOptions::new().write(true).open(path));
    file.and_then(|mut file| errno(file.write(text.as_bytes())))
}

/// The code and the time of an event.
fn event(events: &mut File) -> Result<(u64, i64), i32> {
    let mut bytes = [0; 16];
    let read = errno(events.read(&mut bytes))?;
    assert_eq!(read, 16);
    let [code, time] = [0, 8].map(|at| u64::from_ne_bytes(bytes[at..at + 8].try_into().unwrap()));
    Ok((code, time.cast_signed()))
}

/// The names of the files of events.
fn names(folder: &str) -> Vec<String> {
    let all = fs::read_dir(format!("{folder}/events")).unwrap().flatten();
    let names = all.map(|entry| entry.file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name.contains('_')).collect();
    names.sort();
    names
}

#[test]
fn files_and_events_are_as_in_c() {
    let (_modules, folders) = both();
    let mut parity = Parity::default();
    parity.case(
        "files",
        folders.each_ref().map(|folder| Ok::<_, i32>(names(folder))),
    );
    let mut files = folders.each_ref().map(|folder| open(folder));
    let names = names(&folders[0]);
    assert_eq!(names.len(), 12, "{names:?}");
    let mut codes = Vec::new();
    for name in &names {
        for input in ["1", "0", "5.000003", "-0.5", "77", "x", ""] {
            let answers = [0, 1].map(|it| {
                let path = format!("{}/events/{name}", folders[it]);
                let written = write(&path, input);
                let told = match written {
                    Ok(1..) => event(&mut files[it].1),
                    _ => Err(0),
                };
                let told = told.map(|(code, time)| {
                    assert!(time > 0);
                    code
                });
                Ok::<_, i32>((written, told, read(&path)))
            });
            if let Ok((_, Ok(code), _)) = &answers[0] {
                codes.push(*code);
            }
            parity.case(format!("{name}: {input}"), answers);
        }
    }
    // Falling, of light; changed, of a difference; of a current with a large number.
    for code in [
        0x0002_0000_0006_0000,
        0x0583_0000_0001_0000,
        0x0402_0001_0000_ffff,
    ] {
        let known = |one: &u64| one & 0xff83_0000_0000_ffff == code & 0xff83_0000_0000_ffff;
        assert!(codes.iter().any(known), "{code:#x}: {codes:#x?}");
    }
    // More than are kept, and room for a part of one.
    let path = format!("{}/events/in_illuminance_thresh_rising_value", folders[0]);
    for _ in 0..40 {
        write(&path, "1").unwrap();
    }
    let (node, events) = &mut files[0];
    for _ in 0..16 {
        event(events).unwrap();
    }
    write(&path, "2").unwrap();
    assert_eq!(errno(events.read(&mut [0; 15])), Err(EINVAL));
    event(events).unwrap();
    assert_eq!(write(&path, "77"), Err(ENOENT));
    assert_eq!(errno(iio_events(node).map(drop)), Err(EBUSY));
    parity.end();
}

#[test]
fn a_device_goes_under_who_waits_for_events() {
    for turn in 0..rounds(4) {
        let module = load(&[]).unwrap();
        let place = folder("vm_iio");
        let (node, mut events) = open(&place);
        let path = format!("{place}/events/in_illuminance_thresh_rising_value");
        let (tell, told) = mpsc::channel();
        let waiting = thread::spawn(move || {
            let mut count = 0;
            loop {
                match event(&mut events) {
                    Ok(_) => count += 1,
                    Err(error) => return (error, events),
                }
                if count == 5 {
                    tell.send(()).unwrap();
                }
            }
        });
        let pushing = thread::spawn(move || {
            loop {
                if let Err(error) = write(&path, "1") {
                    return error;
                }
            }
        });
        told.recv().unwrap();
        fs::write("/sys/bus/platform/drivers/vm_iio/unbind", "vm_iio").unwrap();
        assert!([ENOENT, ENODEV].contains(&pushing.join().unwrap()));
        let (error, mut events) = waiting.join().unwrap();
        assert_eq!(error, ENODEV);
        assert_eq!(event(&mut events), Err(ENODEV));
        assert_eq!(errno(iio_events(&node).map(drop)), Err(ENODEV));
        drop(node);
        // The file of events outlives the module, or goes before it.
        if turn % 2 == 0 {
            drop(module);
            drop(events);
        } else {
            drop(events);
            drop(module);
        }
    }
}

/// Its gate is what they end at: no handler of the device tells of them, for which the kernel would wait.
#[test]
fn a_device_goes_while_a_thread_tells_of_events() {
    for turn in 0..rounds(2) {
        let mut log = Kmsg::mark().unwrap();
        let module = load(&[]).unwrap();
        let place = folder("vm_iio");
        let (node, mut events) = open(&place);
        let path = format!("{place}/events/in_illuminance_thresh_rising_value");
        write(&path, "88").unwrap();
        event(&mut events).unwrap();
        let reading = thread::spawn(move || while event(&mut events).is_ok() {});
        drop(node);
        // By the driver, or by the module's end.
        if turn % 2 == 0 {
            fs::write("/sys/bus/platform/drivers/vm_iio/unbind", "vm_iio").unwrap();
        }
        drop(module);
        reading.join().unwrap();
        log.until(|line| line.contains("vm_iio: 0 events were told of late"));
    }
}
