// SPDX-License-Identifier: GPL-2.0-only
//! Eight threads use one device in every way, while its module is unloaded and loaded.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::mem;
use std::os::unix::fs::OpenOptionsExt;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use kmod_test::events::{Epoll, poll, select};
use kmod_test::{IoctlMemory, Mapping, Over, errno, ioctl, load, rounds, unload};

const MODULE: &str = "vm_stress";
/// For how many seconds it comes and goes; up to so many times as long on a host so busy that little comes of it.
const SECONDS: u32 = 10;
const LONGEST: u32 = 15;
const THREADS: u64 = 8;
/// How often each action is done at least.
const EACH: u32 = 100;
/// How often the module is unloaded, and its unload refused, at least.
const UNLOADS: u32 = 3;

const ENOENT: i32 = 2;
const ENXIO: i32 = 6;
const EAGAIN: i32 = 11;
const EFAULT: i32 = 14;
const EBUSY: i32 = 16;
const ENOTTY: i32 = 25;
const ETIMEDOUT: i32 = 110;
const O_NONBLOCK: i32 = 0o4000;

/// What a thread does with an open file, one after the other at random. A new kind of call is a
/// line here and one in `act`.
const ACTIONS: [&str; 9] = [
    "read", "write", "lseek", "poll", "select", "epoll", "mmap", "ioctl", "again",
];

/// The commands of the module's `StressCmd`, and one that it has not.
const CLEAR: u32 = 0x7300;
const FILL: u32 = 0x8008_7301;
const PUT: u32 = 0x4008_7302;
const INVERT: u32 = 0xc400_7303;
const UNKNOWN: u32 = 0xc401_7303;

/// How often each was done.
type Counts = [AtomicU32; ACTIONS.len()];

/// Numbers that look random, and are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

fn open(random: &mut Random) -> Result<File, i32> {
    let flags = [0, O_NONBLOCK][random.below(2) as usize];
    let mut options = OpenOptions::new();
    options.read(true).write(true).custom_flags(flags);
    errno(options.open("/dev/vm_stress"))
}

/// Succeeds, or says that it would have to wait.
fn may_wait<T>(result: std::io::Result<T>) {
    match errno(result) {
        Ok(_) | Err(EAGAIN | ETIMEDOUT) => {}
        Err(other) => panic!("errno {other}"),
    }
}

fn act(action: &str, file: &mut File, epoll: &Epoll, random: &mut Random) {
    let len = random.below(64) as usize;
    let moment = Duration::from_millis(random.below(4));
    match action {
        "read" => may_wait(file.read(&mut [0; 64][..len])),
        "write" => may_wait(file.write(&[7; 64][..len])),
        "lseek" => {
            let at = random.below(8193);
            assert_eq!(file.seek(SeekFrom::Start(at)).unwrap(), at);
        }
        "poll" => _ = poll(&*file, -1, moment).unwrap(),
        "select" => _ = select(&*file, moment).unwrap(),
        "epoll" => {
            epoll.add(&*file, 0x7, 0).unwrap();
            epoll.wait(moment).unwrap();
            // Else closing it does so.
            if random.below(2) == 0 {
                epoll.delete(&*file).unwrap();
            } else if let Ok(another) = open(random) {
                *file = another;
            } else {
                epoll.delete(&*file).unwrap();
            }
        }
        "mmap" => {
            let mapping = Mapping::shared(&*file, 2 * 4096).unwrap();
            // The mapping alone keeps the module now and then.
            if let Ok(another) = open(random) {
                *file = another;
            }
            assert_eq!(mapping.read(4096, 6).unwrap(), b"stress");
            let number = mapping.atomic(0).unwrap();
            number.fetch_add(1, Ordering::Relaxed);
        }
        "ioctl" => command(file, random),
        "again" => {
            if let Ok(another) = open(random) {
                *file = another;
            }
        }
        _ => unreachable!("{action}"),
    }
}

/// One of the commands at random, whose answer shows that it was done.
fn command(file: &File, random: &mut Random) {
    match random.below(6) {
        0 => assert_eq!(ioctl(file, CLEAR, 0).unwrap(), 0),
        1 => {
            let memory = IoctlMemory::new(&[0xff; 8]).unwrap();
            assert_eq!(memory.ioctl(file, FILL).unwrap(), 0);
            let bytes = memory.bytes();
            let [byte, count] = [0, 4].map(|at| {
                let number = bytes[at..at + 4].try_into().unwrap();
                u32::from_ne_bytes(number)
            });
            // What was queued last, and no more than the queue takes.
            assert_eq!(byte, if count == 0 { 0 } else { 7 });
            assert!(count <= 256, "{count} bytes are queued");
        }
        2 => {
            let count = random.below(64) as u8;
            let memory = IoctlMemory::new(&[7, 0, 0, 0, count, 0, 0, 0]).unwrap();
            assert!(memory.ioctl(file, PUT).unwrap() <= count.into());
        }
        3 => {
            let memory = IoctlMemory::new(&[0x5a; 1024]).unwrap();
            assert_eq!(memory.ioctl(file, INVERT).unwrap(), 0);
            assert!(memory.bytes() == [0xa5; 1024], "not inverted");
        }
        4 => {
            let memory = IoctlMemory::new(&[0; 1023]).unwrap();
            assert_eq!(errno(memory.ioctl(file, INVERT)), Err(EFAULT));
        }
        _ => assert_eq!(errno(ioctl(file, UNKNOWN, 0)), Err(ENOTTY)),
    }
}

fn work(seed: u64, epoll: &Epoll, counts: &Counts, stop: &AtomicBool) {
    let mut random = Random(seed);
    while !stop.load(Ordering::Relaxed) {
        match open(&mut random) {
            Ok(mut file) => {
                for _ in 0..random.below(40) {
                    let action = random.below(ACTIONS.len() as u64) as usize;
                    act(ACTIONS[action], &mut file, epoll, &mut random);
                    counts[action].fetch_add(1, Ordering::Relaxed);
                }
            }
            // Before the node is there, and while objects are being registered or taken back.
            Err(ENOENT | ENXIO) => {}
            Err(other) => panic!("open: errno {other}"),
        }
        // Now and then nobody has the device open.
        thread::sleep(Duration::from_millis(random.below(30)));
    }
}

/// How often the rarest was done.
fn done(counts: &Counts) -> u32 {
    let counts = counts.iter().map(|count| count.load(Ordering::Relaxed));
    counts.min().unwrap_or(0)
}

#[test]
fn a_module_comes_and_goes_under_its_users() {
    let counts = Counts::default();
    let stop = AtomicBool::new(false);
    let epoll = Epoll::new().unwrap();
    mem::forget(load(&[]).unwrap());
    let (mut unloaded, mut refused) = (0, 0);
    thread::scope(|scope| {
        for thread in 1..=THREADS {
            let (epoll, counts, stop) = (&epoll, &counts, &stop);
            scope.spawn(move || {
                let _stop = Over(stop);
                work(thread * 0x9e37_79b9, epoll, counts, stop);
            });
        }
        let _stop = Over(&stop);
        let start = Instant::now();
        let time = Duration::from_secs(rounds(SECONDS).into());
        let enough =
            |unloaded, refused| unloaded >= UNLOADS && refused >= UNLOADS && done(&counts) >= EACH;
        while !stop.load(Ordering::Relaxed)
            && (start.elapsed() < time
                || !enough(unloaded, refused) && start.elapsed() < LONGEST * time)
        {
            match errno(unload(MODULE)) {
                Ok(()) => {
                    unloaded += 1;
                    mem::forget(load(&[]).unwrap());
                }
                Err(EAGAIN | EBUSY) => {
                    refused += 1;
                    thread::sleep(Duration::from_millis(1));
                }
                Err(other) => panic!("rmmod: errno {other}"),
            }
        }
    });
    println!("unloaded {unloaded} times, refused {refused} times");
    for (action, count) in ACTIONS.iter().zip(&counts) {
        let count = count.load(Ordering::Relaxed);
        println!("{action}: {count}");
        assert!(count >= EACH, "{action} was done {count} times only");
    }
    assert!(unloaded >= UNLOADS, "unloaded {unloaded} times only");
    assert!(refused >= UNLOADS, "refused {refused} times only");
    unload(MODULE).unwrap();
}
