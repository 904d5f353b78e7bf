// SPDX-License-Identifier: GPL-2.0-only
//! Arrays of interrupts: each is told which one it is, and they come and go together.

use std::fs;
use std::path::{Path, PathBuf};

use kmod_test::{Loaded, errno, load};

const ENODEV: i32 = 19;
const ENOSPC: i32 = 28;

fn gone(module: Loaded) {
    module.unload().map_err(|(_, error)| error).unwrap();
}

/// The first device of this number.
fn device(number: &str) -> PathBuf {
    let all = fs::read_dir("/sys/bus/pci/devices").unwrap().flatten();
    let is_it = |path: &PathBuf| fs::read_to_string(path.join("device")).unwrap().trim() == number;
    all.map(|entry| entry.path()).filter(is_it).min().unwrap()
}

fn bind(driver: &str, how: &str, device: &Path) -> Result<(), i32> {
    let name = device.file_name().unwrap().to_str().unwrap();
    let driver = Path::new("/sys/bus/pci/drivers").join(driver);
    errno(fs::write(driver.join(how), name))
}

/// Binds a driver that has to be asked for.
fn bind_instead(driver: &str, device: &Path) -> Result<(), i32> {
    fs::write(device.join("driver_override"), driver).unwrap();
    let bound = bind(driver, "bind", device);
    fs::write(device.join("driver_override"), "\n").unwrap();
    bound
}

fn read(device: &Path, file: &str) -> String {
    let text = fs::read_to_string(device.join(file)).unwrap();
    text.trim_end().to_owned()
}

/// The names in `/proc/interrupts` that begin so, in order.
fn named(begin: &str) -> Vec<String> {
    let all = fs::read_to_string("/proc/interrupts").unwrap();
    let words = all
        .split_whitespace()
        .map(|word| word.trim_end_matches(','));
    let mut names: Vec<_> = words
        .filter(|word| word.starts_with(begin))
        .map(str::to_owned)
        .collect();
    names.sort();
    names
}

#[test]
fn each_of_an_array_knows_which_one_it_is() {
    let module = load(&[]).unwrap();
    let switch = device("0x0006");
    bind("vm_irq_rocker", "unbind", &switch).unwrap();
    for _ in 0..3 {
        bind_instead("vm_irq_queues", &switch).unwrap();
        let names = ["other", "queues-0", "queues-1", "queues-2"];
        assert_eq!(
            named("vm_irq_queues"),
            names.map(|name| format!("vm_irq_queues-{name}"))
        );
        let lines = read(&switch, "lines");
        let lines: Vec<u32> = lines
            .split_whitespace()
            .map(|line| line.parse().unwrap())
            .collect();
        assert!(
            lines.len() == 3 && lines[0] < lines[1] && lines[1] < lines[2],
            "{lines:?}"
        );
        for (vectors, counts) in [
            ("2", "1 0 0 0"),
            ("8", "1 0 1 0"),
            ("14", "2 1 2 0"),
            ("15", "3 2 3 1"),
        ] {
            fs::write(switch.join("raise"), vectors).unwrap();
            assert_eq!(read(&switch, "counts"), counts, "{vectors}");
            assert_eq!(read(&switch, "threads"), counts, "{vectors}");
        }
        bind("vm_irq_queues", "unbind", &switch).unwrap();
        assert!(named("vm_irq_queues").is_empty());
    }
    gone(module);
}

#[test]
fn an_array_shares_the_only_line() {
    let module = load(&[]).unwrap();
    let card = device("0x11e8");
    bind("vm_irq_card", "unbind", &card).unwrap();
    bind_instead("vm_irq_pair", &card).unwrap();
    let names = ["0", "1"].map(|name| format!("vm_irq_pair-halves-{name}"));
    assert_eq!(named("vm_irq_pair"), names);
    for (raised, counts) in [("0x1", "1 0"), ("0x30000", "1 1"), ("0x10000", "1 2")] {
        fs::write(card.join("raise"), raised).unwrap();
        assert_eq!(read(&card, "counts"), counts, "{raised}");
    }
    gone(module);
    assert!(named("vm_irq_pair").is_empty());
}

#[test]
fn an_array_longer_than_the_device_has_is_refused() {
    let module = load(&[]).unwrap();
    let switch = device("0x0006");
    bind("vm_irq_rocker", "unbind", &switch).unwrap();
    // Old kernels tell who binds only that no driver took it.
    let many = bind_instead("vm_irq_array", &switch);
    assert!(matches!(many, Err(ENOSPC | ENODEV)), "{many:?}");
    assert!(named("vm_irq_array").is_empty());
    bind("vm_irq_rocker", "bind", &switch).unwrap();
    gone(module);
}
