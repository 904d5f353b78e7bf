// SPDX-License-Identifier: GPL-2.0-only
//! QEMU's watchdog, which the test lets bite, too; the same holds for the driver in C.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::FileExt;
use std::path::PathBuf;

use kmod_test::{IoctlMemory, Kmsg, Loaded, Monitor, errno, load, load_twin, until};

const ENODEV: i32 = 19;
const EINVAL: i32 = 22;

/// `_IOWR('W', 6, int)` and `_IOR('W', 7, int)`.
const SETTIMEOUT: u32 = 0xc004_5706;
const GETTIMEOUT: u32 = 0x8004_5707;

/// Loads a driver.
type Load = fn(&[&str]) -> io::Result<Loaded>;

/// That one, and the one in C, with their names.
const DRIVERS: [(&str, Load); 2] = [("i6300esb", load), ("i6300esb_c", load_twin)];

/// The chip's folder in sysfs.
fn chip() -> PathBuf {
    let all = fs::read_dir("/sys/bus/pci/devices").unwrap().flatten();
    let mut paths = all.map(|entry| entry.path());
    let is_it = |path: &PathBuf| fs::read_to_string(path.join("device")).unwrap() == "0x25ab\n";
    paths.find(is_it).expect("the chip is there")
}

/// Registers of its configuration space: how it counts, and whether. QEMU has them in their own widths only, and of the
/// kind of interrupt it keeps one bit.
fn config() -> ([u8; 2], u8) {
    let file = File::open(chip().join("config")).unwrap();
    let (mut config, mut lock) = ([0; 2], [0; 1]);
    file.read_exact_at(&mut config, 0x60).unwrap();
    file.read_exact_at(&mut lock, 0x68).unwrap();
    (config, lock[0])
}

fn open() -> File {
    let mut options = OpenOptions::new();
    options.write(true).open("/dev/watchdog0").unwrap()
}

/// Closes it and has it stop.
fn close(mut file: File) {
    file.write_all(b"V").unwrap();
}

/// What a command makes of a number of seconds.
fn seconds(file: &File, command: u32, value: i32) -> Result<i32, i32> {
    let memory = IoctlMemory::new(&value.to_ne_bytes()).unwrap();
    errno(memory.ioctl(file, command))?;
    Ok(i32::from_ne_bytes(memory.bytes().try_into().unwrap()))
}

#[test]
fn it_counts_while_it_is_open() {
    for (_, load) in DRIVERS {
        let module = load(&[]).unwrap();
        assert_eq!(config(), ([1, 0], 0));
        let file = open();
        assert_eq!(config().1, 2);
        (&file).write_all(b".").unwrap();
        assert_eq!(seconds(&file, GETTIMEOUT, 0), Ok(30));
        assert_eq!(seconds(&file, SETTIMEOUT, 2046), Ok(2046));
        assert_eq!(seconds(&file, SETTIMEOUT, 2047), Err(EINVAL));
        assert_eq!(seconds(&file, SETTIMEOUT, 0), Err(EINVAL));
        assert_eq!(seconds(&file, GETTIMEOUT, 0), Ok(2046));
        close(file);
        assert_eq!(config().1, 0);
        // Without the sign it goes on.
        drop(open());
        assert_eq!(config().1, 2);
        close(open());
        drop(module);
        assert_eq!(config().1, 0);
    }
}

#[test]
fn who_does_not_ping_is_bitten() {
    // Instead of a reset; the chip then is as after one.
    let mut monitor = Monitor::open().unwrap();
    monitor.command("watchdog_action none").unwrap();
    for (_, load) in DRIVERS {
        let bites = || {
            let mut log = Kmsg::mark().unwrap();
            drop(load(&[]).unwrap());
            let lines = log.lines().unwrap();
            lines
                .iter()
                .any(|line| line.contains("it has reset the machine"))
        };
        assert!(!bites());
        let module = load(&[]).unwrap();
        let file = open();
        assert_eq!(seconds(&file, SETTIMEOUT, 1), Ok(1));
        until(|| config().1 == 0);
        close(file);
        drop(module);
        assert!(bites());
        // It is said once.
        assert!(!bites());
    }
}

#[test]
fn who_has_it_open_keeps_nothing_when_the_chip_goes() {
    for (name, load) in DRIVERS {
        let module = load(&[]).unwrap();
        let mut file = open();
        let folder = chip();
        let device = folder.file_name().unwrap().to_str().unwrap();
        fs::write(format!("/sys/bus/pci/drivers/{name}/unbind"), device).unwrap();
        assert_eq!(config().1, 0);
        assert_eq!(errno(file.write(b".")), Err(ENODEV));
        assert_eq!(seconds(&file, SETTIMEOUT, 5), Err(ENODEV));
        drop(file);
        drop(module);
    }
}
