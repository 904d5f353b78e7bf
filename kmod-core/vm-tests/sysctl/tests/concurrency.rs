// SPDX-License-Identifier: GPL-2.0-only
//! Several processes at one file, and modules that go meanwhile.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use kmod_test::{Over, Task, load, set_sysctl, sysctl};

const DIR: &str = "/proc/sys/vm_sysctl";

/// What one `read(2)` gives: the next one may be of a later text.
fn read_once(name: &str) -> String {
    let mut text = [0; 64];
    let mut file = File::open(format!("{DIR}/{name}")).unwrap();
    let length = file.read(&mut text).unwrap();
    String::from_utf8(text[..length].to_vec()).unwrap()
}

/// How long modules come and go; longer on a host so busy that little comes of it.
const TIME: Duration = Duration::from_secs(10);
const LONGEST: Duration = Duration::from_secs(100);

/// `ENOENT`: what the kernel says of a sysctl that is gone.
const ENOENT: i32 = 2;

#[test]
fn writers_of_one_value_do_not_mix() {
    let _module = load(&[]).unwrap();
    let stop = AtomicBool::new(false);
    let texts = ["aaaaaaaaaaaaaaa", "bb", "ccccccccc", "d"];
    for text in texts {
        set_sysctl("vm_sysctl/text", text).unwrap();
        set_sysctl("vm_sysctl/i64_row", "-1 -1 -1").unwrap();
    }
    thread::scope(|scope| {
        for (n, text) in texts.into_iter().enumerate() {
            let stop = &stop;
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    set_sysctl("vm_sysctl/text", text).unwrap();
                    let number = -(n as i64) - 1;
                    let row = format!("{number} {number} {number}");
                    set_sysctl("vm_sysctl/i64_row", &row).unwrap();
                    set_sysctl("vm_sysctl/u8_row", "256 1 1").unwrap_err();
                    set_sysctl("vm_sysctl/i32_range", &n.to_string()).unwrap();
                    set_sysctl("vm_sysctl/i32_range", "101").unwrap_err();
                }
            });
        }
        let stop = Over(&stop);
        let end = Instant::now() + Duration::from_secs(3);
        while Instant::now() < end {
            let text = read_once("text");
            assert!(texts.contains(&text.trim_end()), "{text:?}");
            let row = sysctl("vm_sysctl/i64_row").unwrap();
            let numbers: Vec<i64> = row.split('\t').map(|n| n.parse().unwrap()).collect();
            assert!(numbers.iter().all(|n| (-4..=-1).contains(n)), "{row}");
            assert_eq!(numbers.len(), 3);
            assert_eq!(sysctl("vm_sysctl/u8_row").unwrap(), "0\t0\t0");
            let ranged: i32 = sysctl("vm_sysctl/i32_range").unwrap().parse().unwrap();
            assert!((0..4).contains(&ranged), "{ranged}");
        }
        drop(stop);
    });
}

#[test]
fn an_unload_waits_for_a_write_that_sleeps() {
    let module = load(&[]).unwrap();
    let mut reader = File::open(format!("{DIR}/slow")).unwrap();
    let begin = Instant::now();
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        let writer = scope.spawn(move || {
            sender.send(Task::current()).unwrap();
            set_sysctl("vm_sysctl/slow", "2000")
        });
        receiver.recv().unwrap().until_asleep();
        module.unload().unwrap();
        let waited = begin.elapsed();
        assert!(waited >= Duration::from_secs(2), "{waited:?}");
        writer.join().unwrap().unwrap();
    });
    let error = reader.read(&mut [0; 8]).unwrap_err();
    assert_eq!(error.raw_os_error(), Some(ENOENT));
}

/// Whoever is at a file when its module goes gets an answer or ENOENT.
#[test]
fn modules_come_and_go_under_use() {
    const NAMES: [&str; 10] = [
        "bool", "i32", "i64_row", "u8_row", "hex_row", "text", "watched", "slow", "lines", "behind",
    ];
    let stop = AtomicBool::new(false);
    let answers = AtomicU32::new(0);
    let use_one = |name: &str| -> std::io::Result<()> {
        let path = format!("{DIR}/{name}");
        let mut file = OpenOptions::new().read(true).write(true).open(&path)?;
        file.write_all(b"1")?;
        fs::read(&path)?;
        let read = file.read(&mut [0; 16])?;
        assert!(read <= 16);
        answers.fetch_add(1, Ordering::Relaxed);
        Ok(())
    };
    thread::scope(|scope| {
        for name in NAMES {
            let (stop, use_one) = (&stop, &use_one);
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    if let Err(error) = use_one(name) {
                        assert_eq!(error.raw_os_error(), Some(ENOENT), "{name}: {error}");
                    }
                }
            });
        }
        let stop = Over(&stop);
        let start = Instant::now();
        let mut loads = 0;
        let enough = |loads| loads > 2 && answers.load(Ordering::Relaxed) > 10;
        while start.elapsed() < TIME || !enough(loads) && start.elapsed() < LONGEST {
            let module = load(&[]).unwrap();
            thread::sleep(Duration::from_millis(20));
            module.unload().unwrap();
            loads += 1;
        }
        drop(stop);
        let answered = answers.load(Ordering::Relaxed);
        println!("{loads} loads, {answered} answers");
        assert!(enough(loads), "{loads} loads, {answered} answers");
    });
}
