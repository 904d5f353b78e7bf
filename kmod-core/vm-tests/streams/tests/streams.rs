// SPDX-License-Identifier: GPL-2.0-only
//! Memory of a driver's that a card moves, and that is still mapped when the card goes.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use kmod_test::{Kmsg, config, errno, expect_report, load, load_twin, rounds};

const EIO: i32 = 5;
const EINVAL: i32 = 22;

const NODE: &str = "/dev/vm_streams0";

fn open(path: &str) -> File {
    OpenOptions::new().write(true).open(path).unwrap()
}

fn ask(path: &str, command: &str) -> Result<u64, i32> {
    errno(open(path).write_all(command.as_bytes()))?;
    Ok(u64::from_str_radix(&fs::read_to_string(path).unwrap(), 16).unwrap())
}

fn card() -> PathBuf {
    let all = fs::read_dir("/sys/bus/pci/devices").unwrap().flatten();
    let mut paths = all.map(|entry| entry.path());
    let is_it = |path: &PathBuf| fs::read_to_string(path.join("device")).unwrap() == "0x11e8\n";
    paths.find(is_it).expect("the card is there")
}

/// Whether the machine has memory whose addresses have so few bits.
fn has_memory_of(bits: u32) -> bool {
    let iomem = fs::read_to_string("/proc/iomem").unwrap();
    let memory = iomem.lines().filter(|line| line.ends_with(" : System RAM"));
    let mut starts = memory.map(|line| line.trim_start().split('-').next().unwrap());
    starts.any(|start| u64::from_str_radix(start, 16).unwrap() < 1 << bits)
}

fn is_master() -> bool {
    fs::read(card().join("config")).unwrap()[4] & 4 != 0
}

fn bind(what: &str) {
    let card = card();
    let name = card.file_name().unwrap().to_str().unwrap();
    let driver = Path::new("/sys/bus/pci/drivers/vm_streams");
    fs::write(driver.join(what), name).unwrap();
}

/// QEMU has such a card end what it had begun after a tenth of a second.
fn settle() {
    thread::sleep(Duration::from_millis(200));
}

#[test]
fn what_is_moved_is_what_c_moves() {
    for value in [0x1234_5678, 0xfedc_ba98] {
        let module = load(&[]).unwrap();
        assert!(is_master());
        let ours = ask(NODE, &format!("round {value}"));
        drop(module);
        assert!(!is_master());
        let twin = load_twin(&[]).unwrap();
        let theirs = ask("/dev/vm_streams_c0", &format!("round {value}"));
        drop(twin);
        assert_eq!((ours, theirs), (Ok(value), Ok(value)));
    }
}

#[test]
fn several_pieces_are_mapped_at_once() {
    if config("DMA_API_DEBUG").unwrap().is_some() {
        expect_report("device driver has pending DMA allocations").unwrap();
        expect_report("DMA-API: Mapped at").unwrap();
    }
    let mut log = Kmsg::mark().unwrap();
    let module = load(&[]).unwrap();
    for value in 1..4 {
        let sum = (0..300_u64).map(|index| index * value % 256).sum();
        assert_eq!(ask(NODE, &format!("list {value}")), Ok(sum));
    }
    drop(module);
    let lines = log.lines().unwrap();
    let stay = |line: &&String| line.contains(": 300 bytes stay the device's");
    assert_eq!(lines.iter().filter(stay).count(), 3, "{lines:?}");
}

#[test]
fn what_cannot_be_mapped_is_refused() {
    let module = load(&[]).unwrap();
    assert_eq!(ask(NODE, "empty"), Err(EINVAL));
    assert_eq!(ask(NODE, "large"), Err(EINVAL));
    assert_eq!(ask(NODE, "nothing"), Err(EINVAL));
    assert_eq!(ask(NODE, "hole"), Err(EINVAL));
    assert_eq!(ask(NODE, "many 30"), Ok(0));
    assert_eq!(ask(NODE, "round 5"), Ok(5));
    drop(module);
    // Memory that the card does not reach.
    let module = load(&["bits=24"]).unwrap();
    if has_memory_of(24) {
        assert_eq!(ask(NODE, "round 5"), Err(EIO));
        assert_eq!(ask(NODE, "list 5"), Err(EIO));
    } else {
        // `dma_set_mask` has said so, and the card is not bound.
        assert!(!Path::new(NODE).exists());
    }
    drop(module);
}

#[test]
fn what_the_card_may_be_at_stays_its() {
    if config("DMA_API_DEBUG").unwrap().is_some() {
        expect_report("device driver has pending DMA allocations").unwrap();
        expect_report("DMA-API: Mapped at").unwrap();
    }
    // What is leaked stays for ever, which kmemleak would report.
    let leak = match config("DEBUG_KMEMLEAK").unwrap() {
        Some(_) => "drop",
        None => "forget",
    };
    let mut log = Kmsg::mark().unwrap();
    let module = load(&[]).unwrap();
    for _ in 0..rounds(5) {
        assert_eq!(ask(NODE, "many 8"), Ok(0));
        assert_eq!(ask(NODE, "last"), Ok(0));
        // The card writes to it all the while.
        assert_eq!(ask(NODE, "drop"), Ok(0));
        bind("unbind");
        assert!(!is_master());
        // It goes on.
        bind("bind");
        settle();
        assert_eq!(ask(NODE, leak), Ok(0));
        fs::write(card().join("remove"), "1").unwrap();
        fs::write("/sys/bus/pci/rescan", "1").unwrap();
        settle();
        assert_eq!(ask(NODE, "round 9"), Ok(9));
    }
    drop(module);
    let lines = log.lines().unwrap();
    // Twice in each turn: what it was never told of is freed.
    let stay = |line: &&String| line.contains(": 4095 bytes stay the device's");
    let stay = lines.iter().filter(stay).count();
    assert_eq!(stay, 2 * rounds(5) as usize, "{lines:?}");
    let last = "the last one: Err(ENODEV), 64";
    assert!(lines.iter().any(|line| line.contains(last)), "{lines:?}");
    assert!(
        !lines.iter().any(|line| line.contains("has gone maps")),
        "{lines:?}"
    );
}

#[test]
fn a_mapping_outlives_its_device() {
    let left = || fs::read_to_string("/dev/vm_streams").unwrap();
    let module = load(&[]).unwrap();
    assert_eq!(left(), "true nothing\n");
    errno(open(NODE).write_all(b"keep")).unwrap();
    assert_eq!(left(), "true false 4096 Some(0)\n");
    errno(open(NODE).write_all(b"keep")).unwrap();
    bind("unbind");
    assert_eq!(left(), "true true 4096 Some(0)\n");
    bind("bind");
    // What the card has written is there, and it may write again until it is said to be through with it.
    if config("DMA_API_DEBUG").unwrap().is_some() {
        expect_report("device driver has pending DMA allocations").unwrap();
        expect_report("DMA-API: Mapped at").unwrap();
    }
    assert_eq!(ask(NODE, "round 66"), Ok(66));
    errno(open(NODE).write_all(b"keep 1")).unwrap();
    bind("unbind");
    assert_eq!(left(), "true true 4096 Some(100)\n");
    bind("bind");
    errno(open(NODE).write_all(b"keep 1")).unwrap();
    // And the module, which drops it.
    drop(module);
}
