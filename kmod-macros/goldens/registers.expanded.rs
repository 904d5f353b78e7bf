// SPDX-License-Identifier: GPL-2.0-only
/// Registers of each kind.
struct Engine;
const _: () = {
    const _: &[()] = &[
        ::kmod_core::__private::keys::registers::ATTRIBUTE,
        ::kmod_core::__private::keys::registers::size,
        ::kmod_core::__private::keys::rw::ATTRIBUTE,
        ::kmod_core::__private::keys::rw::alias,
        ::kmod_core::__private::keys::rw::ATTRIBUTE,
        ::kmod_core::__private::keys::rw::reset,
        ::kmod_core::__private::keys::rw::ATTRIBUTE,
        ::kmod_core::__private::keys::rw::stride,
        ::kmod_core::__private::keys::rw::reset,
        ::kmod_core::__private::keys::rw::ATTRIBUTE,
        ::kmod_core::__private::keys::rw::stride,
        ::kmod_core::__private::keys::rw::ATTRIBUTE,
        ::kmod_core::__private::keys::rw::stride,
    ];
    impl ::kmod_core::__private::Registers for Engine {
        const SIZE: ::core::primitive::usize = 1024;
        const ALIGN: ::core::primitive::usize = ::kmod_core::__private::widest(
            &[
                ::kmod_core::__private::width::<Causes>(),
                ::kmod_core::__private::width::<Causes>(),
                ::kmod_core::__private::width::<u8>(),
                ::kmod_core::__private::width::<u32>(),
                ::kmod_core::__private::width::<u32>(),
                <Channel as ::kmod_core::__private::Registers>::ALIGN,
                #[cfg(any())]
                <Channel as ::kmod_core::__private::Registers>::ALIGN,
            ],
        );
        const BIG_ENDIAN: ::core::primitive::bool = false;
        const ROWS: &'static [::kmod_core::__private::Row] = &[
            ::kmod_core::__private::Row {
                placing: ::kmod_core::__private::Placing {
                    offset: 0,
                    size: ::kmod_core::__private::width::<Causes>(),
                    align: ::kmod_core::__private::width::<Causes>(),
                    count: 1,
                    stride: ::kmod_core::__private::width::<Causes>(),
                    access: (true, false),
                },
                volatile: true,
                cleared: true,
                reset: ::core::option::Option::None,
                block: &[],
            },
            ::kmod_core::__private::Row {
                placing: ::kmod_core::__private::Placing {
                    offset: 0,
                    size: ::kmod_core::__private::width::<Causes>(),
                    align: ::kmod_core::__private::width::<Causes>(),
                    count: 1,
                    stride: ::kmod_core::__private::width::<Causes>(),
                    access: (true, true),
                },
                volatile: true,
                cleared: false,
                reset: ::core::option::Option::None,
                block: &[],
            },
            ::kmod_core::__private::Row {
                placing: ::kmod_core::__private::Placing {
                    offset: 4,
                    size: ::kmod_core::__private::width::<u8>(),
                    align: ::kmod_core::__private::width::<u8>(),
                    count: 1,
                    stride: ::kmod_core::__private::width::<u8>(),
                    access: (true, true),
                },
                volatile: false,
                cleared: false,
                reset: ::core::option::Option::Some(129),
                block: &[],
            },
            ::kmod_core::__private::Row {
                placing: ::kmod_core::__private::Placing {
                    offset: 64,
                    size: ::kmod_core::__private::width::<u32>(),
                    align: ::kmod_core::__private::width::<u32>(),
                    count: 16,
                    stride: 8,
                    access: (true, true),
                },
                volatile: false,
                cleared: false,
                reset: ::core::option::Option::Some(1),
                block: &[],
            },
            ::kmod_core::__private::Row {
                placing: ::kmod_core::__private::Placing {
                    offset: 68,
                    size: ::kmod_core::__private::width::<u32>(),
                    align: ::kmod_core::__private::width::<u32>(),
                    count: 16,
                    stride: 8,
                    access: (true, true),
                },
                volatile: false,
                cleared: false,
                reset: ::core::option::Option::None,
                block: &[],
            },
            ::kmod_core::__private::Row {
                placing: ::kmod_core::__private::Placing {
                    offset: 256,
                    size: <Channel as ::kmod_core::__private::Registers>::SIZE,
                    align: <Channel as ::kmod_core::__private::Registers>::ALIGN,
                    count: 4,
                    stride: 32,
                    access: (true, true),
                },
                volatile: true,
                cleared: false,
                reset: ::core::option::Option::None,
                block: <Channel as ::kmod_core::__private::Registers>::ROWS,
            },
            #[cfg(any())]
            ::kmod_core::__private::Row {
                placing: ::kmod_core::__private::Placing {
                    offset: 512,
                    size: <Channel as ::kmod_core::__private::Registers>::SIZE,
                    align: <Channel as ::kmod_core::__private::Registers>::ALIGN,
                    count: 1,
                    stride: <Channel as ::kmod_core::__private::Registers>::SIZE,
                    access: (true, true),
                },
                volatile: true,
                cleared: false,
                reset: ::core::option::Option::None,
                block: <Channel as ::kmod_core::__private::Registers>::ROWS,
            },
        ];
    }
    #[allow(dead_code, reason = "a driver does not use all that its device has")]
    impl Engine {
        /// What has happened.
        pub const CAUSES: ::kmod_core::__private::Register<
            Engine,
            Causes,
            ::kmod_core::__private::ReadToClear,
        > = (::kmod_core::__private::Register::at)(0);
        const SERVED: ::kmod_core::__private::Register<
            Engine,
            Causes,
            ::kmod_core::__private::WriteOneToClear,
        > = (::kmod_core::__private::Register::at)(0);
        pub const MODE: ::kmod_core::__private::Register<
            Engine,
            u8,
            ::kmod_core::__private::ReadWrite,
        > = (::kmod_core::__private::Register::at)(4);
        ///What `r#mode` holds after a reset: 0x81.
        pub const MODE_RESET: u8 = <u8 as ::kmod_core::__private::ConstValue<
            129,
        >>::VALUE;
        const LOW: ::kmod_core::__private::RegisterArray<
            Engine,
            u32,
            ::kmod_core::__private::ReadWrite,
            { 16 },
        > = (::kmod_core::__private::RegisterArray::at)(64, 8);
        ///What `low` holds after a reset: 1.
        const LOW_RESET: u32 = <u32 as ::kmod_core::__private::ConstValue<1>>::VALUE;
        const HIGH: ::kmod_core::__private::RegisterArray<
            Engine,
            u32,
            ::kmod_core::__private::ReadWrite,
            { 16 },
        > = (::kmod_core::__private::RegisterArray::at)(68, 8);
        const CHANNELS: ::kmod_core::__private::BlockArray<Engine, Channel, { 4 }> = (::kmod_core::__private::BlockArray::at)(
            256,
            32,
        );
        #[cfg(any())]
        const OTHER: ::kmod_core::__private::Block<Engine, Channel> = (::kmod_core::__private::Block::at)(
            512,
        );
    }
    const _: () = (::kmod_core::__private::assert_placed)(
        &::kmod_core::__private::Placing {
            offset: 0,
            size: ::kmod_core::__private::width::<Causes>(),
            align: ::kmod_core::__private::width::<Causes>(),
            count: 1,
            stride: ::kmod_core::__private::width::<Causes>(),
            access: (true, false),
        },
        1024,
        "register `causes` is not aligned: 0x00 is no multiple of its size",
        "register `causes` is no multiple of its size, so the next one is not aligned",
        "register `causes` is not in its map, which has 0x400 bytes",
    );
    const _: () = (::kmod_core::__private::assert_placed)(
        &::kmod_core::__private::Placing {
            offset: 0,
            size: ::kmod_core::__private::width::<Causes>(),
            align: ::kmod_core::__private::width::<Causes>(),
            count: 1,
            stride: ::kmod_core::__private::width::<Causes>(),
            access: (true, true),
        },
        1024,
        "register `served` is not aligned: 0x00 is no multiple of its size",
        "register `served` is no multiple of its size, so the next one is not aligned",
        "register `served` is not in its map, which has 0x400 bytes",
    );
    const _: () = (::kmod_core::__private::assert_placed)(
        &::kmod_core::__private::Placing {
            offset: 4,
            size: ::kmod_core::__private::width::<u8>(),
            align: ::kmod_core::__private::width::<u8>(),
            count: 1,
            stride: ::kmod_core::__private::width::<u8>(),
            access: (true, true),
        },
        1024,
        "register `r#mode` is not aligned: 0x04 is no multiple of its size",
        "register `r#mode` is no multiple of its size, so the next one is not aligned",
        "register `r#mode` is not in its map, which has 0x400 bytes",
    );
    const _: () = (::kmod_core::__private::assert_placed)(
        &::kmod_core::__private::Placing {
            offset: 64,
            size: ::kmod_core::__private::width::<u32>(),
            align: ::kmod_core::__private::width::<u32>(),
            count: 16,
            stride: 8,
            access: (true, true),
        },
        1024,
        "register `low` is not aligned: 0x40 is no multiple of its size",
        "register `low` does not fit into 8 bytes, from one to the next, or is not aligned there",
        "register `low` is not in its map, which has 0x400 bytes",
    );
    const _: () = (::kmod_core::__private::assert_placed)(
        &::kmod_core::__private::Placing {
            offset: 68,
            size: ::kmod_core::__private::width::<u32>(),
            align: ::kmod_core::__private::width::<u32>(),
            count: 16,
            stride: 8,
            access: (true, true),
        },
        1024,
        "register `high` is not aligned: 0x44 is no multiple of its size",
        "register `high` does not fit into 8 bytes, from one to the next, or is not aligned there",
        "register `high` is not in its map, which has 0x400 bytes",
    );
    const _: () = (::kmod_core::__private::assert_placed)(
        &::kmod_core::__private::Placing {
            offset: 256,
            size: <Channel as ::kmod_core::__private::Registers>::SIZE,
            align: <Channel as ::kmod_core::__private::Registers>::ALIGN,
            count: 4,
            stride: 32,
            access: (true, true),
        },
        1024,
        "block `channels` is not aligned: 0x100 is no multiple of its widest register's size",
        "block `channels` does not fit into 0x20 bytes, from one to the next, or is not aligned there",
        "block `channels` is not in its map, which has 0x400 bytes",
    );
    #[cfg(any())]
    const _: () = (::kmod_core::__private::assert_placed)(
        &::kmod_core::__private::Placing {
            offset: 512,
            size: <Channel as ::kmod_core::__private::Registers>::SIZE,
            align: <Channel as ::kmod_core::__private::Registers>::ALIGN,
            count: 1,
            stride: <Channel as ::kmod_core::__private::Registers>::SIZE,
            access: (true, true),
        },
        1024,
        "block `other` is not aligned: 0x200 is no multiple of its widest register's size",
        "block `other` is no multiple of its widest register's size, so the next one is not aligned",
        "block `other` is not in its map, which has 0x400 bytes",
    );
    const _: () = (::kmod_core::__private::assert_reset)(
        129,
        ::kmod_core::__private::width::<u8>(),
        "register `r#mode` has fewer bits than 0x81",
    );
    const _: () = (::kmod_core::__private::assert_reset)(
        1,
        ::kmod_core::__private::width::<u32>(),
        "register `low` has fewer bits than 1",
    );
    const _: () = (::kmod_core::__private::assert_endian::<
        Engine,
        Channel,
    >)("block `channels` is of another endianness than its map");
    #[cfg(any())]
    const _: () = (::kmod_core::__private::assert_endian::<
        Engine,
        Channel,
    >)("block `other` is of another endianness than its map");
    const _: () = (::kmod_core::__private::assert_free)(
        &::kmod_core::__private::Placing {
            offset: 4,
            size: ::kmod_core::__private::width::<u8>(),
            align: ::kmod_core::__private::width::<u8>(),
            count: 1,
            stride: ::kmod_core::__private::width::<u8>(),
            access: (true, true),
        },
        &::kmod_core::__private::Placing {
            offset: 0,
            size: ::kmod_core::__private::width::<Causes>(),
            align: ::kmod_core::__private::width::<Causes>(),
            count: 1,
            stride: ::kmod_core::__private::width::<Causes>(),
            access: (true, false),
        },
        "register `r#mode` overlaps `causes`: if it is meant to, write `alias = causes`",
    );
    #[cfg(any())]
    const _: () = (::kmod_core::__private::assert_free)(
        &::kmod_core::__private::Placing {
            offset: 512,
            size: <Channel as ::kmod_core::__private::Registers>::SIZE,
            align: <Channel as ::kmod_core::__private::Registers>::ALIGN,
            count: 1,
            stride: <Channel as ::kmod_core::__private::Registers>::SIZE,
            access: (true, true),
        },
        &::kmod_core::__private::Placing {
            offset: 4,
            size: ::kmod_core::__private::width::<u8>(),
            align: ::kmod_core::__private::width::<u8>(),
            count: 1,
            stride: ::kmod_core::__private::width::<u8>(),
            access: (true, true),
        },
        "register `other` overlaps `r#mode`: if it is meant to, write `alias = r#mode`",
    );
    const _: () = (::kmod_core::__private::assert_free)(
        &::kmod_core::__private::Placing {
            offset: 4,
            size: ::kmod_core::__private::width::<u8>(),
            align: ::kmod_core::__private::width::<u8>(),
            count: 1,
            stride: ::kmod_core::__private::width::<u8>(),
            access: (true, true),
        },
        &::kmod_core::__private::Placing {
            offset: 0,
            size: ::kmod_core::__private::width::<Causes>(),
            align: ::kmod_core::__private::width::<Causes>(),
            count: 1,
            stride: ::kmod_core::__private::width::<Causes>(),
            access: (true, true),
        },
        "register `r#mode` overlaps `served`: if it is meant to, write `alias = served`",
    );
    const _: () = (::kmod_core::__private::assert_free)(
        &::kmod_core::__private::Placing {
            offset: 64,
            size: ::kmod_core::__private::width::<u32>(),
            align: ::kmod_core::__private::width::<u32>(),
            count: 16,
            stride: 8,
            access: (true, true),
        },
        &::kmod_core::__private::Placing {
            offset: 0,
            size: ::kmod_core::__private::width::<Causes>(),
            align: ::kmod_core::__private::width::<Causes>(),
            count: 1,
            stride: ::kmod_core::__private::width::<Causes>(),
            access: (true, false),
        },
        "register `low` overlaps `causes`: if it is meant to, write `alias = causes`",
    );
    const _: () = (::kmod_core::__private::assert_free)(
        &::kmod_core::__private::Placing {
            offset: 64,
            size: ::kmod_core::__private::width::<u32>(),
            align: ::kmod_core::__private::width::<u32>(),
            count: 16,
            stride: 8,
            access: (true, true),
        },
        &::kmod_core::__private::Placing {
            offset: 0,
            size: ::kmod_core::__private::width::<Causes>(),
            align: ::kmod_core::__private::width::<Causes>(),
            count: 1,
            stride: ::kmod_core::__private::width::<Causes>(),
            access: (true, true),
        },
        "register `low` overlaps `served`: if it is meant to, write `alias = served`",
    );
    const _: () = (::kmod_core::__private::assert_free)(
        &::kmod_core::__private::Placing {
            offset: 64,
            size: ::kmod_core::__private::width::<u32>(),
            align: ::kmod_core::__private::width::<u32>(),
            count: 16,
            stride: 8,
            access: (true, true),
        },
        &::kmod_core::__private::Placing {
            offset: 4,
            size: ::kmod_core::__private::width::<u8>(),
            align: ::kmod_core::__private::width::<u8>(),
            count: 1,
            stride: ::kmod_core::__private::width::<u8>(),
            access: (true, true),
        },
        "register `low` overlaps `r#mode`: if it is meant to, write `alias = r#mode`",
    );
    const _: () = (::kmod_core::__private::assert_free)(
        &::kmod_core::__private::Placing {
            offset: 68,
            size: ::kmod_core::__private::width::<u32>(),
            align: ::kmod_core::__private::width::<u32>(),
            count: 16,
            stride: 8,
            access: (true, true),
        },
        &::kmod_core::__private::Placing {
            offset: 0,
            size: ::kmod_core::__private::width::<Causes>(),
            align: ::kmod_core::__private::width::<Causes>(),
            count: 1,
            stride: ::kmod_core::__private::width::<Causes>(),
            access: (true, false),
        },
        "register `high` overlaps `causes`: if it is meant to, write `alias = causes`",
    );
    const _: () = (::kmod_core::__private::assert_free)(
        &::kmod_core::__private::Placing {
            offset: 68,
            size: ::kmod_core::__private::width::<u32>(),
            align: ::kmod_core::__private::width::<u32>(),
            count: 16,
            stride: 8,
            access: (true, true),
        },
        &::kmod_core::__private::Placing {
            offset: 0,
            size: ::kmod_core::__private::width::<Causes>(),
            align: ::kmod_core::__private::width::<Causes>(),
            count: 1,
            stride: ::kmod_core::__private::width::<Causes>(),
            access: (true, true),
        },
        "register `high` overlaps `served`: if it is meant to, write `alias = served`",
    );
    const _: () = (::kmod_core::__private::assert_free)(
        &::kmod_core::__private::Placing {
            offset: 68,
            size: ::kmod_core::__private::width::<u32>(),
            align: ::kmod_core::__private::width::<u32>(),
            count: 16,
            stride: 8,
            access: (true, true),
        },
        &::kmod_core::__private::Placing {
            offset: 4,
            size: ::kmod_core::__private::width::<u8>(),
            align: ::kmod_core::__private::width::<u8>(),
            count: 1,
            stride: ::kmod_core::__private::width::<u8>(),
            access: (true, true),
        },
        "register `high` overlaps `r#mode`: if it is meant to, write `alias = r#mode`",
    );
    const _: () = (::kmod_core::__private::assert_free)(
        &::kmod_core::__private::Placing {
            offset: 68,
            size: ::kmod_core::__private::width::<u32>(),
            align: ::kmod_core::__private::width::<u32>(),
            count: 16,
            stride: 8,
            access: (true, true),
        },
        &::kmod_core::__private::Placing {
            offset: 64,
            size: ::kmod_core::__private::width::<u32>(),
            align: ::kmod_core::__private::width::<u32>(),
            count: 16,
            stride: 8,
            access: (true, true),
        },
        "register `high` overlaps `low`: if it is meant to, write `alias = low`",
    );
    const _: () = (::kmod_core::__private::assert_free)(
        &::kmod_core::__private::Placing {
            offset: 256,
            size: <Channel as ::kmod_core::__private::Registers>::SIZE,
            align: <Channel as ::kmod_core::__private::Registers>::ALIGN,
            count: 4,
            stride: 32,
            access: (true, true),
        },
        &::kmod_core::__private::Placing {
            offset: 0,
            size: ::kmod_core::__private::width::<Causes>(),
            align: ::kmod_core::__private::width::<Causes>(),
            count: 1,
            stride: ::kmod_core::__private::width::<Causes>(),
            access: (true, false),
        },
        "register `channels` overlaps `causes`: if it is meant to, write `alias = causes`",
    );
    const _: () = (::kmod_core::__private::assert_free)(
        &::kmod_core::__private::Placing {
            offset: 256,
            size: <Channel as ::kmod_core::__private::Registers>::SIZE,
            align: <Channel as ::kmod_core::__private::Registers>::ALIGN,
            count: 4,
            stride: 32,
            access: (true, true),
        },
        &::kmod_core::__private::Placing {
            offset: 0,
            size: ::kmod_core::__private::width::<Causes>(),
            align: ::kmod_core::__private::width::<Causes>(),
            count: 1,
            stride: ::kmod_core::__private::width::<Causes>(),
            access: (true, true),
        },
        "register `channels` overlaps `served`: if it is meant to, write `alias = served`",
    );
    const _: () = (::kmod_core::__private::assert_free)(
        &::kmod_core::__private::Placing {
            offset: 256,
            size: <Channel as ::kmod_core::__private::Registers>::SIZE,
            align: <Channel as ::kmod_core::__private::Registers>::ALIGN,
            count: 4,
            stride: 32,
            access: (true, true),
        },
        &::kmod_core::__private::Placing {
            offset: 4,
            size: ::kmod_core::__private::width::<u8>(),
            align: ::kmod_core::__private::width::<u8>(),
            count: 1,
            stride: ::kmod_core::__private::width::<u8>(),
            access: (true, true),
        },
        "register `channels` overlaps `r#mode`: if it is meant to, write `alias = r#mode`",
    );
    const _: () = (::kmod_core::__private::assert_free)(
        &::kmod_core::__private::Placing {
            offset: 256,
            size: <Channel as ::kmod_core::__private::Registers>::SIZE,
            align: <Channel as ::kmod_core::__private::Registers>::ALIGN,
            count: 4,
            stride: 32,
            access: (true, true),
        },
        &::kmod_core::__private::Placing {
            offset: 64,
            size: ::kmod_core::__private::width::<u32>(),
            align: ::kmod_core::__private::width::<u32>(),
            count: 16,
            stride: 8,
            access: (true, true),
        },
        "register `channels` overlaps `low`: if it is meant to, write `alias = low`",
    );
    const _: () = (::kmod_core::__private::assert_free)(
        &::kmod_core::__private::Placing {
            offset: 256,
            size: <Channel as ::kmod_core::__private::Registers>::SIZE,
            align: <Channel as ::kmod_core::__private::Registers>::ALIGN,
            count: 4,
            stride: 32,
            access: (true, true),
        },
        &::kmod_core::__private::Placing {
            offset: 68,
            size: ::kmod_core::__private::width::<u32>(),
            align: ::kmod_core::__private::width::<u32>(),
            count: 16,
            stride: 8,
            access: (true, true),
        },
        "register `channels` overlaps `high`: if it is meant to, write `alias = high`",
    );
    #[cfg(any())]
    const _: () = (::kmod_core::__private::assert_free)(
        &::kmod_core::__private::Placing {
            offset: 512,
            size: <Channel as ::kmod_core::__private::Registers>::SIZE,
            align: <Channel as ::kmod_core::__private::Registers>::ALIGN,
            count: 1,
            stride: <Channel as ::kmod_core::__private::Registers>::SIZE,
            access: (true, true),
        },
        &::kmod_core::__private::Placing {
            offset: 0,
            size: ::kmod_core::__private::width::<Causes>(),
            align: ::kmod_core::__private::width::<Causes>(),
            count: 1,
            stride: ::kmod_core::__private::width::<Causes>(),
            access: (true, true),
        },
        "register `other` overlaps `served`: if it is meant to, write `alias = served`",
    );
    #[cfg(any())]
    const _: () = (::kmod_core::__private::assert_free)(
        &::kmod_core::__private::Placing {
            offset: 512,
            size: <Channel as ::kmod_core::__private::Registers>::SIZE,
            align: <Channel as ::kmod_core::__private::Registers>::ALIGN,
            count: 1,
            stride: <Channel as ::kmod_core::__private::Registers>::SIZE,
            access: (true, true),
        },
        &::kmod_core::__private::Placing {
            offset: 64,
            size: ::kmod_core::__private::width::<u32>(),
            align: ::kmod_core::__private::width::<u32>(),
            count: 16,
            stride: 8,
            access: (true, true),
        },
        "register `other` overlaps `low`: if it is meant to, write `alias = low`",
    );
    #[cfg(any())]
    const _: () = (::kmod_core::__private::assert_free)(
        &::kmod_core::__private::Placing {
            offset: 512,
            size: <Channel as ::kmod_core::__private::Registers>::SIZE,
            align: <Channel as ::kmod_core::__private::Registers>::ALIGN,
            count: 1,
            stride: <Channel as ::kmod_core::__private::Registers>::SIZE,
            access: (true, true),
        },
        &::kmod_core::__private::Placing {
            offset: 68,
            size: ::kmod_core::__private::width::<u32>(),
            align: ::kmod_core::__private::width::<u32>(),
            count: 16,
            stride: 8,
            access: (true, true),
        },
        "register `other` overlaps `high`: if it is meant to, write `alias = high`",
    );
    #[cfg(any())]
    const _: () = (::kmod_core::__private::assert_free)(
        &::kmod_core::__private::Placing {
            offset: 512,
            size: <Channel as ::kmod_core::__private::Registers>::SIZE,
            align: <Channel as ::kmod_core::__private::Registers>::ALIGN,
            count: 1,
            stride: <Channel as ::kmod_core::__private::Registers>::SIZE,
            access: (true, true),
        },
        &::kmod_core::__private::Placing {
            offset: 256,
            size: <Channel as ::kmod_core::__private::Registers>::SIZE,
            align: <Channel as ::kmod_core::__private::Registers>::ALIGN,
            count: 4,
            stride: 32,
            access: (true, true),
        },
        "register `other` overlaps `channels`: if it is meant to, write `alias = channels`",
    );
};
struct Channel;
const _: () = {
    const _: &[()] = &[
        ::kmod_core::__private::keys::registers::ATTRIBUTE,
        ::kmod_core::__private::keys::registers::size,
    ];
    impl ::kmod_core::__private::Registers for Channel {
        const SIZE: ::core::primitive::usize = 16;
        const ALIGN: ::core::primitive::usize = ::kmod_core::__private::widest(
            &[::kmod_core::__private::width::<u64>()],
        );
        const BIG_ENDIAN: ::core::primitive::bool = false;
        const ROWS: &'static [::kmod_core::__private::Row] = &[
            ::kmod_core::__private::Row {
                placing: ::kmod_core::__private::Placing {
                    offset: 0,
                    size: ::kmod_core::__private::width::<u64>(),
                    align: ::kmod_core::__private::width::<u64>(),
                    count: 1,
                    stride: ::kmod_core::__private::width::<u64>(),
                    access: (true, true),
                },
                volatile: false,
                cleared: false,
                reset: ::core::option::Option::None,
                block: &[],
            },
        ];
    }
    #[allow(dead_code, reason = "a driver does not use all that its device has")]
    impl Channel {
        const ADDRESS: ::kmod_core::__private::Register<
            Channel,
            u64,
            ::kmod_core::__private::ReadWrite,
        > = (::kmod_core::__private::Register::at)(0);
    }
    const _: () = (::kmod_core::__private::assert_placed)(
        &::kmod_core::__private::Placing {
            offset: 0,
            size: ::kmod_core::__private::width::<u64>(),
            align: ::kmod_core::__private::width::<u64>(),
            count: 1,
            stride: ::kmod_core::__private::width::<u64>(),
            access: (true, true),
        },
        16,
        "register `address` is not aligned: 0x00 is no multiple of its size",
        "register `address` is no multiple of its size, so the next one is not aligned",
        "register `address` is not in its map, which has 0x10 bytes",
    );
};
