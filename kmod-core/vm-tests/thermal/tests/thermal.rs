// SPDX-License-Identifier: GPL-2.0-only
//! A zone and a fan are to user space what the twin's are, cool together, and go while they are used.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kmod_test::{Parity, errno, load, load_twin, rounds, set_param_of, until};

const ENODEV: i32 = 19;

/// The folders of the class whose `type` is this one, in the order of their numbers.
fn all_of(kind: &str) -> Vec<PathBuf> {
    let all = fs::read_dir("/sys/class/thermal").unwrap().flatten();
    let mut paths: Vec<_> = all.map(|entry| entry.path()).collect();
    paths.retain(|path| fs::read_to_string(path.join("type")).is_ok_and(|is| is.trim() == kind));
    paths.sort();
    paths
}

fn of(kind: &str) -> PathBuf {
    all_of(kind).into_iter().next().expect("it is there")
}

fn read(path: PathBuf) -> Result<String, i32> {
    errno(fs::read_to_string(path)).map(|text| text.trim().to_owned())
}

const OURS: &str = "/sys/module/vm_thermal";

/// Binds the driver's device, or unbinds it.
fn driver(what: &str) {
    let path = Path::new("/sys/bus/platform/drivers/vm_thermal").join(what);
    assert_eq!(errno(fs::write(path, "vm_thermal")), Ok(()));
}

/// Sets what is measured, in the module and in the twin.
fn warm(temperature: i32) {
    fs::write(Path::new(OURS).join("temperature"), temperature.to_string()).unwrap();
    set_param_of("vm_thermal_c", "temperature", &temperature.to_string()).unwrap();
}

/// How fast the two fans are.
fn fans() -> [String; 2] {
    ["vm_thermal_fan", "vm_thermal_c_fan"].map(|fan| read(of(fan).join("cur_state")).unwrap())
}

/// The files of a folder, with their modes and what they show, without what differs by its nature.
fn files(folder: &Path) -> BTreeMap<String, (u32, Result<String, i32>)> {
    let all = fs::read_dir(folder).unwrap().flatten();
    let files = all.filter(|entry| entry.file_type().unwrap().is_file());
    files
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            let mode = entry.metadata().unwrap().permissions().mode();
            let shown = match name.as_str() {
                "uevent" | "type" => Ok(String::new()),
                _ => read(entry.path()),
            };
            (name, (mode, shown))
        })
        .collect()
}

#[test]
fn a_zone_and_a_fan_are_as_in_c() {
    let _modules = [load(&[]).unwrap(), load_twin(&[]).unwrap()];
    // The twin has no other fan of the same name.
    driver("unbind");
    let zones = ["vm_thermal", "vm_thermal_c"].map(of);
    let fans = ["vm_thermal_fan", "vm_thermal_c_fan"].map(of);
    let mut parity = Parity::default();
    warm(41_500);
    let same = |parity: &mut Parity, what: &str, folders: &[PathBuf; 2]| {
        let seen = folders.each_ref().map(|folder| files(folder));
        assert!(seen[0].len() > 3, "{seen:?}");
        parity.case(what, [&seen[0], &seen[1]]);
    };
    same(&mut parity, "a zone", &zones);
    same(&mut parity, "a fan", &fans);
    let steps = [
        ("mode", "disabled"),
        ("mode", "enabled"),
        ("mode", "x"),
        ("trip_point_0_temp", "70000"),
        ("trip_point_0_temp", "13000"),
        ("trip_point_0_temp", "x"),
        ("trip_point_1_temp", "70000"),
        ("trip_point_0_hyst", "1000"),
        ("policy", "user_space"),
        ("policy", "step_wise"),
        ("policy", "nobody"),
    ];
    for (file, text) in steps {
        let written = zones
            .each_ref()
            .map(|zone| errno(fs::write(zone.join(file), text)));
        parity.case(format!("{file} {text}"), [&written[0], &written[1]]);
        same(&mut parity, file, &zones);
    }
    for text in ["2", "0", "3", "4", "-1", "99999999999", "x", "1"] {
        let written = fans
            .each_ref()
            .map(|fan| errno(fs::write(fan.join("cur_state"), text)));
        parity.case(format!("cur_state {text}"), [&written[0], &written[1]]);
        same(&mut parity, text, &fans);
    }
    warm(13_000);
    same(&mut parity, "what cannot be measured", &zones);
    parity.end();
}

/// Has both zones looked at.
fn look() {
    fs::write(Path::new(OURS).join("look"), "1").unwrap();
    set_param_of("vm_thermal_c", "look", "1").unwrap();
}

#[test]
fn a_fan_turns_while_it_is_warm() {
    let _modules = [load(&[]).unwrap(), load_twin(&[]).unwrap()];
    assert_eq!(fans(), ["0", "0"]);
    warm(75_000);
    // It goes up by a step each time that a zone is looked at, if the temperature rises.
    until(|| {
        look();
        fans().iter().all(|fan| fan != "0")
    });
    // The device's fan has the same name.
    let [_, others] = all_of("vm_thermal_fan").try_into().unwrap();
    assert_ne!(read(others.join("cur_state")).unwrap(), "0");
    warm(20_000);
    until(|| {
        look();
        fans() == ["0", "0"]
    });
}

#[test]
fn a_zone_that_is_not_looked_at_is_not_asked() {
    let _module = load(&[]).unwrap();
    let asked = || {
        let seen = read(Path::new(OURS).join("seen")).unwrap();
        seen.split(' ').nth(1).unwrap().parse::<u32>().unwrap()
    };
    let before = asked();
    fs::write(Path::new(OURS).join("look"), "1").unwrap();
    until(|| asked() > before);
    fs::write(of("vm_thermal").join("mode"), "disabled").unwrap();
    // A work that has begun has ended when the next one has.
    let slow = of("vm_thermal_slow");
    for _ in 0..3 {
        assert_eq!(read(slow.join("temp")).as_deref(), Ok("20000"));
    }
    let before = asked();
    fs::write(Path::new(OURS).join("look"), "1").unwrap();
    for _ in 0..3 {
        assert_eq!(read(slow.join("temp")).as_deref(), Ok("20000"));
    }
    assert_eq!(asked(), before);
}

#[test]
fn they_go_while_they_are_used() {
    for turn in 0..rounds(10) {
        let module = load(&[]).unwrap();
        let files = [
            of("vm_thermal").join("temp"),
            of("vm_thermal_slow").join("temp"),
            of("vm_thermal_b0").join("temp"),
            of("vm_thermal_fan").join("cur_state"),
        ];
        let zone = of("vm_thermal_slow");
        let stop = AtomicBool::new(false);
        thread::scope(|scope| {
            for file in &files {
                let stop = &stop;
                scope.spawn(move || {
                    while !stop.load(Ordering::Relaxed) {
                        if let Err(error) = errno(fs::read(file)) {
                            assert!([ENODEV, 2, 5].contains(&error), "{error}");
                        }
                    }
                });
            }
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    let _ = fs::write(Path::new(OURS).join("look"), "1");
                    let _ = fs::write(zone.join("mode"), "enabled");
                }
            });
            if turn % 2 == 1 {
                ["unbind", "bind", "unbind"].into_iter().for_each(driver);
            }
            let unloaded = module.unload();
            stop.store(true, Ordering::Relaxed);
            unloaded.map_err(|(_, error)| error).unwrap();
        });
        assert!(all_of("vm_thermal").is_empty() && all_of("vm_thermal_fan").is_empty());
    }
}
