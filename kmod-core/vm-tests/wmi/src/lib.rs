// SPDX-License-Identifier: GPL-2.0-only
//! A driver of firmware's blocks, by commands to a node of each.
#![no_std]
#![forbid(unsafe_code)]

#[path = "../../firmware/src/dump.rs"]
mod dump;

use core::fmt::Write;

use kmod_core::acpi::{ec_read, ec_transaction, ec_write};
use kmod_core::prelude::*;

use dump::{Text, dump};

/// Asks firmware's blocks
#[kernel_module(name = "vm_wmi", license = "GPL")]
#[derive(Default)]
struct Module {
    #[wmi_driver(
        name = "vm_wmi",
        ids = [
            "7A1B3C5D-0001-4E0F-8A9B-112233445566" => "events",
            "7A1B3C5D-0002-4E0F-8A9B-112233445566" => "methods",
            "7A1B3C5D-0003-4E0F-8A9B-112233445566" => "data",
            "7A1B3C5D-0004-4E0F-8A9B-112233445566" => "costly",
            "7A1B3C5D-0005-4E0F-8A9B-112233445566" => "others",
            "7A1B3C5D-0006-4E0F-8A9B-112233445566" => "missing",
        ],
    )]
    driver: Driver,
    /// By a GUID.
    #[misc(mode = 0o666)]
    vm_wmi_guid: ByGuid,
    answer: Mutex<Text>,
}

/// How many structs have gone since the module was loaded: `Drop` has nothing else to say it to.
static GONE: AtomicU32 = AtomicU32::new(0);

const METHODS: WmiGuid = WmiGuid::new("7A1B3C5D-0002-4E0F-8A9B-112233445566");
const UNDRIVEN: WmiGuid = WmiGuid::new("7A1B3C5D-0007-4E0F-8A9B-112233445566");
const NOWHERE: WmiGuid = WmiGuid::new("00000000-0000-0000-0000-000000000000");

#[derive(Default)]
struct Driver;

#[handlers]
impl WmiDriver for Driver {
    type Module = Module;
    type Device = Block;
    type Id = &'static str;

    fn probe(&self, device: &WmiDevice<'_, Self>) -> Result<Block> {
        let answer = device.method::<_, u32>(0, 2, &0u8);
        pr_info!("{} is {}: {answer:x?}", device.name(), device.id());
        Ok(Block::default())
    }

    fn notify(&self, block: &Block, event: &WmiEvent<'_>) {
        // It can ask firmware itself.
        if METHODS.method::<_, u32>(0, 2, &0u8) != Ok(0x1122_3344) {
            pr_err!("a handler cannot ask firmware");
        }
        let mut text = Text::default();
        let said = match event.value() {
            Some(value) => dump(&mut text, value),
            None => write!(text, "nothing "),
        };
        let typed = event.read::<[u8; 2]>();
        if said.is_err() || write!(text, "{typed:x?}").is_err() {
            pr_err!("an event is too long");
        }
        *block.event.lock() = text;
        block.events.fetch_add(1, Ordering::Relaxed);
        block.came.complete();
        // One that waits for what does not come, until the block goes.
        if typed == Ok([0xdd, 0xdd]) {
            let end = block.never.wait_uninterruptible();
            if end != Err(ENODEV) {
                pr_err!("a handler's sleep ended with {:?}", end);
            }
        }
    }
}

#[device]
#[derive(Default)]
struct Block {
    #[bus]
    block: WmiHandle,
    #[misc(name = "vm_wmi{index}", mode = 0o666)]
    node: Node,
    answer: Mutex<Text>,
    event: Mutex<Text>,
    events: AtomicU32,
    came: Completion,
    never: Completion,
}

impl Drop for Block {
    fn drop(&mut self) {
        if self.block.query::<u8>(0) != Err(ENODEV) {
            pr_err!("a block outlives its device");
        }
        GONE.fetch_add(1, Ordering::Relaxed);
    }
}

/// Bytes that are written as hexadecimal digits.
struct Bytes {
    bytes: [u8; 16],
    length: usize,
}

impl Bytes {
    fn of(text: &str) -> Result<Self> {
        let mut all = Self {
            bytes: [0; 16],
            length: text.len() / 2,
        };
        for (to, digits) in all.bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            let digits = core::str::from_utf8(digits).map_err(|_| EINVAL)?;
            *to = u8::from_str_radix(digits, 16).map_err(|_| EINVAL)?;
        }
        Ok(all)
    }

    fn get(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

/// What is asked of the embedded controller: a command, as many bytes as it answers with, and what it is told.
fn controller(text: &str) -> Result<Text> {
    let mut words = text.split(' ');
    let command = words.next().unwrap_or_default();
    let number: u8 = kmod_core::str::parse(words.next().unwrap_or("0"))?;
    let other: u8 = kmod_core::str::parse(words.next().unwrap_or("0"))?;
    let bytes = Bytes::of(words.next().unwrap_or_default())?;
    let mut answer = Text::default();
    match command {
        "read" => hex(&mut answer, &[ec_read(number)?])?,
        "write" => ec_write(number, other)?,
        "do" => {
            let mut answered = [0; 16];
            let wanted = answered.get_mut(..other.into()).ok_or(EINVAL)?;
            ec_transaction(number, bytes.get(), wanted)?;
            hex(&mut answer, wanted)?;
        }
        "long" => ec_transaction(number, &[0; 256], &mut [])?,
        "much" => ec_transaction(number, &[], &mut [0; 256])?,
        _ => return Err(ENOTTY),
    }
    Ok(answer)
}

/// What is asked of a block, whichever it is.
fn ask(block: &impl WmiBlock, text: &str) -> Result<Text> {
    let mut words = text.split(' ');
    let command = words.next().unwrap_or_default();
    let instance: u8 = kmod_core::str::parse(words.next().unwrap_or("0"))?;
    let method: u32 = kmod_core::str::parse(words.next().unwrap_or("0"))?;
    let bytes = Bytes::of(words.next().unwrap_or_default())?;
    let mut answer = Text::default();
    match command {
        "evaluate" => {
            let object = block.evaluate(instance, method, bytes.get())?;
            dump(&mut answer, object.value())?;
        }
        "procedure" => block.procedure(instance, method, &bytes.bytes)?,
        "two" => hex(
            &mut answer,
            &block.method::<_, [u8; 2]>(instance, method, &bytes.bytes)?,
        )?,
        "four" => hex(
            &mut answer,
            &block.method::<_, [u8; 4]>(instance, method, &bytes.bytes)?,
        )?,
        "sixteen" => hex(
            &mut answer,
            &block.method::<_, [u8; 16]>(instance, method, &bytes.bytes)?,
        )?,
        "query" => dump(&mut answer, block.query_object(instance)?.value())?,
        "six" => hex(&mut answer, &block.query::<[u8; 6]>(instance)?)?,
        "set" => block.set(instance, &bytes.bytes)?,
        _ => return Err(ENOTTY),
    }
    Ok(answer)
}

fn hex(to: &mut Text, bytes: &[u8]) -> core::fmt::Result {
    bytes.iter().try_for_each(|byte| write!(to, "{byte:02x}"))
}

#[derive(Default)]
struct Node;

#[file_operations]
impl FileOperations for Node {
    type Instance = Block;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos > 0 {
            return Ok(());
        }
        to.write(file.instance().answer.lock().as_bytes()).map(drop)
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let text = from.read_all(64, GFP_KERNEL)?;
        let text = core::str::from_utf8(&text).map_err(|_| EINVAL)?;
        let block = file.instance();
        let mut answer = Text::default();
        match text {
            "ready" => block.came.reinit(),
            "wait" => {
                block.came.wait()?;
                answer.write_str(
                    core::str::from_utf8(block.event.lock().as_bytes()).map_err(|_| EINVAL)?,
                )?;
            }
            "count" => write!(answer, "{}", block.events.load(Ordering::Relaxed))?,
            other => answer = ask(&block.block, other)?,
        }
        *block.answer.lock() = answer;
        Ok(())
    }
}

#[derive(Default)]
struct ByGuid;

#[file_operations]
impl FileOperations for ByGuid {
    type Module = Module;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos > 0 {
            return Ok(());
        }
        to.write(file.module().answer.lock().as_bytes()).map(drop)
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let text = from.read_all(64, GFP_KERNEL)?;
        let text = core::str::from_utf8(&text).map_err(|_| EINVAL)?;
        let answer = match text.split_once(' ') {
            None if text == "gone" => {
                let mut answer = Text::default();
                let there = [METHODS, UNDRIVEN, NOWHERE].map(|guid| guid.is_there());
                write!(answer, "{} {there:?}", GONE.load(Ordering::Relaxed))?;
                answer
            }
            Some(("ec", command)) => controller(command)?,
            Some(("methods", command)) => ask(&METHODS, command)?,
            Some(("undriven", command)) => ask(&UNDRIVEN, command)?,
            Some(("nowhere", command)) => ask(&NOWHERE, command)?,
            _ => return Err(ENOTTY),
        };
        *file.module().answer.lock() = answer;
        Ok(())
    }
}
