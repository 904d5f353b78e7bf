// SPDX-License-Identifier: GPL-2.0-only
//! What dials makes of its parameters.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kmod_test::{Kmsg, errno, load, param, set_param};

/// The module's lines in the log since the last call, without its name.
fn said(kmsg: &mut Kmsg) -> Vec<String> {
    let lines = kmsg.lines().unwrap();
    lines
        .iter()
        .filter_map(|line| Some(line.strip_prefix("dials: ")?.to_owned()))
        .collect()
}

#[test]
fn every_dial_has_its_default() {
    let _module = load(&[]).unwrap();
    for (name, value) in [
        ("verbose", "N"),
        ("mute", "N"),
        ("auto", "-1"),
        ("volume", "5"),
        ("channels", "0x0000ff"),
        ("levels", "0,0"),
        ("samples", "512"),
        ("bass", "flat"),
        ("beat", "500ms"),
        ("label", "main"),
        ("players", ""),
        ("ports", "816"),
        ("no_limits", "N"),
    ] {
        assert_eq!(param(name).unwrap(), value, "{name}");
    }
}

#[test]
fn every_dial_can_be_set_by_insmod() {
    // The first module since boot is told, in its name, that it taints the kernel.
    load(&[]).unwrap().unload().unwrap();
    let mut kmsg = Kmsg::mark().unwrap();
    let _module = load(&[
        "verbose",
        "mute=1",
        "auto",
        "volume=11",
        "channels=0x3",
        "levels=-6,0,6",
        "samples=64",
        "bass=cut",
        "beat=2s",
        "label=monitor",
        "players=Ada,Zoë",
        "ports=0x300,0x330",
    ])
    .unwrap();
    assert_eq!(
        said(&mut kmsg),
        [
            "monitor: volume 11, bass -60 dB",
            "sound false, auto 1, channels 0x3, 3 levels, 64 samples, beat 2000 ms",
            "player Ada",
            "player Zoë",
            "port 0x300",
            "port 0x330",
            "no limits: false",
        ]
    );
}

#[test]
fn the_module_is_told_of_changes() {
    let _module = load(&["volume=3"]).unwrap();
    let mut kmsg = Kmsg::mark().unwrap();
    set_param("volume", "4").unwrap();
    assert_eq!(errno(set_param("volume", "12")), Err(22));
    set_param("volume", "6\n").unwrap();
    set_param("levels", "1,-1").unwrap();
    assert_eq!(errno(set_param("levels", "1,2,7")), Err(22));
    assert_eq!(
        said(&mut kmsg),
        [
            "turn 1: volume 4",
            "parameter `volume`: 12 is outside 0..=11",
            "turn 2: volume 6",
            "channel 0: 1 dB",
            "channel 1: -1 dB",
            "parameter `levels`: 7 is outside -60..=6",
        ]
    );
    assert_eq!(param("levels").unwrap(), "1,-1");
}

#[test]
fn what_a_dial_does_not_take_is_refused_with_a_reason() {
    for (param, number, rule) in [
        (
            "samples=65",
            22,
            "`samples`: the module's own check refuses the value",
        ),
        (
            "bass=loud",
            22,
            "`bass`: `loud` is none of `flat`, `boost`, `cut`",
        ),
        ("beat=5", 22, "`beat`: `5` is refused (-EINVAL)"),
        (
            "beat=9999999s",
            34,
            "`beat`: `9999999s` is refused (-ERANGE)",
        ),
        ("levels=1,200", 34, "`levels`: `200` is not of type i8"),
        (
            "label=\"a\tb\"",
            22,
            "`label`: the module's own check refuses the value",
        ),
    ] {
        let mut kmsg = Kmsg::mark().unwrap();
        assert_eq!(errno(load(&[param]).map(drop)), Err(number), "{param}");
        let log = said(&mut kmsg);
        assert_eq!(log[0], format!("parameter {rule}"), "{param}");
    }
}

/// `on_change` needs the module's state: it is called while that is there, or not at all.
#[test]
fn dials_are_turned_while_the_module_comes_and_goes() {
    let over = AtomicBool::new(false);
    let turned = thread::scope(|scope| {
        let hands = ["volume", "levels"].map(|dial| {
            let over = &over;
            scope.spawn(move || {
                let mut turned = 0;
                while !over.load(Ordering::Relaxed) {
                    // The file is not there between an unload and the next load.
                    turned += u32::from(set_param(dial, "1").is_ok());
                }
                turned
            })
        });
        for _ in 0..20 {
            load(&[]).unwrap().unload().unwrap();
        }
        over.store(true, Ordering::Relaxed);
        hands.map(|hand| hand.join().unwrap())
    });
    println!("turned {turned:?} times");
    assert!(turned.iter().all(|turned| *turned > 0));
}
