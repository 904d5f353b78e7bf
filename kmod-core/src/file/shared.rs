// SPDX-License-Identifier: GPL-2.0-only
//! A device behind a pointer: in a [`KBox`] if it is too big for the module struct, in an [`Arc`]
//! if something else refers to it too.

use super::{File, FileOperations, Handlers, OpenFile, SeekFrom};
use crate::alloc::{Arc, KBox};
use crate::error::Result;
use crate::uaccess::{UserReader, UserWriter};

macro_rules! behind {
    ($($pointer:ident),*) => {$(
        impl<D: FileOperations> FileOperations for $pointer<D> {
            type Module = D::Module;
            type PerOpen = D::PerOpen;

            const HANDLERS: Handlers = D::HANDLERS;

            fn open(&self, file: &OpenFile<'_, Self>) -> Result<D::PerOpen> {
                D::open(self, &file.of_device())
            }

            fn release(&self, file: &File<'_, Self>) {
                D::release(self, &file.of_device());
            }

            fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
                D::read(self, &file.of_device(), to, pos)
            }

            fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, pos: u64) -> Result {
                D::write(self, &file.of_device(), from, pos)
            }

            fn llseek(&self, file: &File<'_, Self>, to: SeekFrom) -> Result<u64> {
                D::llseek(self, &file.of_device(), to)
            }
        }
    )*};
}

behind!(Arc, KBox);
