// SPDX-License-Identifier: GPL-2.0-only
//! A trigger of the module's own: LEDs show what is said of it, as of the twin's, and it goes while it is used.

mod support;

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kmod_test::{Parity, load, load_named, rounds, set_param_of, until};
use support::{read, write};

const TRIGGERS: [&str; 2] = ["vm_classes_busy", "vm_classes_trigger"];

/// A LED of a device, which is set at once.
const LED: &str = "/sys/class/leds/vm_classes::plain";

fn led(file: &str) -> Result<String, i32> {
    read(&format!("{LED}/{file}")).map(|text| text.trim().to_owned())
}

fn give(trigger: &str) -> Result<usize, i32> {
    write(&format!("{LED}/trigger"), trigger)
}

/// Tells the module's own.
fn tell(what: &str) -> Result<usize, i32> {
    write("/sys/module/vm_classes/trigger_tells", what)
}

/// Tells one of the two.
fn event(of: usize, brightness: u32) {
    match of {
        0 => tell(&format!("event {brightness}")).map(drop).unwrap(),
        _ => set_param_of(TRIGGERS[1], "event", &brightness.to_string()).unwrap(),
    }
}

#[test]
fn leds_show_what_a_trigger_says_as_in_c() {
    let _module = load(&[]).unwrap();
    let mut parity = Parity::default();
    let twin = load_named(TRIGGERS[1], &[]).unwrap();
    let seen = [0, 1].map(|of| {
        let name = TRIGGERS[of];
        let mut seen = vec![format!("{:?}", give(name).is_ok())];
        for brightness in [255, 0, 1, 7, 256, 0, i32::MAX as u32, 0] {
            event(of, brightness);
            seen.push(format!("{brightness}: {:?}", led("brightness")));
        }
        let shown = led("trigger").unwrap();
        assert!(shown.contains(&format!("[{name}]")), "{shown}");
        // What it said last, a LED that gets it later shows, too, or not.
        event(of, 9);
        give("none").unwrap();
        seen.push(format!("without it: {:?}", led("brightness")));
        give(name).unwrap();
        seen.push(format!("with it again: {:?}", led("brightness")));
        event(of, 0);
        give("none").unwrap();
        seen
    });
    for [ours, twins] in seen[0]
        .iter()
        .zip(&seen[1])
        .map(|(ours, twins)| [ours, twins])
    {
        parity.case(ours, [ours, twins]);
    }
    parity.end();
    assert!(
        seen[0][1].contains("255") && seen[0][5].contains("255"),
        "{seen:?}"
    );
    drop(twin);
}

#[test]
fn leds_blink_as_a_trigger_says() {
    // What it was set to last: its file `brightness` knows nothing of the work that ends the blinking.
    let is = |brightness: &str| {
        let last = read("/sys/module/vm_classes/last").unwrap();
        last.split(' ').next() == Some(brightness)
    };
    let _module = load(&[]).unwrap();
    give(TRIGGERS[0]).unwrap();
    tell("blink 3").unwrap();
    for brightness in ["255", "0", "255"] {
        until(|| is(brightness));
    }
    tell("event 0").unwrap();
    until(|| is("0"));
    // A flash is short, and may have been when a busy host looks.
    until(|| {
        tell("oneshot 3").unwrap();
        is("255")
    });
    until(|| is("0"));
}

#[test]
fn a_trigger_goes_while_leds_have_it() {
    for turn in 0..rounds(10) {
        let module = load(&[]).unwrap();
        give(TRIGGERS[0]).unwrap();
        let stop = AtomicBool::new(false);
        thread::scope(|scope| {
            for what in ["event 1", "blink 1", "oneshot 1"] {
                let stop = &stop;
                scope.spawn(move || {
                    while !stop.load(Ordering::Relaxed) {
                        // The files are gone in the end.
                        let _ = (tell(what), give(TRIGGERS[0]));
                    }
                });
            }
            if turn % 2 == 0 {
                for what in ["unbind", "bind"] {
                    support::bind(what).unwrap();
                }
            }
            let unloaded = module.unload();
            stop.store(true, Ordering::Relaxed);
            unloaded.map_err(|(_, error)| error).unwrap();
        });
    }
}
