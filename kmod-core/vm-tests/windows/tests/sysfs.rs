// SPDX-License-Identifier: GPL-2.0-only
//! Files in sysfs: each answers as C's, to every input; they go with their module or their device, whoever
//! has them open.

mod support;
mod values;
mod whole;

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use kmod_test::events::poll;
use kmod_test::{Kmsg, LATE, Parity, errno, load, load_twin};
use support::{same_at_every_offset, write};
use values::same_as_in_c;
use whole::{a_row_is_taken_as_a_whole, a_text_is_a_line};

const EEXIST: i32 = 17;
const EXDEV: i32 = 18;
const ENODEV: i32 = 19;

const DRIVER: &str = "/sys/bus/platform/drivers/vm_windows";

/// The files, of ours and the twin's, which are in a folder.
fn both(name: &str) -> [String; 2] {
    ["vm_windows", "vm_windows_c/below/files"].map(|folder| format!("/sys/module/{folder}/{name}"))
}

/// What they are called, of those that the twin has.
const NAMES: [&str; 9] = [
    "u32", "i64", "bool", "bass", "fixed", "page", "text", "sink", "broken",
];

fn ours(name: &str) -> String {
    both(name)[0].clone()
}

#[test]
fn what_is_written_and_what_is_shown_are_as_in_c() {
    let _modules = [load(&[]).unwrap(), load_twin(&[]).unwrap()];
    let mut parity = Parity::default();
    for name in NAMES {
        same_as_in_c(&mut parity, name, &both(name));
    }
    for lines in [0, 1, 3000] {
        for path in both("u32") {
            write(&path, format!("{lines}").as_bytes()).unwrap();
        }
        same_at_every_offset(&mut parity, &format!("{lines} lines"), &both("page"));
    }
    let texts = [
        vec![b'a'; 4095],
        vec![b'b'; 4096],
        vec![b'c'; 9000],
        b"3\x004".to_vec(),
    ];
    for text in texts {
        for name in ["text", "u32"] {
            let of = format!("{name} <- {} times {}", text.len(), text[0]);
            parity.case(&of, both(name).map(|path| write(&path, &text)));
            parity.case(&of, both(name).map(|path| errno(fs::read(path))));
        }
    }
    parity.end();
}

#[test]
fn a_text_of_more_than_a_page_is_cut() {
    let _module = load(&[]).unwrap();
    write(&ours("u32"), b"3000").unwrap();
    let text = fs::read(ours("page")).unwrap();
    assert_eq!(text.len(), 4095);
    assert!(text.starts_with(b"line 0\nline 1\n"));
}

#[test]
fn rows_and_texts_are_taken_whole() {
    let _module = load(&[]).unwrap();
    a_row_is_taken_as_a_whole(&ours("row"));
    a_text_is_a_line(&ours("word"));
}

#[test]
fn an_open_file_does_not_keep_the_module() {
    let module = load(&[]).unwrap();
    let open = |name: &str| {
        let write = name == "sink";
        let mut options = OpenOptions::new();
        options.read(!write).write(write).open(ours(name)).unwrap()
    };
    let files = NAMES.map(open);
    drop(module);
    for (mut file, name) in files.into_iter().zip(NAMES) {
        let after = match name {
            "sink" => file.write(b"1"),
            _ => file.read(&mut [0; 8]),
        };
        assert_eq!(errno(after), Err(ENODEV), "{name}");
    }
}

fn of_device(number: u32, name: &str) -> String {
    format!("{DRIVER}/vm_windows.{number}/{name}")
}

fn bind(how: &str) -> Result<(), i32> {
    errno(fs::write(format!("{DRIVER}/{how}"), "vm_windows.1"))
}

#[test]
fn files_of_a_device_go_with_it() {
    let _module = load(&[]).unwrap();
    let path = "/sys/devices/platform/vm_windows.1/number";
    let mut file = File::open(path).unwrap();
    assert_eq!(write(path, b"7"), Ok(1));
    assert_eq!(fs::read_to_string(of_device(1, "number")).unwrap(), "7\n");
    assert_eq!(fs::read_to_string(of_device(0, "number")).unwrap(), "0\n");
    bind("unbind").unwrap();
    assert_eq!(errno(file.read(&mut [0; 8])), Err(ENODEV));
    assert!(!fs::exists(path).unwrap());
    bind("bind").unwrap();
    assert_eq!(fs::read_to_string(path).unwrap(), "0\n");
}

#[test]
fn what_is_not_visible_is_not_there() {
    let _module = load(&[]).unwrap();
    assert_eq!(
        fs::read_to_string(of_device(0, "first")).unwrap(),
        "first\n"
    );
    assert!(!fs::exists(of_device(1, "first")).unwrap());
}

#[test]
fn a_name_that_is_taken_is_refused_without_a_warning() {
    let _module = load(&[]).unwrap();
    // A file's, and a group's.
    for [switch, on, off] in [
        ["/proc/vm_windows/bool", "y", "n"],
        ["/proc/driver/vm_windows", "1", "0"],
    ] {
        bind("unbind").unwrap();
        write(switch, on.as_bytes()).unwrap();
        let mut log = Kmsg::mark().unwrap();
        // Of who binds by hand, older kernels say only that there is no device.
        let refused = bind("bind").unwrap_err();
        assert!([EEXIST, ENODEV].contains(&refused), "{refused}");
        let lines = log.lines().unwrap();
        let warns = |line: &String| line.contains("duplicate") || line.contains("Call Trace");
        assert!(!lines.iter().any(warns), "{lines:?}");
        let device = "/sys/devices/platform/vm_windows.1";
        assert!(!fs::exists(format!("{device}/number")).unwrap());
        assert!(!fs::exists(format!("{device}/limits")).unwrap());
        // The kernel's own is as it was.
        let kernels = fs::read_to_string(format!("{device}/modalias")).unwrap();
        assert_eq!(kernels, "platform:vm_windows\n");
        write(switch, off.as_bytes()).unwrap();
        bind("bind").unwrap();
    }
}

#[test]
fn a_group_is_there_while_a_file_is_in_it() {
    let module = load(&[]).unwrap();
    let names = |folder: &str| {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    // One of them is of bytes.
    assert_eq!(names(&ours("limits")), ["blob", "level", "low"]);
    assert_eq!(names(&ours("more")), ["more"]);
    let low = ours("limits/low");
    assert_eq!(write(&low, b"7\n"), Ok(2));
    assert_eq!(fs::read_to_string(&low).unwrap(), "7\n");
    assert_eq!(errno(fs::read(ours("more/more"))), Err(EXDEV));
    let level = File::open(ours("limits/level")).unwrap();
    (&level).read_exact(&mut [0; 2]).unwrap();
    assert_eq!(poll(&level, PRI, Duration::ZERO).unwrap(), 0);
    write(&ours("raise"), b"1").unwrap();
    assert_eq!(poll(&level, PRI, Duration::ZERO).unwrap(), PRI | ERR);

    assert_eq!(names(&of_device(0, "limits")), ["first", "number"]);
    assert_eq!(names(&of_device(1, "limits")), ["number"]);
    let mut number = File::open(of_device(1, "limits/number")).unwrap();
    let device = "/sys/devices/platform/vm_windows.1";
    bind("unbind").unwrap();
    assert!(!fs::exists(format!("{device}/limits")).unwrap());
    assert_eq!(errno(number.read(&mut [0; 8])), Err(ENODEV));
    assert_eq!(names(&of_device(0, "limits")), ["first", "number"]);
    bind("bind").unwrap();
    assert_eq!(names(&format!("{device}/limits")), ["number"]);
    drop(module);
    assert_eq!(errno((&level).read(&mut [0; 8])), Err(ENODEV));
}

#[test]
fn a_handler_that_sleeps_ends_when_its_device_goes() {
    let _module = load(&[]).unwrap();
    let reader = thread::spawn(|| errno(fs::read(of_device(1, "sleeping"))));
    let start = Instant::now();
    while fs::read_to_string("/proc/vm_windows/i64").unwrap() == "0\n" {
        assert!(start.elapsed() < LATE, "it does not sleep");
        thread::sleep(Duration::from_millis(2));
    }
    bind("unbind").unwrap();
    assert_eq!(reader.join().unwrap(), Err(ENODEV));
}

/// `POLLPRI`, and `POLLERR`, which comes with it.
const PRI: i16 = 2;
const ERR: i16 = 8;

#[test]
fn who_polls_is_told_of_changes() {
    let module = load(&[]).unwrap();
    let mut file = File::open(ours("level")).unwrap();
    let mut read = || {
        let mut text = String::new();
        file.rewind().unwrap();
        file.read_to_string(&mut text).unwrap();
        text
    };
    assert_eq!(read(), "0\n");
    let other = File::open(ours("level")).unwrap();
    assert_eq!(fs::read_to_string(ours("level")).unwrap(), "0\n");
    let waiter = thread::spawn(move || {
        (&other).read_exact(&mut [0; 2]).unwrap();
        poll(&other, PRI, LATE).unwrap()
    });
    // It may not wait yet.
    let told = loop {
        assert_eq!(write(&ours("raise"), b"1"), Ok(1));
        if waiter.is_finished() {
            break waiter.join().unwrap();
        }
        thread::sleep(Duration::from_millis(5));
    };
    assert_eq!(told, PRI | ERR);
    assert_ne!(read(), "0\n");
    assert_eq!(poll(&file, PRI, Duration::ZERO).unwrap(), 0);
    write(&ours("raise"), b"1").unwrap();
    assert_eq!(poll(&file, PRI, Duration::ZERO).unwrap(), PRI | ERR);
    // A file that has gone has changed.
    drop(module);
    assert_eq!(poll(&file, PRI, Duration::ZERO).unwrap(), PRI | ERR);
}

#[test]
fn it_goes_under_readers_and_writers() {
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        for path in [
            ours("page"),
            ours("text"),
            ours("row"),
            ours("limits/low"),
            of_device(1, "number"),
            of_device(1, "limits/number"),
        ] {
            let stop = &stop;
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let _ = fs::read(&path);
                    let _ = write(&path, b"9 0 7");
                }
            });
        }
        for _ in 0..5 {
            let module = load(&[]).unwrap();
            for how in ["unbind", "bind", "unbind"] {
                bind(how).unwrap();
            }
            drop(module);
        }
        stop.store(true, Ordering::Relaxed);
    });
}
