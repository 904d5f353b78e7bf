// SPDX-License-Identifier: GPL-2.0-only
//! Drivers of cards that are bound, unbound, refused, and pulled out while files are open.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use kmod_test::{
    Kmsg, Loaded, Parity, config, errno, expect_report, load, load_twin, modinfo, rounds, until,
};

const EIO: i32 = 5;
const ENXIO: i32 = 6;
const ENODEV: i32 = 19;
const EINVAL: i32 = 22;

const NODE: &str = "/dev/vm_pci_edu0";

/// The driver, and its twin.
const DRIVERS: [&str; 2] = ["vm_pci_edu", "vm_pci_c_edu"];

fn driver(name: &str) -> PathBuf {
    Path::new("/sys/bus/pci/drivers").join(name)
}

/// The device of this vendor and number, as `0xVENDOR 0xDEVICE`.
fn device(id: &str) -> String {
    let all = fs::read_dir("/sys/bus/pci/devices").unwrap().flatten();
    let of = |path: &Path, file| {
        fs::read_to_string(path.join(file))
            .unwrap()
            .trim()
            .to_owned()
    };
    let found = all
        .map(|entry| entry.path())
        .find(|path| format!("{} {}", of(path, "vendor"), of(path, "device")) == id);
    let name = found.unwrap_or_else(|| panic!("no device {id}"));
    name.file_name().unwrap().to_str().unwrap().to_owned()
}

fn edu() -> String {
    device("0x1234 0x11e8")
}

fn testdev() -> String {
    device("0x1b36 0x0005")
}

fn sysfs(device: &str) -> PathBuf {
    Path::new("/sys/bus/pci/devices").join(device)
}

/// Whether a device gets at memory by itself.
fn is_master(device: &str) -> bool {
    fs::read(sysfs(device).join("config")).unwrap()[4] & 4 != 0
}

fn open(path: &str) -> File {
    OpenOptions::new()
        .read(true)
        .write(true)
        .open(path)
        .unwrap()
}

fn tell(path: &str, command: &str) -> Result<(), i32> {
    errno(open(path).write_all(command.as_bytes()))
}

fn ask(path: &str, command: &str) -> Result<u64, i32> {
    tell(path, command)?;
    Ok(u64::from_str_radix(&fs::read_to_string(path).unwrap(), 16).unwrap())
}

fn bind(driver: &str, what: &str, device: &str) -> Result<(), i32> {
    errno(fs::write(self::driver(driver).join(what), device))
}

/// What `remove` and `Drop` read, how many have gone, and what is read of what nobody has mapped.
fn last() -> [u64; 4] {
    let text = fs::read_to_string("/dev/vm_pci_last").unwrap();
    let numbers = text
        .split_whitespace()
        .map(|n| u64::from_str_radix(n, 16).unwrap());
    numbers.collect::<Vec<_>>().try_into().unwrap()
}

/// Who has taken a part of a device's memory.
fn claimed() -> bool {
    let all = fs::read_to_string("/proc/iomem").unwrap();
    all.lines().any(|line| line.contains("vm_pci"))
}

/// The aliases in a module's file.
fn aliases(module: &str) -> BTreeSet<String> {
    modinfo(module, "alias=pci:").unwrap()
}

#[test]
fn aliases_are_those_of_c() {
    let ours = aliases("vm_pci");
    assert_eq!(ours, aliases("vm_pci_c"));
    assert!(
        ours.contains("alias=pci:v00001234d000011E8sv*sd*bc*sc*i*"),
        "{ours:?}"
    );
}

#[test]
fn registers_are_those_of_c() {
    let commands = [
        "id",
        "liveness 0",
        "liveness 0x12345678",
        "factorial 1",
        "factorial 7",
        "factorial 12",
        "transfer 0xfff",
        "config 0",
        "config 2",
        "config 4",
        "config 0x2e",
        "nothing",
    ];
    let mut answers = Vec::new();
    for (load, path) in [
        (load as fn(&[&str]) -> _, NODE),
        (load_twin, "/dev/vm_pci_c_edu0"),
    ] {
        let module = load(&[]).unwrap();
        answers.push(commands.map(|command| ask(path, command)));
        drop(module);
    }
    let mut parity = Parity::default();
    for (step, command) in commands.iter().enumerate() {
        parity.case((*command).to_owned(), [answers[0][step], answers[1][step]]);
    }
    parity.end();
    assert_eq!(answers[0][4], Ok(5040));
}

#[test]
fn sysfs_shows_the_same_as_of_c() {
    let seen = |name: &str| {
        let device = sysfs(&edu());
        let path = driver(name);
        let bound = fs::read_link(device.join("driver")).unwrap();
        let module = fs::read_link(path.join("module")).unwrap();
        let parent = fs::read_link(format!("/sys/class/misc/{name}0/device"));
        let ends = |link: &Path| {
            link.file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .replace("_c", "")
        };
        let enabled = fs::read_to_string(device.join("enable")).unwrap();
        let unbound = bind(name, "unbind", &edu());
        let after = (
            device.join("driver").exists(),
            fs::read_to_string(device.join("enable")).unwrap(),
            bind(name, "unbind", &edu()),
            bind(name, "bind", &edu()),
            bind(name, "bind", &edu()),
            bind(name, "bind", "0000:00:00.0"),
            // Made-up data; data that an id has; and what is none.
            bind(name, "new_id", "1b36 0006 ffffffff ffffffff 0 0 7"),
            bind(name, "new_id", "1b36 0006 ffffffff ffffffff 0 0 1"),
            bind(name, "new_id", "nothing"),
            bind(name, "remove_id", "1b36 0006"),
        );
        (
            ends(&bound),
            ends(&module),
            parent.is_ok(),
            enabled,
            unbound,
            after,
        )
    };
    let module = load(&[]).unwrap();
    let ours = seen(DRIVERS[0]);
    drop(module);
    let twin = load_twin(&[]).unwrap();
    let theirs = seen(DRIVERS[1]);
    drop(twin);
    // A misc device of C's has no parent unless it is given one.
    assert_eq!(
        (&ours.0, &ours.1, &ours.3, &ours.4, &ours.5),
        (&theirs.0, &theirs.1, &theirs.3, &theirs.4, &theirs.5)
    );
    assert!(ours.2);
    assert_eq!(ours.5.6, Err(EINVAL));
}

#[test]
fn a_failing_probe_says_why_as_in_c() {
    let seen = |load: fn(&[&str]) -> std::io::Result<Loaded>, name: &str| {
        let module = load(&["fail=1"]).unwrap();
        let failed = bind(name, "bind", &edu());
        let parameter = name.trim_end_matches("_edu");
        let parameter = format!("/sys/module/{parameter}/parameters/fail");
        fs::write(&parameter, "2").unwrap();
        let deferred = bind(name, "bind", &edu());
        assert!(!claimed());
        fs::write(&parameter, "0").unwrap();
        // Whoever comes first: the kernel tries a deferred one again by itself.
        let is_bound = || sysfs(&edu()).join("driver").exists();
        until(|| bind(name, "bind", &edu()).is_ok() || is_bound());
        assert!(claimed());
        drop(module);
        assert!(!claimed());
        (failed, deferred)
    };
    let mut parity = Parity::default();
    let [ours, theirs] = [
        (load as fn(&[&str]) -> _, DRIVERS[0]),
        (load_twin, DRIVERS[1]),
    ]
    .map(|(load, name)| seen(load, name));
    parity.case("EIO".to_owned(), [ours.0, theirs.0]);
    parity.case("EPROBE_DEFER".to_owned(), [ours.1, theirs.1]);
    parity.end();
    assert!(ours.0.is_err());
}

#[test]
fn bits_and_enums_are_read_and_written() {
    let _module = load(&[]).unwrap();
    assert_eq!(ask(NODE, "version"), Ok(0x100));
    assert_eq!(ask(NODE, "kind 0"), Ok(0));
    assert_eq!(ask(NODE, "kind 0x80"), Ok(2));
    assert_eq!(ask(NODE, "kind 0"), Ok(0));
    assert_eq!(ask(NODE, "with 0"), Ok(1));
    assert_eq!(ask(NODE, "with 1"), Ok(0x81));
}

#[test]
fn an_interrupt_runs_its_handler_and_its_thread() {
    let module = load(&[]).unwrap();
    let line = format!("{}:", ask(NODE, "line").unwrap());
    let interrupts = fs::read_to_string("/proc/interrupts").unwrap();
    let mut lines = interrupts.lines().map(str::trim_start);
    let ours = lines.find(|text| text.starts_with(&line)).unwrap();
    assert!(ours.ends_with("vm_pci_edu"), "{ours}");
    for value in 1..=20 {
        assert_eq!(ask(NODE, &format!("raise {value}")), Ok(value));
    }
    assert_eq!(ask(NODE, "interrupts"), Ok(20));
    until(|| ask(NODE, "threads") == Ok(20));
    drop(module);
    let interrupts = fs::read_to_string("/proc/interrupts").unwrap();
    assert!(!interrupts.contains("vm_pci"), "{interrupts}");
}

#[test]
fn an_interrupt_can_have_a_thread_only() {
    let _module = load(&[]).unwrap();
    let device = edu();
    bind(DRIVERS[0], "unbind", &device).unwrap();
    let choose = |driver: &str| fs::write(sysfs(&device).join("driver_override"), driver).unwrap();
    choose("vm_pci_quiet");
    bind("vm_pci_quiet", "bind", &device).unwrap();
    for value in 1..=20 {
        assert_eq!(ask("/dev/vm_pci_quiet0", &value.to_string()), Ok(value));
    }
    bind("vm_pci_quiet", "unbind", &device).unwrap();
    choose("\n");
    bind(DRIVERS[0], "bind", &device).unwrap();
    assert_eq!(ask(NODE, "raise 7"), Ok(7));
}

/// The kernel that looks after DMA reports what stays mapped for a device that is unbound.
fn expect_pending_dma() {
    if config("DMA_API_DEBUG").unwrap().is_some() {
        expect_report("device driver has pending DMA allocations").unwrap();
        expect_report("DMA-API: Mapped at").unwrap();
    }
}

#[test]
fn a_device_gets_at_memory_while_it_is_bound() {
    const ENGINE: &str = "/dev/vm_pci_dma0";
    let mut log = Kmsg::mark().unwrap();
    let module = load(&[]).unwrap();
    let device = edu();
    bind(DRIVERS[0], "unbind", &device).unwrap();
    let choose = |driver: &str| fs::write(sysfs(&device).join("driver_override"), driver).unwrap();
    choose("vm_pci_dma");
    assert!(!is_master(&device));
    bind("vm_pci_dma", "bind", &device).unwrap();
    assert!(is_master(&device));
    assert_eq!(tell(ENGINE, "1"), Ok(()));
    for value in [0x1234_5678, 0xfedc_ba98, 2] {
        assert_eq!(ask(ENGINE, &value.to_string()), Ok(value));
    }
    // All was ended: nothing stays the device's.
    bind("vm_pci_dma", "unbind", &device).unwrap();
    bind("vm_pci_dma", "bind", &device).unwrap();
    let stay = |line: &String| line.contains("bytes stay the device's");
    let lines = log.lines().unwrap();
    assert!(!lines.iter().any(stay), "{lines:?}");
    let masks = "masks: [Err(EINVAL), Err(EINVAL), Err(EIO), Ok(())]";
    assert!(lines.iter().any(|line| line.contains(masks)), "{lines:?}");
    // It is on its way to a buffer that is the device's no more, and goes on when that is bound again.
    expect_pending_dma();
    let file = open(ENGINE);
    tell(ENGINE, "0").unwrap();
    bind("vm_pci_dma", "unbind", &device).unwrap();
    assert!(!is_master(&device));
    assert_eq!(errno((&file).write_all(b"1")), Err(ENODEV));
    drop(file);
    bind("vm_pci_dma", "bind", &device).unwrap();
    // QEMU has such a card end what it had begun after a tenth of a second.
    thread::sleep(Duration::from_millis(200));
    assert_eq!(ask(ENGINE, "7"), Ok(7));
    let kept = log.lines().unwrap();
    let kept: Vec<_> = kept.iter().filter(|line| stay(line)).collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert!(kept[0].contains(": 4096 bytes stay"), "{kept:?}");
    fs::write(sysfs(&device).join("remove"), "1").unwrap();
    fs::write("/sys/bus/pci/rescan", "1").unwrap();
    drop(module);
    assert!(!is_master(&device));
    let lines = log.lines().unwrap();
    assert!(
        !lines
            .iter()
            .any(|line| line.contains("is left") || stay(line)),
        "{lines:?}"
    );
}

#[test]
fn a_thread_that_sleeps_ends_with_its_device() {
    let _module = load(&[]).unwrap();
    for _ in 0..rounds(10) {
        assert_eq!(ask(NODE, "raise 0xdead"), Ok(0xdead));
        bind(DRIVERS[0], "unbind", &edu()).unwrap();
        bind(DRIVERS[0], "bind", &edu()).unwrap();
    }
}

#[test]
fn probe_reads_the_configuration_and_writes_what_it_may() {
    let mut log = Kmsg::mark().unwrap();
    let _module = load(&[]).unwrap();
    let lines = log.lines().unwrap();
    let config = "is Edu: [Ok(300421684), Ok(4584), Ok(17), Err(EINVAL), Err(EINVAL), Err(EPERM), \
                  Err(EPERM), Ok(0)]";
    assert!(lines.iter().any(|line| line.contains(config)), "{lines:?}");
}

#[test]
fn a_device_that_cannot_be_bound_is_left_as_it_was() {
    let mut log = Kmsg::mark().unwrap();
    let _module = load(&[]).unwrap();
    let lines = log.lines().unwrap();
    for text in [
        "BAR 0 has 4096 bytes, its registers take 8192",
        "BAR 1 is none of memory",
    ] {
        assert!(lines.iter().any(|line| line.contains(text)), "{lines:?}");
    }
    // The machine has no memory for so few bits: EIO.
    for name in ["vm_pci_narrow", "vm_pci_stream"] {
        let is_told = |line: &String| line.contains(name) && line.ends_with("error -5");
        assert!(lines.iter().any(is_told), "{name}: {lines:?}");
    }
    let device = testdev();
    assert!(!sysfs(&device).join("driver").exists());
    assert!(!is_master(&device));
    let before = fs::read_to_string("/proc/iomem").unwrap();
    for (name, error) in [
        ("short", ENXIO),
        ("ports", ENXIO),
        ("halves", ENXIO),
        ("narrow", EIO),
        ("stream", EIO),
    ] {
        let bound = bind(&format!("vm_pci_{name}"), "bind", &device);
        // Old kernels say that no driver took it.
        let is_refused = bound == Err(error) || bound == Err(ENODEV);
        assert!(is_refused, "{name}: {bound:?}");
    }
    assert!(!Path::new("/dev/vm_pci_half").exists());
    assert!(!is_master(&device));
    assert_eq!(fs::read_to_string("/proc/iomem").unwrap(), before);
    assert_eq!(
        fs::read_to_string(sysfs(&device).join("enable")).unwrap(),
        "0\n"
    );
}

#[test]
fn another_device_is_refused_by_what_its_registers_say() {
    let _module = load(&[]).unwrap();
    let device = testdev();
    // It gets the data of the first id, as in C, and is none.
    let _ = bind(DRIVERS[0], "new_id", "1b36 0005");
    assert!(!sysfs(&device).join("driver").exists());
    fs::write(sysfs(&device).join("driver_override"), DRIVERS[0]).unwrap();
    assert_eq!(bind(DRIVERS[0], "bind", &device), Err(ENODEV));
    fs::write(sysfs(&device).join("driver_override"), "\n").unwrap();
    assert_eq!(ask(NODE, "liveness 1"), Ok(0xffff_fffe));
}

#[test]
fn registers_are_there_until_the_last_handler_and_then_read_as_ones() {
    let module = load(&[]).unwrap();
    let file = open(NODE);
    bind(DRIVERS[0], "unbind", &edu()).unwrap();
    assert_eq!(errno((&file).write_all(b"id")), Err(ENODEV));
    assert_eq!(last()[..3], [0x0100_00ed, 0, 0]);
    drop(file);
    until(|| last()[2] == 1);
    assert_eq!(last(), [0x0100_00ed, 0xffff_ffff, 1, 0xffff_ffff]);
    drop(module);
}

/// Takes the device away again and again, while its file is open and all of it runs.
fn again_and_again(turns: u32, away: impl Fn(), back: impl Fn()) {
    let module = load(&[]).unwrap();
    for turn in 0..turns {
        let file = open(NODE);
        (&file).write_all(b"poll").unwrap();
        let raising = file.try_clone().unwrap();
        let raising = thread::spawn(move || {
            loop {
                if let Err(error) = errno((&raising).write_all(b"raise 1")) {
                    break error;
                }
            }
        });
        let busy = file.try_clone().unwrap();
        let busy = thread::spawn(move || {
            loop {
                if let Err(error) = errno((&busy).write_all(b"factorial 5")) {
                    break error;
                }
            }
        });
        if turn % 4 == 0 {
            until(|| ask(NODE, "polls").is_ok_and(|polls| polls > 2));
        }
        away();
        assert_eq!(busy.join().unwrap(), ENODEV, "turn {turn}");
        assert_eq!(raising.join().unwrap(), ENODEV, "turn {turn}");
        assert_eq!(errno((&file).read(&mut [0; 8])), Err(ENODEV));
        back();
    }
    until(|| last()[2] == turns.into());
    drop(module);
}

#[test]
fn a_device_is_unbound_again_and_again() {
    let device = edu();
    again_and_again(
        rounds(20),
        || bind(DRIVERS[0], "unbind", &device).unwrap(),
        || bind(DRIVERS[0], "bind", &device).unwrap(),
    );
}

#[test]
fn a_device_is_pulled_out_again_and_again() {
    let device = sysfs(&edu());
    again_and_again(
        rounds(10),
        || fs::write(device.join("remove"), "1").unwrap(),
        || fs::write("/sys/bus/pci/rescan", "1").unwrap(),
    );
}

#[test]
fn a_module_goes_while_its_devices_are_busy() {
    for _ in 0..rounds(10) {
        let module = load(&[]).unwrap();
        tell(NODE, "poll").unwrap();
        until(|| ask(NODE, "polls").is_ok_and(|polls| polls > 1));
        drop(module);
    }
}
