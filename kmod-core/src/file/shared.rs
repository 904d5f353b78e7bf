// SPDX-License-Identifier: GPL-2.0-only
//! A device behind a pointer: in a [`KBox`] if it is too big for the module struct, in an [`Arc`]
//! if something else refers to it too.

use super::{File, FileOperations, Handlers, OpenFile, PollEvents, PollTable, SeekFrom};
use crate::alloc::{Arc, KBox};
use crate::error::Result;
use crate::mm::VmArea;
use crate::uaccess::{UserReader, UserWriter};

/// A pointer's handlers are those of the device behind it.
macro_rules! behind {
    ($($pointer:ident),*; $handlers:tt) => {
        $(behind!(@ $pointer $handlers);)*
    };
    (@ $pointer:ident {
        $(fn $name:ident($file:ident $(, $arg:ident: $Arg:ty)*) $(-> $Ret:ty)?;)*
    }) => {
        #[diagnostic::do_not_recommend]
        impl<D: FileOperations + Send + Sync> FileOperations for $pointer<D> {
            type Module = D::Module;
            type PerOpen = D::PerOpen;

            const HANDLERS: Handlers = D::HANDLERS;

            fn open(&self, file: &OpenFile<'_, Self>) -> Result<D::PerOpen> {
                D::open(self, &file.of_device())
            }

            fn poll<'a>(
                &'a self,
                file: &File<'a, Self>,
                table: &mut PollTable<'a>,
            ) -> PollEvents {
                D::poll(self, &file.of_device(), table)
            }

            $(fn $name(&self, $file: &File<'_, Self> $(, $arg: $Arg)*) $(-> $Ret)? {
                D::$name(self, &$file.of_device() $(, $arg)*)
            })*
        }
    };
}

behind!(Arc, KBox; {
    fn release(file);
    fn read(file, to: &mut UserWriter<'_>, pos: u64) -> Result;
    fn write(file, from: &mut UserReader<'_>, pos: u64) -> Result;
    fn llseek(file, to: SeekFrom) -> Result<u64>;
    fn mmap(file, vma: &mut VmArea<'_>) -> Result;
});
