// SPDX-License-Identifier: GPL-2.0-only
//! Windows on a module's state; the twin has the same ones in C.
#![no_std]
#![forbid(unsafe_code)]

mod bytes;
mod node;
mod rows;
mod sysfs;

use bytes::{BinDriver, BinSink, Eeprom, Endless, Few};
use kmod_core::prelude::*;
use kmod_core::task::capability::CAP_SYS_TIME;
use node::NodeDriver;
use rows::{Backwards, Keys, Rows};
use sysfs::{Broken, First, NodePage, Page, Raise, Sleeping, Taken, TakenGroup};

/// The module
#[kernel_module(name = "vm_windows", license = "GPL")]
#[derive(Default)]
struct Windows {
    #[proc(path = "vm_windows/u32", mode = 0o644)]
    u32: AtomicU32,
    #[proc(path = "vm_windows/i64", mode = 0o600)]
    i64: AtomicI64,
    #[proc(path = "vm_windows/bool", mode = 0o644)]
    bool: AtomicBool,
    #[proc(path = "vm_windows/fixed")]
    fixed: AtomicU8,
    // Between two files of one folder.
    #[misc(name = "vm_windows")]
    misc: Nothing,
    #[proc(path = "vm_windows/bass", mode = 0o644)]
    bass: Setting<Bass>,
    #[proc(path = "vm_windows/row", mode = 0o664)]
    proc_row: [AtomicI16; 3],
    #[proc(path = "vm_windows/word", mode = 0o644)]
    proc_word: SysctlString<16>,
    #[proc(path = "vm_windows/lines")]
    lines: Lines,
    #[proc(path = "vm_windows/text")]
    text: Text,
    #[proc(path = "vm_windows/sink", mode = 0o200)]
    sink: Sink,
    #[proc(path = "vm_windows_top")]
    top: Failing,
    #[proc(path = "driver/vm_windows", mode = 0o640)]
    driver: AtomicU64,
    #[debugfs(path = "vm_windows/u32", mode = 0o644)]
    debug_u32: AtomicU32,
    #[debugfs(path = "vm_windows/deep/i64", mode = 0o600)]
    debug_i64: AtomicI64,
    #[debugfs(path = "vm_windows/deep/bool", mode = 0o644)]
    debug_bool: AtomicBool,
    #[debugfs(path = "vm_windows/fixed")]
    debug_fixed: AtomicU8,
    #[debugfs(path = "vm_windows/bass", mode = 0o644)]
    debug_bass: Setting<Bass>,
    #[debugfs(path = "vm_windows/row", mode = 0o664)]
    debug_row: [AtomicI16; 3],
    #[debugfs(path = "vm_windows/word", mode = 0o644)]
    debug_word: SysctlString<16>,
    #[debugfs(path = "vm_windows/lines")]
    debug_lines: Lines,
    #[debugfs(path = "vm_windows/deep/down/text")]
    debug_text: Text,
    #[debugfs(path = "vm_windows/sink", mode = 0o200)]
    debug_sink: Sink,
    #[debugfs(path = "vm_windows_top")]
    debug_top: Failing,
    #[sysfs(name = "u32", mode = 0o644)]
    attr_u32: AtomicU32,
    #[sysfs(name = "i64", mode = 0o600)]
    attr_i64: AtomicI64,
    #[sysfs(name = "bool", mode = 0o644)]
    attr_bool: AtomicBool,
    #[sysfs(name = "fixed")]
    attr_fixed: AtomicU8,
    #[sysfs(name = "bass", mode = 0o644)]
    attr_bass: Setting<Bass>,
    #[sysfs(mode = 0o664)]
    row: [AtomicI16; 3],
    #[sysfs(mode = 0o644)]
    word: SysctlString<16>,
    #[sysfs]
    page: Page,
    #[sysfs(name = "text")]
    attr_text: Text,
    #[sysfs(name = "sink", mode = 0o200)]
    attr_sink: Sink,
    #[sysfs(group = "limits", name = "low", mode = 0o644)]
    low: AtomicU32,
    #[sysfs(group = "limits", name = "level")]
    high: SysfsPolled<AtomicU32>,
    #[sysfs(group = "more")]
    more: Broken,
    #[sysfs]
    broken: Broken,
    #[sysfs]
    level: SysfsPolled<AtomicU32>,
    #[sysfs(mode = 0o200)]
    raise: Raise,
    #[sysfs(of = misc, name = "u32", mode = 0o644)]
    node_u32: AtomicU32,
    #[sysfs(of = misc, name = "i64", mode = 0o600)]
    node_i64: AtomicI64,
    #[sysfs(of = misc, name = "bool", mode = 0o644)]
    node_bool: AtomicBool,
    #[sysfs(of = misc, name = "bass", mode = 0o644)]
    node_bass: Setting<Bass>,
    #[sysfs(of = misc, name = "fixed")]
    node_fixed: AtomicU8,
    #[sysfs(of = misc, name = "page")]
    node_page: NodePage,
    #[sysfs(of = misc, name = "text")]
    node_text: Text,
    #[sysfs(of = misc, name = "sink", mode = 0o200)]
    node_sink: Sink,
    #[sysfs(of = misc, name = "broken")]
    node_broken: Broken,
    #[sysfs(of = misc, name = "level")]
    node_level: SysfsPolled<AtomicU32>,
    #[sysfs(of = misc, group = "limits", name = "low", mode = 0o644)]
    node_low: AtomicU32,
    #[sysfs(of = misc, group = "limits", name = "level")]
    node_high: SysfsPolled<AtomicU32>,
    #[sysfs(of = misc, group = "more", name = "more")]
    node_more: Broken,
    // Before its device, which does not matter.
    #[sysfs(of = chrdev, name = "row", mode = 0o664)]
    node_row: [AtomicI16; 3],
    #[chrdev(name = "vm_windows_chr")]
    chrdev: Nothing,
    #[sysfs_bin(mode = 0o644)]
    blob: Mutex<[u8; 32]>,
    #[sysfs_bin(size = 10_000, mode = 0o600)]
    eeprom: Eeprom,
    #[sysfs_bin]
    endless: Endless,
    #[sysfs_bin(size = 9)]
    few: Few,
    #[sysfs_bin]
    bytes: [AtomicU8; 5],
    #[sysfs_bin(mode = 0o200)]
    bin_sink: BinSink,
    #[sysfs_bin(group = "limits", name = "blob", mode = 0o644)]
    group_blob: Mutex<[u8; 32]>,
    #[sysfs_bin(group = "raw", name = "few", size = 9)]
    group_few: Few,
    #[sysfs_bin(of = misc, name = "blob", mode = 0o644)]
    node_blob: Mutex<[u8; 32]>,
    #[sysfs_bin(of = misc, name = "eeprom", size = 10_000, mode = 0o600)]
    node_eeprom: Eeprom,
    #[sysfs_bin(of = misc, group = "limits", name = "bytes")]
    node_bytes: [AtomicU8; 5],
    #[sysfs_bin(of = misc, group = "raw", name = "few", size = 9)]
    node_few: Few,
    #[debugfs_bin(path = "vm_windows/bin/blob", mode = 0o644)]
    debug_blob: Mutex<[u8; 32]>,
    #[debugfs_bin(path = "vm_windows/bin/eeprom", size = 10_000, mode = 0o600)]
    debug_eeprom: Eeprom,
    #[debugfs_bin(path = "vm_windows/bin/endless")]
    debug_endless: Endless,
    #[debugfs_bin(path = "vm_windows/bin/few", size = 9)]
    debug_few: Few,
    #[debugfs_bin(path = "vm_windows/bin/bytes")]
    debug_bytes: [AtomicU8; 5],
    #[debugfs_bin(path = "vm_windows/bin/bin_sink", mode = 0o200)]
    debug_bin_sink: BinSink,
    #[proc(path = "vm_windows/rows")]
    rows: Rows,
    #[debugfs(path = "vm_windows/rows")]
    debug_rows: Rows,
    #[proc(path = "vm_windows/backwards")]
    backwards: Backwards,
    #[proc(path = "vm_windows/keys")]
    keys: Keys,
    #[platform_driver(name = "vm_windows", devices = 2)]
    devices: Driver,
    #[platform_driver(name = "vm_windows_node", devices = 2)]
    nodes: NodeDriver,
    #[platform_driver(name = "vm_windows_bin", devices = 2)]
    bins: BinDriver,
}

#[derive(Clone, Copy, Default, ParamEnum)]
enum Bass {
    #[default]
    Flat,
    Boost,
    #[param(name = "cut")]
    CutOff,
}

#[derive(Default)]
struct Driver;

#[handlers]
impl PlatformDriver for Driver {
    type Module = Windows;
    type Device = Card;

    fn probe(&self, device: &PlatformDevice<'_, Self>) -> Result<Card> {
        Ok(Card {
            number: AtomicU32::new(device.index()),
            ..Card::default()
        })
    }
}

/// Each has a folder beside the module's files, and a file among them.
#[device]
#[derive(Default)]
struct Card {
    #[debugfs(path = "vm_windows/card{index}/number", mode = 0o644)]
    number: AtomicU32,
    #[debugfs(path = "vm_windows/card{index}/sleep")]
    sleep: Sleep,
    #[debugfs(path = "vm_windows/of{index}")]
    text: Text,
    #[sysfs(name = "number", mode = 0o644)]
    attr_number: AtomicU32,
    #[sysfs]
    first: First,
    #[sysfs(group = "limits", name = "number", mode = 0o644)]
    low: AtomicU32,
    #[sysfs(group = "limits", name = "first")]
    group_first: First,
    #[sysfs(name = "modalias")]
    taken: Taken,
    #[sysfs(group = "driver_override", name = "low")]
    taken_group: TakenGroup,
    #[sysfs]
    sleeping: Sleeping,
    /// Nobody completes it.
    undone: Completion,
}

/// Sleeps until its device goes.
#[derive(Default)]
struct Sleep;

#[handlers]
impl TextFile for Sleep {
    type Module = Windows;
    type Instance = Card;

    fn show(&self, file: &TextCall<'_, Self>, _to: &mut SeqFile<'_>) -> Result {
        file.module().i64.fetch_add(1, Ordering::Relaxed);
        file.instance().undone.wait()
    }
}

/// Nothing is done with it.
#[derive(Default)]
struct Nothing;

#[file_operations]
impl FileOperations for Nothing {}

/// How many [`Lines`] there are at most.
const LINES_MAX: u32 = 4000;

/// Many lines: more than the kernel's first buffer holds.
#[derive(Default)]
struct Lines;

#[handlers]
impl TextFile for Lines {
    type Instance = Windows;

    fn show(&self, file: &TextCall<'_, Self>, to: &mut SeqFile<'_>) -> Result {
        let lines = file.instance().u32.load(Ordering::Relaxed);
        for line in 0..lines.min(LINES_MAX) {
            writeln!(to, "line {line}")?;
        }
        Ok(())
    }
}

/// What was written last, up to a length.
#[derive(Default)]
struct Text(Mutex<KVec<u8>>);

/// How much a [`Text`] holds.
const TEXT_MAX: usize = 32;

#[handlers]
impl TextFile for Text {
    fn show(&self, _file: &TextCall<'_, Self>, to: &mut SeqFile<'_>) -> Result {
        to.write(&self.0.lock());
        Ok(())
    }

    fn write(&self, _file: &TextCall<'_, Self>, from: &mut UserReader<'_>) -> Result {
        let n = from.len().min(TEXT_MAX);
        let mut text = KVec::new();
        text.resize(n, 0, GFP_KERNEL)?;
        from.read(&mut text)?;
        *self.0.lock() = text;
        Ok(())
    }
}

/// Takes all, of those who may set the time.
#[derive(Default)]
struct Sink;

#[handlers]
impl TextFile for Sink {
    fn write(&self, file: &TextCall<'_, Self>, from: &mut UserReader<'_>) -> Result {
        may_set_the_time(&file.caller())?;
        from.skip(from.len())
    }
}

fn may_set_the_time(caller: &Caller<'_>) -> Result {
    match caller.capable(CAP_SYS_TIME) {
        true => Ok(()),
        false => Err(EPERM),
    }
}

/// Cannot be read.
#[derive(Default)]
struct Failing;

#[handlers]
impl TextFile for Failing {
    type Module = Windows;

    fn show(&self, file: &TextCall<'_, Self>, _to: &mut SeqFile<'_>) -> Result {
        match file.module().bool.load(Ordering::Relaxed) {
            true => Err(EXDEV),
            false => Ok(()),
        }
    }
}
