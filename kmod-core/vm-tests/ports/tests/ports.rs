// SPDX-License-Identifier: GPL-2.0-only
//! I/O ports, at a fixed place and of a card, and the memory of platform devices.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread;

use kmod_test::{Kmsg, Mapping, Parity, errno, load, load_twin, rounds};

const ENXIO: i32 = 6;
const EBUSY: i32 = 16;
const ENODEV: i32 = 19;
const EINVAL: i32 = 22;

/// `SIGBUS`
const SIGBUS: i32 = 7;

const MEMORY: &str = "/sys/bus/platform/drivers/vm_ports_memory";

fn open(path: &str) -> File {
    OpenOptions::new()
        .read(true)
        .write(true)
        .open(path)
        .unwrap()
}

fn ask(path: &str, command: &str) -> Result<u64, i32> {
    errno(open(path).write_all(command.as_bytes()))?;
    Ok(u64::from_str_radix(&fs::read_to_string(path).unwrap(), 16).unwrap())
}

/// What the four ports have, as the twin sees them.
fn seen() -> [u8; 4] {
    let text = fs::read_to_string("/sys/module/vm_ports_c/parameters/seen").unwrap();
    let bytes = text.split_whitespace();
    let bytes = bytes.map(|byte| u8::from_str_radix(byte, 16).unwrap());
    bytes.collect::<Vec<_>>().try_into().unwrap()
}

/// Who has ports from this number on.
fn owner(begin: &str) -> Option<String> {
    let all = fs::read_to_string("/proc/ioports").unwrap();
    let mut lines = all.lines().map(str::trim);
    let line = lines.find(|line| line.starts_with(begin))?;
    Some(line.split(" : ").nth(1).unwrap().to_owned())
}

fn card() -> PathBuf {
    let all = fs::read_dir("/sys/bus/pci/devices").unwrap().flatten();
    let mut paths = all.map(|entry| entry.path());
    let is_it = |path: &PathBuf| fs::read_to_string(path.join("device")).unwrap() == "0x10d3\n";
    paths.find(is_it).expect("the card is there")
}

fn bind(driver: &str, what: &str) -> Result<(), i32> {
    let card = card();
    let name = card.file_name().unwrap().to_str().unwrap();
    errno(fs::write(
        Path::new("/sys/bus/pci/drivers").join(driver).join(what),
        name,
    ))
}

#[test]
fn ports_do_what_they_do_in_c() {
    let commands = [
        "both 0",
        "device 0x0b",
        "base 0x0a30",
        "last 0",
        "last 0",
        "both 0x1234",
        "byte 0x56",
        "device 0x100",
        "both 0x10000",
        "select 0x87",
        "inert",
        "nothing",
    ];
    let mut answers = Vec::new();
    for twin in [false, true] {
        let module = (!twin).then(|| load(&[]).unwrap());
        // It takes no ports if it is to make devices.
        let looks = load_twin(&[if twin { "devices=0" } else { "devices=1" }]).unwrap();
        let path = ["/dev/vm_ports", "/dev/vm_ports_c"][usize::from(twin)];
        let name = ["vm_ports", "vm_ports_c"][usize::from(twin)];
        assert_eq!(owner("00e0-00e1").as_deref(), Some(name));
        assert_eq!(owner("00e2-00e3").as_deref(), Some(name));
        // Whatever was there before.
        ask(path, "device 0").unwrap();
        answers.push(commands.map(|command| {
            let answer = ask(path, command);
            // The ports, too, have what they have in C.
            (answer, seen())
        }));
        drop(looks);
        module.into_iter().for_each(drop);
        assert_eq!((owner("00e0"), owner("00e2")), (None, None));
    }
    let mut parity = Parity::default();
    for (step, command) in commands.iter().enumerate() {
        parity.case((*command).to_owned(), [answers[0][step], answers[1][step]]);
    }
    parity.end();
    let ours = &answers[0];
    // One register behind whatever index: the last byte of a word that was written.
    assert_eq!(ours[1], (Ok(0x0b), [0x07, 0x0b, 0, 0]));
    assert_eq!(ours[2].1, [0x61, 0x0a, 0, 0]);
    assert_eq!(ours[4], (Ok(0x0c), [0xff, 0x0c, 0, 0]));
    assert_eq!(ours[5], (Ok(0x1234), [0xff, 0x0c, 0x34, 0x12]));
    assert_eq!(ours[6], (Ok(0x34), [0xff, 0x0c, 0x34, 0x56]));
    assert_eq!([ours[7].0, ours[8].0], [Err(EINVAL); 2]);
    assert_eq!((ours[9].1[0], ours[10].0), (0x87, Ok(0xffff)));
}

#[test]
fn ports_are_one_modules_alone() {
    let mut log = Kmsg::mark().unwrap();
    let twin = load_twin(&[]).unwrap();
    let refused = load(&[]).err().and_then(|error| error.raw_os_error());
    assert_eq!(refused, Some(EBUSY));
    drop(twin);
    let module = load(&[]).unwrap();
    let refused = load_twin(&[]).err().and_then(|error| error.raw_os_error());
    assert_eq!(refused, Some(EBUSY));
    drop(module);
    let lines = log.lines().unwrap();
    assert!(
        !lines.iter().any(|line| line.contains("still")),
        "{lines:?}"
    );
}

#[test]
fn a_cards_ports_and_its_memory_are_the_same_registers() {
    let mut log = Kmsg::mark().unwrap();
    let module = load(&[]).unwrap();
    let node = "/dev/vm_ports_card0";
    assert_eq!(ask(node, "port 0x12345678"), Ok(0x1234_5678));
    assert_eq!(ask(node, "memory 0x9abcdef0"), Ok(0x9abc_def0));
    let ioports = fs::read_to_string("/proc/ioports").unwrap();
    assert!(ioports.contains("vm_ports_card"), "{ioports}");
    let file = open(node);
    bind("vm_ports_card", "unbind").unwrap();
    assert_eq!(errno((&file).write_all(b"port 1")), Err(ENODEV));
    let ioports = fs::read_to_string("/proc/ioports").unwrap();
    assert!(!ioports.contains("vm_ports_card"), "{ioports}");
    // A BAR of memory is none of ports, and the ports before it are given back.
    fs::write(card().join("driver_override"), "vm_ports_refused").unwrap();
    assert!(matches!(
        bind("vm_ports_refused", "bind"),
        Err(ENXIO | ENODEV)
    ));
    let ioports = fs::read_to_string("/proc/ioports").unwrap();
    assert!(!ioports.contains("vm_ports_refused"), "{ioports}");
    fs::write(card().join("driver_override"), "\n").unwrap();
    bind("vm_ports_card", "bind").unwrap();
    drop(file);
    drop(module);
    let lines = log.lines().unwrap();
    for text in [
        "BAR 2 is none of memory",
        "BAR 0 is none of I/O ports",
        "BAR 2 has 32 bytes, its registers take 256",
    ] {
        assert!(
            lines.iter().any(|line| line.contains(text)),
            "{text}: {lines:?}"
        );
    }
    for text in ["still there", "what is mapped"] {
        assert!(!lines.iter().any(|line| line.contains(text)), "{lines:?}");
    }
}

#[test]
fn a_cards_ports_go_while_they_are_used() {
    let module = load(&[]).unwrap();
    for _ in 0..rounds(10) {
        let file = open("/dev/vm_ports_card0");
        let users: Vec<_> = ["port 1", "memory 2"]
            .into_iter()
            .map(|command| {
                let file = file.try_clone().unwrap();
                thread::spawn(move || {
                    loop {
                        if let Err(error) = errno((&file).write_all(command.as_bytes())) {
                            break error;
                        }
                    }
                })
            })
            .collect();
        bind("vm_ports_card", "unbind").unwrap();
        for user in users {
            assert_eq!(user.join().unwrap(), ENODEV);
        }
        bind("vm_ports_card", "bind").unwrap();
    }
    drop(module);
}

#[test]
fn a_platform_devices_memory_is_mapped_while_it_is_bound() {
    let mut log = Kmsg::mark().unwrap();
    let module = load(&[]).unwrap();
    let devices = load_twin(&["devices=1"]).unwrap();
    let node = "/dev/vm_ports_memory0";
    assert_eq!(ask(node, "first 0x12345678"), Ok(0x1234_5678));
    assert_eq!(ask(node, "last 0x9abcdef0"), Ok(0x9abc_def0));
    assert_eq!(ask(node, "few 0x55"), Ok(0x55));
    let bound = |name: &str| Path::new(MEMORY).join(name).exists();
    let all = [0, 1, 2, 3, 4].map(|index| bound(&format!("vm_ports_memory.{index}")));
    assert_eq!(all, [true, false, false, false, false]);
    let iomem = fs::read_to_string("/proc/iomem").unwrap();
    assert_eq!(iomem.matches(" : vm_ports_memory\n").count(), 2, "{iomem}");
    let file = open(node);
    // Processes have it, too, until it is unbound.
    let mapping = Mapping::shared(&file, 4096).unwrap();
    assert_eq!(mapping.load_in_child(0xffc).unwrap(), Some(0x9abc_def0));
    assert!(mapping.store_in_child(0xffc, 7).unwrap());
    assert_eq!(mapping.load_in_child(0xffc).unwrap(), Some(7));
    assert_eq!(errno(Mapping::shared(&file, 8192)).err(), Some(EINVAL));
    let toucher = mapping.load_until_killed(0).unwrap();
    errno(fs::write(format!("{MEMORY}/unbind"), "vm_ports_memory.0")).unwrap();
    assert_eq!(toucher.wait().unwrap(), SIGBUS);
    assert_eq!(errno((&file).write_all(b"first 1")), Err(ENODEV));
    assert_eq!(errno(Mapping::shared(&file, 4096)).err(), Some(ENODEV));
    // What was refused as somebody else's is free now.
    errno(fs::write(format!("{MEMORY}/bind"), "vm_ports_memory.3")).unwrap();
    drop(file);
    // When a device goes, the kernel forgets what others have requested of memory that it has, too.
    errno(fs::write(format!("{MEMORY}/unbind"), "vm_ports_memory.3")).unwrap();
    errno(fs::write(format!("{MEMORY}/bind"), "vm_ports_memory.0")).unwrap();
    assert_eq!(mapping.load_in_child(0).unwrap(), None);
    drop(mapping);
    // The devices go before their driver.
    drop(devices);
    let iomem = fs::read_to_string("/proc/iomem").unwrap();
    assert!(!iomem.contains("vm_ports_memory"), "{iomem}");
    drop(module);
    let lines = log.lines().unwrap();
    for text in [
        "vm_ports_memory.1: memory resource 0 is",
        "vm_ports_memory.2: memory resource 0 is",
        "vm_ports_memory.4: there is no memory resource 1",
    ] {
        assert!(
            lines.iter().any(|line| line.contains(text)),
            "{text}: {lines:?}"
        );
    }
    for text in ["still there", "nonexistent resource"] {
        assert!(!lines.iter().any(|line| line.contains(text)), "{lines:?}");
    }
}
