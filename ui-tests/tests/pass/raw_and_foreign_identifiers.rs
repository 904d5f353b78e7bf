// SPDX-License-Identifier: GPL-2.0-only
//! Names that Rust reserves, and names beyond ASCII where the kernel does not see them.
#![forbid(unsafe_code)]
#![deny(warnings)]

use kmod_core::prelude::*;

#[kernel_module(name = "raw", license = "GPL", params(r#type: u32 = 1, r#match: bool = true))]
#[derive(Default)]
struct r#Struct {
    #[chrdev]
    r#fn: Gerät,
    #[chrdev(name = "device")]
    gerät: Gerät,
    größe: u32,
    _next: Option<&'static Self>,
}

#[derive(Default)]
struct Gerät;

#[file_operations]
impl FileOperations for Gerät {
    type Module = r#Struct;

    fn open(&self, file: &OpenFile<'_, Self>) -> Result {
        let _größe = file.module().größe;
        Ok(())
    }
}

fn main() {
    let _both = (Struct::params().r#type(), Struct::params().r#match());
}
