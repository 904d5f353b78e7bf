// SPDX-License-Identifier: GPL-2.0-only
//! LEDs: what user space sees of them is what it sees of the twin's, and they go while it does.

mod support;

use kmod_test::{Kmsg, Parity, load, load_twin};
use support::{MODULES, after_unbind, bind_of, goes_under_users, read, same_files, write};

const ENODEV: i32 = 19;

fn folders(name: &str) -> [String; 2] {
    MODULES.map(|module| format!("/sys/class/leds/{module}{name}"))
}

/// What each was set to last.
fn last() -> [String; 2] {
    let ours = read("/sys/module/vm_classes/last").unwrap();
    // It need not be loaded.
    let twin = read("/sys/module/vm_classes_c/parameters/last").unwrap_or_default();
    [ours, twin.replace(',', " ")]
}

#[test]
fn files_and_what_is_written_are_as_in_c() {
    let _modules = [load(&[]).unwrap(), load_twin(&[]).unwrap()];
    let mut parity = Parity::default();
    for (column, name) in ["::plain", ":slow", ":blinks"].iter().enumerate() {
        let both = folders(name);
        // The others': what sleeps may still be set by a work of its trigger.
        let own = |all: String| all.split_whitespace().nth(column).map(str::to_owned);
        same_files(&mut parity, name, &both, &[]);
        for input in [
            "1",
            "0",
            "255",
            "256",
            "7\n",
            "8",
            "5",
            "6",
            "4",
            "-1",
            "",
            "x",
            "4294967295",
            "4294967296",
            "0x10",
        ] {
            let of = format!("{name} <- {input:?}");
            let file = |folder: &String| format!("{folder}/brightness");
            parity.case(
                &of,
                both.each_ref().map(|folder| write(&file(folder), input)),
            );
            // What sleeps is set by a work, of which a read knows nothing.
            if *name != ":slow" {
                parity.case(&of, both.each_ref().map(|folder| read(&file(folder))));
                parity.case(&of, last().map(own));
            }
        }
        for trigger in ["none", "nonsense", "", "default-on"] {
            let of = format!("{name}: trigger {trigger:?}");
            let file = |folder: &String| format!("{folder}/trigger");
            let tell = |folder: &String| write(&file(folder), trigger);
            parity.case(&of, both.each_ref().map(tell));
        }
    }
    parity.end();
}

#[test]
fn a_led_is_turned_off_when_it_goes() {
    let _modules = [load(&[]).unwrap(), load_twin(&[]).unwrap()];
    let mut parity = Parity::default();
    for name in ["::plain", ":slow", ":blinks"] {
        for folder in folders(name) {
            write(&format!("{folder}/brightness"), "3").unwrap();
        }
    }
    for module in MODULES {
        bind_of(module, "unbind").unwrap();
    }
    assert_eq!(last()[0], "0 0 0\n");
    parity.case("after the end", last());
    parity.end();
}

#[test]
fn a_led_of_the_module_has_no_parent() {
    let _module = load(&[]).unwrap();
    let folder = "/sys/devices/virtual/leds/vm_classes:module";
    assert_eq!(read(&format!("{folder}/max_brightness")).unwrap(), "3\n");
    // It is what the LED before counts its changes in.
    assert_eq!(read(&format!("{folder}/brightness")).unwrap(), "0\n");
    write("/sys/class/leds/vm_classes:blinks/brightness", "9").unwrap();
    assert_eq!(read(&format!("{folder}/brightness")).unwrap(), "1\n");
}

#[test]
fn a_led_without_a_name_has_the_fields_and_the_devices_number() {
    let _module = load(&[]).unwrap();
    let device = "/sys/devices/platform/vm_classes/leds/vm_classes_numbered0";
    assert_eq!(read(&format!("{device}/max_brightness")).unwrap(), "255\n");
}

#[test]
fn an_open_file_does_not_keep_the_device() {
    let _module = load(&[]).unwrap();
    for name in ["brightness", "max_brightness", "trigger"] {
        let path = format!("{}/{name}", folders(":slow")[0]);
        assert_eq!(after_unbind(&path), Err(ENODEV), "{name}");
    }
}

#[test]
fn they_go_under_readers_and_writers() {
    let mut log = Kmsg::mark().unwrap();
    let file = |name: &str, file: &str| format!("{}/{file}", folders(name)[0]);
    goes_under_users(&[
        (file("::plain", "brightness"), vec!["1", "200"]),
        (file(":slow", "brightness"), vec!["2", "7", "5"]),
        (file(":slow", "brightness"), vec!["3"]),
        (
            file(":blinks", "trigger"),
            vec!["default-on", "none", "timer"],
        ),
    ]);
    let lines = log.lines().unwrap();
    assert!(
        !lines.iter().any(|line| line.contains("Call Trace")),
        "{lines:?}"
    );
}

#[test]
fn what_blinks_by_itself_chooses_its_delays_as_in_c() {
    let _modules = [load(&[]).unwrap(), load_twin(&[]).unwrap()];
    let mut parity = Parity::default();
    let both = folders(":blinks");
    for folder in &both {
        write(&format!("{folder}/trigger"), "timer").unwrap();
    }
    same_files(
        &mut parity,
        "a LED that blinks",
        &both,
        &["uevent", "brightness"],
    );
    for (file, delay) in [
        ("delay_on", "1"),
        ("delay_off", "250"),
        ("delay_on", "1000"),
        ("delay_on", "0"),
        ("delay_off", "-1"),
        ("delay_on", "99999999999999999999"),
    ] {
        let of = format!("{file} <- {delay}");
        parity.case(
            &of,
            both.each_ref()
                .map(|folder| write(&format!("{folder}/{file}"), delay)),
        );
        for file in ["delay_on", "delay_off"] {
            parity.case(
                &of,
                both.each_ref()
                    .map(|folder| read(&format!("{folder}/{file}"))),
            );
        }
    }
    parity.end();
}

#[test]
fn the_kernel_blinks_what_does_not() {
    let _module = load(&[]).unwrap();
    for name in ["::plain", ":slow"] {
        let folder = &folders(name)[0];
        write(&format!("{folder}/brightness"), "3").unwrap();
        write(&format!("{folder}/trigger"), "timer").unwrap();
        write(&format!("{folder}/delay_on"), "1").unwrap();
        write(&format!("{folder}/delay_off"), "1").unwrap();
        let place = usize::from(name == ":slow");
        for wanted in ["3", "0", "3"] {
            while last()[0].split_whitespace().nth(place) != Some(wanted) {
                std::thread::yield_now();
            }
        }
    }
}
