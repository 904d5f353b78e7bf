// SPDX-License-Identifier: GPL-2.0-only
//! Registers of chips that are read, written, cached and written again, next to a driver in C: what goes over the wires, what
//! is answered, and what debugfs shows. Chips that fail, sleep and go while they are in use.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, SeekFrom, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kmod_test::{
    Kmsg, Loaded, Parity, errno, load, load_named, load_twin, param_of, rounds, set_param_of, until,
};

const EIO: i32 = 5;
const ENODEV: i32 = 19;
const EBUSY: i32 = 16;
const EINVAL: i32 = 22;
const EREMOTEIO: i32 = 121;
const ETIMEDOUT: i32 = 110;

/// The chips' module, in C.
const CHIP: &str = "vm_regmap_chip";

/// How a module is loaded.
type Load = fn(&[&str]) -> io::Result<Loaded>;

/// The driver, its twin, and what their nodes begin with.
const BOTH: [(Load, &str); 2] = [(load, "/dev/vm_regmap"), (load_twin, "/dev/vm_regmap_c")];

/// The nodes of the chips, behind that.
const BYTES: &str = "0";
const WORDS: &str = "_words0";
const SPI: &str = "_spi0";

const NODE: &str = "/dev/vm_regmap0";

const DEBUGFS: &str = "/sys/kernel/debug/regmap";

/// The simulated chips: the bus of two, and one on SPI.
struct Chips {
    _module: Loaded,
}

impl Chips {
    fn new(params: &[&str]) -> Self {
        let chips = Self {
            _module: load_named(CHIP, params).unwrap(),
        };
        chips.add(0x50);
        chips.add(0x51);
        chips
    }

    fn bus() -> PathBuf {
        Path::new("/sys/bus/i2c/devices").join(format!("i2c-{}", get("i2c")))
    }

    fn add(&self, address: u8) {
        let name = if address == 0x50 { "bytes" } else { "words" };
        let told = format!("vm-regmap-{name} {address:#x}");
        fs::write(Self::bus().join("new_device"), told).unwrap();
    }

    fn delete(&self, address: u8) {
        fs::write(Self::bus().join("delete_device"), format!("{address:#x}")).unwrap();
    }

    /// By which names sysfs and debugfs know the chips.
    fn names() -> [String; 3] {
        let bus = get("i2c");
        [
            format!("{bus}-0050"),
            format!("{bus}-0051"),
            format!("spi{}.0", get("number")),
        ]
    }
}

fn set(name: &str, value: &str) {
    set_param_of(CHIP, name, value).unwrap();
}

fn get(name: &str) -> String {
    param_of(CHIP, name).unwrap()
}

fn open(path: &str) -> File {
    let mut options = OpenOptions::new();
    options.read(true).write(true).open(path).unwrap()
}

fn ask(path: &str, command: &str) -> Result<String, i32> {
    let mut file = open(path);
    errno(file.write_all(command.as_bytes()))?;
    let mut text = [0; 160];
    let read = errno(file.read_at(&mut text, 0))?;
    Ok(String::from_utf8(text[..read].to_vec()).unwrap())
}

fn bind(what: &str, device: &str) {
    let driver = Path::new("/sys/bus/i2c/drivers/vm_regmap").join(what);
    fs::write(driver, device).unwrap();
}

/// What `Drop` and nobody's map read, and how many have gone.
fn last() -> [u32; 3] {
    let text = fs::read_to_string("/dev/vm_regmap_last").unwrap();
    let numbers = text.split_whitespace();
    let numbers = numbers.map(|number| u32::from_str_radix(number, 16).unwrap());
    numbers.collect::<Vec<_>>().try_into().unwrap()
}

/// A command's answer, and what went over the wires meanwhile.
type Step = (Result<String, i32>, String);

/// The steps of each node's commands, next to C. With a `=`, a command sets a parameter of the chips.
fn compared<const N: usize>(params: &[&str], of: [(&str, &[&str]); N]) -> [Vec<Step>; N] {
    let [ours, theirs] = BOTH.map(|(load, path)| {
        let module = load(&[]).unwrap();
        let chips = Chips::new(params);
        let did = of.map(|(node, commands)| {
            set("said", "1");
            let path = format!("{path}{node}");
            let did = commands.iter().map(|command| {
                set("said", "0");
                let answer = match command.split_once('=') {
                    Some((name, value)) => {
                        set(name, value);
                        Ok(String::new())
                    }
                    None => ask(&path, command),
                };
                (answer, get("said"))
            });
            did.collect::<Vec<_>>()
        });
        drop(chips);
        drop(module);
        did
    });
    let mut parity = Parity::default();
    for (index, (_, commands)) in of.iter().enumerate() {
        for (step, command) in commands.iter().enumerate() {
            parity.case(
                (*command).to_owned(),
                [&ours[index][step], &theirs[index][step]],
            );
        }
    }
    parity.end();
    ours
}

/// Of a step, the answer, and how many messages went over the wires.
fn seen(step: &Step) -> (Result<&str, i32>, usize) {
    let lines = step.1.lines().filter(|line| !line.is_empty());
    (step.0.as_deref().map_err(|error| *error), lines.count())
}

#[test]
fn registers_are_read_written_and_cached_as_from_c() {
    let one = [
        "read 0",
        "read 0",
        "read 1",
        "read 1",
        "read 2",
        "update 1 1",
        "update 1 1",
        "read 2",
        "write 3 9",
        "write 3 9",
        "write 4 7",
        "write 7 1",
        "read 7",
        "read 7",
        "write 2 0x53",
        "read 6",
        "write 6 0x21",
        "read 6",
        "read 5",
        "read 5",
        "read 0x20",
        "read 0x40",
        "write 0x50 3",
        "read 0x42",
        "read 0x42",
    ];
    let many = [
        "all",
        "all",
        "set_all 0x30",
        "all",
        "all_levels",
        "all_gaps",
        "set_gaps 9",
        "all_gaps",
        "raw_all",
        "raw_set_all 1",
        "raw_all_levels",
        "raw_read 1",
        "raw_update 1 0",
        "raw_write 0x22 4",
        "raw_read 0x22",
        "all_gaps",
    ];
    let [did, of_many] = compared(&[], [(BYTES, &one), (BYTES, &many)]);
    assert_eq!(seen(&did[0]), (Ok("a5"), 2));
    assert_eq!(seen(&did[1]), (Ok("a5"), 0), "which does not change");
    assert_eq!(seen(&did[3]), (Ok("a4"), 2), "which changes");
    assert_eq!(seen(&did[4]), (Ok("12"), 0), "which is known");
    assert_eq!(did[5].1.trim(), "0x50 > 0243");
    assert_eq!(seen(&did[6]), (Ok(""), 0), "nothing changes");
    assert_eq!(seen(&did[13]), (Ok("01"), 2));
    let causes = [seen(&did[18]).0, seen(&did[19]).0];
    assert_eq!(causes, [Ok("a0"), Ok("00")]);
    assert_eq!(of_many[3].0.as_deref(), Ok("3031323334353637"));
    assert_eq!(of_many[2].1.trim(), "0x50 > 103031323334353637");
    assert_eq!(seen(&of_many[3]).1, 0);
    assert_eq!(seen(&of_many[4]), (Ok("8d8c8f8e"), 2));
    assert_eq!(seen(&of_many[8]).1, 16, "one by one");
    let gaps = of_many[15].0.as_deref();
    assert_eq!(gaps, Ok("090a0b0c"), "a cache of its own");
}

#[test]
fn words_go_with_their_highest_byte_first_as_from_c() {
    let words = [
        "read 0",
        "read 1",
        "read 2",
        "write 3 0x1234",
        "read 3",
        "all",
        "set_all 0 0x2233",
        "all",
        "read 6",
        "write 6 0xabcd",
        "sleep",
        "read 0",
        "write 2 0x4b00",
        "wake",
        "read 4",
    ];
    let bytes = [
        "read 1",
        "all",
        "write 2 5",
        "raw_all_levels",
        "set_all 7",
        "all_levels",
        "read 5",
    ];
    let [i2c, spi] = compared(&[], [(WORDS, &words), (SPI, &words)]);
    let [smbus, of_bytes] = compared(&["smbus=1"], [(WORDS, &words), (BYTES, &bytes)]);
    for (did, wire, woken) in [
        (i2c, "0x51 > 031234", "2234"),
        (spi, "spi > 2003001234", "2234"),
        (smbus, "0x51 > word 0x3412", "0x3422"),
    ] {
        assert_eq!(did[3].1.trim(), wire);
        assert_eq!(did[7].0.as_deref(), Ok("22332234"));
        assert_eq!(did[11].0, Err(EBUSY));
        assert_eq!(seen(&did[12]).1, 0);
        assert!(did[13].1.contains(woken), "{}", did[13].1);
    }
    assert_eq!(of_bytes[0].0.as_deref(), Ok("a4"));
}

#[test]
fn what_the_chip_forgot_or_refused_is_written_again_as_from_c() {
    let forgot = [
        "set_all 0x40",
        "write 4 7",
        "write 3 1",
        "write 7 8",
        "write 2 0x43",
        "sync",
        "sleep",
        "read 1",
        "read 0x11",
        "write 0x12 0x99",
        "write 2 0x12",
        "write 3 1",
        "said=1",
        "wake",
        "raw_all",
        "sync",
        "dirty",
        "sync",
        "only 1",
        "read 0x28",
        "read 0",
        "only 0",
        "read 0",
    ];
    let failed = [
        "set_all 0x10",
        "write 0x40 9",
        "fail=110",
        "read 1",
        "write 3 1",
        "write 0x11 5",
        "all_levels",
        "set_all 1",
        "update 1 1",
        "fail=5",
        "sleep",
        "wake",
        "fail=0",
        "sync",
        "bad=0x14",
        "write 0x14 3",
        "set_all 2",
        "dirty",
        "sync",
        "bad=-1",
        "sync",
        "raw_all",
        "sync",
    ];
    let [did, of_failed] = compared(&[], [(BYTES, &forgot), (BYTES, &failed)]);
    assert_eq!(seen(&did[5]).1, 0, "nothing is dirty");
    assert_eq!(did[7].0, Err(EBUSY));
    assert_eq!(did[8].0.as_deref(), Ok("41"));
    let woken = &did[13].1;
    assert!(woken.contains("104041994344454647"), "{woken}");
    assert!(woken.contains("> 0407"), "a setting is, too: {woken}");
    for not in ["> 0301", "> 0708", "> 0212", "> 20"] {
        assert!(!woken.contains(not), "{not}: {woken}");
    }
    assert_eq!(did[14].0.as_deref(), Ok("4041994344454647"));
    let did = of_failed;
    assert_eq!([&did[3].0, &did[6].0], [&Err(ETIMEDOUT); 2]);
    assert_eq!(did[11].0, Err(EIO));
    assert_eq!(did[15].0, Err(EREMOTEIO));
    assert_eq!(did[18].0, Err(EREMOTEIO));
    assert_eq!(did[20].0.as_deref(), Ok(""));
    assert!(did[20].1.contains("> 4009"), "all of it: {}", did[20].1);
    assert_eq!(seen(&did[22]).1, 0);
}

/// What a file of debugfs has: the kernel shows a map by lines, of which it gives as many as fit.
fn whole(path: &Path) -> String {
    let mut file = File::open(path).unwrap();
    let (mut all, mut some) = (Vec::new(), [0; 4096]);
    loop {
        match file.read(&mut some).unwrap() {
            0 => return String::from_utf8(all).unwrap(),
            read => all.extend_from_slice(&some[..read]),
        }
    }
}

#[test]
fn debugfs_shows_the_maps_as_those_of_c() {
    let [ours, theirs] = BOTH.map(|(load, path)| {
        let module = load(&[]).unwrap();
        let chips = Chips::new(&[]);
        set("said", "1");
        for command in ["set_all 0x40", "write 4 7", "write 3 1", "read 0"] {
            ask(&format!("{path}{BYTES}"), command).unwrap();
        }
        set("said", "0");
        let [bytes, words, spi] = Chips::names();
        let raw = format!("{bytes}-raw");
        let shown = [&bytes, &raw, &words, &spi].map(|map| {
            let folder = Path::new(DEBUGFS).join(map);
            let mut files: Vec<String> = fs::read_dir(&folder)
                .unwrap()
                .map(|file| file.unwrap().file_name().into_string().unwrap())
                .filter(|file| file != "name")
                .collect();
            files.sort();
            let read = |file: &String| whole(&folder.join(file));
            files
                .iter()
                .map(|file| (file.clone(), read(file)))
                .collect::<Vec<_>>()
        });
        let said = get("said");
        drop(chips);
        let left = fs::read_dir(DEBUGFS).unwrap().count();
        drop(module);
        (shown, said, left)
    });
    let mut parity = Parity::default();
    for (map, (ours, theirs)) in ours.0.iter().zip(&theirs.0).enumerate() {
        parity.case(map.to_string(), [ours, theirs]);
    }
    parity.case("said".to_owned(), [&ours.1, &theirs.1]);
    parity.case("left".to_owned(), [&ours.2, &theirs.2]);
    parity.end();
    let registers = |map: usize| {
        let mut files = ours.0[map].iter();
        files
            .find(|(name, _)| name == "registers")
            .unwrap()
            .1
            .clone()
    };
    assert!(registers(0).contains("12: 42"), "{}", registers(0));
    assert!(!registers(0).contains("05:"), "it would be cleared");
    assert!(!registers(1).contains("03:"), "a command is not read");
    assert!(registers(2).contains("1: 60a0"), "{}", registers(2));
}

#[test]
fn what_has_no_cache_cannot_sync_it() {
    let _module = load(&[]).unwrap();
    let _chips = Chips::new(&[]);
    for command in ["raw_sync", "raw_dirty", "raw_only 1", "raw_only 0"] {
        assert_eq!(ask(NODE, command), Err(EINVAL), "{command}");
    }
    assert_eq!(ask(NODE, "raw_read 1").as_deref(), Ok("a4"));
}

#[test]
fn a_device_elsewhere_is_not_bound() {
    let mut log = Kmsg::open(SeekFrom::End(0)).unwrap();
    let _module = load(&[]).unwrap();
    log.until(|line| line.contains("cannot have its registers of 8 bits"));
    let device = Path::new("/sys/bus/platform/devices/vm_regmap_elsewhere");
    assert!(device.exists() && !device.join("driver").exists());
    let driver = "/sys/bus/platform/drivers/vm_regmap_elsewhere/bind";
    assert_eq!(errno(fs::write(driver, "vm_regmap_elsewhere")), Err(ENODEV));
}

#[test]
fn updates_do_not_get_into_each_others_way() {
    let _module = load(&[]).unwrap();
    let _chips = Chips::new(&["slow=10"]);
    ask(NODE, "write 7 0").unwrap();
    let file = open(NODE);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                for _ in 0..50 {
                    (&file).write_all(b"add").unwrap();
                }
            });
        }
    });
    assert_eq!(ask(NODE, "read 7").as_deref(), Ok("96"));
}

#[test]
fn a_device_on_spi_is_not_set_up_while_its_map_is_used() {
    let _module = load(&[]).unwrap();
    let _chips = Chips::new(&["slow=300"]);
    let [.., spi] = Chips::names();
    let file = open("/dev/vm_regmap_spi0");
    let ends = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            for _ in 0..40 {
                (&file).write_all(b"read 0").unwrap();
            }
            ends.store(true, Ordering::Relaxed);
        });
        scope.spawn(|| {
            while !ends.load(Ordering::Relaxed) {
                for setup in ["setup 200000", "setup 400000"] {
                    (&file).write_all(setup.as_bytes()).unwrap();
                }
            }
        });
        scope.spawn(|| {
            while !ends.load(Ordering::Relaxed) {
                whole(&Path::new(DEBUGFS).join(&spi).join("registers"));
            }
        });
    });
    assert_eq!(get("torn").trim(), "0");
}

#[test]
fn a_map_is_there_until_the_last_handler_and_then_answers_enodev() {
    let module = load(&[]).unwrap();
    let chips = Chips::new(&[]);
    let gone = last()[2];
    let file = open(NODE);
    bind("unbind", &Chips::names()[0]);
    for command in [
        "read 1",
        "write 2 1",
        "all",
        "sync",
        "raw_all_levels",
        "only 1",
    ] {
        let asked = errno((&file).write_all(command.as_bytes()));
        assert_eq!(asked, Err(ENODEV), "{command}");
    }
    drop(file);
    until(|| last()[2] == gone + 1);
    let enodev = ENODEV.unsigned_abs() << 8;
    assert_eq!(last()[..2], [enodev; 2]);
    drop(chips);
    drop(module);
}

/// Takes the device away again and again, while its file is open, all of it runs, and debugfs is read.
fn again_and_again(
    mut away: impl FnMut(&mut Option<Chips>),
    mut back: impl FnMut(&mut Option<Chips>),
) {
    let module = load(&[]).unwrap();
    let mut chips = Some(Chips::new(&[]));
    let begun = last()[2];
    let turns = rounds(2);
    for turn in 0..turns {
        set("slow", if turn % 2 == 0 { "0" } else { "300" });
        let file = open(NODE);
        (&file).write_all(b"poll").unwrap();
        let commands = ["set_all 3", "update 1 1", "wake", "raw_all_levels", "all"];
        let busy = commands.map(|command| {
            let file = file.try_clone().unwrap();
            thread::spawn(move || {
                loop {
                    match errno((&file).write_all(command.as_bytes())) {
                        Err(ENODEV) => break,
                        // The chip may go from its bus first, and a file that is closed be the reason.
                        _ => continue,
                    }
                }
            })
        });
        until(|| ask(NODE, "polls").is_ok_and(|polls| polls != "00000000"));
        let name = Chips::names()[0].clone();
        let ends = AtomicBool::new(false);
        thread::scope(|scope| {
            for of in [name.clone(), format!("{name}-raw")] {
                let ends = &ends;
                scope.spawn(move || {
                    let folder = Path::new(DEBUGFS).join(of);
                    while !ends.load(Ordering::Relaxed) {
                        for file in ["registers", "access", "rbtree", "cache_only"] {
                            let _ = fs::read(folder.join(file));
                        }
                    }
                });
            }
            away(&mut chips);
            ends.store(true, Ordering::Relaxed);
        });
        for busy in busy {
            busy.join().unwrap();
        }
        assert_eq!(errno((&file).read(&mut [0; 8])), Err(ENODEV), "turn {turn}");
        back(&mut chips);
    }
    until(|| last()[2] == begun + turns);
    drop(chips);
    drop(module);
}

#[test]
fn a_driver_is_unbound_again_and_again() {
    again_and_again(
        |_| bind("unbind", &Chips::names()[0]),
        |_| bind("bind", &Chips::names()[0]),
    );
}

#[test]
fn a_chip_is_taken_away_again_and_again() {
    again_and_again(
        |chips| chips.as_ref().unwrap().delete(0x50),
        |chips| chips.as_ref().unwrap().add(0x50),
    );
}

#[test]
fn a_bus_is_unloaded_with_its_chips_again_and_again() {
    again_and_again(
        |chips| drop(chips.take()),
        |chips| {
            chips.get_or_insert_with(|| Chips::new(&[]));
        },
    );
}

#[test]
fn a_module_goes_while_its_chips_are_busy() {
    let chips = Chips::new(&[]);
    for _ in 0..rounds(2) {
        let module = load(&[]).unwrap();
        ask(NODE, "poll").unwrap();
        until(|| ask(NODE, "polls").is_ok_and(|polls| polls != "00000000"));
        drop(module);
    }
    drop(chips);
}
