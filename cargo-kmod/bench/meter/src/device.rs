// SPDX-License-Identifier: GPL-2.0-only
//! A character device's operations, as a process sees them: the system call included.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::PathBuf;

use rustix::fs::{Mode, OFlags, open, seek};
use rustix::io::{pread, pwrite};

use crate::clock::{self, Costs, Method};

/// Bytes of a transfer, how they are called, and how often a batch transfers them.
const SIZES: [(usize, &str, u32); 4] = [
    (1, "1 B", 100),
    (64, "64 B", 100),
    (4096, "4 KiB", 20),
    (1 << 20, "1 MiB", 1),
];

pub fn measure() -> io::Result<()> {
    let _ours = kmod_test::load_named("bench_device", &[])?;
    let _twin = kmod_test::load_named("bench_device_c", &[])?;
    let paths = ["/dev/bench_device", "/dev/bench_device_c"];
    open_and_close(paths)?;
    let file = |path: &str| OpenOptions::new().read(true).write(true).open(path);
    let (ours, twin) = (file(paths[0])?, file(paths[1])?);
    let mut buffer = vec![1; 1 << 20];
    for (size, name, calls) in SIZES {
        let buffer = &mut buffer[..size];
        let write = |file: &File, data: &[u8]| whole(pwrite(file, data, 0), size);
        clock::compare(&format!("write, {name}"), calls, [&ours, &twin], |file| {
            write(file, buffer)
        })?;
        clock::compare(&format!("read, {name}"), calls, [&ours, &twin], |file| {
            whole(pread(file, &mut *buffer, 0), size)
        })?;
    }
    let rewind = |file: &File| -> io::Result<()> {
        seek(file, rustix::fs::SeekFrom::Start(0))?;
        Ok(())
    };
    clock::compare("llseek", 100, [&ours, &twin], rewind)
}

/// How long the kernel looks for a name depends on the name: both sides have many nodes. A few are
/// opened in turn, since closed files are freed later, and the kernel would fetch memory for more.
fn open_and_close(paths: [&str; 2]) -> io::Result<()> {
    const NODES: usize = 64;
    const TURN: usize = 4;
    let dir = kmod_test::TempDir::new()?;
    let nodes = |side: usize| -> io::Result<Vec<PathBuf>> {
        let (major, minor) = kmod_test::node_number(paths[side])?;
        let nodes = (0..NODES).map(|n| {
            let node = dir.join(&format!("node{:03}", 2 * n + side));
            kmod_test::mknod(&node, major, minor)?;
            Ok(node)
        });
        nodes.collect()
    };
    let nodes = [nodes(0)?, nodes(1)?];
    let cycle = |nodes: &[PathBuf]| -> io::Result<()> {
        for node in nodes {
            open(node, OFlags::RDWR | OFlags::CLOEXEC, Mode::empty())?;
        }
        Ok(())
    };
    let mut sums = Costs::new();
    for (ours, twin) in nodes[0].chunks(TURN).zip(nodes[1].chunks(TURN)) {
        let costs = clock::costs(Method::calls(1), [ours, twin], cycle)?;
        sums.resize(costs.len(), [0.0; 2]);
        for (sum, cost) in sums.iter_mut().zip(&costs) {
            *sum = [0, 1].map(|side| sum[side] + cost[side] / NODES as f64);
        }
    }
    clock::tell("open+close", &sums);
    Ok(())
}

/// All of it, or an error.
fn whole(transferred: rustix::io::Result<usize>, size: usize) -> io::Result<()> {
    match transferred? {
        n if n == size => Ok(()),
        n => Err(io::Error::other(format!("{n} of {size} bytes"))),
    }
}
