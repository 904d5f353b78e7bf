// SPDX-License-Identifier: GPL-2.0-only
impl FileOperations for Reader {
    type Module = ();
    type Instance = ();
    type PerOpen = ();
    type Ioctl = ();
    const HANDLERS: ::kmod_core::__private::Handlers = ::kmod_core::__private::Handlers {
        read: true,
        ..::kmod_core::__private::Handlers::NONE
    };
    fn open(
        &self,
        _file: &::kmod_core::file::OpenFile<'_, Self>,
    ) -> ::kmod_core::error::Result<()> {
        ::core::result::Result::Ok(())
    }
    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        to.write_at(pos, b"hello")
    }
}
impl FileOperations for Counter {
    type Instance = ();
    type Ioctl = ();
    const HANDLERS: ::kmod_core::__private::Handlers = ::kmod_core::__private::Handlers {
        release: true,
        write: true,
        ..::kmod_core::__private::Handlers::NONE
    };
    const LIFE: ::kmod_core::__private::Life<Self::PerOpen> = {
        use ::kmod_core::__private::PlainLife as _;
        const {
            (::kmod_core::__private::some_life)(
                ::kmod_core::__private::LifeOf::<Self::PerOpen>::LIFE,
            )
        }
    };
    type Module = Ticket;
    type PerOpen = AtomicU32;
    fn open(&self, file: &OpenFile<'_, Self>) -> Result<AtomicU32> {
        Ok(AtomicU32::new(0))
    }
    fn release(&self, file: &File<'_, Self>) {}
    fn write(
        &self,
        file: &File<'_, Self>,
        from: &mut UserReader<'_>,
        pos: u64,
    ) -> Result {
        from.skip()
    }
}
const _: &[()] = &[
    ::kmod_core::__private::keys::file_operations::ATTRIBUTE,
    ::kmod_core::__private::keys::file_operations::open,
    ::kmod_core::__private::keys::file_operations::splice_read,
    ::kmod_core::__private::keys::file_operations::rwf,
];
impl FileOperations for Stream {
    type Module = ();
    type Instance = ();
    type PerOpen = ();
    type Ioctl = ();
    const HANDLERS: ::kmod_core::__private::Handlers = ::kmod_core::__private::Handlers {
        read_iter: true,
        fasync: true,
        open_as: ::kmod_core::__private::OpenAs::Stream,
        splice_read: true,
        nowait: true,
        ..::kmod_core::__private::Handlers::NONE
    };
    fn open(
        &self,
        _file: &::kmod_core::file::OpenFile<'_, Self>,
    ) -> ::kmod_core::error::Result<()> {
        ::core::result::Result::Ok(())
    }
    fn read_iter(
        &self,
        file: &File<'_, Self>,
        to: &mut UserWriter<'_>,
        pos: u64,
    ) -> Result {
        to.write(b"hello")
    }
    fn fasync<'fasync>(
        &'fasync self,
        file: &File<'fasync, Self>,
    ) -> &'fasync FasyncList {
        &self.readers
    }
}
const _: &[()] = &[
    ::kmod_core::__private::keys::file_operations::ATTRIBUTE,
    ::kmod_core::__private::keys::file_operations::llseek,
];
impl FileOperations for Fixed {
    type Module = ();
    type Instance = ();
    type PerOpen = ();
    type Ioctl = ();
    const HANDLERS: ::kmod_core::__private::Handlers = ::kmod_core::__private::Handlers {
        llseek_as: ::kmod_core::__private::LlseekAs::FixedSize(SIZE),
        ..::kmod_core::__private::Handlers::NONE
    };
    fn open(
        &self,
        _file: &::kmod_core::file::OpenFile<'_, Self>,
    ) -> ::kmod_core::error::Result<()> {
        ::core::result::Result::Ok(())
    }
}
