// SPDX-License-Identifier: GPL-2.0-only
//! Reading, writing, waiting.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::thread;
use std::time::Duration;

use kmod_test::events::{Epoll, interrupt, interrupt_then, poll, select};
use kmod_test::{LATE, errno, fault, load, when_asleep};

const EINTR: i32 = 4;
const EAGAIN: i32 = 11;
const EFAULT: i32 = 14;
const O_NONBLOCK: i32 = 0o4000;
const POLLIN: i16 = 1;
const POLLOUT: i16 = 4;

const SOON: Duration = Duration::from_millis(100);
fn open(flags: i32) -> File {
    let mut options = OpenOptions::new();
    options.read(true).write(true).custom_flags(flags);
    options.open("/dev/pipe").unwrap()
}

#[test]
fn what_is_written_is_read() {
    let _module = load(&["size=10"]).unwrap();
    let mut pipe = open(0);
    let mut data = [0; 16];
    // Around the end of the ring, again and again.
    for round in 0..50_u8 {
        pipe.write_all(&[round, 1, 2, 3, 4, 5, 6]).unwrap();
        pipe.read_exact(&mut data[..7]).unwrap();
        assert_eq!(data[..7], [round, 1, 2, 3, 4, 5, 6]);
    }
}

#[test]
fn without_blocking_it_is_eagain() {
    let _module = load(&["size=4"]).unwrap();
    let mut pipe = open(O_NONBLOCK);
    assert_eq!(errno(pipe.read(&mut [0; 4])), Err(EAGAIN));
    assert_eq!(errno(pipe.write(b"abcdef")), Ok(4));
    assert_eq!(errno(pipe.write(b"ef")), Err(EAGAIN));
    let mut data = [0; 8];
    assert_eq!(errno(pipe.read(&mut data)), Ok(4));
    assert_eq!(&data[..4], b"abcd");
}

#[test]
fn a_reader_waits_for_a_writer() {
    let _module = load(&[]).unwrap();
    let writer = when_asleep(|| open(0).write_all(b"x").unwrap());
    assert_eq!(errno(open(0).read(&mut [0; 4])), Ok(1));
    writer.join().unwrap();
}

#[test]
fn a_writer_waits_for_a_reader() {
    let _module = load(&["size=1"]).unwrap();
    open(0).write_all(b"x").unwrap();
    let reader = when_asleep(|| open(0).read_exact(&mut [0; 1]).unwrap());
    open(0).write_all(b"y").unwrap();
    reader.join().unwrap();
}

#[test]
fn a_signal_ends_the_wait() {
    let _module = load(&[]).unwrap();
    let signal = interrupt(false).unwrap();
    assert_eq!(errno(open(0).read(&mut [0; 4])), Err(EINTR));
    assert_eq!(signal.handled(), 1);
    let signal = interrupt_then(true, || open(0).write_all(b"x").unwrap()).unwrap();
    assert_eq!(errno(open(0).read(&mut [0; 4])), Ok(1));
    assert_eq!(signal.handled(), 1);
}

#[test]
fn poll_select_and_epoll_tell_who_may_go_on() {
    let _module = load(&["size=3"]).unwrap();
    let mut pipe = open(0);
    assert_eq!(poll(&pipe, POLLIN | POLLOUT, LATE).unwrap(), POLLOUT);
    assert_eq!(select(&pipe, LATE).unwrap(), [false, true, false]);
    let epoll = Epoll::new().unwrap();
    epoll.add(&pipe, POLLIN as u32, 1).unwrap();
    assert_eq!(epoll.wait(SOON).unwrap(), []);
    let writer = when_asleep(|| open(0).write_all(b"abc").unwrap());
    assert_eq!(epoll.wait(LATE).unwrap(), [(1, POLLIN as u32)]);
    writer.join().unwrap();
    assert_eq!(poll(&pipe, POLLIN | POLLOUT, LATE).unwrap(), POLLIN);
    assert_eq!(poll(&pipe, POLLOUT, SOON).unwrap(), 0);
    let reader = when_asleep(|| open(0).read_exact(&mut [0; 1]).unwrap());
    assert_eq!(poll(&pipe, POLLOUT, LATE).unwrap(), POLLOUT);
    reader.join().unwrap();
    pipe.read_exact(&mut [0; 2]).unwrap();
}

#[test]
fn a_fault_loses_nothing() {
    let _module = load(&[]).unwrap();
    let mut pipe = open(O_NONBLOCK);
    pipe.write_all(b"abc").unwrap();
    assert_eq!(errno(fault::read_into_unmapped(&pipe, 3)), Err(EFAULT));
    assert_eq!(errno(fault::write_from_unmapped(&pipe, 3)), Err(EFAULT));
    let mut data = [0; 4];
    assert_eq!(errno(pipe.read(&mut data)), Ok(3));
    assert_eq!(&data[..3], b"abc");
}

#[test]
fn many_readers_get_each_byte_once() {
    const BYTES: usize = 20_000;
    let _module = load(&["size=100"]).unwrap();
    let sums: u64 = thread::scope(|scope| {
        let readers: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let (mut sum, mut left, mut pipe) = (0, BYTES / 4, open(0));
                    while left > 0 {
                        let mut data = [0; 33];
                        let most = data.len().min(left);
                        let n = pipe.read(&mut data[..most]).unwrap();
                        sum += data[..n].iter().map(|&byte| u64::from(byte)).sum::<u64>();
                        left -= n;
                    }
                    sum
                })
            })
            .collect();
        let data: Vec<u8> = (0..BYTES).map(|i| (i % 251) as u8).collect();
        open(0).write_all(&data).unwrap();
        readers
            .into_iter()
            .map(|reader| reader.join().unwrap())
            .sum()
    });
    assert_eq!(sums, (0..BYTES as u64).map(|i| i % 251).sum::<u64>());
}
