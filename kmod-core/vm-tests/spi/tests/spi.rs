// SPDX-License-Identifier: GPL-2.0-only
//! A driver for chips that are talked to, unbound, refused and taken away while files are open, next to one in C. What
//! goes over the wire is what the controller says.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::thread;

use kmod_test::{Loaded, Parity, errno, load, load_named, load_twin, modinfo, rounds, until};

const EIO: i32 = 5;
const ENOMEM: i32 = 12;
const ENODEV: i32 = 19;
const EINVAL: i32 = 22;
const EMSGSIZE: i32 = 90;
const ETIMEDOUT: i32 = 110;

const NODE: &str = "/dev/vm_spi0";

/// How a module is loaded.
type Load = fn(&[&str]) -> std::io::Result<Loaded>;

/// The driver, and its twin.
const BOTH: [(Load, &str, &str); 2] = [
    (load, "vm_spi", NODE),
    (load_twin, "vm_spi_c", "/dev/vm_spi_c0"),
];

/// The simulated controller.
struct Controller {
    _module: Loaded,
}

impl Controller {
    fn new() -> Self {
        Self {
            _module: load_named("vm_spi_chip", &[]).unwrap(),
        }
    }

    /// Makes a device, and says by which name sysfs knows it.
    fn device(&self, name: &str, line: u8) -> String {
        set("device", &format!("{name} {line}"));
        format!("spi{}.{line}", get("number").trim())
    }

    fn delete(&self, line: u8) {
        set("device", &format!("- {line}"));
    }

    /// The driver that has it.
    fn driver(&self, what: &str) {
        let driver = Path::new("/sys/bus/platform/drivers/vm_spi_chip");
        fs::write(driver.join(what), "vm_spi_chip").unwrap();
    }
}

fn parameter(name: &str) -> PathBuf {
    Path::new("/sys/module/vm_spi_chip/parameters").join(name)
}

fn set(name: &str, value: &str) {
    fs::write(parameter(name), value).unwrap();
}

fn get(name: &str) -> String {
    fs::read_to_string(parameter(name)).unwrap()
}

fn open(path: &str) -> File {
    OpenOptions::new()
        .read(true)
        .write(true)
        .open(path)
        .unwrap()
}

fn ask(path: &str, command: &str) -> Result<String, i32> {
    let mut file = open(path);
    errno(file.write_all(command.as_bytes()))?;
    let mut text = [0; 160];
    let read = errno(file.read_at(&mut text, 0))?;
    Ok(String::from_utf8(text[..read].to_vec()).unwrap())
}

fn bind(driver: &str, what: &str, device: &str) -> Result<(), i32> {
    let driver = Path::new("/sys/bus/spi/drivers").join(driver);
    errno(fs::write(driver.join(what), device))
}

fn is_bound(device: &str) -> bool {
    let device = Path::new("/sys/bus/spi/devices").join(device);
    device.join("driver").exists()
}

/// What `remove`, `Drop` and nobody's handle read, and how many have gone.
fn last() -> [u32; 4] {
    let text = fs::read_to_string("/dev/vm_spi_last").unwrap();
    let numbers = text
        .split_whitespace()
        .map(|n| u32::from_str_radix(n, 16).unwrap());
    numbers.collect::<Vec<_>>().try_into().unwrap()
}

/// The aliases in a module's file.
fn aliases(module: &str) -> BTreeSet<String> {
    modinfo(module, "alias=spi:").unwrap()
}

#[test]
fn aliases_are_those_of_c() {
    let ours = aliases("vm_spi");
    assert_eq!(ours, aliases("vm_spi_c"));
    assert!(ours.contains("alias=spi:vm-spi-chip-2"), "{ours:?}");
}

/// What each command gives, and what went over the wire meanwhile, next to C.
fn compared(commands: &[&str]) -> Vec<(Result<String, i32>, String)> {
    let [ours, theirs] = BOTH.map(|(load, _, path)| {
        let module = load(&[]).unwrap();
        let controller = Controller::new();
        controller.device("vm-spi-chip", 1);
        let did = commands.iter().map(|command| {
            set("said", "0");
            (ask(path, command), get("said"))
        });
        let did: Vec<_> = did.collect();
        drop(controller);
        drop(module);
        did
    });
    let mut parity = Parity::default();
    for (step, command) in commands.iter().enumerate() {
        parity.case((*command).to_owned(), [&ours[step], &theirs[step]]);
    }
    parity.end();
    ours
}

#[test]
fn a_chip_is_read_and_written_as_from_c() {
    let did = compared(&[
        "write_then_read 0x90 4",
        "write 5 0x77",
        "write_then_read 0x81 32",
        "write_then_read 0x81 200",
        "write_then_read 0x81 0",
        "write_n 0",
        "write_n 1",
        "write_n 4096",
        "read 3",
        "transfer 4",
        "transfer 0",
        "nothing",
    ]);
    assert_eq!(did[0].0.as_deref(), Ok("b5b4b7b6"));
    let wire = "on 1\n1 bytes mode 0x0 bits 8 speed 2000000 > 90\n\
                4 bytes mode 0x0 bits 8 speed 2000000 < b5b4b7b6\noff 1\n";
    assert_eq!(did[0].1.trim_end(), wire.trim_end());
    assert_eq!(did[5].0, Err(EINVAL));
}

#[test]
fn messages_are_those_of_c() {
    let did = compared(&[
        "message 0",
        "message 1",
        "message 2",
        "message 3",
        "message 4",
        "message 5",
        "message 6",
        "message 7",
        "message 8",
        "message 9",
    ]);
    for (at, what) in [
        (0, "delay 30000 ns change"),
        (1, "bits 16 speed 1000000"),
        (5, "word 5000 ns change for 70000 ns"),
        (6, "change"),
        (9, "4 bytes"),
    ] {
        assert!(did[at].1.contains(what), "{at}: {}", did[at].1);
    }
    // The last one deselects the chip between its transfers, but not behind them.
    assert_eq!(did[0].1.matches("off").count(), 2, "{}", did[0].1);
    assert_eq!(did[6].1.matches("off").count(), 0, "{}", did[6].1);
    let refused = [2, 3, 4, 8].map(|at| did[at].0.clone());
    assert_eq!(refused, [const { Err(EINVAL) }; 4]);
}

#[test]
fn settings_are_those_of_c_and_stay_when_refused() {
    let did = compared(&[
        "settings", "setup 0", "settings", "read 2", "setup 1", "read 2", "read 3", "setup 2",
        "settings", "setup 3", "settings", "setup 4", "read 2", "setup 5", "settings", "read 2",
    ]);
    assert_eq!(did[0].0.as_deref(), Ok("00080180841e00"));
    assert_eq!(did[2].0.as_deref(), Ok("03080140420f00"));
    assert_eq!([&did[7].0, &did[9].0], [&Err(EINVAL); 2]);
    assert_eq!(did[8].0.as_deref(), Ok("03100140420f00"));
    assert_eq!(did[8].0, did[10].0);
    assert!(did[12].1.contains("mode 0x9 bits 16"), "{}", did[12].1);
}

#[test]
fn what_is_too_much_is_refused_before_the_controller_sees_it() {
    let _module = load(&[]).unwrap();
    let controller = Controller::new();
    controller.device("vm-spi-chip", 1);
    set("said", "0");
    for (command, error) in [
        ("write_n 4097", EMSGSIZE),
        ("two 3001", EMSGSIZE),
        ("beyond 4098", EMSGSIZE),
        ("uneven", EINVAL),
        ("huge 4000", ENOMEM),
        ("late 65536", EINVAL),
        ("wide 33", EINVAL),
        ("wider 33", EINVAL),
    ] {
        assert_eq!(ask(NODE, command), Err(error), "{command}");
    }
    assert_eq!(get("said"), "");
    for command in ["two 3000", "late 65535", "wide 32", "wider 32"] {
        let expected = if command == "wide 32" {
            // A byte is no word of 32 bits.
            Err(EINVAL)
        } else {
            Ok(String::new())
        };
        assert_eq!(ask(NODE, command), expected, "{command}");
    }
    let sizes = "00000000000010000000000000001770";
    assert_eq!(ask(NODE, "sizes").as_deref(), Ok(sizes));
}

#[test]
fn a_controller_that_fails_or_lies_is_told_and_not_believed() {
    let _module = load(&[]).unwrap();
    let controller = Controller::new();
    let device = controller.device("vm-spi-chip", 1);
    let bytes = |command| ask(NODE, command);
    for (fail, error) in [("5", EIO), ("110", ETIMEDOUT), ("71", 71)] {
        set("fail", fail);
        for command in ["write 1 2", "read 2", "transfer 2", "message 0"] {
            assert_eq!(bytes(command), Err(error), "{command}");
        }
    }
    // It fails while the device is bound, too.
    bind("vm_spi", "unbind", &device).unwrap();
    assert!(bind("vm_spi", "bind", &device).is_err());
    set("fail", "0");
    bind("vm_spi", "bind", &device).unwrap();
    // Fewer bytes than there were, and more.
    set("lie", "-1");
    for command in [
        "write 1 2",
        "read 2",
        "write_then_read 0x81 2",
        "transfer 2",
    ] {
        assert_eq!(bytes(command), Err(EIO), "{command}");
    }
    assert_eq!(bytes("moved 4").as_deref(), Ok("0000000000000004"));
    set("lie", "1000000");
    assert_eq!(bytes("moved 4").as_deref(), Ok("0000000000000005"));
    assert_eq!(bytes("read 2").as_deref(), Ok("a5ff"), "it is all there");
    set("lie", "-100");
    assert_eq!(bytes("moved 4").as_deref(), Ok("0000000000000005"));
    set("lie", "0");
    // What never ends is ended by the kernel, and waited for by who takes the device away.
    set("hang", "1");
    assert_eq!(bytes("read 2"), Err(ETIMEDOUT));
    let file = open(NODE);
    let waiting = thread::spawn(move || errno((&file).write_all(b"read 2")));
    bind("vm_spi", "unbind", &device).unwrap();
    let error = waiting.join().unwrap().unwrap_err();
    assert!([ETIMEDOUT, ENODEV].contains(&error), "{error}");
    set("hang", "0");
    bind("vm_spi", "bind", &device).unwrap();
    assert_eq!(bytes("write_then_read 0x81 1").as_deref(), Ok("02"));
}

#[test]
fn names_decide_which_devices_are_bound_as_in_c() {
    let [ours, theirs] = BOTH.map(|(load, name, _)| {
        let module = load(&[]).unwrap();
        let controller = Controller::new();
        let device = controller.device("vm-spi-chip", 0);
        let others = [("vm-spi-chip-3", 1), ("vm-spi-chi", 2), ("x", 3)].map(|(id, line)| {
            let other = controller.device(id, line);
            (is_bound(&other), bind(name, "bind", &other).is_ok())
        });
        // Who writes to sysfs can name a driver that has no such id.
        let other = device.replace(".0", ".3");
        let override_ = Path::new("/sys/bus/spi/devices").join(&other);
        fs::write(override_.join("driver_override"), name).unwrap();
        let seen = (
            is_bound(&device),
            others,
            is_bound(&other),
            bind(name, "unbind", &device),
            is_bound(&device),
            bind(name, "unbind", &device),
            bind(name, "bind", &device),
            is_bound(&device),
        );
        // C's does not look, and would have two.
        if name == "vm_spi" {
            assert!(bind(name, "bind", &other).is_err());
            assert!(!is_bound(&other));
        }
        drop(controller);
        drop(module);
        seen
    });
    assert_eq!(ours, theirs);
    assert!(ours.0 && ours.7);
    assert_eq!(ours.1, [(false, false); 3]);
}

#[test]
fn a_failing_probe_says_why_as_in_c() {
    let [ours, theirs] = BOTH.map(|(load, name, _)| {
        let module = load(&["fail=1"]).unwrap();
        let controller = Controller::new();
        let device = controller.device("vm-spi-chip", 0);
        let failed = bind(name, "bind", &device);
        fs::write(format!("/sys/module/{name}/parameters/fail"), "0").unwrap();
        let later = bind(name, "bind", &device);
        drop(controller);
        drop(module);
        (failed, later)
    });
    assert_eq!(ours, theirs);
    assert!(ours.0.is_err() && ours.1.is_ok());
}

#[test]
fn a_device_on_another_bus_is_not_bound() {
    let _module = load(&[]).unwrap();
    let device = Path::new("/sys/bus/platform/devices/vm_spi_elsewhere");
    assert!(device.exists() && !device.join("driver").exists());
    let driver = Path::new("/sys/bus/platform/drivers/vm_spi_elsewhere/bind");
    assert_eq!(errno(fs::write(driver, "vm_spi_elsewhere")), Err(ENODEV));
}

#[test]
fn a_chip_is_there_until_the_last_handler_and_then_answers_enodev() {
    let module = load(&[]).unwrap();
    let controller = Controller::new();
    let device = controller.device("vm-spi-chip", 0);
    let file = open(NODE);
    bind("vm_spi", "unbind", &device).unwrap();
    for command in ["read 1", "settings", "message 0", "setup 0", "sizes"] {
        let asked = errno((&file).write_all(command.as_bytes()));
        assert_eq!(asked, Err(ENODEV), "{command}");
    }
    assert_eq!(last()[0], 0xa4);
    drop(file);
    until(|| last()[3] == 1);
    let enodev = ENODEV.unsigned_abs() << 8;
    assert_eq!(last(), [0xa4, enodev, enodev, 1]);
    drop(controller);
    drop(module);
}

/// Takes the device away again and again, while its file is open and all of it runs.
fn again_and_again(
    mut away: impl FnMut(&mut Option<Controller>),
    mut back: impl FnMut(&mut Option<Controller>),
) {
    let module = load(&[]).unwrap();
    let mut controller = Some(Controller::new());
    back(&mut controller);
    let turns = rounds(4);
    for turn in 0..turns {
        set("slow", if turn % 2 == 0 { "0" } else { "2" });
        let file = open(NODE);
        (&file).write_all(b"poll").unwrap();
        let busy = ["message 0", "setup 0", "write_then_read 0x81 40"].map(|command| {
            let file = file.try_clone().unwrap();
            thread::spawn(move || {
                loop {
                    if let Err(error) = errno((&file).write_all(command.as_bytes())) {
                        break error;
                    }
                }
            })
        });
        if turn % 3 == 0 {
            until(|| ask(NODE, "polls").is_ok_and(|polls| polls != "00000000"));
        }
        away(&mut controller);
        for busy in busy {
            assert_eq!(busy.join().unwrap(), ENODEV, "turn {turn}");
        }
        assert_eq!(errno((&file).read(&mut [0; 8])), Err(ENODEV));
        back(&mut controller);
    }
    until(|| last()[3] == turns);
    drop(controller);
    drop(module);
}

#[test]
fn a_device_is_taken_away_again_and_again() {
    again_and_again(
        |controller| controller.as_ref().unwrap().delete(0),
        |controller| {
            controller.as_ref().unwrap().device("vm-spi-chip", 0);
        },
    );
}

#[test]
fn a_controller_is_unbound_with_its_chips_again_and_again() {
    again_and_again(
        |controller| controller.as_ref().unwrap().driver("unbind"),
        |controller| {
            let controller = controller.as_ref().unwrap();
            if !Path::new("/sys/bus/platform/drivers/vm_spi_chip/vm_spi_chip").exists() {
                controller.driver("bind");
            }
            controller.device("vm-spi-chip", 0);
        },
    );
}

#[test]
fn a_controller_is_unloaded_with_its_chips_again_and_again() {
    again_and_again(
        |controller| drop(controller.take()),
        |controller| {
            let controller = controller.get_or_insert_with(Controller::new);
            controller.device("vm-spi-chip", 0);
        },
    );
}

#[test]
fn a_module_goes_while_its_chips_are_busy() {
    let controller = Controller::new();
    controller.device("vm-spi-chip", 0);
    for _ in 0..rounds(4) {
        let module = load(&[]).unwrap();
        ask(NODE, "poll").unwrap();
        until(|| ask(NODE, "polls").is_ok_and(|polls| polls != "00000000"));
        drop(module);
    }
}
