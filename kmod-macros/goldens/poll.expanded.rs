// SPDX-License-Identifier: GPL-2.0-only
impl FileOperations for Elided {
    type Module = ();
    type Instance = ();
    type PerOpen = ();
    type Ioctl = ();
    const HANDLERS: ::kmod_core::__private::Handlers = ::kmod_core::__private::Handlers {
        poll: true,
        mmap: true,
        fasync: true,
        ..::kmod_core::__private::Handlers::NONE
    };
    fn open(
        &self,
        _file: &::kmod_core::file::OpenFile<'_, Self>,
    ) -> ::kmod_core::error::Result<()> {
        ::core::result::Result::Ok(())
    }
    fn poll<'poll>(
        &'poll self,
        file: &File<'poll, Self>,
        table: &mut PollTable<'poll>,
    ) -> PollEvents {
        table.wait(&self.queue);
        PollEvents::READABLE
    }
    fn mmap(&self, file: &File<'_, Self>, vma: &mut VmArea<'_>) -> Result {
        vma.map(&self.buffer)
    }
    fn fasync<'fasync>(
        &'fasync self,
        file: &File<'fasync, Self>,
    ) -> &'fasync FasyncList {
        &file.state().list
    }
}
impl FileOperations for Named {
    type Module = ();
    type Instance = ();
    type PerOpen = ();
    type Ioctl = ();
    const HANDLERS: ::kmod_core::__private::Handlers = ::kmod_core::__private::Handlers {
        poll: true,
        ..::kmod_core::__private::Handlers::NONE
    };
    fn open(
        &self,
        _file: &::kmod_core::file::OpenFile<'_, Self>,
    ) -> ::kmod_core::error::Result<()> {
        ::core::result::Result::Ok(())
    }
    fn poll<'a>(
        &'a self,
        file: &File<'a, Self>,
        table: &mut PollTable<'a>,
    ) -> PollEvents {
        table.wait(&self.queue);
        PollEvents::READABLE
    }
}
