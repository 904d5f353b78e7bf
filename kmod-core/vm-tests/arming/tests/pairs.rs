// SPDX-License-Identifier: GPL-2.0-only
//! Every two of {timer, fine timer, work, delayed work, thread, device, sysctl} arm each other while the
//! module is unloaded, with both processors busy; and some arm themselves.

use std::fs::{self, OpenOptions};
use std::hint;
use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;

use kmod_test::{Kmsg, Loaded, load, rounds, until};

const NAMES: [&str; 7] = [
    "timer",
    "hrtimer",
    "work",
    "delayed work",
    "thread",
    "device",
    "sysctl",
];

/// The first one of those that do nothing by themselves.
const DEVICE: usize = 5;

/// What all that runs beside a test looks at.
static IS_OVER: AtomicBool = AtomicBool::new(false);

/// The pair: a bit for each, as for the module.
static PAIR: AtomicU32 = AtomicU32::new(0);

/// Uses the device and the sysctl, as long as they are there, and keeps a processor busy.
fn be_busy() {
    while !IS_OVER.load(Ordering::Relaxed) {
        let _ = fs::write("/proc/sys/vm_arming/arm", "1");
        let device = OpenOptions::new()
            .read(true)
            .write(true)
            .open("/dev/vm_arming");
        if let Ok(mut device) = device {
            let _ = device.write_all(b"1");
            // Where the write has armed what will arm the device.
            let pair = PAIR.load(Ordering::Relaxed);
            if pair & 1 << DEVICE != 0 && pair < 2 << DEVICE {
                let _ = device.read(&mut [0]);
            }
        }
        for _ in 0..10_000 {
            hint::spin_loop();
        }
    }
}

fn turns() -> u32 {
    let text = fs::read_to_string("/proc/sys/vm_arming/turns").unwrap();
    text.trim().parse().unwrap()
}

/// Unloads it at once, or when nobody has the device open.
fn unload(mut module: Loaded) {
    while let Err((still, _)) = module.unload() {
        module = still;
    }
}

/// A pair until the module goes. A thousand times each: `--soak 1000`.
fn arm_each_other(one: usize, other: usize) {
    let pair = 1 << one | 1 << other;
    PAIR.store(pair, Ordering::Relaxed);
    let param = format!("pair={pair}");
    for round in 0..rounds(1) {
        let module = load(&[&param]).unwrap();
        until(|| turns() > 3 + round % 8);
        unload(module);
    }
}

#[test]
fn pairs_arm_each_other_until_the_module_goes() {
    let mut log = Kmsg::mark().unwrap();
    let busy = [(); 2].map(|()| thread::spawn(be_busy));
    for (one, name) in NAMES.iter().enumerate() {
        for (other, with) in NAMES.iter().enumerate().skip(one) {
            if one != other || one < DEVICE {
                eprintln!("{name} and {with}");
                arm_each_other(one, other);
            }
        }
    }
    IS_OVER.store(true, Ordering::Relaxed);
    for thread in busy {
        thread.join().unwrap();
    }
    let lines = log.lines().unwrap();
    let armed = lines.iter().filter(|line| line.contains("was armed"));
    assert_eq!(armed.count(), 0, "{lines:?}");
}
