// SPDX-License-Identifier: GPL-2.0-only
/// Drives cards.
struct Cards {
    driver: Driver,
}
///The parameters of [`Cards`].
struct CardsParams {}
impl CardsParams {}
const _: () = {
    static __KMOD_PARAMS: CardsParams = CardsParams {};
    const _: &[()] = &[
        ::kmod_core::__private::keys::kernel_module::ATTRIBUTE,
        ::kmod_core::__private::keys::kernel_module::name,
        ::kmod_core::__private::keys::kernel_module::license,
        ::kmod_core::__private::keys::pci_driver::ATTRIBUTE,
        ::kmod_core::__private::keys::pci_driver::name,
        ::kmod_core::__private::keys::pci_driver::ids,
    ];
    struct __kmod_driver;
    unsafe impl ::kmod_core::__private::Field for __kmod_driver {
        type Type = Driver;
        type Instance = Cards;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Cards,
            Driver,
        >(|instance| &raw const instance.driver, ::core::mem::offset_of!(Cards, driver));
    }
    mod __kmod_driver_pci_ids {
        pub static IDS: [::kmod_core::__private::PciId; 3] = [
            ::kmod_core::__private::PciId::new(
                [4660, 4584, 4294967295, 4294967295, 0, 0],
                0,
            ),
            ::kmod_core::__private::PciId::new([4660, 4585, 6900, 4294967295, 0, 0], 1),
            ::kmod_core::__private::PciId::END,
        ];
        #[cfg(target_os = "none")]
        ::core::arch::global_asm!(
            ".set __mod_pci__driver_device_table, {ids}",
            ".type __mod_pci__driver_device_table, %object",
            ".size __mod_pci__driver_device_table, {bytes}",
            ".set __mod_device_table__kmod_module__pci__driver, {ids}",
            ".type __mod_device_table__kmod_module__pci__driver, %object",
            ".size __mod_device_table__kmod_module__pci__driver, {bytes}", ids = sym IDS,
            bytes = const ::core::mem::size_of:: < [::kmod_core::__private::PciId; 3] >
            (),
        );
    }
    impl ::kmod_core::__private::DriverField for __kmod_driver {
        type Bus = ::kmod_core::__private::Pci;
        const NAME: &'static ::core::ffi::CStr = c"card";
        const IDS: &'static [::kmod_core::__private::PciId] = &__kmod_driver_pci_ids::IDS;
        const DATA: &'static [<Driver as ::kmod_core::__private::Driver<
            ::kmod_core::__private::Pci,
        >>::Id] = {
            use ::kmod_core::__private::MadeElsewhere as _;
            <<Driver as ::kmod_core::__private::Driver<
                ::kmod_core::__private::Pci,
            >>::Device>::MADE_BY_A_DRIVER;
            &[Model::A, Model::B]
        };
    }
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Cards>::ANSWER,
            &[::kmod_core::__private::IsShared::<Driver>::ANSWER],
            "`Cards` holds what `#[kernel_module]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[kernel_module]`",
        );
    };
    impl ::kmod_core::ModuleInfo for Cards {
        type Params = CardsParams;
        fn params() -> &'static CardsParams {
            &__KMOD_PARAMS
        }
    }
    unsafe impl ::kmod_core::__private::Module for Cards {
        const NAME: &'static ::core::ffi::CStr = c"cards";
        const SLOT: *const ::kmod_core::__private::ModuleSlot<Cards> = {
            static SLOT: ::kmod_core::__private::ModuleSlot<Cards> = ::kmod_core::__private::ModuleSlot::new();
            &raw const SLOT
        };
        fn objects() -> &'static [&'static dyn ::kmod_core::__private::Object] {
            static OBJECT_0: ::kmod_core::__private::PciBusDriver<__kmod_driver> = ::kmod_core::__private::PciBusDriver::new();
            static OBJECTS: &[&dyn ::kmod_core::__private::Object] = &[&OBJECT_0];
            OBJECTS
        }
    }
    unsafe impl ::kmod_core::__private::Instance for Cards {
        type Place = ::kmod_core::__private::Static<Cards>;
    }
    impl ::kmod_core::__private::Provides<()> for Cards {}
    impl ::kmod_core::__private::Provides<Cards> for Cards {}
    impl ::kmod_core::__private::Belongs<()> for Cards {
        fn instance(&self) -> &() {
            &()
        }
    }
    impl ::kmod_core::__private::Belongs<Cards> for Cards {
        fn instance(&self) -> &Cards {
            self
        }
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Driver>(),
        "field `driver` of `Cards` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Cards>(),
        &[::core::mem::size_of::<Driver>()],
        "`Cards` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
    const _: unsafe fn() -> ::core::ffi::c_int = ::kmod_core::__private::init::<Cards>;
    #[doc(hidden)]
    #[macro_export]
    macro_rules! a_crate_has_one_kernel_module {
        () => {};
    }
    #[cfg(target_os = "none")]
    const _: () = {
        #[unsafe(no_mangle)]
        extern "C" fn init_module() -> ::core::ffi::c_int {
            unsafe { ::kmod_core::__private::init::<Cards>() }
        }
        #[unsafe(no_mangle)]
        extern "C" fn cleanup_module() {
            unsafe { ::kmod_core::__private::exit::<Cards>() }
        }
        mod modinfo {
            ::core::arch::global_asm!(
                ".pushsection .modinfo,\"a\"", ".asciz \"license=GPL\"",
                ".asciz \"description=Drives cards.\"", ".popsection",
                ".pushsection .kmod.module", ".asciz \"cards\"", ".popsection",
                options(raw)
            );
        }
    };
    ::kmod_core::__private::told! {
        Declaration { name : "cards", description : "Drives cards.", license : "GPL",
        authors : & [], params : & [], }
    }
};
impl PciDriver for Driver {
    type Module = ();
    const HANDLERS: ::kmod_core::__private::PciHandlers = ::kmod_core::__private::PciHandlers {
        reset_done: true,
        ..::kmod_core::__private::PciHandlers::NONE
    };
    type Device = Card;
    type Id = Model;
    fn probe(&self, pci: &PciDevice<'_, Self>) -> Result<Card> {
        Err(ENODEV)
    }
    fn reset_done(&self, card: &Card) {}
}
/// One card.
struct Card {
    uart: Bar<Uart>,
    ring: DmaBuf<[u64; 16]>,
    power: RuntimePm,
    irq: Irq<Raised>,
    queues: [Irq<Raised>; 4],
    count: AtomicU32,
}
const _: () = {
    const _: &[()] = &[
        ::kmod_core::__private::keys::bar::ATTRIBUTE,
        ::kmod_core::__private::keys::bar::index,
        ::kmod_core::__private::keys::dma::ATTRIBUTE,
        ::kmod_core::__private::keys::runtime_pm::ATTRIBUTE,
        ::kmod_core::__private::keys::runtime_pm::autosuspend,
        ::kmod_core::__private::keys::irq::ATTRIBUTE,
        ::kmod_core::__private::keys::irq::kinds,
        ::kmod_core::__private::keys::irq::ATTRIBUTE,
        ::kmod_core::__private::keys::irq::vector,
    ];
    const _: () = <Bar<Uart> as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <DmaBuf<[u64; 16]> as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <RuntimePm as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <Irq<Raised> as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <[Irq<Raised>; 4] as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <AtomicU32 as ::kmod_core::__private::Shared>::CHECKED;
    struct __kmod_uart;
    unsafe impl ::kmod_core::__private::Field for __kmod_uart {
        type Type = Bar<Uart>;
        type Instance = Card;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Card,
            Bar<Uart>,
        >(|instance| &raw const instance.uart, ::core::mem::offset_of!(Card, uart));
    }
    unsafe impl ::kmod_core::__private::BarField for __kmod_uart {
        const INDEX: ::core::primitive::u8 = 0;
    }
    struct __kmod_ring;
    unsafe impl ::kmod_core::__private::Field for __kmod_ring {
        type Type = DmaBuf<[u64; 16]>;
        type Instance = Card;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Card,
            DmaBuf<[u64; 16]>,
        >(|instance| &raw const instance.ring, ::core::mem::offset_of!(Card, ring));
    }
    unsafe impl ::kmod_core::__private::DmaField for __kmod_ring {}
    struct __kmod_power;
    unsafe impl ::kmod_core::__private::Field for __kmod_power {
        type Type = RuntimePm;
        type Instance = Card;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Card,
            RuntimePm,
        >(|instance| &raw const instance.power, ::core::mem::offset_of!(Card, power));
    }
    unsafe impl ::kmod_core::__private::RuntimePmField for __kmod_power {
        const AUTOSUSPEND: ::core::ffi::c_int = 500;
    }
    struct __kmod_irq;
    unsafe impl ::kmod_core::__private::Field for __kmod_irq {
        type Type = Irq<Raised>;
        type Instance = Card;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Card,
            Irq<Raised>,
        >(|instance| &raw const instance.irq, ::core::mem::offset_of!(Card, irq));
    }
    unsafe impl ::kmod_core::__private::IrqField for __kmod_irq {
        const SOURCE: ::kmod_core::__private::IrqSource = ::kmod_core::__private::IrqSource::Vector {
            own: ::kmod_core::__private::IrqNumbers {
                first: 0,
                count: 1,
            },
            all: &[
                ::kmod_core::__private::IrqNumbers {
                    first: 0,
                    count: 1,
                },
                ::kmod_core::__private::IrqNumbers {
                    first: 1,
                    count: 4,
                },
            ],
            kinds: ::kmod_core::__private::irq_kinds(&["msi", "intx"]),
        };
        const NAME: &'static ::core::ffi::CStr = c"irq";
    }
    struct __kmod_queues;
    unsafe impl ::kmod_core::__private::Field for __kmod_queues {
        type Type = [Irq<Raised>; 4];
        type Instance = Card;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Card,
            [Irq<Raised>; 4],
        >(|instance| &raw const instance.queues, ::core::mem::offset_of!(Card, queues));
    }
    const _: () = ::kmod_core::__private::assert_irq_numbers(
        ::kmod_core::__private::IrqNumbers {
            first: 1,
            count: 4,
        },
        &[
            ::kmod_core::__private::IrqNumbers {
                first: 0,
                count: 1,
            },
            ::kmod_core::__private::IrqNumbers {
                first: 1,
                count: 4,
            },
        ],
        2047,
    );
    unsafe impl ::kmod_core::__private::IrqField for __kmod_queues {
        const SOURCE: ::kmod_core::__private::IrqSource = ::kmod_core::__private::IrqSource::Vector {
            own: ::kmod_core::__private::IrqNumbers {
                first: 1,
                count: 4,
            },
            all: &[
                ::kmod_core::__private::IrqNumbers {
                    first: 0,
                    count: 1,
                },
                ::kmod_core::__private::IrqNumbers {
                    first: 1,
                    count: 4,
                },
            ],
            kinds: ::kmod_core::__private::irq_kinds(&["msix", "msi", "intx"]),
        };
        const NAME: &'static ::core::ffi::CStr = c"queues";
    }
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Card>::ANSWER,
            &[
                ::kmod_core::__private::IsShared::<Bar<Uart>>::ANSWER,
                ::kmod_core::__private::IsShared::<DmaBuf<[u64; 16]>>::ANSWER,
                ::kmod_core::__private::IsShared::<RuntimePm>::ANSWER,
                ::kmod_core::__private::IsShared::<Irq<Raised>>::ANSWER,
                ::kmod_core::__private::IsShared::<[Irq<Raised>; 4]>::ANSWER,
                ::kmod_core::__private::IsShared::<AtomicU32>::ANSWER,
            ],
            "`Card` holds what `#[device]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[device]`",
        );
    };
    unsafe impl ::kmod_core::__private::Instance for Card {
        type Place = ::kmod_core::__private::Counted<Card>;
    }
    impl<M: ::kmod_core::__private::ModuleState> ::kmod_core::__private::Provides<M>
    for Card {}
    impl ::kmod_core::__private::Belongs<()> for Card {
        fn instance(&self) -> &() {
            &()
        }
    }
    impl ::kmod_core::__private::Belongs<Card> for Card {
        fn instance(&self) -> &Card {
            self
        }
    }
    impl Card {
        #[deny(
            dead_code,
            reason = "no driver makes `Card`: write `type Device = Card;` in the `impl` of a driver that is a field of the module's struct, or make that a `DefaultDriver<Card>`"
        )]
        pub(crate) const MADE_BY_A_DRIVER: () = ();
    }
    pub struct __KmodObjects {
        uart: ::kmod_core::__private::BarObject<__kmod_uart>,
        ring: ::kmod_core::__private::DmaObject<__kmod_ring>,
        power: ::kmod_core::__private::RuntimePmObject<__kmod_power>,
        irq: ::kmod_core::__private::IrqObject<__kmod_irq>,
        queues: ::kmod_core::__private::IrqObject<__kmod_queues>,
    }
    unsafe impl ::kmod_core::__private::Device for Card {
        type Objects = __KmodObjects;
        fn objects() -> Self::Objects {
            __KmodObjects {
                uart: ::kmod_core::__private::BarObject::new(),
                ring: ::kmod_core::__private::DmaObject::new(),
                power: ::kmod_core::__private::RuntimePmObject::new(),
                irq: ::kmod_core::__private::IrqObject::new(),
                queues: ::kmod_core::__private::IrqObject::new(),
            }
        }
        fn with_objects<R>(
            objects: &Self::Objects,
            with: impl ::core::ops::FnOnce(&[&dyn ::kmod_core::__private::Object]) -> R,
        ) -> R {
            with(
                &[
                    &objects.uart,
                    &objects.ring,
                    &objects.power,
                    &objects.irq,
                    &objects.queues,
                ],
            )
        }
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Bar<Uart>>(),
        "field `uart` of `Card` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<DmaBuf<[u64; 16]>>(),
        "field `ring` of `Card` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<RuntimePm>(),
        "field `power` of `Card` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Irq<Raised>>(),
        "field `irq` of `Card` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<[Irq<Raised>; 4]>(),
        "field `queues` of `Card` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<AtomicU32>(),
        "field `count` of `Card` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Card>(),
        &[
            ::core::mem::size_of::<Bar<Uart>>(),
            ::core::mem::size_of::<DmaBuf<[u64; 16]>>(),
            ::core::mem::size_of::<RuntimePm>(),
            ::core::mem::size_of::<Irq<Raised>>(),
            ::core::mem::size_of::<[Irq<Raised>; 4]>(),
            ::core::mem::size_of::<AtomicU32>(),
        ],
        "`Card` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
};
impl IrqHandler for Raised {
    type Module = ();
    const HANDLERS: ::kmod_core::__private::IrqHandlers = ::kmod_core::__private::IrqHandlers {
        handle: true,
        ..::kmod_core::__private::IrqHandlers::NONE
    };
    type Instance = Card;
    fn handle(&self, irq: &IrqCall<'_, Self>) -> IrqReturn {
        IrqReturn::None
    }
}
/// Its registers.
pub struct Uart;
const _: () = {
    const _: &[()] = &[
        ::kmod_core::__private::keys::registers::ATTRIBUTE,
        ::kmod_core::__private::keys::registers::size,
        ::kmod_core::__private::keys::registers::endian,
    ];
    impl ::kmod_core::__private::Registers for Uart {
        const SIZE: ::core::primitive::usize = 256;
        const ALIGN: ::core::primitive::usize = ::kmod_core::__private::widest(
            &[
                ::kmod_core::__private::width::<u32>(),
                ::kmod_core::__private::width::<u32>(),
                ::kmod_core::__private::width::<Divisor>(),
            ],
        );
        const BIG_ENDIAN: ::core::primitive::bool = true;
        const ROWS: &'static [::kmod_core::__private::Row] = &[
            ::kmod_core::__private::Row {
                placing: ::kmod_core::__private::Placing {
                    offset: 0,
                    size: ::kmod_core::__private::width::<u32>(),
                    align: ::kmod_core::__private::width::<u32>(),
                    count: 1,
                    stride: ::kmod_core::__private::width::<u32>(),
                    access: (true, false),
                },
                volatile: true,
                cleared: false,
                reset: ::core::option::Option::None,
                block: &[],
            },
            ::kmod_core::__private::Row {
                placing: ::kmod_core::__private::Placing {
                    offset: 0,
                    size: ::kmod_core::__private::width::<u32>(),
                    align: ::kmod_core::__private::width::<u32>(),
                    count: 1,
                    stride: ::kmod_core::__private::width::<u32>(),
                    access: (false, true),
                },
                volatile: true,
                cleared: false,
                reset: ::core::option::Option::None,
                block: &[],
            },
            ::kmod_core::__private::Row {
                placing: ::kmod_core::__private::Placing {
                    offset: 64,
                    size: ::kmod_core::__private::width::<Divisor>(),
                    align: ::kmod_core::__private::width::<Divisor>(),
                    count: 8,
                    stride: ::kmod_core::__private::width::<Divisor>(),
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
    impl Uart {
        /// What was received.
        pub const RECEIVE: ::kmod_core::__private::Register<
            Uart,
            u32,
            ::kmod_core::__private::ReadOnly,
        > = (::kmod_core::__private::Register::at)(0);
        const SEND: ::kmod_core::__private::Register<
            Uart,
            u32,
            ::kmod_core::__private::WriteOnly,
        > = (::kmod_core::__private::Register::at)(0);
        const DIVISORS: ::kmod_core::__private::RegisterArray<
            Uart,
            Divisor,
            ::kmod_core::__private::ReadWrite,
            { 8 },
        > = (::kmod_core::__private::RegisterArray::at)(
            64,
            ::kmod_core::__private::width::<Divisor>(),
        );
    }
    const _: () = (::kmod_core::__private::assert_placed)(
        &::kmod_core::__private::Placing {
            offset: 0,
            size: ::kmod_core::__private::width::<u32>(),
            align: ::kmod_core::__private::width::<u32>(),
            count: 1,
            stride: ::kmod_core::__private::width::<u32>(),
            access: (true, false),
        },
        256,
        "register `receive` is not aligned: 0x00 is no multiple of its size",
        "register `receive` is no multiple of its size, so the next one is not aligned",
        "register `receive` is not in its map, which has 0x100 bytes",
    );
    const _: () = (::kmod_core::__private::assert_placed)(
        &::kmod_core::__private::Placing {
            offset: 0,
            size: ::kmod_core::__private::width::<u32>(),
            align: ::kmod_core::__private::width::<u32>(),
            count: 1,
            stride: ::kmod_core::__private::width::<u32>(),
            access: (false, true),
        },
        256,
        "register `send` is not aligned: 0x00 is no multiple of its size",
        "register `send` is no multiple of its size, so the next one is not aligned",
        "register `send` is not in its map, which has 0x100 bytes",
    );
    const _: () = (::kmod_core::__private::assert_placed)(
        &::kmod_core::__private::Placing {
            offset: 64,
            size: ::kmod_core::__private::width::<Divisor>(),
            align: ::kmod_core::__private::width::<Divisor>(),
            count: 8,
            stride: ::kmod_core::__private::width::<Divisor>(),
            access: (true, true),
        },
        256,
        "register `divisors` is not aligned: 0x40 is no multiple of its size",
        "register `divisors` is no multiple of its size, so the next one is not aligned",
        "register `divisors` is not in its map, which has 0x100 bytes",
    );
    const _: () = (::kmod_core::__private::assert_free)(
        &::kmod_core::__private::Placing {
            offset: 64,
            size: ::kmod_core::__private::width::<Divisor>(),
            align: ::kmod_core::__private::width::<Divisor>(),
            count: 8,
            stride: ::kmod_core::__private::width::<Divisor>(),
            access: (true, true),
        },
        &::kmod_core::__private::Placing {
            offset: 0,
            size: ::kmod_core::__private::width::<u32>(),
            align: ::kmod_core::__private::width::<u32>(),
            count: 1,
            stride: ::kmod_core::__private::width::<u32>(),
            access: (true, false),
        },
        "register `divisors` overlaps `receive`: if it is meant to, write `alias = receive`",
    );
    const _: () = (::kmod_core::__private::assert_free)(
        &::kmod_core::__private::Placing {
            offset: 64,
            size: ::kmod_core::__private::width::<Divisor>(),
            align: ::kmod_core::__private::width::<Divisor>(),
            count: 8,
            stride: ::kmod_core::__private::width::<Divisor>(),
            access: (true, true),
        },
        &::kmod_core::__private::Placing {
            offset: 0,
            size: ::kmod_core::__private::width::<u32>(),
            align: ::kmod_core::__private::width::<u32>(),
            count: 1,
            stride: ::kmod_core::__private::width::<u32>(),
            access: (false, true),
        },
        "register `divisors` overlaps `send`: if it is meant to, write `alias = send`",
    );
};
/// A divisor.
#[derive(::core::clone::Clone, ::core::marker::Copy)]
#[repr(transparent)]
struct Divisor(::core::primitive::u16);
const _: () = {
    impl ::kmod_core::__private::RegisterValue for Divisor {
        type Word = ::core::primitive::u16;
        #[inline(always)]
        fn from_word(word: Self::Word) -> Self {
            Self(word)
        }
        #[inline(always)]
        fn into_word(self) -> Self::Word {
            self.0
        }
    }
    impl<const WORD: ::core::primitive::u64> ::kmod_core::__private::ConstValue<WORD>
    for Divisor {
        const VALUE: Self = Self(
            <::core::primitive::u16 as ::kmod_core::__private::ConstValue<WORD>>::VALUE,
        );
    }
    #[allow(dead_code, reason = "a driver does not use all that its device has")]
    impl Divisor {
        /// That of these bits.
        #[inline(always)]
        #[must_use]
        const fn new(word: ::core::primitive::u16) -> Self {
            Self(word)
        }
        /// All of its bits.
        #[inline(always)]
        #[must_use]
        const fn word(self) -> ::core::primitive::u16 {
            self.0
        }
        /// Whether it is in use.
        #[inline]
        #[must_use]
        fn enabled(self) -> <bool as ::kmod_core::__private::BitsValue>::Read {
            const COUNT: ::core::primitive::u32 = (::kmod_core::__private::bit_range::<
                bool,
            >)(
                15,
                15,
                16,
                "field `enabled` does not have as many bits as its type needs, or has more",
            );
            ::kmod_core::__private::get_bits::<
                bool,
                ::core::primitive::u16,
            >(self.0, 15, COUNT)
        }
        ///The same with another `enabled`, of which what has no room is left out.
        #[inline]
        #[must_use]
        fn with_enabled(self, value: bool) -> Self {
            const COUNT: ::core::primitive::u32 = (::kmod_core::__private::bit_range::<
                bool,
            >)(
                15,
                15,
                16,
                "field `enabled` does not have as many bits as its type needs, or has more",
            );
            Self(::kmod_core::__private::with_bits(self.0, 15, COUNT, value))
        }
        #[inline]
        #[must_use]
        fn value(self) -> <u16 as ::kmod_core::__private::BitsValue>::Read {
            const COUNT: ::core::primitive::u32 = (::kmod_core::__private::bit_range::<
                u16,
            >)(
                0,
                11,
                16,
                "field `value` does not have as many bits as its type needs, or has more",
            );
            ::kmod_core::__private::get_bits::<
                u16,
                ::core::primitive::u16,
            >(self.0, 0, COUNT)
        }
        ///The same with another `value`, of which what has no room is left out.
        #[inline]
        #[must_use]
        fn with_value(self, value: u16) -> Self {
            const COUNT: ::core::primitive::u32 = (::kmod_core::__private::bit_range::<
                u16,
            >)(
                0,
                11,
                16,
                "field `value` does not have as many bits as its type needs, or has more",
            );
            Self(::kmod_core::__private::with_bits(self.0, 0, COUNT, value))
        }
        #[inline]
        #[must_use]
        fn kind(self) -> <Kind as ::kmod_core::__private::BitsValue>::Read {
            const COUNT: ::core::primitive::u32 = (::kmod_core::__private::bit_range::<
                Kind,
            >)(
                12,
                13,
                16,
                "field `kind` does not have as many bits as its type needs, or has more",
            );
            ::kmod_core::__private::get_bits::<
                Kind,
                ::core::primitive::u16,
            >(self.0, 12, COUNT)
        }
        ///The same with another `kind`, of which what has no room is left out.
        #[inline]
        #[must_use]
        fn with_kind(self, value: Kind) -> Self {
            const COUNT: ::core::primitive::u32 = (::kmod_core::__private::bit_range::<
                Kind,
            >)(
                12,
                13,
                16,
                "field `kind` does not have as many bits as its type needs, or has more",
            );
            Self(::kmod_core::__private::with_bits(self.0, 12, COUNT, value))
        }
    }
};
enum Kind {
    Whole = 0,
    Half = 2,
}
#[automatically_derived]
impl ::kmod_core::__private::BitsValue for Kind {
    type Read = ::kmod_core::Result<Self>;
    const MOST: ::core::primitive::u32 = ::core::primitive::u64::BITS;
    const LEAST: ::core::primitive::u32 = ::kmod_core::__private::least_bits(&[0, 2]);
    #[inline]
    fn from_bits(bits: ::core::primitive::u64) -> ::kmod_core::Result<Self> {
        ::core::result::Result::Ok(
            match bits {
                0 => Self::Whole,
                2 => Self::Half,
                _ => return ::core::result::Result::Err(::kmod_core::error::code::EINVAL),
            },
        )
    }
    #[inline]
    fn into_bits(self) -> ::core::primitive::u64 {
        match self {
            Self::Whole => 0,
            Self::Half => 2,
        }
    }
}
