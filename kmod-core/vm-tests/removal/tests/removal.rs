// SPDX-License-Identifier: GPL-2.0-only
//! Cards that go while their files are open, read and mapped, their works and timers run, and their interrupts and
//! transfers come: by `unbind`, by `remove`, by QEMU's `device_del`, with their slot's power, and with the module.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use kmod_test::{
    Kmsg, Mapping, Monitor, Toucher, config, errno, expect_report, load, rounds, until,
};

const ENODEV: i32 = 19;
/// `SIGBUS`
const SIGBUS: i32 = 7;
const DRIVER: &str = "/sys/bus/pci/drivers/vm_removal";

/// The cards whose nodes can be opened, that of the machine before that of the slot; and their nodes.
fn cards() -> Vec<(PathBuf, PathBuf)> {
    let all = fs::read_dir(DRIVER).unwrap().flatten();
    let mut links: Vec<_> = all
        .map(|entry| entry.path())
        .filter(|path| path.join("vendor").exists())
        .filter_map(|path| fs::canonicalize(path).ok())
        .collect();
    links.sort();
    let node = |card: &Path| {
        let mut nodes = fs::read_dir(card.join("misc")).ok()?.flatten();
        let node = Path::new("/dev").join(nodes.next()?.file_name());
        File::open(&node).is_ok().then_some(node)
    };
    links
        .into_iter()
        .filter_map(|card| Some((card.clone(), node(&card)?)))
        .collect()
}

fn bind(how: &str, card: &Path) -> Result<(), i32> {
    let name = card.file_name().unwrap().to_str().unwrap();
    errno(fs::write(Path::new(DRIVER).join(how), name))
}

fn dropped() -> u32 {
    let text = fs::read_to_string("/sys/module/vm_removal/dropped").unwrap();
    text.trim().parse().unwrap()
}

/// All that is done with a card.
struct Users {
    file: File,
    mapping: Mapping,
    toucher: Toucher,
    readers: Vec<JoinHandle<i32>>,
    writer: JoinHandle<i32>,
}

impl Users {
    fn of(node: &Path) -> Self {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .open(node)
            .unwrap();
        let mapping = Mapping::shared(&file, 4096).unwrap();
        let toucher = mapping.load_until_killed(0).unwrap();
        let readers = (0..2).map(|_| {
            let mut file = file.try_clone().unwrap();
            thread::spawn(move || errno(file.read(&mut [0; 8])).unwrap_err())
        });
        let mut writing = file.try_clone().unwrap();
        let writer = thread::spawn(move || {
            loop {
                if let Err(error) = errno(writing.write(b"5")) {
                    break error;
                }
            }
        });
        Self {
            mapping,
            toucher,
            readers: readers.collect(),
            writer,
            file,
        }
    }

    /// The card has gone: each of them is told so, and nothing else.
    fn end(mut self) {
        assert_eq!(self.writer.join().unwrap(), ENODEV);
        for reader in self.readers {
            assert_eq!(reader.join().unwrap(), ENODEV);
        }
        assert_eq!(self.toucher.wait().unwrap(), SIGBUS);
        assert_eq!(self.mapping.load_in_child(0).unwrap(), None);
        assert_eq!(errno(self.file.write(b"5")), Err(ENODEV));
        assert_eq!(errno(Mapping::shared(&self.file, 4096)).err(), Some(ENODEV));
    }
}

/// Takes a card away again and again, after a while of each length.
fn again_and_again(turns: u32, away: impl Fn(&Path), back: impl Fn(&Path)) {
    with_params(&[], turns, away, back);
}

fn with_params(params: &[&str], turns: u32, away: impl Fn(&Path), back: impl Fn(&Path)) {
    let module = load(params).unwrap();
    for turn in 0..turns {
        let (card, node) = cards().remove(0);
        let users = Users::of(&node);
        thread::sleep(Duration::from_micros(u64::from(turn % 8) * 500));
        away(&card);
        users.end();
        back(&card);
    }
    until(|| dropped() == turns);
    drop(module);
}

#[test]
fn unbound_again_and_again() {
    again_and_again(
        rounds(20),
        |card| bind("unbind", card).unwrap(),
        |card| bind("bind", card).unwrap(),
    );
}

/// What the card writes to goes with its driver, and the card goes on when it is bound again.
#[test]
fn unbound_while_it_moves_memory() {
    if config("DMA_API_DEBUG").unwrap().is_some() {
        expect_report("device driver has pending DMA allocations").unwrap();
        expect_report("DMA-API: Mapped at").unwrap();
    }
    let mut log = Kmsg::mark().unwrap();
    with_params(
        &["stops=0"],
        rounds(20),
        |card| bind("unbind", card).unwrap(),
        |card| bind("bind", card).unwrap(),
    );
    let lines = log.lines().unwrap();
    assert!(
        lines
            .iter()
            .any(|line| line.contains(": 4096 bytes stay the device's")),
        "{lines:?}"
    );
}

#[test]
fn pulled_out_again_and_again() {
    again_and_again(
        rounds(10),
        |card| fs::write(card.join("remove"), "1").unwrap(),
        |_| fs::write("/sys/bus/pci/rescan", "1").unwrap(),
    );
}

#[test]
fn gone_with_the_module_again_and_again() {
    for _ in 0..rounds(5) {
        let module = load(&[]).unwrap();
        for (_, node) in cards() {
            let mut file = OpenOptions::new().write(true).open(node).unwrap();
            file.write_all(b"5").unwrap();
        }
        drop(module);
    }
}

/// How often cards have interrupted, on all CPUs.
fn interrupts() -> u64 {
    let all = fs::read_to_string("/proc/interrupts").unwrap();
    let ours = all.lines().filter(|line| line.contains("vm_removal"));
    ours.flat_map(str::split_whitespace)
        .filter_map(|word| word.parse::<u64>().ok())
        .sum()
}

/// A card alone behind its port is reset under its users, who go on with it then, and it is unbound meanwhile.
#[test]
fn reset_while_all_of_it_is_used() {
    let module = load(&[]).unwrap();
    let turns = rounds(1);
    for _ in 0..turns {
        let (card, node) = cards().remove(1);
        let mut users = Users::of(&node);
        let reset = card.join("reset");
        fs::write(&reset, "1").unwrap();
        let before = interrupts();
        until(|| interrupts() > before + 1);
        users.file.write_all(b"5").unwrap();
        let resets = thread::spawn(move || errno(fs::write(reset, "1")));
        bind("unbind", &card).unwrap();
        users.end();
        assert_eq!(resets.join().unwrap(), Ok(()));
        bind("bind", &card).unwrap();
    }
    until(|| dropped() == turns);
    drop(module);
}

/// QEMU takes it out of its slot, as a person would, and puts another one in.
#[test]
fn taken_out_and_put_in_again_and_again() {
    let mut monitor = Monitor::open().unwrap();
    let module = load(&[]).unwrap();
    let turns = rounds(10);
    for turn in 0..turns {
        until(|| cards().len() == 2);
        let (card, node) = cards().remove(1);
        let users = Users::of(&node);
        thread::sleep(Duration::from_micros(u64::from(turn % 8) * 500));
        monitor.device_del("card").unwrap();
        users.end();
        assert!(!card.exists());
        monitor
            .device_add("edu,dma_mask=0xffffffff,bus=switched,id=card")
            .unwrap();
    }
    until(|| dropped() == turns && cards().len() == 2);
    let refused = monitor.device_del("nobody").unwrap_err().to_string();
    assert!(refused.contains("'nobody' not found"), "{refused}");
    let refused = monitor.device_add("none").unwrap_err().to_string();
    assert!(
        refused.contains("'none' is not a valid device"),
        "{refused}"
    );
    drop(module);
}

/// QEMU takes the card out, for good, when its slot is switched off.
#[test]
fn without_power() {
    let slots = fs::read_dir("/sys/bus/pci/slots").unwrap().flatten();
    let slot = slots
        .map(|entry| entry.path().join("power"))
        .find(|power| fs::read_to_string(power).is_ok_and(|on| on == "1\n"))
        .expect("a slot has power");
    let module = load(&[]).unwrap();
    let (card, node) = cards().remove(1);
    let users = Users::of(&node);
    fs::write(&slot, "0").unwrap();
    users.end();
    until(|| !card.exists() && dropped() == 1);
    // The other one is as it was.
    let (_, node) = cards().remove(0);
    let users = Users::of(&node);
    bind("unbind", &cards()[0].0).unwrap();
    users.end();
    drop(module);
}
