// SPDX-License-Identifier: GPL-2.0-only
//! A pad of several touches that shakes, and keys with scan codes.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::class::input::{FfEffect, MtTool};
use kmod_core::prelude::*;

/// Has a pad and keys
#[kernel_module(name = "vm_touch", license = "GPL")]
#[derive(Default)]
struct Module {
    #[platform_driver(name = "vm_touch", devices = 1)]
    driver: Driver,
}

#[derive(Default)]
struct Driver;

#[handlers]
impl PlatformDriver for Driver {
    type Device = Board;

    fn probe(&self, _device: &PlatformDevice<'_, Self>) -> Result<Board> {
        Ok(Board::default())
    }
}

#[device]
#[derive(Default)]
struct Board {
    #[input(
        name = "vm_touch pad",
        absolute(
            ABS_MT_POSITION_X(0..=4095, fuzz = 2),
            ABS_MT_POSITION_Y(0..=2047, resolution = 10),
            ABS_MT_PRESSURE(0..=255),
        ),
        slots = 4,
        slot_flags(direct, drop_unused),
        force_feedback(FF_RUMBLE),
    )]
    pad: Input<Shaker>,
    #[input(
        name = "vm_touch stick",
        absolute(ABS_X(-128..=127)),
        force_feedback(FF_CONSTANT),
    )]
    stick: Input<Shaker>,
    #[input(
        name = "vm_touch keys",
        keymap(
            KE_KEY(0x01, KEY_PROG1),
            KE_KEY(0x02, KEY_WLAN),
            // The same key by another code.
            KE_KEY(0x8000_0002, KEY_WLAN),
            KE_KEY(0x03, BTN_LEFT),
            KE_SW(0x10, SW_LID, 1),
            KE_SW(0x11, SW_LID, 0),
            KE_VSW(0x20, SW_TABLET_MODE),
            KE_IGNORE(0x30),
        ),
    )]
    keys: Input,
    #[input(
        name = "vm_touch switches",
        keymap(KE_SW(0x10, SW_DOCK, 1), KE_SW(0x11, SW_DOCK, 0))
    )]
    switches: Input,
    /// A write touches it; a read says how it was shaken.
    #[misc(name = "vm_touch", mode = 0o666)]
    node: Node,
    /// No attribute knows it.
    inert: Input,
}

/// How it was shaken, first of all.
#[derive(Default)]
struct Shaker(SpinLockIrq<Shakes>);

#[derive(Default)]
struct Shakes {
    all: [(i32, u32); 16],
    count: usize,
}

#[handlers]
impl InputOps for Shaker {
    type Instance = Board;

    fn play_effect(&self, _input: &InputCall<'_, Self>, effect: FfEffect) {
        let shake = match effect {
            FfEffect::Rumble { strong, weak } => (strong.into(), weak.into()),
            FfEffect::Constant { x, y } => (x.into(), i32::from(y).cast_unsigned()),
        };
        pr_info!("shakes {} {}", shake.0, shake.1);
        self.0.with(|shakes| {
            if let Some(to) = shakes.all.get_mut(shakes.count) {
                *to = shake;
                shakes.count += 1;
            }
        });
    }
}

#[derive(Default)]
struct Node;

#[file_operations]
impl FileOperations for Node {
    type Instance = Board;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos > 0 {
            return Ok(());
        }
        let board = file.instance();
        for shaker in [board.pad.handler(), board.stick.handler()] {
            let (all, count) = shaker.0.with(|shakes| (shakes.all, shakes.count));
            for (strong, weak) in all.iter().take(count) {
                write!(to, "{strong} {weak}, ")?;
            }
            writeln!(to)?;
        }
        Ok(())
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let text = from.read_all(64, GFP_KERNEL)?;
        let text = core::str::from_utf8(&text).map_err(|_| EINVAL)?;
        let mut words = text.split(' ');
        let command = words.next().unwrap_or_default();
        let mut numbers = [0; 3];
        for (number, word) in numbers.iter_mut().zip(words) {
            *number = kmod_core::str::parse(word)?;
        }
        let board = file.instance();
        if let "scan" | "tap" | "entry" = command {
            scan(&board.inert, command, numbers)?;
            scan(&board.switches, command, numbers)?;
            let is_known = scan(&board.keys, command, numbers)?;
            // It has no keymap.
            if scan(&board.stick, command, numbers)? {
                return Err(EIO);
            }
            return if is_known { Ok(()) } else { Err(ENOENT) };
        }
        tell(&board.inert, command, numbers)?;
        tell(&board.pad, command, numbers)
    }
}

/// Has a pad report something.
fn tell<H>(pad: &Input<H>, command: &str, [first, tool, is_active]: [i32; 3]) -> Result {
    let tool = match tool {
        1 => MtTool::Pen,
        2 => MtTool::Palm,
        _ => MtTool::Finger,
    };
    match command {
        "slot" => pad.report_slot(first.try_into()?, tool, is_active != 0),
        "x" => pad.report_abs(input::ABS_MT_POSITION_X, first),
        "y" => pad.report_abs(input::ABS_MT_POSITION_Y, first),
        "pressure" => pad.report_abs(input::ABS_MT_PRESSURE, first),
        // It is none of this pad.
        "distance" => pad.report_abs(input::ABS_MT_DISTANCE, first),
        "frame" => pad.sync_frame(),
        "sync" => pad.sync(),
        _ => return Err(EINVAL),
    }
    Ok(())
}

/// Has keys report a scan code, or says what it stands for; whether they know it.
fn scan<H>(keys: &Input<H>, command: &str, [code, is_on, _]: [i32; 3]) -> Result<bool> {
    let code = code.cast_unsigned();
    Ok(match command {
        "scan" => keys.report_scan(code, is_on != 0),
        "tap" => keys.report_scan_and_release(code),
        "entry" => {
            let Some(entry) = keys.scan_entry(code) else {
                return Ok(false);
            };
            let (kind, is, is_on) = match entry {
                KeyEntry::Key(key) => (1, key.code(), false),
                KeyEntry::Switch(switch, is_on) => (2, switch.code(), is_on),
                KeyEntry::VariableSwitch(switch) => (3, switch.code(), false),
                KeyEntry::Ignore => (4, 0, false),
            };
            pr_info!("{code:#x} is {kind} {is} {}", u8::from(is_on));
            true
        }
        _ => return Err(EINVAL),
    })
}
