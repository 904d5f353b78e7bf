// SPDX-License-Identifier: GPL-2.0-only
//! poll, select and epoll.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::thread;
use std::time::{Duration, Instant};

use kmod_test::events::{Epoll, interrupt, poll, select};
use kmod_test::{LATE, errno, load, when_asleep};

const POLLIN: i16 = 0x1;
const POLLPRI: i16 = 0x2;
const POLLOUT: i16 = 0x4;
const EPERM: i32 = 1;
const EINTR: i32 = 4;

const SOON: Duration = Duration::from_millis(50);
fn open(name: &str) -> File {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    options.open(format!("/dev/vm_waits_{name}")).unwrap()
}

#[test]
fn poll_says_what_is_ready() {
    let _module = load(&[]).unwrap();
    let mut ring = open("ring");
    assert_eq!(poll(&ring, POLLIN | POLLOUT, LATE).unwrap(), POLLOUT);
    ring.write_all(&[1; 64]).unwrap();
    assert_eq!(poll(&ring, POLLIN | POLLOUT, LATE).unwrap(), POLLIN);
    assert_eq!(poll(&ring, POLLOUT, SOON).unwrap(), 0);
    assert_eq!(select(&ring, LATE).unwrap(), [true, false, false]);
}

#[test]
fn poll_waits_for_a_writer() {
    let _module = load(&[]).unwrap();
    let ring = open("ring");
    let writer = when_asleep(|| open("ring").write_all(b"x").unwrap());
    assert_eq!(poll(&ring, POLLIN, LATE).unwrap(), POLLIN);
    writer.join().unwrap();
}

#[test]
fn select_waits_for_a_reader() {
    let _module = load(&[]).unwrap();
    let mut ring = open("ring");
    ring.write_all(&[1; 64]).unwrap();
    let reader = when_asleep(|| open("ring").read_exact(&mut [0; 64]).unwrap());
    // It can be read at first, so only what can be written is waited for.
    assert_eq!(poll(&ring, POLLOUT, LATE).unwrap(), POLLOUT);
    assert_eq!(select(&ring, LATE).unwrap(), [false, true, false]);
    reader.join().unwrap();
}

#[test]
fn a_time_without_events_ends() {
    let _module = load(&[]).unwrap();
    let ring = open("ring");
    let start = Instant::now();
    assert_eq!(poll(&ring, POLLIN, SOON).unwrap(), 0);
    assert!(start.elapsed() >= SOON);
}

#[test]
fn a_signal_ends_a_poll() {
    let _module = load(&[]).unwrap();
    let ring = open("ring");
    // poll(2) is never begun again.
    for restart in [false, true] {
        let signal = interrupt(restart).unwrap();
        assert_eq!(errno(poll(&ring, POLLIN, LATE)), Err(EINTR));
        assert_eq!(signal.handled(), 1);
    }
}

#[test]
fn what_has_no_poll_is_always_ready_and_no_epolls() {
    let _module = load(&[]).unwrap();
    let deaf = open("deaf");
    assert_eq!(
        poll(&deaf, POLLIN | POLLOUT | POLLPRI, LATE).unwrap(),
        POLLIN | POLLOUT
    );
    assert_eq!(errno(Epoll::new().unwrap().add(&deaf, 1, 0)), Err(EPERM));
}

#[test]
fn epoll_tells_each_file() {
    let _module = load(&[]).unwrap();
    let (ring, gate) = (open("ring"), open("gate"));
    let epoll = Epoll::new().unwrap();
    epoll.add(&ring, POLLIN as u32, 1).unwrap();
    epoll.add(&gate, POLLPRI as u32, 2).unwrap();
    assert_eq!(epoll.wait(SOON).unwrap(), []);
    let writer = when_asleep(|| open("ring").write_all(b"x").unwrap());
    assert_eq!(epoll.wait(LATE).unwrap(), [(1, POLLIN as u32)]);
    writer.join().unwrap();
    (&gate).write_all(b"poke").unwrap();
    let mut ready = epoll.wait(LATE).unwrap();
    ready.sort_unstable();
    assert_eq!(ready, [(1, POLLIN as u32), (2, POLLPRI as u32)]);
    epoll.delete(&ring).unwrap();
    assert_eq!(epoll.wait(SOON).unwrap(), [(2, POLLPRI as u32)]);
}

#[test]
fn an_edge_is_told_once() {
    const EPOLLET: u32 = 1 << 31;
    let _module = load(&[]).unwrap();
    let mut ring = open("ring");
    let epoll = Epoll::new().unwrap();
    epoll.add(&ring, POLLIN as u32 | EPOLLET, 7).unwrap();
    for _ in 0..2 {
        ring.write_all(b"x").unwrap();
        assert_eq!(epoll.wait(LATE).unwrap(), [(7, POLLIN as u32)]);
        assert_eq!(epoll.wait(SOON).unwrap(), []);
    }
}

/// The queue that epoll waits in is part of the file's state, which goes with the file.
#[test]
fn an_epoll_outlives_its_files() {
    let module = load(&[]).unwrap();
    let epoll = Epoll::new().unwrap();
    for round in 0..200 {
        let gate = open("gate");
        epoll.add(&gate, POLLPRI as u32, round).unwrap();
        if round % 2 == 0 {
            (&gate).write_all(b"poke").unwrap();
            assert_eq!(epoll.wait(LATE).unwrap(), [(round, POLLPRI as u32)]);
        }
    }
    assert_eq!(epoll.wait(Duration::ZERO).unwrap(), []);
    module.unload().unwrap();
    assert_eq!(epoll.wait(Duration::ZERO).unwrap(), []);
}

#[test]
fn files_are_closed_while_they_are_polled() {
    let _module = load(&[]).unwrap();
    let epoll = Epoll::new().unwrap();
    thread::scope(|scope| {
        for thread in 0..4 {
            let epoll = &epoll;
            scope.spawn(move || {
                for _ in 0..200 {
                    let gate = open("gate");
                    epoll.add(&gate, POLLPRI as u32, thread).unwrap();
                    (&gate).write_all(b"poke").unwrap();
                    epoll.wait(Duration::ZERO).unwrap();
                    assert_eq!(poll(&gate, POLLPRI, LATE).unwrap(), POLLPRI);
                }
            });
        }
    });
    assert_eq!(epoll.wait(Duration::ZERO).unwrap(), []);
}
