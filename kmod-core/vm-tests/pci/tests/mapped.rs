// SPDX-License-Identifier: GPL-2.0-only
//! A card's registers, mapped by processes: until the card goes, or its driver.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kmod_test::{Mapping, errno, load, rounds};

const EPERM: i32 = 1;
const EIO: i32 = 5;
const EACCES: i32 = 13;
const EBUSY: i32 = 16;
const ENODEV: i32 = 19;
const EINVAL: i32 = 22;
const EFAULT: i32 = 14;

const NODE: &str = "/dev/vm_pci_edu0";
const DRIVER: &str = "/sys/bus/pci/drivers/vm_pci_edu";

const PAGE: usize = 4096;
/// How long BAR 0 is.
const BAR: i64 = 1 << 20;

// `PROT_READ` and so on, `MAP_SHARED`, `SIGBUS`.
const READ: i32 = 1;
const WRITE: i32 = 3;
const EXEC: i32 = 4;
const MAP_SHARED: i32 = 1;
const MAP_PRIVATE: i32 = 2;
const SIGBUS: i32 = 7;

/// The register that is there for every card, and what it reads as.
const ID: (usize, u32) = (0, 0x0100_00ed);
/// Reads as the complement of what was written.
const LIVENESS: usize = 4;

fn edu() -> PathBuf {
    let all = fs::read_dir("/sys/bus/pci/devices").unwrap().flatten();
    let mut paths = all.map(|entry| entry.path());
    let is_edu = |path: &PathBuf| fs::read_to_string(path.join("device")).unwrap() == "0x11e8\n";
    paths.find(is_edu).expect("the card is there")
}

fn bind(how: &str, card: &Path) {
    let name = card.file_name().unwrap().to_str().unwrap();
    fs::write(Path::new(DRIVER).join(how), name).unwrap();
}

fn open() -> File {
    OpenOptions::new()
        .read(true)
        .write(true)
        .open(NODE)
        .unwrap()
}

fn map(file: &File, len: usize, prot: i32, flags: i32, at: i64) -> Result<Mapping, i32> {
    errno(Mapping::new(file, len, prot, flags, at))
}

fn shared(file: &File) -> Mapping {
    map(file, PAGE, WRITE, MAP_SHARED, 0).unwrap()
}

#[test]
fn registers_are_read_and_written_where_they_are_mapped() {
    let module = load(&[]).unwrap();
    let file = open();
    let mapping = shared(&file);
    assert_eq!(mapping.load_in_child(ID.0).unwrap(), Some(ID.1));
    assert!(mapping.store_in_child(LIVENESS, 0x1234_5678).unwrap());
    let complement = Some(!0x1234_5678);
    assert_eq!(mapping.load_in_child(LIVENESS).unwrap(), complement);
    // The same card, for all who have it mapped, and the last page is the last one.
    let last = map(&file, PAGE, READ, MAP_SHARED, BAR - 4096).unwrap();
    last.load_in_child(0).unwrap().unwrap();
    let read_only = map(&file, PAGE, READ, MAP_SHARED, 0x90000).unwrap();
    read_only.load_in_child(0).unwrap().unwrap();
    assert_eq!(errno(read_only.protect(WRITE)), Err(EACCES));
    let flags = mapping.vm_flags().unwrap();
    for flag in ["pf", "io", "de", "dd"] {
        assert!(flags.split(' ').any(|set| set == flag), "{flag}: {flags}");
    }
    assert_eq!(errno(mapping.protect(EXEC)), Err(EACCES));
    let mut mapping = mapping;
    assert_eq!(errno(mapping.remap(2 * PAGE)), Err(EFAULT));
    drop((mapping, last, read_only, file));
    drop(module);
}

#[test]
fn what_cannot_be_mapped_is_refused() {
    let module = load(&[]).unwrap();
    let file = open();
    let shared = MAP_SHARED;
    for (prot, flags, at, len, error) in [
        (READ | EXEC, shared, 0, PAGE, EPERM),
        (WRITE, MAP_PRIVATE, 0, PAGE, EINVAL),
        (READ, MAP_PRIVATE, 0, PAGE, EINVAL),
        (READ, shared, BAR, PAGE, EINVAL),
        (READ, shared, BAR - 4096, 2 * PAGE, EINVAL),
        (READ, shared, 1 << 40, PAGE, EINVAL),
        (WRITE, shared, 0x90000, PAGE, EPERM),
        // The handler fails when it has mapped; maps twice; maps both ways.
        (WRITE, shared, 0x80000, PAGE, EIO),
        (WRITE, shared, 0x81000, PAGE, EBUSY),
        (WRITE, shared, 0x82000, PAGE, EBUSY),
        (WRITE, shared, 0x83000, PAGE, EBUSY),
    ] {
        let refused = map(&file, len, prot, flags, at).err();
        assert_eq!(refused, Some(error), "{prot:#x} {flags:#x} {at:#x}");
    }
    // Nothing of these is left that would be looked at.
    drop(file);
    let card = edu();
    bind("unbind", &card);
    bind("bind", &card);
    drop(module);
}

#[test]
fn what_is_mapped_goes_with_its_driver() {
    let module = load(&[]).unwrap();
    let card = edu();
    let file = open();
    let mapping = shared(&file);
    let parts = map(&file, 4 * PAGE, WRITE, MAP_SHARED, 0).unwrap();
    let toucher = mapping.load_until_killed(ID.0).unwrap();
    let [before, after] = parts.punch(PAGE, PAGE).unwrap();
    let others = after.load_until_killed(PAGE).unwrap();
    let untouched = shared(&file);
    assert_eq!(before.load_in_child(ID.0).unwrap(), Some(ID.1));
    bind("unbind", &card);
    assert_eq!(toucher.wait().unwrap(), SIGBUS);
    assert_eq!(others.wait().unwrap(), SIGBUS);
    for mapping in [&mapping, &before, &after, &untouched] {
        assert_eq!(mapping.load_in_child(0).unwrap(), None);
        assert!(!mapping.store_in_child(0, 1).unwrap());
    }
    bind("bind", &card);
    let new = open();
    let anew = shared(&new);
    assert_eq!(anew.load_in_child(ID.0).unwrap(), Some(ID.1));
    assert_eq!(mapping.load_in_child(ID.0).unwrap(), None);
    // A mapping holds its file open, and that the module.
    drop((file, new));
    let Err((module, _)) = module.unload() else {
        panic!("a module goes that is mapped");
    };
    assert_eq!(anew.load_in_child(ID.0).unwrap(), Some(ID.1));
    drop((mapping, before, after, untouched, anew));
    drop(module);
}

/// Takes the card away again and again, while some have it mapped, map it and unmap it.
fn again_and_again(turns: u32, away: impl Fn(), back: impl Fn()) {
    let module = load(&[]).unwrap();
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    let Ok(file) = File::open(NODE) else {
                        continue;
                    };
                    if let Ok(mapping) = map(&file, 2 * PAGE, READ, MAP_SHARED, 0) {
                        let id = mapping.load_in_child(ID.0).unwrap();
                        assert!(id.is_none_or(|id| id == ID.1), "{id:?}");
                    }
                }
            });
        }
        for turn in 0..turns {
            let file = open();
            let mapping = shared(&file);
            let toucher = mapping.load_until_killed(ID.0).unwrap();
            away();
            assert_eq!(toucher.wait().unwrap(), SIGBUS, "turn {turn}");
            assert_eq!(mapping.load_in_child(ID.0).unwrap(), None);
            back();
        }
        stop.store(true, Ordering::Relaxed);
    });
    drop(module);
}

const ENGINE: &str = "/dev/vm_pci_dma0";
const ENGINE_DRIVER: &str = "/sys/bus/pci/drivers/vm_pci_dma";

/// What a card moves to and from, seen by a process: the buffer that may be written has the number, the other one has
/// it behind four bytes.
#[test]
fn memory_of_a_card_is_mapped_until_it_goes_again_and_again() {
    let module = load(&[]).unwrap();
    let card = edu();
    let name = card.file_name().unwrap().to_str().unwrap();
    bind("unbind", &card);
    fs::write(card.join("driver_override"), "vm_pci_dma").unwrap();
    let engine = |how: &str| fs::write(Path::new(ENGINE_DRIVER).join(how), name).unwrap();
    engine("bind");
    for turn in 0..rounds(10) {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .open(ENGINE)
            .unwrap();
        let ring = Mapping::shared(&file, PAGE).unwrap();
        let entry = map(&file, PAGE, READ, MAP_SHARED, 0).unwrap();
        let value = 0x1234_5600 + turn;
        fs::write(ENGINE, value.to_string()).unwrap();
        assert_eq!(ring.load_in_child(20).unwrap(), Some(value));
        assert_eq!(entry.load_in_child(4).unwrap(), Some(value));
        assert!(ring.store_in_child(PAGE - 4, value).unwrap());
        assert_eq!(ring.load_in_child(PAGE - 4).unwrap(), Some(value));
        // All of the page is nobody's but the buffer's.
        assert_eq!(entry.load_in_child(PAGE - 4).unwrap(), Some(0));
        for (len, prot, offset, error) in [
            (2 * PAGE, READ, 0, EINVAL),
            (PAGE, READ, PAGE as i64, EINVAL),
            (PAGE, READ | EXEC, 0, EPERM),
        ] {
            let refused = map(&file, len, prot, MAP_SHARED, offset);
            assert_eq!(refused.err(), Some(error), "{len} {prot} {offset}");
        }
        assert_eq!(map(&file, PAGE, WRITE, MAP_PRIVATE, 0).err(), Some(EINVAL));
        let touchers = [&ring, &entry].map(|mapping| mapping.load_until_killed(0).unwrap());
        engine("unbind");
        for toucher in touchers {
            assert_eq!(toucher.wait().unwrap(), SIGBUS, "turn {turn}");
        }
        engine("bind");
        assert_eq!(ring.load_in_child(0).unwrap(), None);
        assert_eq!(errno(Mapping::shared(&file, PAGE)).err(), Some(ENODEV));
    }
    drop(module);
    fs::write(card.join("driver_override"), "\n").unwrap();
}

#[test]
fn what_is_mapped_goes_again_and_again() {
    let card = edu();
    again_and_again(rounds(20), || bind("unbind", &card), || bind("bind", &card));
}

#[test]
fn what_is_mapped_goes_with_its_card_again_and_again() {
    let card = edu();
    again_and_again(
        rounds(10),
        || fs::write(card.join("remove"), "1").unwrap(),
        || fs::write("/sys/bus/pci/rescan", "1").unwrap(),
    );
}
