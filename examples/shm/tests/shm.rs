// SPDX-License-Identifier: GPL-2.0-only
//! The board, from both sides.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

use kmod_test::events::poll;
use kmod_test::{LATE, Mapping, errno, load, when_asleep};

const PAGE: usize = 4096;
const GENERATION: usize = 0;
const VOTES: usize = 4;
const NOTICE: usize = 8;
const EPERM: i32 = 1;
const EINVAL: i32 = 22;
const POLLIN: i16 = 1;

fn open() -> File {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    options.open("/dev/shm_board").unwrap()
}

fn votes(board: &mut File) -> u32 {
    let mut text = [0; 16];
    let n = board.read(&mut text).unwrap();
    str::from_utf8(&text[..n]).unwrap().trim().parse().unwrap()
}

#[test]
fn a_notice_is_seen_without_a_system_call() {
    let _module = load(&[]).unwrap();
    let mut board = open();
    let page = Mapping::shared(&board, PAGE).unwrap();
    board.write_all(b"free beer").unwrap();
    assert_eq!(page.read(NOTICE, 10).unwrap(), b"free beer\0");
    assert_eq!(page.atomic(GENERATION).unwrap().load(Ordering::Acquire), 2);
    board.write_all(b"sold out").unwrap();
    assert_eq!(page.read(NOTICE, 10).unwrap(), b"sold out\0\0");
    assert_eq!(page.atomic(GENERATION).unwrap().load(Ordering::Acquire), 4);
}

#[test]
fn every_vote_counts() {
    let _module = load(&[]).unwrap();
    let mut board = open();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let page = Mapping::shared(open(), PAGE).unwrap();
                let votes = page.atomic(VOTES).unwrap();
                (0..1000).for_each(|_| _ = votes.fetch_add(1, Ordering::Relaxed));
            });
        }
    });
    assert_eq!(votes(&mut board), 4000);
    board.write_all(b"next").unwrap();
    assert_eq!(votes(&mut board), 0);
}

#[test]
fn poll_waits_for_news() {
    let _module = load(&[]).unwrap();
    let mut board = open();
    assert_eq!(poll(&board, POLLIN, Duration::ZERO).unwrap(), 0);
    let writer = when_asleep(|| open().write_all(b"news").unwrap());
    assert_eq!(poll(&board, POLLIN, LATE).unwrap(), POLLIN);
    writer.join().unwrap();
    assert_eq!(votes(&mut board), 0);
    assert_eq!(poll(&board, POLLIN, Duration::ZERO).unwrap(), 0);
}

#[test]
fn only_the_board_is_mapped_and_never_executed() {
    let _module = load(&[]).unwrap();
    let board = open();
    let map = |len, prot, offset| errno(Mapping::new(&board, len, prot, 1, offset)).map(|_| ());
    assert_eq!(map(PAGE, 3, 0), Ok(()));
    assert_eq!(map(2 * PAGE, 3, 0), Err(EINVAL));
    assert_eq!(map(PAGE, 3, PAGE as i64), Err(EINVAL));
    assert_eq!(map(PAGE, 5, 0), Err(EPERM));
}
