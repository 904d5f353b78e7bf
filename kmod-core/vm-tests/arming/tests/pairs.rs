// SPDX-License-Identifier: GPL-2.0-only
//! Every two of {timer, fine timer, work, delayed work, thread, device, sysctl} arm each other while the
//! module is unloaded, with both processors busy; some arm themselves; and each arms all, every pair at a time.

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
            if pair & 1 << DEVICE != 0 && pair & ((1 << DEVICE) - 1) != 0 {
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

/// These until the module goes, which they have armed so often before.
fn arm_each_other(those: u32, turns_before: impl Fn(u32) -> u32) {
    PAIR.store(those, Ordering::Relaxed);
    let param = format!("pair={those}");
    for round in 0..rounds(1) {
        let module = load(&[&param]).unwrap();
        until(|| turns() > turns_before(round));
        unload(module);
    }
}

/// Does it while two threads use what is there; nothing was armed that is not registered.
fn under_load(arm: impl FnOnce()) {
    let mut log = Kmsg::mark().unwrap();
    IS_OVER.store(false, Ordering::Relaxed);
    let busy = [(); 2].map(|()| thread::spawn(be_busy));
    arm();
    IS_OVER.store(true, Ordering::Relaxed);
    for thread in busy {
        thread.join().unwrap();
    }
    let lines = log.lines().unwrap();
    let armed = lines.iter().filter(|line| line.contains("was armed"));
    assert_eq!(armed.count(), 0, "{lines:?}");
}

/// A thousand times each: `--soak 1000`.
#[test]
fn pairs_arm_each_other_until_the_module_goes() {
    under_load(|| {
        for (one, name) in NAMES.iter().enumerate() {
            for (other, with) in NAMES.iter().enumerate().skip(one) {
                if one != other || one < DEVICE {
                    eprintln!("{name} and {with}");
                    arm_each_other(1 << one | 1 << other, |round| 3 + round % 8);
                }
            }
        }
    });
}

/// So that an unload is one of each pair, in the presence of all others.
#[test]
fn all_arm_all_until_the_module_goes() {
    under_load(|| arm_each_other((1 << NAMES.len()) - 1, |round| 40 + 8 * (round % 8)));
}
