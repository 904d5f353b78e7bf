// SPDX-License-Identifier: GPL-2.0-only
//! Devices that are suspended and resumed, with the system and by themselves.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use kmod_test::{Kmsg, Parity, errno, load, load_named, rounds, set_param_of, until};

const EIO: i32 = 5;
const EDEADLK: i32 = 35;
const EOVERFLOW: i32 = 75;

/// The driver, and its twin.
const DRIVERS: [&str; 2] = ["vm_pci_power", "vm_pci_c_power"];

/// The module that wakes the system, with the twin.
const TWIN: &str = "vm_pci_power_c";

const OWN: &str = "/sys/bus/platform/devices/vm_pci_own";

/// `edu`, bound to a driver for whom it must be asked.
struct Card {
    driver: &'static str,
    path: PathBuf,
}

/// What `edu` is called.
fn edu() -> PathBuf {
    let all = fs::read_dir("/sys/bus/pci/devices").unwrap().flatten();
    let is_edu = |path: &PathBuf| {
        let id = ["vendor", "device"].map(|file| fs::read_to_string(path.join(file)).unwrap());
        id == ["0x1234\n", "0x11e8\n"]
    };
    all.map(|entry| entry.path()).find(is_edu).unwrap()
}

impl Card {
    fn bind(driver: &'static str) -> Self {
        let path = edu();
        // It may have none.
        let _ = fs::write(path.join("driver/unbind"), name(&path));
        fs::write(path.join("driver_override"), driver).unwrap();
        let card = Self { driver, path };
        card.again();
        card.set("power/control", "auto");
        card
    }

    fn again(&self) {
        let bind = Path::new("/sys/bus/pci/drivers")
            .join(self.driver)
            .join("bind");
        fs::write(bind, name(&self.path)).unwrap();
    }

    fn unbind(&self) {
        fs::write(self.path.join("driver/unbind"), name(&self.path)).unwrap();
    }

    /// Another one, of which nothing is known.
    fn replace(self) {
        fs::write(self.path.join("remove"), "1").unwrap();
        fs::write("/sys/bus/pci/rescan", "1").unwrap();
        edu();
    }

    fn set(&self, file: &str, value: &str) {
        fs::write(self.path.join(file), value).unwrap();
    }

    fn uses(&self, how: &str) -> Result<(), i32> {
        errno(fs::write(self.path.join("use"), how))
    }

    fn is(&self, status: &str) -> bool {
        is(&self.path, status)
    }

    fn calls(&self) -> String {
        text(&self.path.join("calls"))
    }
}

fn name(device: &Path) -> &str {
    device.file_name().unwrap().to_str().unwrap()
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap().trim().to_owned()
}

fn is(device: &Path, status: &str) -> bool {
    text(&device.join("power/runtime_status")) == status
}

/// The system sleeps for a while.
fn sleep() -> Result<(), i32> {
    set_param_of(TWIN, "wake", "2000").unwrap();
    errno(fs::write("/sys/power/state", "freeze"))
}

/// What is seen of a card that is suspended and resumed in each way.
fn seen(driver: &'static str) -> Vec<String> {
    let card = Card::bind(driver);
    let mut seen = Vec::new();
    let mut see = |what: &str, result: Result<(), i32>| {
        seen.push(format!("{what}: {result:?} {}", card.calls()));
    };
    until(|| card.is("suspended"));
    see("nobody uses it", Ok(()));
    // It may be suspended again before anybody looks.
    let used = card.uses("once");
    until(|| card.is("suspended"));
    see("somebody did", used);
    card.set("power/control", "on");
    see("it stays on", Ok(()));
    see("the system sleeps", sleep());
    card.set("fails", "1");
    see("it refuses to sleep", sleep());
    card.set("fails", "2");
    see("it does not wake up", sleep());
    card.set("fails", "0");
    see("it sleeps once more", sleep());
    card.set("fails", "3");
    card.set("power/control", "auto");
    until(|| card.calls().split(' ').nth(2) == Some("3"));
    see("it refuses to be suspended", card.uses("once"));
    card.replace();
    let card = Card::bind(driver);
    let mut see = |what: &str, result: Result<(), i32>| {
        seen.push(format!("{what}: {result:?} {}", card.calls()));
    };
    until(|| card.is("suspended"));
    card.set("fails", "4");
    see("it does not resume", card.uses("once"));
    see("it is asked once more", card.uses("once"));
    // It goes all the same, and another comes.
    card.unbind();
    card.replace();
    seen
}

#[test]
fn what_power_handlers_see_is_what_those_of_c_see() {
    let mut log = Kmsg::mark().unwrap();
    let module = load(&[]).unwrap();
    let twin = load_named(TWIN, &[]).unwrap();
    let [ours, theirs] = DRIVERS.map(seen);
    drop(twin);
    drop(module);
    let mut parity = Parity::default();
    for (step, (ours, theirs)) in ours.iter().zip(&theirs).enumerate() {
        parity.case(step, [ours, theirs]);
    }
    parity.end();
    assert_eq!(ours.len(), theirs.len());
    assert_eq!(ours[0], "nobody uses it: Ok(()) 0 0 1 0");
    assert_eq!(ours[1], "somebody did: Ok(()) 0 0 2 1");
    assert_eq!(ours[3], "the system sleeps: Ok(()) 1 1 2 2");
    assert!(
        ours[4].starts_with(&format!("it refuses to sleep: Err({EIO})")),
        "{}",
        ours[4]
    );
    assert!(
        ours[8].starts_with(&format!("it does not resume: Err({EIO})")),
        "{}",
        ours[8]
    );
    let lines = log.lines().unwrap();
    let failed = |line: &&String| line.contains("failed to resume") && line.contains("-5");
    assert_eq!(lines.iter().filter(failed).count(), 2, "{lines:?}");
}

#[test]
fn a_guard_that_is_forgotten_keeps_the_device_on_until_it_is_unbound() {
    let module = load(&[]).unwrap();
    let card = Card::bind(DRIVERS[0]);
    for _ in 0..3 {
        card.uses("forgotten").unwrap();
    }
    card.uses("twice").unwrap();
    thread::sleep(Duration::from_millis(200));
    assert!(card.is("active"));
    assert_eq!(card.uses("too often"), Err(EOVERFLOW));
    assert_eq!(card.uses("once"), Err(EOVERFLOW));
    card.unbind();
    card.again();
    until(|| card.is("suspended"));
    card.uses("twice").unwrap();
    until(|| card.is("suspended"));
    card.unbind();
    drop(module);
}

#[test]
fn a_handler_that_would_wait_for_itself_is_told_so() {
    let module = load(&[]).unwrap();
    let card = Card::bind(DRIVERS[0]);
    until(|| card.is("suspended"));
    assert_eq!(text(&card.path.join("inside")), format!("-{EDEADLK}"));
    card.unbind();
    drop(module);
}

#[test]
fn a_device_is_unbound_while_it_is_suspended_and_resumed() {
    let module = load(&[]).unwrap();
    let card = Card::bind(DRIVERS[0]);
    let ends = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !ends.load(Ordering::Relaxed) {
                    // There may be no such file.
                    let _ = card.uses("twice");
                    let _ = fs::write(card.path.join("power/control"), "on");
                    let _ = fs::write(card.path.join("power/control"), "auto");
                    let _ = fs::read(card.path.join("config"));
                }
            });
        }
        for _ in 0..rounds(100) {
            card.unbind();
            card.again();
        }
        ends.store(true, Ordering::Relaxed);
    });
    card.set("power/control", "auto");
    until(|| card.is("suspended"));
    card.unbind();
    drop(module);
}

#[test]
fn a_platform_device_is_suspended_when_nobody_uses_it() {
    let module = load(&[]).unwrap();
    let own = Path::new(OWN);
    let calls = || text(&own.join("calls"));
    until(|| is(own, "suspended"));
    assert_eq!(calls(), "0 0 1 0");
    fs::write(own.join("use"), "once").unwrap();
    assert_eq!(calls().split(' ').nth(3), Some("1"));
    until(|| is(own, "suspended"));
    assert_eq!(calls(), "0 0 2 1");
    for _ in 0..rounds(20) {
        fs::write("/sys/bus/platform/drivers/vm_pci_own/unbind", "vm_pci_own").unwrap();
        assert!(is(own, "unsupported"));
        fs::write("/sys/bus/platform/drivers/vm_pci_own/bind", "vm_pci_own").unwrap();
        until(|| is(own, "suspended"));
    }
    drop(module);
}
