// SPDX-License-Identifier: GPL-2.0-only
/// Has lines.
struct Pump {
    motor: GpioOutput,
    reset: GpioOutput<NoSleep>,
    full: [GpioInput; 2],
    wire: GpioLine,
    filled: [Irq<Filled>; 2],
}
const _: () = {
    const _: &[()] = &[
        ::kmod_core::__private::keys::gpio::ATTRIBUTE,
        ::kmod_core::__private::keys::gpio::ATTRIBUTE,
        ::kmod_core::__private::keys::gpio::name,
        ::kmod_core::__private::keys::gpio::high,
        ::kmod_core::__private::keys::gpio::optional,
        ::kmod_core::__private::keys::gpio::ATTRIBUTE,
        ::kmod_core::__private::keys::gpio::name,
        ::kmod_core::__private::keys::gpio::chip,
        ::kmod_core::__private::keys::gpio::line,
        ::kmod_core::__private::keys::gpio::active_low,
        ::kmod_core::__private::keys::gpio::ATTRIBUTE,
        ::kmod_core::__private::keys::irq::ATTRIBUTE,
        ::kmod_core::__private::keys::irq::gpio,
        ::kmod_core::__private::keys::irq::edge,
    ];
    const _: () = <GpioOutput as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <GpioOutput<NoSleep> as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <[GpioInput; 2] as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <GpioLine as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <[Irq<Filled>; 2] as ::kmod_core::__private::Shared>::CHECKED;
    struct __kmod_motor;
    unsafe impl ::kmod_core::__private::Field for __kmod_motor {
        type Type = GpioOutput;
        type Instance = Pump;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Pump,
            GpioOutput,
        >(|instance| &raw const instance.motor, ::core::mem::offset_of!(Pump, motor));
    }
    unsafe impl ::kmod_core::__private::GpioField for __kmod_motor {
        const NAME: ::core::option::Option<&'static ::core::ffi::CStr> = ::core::option::Option::Some(
            c"motor",
        );
    }
    struct __kmod_reset;
    unsafe impl ::kmod_core::__private::Field for __kmod_reset {
        type Type = GpioOutput<NoSleep>;
        type Instance = Pump;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Pump,
            GpioOutput<NoSleep>,
        >(|instance| &raw const instance.reset, ::core::mem::offset_of!(Pump, reset));
    }
    unsafe impl ::kmod_core::__private::GpioField for __kmod_reset {
        const NAME: ::core::option::Option<&'static ::core::ffi::CStr> = ::core::option::Option::Some(
            c"reset",
        );
        const HIGH: ::core::primitive::bool = true;
        const OPTIONAL: ::core::primitive::bool = true;
    }
    const _: () = (::kmod_core::__private::assert_gpio::<GpioOutput<NoSleep>>)(true);
    struct __kmod_full;
    unsafe impl ::kmod_core::__private::Field for __kmod_full {
        type Type = [GpioInput; 2];
        type Instance = Pump;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Pump,
            [GpioInput; 2],
        >(|instance| &raw const instance.full, ::core::mem::offset_of!(Pump, full));
    }
    unsafe impl ::kmod_core::__private::GpioField for __kmod_full {
        const NAME: ::core::option::Option<&'static ::core::ffi::CStr> = ::core::option::Option::None;
        const LOOKUP: ::core::option::Option<::kmod_core::__private::GpioLookup> = ::core::option::Option::Some(::kmod_core::__private::GpioLookup {
            chip: c"relays",
            line: 4,
            active_low: true,
        });
    }
    const _: () = (::kmod_core::__private::assert_gpio::<[GpioInput; 2]>)(false);
    struct __kmod_wire;
    unsafe impl ::kmod_core::__private::Field for __kmod_wire {
        type Type = GpioLine;
        type Instance = Pump;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Pump,
            GpioLine,
        >(|instance| &raw const instance.wire, ::core::mem::offset_of!(Pump, wire));
    }
    unsafe impl ::kmod_core::__private::GpioField for __kmod_wire {
        const NAME: ::core::option::Option<&'static ::core::ffi::CStr> = ::core::option::Option::Some(
            c"wire",
        );
    }
    struct __kmod_filled;
    unsafe impl ::kmod_core::__private::Field for __kmod_filled {
        type Type = [Irq<Filled>; 2];
        type Instance = Pump;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Pump,
            [Irq<Filled>; 2],
        >(|instance| &raw const instance.filled, ::core::mem::offset_of!(Pump, filled));
    }
    const _: () = (::kmod_core::__private::assert_gpio_irq::<[GpioInput; 2]>)(2);
    unsafe impl ::kmod_core::__private::IrqField for __kmod_filled {
        const SOURCE: ::kmod_core::__private::IrqSource = ::kmod_core::__private::IrqSource::Gpio {
            own: ::kmod_core::__private::IrqNumbers {
                first: 0,
                count: 2,
            },
            lines: ::kmod_core::__private::GpioIrqs::of::<__kmod_full>(),
            edges: [false, true],
        };
        const NAME: &'static ::core::ffi::CStr = c"filled";
    }
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Pump>::ANSWER,
            &[
                ::kmod_core::__private::IsShared::<GpioOutput>::ANSWER,
                ::kmod_core::__private::IsShared::<GpioOutput<NoSleep>>::ANSWER,
                ::kmod_core::__private::IsShared::<[GpioInput; 2]>::ANSWER,
                ::kmod_core::__private::IsShared::<GpioLine>::ANSWER,
                ::kmod_core::__private::IsShared::<[Irq<Filled>; 2]>::ANSWER,
            ],
            "`Pump` holds what `#[device]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[device]`",
        );
    };
    unsafe impl ::kmod_core::__private::Instance for Pump {
        type Place = ::kmod_core::__private::Counted<Pump>;
    }
    impl<M: ::kmod_core::__private::ModuleState> ::kmod_core::__private::Provides<M>
    for Pump {}
    impl ::kmod_core::__private::Belongs<()> for Pump {
        fn instance(&self) -> &() {
            &()
        }
    }
    impl ::kmod_core::__private::Belongs<Pump> for Pump {
        fn instance(&self) -> &Pump {
            self
        }
    }
    impl Pump {
        #[deny(
            dead_code,
            reason = "no driver makes `Pump`: write `type Device = Pump;` in the `impl` of a driver that is a field of the module's struct, or make that a `DefaultDriver<Pump>`"
        )]
        pub(crate) const MADE_BY_A_DRIVER: () = ();
    }
    pub struct __KmodObjects {
        motor: ::kmod_core::__private::GpioObject<__kmod_motor>,
        reset: ::kmod_core::__private::GpioObject<__kmod_reset>,
        full: ::kmod_core::__private::GpioObject<__kmod_full>,
        wire: ::kmod_core::__private::GpioObject<__kmod_wire>,
        filled: ::kmod_core::__private::IrqObject<__kmod_filled>,
    }
    unsafe impl ::kmod_core::__private::Device for Pump {
        type Objects = __KmodObjects;
        fn objects() -> Self::Objects {
            __KmodObjects {
                motor: ::kmod_core::__private::GpioObject::new(),
                reset: ::kmod_core::__private::GpioObject::new(),
                full: ::kmod_core::__private::GpioObject::new(),
                wire: ::kmod_core::__private::GpioObject::new(),
                filled: ::kmod_core::__private::IrqObject::new(),
            }
        }
        fn with_objects<R>(
            objects: &Self::Objects,
            with: impl ::core::ops::FnOnce(&[&dyn ::kmod_core::__private::Object]) -> R,
        ) -> R {
            with(
                &[
                    &objects.motor,
                    &objects.reset,
                    &objects.full,
                    &objects.wire,
                    &objects.filled,
                ],
            )
        }
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<GpioOutput>(),
        "field `motor` of `Pump` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<GpioOutput<NoSleep>>(),
        "field `reset` of `Pump` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<[GpioInput; 2]>(),
        "field `full` of `Pump` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<GpioLine>(),
        "field `wire` of `Pump` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<[Irq<Filled>; 2]>(),
        "field `filled` of `Pump` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Pump>(),
        &[
            ::core::mem::size_of::<GpioOutput>(),
            ::core::mem::size_of::<GpioOutput<NoSleep>>(),
            ::core::mem::size_of::<[GpioInput; 2]>(),
            ::core::mem::size_of::<GpioLine>(),
            ::core::mem::size_of::<[Irq<Filled>; 2]>(),
        ],
        "`Pump` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
};
impl IrqHandler for Filled {
    type Module = ();
    type Instance = ();
    const HANDLERS: ::kmod_core::__private::IrqHandlers = ::kmod_core::__private::IrqHandlers {
        thread: true,
        ..::kmod_core::__private::IrqHandlers::NONE
    };
    fn thread(&self, _irq: &IrqCall<'_, Self>) {}
}
