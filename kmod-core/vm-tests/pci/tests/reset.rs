// SPDX-License-Identifier: GPL-2.0-only
//! Cards that are reset, by their driver and by sysfs: `i6300esb` and `edu`, each alone behind a port, and one that
//! cannot be.

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kmod_test::{Kmsg, Parity, errno, load, load_named, rounds, set_param, until};

const EAGAIN: i32 = 11;
const EBUSY: i32 = 16;
const ENODEV: i32 = 19;
const ENOTTY: i32 = 25;

/// The driver, and its twin.
const DRIVERS: [&str; 2] = ["vm_pci_reset", "vm_pci_c_reset"];

const TWIN: &str = "vm_pci_reset_c";

/// Of the configuration space of `i6300esb`: what it counts by. The kernel neither saves nor restores it.
const SCALE: u64 = 0x60;
const FAST: u16 = 4;
/// Whether a card reads and writes memory, and is read and written.
const COMMAND: u64 = 4;

/// A card that is bound to a driver for whom it must be asked.
struct Card {
    driver: &'static str,
    path: PathBuf,
}

impl Card {
    fn bind(driver: &'static str, id: [&str; 2]) -> Self {
        let all = fs::read_dir("/sys/bus/pci/devices").unwrap().flatten();
        let is = |path: &PathBuf| {
            ["vendor", "device"].map(|file| text(&path.join(file))) == id.map(str::to_owned)
        };
        let path = all.map(|entry| entry.path()).find(is).unwrap();
        let card = Self { driver, path };
        // It may have none.
        let _ = fs::write(card.path.join("driver/unbind"), card.name());
        fs::write(card.path.join("driver_override"), driver).unwrap();
        card.again("bind").unwrap();
        card
    }

    fn name(&self) -> &str {
        self.path.file_name().unwrap().to_str().unwrap()
    }

    fn again(&self, how: &str) -> Result<(), i32> {
        let driver = Path::new("/sys/bus/pci/drivers").join(self.driver);
        errno(fs::write(driver.join(how), self.name()))
    }

    fn reads(&self, at: u64) -> u16 {
        let config = File::open(self.path.join("config")).unwrap();
        let mut word = [0; 2];
        config.read_exact_at(&mut word, at).unwrap();
        u16::from_le_bytes(word)
    }

    fn writes(&self, at: u64, word: u16) {
        let mut config = OpenOptions::new();
        let config = config.write(true).open(self.path.join("config")).unwrap();
        config.write_all_at(&word.to_le_bytes(), at).unwrap();
    }

    /// Is told something by a file.
    fn told(&self, file: &str) -> Result<(), i32> {
        errno(fs::write(self.path.join(file), "1"))
    }

    fn shows(&self, file: &str) -> String {
        text(&self.path.join(file))
    }
}

impl Drop for Card {
    fn drop(&mut self) {
        // It may be unbound already.
        let _ = self.again("unbind");
        fs::write(self.path.join("driver_override"), "\n").unwrap();
    }
}

fn i6300esb(driver: &'static str) -> Card {
    Card::bind(driver, ["0x8086", "0x25ab"])
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap().trim().to_owned()
}

/// What is seen of a card that is reset each way, and of one that has none.
fn seen(driver: &'static str) -> Vec<String> {
    let card = i6300esb(driver);
    let mut seen = Vec::new();
    for file in ["reset", "again"] {
        card.writes(SCALE, FAST);
        let before = (card.reads(SCALE), card.reads(COMMAND));
        let reset = card.told(file);
        let after = (card.reads(SCALE), card.reads(COMMAND));
        seen.push(format!(
            "{file}: {reset:?} {before:x?} {after:x?} {} {}",
            card.shows("resets"),
            card.shows("inside")
        ));
    }
    drop(card);
    let card = Card::bind(driver, ["0x1b36", "0x0005"]);
    let has_a_way = card.path.join("reset").exists();
    seen.push(format!(
        "{has_a_way} {:?} {}",
        card.told("again"),
        card.shows("resets")
    ));
    seen
}

#[test]
fn resets_are_those_of_c() {
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
    let inside = format!("-{EAGAIN} -{EAGAIN}");
    for (seen, (file, times)) in ours.iter().zip([("reset", "1 1"), ("again", "2 2")]) {
        assert!(seen.starts_with(&format!("{file}: Ok(()) (4, ")), "{seen}");
        assert!(seen.contains(") (0, "), "{seen}");
        assert!(seen.ends_with(&format!("{times} {inside}")), "{seen}");
    }
    assert_eq!(ours[2], format!("false Err({ENOTTY}) 0 0"));
}

#[test]
fn probe_resets_a_card_that_nobody_is_told_of() {
    let mut log = Kmsg::mark().unwrap();
    let module = load(&["resets=1"]).unwrap();
    let card = i6300esb(DRIVERS[0]);
    assert_eq!(card.shows("resets"), "0 0");
    set_param("resets", "0").unwrap();
    card.writes(SCALE, FAST);
    card.again("unbind").unwrap();
    card.again("bind").unwrap();
    assert_eq!(card.reads(SCALE), FAST);
    set_param("resets", "1").unwrap();
    card.again("unbind").unwrap();
    card.again("bind").unwrap();
    assert_eq!(card.reads(SCALE), 0);
    drop(card);
    drop(module);
    let lines = log.lines().unwrap();
    let told = |line: &&String| line.contains("is reset: Ok(())");
    assert_eq!(lines.iter().filter(told).count(), 2, "{lines:?}");
    assert!(
        !lines.iter().any(|line| line.contains("does not know")),
        "{lines:?}"
    );
}

#[test]
fn a_driver_can_be_told_of_the_end_alone() {
    let module = load(&[]).unwrap();
    let card = i6300esb("vm_pci_late");
    assert_eq!(card.told("reset"), Ok(()));
    assert_eq!(card.shows("resets"), "0 1");
    drop(card);
    drop(module);
}

#[test]
fn a_card_is_unbound_while_it_is_reset() {
    let mut log = Kmsg::mark().unwrap();
    let module = load(&[]).unwrap();
    let card = i6300esb(DRIVERS[0]);
    let ends = AtomicBool::new(false);
    thread::scope(|scope| {
        for file in ["reset", "again"] {
            let (card, ends) = (&card, &ends);
            scope.spawn(move || {
                while !ends.load(Ordering::Relaxed) {
                    let told = card.told(file);
                    // The file may have gone, before it is opened and since.
                    let expected = [
                        Ok(()),
                        Err(EAGAIN),
                        Err(EBUSY),
                        Err(ENODEV),
                        Err(2),
                        Err(13),
                    ];
                    assert!(expected.contains(&told), "{file}: {told:?}");
                }
            });
        }
        for _ in 0..rounds(3) {
            card.again("unbind").unwrap();
            card.again("bind").unwrap();
        }
        ends.store(true, Ordering::Relaxed);
    });
    // The module goes with the card bound, too.
    drop(module);
    let lines = log.lines().unwrap();
    let wrong = |line: &String| line.contains("does not know") || line.contains("is reset");
    assert!(!lines.iter().any(wrong), "{lines:?}");
}

/// What a card is while it is reset, and what it does of that for which it was asked then: nothing.
fn between(driver: &'static str) -> [String; 3] {
    let card = Card::bind(driver, ["0x1234", "0x11e8"]);
    let works = || {
        assert_eq!(card.told("works"), Ok(()));
        card.shows("seen")
    };
    let before = works();
    until(|| {
        assert_eq!(card.told("reset"), Ok(()));
        // It was off from the first to the last of what it was asked for, or it is tried again.
        !card.shows("seen").starts_with("10000ed 10000ed ")
    });
    [before, card.shows("seen"), works()]
}

#[test]
fn what_a_card_is_asked_for_while_it_is_reset_goes_nowhere_as_in_c() {
    let module = load(&[]).unwrap();
    let twin = load_named("vm_pci_between_c", &[]).unwrap();
    let [ours, theirs] = ["vm_pci_between", "vm_pci_c_between"].map(between);
    drop(twin);
    drop(module);
    let mut parity = Parity::default();
    for (step, (ours, theirs)) in ours.iter().zip(&theirs).enumerate() {
        parity.case(step, [ours, theirs]);
    }
    parity.end();
    let expected = [
        "0 0 0 0 1 abcdef01",
        // QEMU's cards read as 0 then; what was written before, no interrupt, and the memory as it was.
        "10000ed 0 eeeeeeee 0 0 5a5a5a5a",
        "10000ed 0 eeeeeeee 0 1 abcdef01",
    ];
    assert_eq!(ours, expected);
}
