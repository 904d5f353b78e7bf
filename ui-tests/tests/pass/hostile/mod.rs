// SPDX-License-Identifier: GPL-2.0-only
//! Every attribute where nothing is in scope, and what is called as the expansion's parts are is
//! something else.

use ::kmod_core::{ParamEnum, file_operations, ioctl, kernel_module, uapi};

mod alloc {}
mod core {}
mod error {}
mod file {}
mod kmod_core {}
mod params {}
mod std {}
mod sysctl {}

struct Box;
struct CStr;
struct Default;
struct Err;
struct Field;
struct FnOnce;
struct Handlers;
struct Module;
struct None;
struct Object;
struct Ok;
struct Option;
struct Result;
struct Send;
struct Sized;
struct Some;
struct Static;
struct Sync;
#[expect(non_camel_case_types, reason = "a type of the language is called so")]
struct bool;
#[expect(non_camel_case_types, reason = "a type of the language is called so")]
struct i32;
#[expect(non_camel_case_types, reason = "a type of the language is called so")]
struct str;
#[expect(non_camel_case_types, reason = "a type of the language is called so")]
struct u16;
#[expect(non_camel_case_types, reason = "a type of the language is called so")]
struct usize;

macro_rules! assert {
    () => {};
}
macro_rules! cfg {
    () => {};
}
macro_rules! format_args {
    () => {};
}
macro_rules! panic {
    () => {};
}

/// A module.
#[kernel_module(
    name = "hostile",
    license = "GPL",
    params(
        /// A way.
        #[param(perm = 0o644, on_change = Ticket::turn)]
        way: Way = Way::Left,
        #[param(range = 1..=MOST)]
        count: u32 = 1,
        init: u32 = MOST,
        name: &str = "name",
        list: [u8; 2] = [1, 2],
    ),
)]
pub(crate) struct Ticket {
    #[chrdev]
    init: Device,
    #[misc(nodename = "hostile/misc")]
    get: Device,
    #[chrdev_region(minors = 2)]
    objects: ::kmod_core::chrdev::ChrdevRegion,
    #[sysctl(path = "hostile/slot", range = 1..=MOST, format = hex, on_change = Ticket::changed)]
    slot: ::core::sync::atomic::AtomicU32,
    #[sysctl(path = "hostile/module")]
    module: ::core::sync::atomic::AtomicBool,
    #[filesystem]
    params: Tree,
    core: u32,
}

const MOST: u32 = 9;

impl Ticket {
    fn turn(&self, way: Way) {
        let stored = match way {
            Way::Left => true,
            Way::Right => false,
        };
        self.module
            .store(stored, ::core::sync::atomic::Ordering::Relaxed);
    }

    fn changed(&self) {
        ::kmod_core::pr_info!("{}", self.core);
    }
}

/// Which way.
#[derive(::core::clone::Clone, ::core::marker::Copy, ParamEnum)]
enum Way {
    Left,
    Right,
}

impl ::kmod_core::KernelModule for Ticket {
    fn init(params: &TicketParams) -> ::kmod_core::Result<Self> {
        let way = params.way();
        let all = (params.count(), params.init(), params.name(), params.list());
        ::kmod_core::pr_info!("{} {} {} {}", all.0, all.1, all.2, all.3.len());
        let new = Self {
            init: Device,
            get: Device,
            objects: ::kmod_core::chrdev::ChrdevRegion::new(),
            slot: ::core::sync::atomic::AtomicU32::new(1),
            module: ::core::sync::atomic::AtomicBool::new(true),
            params: Tree,
            core: 1,
        };
        new.turn(way);
        ::core::result::Result::Ok(new)
    }
}

struct Device;

#[file_operations]
impl ::kmod_core::file::FileOperations for Device {
    type Module = Ticket;
    type Ioctl = Cmd;

    fn read(
        &self,
        file: &::kmod_core::file::File<'_, Self>,
        _to: &mut ::kmod_core::uaccess::UserWriter<'_>,
        _pos: u64,
    ) -> ::kmod_core::Result {
        file.module().changed();
        ::core::result::Result::Ok(())
    }
}

struct Tree;

impl ::kmod_core::filesystem::FileSystem for Tree {
    type Module = ();

    const TREE: &'static [::kmod_core::filesystem::Node<Self>] = &[];
}

/// What is shared.
#[uapi]
#[derive(::core::clone::Clone, ::core::marker::Copy)]
pub(crate) struct Limits {
    /// The least.
    pub(crate) min: u32,
    max: u32,
}

/// The commands.
#[ioctl(magic = b'H')]
pub(crate) enum Cmd {
    /// Reads both.
    #[ior(1)]
    Get(Limits),
    /// Writes both.
    #[iow(2)]
    Set(Limits),
}

impl CmdHandler for Device {
    fn get(&self, _file: &::kmod_core::file::File<'_, Self>) -> ::kmod_core::Result<Limits> {
        ::core::result::Result::Ok(Limits { min: 1, max: 2 })
    }

    fn set(
        &self,
        _file: &::kmod_core::file::File<'_, Self>,
        limits: Limits,
    ) -> ::kmod_core::Result {
        ::kmod_core::pr_info!("{} to {}", limits.min, limits.max);
        ::core::result::Result::Ok(())
    }
}

/// So that nothing is unused.
pub(crate) fn used() {
    let _ = (
        Box, CStr, Err, Field, Handlers, Module, None, Object, Ok, Option, Result, Some,
    );
    let _ = (
        Default, FnOnce, Send, Sized, Static, Sync, bool, i32, str, u16, usize,
    );
    assert!();
    cfg!();
    format_args!();
    panic!();
    ::kmod_core::pr_info!("{}", Cmd::GET + Cmd::SET);
}
