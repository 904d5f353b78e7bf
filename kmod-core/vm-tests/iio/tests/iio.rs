// SPDX-License-Identifier: GPL-2.0-only
//! Channels: their files are those of the twin's, and go while they are read.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use kmod_test::{Kmsg, Loaded, Parity, errno, load, load_named};

const EINVAL: i32 = 22;
const ENODEV: i32 = 19;
const ERANGE: i32 = 34;

fn read(path: &str) -> Result<String, i32> {
    errno(fs::read(path)).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// With one `write(2)`.
fn write(path: &str, text: &str) -> Result<usize, i32> {
    let file = errno(OpenOptions::new().write(true).open(path));
    file.and_then(|mut file| errno(file.write(text.as_bytes())))
}

fn bind(how: &str) {
    write(&format!("/sys/bus/platform/drivers/vm_iio/{how}"), "vm_iio").unwrap();
}

/// The folder of the device below this platform device.
fn folder(parent: &str) -> String {
    let parent = format!("/sys/devices/platform/{parent}");
    let mut all = fs::read_dir(parent).unwrap().flatten();
    let is_it = |name: &str| name.starts_with("iio:device");
    let only = all.find(|entry| is_it(entry.file_name().to_str().unwrap()));
    only.unwrap().path().to_str().unwrap().to_owned()
}

fn both() -> ([Loaded; 2], [String; 2]) {
    let modules = [load(&[]).unwrap(), load_named("vm_iio_c", &[]).unwrap()];
    (modules, ["vm_iio", "vm_iio_c"].map(folder))
}

/// The names of the files, and their modes.
fn files(folder: &str) -> Vec<(String, u32)> {
    let entries = fs::read_dir(folder).unwrap().flatten();
    let mut files: Vec<_> = entries
        .map(|entry| {
            let mode = entry.metadata().unwrap().mode();
            (entry.file_name().into_string().unwrap(), mode)
        })
        .collect();
    files.sort();
    files
}

/// Those of the channels.
fn channels(folder: &str) -> Vec<String> {
    let own = |name: &String| {
        name.starts_with("in_") || name.starts_with("out_") || name.starts_with("sampling_")
    };
    let names = files(folder).into_iter().map(|(name, _)| name);
    names.filter(own).collect()
}

#[test]
fn files_and_what_they_show_are_as_in_c() {
    let (_modules, folders) = both();
    let mut parity = Parity::default();
    parity.case("files", folders.each_ref().map(|folder| files(folder)));
    let names = channels(&folders[0]);
    assert!(names.len() >= 30, "{names:?}");
    for name in names.iter().map(String::as_str).chain(["name"]) {
        let paths = folders.each_ref().map(|folder| format!("{folder}/{name}"));
        parity.case(name, paths.each_ref().map(|path| read(path)));
        // From the middle, beyond the end, a byte at a time, and once more.
        for (offset, length) in [(1, 3), (4096, 1), (0, 1)] {
            let part = |path: &String| {
                let file = errno(File::open(path))?;
                let mut bytes = vec![0; length];
                let count = errno(file.read_at(&mut bytes, offset))?;
                bytes.truncate(count);
                Ok::<_, i32>(bytes)
            };
            let of = format!("{name} at {offset}");
            parity.case(of, paths.each_ref().map(part));
        }
        let again = |path: &String| {
            let mut file = errno(File::open(path))?;
            let mut text = String::new();
            errno(file.read_to_string(&mut text))?;
            errno(file.seek(SeekFrom::Start(0)))?;
            errno(file.read_to_string(&mut text))?;
            Ok::<_, i32>(text)
        };
        parity.case(format!("{name}, twice"), paths.each_ref().map(again));
    }
    parity.end();
}

/// The ends of the names of files whose values are kept.
const KEPT: &[&str] = &[
    "illuminance_raw",
    "_scale",
    "_time",
    "_frequency",
    "_hardwaregain",
    "_type",
];

/// What is written to files.
const INPUTS: &[&str] = &[
    "0",
    "7",
    "-7\n",
    "+7",
    "5.000003",
    "5.000063",
    "5.000064",
    "-0.000003",
    "-0.000001\n",
    "-1.5",
    "0.5 dB",
    "3dB",
    "2147483647.999999",
    "-2147483648",
    "-2147483648.000001",
    "2147483648",
    "99999999999999999999.99999999999",
    "0.123456789123",
    "1.",
    ".5",
    "-",
    ".",
    "1..2",
    "1.2.3",
    "0x10",
    "K",
    "K\n",
    "",
    "\n",
    "x",
    "1 2",
    "1\n2",
    "\0",
];

#[test]
fn what_is_written_is_taken_as_in_c() {
    let (_modules, folders) = both();
    let mut parity = Parity::default();
    for name in channels(&folders[0]) {
        let is_kept = KEPT.iter().any(|kept| name.ends_with(kept));
        // Of the others it is enough that they refuse.
        let inputs = if is_kept { INPUTS } else { &INPUTS[..3] };
        for input in inputs {
            let paths = folders.each_ref().map(|folder| format!("{folder}/{name}"));
            let of = format!("{name} <- {input:?}");
            parity.case(&of, paths.each_ref().map(|path| write(path, input)));
            parity.case(&of, paths.each_ref().map(|path| read(path)));
        }
    }
    parity.end();
}

#[test]
fn channels_are_what_their_handler_says() {
    let _module = load(&[]).unwrap();
    let folder = folder("vm_iio");
    let path = |name: &str| format!("{folder}/{name}");
    let file = |name: &str| read(&path(name)).map(|text| text.trim_end().to_owned());
    assert_eq!(file("name").unwrap(), "vm_iio");
    for (name, shown) in [
        ("in_accel_x_raw", "-1"),
        ("in_voltage0_raw", "70"),
        ("in_voltage1_raw", "4"),
        ("in_voltage0-voltage1_raw", "5"),
        ("in_voltage1_offset", "-1.000005"),
        ("out_current65535_raw", "65535"),
        ("in_humidityrelative_input", "-0.500000"),
        ("in_temp_object_input", "0"),
        ("in_pressure_raw_available", "[-5 1 100]"),
    ] {
        assert_eq!(file(name).as_deref(), Ok(shown), "{name}");
    }
    // What the device's other objects know.
    write("/sys/devices/platform/vm_iio/object", "36600").unwrap();
    assert_eq!(file("in_temp_object_input").unwrap(), "36600");
    // What is shared is one file.
    write(&path("in_accel_scale"), "0.000598550").unwrap();
    assert_eq!(file("in_accel_scale").unwrap(), "0.000598550");
    // Nothing is divided by 0.
    write(&path("in_illuminance_scale"), "5.000002").unwrap();
    assert_eq!(file("in_illuminance_scale").unwrap(), "2.500000000");
    write(&path("in_illuminance_scale"), "5").unwrap();
    assert_eq!(file("in_illuminance_scale"), Err(ERANGE));
    write(&path("in_voltage0_scale"), "5.000064").unwrap();
    assert_eq!(file("in_voltage0_scale"), Err(ERANGE));
    assert_eq!(file("in_voltage1_offset_available"), Err(ERANGE));
    // Older kernels have none.
    if Path::new(&path("in_voltage0_label")).exists() {
        assert_eq!(file("in_voltage0_label").unwrap(), "VDD");
        assert_eq!(file("in_voltage1_label"), Err(EINVAL));
    }
}

#[test]
fn an_open_file_does_not_keep_the_device() {
    let module = load(&[]).unwrap();
    for name in [
        "in_voltage0_raw",
        "in_illuminance_integration_time_available",
        "name",
    ] {
        let path = format!("{}/{name}", folder("vm_iio"));
        let mut file = OpenOptions::new().read(true).open(&path).unwrap();
        bind("unbind");
        assert!(!Path::new(&path).exists());
        assert_eq!(errno(file.read(&mut [0; 8])), Err(ENODEV), "{name}");
        bind("bind");
    }
    let path = format!("{}/in_illuminance_raw", folder("vm_iio"));
    let mut file = OpenOptions::new().write(true).open(&path).unwrap();
    drop(module);
    assert_eq!(errno(file.write(b"1")), Err(ENODEV));
}

#[test]
fn an_open_node_does_not_keep_the_device() {
    let module = load(&[]).unwrap();
    let numbers = read(&format!("{}/dev", folder("vm_iio"))).unwrap();
    let (major, minor) = numbers.trim().split_once(':').unwrap();
    let [major, minor] = [major, minor].map(|number| number.parse().unwrap());
    let folder = kmod_test::TempDir::new().unwrap();
    let node = folder.join("node");
    kmod_test::mknod(&node, major, minor).unwrap();
    let mut file = File::open(&node).unwrap();
    assert_eq!(errno(file.read(&mut [0; 8])), Err(EINVAL));
    bind("unbind");
    assert_eq!(errno(kmod_test::iio_events(&file).map(drop)), Err(ENODEV));
    // It holds the module.
    let (module, _) = module.unload().unwrap_err();
    drop(file);
    drop(module);
}

#[test]
fn it_goes_under_readers_and_writers() {
    let mut log = Kmsg::mark().unwrap();
    let stop = AtomicBool::new(false);
    let done = AtomicUsize::new(0);
    let files = [
        ("in_temp_object_input", None),
        ("in_voltage0_raw", None),
        ("in_illuminance_integration_time_available", None),
        ("in_voltage0_label", None),
        ("in_illuminance_raw", Some("17")),
        ("sampling_frequency", Some("1.5")),
    ];
    thread::scope(|scope| {
        for (name, input) in files {
            let (stop, done) = (&stop, &done);
            scope.spawn(move || {
                // Numbers are given anew.
                let path = format!("/sys/bus/iio/devices/iio:device0/{name}");
                while !stop.load(Ordering::Relaxed) {
                    if read(&path).is_ok() {
                        done.fetch_add(1, Ordering::Relaxed);
                    }
                    if let Some(input) = input {
                        let _ = write(&path, input);
                    }
                }
            });
        }
        for _ in 0..2 {
            let module = load(&[]).unwrap();
            for how in ["unbind", "bind"] {
                let before = done.load(Ordering::Relaxed);
                while how == "unbind" && done.load(Ordering::Relaxed) < before + 10 {
                    thread::yield_now();
                }
                bind(how);
            }
            drop(module);
        }
        stop.store(true, Ordering::Relaxed);
    });
    let lines = log.lines().unwrap();
    assert!(
        !lines.iter().any(|line| line.contains("Call Trace")),
        "{lines:?}"
    );
}
