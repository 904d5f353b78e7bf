// SPDX-License-Identifier: GPL-2.0-only
//! Profiles are shown and set as a C module's, and go while they are read.

use std::fs::{self, File};
use std::io::Read;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;

use kmod_test::events::poll;
use kmod_test::{LATE, Parity, Task, errno, load, load_named, load_twin, rounds, when_asleep};

const ENOENT: i32 = 2;
const EIO: i32 = 5;

const ACPI: &str = "/sys/firmware/acpi";
const CLASS: &str = "/sys/class/platform-profile";

fn read(path: &str) -> Result<String, i32> {
    errno(fs::read_to_string(path))
}

fn write(path: &str, text: &str) -> Result<(), i32> {
    errno(fs::write(path, text))
}

/// The folder of the only profile, on kernels that have one of each.
fn own() -> Option<String> {
    let mut all = fs::read_dir(CLASS).ok()?;
    Some(all.next()?.unwrap().path().to_str().unwrap().to_owned())
}

/// All that is done with it.
fn seen(device: &str) -> Vec<(String, Result<String, i32>)> {
    let mut seen = Vec::new();
    let mut folders = vec![(ACPI.to_owned(), "platform_profile")];
    folders.extend(own().map(|own| (own, "profile")));
    for (folder, file) in folders {
        let profile = format!("{folder}/{file}");
        let choices = match file {
            "profile" => format!("{folder}/choices"),
            _ => format!("{folder}/platform_profile_choices"),
        };
        let mut tell = |what: String, answer| seen.push((format!("{file}: {what}"), answer));
        tell("choices".into(), read(&choices));
        tell("name".into(), read(&format!("{folder}/name")));
        for to in [
            "low-power",
            "performance",
            "balanced",
            "cool",
            "none",
            "",
            "custom",
        ] {
            tell(
                format!("to {to}"),
                write(&profile, to).map(|()| String::new()),
            );
            tell(format!("after {to}"), read(&profile));
        }
        for (number, fails) in [(3, 0), (9, 0), (2, 5), (2, 61), (2, 0)] {
            write(
                &format!("/sys/devices/platform/{device}/press"),
                &number.to_string(),
            )
            .unwrap();
            write(
                &format!("/sys/devices/platform/{device}/fails"),
                &fails.to_string(),
            )
            .unwrap();
            tell(format!("{number} {fails}"), read(&profile));
            tell(
                format!("to quiet {number} {fails}"),
                write(&profile, "low-power").map(|()| String::new()),
            );
        }
    }
    seen
}

#[test]
fn profiles_are_shown_and_set_as_in_c() {
    let mut answers = Vec::new();
    for (load, device) in [
        (load as fn(&[&str]) -> _, "vm_profile"),
        (load_twin, "vm_profile_c"),
    ] {
        let module = load(&[]).unwrap();
        answers.push(seen(device));
        drop(module);
    }
    let mut parity = Parity::default();
    for (ours, twins) in answers[0].iter().zip(&answers[1]) {
        parity.case(ours.0.clone(), [ours.1.clone(), twins.1.clone()]);
    }
    parity.end();
    let answer = |what: &str| {
        let what = format!("platform_profile: {what}");
        let found = answers[0].iter().find(|(step, _)| *step == what);
        found.unwrap().1.clone()
    };
    let ok = |text: &str| Ok(text.to_owned());
    assert_eq!(answer("choices"), ok("low-power balanced performance\n"));
    assert_eq!(answer("after performance"), ok("performance\n"));
    // Another one than user space can choose.
    assert_eq!(answer("3 0"), ok("cool\n"));
    assert_eq!(answer("9 0"), Err(EIO));
    assert!(answer("to cool").is_err() && answer("to none").is_err());
}

#[test]
fn who_waits_for_a_change_is_woken() {
    let module = load(&[]).unwrap();
    let mut file = File::open(format!("{ACPI}/platform_profile")).unwrap();
    let mut text = String::new();
    file.read_to_string(&mut text).unwrap();
    let pressed = when_asleep(|| write("/sys/devices/platform/vm_profile/press", "2"));
    // POLLPRI
    let came = poll(&file, 2, LATE).unwrap();
    pressed.join().unwrap().unwrap();
    assert!(came & 2 != 0, "{came}");
    drop(file);
    drop(module);
}

#[test]
fn a_second_one_is_as_in_c() {
    let one = |second: &str| {
        let _first = load(&[]).unwrap();
        let loaded = load_named(second, &[]);
        let refused = loaded.is_err();
        let both = read(&format!("{ACPI}/platform_profile"));
        drop(loaded);
        (refused, both, read(&format!("{ACPI}/platform_profile")))
    };
    // Old kernels have one for the whole machine.
    let (refused, both, after) = one("vm_profile_c");
    assert_eq!(refused, own_is_missing());
    assert_eq!(
        (both, after),
        (Ok("low-power\n".into()), Ok("low-power\n".into()))
    );
}

/// Whether the kernel has no class of profiles.
fn own_is_missing() -> bool {
    !fs::exists(CLASS).unwrap()
}

#[test]
fn a_profile_goes_while_it_is_read_and_set() {
    for _ in 0..rounds(5) {
        let module = load(&[]).unwrap();
        let mut files = vec![format!("{ACPI}/platform_profile")];
        files.extend(own().map(|own| format!("{own}/profile")));
        let stop = Arc::new(AtomicBool::new(false));
        let users: Vec<_> = (0..4)
            .map(|user| {
                let (stop, path) = (stop.clone(), files[user % files.len()].clone());
                thread::spawn(move || {
                    while !stop.load(Ordering::Relaxed) {
                        if user < 2 {
                            let _ = read(&path);
                        } else {
                            let _ = write(&path, "performance");
                        }
                    }
                })
            })
            .collect();
        drop(module);
        stop.store(true, Ordering::Relaxed);
        for user in users {
            user.join().unwrap();
        }
        assert_eq!(read(&files[0]), Err(ENOENT));
    }
}

#[test]
fn a_profile_goes_while_its_handler_sleeps() {
    for _ in 0..rounds(3) {
        let module = load(&[]).unwrap();
        write("/sys/devices/platform/vm_profile/press", "-1").unwrap();
        let path = format!("{ACPI}/platform_profile");
        let (tell, task) = mpsc::channel();
        let setting = {
            let path = path.clone();
            thread::spawn(move || {
                tell.send(Task::current()).unwrap();
                write(&path, "performance")
            })
        };
        task.recv().unwrap().until_asleep();
        // Who reads it waits for the same lock.
        let reading = thread::spawn(move || read(&path));
        drop(module);
        setting.join().unwrap().unwrap();
        let _ = reading.join().unwrap();
    }
}
