// SPDX-License-Identifier: GPL-2.0-only
//! A device behind a pointer: in a [`KBox`] if it is too big for the module struct, in an [`Arc`]
//! if something else refers to it too.

use core::ffi::c_long;
use core::marker::PhantomData;
use core::ops::RangeInclusive;

use super::{
    FasyncList, File, FileOperations, Handlers, Life, OpenFile, PollEvents, PollTable, SeekFrom,
};
use crate::alloc::{Arc, KBox};
use crate::error::Result;
use crate::ioctl::{Call, Dispatch, Ioctl};
use crate::mm::VmArea;
use crate::seq_file::SeqFile;
use crate::uaccess::{UserReader, UserWriter};

/// Calls of the same handlers of the device behind the pointer.
macro_rules! forward {
    ($(fn $name:ident($file:ident $(, $arg:ident: $Arg:ty)*) $(-> $Ret:ty)?;)*) => {$(
        fn $name(&self, $file: &File<'_, Self> $(, $arg: $Arg)*) $(-> $Ret)? {
            D::$name(self, &$file.of_device() $(, $arg)*)
        }
    )*};
}

/// A pointer's handlers are those of the device behind it.
macro_rules! behind {
    () => {
        type Module = D::Module;
        type Instance = D::Instance;
        type PerOpen = D::PerOpen;
        type Ioctl = Behind<D>;

        const HANDLERS: Handlers = D::HANDLERS;
        const LIFE: Life<D::PerOpen> = D::LIFE;

        fn open(&self, file: &OpenFile<'_, Self>) -> Result<D::PerOpen> {
            D::open(self, &file.of_device())
        }

        fn poll<'a>(&'a self, file: &File<'a, Self>, table: &mut PollTable<'a>) -> PollEvents {
            D::poll(self, &file.of_device(), table)
        }

        fn fasync<'a>(&'a self, file: &File<'a, Self>) -> &'a FasyncList {
            D::fasync(self, &file.of_device())
        }

        forward! {
            fn release(file);
            fn read(file, to: &mut UserWriter<'_>, pos: u64) -> Result;
            fn write(file, from: &mut UserReader<'_>, pos: u64) -> Result;
            fn read_iter(file, to: &mut UserWriter<'_>, pos: u64) -> Result;
            fn write_iter(file, from: &mut UserReader<'_>, pos: u64) -> Result;
            fn llseek(file, to: SeekFrom) -> Result<u64>;
            fn fsync(file, range: RangeInclusive<u64>, datasync: bool) -> Result;
            fn flush(file) -> Result;
            fn mmap(file, vma: &mut VmArea<'_>) -> Result;
            fn show_fdinfo(file, to: &mut SeqFile<'_>);
        }
    };
}

#[diagnostic::do_not_recommend]
impl<D: FileOperations + Send + Sync> FileOperations for Arc<D> {
    behind!();
}

#[diagnostic::do_not_recommend]
impl<D: FileOperations + Send + Sync> FileOperations for KBox<D> {
    behind!();
}

/// The commands of the device `D` behind a pointer.
pub struct Behind<D>(PhantomData<D>);

macro_rules! ioctls_behind {
    ($($pointer:ident),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<D: FileOperations + Send + Sync> Dispatch<$pointer<D>> for Behind<D> {
            const PRESENT: bool = <D::Ioctl as Ioctl<D>>::PRESENT;

            fn call(
                device: &$pointer<D>,
                file: &File<'_, $pointer<D>>,
                call: Call,
            ) -> Result<c_long> {
                <D::Ioctl as Ioctl<D>>::call(device, &file.of_device(), call)
            }
        }
    )*};
}

ioctls_behind!(Arc, KBox);
