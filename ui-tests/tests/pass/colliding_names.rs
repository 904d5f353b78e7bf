// SPDX-License-Identifier: GPL-2.0-only
//! The user may call things as the framework, the kernel and the standard library do.
#![forbid(unsafe_code)]
#![deny(warnings)]

use ::kmod_core::prelude::{
    CStr, ChrdevRegion, FileOperations, KernelModule, ModuleInfo, file_operations, kernel_module,
};

mod core {}
mod kmod_core {}
mod std {}

type Result = u32;
struct Option;
struct String;
#[derive(Default)]
struct Param(u32);
#[derive(Default)]
struct Module;
struct Field;
struct Object;
trait Send {}
trait Sync {}
impl Send for Object {}
impl Sync for Object {}

macro_rules! assert {
    () => {};
}

#[kernel_module(
    name = "core",
    license = "GPL",
    params(
        init: u32 = 1,
        get: bool = true,
        new: &str = "new",
        params: u32 = DEFAULT,
        name: &CStr = "name",
    ),
)]
struct Ticket {
    #[chrdev]
    init: Module,
    #[chrdev(name = "main")]
    exit: Module,
    #[chrdev_region]
    module: ChrdevRegion,
    slot: Param,
}

const DEFAULT: u32 = 3;

impl KernelModule for Ticket {
    fn init(params: &TicketParams) -> ::kmod_core::Result<Self> {
        let _strings = (params.new(), params.name(), params.get(), params.init());
        Ok(Self {
            init: Module,
            exit: Module,
            module: ChrdevRegion::default(),
            slot: Param(params.params()),
        })
    }
}

#[file_operations]
impl FileOperations for Module {
    type Module = Ticket;

    fn open(&self, file: &::kmod_core::prelude::OpenFile<'_, Self>) -> ::kmod_core::Result {
        let _slot: Result = file.module().slot.0;
        Ok(())
    }
}

fn both(_: &(impl Send + Sync)) {}

fn main() {
    both(&Object);
    let _all = (Option, String, Field, Object, Ticket::params().init());
    assert!();
    assert_eq!(DEFAULT, 3);
}
