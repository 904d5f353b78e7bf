// SPDX-License-Identifier: GPL-2.0-only
//! What the kernel's batteries get is what a hook in C gives them, of those that come later, too, and it goes while it is
//! used.

use std::cell::Cell;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kmod_test::{Kmsg, Parity, errno, load, load_twin, rounds, set_param_of, until};

const ENODEV: i32 = 19;

const DRIVER: &str = "/sys/bus/platform/drivers/vm_battery";
const START: &str = "charge_control_start_threshold";
const END: &str = "charge_control_end_threshold";

fn folder(battery: usize) -> String {
    format!("/sys/class/power_supply/BAT{battery}")
}

fn file(battery: usize, name: &str) -> String {
    format!("{}/{name}", folder(battery))
}

fn exists(battery: usize, name: &str) -> bool {
    Path::new(&file(battery, name)).exists()
}

fn read(battery: usize, name: &str) -> Result<String, i32> {
    errno(fs::read_to_string(file(battery, name)))
}

/// With one `write(2)`.
fn write_to(path: &str, text: &str) -> Result<usize, i32> {
    let file = errno(OpenOptions::new().write(true).open(path));
    file.and_then(|mut file| errno(file.write(text.as_bytes())))
}

fn write(battery: usize, name: &str, text: &str) -> Result<usize, i32> {
    write_to(&file(battery, name), text)
}

/// The kernel has found both batteries, which it looks for when it is at leisure.
fn both() {
    until(|| {
        [0, 1]
            .iter()
            .all(|battery| Path::new(&folder(*battery)).exists())
    });
}

/// The firmware's device, which the driver is bound to.
fn device() -> String {
    let mut entries = fs::read_dir(DRIVER).unwrap().flatten();
    let device = entries.find(|entry| entry.file_name().to_string_lossy().contains("KMOD0BA8"));
    device.unwrap().path().display().to_string()
}

/// Whether the second battery is in, by the module or the twin.
fn plug(of: usize, is_in: bool) {
    let text = if is_in { "1" } else { "0" };
    match of {
        0 => write_to(&format!("{}/plug", device()), text)
            .map(drop)
            .unwrap(),
        _ => set_param_of("vm_battery_c", "plug", text).unwrap(),
    }
}

/// All that is seen of one of the two.
fn seen(of: usize) -> Vec<(String, String)> {
    let module = match of {
        0 => load(&[]).unwrap(),
        _ => load_twin(&[]).unwrap(),
    };
    both();
    let mut seen = Vec::new();
    for battery in [0, 1] {
        for name in [START, END] {
            until(|| exists(battery, name));
            let mode = fs::metadata(file(battery, name)).unwrap().mode();
            let mut note = |what: String, got: String| {
                seen.push((format!("BAT{battery} {name}: {what}"), got));
            };
            note("mode".into(), format!("{mode:o}"));
            note("at first".into(), format!("{:?}", read(battery, name)));
            for text in [
                "60",
                "0",
                "100",
                "101",
                "-1",
                "-2",
                "42",
                "50\n",
                "070",
                "0x10",
                "",
                "x",
                "1 2",
                "99999999999",
            ] {
                note(text.into(), format!("{:?}", write(battery, name, text)));
                note(text.into(), format!("{:?}", read(battery, name)));
            }
        }
    }
    // One goes, and comes again.
    plug(of, false);
    until(|| !Path::new(&folder(1)).exists());
    seen.push(("of the other".into(), format!("{:?}", read(0, END))));
    plug(of, true);
    until(|| exists(1, END));
    seen.push(("come again".into(), format!("{:?}", read(1, END))));
    drop(module);
    for battery in [0, 1] {
        let left = [START, END].map(|name| exists(battery, name));
        seen.push((format!("BAT{battery} after the end"), format!("{left:?}")));
    }
    seen
}

#[test]
fn batteries_have_what_a_hook_in_c_gives_them() {
    let mut parity = Parity::default();
    for (ours, twins) in seen(0).into_iter().zip(seen(1)) {
        assert_eq!(ours.0, twins.0);
        parity.case(ours.0, [ours.1, twins.1]);
    }
    parity.end();
}

#[test]
fn a_battery_that_is_left_alone_does_not_end_the_hook() {
    for (error, is_logged) in [("19", false), ("5", true)] {
        let mut log = Kmsg::mark().unwrap();
        let module = load(&["spared=BAT0", &format!("error={error}")]).unwrap();
        both();
        until(|| exists(1, END) && exists(0, START));
        assert!(!exists(0, END));
        plug(0, false);
        until(|| !Path::new(&folder(1)).exists());
        plug(0, true);
        until(|| exists(1, END));
        drop(module);
        let lines = log.lines().unwrap();
        let said = lines
            .iter()
            .any(|line| line.contains("adds nothing to this battery"));
        assert_eq!(said, is_logged, "{lines:?}");
    }
}

#[test]
fn a_file_of_another_hook_is_left_alone() {
    let mut log = Kmsg::mark().unwrap();
    let twin = load_twin(&[]).unwrap();
    both();
    until(|| exists(0, END) && exists(1, END));
    let module = load(&[]).unwrap();
    let traced = Cell::new(false);
    log.until(|line| {
        traced.set(traced.get() || line.contains("Call Trace"));
        line.contains("adds nothing to this battery: error -17")
    });
    assert!(!traced.get());
    drop(module);
    assert_eq!(read(0, END), Ok("100\n".to_owned()));
    assert_eq!(read(1, START), Ok("0\n".to_owned()));
    drop(twin);
}

#[test]
fn an_open_file_does_not_keep_the_device() {
    let _module = load(&[]).unwrap();
    both();
    until(|| exists(0, END));
    let mut open = File::open(file(0, END)).unwrap();
    let device = device();
    let name = device.rsplit('/').next().unwrap();
    write_to(&format!("{DRIVER}/unbind"), name).unwrap();
    assert!(!exists(0, END) && !exists(1, END));
    assert!(exists(0, START) && exists(1, START));
    assert_eq!(errno(open.read(&mut [0; 8])), Err(ENODEV));
    write_to(&format!("{DRIVER}/bind"), name).unwrap();
    until(|| exists(0, END) && exists(1, END));
}

#[test]
fn they_go_under_readers_and_writers_while_batteries_come_and_go() {
    for _ in 0..rounds(5) {
        let module = load(&[]).unwrap();
        both();
        let plug = format!("{}/plug", device());
        let device = device();
        let name = device.rsplit('/').next().unwrap();
        let stop = AtomicBool::new(false);
        thread::scope(|scope| {
            for battery in [0, 1] {
                let stop = &stop;
                scope.spawn(move || {
                    while !stop.load(Ordering::Relaxed) {
                        for name in [START, END] {
                            // They come and go.
                            let _ = (read(battery, name), write(battery, name, "55"));
                        }
                    }
                });
            }
            let (stop, plug) = (&stop, &plug);
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    for text in ["0", "1"] {
                        // It goes in the end.
                        let _ = write_to(plug, text);
                    }
                }
            });
            for how in ["unbind", "bind"] {
                write_to(&format!("{DRIVER}/{how}"), name).unwrap();
            }
            // The battery is to be there for the next.
            let unloaded = module.unload();
            stop.store(true, Ordering::Relaxed);
            unloaded.map_err(|(_, error)| error).unwrap();
        });
        let twin = load_twin(&[]).unwrap();
        self::plug(1, true);
        both();
        drop(twin);
    }
}
