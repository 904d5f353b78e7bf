// SPDX-License-Identifier: GPL-2.0-only
/// A chip's registers, by their numbers.
struct Words;
const _: () = {
    const _: &[()] = &[
        ::kmod_core::__private::keys::registers::ATTRIBUTE,
        ::kmod_core::__private::keys::registers::size,
        ::kmod_core::__private::keys::registers::word,
        ::kmod_core::__private::keys::registers::endian,
        ::kmod_core::__private::keys::rw::ATTRIBUTE,
        ::kmod_core::__private::keys::rw::reset,
        ::kmod_core::__private::keys::rw::ATTRIBUTE,
        ::kmod_core::__private::keys::rw::volatile,
        ::kmod_core::__private::keys::rw::ATTRIBUTE,
        ::kmod_core::__private::keys::rw::stride,
    ];
    impl ::kmod_core::__private::Registers for Words {
        const SIZE: ::core::primitive::usize = 16;
        const ALIGN: ::core::primitive::usize = ::kmod_core::__private::widest(
            &[
                ::kmod_core::__private::width::<u16>(),
                ::kmod_core::__private::width::<u16>(),
                ::kmod_core::__private::width::<u16>(),
                ::kmod_core::__private::width::<u16>(),
            ],
        );
        const BIG_ENDIAN: ::core::primitive::bool = true;
        const ROWS: &'static [::kmod_core::__private::Row] = &[
            ::kmod_core::__private::Row {
                placing: ::kmod_core::__private::Placing {
                    offset: 0,
                    size: ::kmod_core::__private::width::<u16>(),
                    align: ::kmod_core::__private::width::<u16>(),
                    count: 1,
                    stride: ::kmod_core::__private::width::<u16>(),
                    access: (true, false),
                },
                volatile: true,
                cleared: false,
                reset: ::core::option::Option::None,
                block: &[],
            },
            ::kmod_core::__private::Row {
                placing: ::kmod_core::__private::Placing {
                    offset: 2,
                    size: ::kmod_core::__private::width::<u16>(),
                    align: ::kmod_core::__private::width::<u16>(),
                    count: 1,
                    stride: ::kmod_core::__private::width::<u16>(),
                    access: (true, true),
                },
                volatile: false,
                cleared: false,
                reset: ::core::option::Option::Some(24736),
                block: &[],
            },
            ::kmod_core::__private::Row {
                placing: ::kmod_core::__private::Placing {
                    offset: 4,
                    size: ::kmod_core::__private::width::<u16>(),
                    align: ::kmod_core::__private::width::<u16>(),
                    count: 1,
                    stride: ::kmod_core::__private::width::<u16>(),
                    access: (false, true),
                },
                volatile: false,
                cleared: false,
                reset: ::core::option::Option::None,
                block: &[],
            },
            ::kmod_core::__private::Row {
                placing: ::kmod_core::__private::Placing {
                    offset: 8,
                    size: ::kmod_core::__private::width::<u16>(),
                    align: ::kmod_core::__private::width::<u16>(),
                    count: 2,
                    stride: 4,
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
    impl Words {
        const LEVEL: ::kmod_core::__private::Register<
            Words,
            u16,
            ::kmod_core::__private::ReadOnly,
        > = (::kmod_core::__private::Register::at)(0);
        const CONTROL: ::kmod_core::__private::Register<
            Words,
            u16,
            ::kmod_core::__private::ReadWrite,
        > = (::kmod_core::__private::Register::at)(2);
        ///What `control` holds after a reset: 0x60a0.
        const CONTROL_RESET: u16 = <u16 as ::kmod_core::__private::ConstValue<
            24736,
        >>::VALUE;
        const SETTING: ::kmod_core::__private::Register<
            Words,
            u16,
            ::kmod_core::__private::WriteOnly,
        > = (::kmod_core::__private::Register::at)(4);
        const GAPS: ::kmod_core::__private::RegisterArray<
            Words,
            u16,
            ::kmod_core::__private::ReadWrite,
            { 2 },
        > = (::kmod_core::__private::RegisterArray::at)(8, 4);
    }
    const _: () = (::kmod_core::__private::assert_placed)(
        &::kmod_core::__private::Placing {
            offset: 0,
            size: ::kmod_core::__private::width::<u16>(),
            align: ::kmod_core::__private::width::<u16>(),
            count: 1,
            stride: ::kmod_core::__private::width::<u16>(),
            access: (true, false),
        },
        16,
        "register `level` is not aligned: 0 is no multiple of its size",
        "register `level` is no multiple of its size, so the next one is not aligned",
        "register `level` is not in its map, which has 0x8 registers",
    );
    const _: () = (::kmod_core::__private::assert_placed)(
        &::kmod_core::__private::Placing {
            offset: 2,
            size: ::kmod_core::__private::width::<u16>(),
            align: ::kmod_core::__private::width::<u16>(),
            count: 1,
            stride: ::kmod_core::__private::width::<u16>(),
            access: (true, true),
        },
        16,
        "register `control` is not aligned: 1 is no multiple of its size",
        "register `control` is no multiple of its size, so the next one is not aligned",
        "register `control` is not in its map, which has 0x8 registers",
    );
    const _: () = (::kmod_core::__private::assert_placed)(
        &::kmod_core::__private::Placing {
            offset: 4,
            size: ::kmod_core::__private::width::<u16>(),
            align: ::kmod_core::__private::width::<u16>(),
            count: 1,
            stride: ::kmod_core::__private::width::<u16>(),
            access: (false, true),
        },
        16,
        "register `setting` is not aligned: 2 is no multiple of its size",
        "register `setting` is no multiple of its size, so the next one is not aligned",
        "register `setting` is not in its map, which has 0x8 registers",
    );
    const _: () = (::kmod_core::__private::assert_placed)(
        &::kmod_core::__private::Placing {
            offset: 8,
            size: ::kmod_core::__private::width::<u16>(),
            align: ::kmod_core::__private::width::<u16>(),
            count: 2,
            stride: 4,
            access: (true, true),
        },
        16,
        "register `gaps` is not aligned: 4 is no multiple of its size",
        "register `gaps` does not fit into 2 bytes, from one to the next, or is not aligned there",
        "register `gaps` is not in its map, which has 0x8 registers",
    );
    const _: () = (::kmod_core::__private::assert_word)(
        ::kmod_core::__private::width::<u16>(),
        2,
        "register `level` is not of `u16`, as its map's registers are",
    );
    const _: () = (::kmod_core::__private::assert_word)(
        ::kmod_core::__private::width::<u16>(),
        2,
        "register `control` is not of `u16`, as its map's registers are",
    );
    const _: () = (::kmod_core::__private::assert_word)(
        ::kmod_core::__private::width::<u16>(),
        2,
        "register `setting` is not of `u16`, as its map's registers are",
    );
    const _: () = (::kmod_core::__private::assert_word)(
        ::kmod_core::__private::width::<u16>(),
        2,
        "register `gaps` is not of `u16`, as its map's registers are",
    );
    const _: () = (::kmod_core::__private::assert_reset)(
        24736,
        ::kmod_core::__private::width::<u16>(),
        "register `control` has fewer bits than 0x60a0",
    );
    const _: () = (::kmod_core::__private::assert_free)(
        &::kmod_core::__private::Placing {
            offset: 2,
            size: ::kmod_core::__private::width::<u16>(),
            align: ::kmod_core::__private::width::<u16>(),
            count: 1,
            stride: ::kmod_core::__private::width::<u16>(),
            access: (true, true),
        },
        &::kmod_core::__private::Placing {
            offset: 0,
            size: ::kmod_core::__private::width::<u16>(),
            align: ::kmod_core::__private::width::<u16>(),
            count: 1,
            stride: ::kmod_core::__private::width::<u16>(),
            access: (true, false),
        },
        "register `control` overlaps `level`: if it is meant to, write `alias = level`",
    );
    const _: () = (::kmod_core::__private::assert_free)(
        &::kmod_core::__private::Placing {
            offset: 4,
            size: ::kmod_core::__private::width::<u16>(),
            align: ::kmod_core::__private::width::<u16>(),
            count: 1,
            stride: ::kmod_core::__private::width::<u16>(),
            access: (false, true),
        },
        &::kmod_core::__private::Placing {
            offset: 2,
            size: ::kmod_core::__private::width::<u16>(),
            align: ::kmod_core::__private::width::<u16>(),
            count: 1,
            stride: ::kmod_core::__private::width::<u16>(),
            access: (true, true),
        },
        "register `setting` overlaps `control`: if it is meant to, write `alias = control`",
    );
    const _: () = (::kmod_core::__private::assert_free)(
        &::kmod_core::__private::Placing {
            offset: 8,
            size: ::kmod_core::__private::width::<u16>(),
            align: ::kmod_core::__private::width::<u16>(),
            count: 2,
            stride: 4,
            access: (true, true),
        },
        &::kmod_core::__private::Placing {
            offset: 0,
            size: ::kmod_core::__private::width::<u16>(),
            align: ::kmod_core::__private::width::<u16>(),
            count: 1,
            stride: ::kmod_core::__private::width::<u16>(),
            access: (true, false),
        },
        "register `gaps` overlaps `level`: if it is meant to, write `alias = level`",
    );
    const _: () = (::kmod_core::__private::assert_free)(
        &::kmod_core::__private::Placing {
            offset: 8,
            size: ::kmod_core::__private::width::<u16>(),
            align: ::kmod_core::__private::width::<u16>(),
            count: 2,
            stride: 4,
            access: (true, true),
        },
        &::kmod_core::__private::Placing {
            offset: 2,
            size: ::kmod_core::__private::width::<u16>(),
            align: ::kmod_core::__private::width::<u16>(),
            count: 1,
            stride: ::kmod_core::__private::width::<u16>(),
            access: (true, true),
        },
        "register `gaps` overlaps `control`: if it is meant to, write `alias = control`",
    );
    const _: () = (::kmod_core::__private::assert_free)(
        &::kmod_core::__private::Placing {
            offset: 8,
            size: ::kmod_core::__private::width::<u16>(),
            align: ::kmod_core::__private::width::<u16>(),
            count: 2,
            stride: 4,
            access: (true, true),
        },
        &::kmod_core::__private::Placing {
            offset: 4,
            size: ::kmod_core::__private::width::<u16>(),
            align: ::kmod_core::__private::width::<u16>(),
            count: 1,
            stride: ::kmod_core::__private::width::<u16>(),
            access: (false, true),
        },
        "register `gaps` overlaps `setting`: if it is meant to, write `alias = setting`",
    );
};
#[derive(Default)]
struct Chip {
    map: Regmap<Words>,
    raw: Regmap<Words>,
}
const _: () = {
    const _: &[()] = &[
        ::kmod_core::__private::keys::regmap::ATTRIBUTE,
        ::kmod_core::__private::keys::regmap::bus,
        ::kmod_core::__private::keys::regmap::cache,
        ::kmod_core::__private::keys::regmap::ATTRIBUTE,
        ::kmod_core::__private::keys::regmap::bus,
        ::kmod_core::__private::keys::regmap::name,
        ::kmod_core::__private::keys::regmap::reg_bits,
        ::kmod_core::__private::keys::regmap::pad_bits,
        ::kmod_core::__private::keys::regmap::read_flag,
        ::kmod_core::__private::keys::regmap::write_flag,
        ::kmod_core::__private::keys::regmap::single,
    ];
    const _: () = <Regmap<Words> as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <Regmap<Words> as ::kmod_core::__private::Shared>::CHECKED;
    struct __kmod_map;
    unsafe impl ::kmod_core::__private::Field for __kmod_map {
        type Type = Regmap<Words>;
        type Instance = Chip;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Chip,
            Regmap<Words>,
        >(|instance| &raw const instance.map, ::core::mem::offset_of!(Chip, map));
    }
    unsafe impl ::kmod_core::__private::RegmapField for __kmod_map {
        const BUS: ::kmod_core::__private::RegmapBus = ::kmod_core::__private::RegmapBus::I2C;
        const CACHED: ::core::primitive::bool = true;
        const PLAN: ::kmod_core::__private::kmod_regmap_plan = ::kmod_core::__private::regmap_plan::<
            __kmod_map,
            { ::kmod_core::__private::regmap_ranges::<Regmap<Words>>() },
            { ::kmod_core::__private::regmap_known::<Regmap<Words>>() },
        >();
    }
    const _: () = (::kmod_core::__private::assert_regmap::<Regmap<Words>>)(8);
    struct __kmod_raw;
    unsafe impl ::kmod_core::__private::Field for __kmod_raw {
        type Type = Regmap<Words>;
        type Instance = Chip;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Chip,
            Regmap<Words>,
        >(|instance| &raw const instance.raw, ::core::mem::offset_of!(Chip, raw));
    }
    unsafe impl ::kmod_core::__private::RegmapField for __kmod_raw {
        const BUS: ::kmod_core::__private::RegmapBus = ::kmod_core::__private::RegmapBus::SPI;
        const NAME: ::core::option::Option<&'static ::core::ffi::CStr> = ::core::option::Option::Some(
            c"raw",
        );
        const REG_BITS: ::core::primitive::u32 = 16;
        const PAD_BITS: ::core::primitive::u32 = 8;
        const READ_FLAG: ::core::option::Option<::core::primitive::u32> = ::core::option::Option::Some(
            128,
        );
        const WRITE_FLAG: ::core::option::Option<::core::primitive::u32> = ::core::option::Option::Some(
            64,
        );
        const SINGLE: ::core::primitive::bool = true;
        const PLAN: ::kmod_core::__private::kmod_regmap_plan = ::kmod_core::__private::regmap_plan::<
            __kmod_raw,
            { ::kmod_core::__private::regmap_ranges::<Regmap<Words>>() },
            { ::kmod_core::__private::regmap_known::<Regmap<Words>>() },
        >();
    }
    const _: () = (::kmod_core::__private::assert_regmap::<Regmap<Words>>)(16);
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Chip>::ANSWER,
            &[
                ::kmod_core::__private::IsShared::<Regmap<Words>>::ANSWER,
                ::kmod_core::__private::IsShared::<Regmap<Words>>::ANSWER,
            ],
            "`Chip` holds what `#[device]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[device]`",
        );
    };
    unsafe impl ::kmod_core::__private::Instance for Chip {
        type Place = ::kmod_core::__private::Counted<Chip>;
    }
    impl<M: ::kmod_core::__private::ModuleState> ::kmod_core::__private::Provides<M>
    for Chip {}
    impl ::kmod_core::__private::Belongs<()> for Chip {
        fn instance(&self) -> &() {
            &()
        }
    }
    impl ::kmod_core::__private::Belongs<Chip> for Chip {
        fn instance(&self) -> &Chip {
            self
        }
    }
    impl Chip {
        #[deny(
            dead_code,
            reason = "no driver makes `Chip`: write `type Device = Chip;` in the `impl` of a driver that is a field of the module's struct, or make that a `DefaultDriver<Chip>`"
        )]
        pub(crate) const MADE_BY_A_DRIVER: () = ();
    }
    pub struct __KmodObjects {
        map: ::kmod_core::__private::RegmapObject<__kmod_map>,
        raw: ::kmod_core::__private::RegmapObject<__kmod_raw>,
    }
    unsafe impl ::kmod_core::__private::Device for Chip {
        type Objects = __KmodObjects;
        fn objects() -> Self::Objects {
            __KmodObjects {
                map: ::kmod_core::__private::RegmapObject::new(),
                raw: ::kmod_core::__private::RegmapObject::new(),
            }
        }
        fn with_objects<R>(
            objects: &Self::Objects,
            with: impl ::core::ops::FnOnce(&[&dyn ::kmod_core::__private::Object]) -> R,
        ) -> R {
            with(&[&objects.map, &objects.raw])
        }
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Regmap<Words>>(),
        "field `map` of `Chip` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Regmap<Words>>(),
        "field `raw` of `Chip` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Chip>(),
        &[
            ::core::mem::size_of::<Regmap<Words>>(),
            ::core::mem::size_of::<Regmap<Words>>(),
        ],
        "`Chip` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
};
