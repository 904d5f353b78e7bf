// SPDX-License-Identifier: GPL-2.0-only
/// Has a device of each class.
struct Classes {
    own: Led<Lamp>,
    panel: Backlight<Panel>,
    dog: Watchdog<Dog>,
    radio: Rfkill<Radio>,
    light: LedMulticolor<Light>,
    ends: BatteryHook<Ends>,
    busy: LedTrigger,
    fan: Cooling<Fan>,
    stove: ThermalZone<Stove>,
}
///The parameters of [`Classes`].
struct ClassesParams {}
impl ClassesParams {}
const _: () = {
    static __KMOD_PARAMS: ClassesParams = ClassesParams {};
    const _: &[()] = &[
        ::kmod_core::__private::keys::kernel_module::ATTRIBUTE,
        ::kmod_core::__private::keys::kernel_module::name,
        ::kmod_core::__private::keys::kernel_module::license,
        ::kmod_core::__private::keys::led::ATTRIBUTE,
        ::kmod_core::__private::keys::led::name,
        ::kmod_core::__private::keys::led::max_brightness,
        ::kmod_core::__private::keys::led::default_trigger,
        ::kmod_core::__private::keys::backlight::ATTRIBUTE,
        ::kmod_core::__private::keys::backlight::max_brightness,
        ::kmod_core::__private::keys::backlight::brightness,
        ::kmod_core::__private::keys::backlight::kind,
        ::kmod_core::__private::keys::watchdog::ATTRIBUTE,
        ::kmod_core::__private::keys::watchdog::identity,
        ::kmod_core::__private::keys::watchdog::timeout,
        ::kmod_core::__private::keys::watchdog::max_timeout,
        ::kmod_core::__private::keys::watchdog::nowayout,
        ::kmod_core::__private::keys::rfkill::ATTRIBUTE,
        ::kmod_core::__private::keys::rfkill::kind,
        ::kmod_core::__private::keys::rfkill::persistent,
        ::kmod_core::__private::keys::led_multicolor::ATTRIBUTE,
        ::kmod_core::__private::keys::led_multicolor::name,
        ::kmod_core::__private::keys::led_multicolor::colors,
        ::kmod_core::__private::keys::led_multicolor::max_brightness,
        ::kmod_core::__private::keys::battery_hook::ATTRIBUTE,
        ::kmod_core::__private::keys::battery_hook::properties,
        ::kmod_core::__private::keys::led_trigger::ATTRIBUTE,
        ::kmod_core::__private::keys::cooling::ATTRIBUTE,
        ::kmod_core::__private::keys::thermal_zone::ATTRIBUTE,
        ::kmod_core::__private::keys::thermal_zone::trips,
        ::kmod_core::__private::keys::thermal_zone::polling_delay,
    ];
    const _: () = <Led<Lamp> as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <Backlight<Panel> as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <Watchdog<Dog> as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <Rfkill<Radio> as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <LedMulticolor<Light> as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <BatteryHook<Ends> as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <LedTrigger as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <Cooling<Fan> as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <ThermalZone<Stove> as ::kmod_core::__private::Shared>::CHECKED;
    struct __kmod_own;
    unsafe impl ::kmod_core::__private::Field for __kmod_own {
        type Type = Led<Lamp>;
        type Instance = Classes;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Classes,
            Led<Lamp>,
        >(|instance| &raw const instance.own, ::core::mem::offset_of!(Classes, own));
    }
    impl ::kmod_core::__private::LedField for __kmod_own {
        const NAME: ::kmod_core::__private::NodeName = ::kmod_core::__private::NodeName {
            before: c"classes::own",
            after: ::core::option::Option::None,
        };
        const MAX_BRIGHTNESS: ::core::primitive::u32 = 1;
        const DEFAULT_TRIGGER: ::core::option::Option<&'static ::core::ffi::CStr> = ::core::option::Option::Some(
            c"heartbeat",
        );
    }
    impl ::kmod_core::__private::ClassField for __kmod_own {}
    struct __kmod_panel;
    unsafe impl ::kmod_core::__private::Field for __kmod_panel {
        type Type = Backlight<Panel>;
        type Instance = Classes;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Classes,
            Backlight<Panel>,
        >(|instance| &raw const instance.panel, ::core::mem::offset_of!(Classes, panel));
    }
    impl ::kmod_core::__private::BacklightField for __kmod_panel {
        const NAME: ::kmod_core::__private::NodeName = ::kmod_core::__private::NodeName {
            before: c"panel",
            after: ::core::option::Option::None,
        };
        const MAX_BRIGHTNESS: ::core::primitive::u32 = 15;
        const BRIGHTNESS: ::core::primitive::u32 = 7;
        const KIND: ::core::primitive::u32 = ::kmod_core::__private::backlight_kind(
            "firmware",
        );
    }
    impl ::kmod_core::__private::ClassField for __kmod_panel {}
    struct __kmod_dog;
    unsafe impl ::kmod_core::__private::Field for __kmod_dog {
        type Type = Watchdog<Dog>;
        type Instance = Classes;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Classes,
            Watchdog<Dog>,
        >(|instance| &raw const instance.dog, ::core::mem::offset_of!(Classes, dog));
    }
    impl ::kmod_core::__private::WatchdogField for __kmod_dog {
        const IDENTITY: &'static ::core::ffi::CStr = c"A dog";
        const TIMEOUT: ::core::primitive::u32 = 30;
        const MAX_TIMEOUT: ::core::primitive::u32 = 600;
        const NOWAYOUT: ::core::primitive::bool = true;
    }
    impl ::kmod_core::__private::ClassField for __kmod_dog {}
    struct __kmod_radio;
    unsafe impl ::kmod_core::__private::Field for __kmod_radio {
        type Type = Rfkill<Radio>;
        type Instance = Classes;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Classes,
            Rfkill<Radio>,
        >(|instance| &raw const instance.radio, ::core::mem::offset_of!(Classes, radio));
    }
    impl ::kmod_core::__private::RfkillField for __kmod_radio {
        const NAME: ::kmod_core::__private::NodeName = ::kmod_core::__private::NodeName {
            before: c"radio",
            after: ::core::option::Option::None,
        };
        const KIND: ::core::primitive::u32 = ::kmod_core::__private::rfkill_kind("wwan");
        const PERSISTENT: ::core::primitive::bool = true;
    }
    impl ::kmod_core::__private::ClassField for __kmod_radio {}
    struct __kmod_light;
    unsafe impl ::kmod_core::__private::Field for __kmod_light {
        type Type = LedMulticolor<Light>;
        type Instance = Classes;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Classes,
            LedMulticolor<Light>,
        >(|instance| &raw const instance.light, ::core::mem::offset_of!(Classes, light));
    }
    impl ::kmod_core::__private::LedMulticolorField for __kmod_light {
        const NAME: ::kmod_core::__private::NodeName = ::kmod_core::__private::NodeName {
            before: c"light",
            after: ::core::option::Option::None,
        };
        const MAX_BRIGHTNESS: ::core::primitive::u32 = 31;
        const COLORS: &'static [::core::primitive::u8] = &[
            ::kmod_core::__private::led_color("red"),
            ::kmod_core::__private::led_color("white"),
        ];
    }
    impl ::kmod_core::__private::ClassField for __kmod_light {}
    struct __kmod_ends;
    unsafe impl ::kmod_core::__private::Field for __kmod_ends {
        type Type = BatteryHook<Ends>;
        type Instance = Classes;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Classes,
            BatteryHook<Ends>,
        >(|instance| &raw const instance.ends, ::core::mem::offset_of!(Classes, ends));
    }
    impl ::kmod_core::__private::BatteryHookField for __kmod_ends {
        const PROPERTIES: &'static [::kmod_core::__private::PowerSupplyProperty] = &[
            ::kmod_core::__private::PowerSupplyProperty::ChargeControlEndThreshold,
            ::kmod_core::__private::PowerSupplyProperty::ChargeControlStartThreshold,
        ];
        const WRITABLE: ::core::primitive::u32 = 1;
    }
    impl ::kmod_core::__private::ClassField for __kmod_ends {}
    struct __kmod_busy;
    unsafe impl ::kmod_core::__private::Field for __kmod_busy {
        type Type = LedTrigger;
        type Instance = Classes;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Classes,
            LedTrigger,
        >(|instance| &raw const instance.busy, ::core::mem::offset_of!(Classes, busy));
    }
    impl ::kmod_core::__private::LedTriggerField for __kmod_busy {
        const NAME: ::kmod_core::__private::NodeName = ::kmod_core::__private::NodeName {
            before: c"busy",
            after: ::core::option::Option::None,
        };
    }
    impl ::kmod_core::__private::ClassField for __kmod_busy {}
    struct __kmod_fan;
    unsafe impl ::kmod_core::__private::Field for __kmod_fan {
        type Type = Cooling<Fan>;
        type Instance = Classes;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Classes,
            Cooling<Fan>,
        >(|instance| &raw const instance.fan, ::core::mem::offset_of!(Classes, fan));
    }
    impl ::kmod_core::__private::CoolingField for __kmod_fan {
        const NAME: ::kmod_core::__private::NodeName = ::kmod_core::__private::NodeName {
            before: c"fan",
            after: ::core::option::Option::None,
        };
    }
    impl ::kmod_core::__private::ClassField for __kmod_fan {}
    struct __kmod_stove;
    unsafe impl ::kmod_core::__private::Field for __kmod_stove {
        type Type = ThermalZone<Stove>;
        type Instance = Classes;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Classes,
            ThermalZone<Stove>,
        >(|instance| &raw const instance.stove, ::core::mem::offset_of!(Classes, stove));
    }
    impl ::kmod_core::__private::ThermalZoneField for __kmod_stove {
        const NAME: ::kmod_core::__private::NodeName = ::kmod_core::__private::NodeName {
            before: c"stove",
            after: ::core::option::Option::None,
        };
        const TRIPS: &'static [::kmod_core::__private::ThermalTrip] = &[
            ::kmod_core::__private::ThermalTrip::new(
                "active",
                60000,
                2000,
                true,
                ::core::option::Option::Some(c"fan"),
            ),
            ::kmod_core::__private::ThermalTrip::new(
                "critical",
                110000,
                0,
                false,
                ::core::option::Option::None,
            ),
        ];
        const PASSIVE_DELAY: ::core::primitive::u32 = 0;
        const POLLING_DELAY: ::core::primitive::u32 = 2000;
    }
    impl ::kmod_core::__private::ClassField for __kmod_stove {}
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Classes>::ANSWER,
            &[
                ::kmod_core::__private::IsShared::<Led<Lamp>>::ANSWER,
                ::kmod_core::__private::IsShared::<Backlight<Panel>>::ANSWER,
                ::kmod_core::__private::IsShared::<Watchdog<Dog>>::ANSWER,
                ::kmod_core::__private::IsShared::<Rfkill<Radio>>::ANSWER,
                ::kmod_core::__private::IsShared::<LedMulticolor<Light>>::ANSWER,
                ::kmod_core::__private::IsShared::<BatteryHook<Ends>>::ANSWER,
                ::kmod_core::__private::IsShared::<LedTrigger>::ANSWER,
                ::kmod_core::__private::IsShared::<Cooling<Fan>>::ANSWER,
                ::kmod_core::__private::IsShared::<ThermalZone<Stove>>::ANSWER,
            ],
            "`Classes` holds what `#[kernel_module]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[kernel_module]`",
        );
    };
    impl ::kmod_core::ModuleInfo for Classes {
        type Params = ClassesParams;
        fn params() -> &'static ClassesParams {
            &__KMOD_PARAMS
        }
    }
    unsafe impl ::kmod_core::__private::Module for Classes {
        const NAME: &'static ::core::ffi::CStr = c"classes";
        const SLOT: *const ::kmod_core::__private::ModuleSlot<Classes> = {
            static SLOT: ::kmod_core::__private::ModuleSlot<Classes> = ::kmod_core::__private::ModuleSlot::new();
            &raw const SLOT
        };
        fn objects() -> &'static [&'static dyn ::kmod_core::__private::Object] {
            static OBJECT_0: ::kmod_core::__private::ClassObject<__kmod_own> = ::kmod_core::__private::ClassObject::new();
            static OBJECT_1: ::kmod_core::__private::ClassObject<__kmod_panel> = ::kmod_core::__private::ClassObject::new();
            static OBJECT_2: ::kmod_core::__private::ClassObject<__kmod_dog> = ::kmod_core::__private::ClassObject::new();
            static OBJECT_3: ::kmod_core::__private::ClassObject<__kmod_radio> = ::kmod_core::__private::ClassObject::new();
            static OBJECT_4: ::kmod_core::__private::ClassObject<__kmod_light> = ::kmod_core::__private::ClassObject::new();
            static OBJECT_5: ::kmod_core::__private::ClassObject<__kmod_ends> = ::kmod_core::__private::ClassObject::new();
            static OBJECT_6: ::kmod_core::__private::ClassObject<__kmod_busy> = ::kmod_core::__private::ClassObject::new();
            static OBJECT_7: ::kmod_core::__private::ClassObject<__kmod_fan> = ::kmod_core::__private::ClassObject::new();
            static OBJECT_8: ::kmod_core::__private::ClassObject<__kmod_stove> = ::kmod_core::__private::ClassObject::new();
            static OBJECTS: &[&dyn ::kmod_core::__private::Object] = &[
                &OBJECT_0,
                &OBJECT_1,
                &OBJECT_2,
                &OBJECT_3,
                &OBJECT_4,
                &OBJECT_5,
                &OBJECT_6,
                &OBJECT_7,
                &OBJECT_8,
            ];
            OBJECTS
        }
    }
    unsafe impl ::kmod_core::__private::Instance for Classes {
        type Place = ::kmod_core::__private::Static<Classes>;
    }
    impl ::kmod_core::__private::Provides<()> for Classes {}
    impl ::kmod_core::__private::Provides<Classes> for Classes {}
    impl ::kmod_core::__private::Belongs<()> for Classes {
        fn instance(&self) -> &() {
            &()
        }
    }
    impl ::kmod_core::__private::Belongs<Classes> for Classes {
        fn instance(&self) -> &Classes {
            self
        }
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Led<Lamp>>(),
        "field `own` of `Classes` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Backlight<Panel>>(),
        "field `panel` of `Classes` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Watchdog<Dog>>(),
        "field `dog` of `Classes` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Rfkill<Radio>>(),
        "field `radio` of `Classes` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<LedMulticolor<Light>>(),
        "field `light` of `Classes` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<BatteryHook<Ends>>(),
        "field `ends` of `Classes` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<LedTrigger>(),
        "field `busy` of `Classes` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Cooling<Fan>>(),
        "field `fan` of `Classes` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<ThermalZone<Stove>>(),
        "field `stove` of `Classes` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Classes>(),
        &[
            ::core::mem::size_of::<Led<Lamp>>(),
            ::core::mem::size_of::<Backlight<Panel>>(),
            ::core::mem::size_of::<Watchdog<Dog>>(),
            ::core::mem::size_of::<Rfkill<Radio>>(),
            ::core::mem::size_of::<LedMulticolor<Light>>(),
            ::core::mem::size_of::<BatteryHook<Ends>>(),
            ::core::mem::size_of::<LedTrigger>(),
            ::core::mem::size_of::<Cooling<Fan>>(),
            ::core::mem::size_of::<ThermalZone<Stove>>(),
        ],
        "`Classes` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
    const _: unsafe fn() -> ::core::ffi::c_int = ::kmod_core::__private::init::<Classes>;
    #[doc(hidden)]
    #[macro_export]
    macro_rules! a_crate_has_one_kernel_module {
        () => {};
    }
    #[cfg(target_os = "none")]
    const _: () = {
        #[unsafe(no_mangle)]
        extern "C" fn init_module() -> ::core::ffi::c_int {
            unsafe { ::kmod_core::__private::init::<Classes>() }
        }
        #[unsafe(no_mangle)]
        extern "C" fn cleanup_module() {
            unsafe { ::kmod_core::__private::exit::<Classes>() }
        }
        mod modinfo {
            ::core::arch::global_asm!(
                ".pushsection .modinfo,\"a\"", ".asciz \"license=GPL\"",
                ".asciz \"description=Has a device of each class.\"", ".popsection",
                ".pushsection .kmod.module", ".asciz \"classes\"", ".popsection",
                options(raw)
            );
        }
    };
    ::kmod_core::__private::told! {
        Declaration { name : "classes", description : "Has a device of each class.",
        license : "GPL", authors : & [], params : & [], }
    }
};
/// One board.
struct Board {
    clock: Rtc<Clock>,
    lamp: Led<Lamp>,
    chip: Hwmon<Chip>,
    meter: Iio<Meter>,
    buttons: Input<Buttons>,
    pad: Input<Pad>,
    cell: PowerSupply<Cell>,
    status: Led<Lamp>,
    relays: GpioChip<Relays>,
}
const _: () = {
    const _: &[()] = &[
        ::kmod_core::__private::keys::rtc::ATTRIBUTE,
        ::kmod_core::__private::keys::rtc::range,
        ::kmod_core::__private::keys::led::ATTRIBUTE,
        ::kmod_core::__private::keys::hwmon::ATTRIBUTE,
        ::kmod_core::__private::keys::hwmon::channels,
        ::kmod_core::__private::keys::iio::ATTRIBUTE,
        ::kmod_core::__private::keys::iio::name,
        ::kmod_core::__private::keys::iio::channels,
        ::kmod_core::__private::keys::input::ATTRIBUTE,
        ::kmod_core::__private::keys::input::name,
        ::kmod_core::__private::keys::input::keys,
        ::kmod_core::__private::keys::input::relative,
        ::kmod_core::__private::keys::input::absolute,
        ::kmod_core::__private::keys::input::switches,
        ::kmod_core::__private::keys::input::keymap,
        ::kmod_core::__private::keys::input::repeat,
        ::kmod_core::__private::keys::input::poll_interval,
        ::kmod_core::__private::keys::input::bustype,
        ::kmod_core::__private::keys::input::version,
        ::kmod_core::__private::keys::input::ATTRIBUTE,
        ::kmod_core::__private::keys::input::absolute,
        ::kmod_core::__private::keys::input::slots,
        ::kmod_core::__private::keys::input::slot_flags,
        ::kmod_core::__private::keys::input::force_feedback,
        ::kmod_core::__private::keys::power_supply::ATTRIBUTE,
        ::kmod_core::__private::keys::power_supply::kind,
        ::kmod_core::__private::keys::power_supply::properties,
        ::kmod_core::__private::keys::power_supply::manufacturer,
        ::kmod_core::__private::keys::led::ATTRIBUTE,
        ::kmod_core::__private::keys::led::name,
        ::kmod_core::__private::keys::gpio_chip::ATTRIBUTE,
        ::kmod_core::__private::keys::gpio_chip::lines,
        ::kmod_core::__private::keys::gpio_chip::names,
        ::kmod_core::__private::keys::gpio_chip::can_sleep,
    ];
    const _: () = <Rtc<Clock> as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <Led<Lamp> as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <Hwmon<Chip> as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <Iio<Meter> as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <Input<Buttons> as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <Input<Pad> as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <PowerSupply<Cell> as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <Led<Lamp> as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <GpioChip<Relays> as ::kmod_core::__private::Shared>::CHECKED;
    struct __kmod_clock;
    unsafe impl ::kmod_core::__private::Field for __kmod_clock {
        type Type = Rtc<Clock>;
        type Instance = Board;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Board,
            Rtc<Clock>,
        >(|instance| &raw const instance.clock, ::core::mem::offset_of!(Board, clock));
    }
    unsafe impl ::kmod_core::__private::RtcField for __kmod_clock {
        const RANGE: ::core::option::Option<
            (::core::primitive::i64, ::core::primitive::i64),
        > = ::core::option::Option::Some((-5, 4102444799));
    }
    impl ::kmod_core::__private::ClassField for __kmod_clock {}
    struct __kmod_lamp;
    unsafe impl ::kmod_core::__private::Field for __kmod_lamp {
        type Type = Led<Lamp>;
        type Instance = Board;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Board,
            Led<Lamp>,
        >(|instance| &raw const instance.lamp, ::core::mem::offset_of!(Board, lamp));
    }
    impl ::kmod_core::__private::LedField for __kmod_lamp {
        const NAME: ::kmod_core::__private::NodeName = ::kmod_core::__private::NodeName {
            before: c"lamp",
            after: ::core::option::Option::Some(c""),
        };
    }
    impl ::kmod_core::__private::ClassField for __kmod_lamp {}
    struct __kmod_chip;
    unsafe impl ::kmod_core::__private::Field for __kmod_chip {
        type Type = Hwmon<Chip>;
        type Instance = Board;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Board,
            Hwmon<Chip>,
        >(|instance| &raw const instance.chip, ::core::mem::offset_of!(Board, chip));
    }
    impl ::kmod_core::__private::HwmonField for __kmod_chip {
        const NAME: &'static ::core::ffi::CStr = c"chip";
        const CHANNELS: &'static [::kmod_core::__private::HwmonChannel] = &[
            ::kmod_core::__private::HwmonChannel::new(
                ::kmod_core::__private::HwmonSensor::Temp,
                &[
                    ::kmod_core::__private::HwmonAttr::Input,
                    ::kmod_core::__private::HwmonAttr::Max,
                    ::kmod_core::__private::HwmonAttr::MaxHyst,
                    ::kmod_core::__private::HwmonAttr::Label,
                ],
                &[
                    ::kmod_core::__private::HwmonAttr::Max,
                    ::kmod_core::__private::HwmonAttr::MaxHyst,
                ],
                ::core::option::Option::Some(c"CPU"),
            ),
            ::kmod_core::__private::HwmonChannel::new(
                ::kmod_core::__private::HwmonSensor::In,
                &[::kmod_core::__private::HwmonAttr::Input],
                &[],
                ::core::option::Option::None,
            ),
            ::kmod_core::__private::HwmonChannel::new(
                ::kmod_core::__private::HwmonSensor::Power,
                &[],
                &[::kmod_core::__private::HwmonAttr::ResetHistory],
                ::core::option::Option::None,
            ),
        ];
    }
    impl ::kmod_core::__private::ClassField for __kmod_chip {}
    struct __kmod_meter;
    unsafe impl ::kmod_core::__private::Field for __kmod_meter {
        type Type = Iio<Meter>;
        type Instance = Board;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Board,
            Iio<Meter>,
        >(|instance| &raw const instance.meter, ::core::mem::offset_of!(Board, meter));
    }
    impl ::kmod_core::__private::IioField for __kmod_meter {
        const NAME: &'static ::core::ffi::CStr = c"meter";
        const CHANNELS: &'static [::kmod_core::__private::IioSpec] = &[
            ::kmod_core::__private::IioSpec::new(
                    ::kmod_core::__private::IioType::Illuminance,
                    0u32,
                )
                .with(
                    0usize,
                    &[
                        ::kmod_core::__private::IioInfo::Raw,
                        ::kmod_core::__private::IioInfo::Scale,
                    ],
                    &[::kmod_core::__private::IioInfo::IntegrationTime],
                ),
            ::kmod_core::__private::IioSpec::new(
                    ::kmod_core::__private::IioType::Voltage,
                    7u32,
                )
                .index(0u16)
                .label(c"VDD")
                .with(0usize, &[::kmod_core::__private::IioInfo::Raw], &[])
                .with(
                    1usize,
                    &[::kmod_core::__private::IioInfo::Scale],
                    &[::kmod_core::__private::IioInfo::Scale],
                ),
            ::kmod_core::__private::IioSpec::new(
                    ::kmod_core::__private::IioType::Voltage,
                    2u32,
                )
                .index(0u16)
                .differential(1u16)
                .with(0usize, &[::kmod_core::__private::IioInfo::Raw], &[]),
            ::kmod_core::__private::IioSpec::new(
                    ::kmod_core::__private::IioType::Accel,
                    3u32,
                )
                .modifier(::kmod_core::__private::IioModifier::X)
                .scan(::kmod_core::__private::IioScanType {
                    signed: true,
                    real_bits: 12u8,
                    storage_bits: 16u8,
                    shift: 4u8,
                    big_endian: ::core::option::Option::Some(true),
                })
                .with(0usize, &[::kmod_core::__private::IioInfo::Raw], &[])
                .with(
                    3usize,
                    &[::kmod_core::__private::IioInfo::SamplingFrequency],
                    &[],
                ),
            ::kmod_core::__private::IioSpec::new(
                    ::kmod_core::__private::IioType::Current,
                    4u32,
                )
                .output()
                .with(0usize, &[::kmod_core::__private::IioInfo::Raw], &[])
                .with(2usize, &[::kmod_core::__private::IioInfo::Offset], &[]),
            ::kmod_core::__private::IioSpec::new(
                    ::kmod_core::__private::IioType::Temp,
                    5u32,
                )
                .scan(::kmod_core::__private::IioScanType {
                    signed: false,
                    real_bits: 16u8,
                    storage_bits: 16u8,
                    shift: 0u8,
                    big_endian: ::core::option::Option::None,
                })
                .with(0usize, &[::kmod_core::__private::IioInfo::Raw], &[]),
        ];
        const EVENTS: &'static [::kmod_core::__private::IioEventSpec] = &[
            ::kmod_core::__private::IioEventSpec::new(
                    0u32,
                    ::kmod_core::__private::IioEvent::new(
                        ::kmod_core::__private::IioEventType::Thresh,
                        ::kmod_core::__private::IioEventDirection::Rising,
                    ),
                )
                .with(0usize, &[::kmod_core::__private::IioEventInfo::En])
                .with(1usize, &[::kmod_core::__private::IioEventInfo::Value]),
        ];
        const TIMESTAMP: bool = true;
    }
    impl ::kmod_core::__private::ClassField for __kmod_meter {}
    struct __kmod_buttons;
    unsafe impl ::kmod_core::__private::Field for __kmod_buttons {
        type Type = Input<Buttons>;
        type Instance = Board;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Board,
            Input<Buttons>,
        >(
            |instance| &raw const instance.buttons,
            ::core::mem::offset_of!(Board, buttons),
        );
    }
    impl ::kmod_core::__private::InputField for __kmod_buttons {
        const NAME: ::kmod_core::__private::NodeName = ::kmod_core::__private::NodeName {
            before: c"Board ",
            after: ::core::option::Option::Some(c""),
        };
        const ID: [::core::primitive::u16; 4] = [25, 0, 0, 3];
        const KEYS: &'static [::kmod_core::__private::input_codes::Key] = &[
            ::kmod_core::__private::input_codes::KEY_POWER,
            ::kmod_core::__private::input_codes::BTN_LEFT,
        ];
        const RELATIVE: &'static [::kmod_core::__private::input_codes::Relative] = &[
            ::kmod_core::__private::input_codes::REL_X,
        ];
        const SWITCHES: &'static [::kmod_core::__private::input_codes::Switch] = &[
            ::kmod_core::__private::input_codes::SW_LID,
        ];
        const ABSOLUTE: &'static [::kmod_core::__private::AbsInfo] = &[
            ::kmod_core::__private::AbsInfo::new(
                ::kmod_core::__private::input_codes::ABS_X,
                (-5, 255),
                (2, 0, 0),
            ),
            ::kmod_core::__private::AbsInfo::new(
                ::kmod_core::__private::input_codes::ABS_Y,
                (0, 7),
                (0, 0, 0),
            ),
        ];
        const KEYMAP: &'static [::kmod_core::__private::ScanCode] = &[
            ::kmod_core::__private::ScanCode::new(
                1,
                ::kmod_core::__private::KeyEntry::Key(
                    ::kmod_core::__private::input_codes::KEY_WLAN,
                ),
            ),
            ::kmod_core::__private::ScanCode::new(
                16,
                ::kmod_core::__private::KeyEntry::Switch(
                    ::kmod_core::__private::input_codes::SW_TABLET_MODE,
                    true,
                ),
            ),
            ::kmod_core::__private::ScanCode::new(
                32,
                ::kmod_core::__private::KeyEntry::VariableSwitch(
                    ::kmod_core::__private::input_codes::SW_DOCK,
                ),
            ),
            ::kmod_core::__private::ScanCode::new(
                4294967295,
                ::kmod_core::__private::KeyEntry::Ignore,
            ),
        ];
        const REPEAT: ::core::primitive::bool = true;
        const POLL_INTERVAL: ::core::primitive::u32 = 20;
    }
    impl ::kmod_core::__private::ClassField for __kmod_buttons {}
    struct __kmod_pad;
    unsafe impl ::kmod_core::__private::Field for __kmod_pad {
        type Type = Input<Pad>;
        type Instance = Board;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Board,
            Input<Pad>,
        >(|instance| &raw const instance.pad, ::core::mem::offset_of!(Board, pad));
    }
    impl ::kmod_core::__private::InputField for __kmod_pad {
        const NAME: ::kmod_core::__private::NodeName = ::kmod_core::__private::NodeName {
            before: c"pad",
            after: ::core::option::Option::Some(c""),
        };
        const FORCE_FEEDBACK: &'static [::kmod_core::__private::input_codes::ForceFeedback] = &[
            ::kmod_core::__private::input_codes::FF_RUMBLE,
        ];
        const ABSOLUTE: &'static [::kmod_core::__private::AbsInfo] = &[
            ::kmod_core::__private::AbsInfo::new(
                ::kmod_core::__private::input_codes::ABS_MT_POSITION_X,
                (0, 99),
                (0, 0, 0),
            ),
        ];
        const SLOTS: ::core::primitive::u16 = 10;
        const SLOT_FLAGS: ::core::primitive::u16 = ::kmod_core::__private::mt_flags(
            &["direct", "drop_unused"],
        );
    }
    impl ::kmod_core::__private::ClassField for __kmod_pad {}
    struct __kmod_cell;
    unsafe impl ::kmod_core::__private::Field for __kmod_cell {
        type Type = PowerSupply<Cell>;
        type Instance = Board;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Board,
            PowerSupply<Cell>,
        >(|instance| &raw const instance.cell, ::core::mem::offset_of!(Board, cell));
    }
    impl ::kmod_core::__private::PowerSupplyField for __kmod_cell {
        const NAME: ::kmod_core::__private::NodeName = ::kmod_core::__private::NodeName {
            before: c"cell",
            after: ::core::option::Option::Some(c""),
        };
        const KIND: ::core::primitive::u32 = ::kmod_core::__private::power_supply_kind(
            "battery",
        );
        const PROPERTIES: &'static [::kmod_core::__private::PowerSupplyProperty] = &[
            ::kmod_core::__private::PowerSupplyProperty::ChargeControlEndThreshold,
            ::kmod_core::__private::PowerSupplyProperty::Status,
            ::kmod_core::__private::PowerSupplyProperty::Capacity,
        ];
        const WRITABLE: ::core::primitive::u32 = 1;
        const MANUFACTURER: ::core::option::Option<&'static ::core::ffi::CStr> = ::core::option::Option::Some(
            c"Somebody",
        );
    }
    impl ::kmod_core::__private::ClassField for __kmod_cell {}
    struct __kmod_status;
    unsafe impl ::kmod_core::__private::Field for __kmod_status {
        type Type = Led<Lamp>;
        type Instance = Board;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Board,
            Led<Lamp>,
        >(|instance| &raw const instance.status, ::core::mem::offset_of!(Board, status));
    }
    impl ::kmod_core::__private::LedField for __kmod_status {
        const NAME: ::kmod_core::__private::NodeName = ::kmod_core::__private::NodeName {
            before: c"board",
            after: ::core::option::Option::Some(c":red:status"),
        };
    }
    impl ::kmod_core::__private::ClassField for __kmod_status {}
    struct __kmod_relays;
    unsafe impl ::kmod_core::__private::Field for __kmod_relays {
        type Type = GpioChip<Relays>;
        type Instance = Board;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Board,
            GpioChip<Relays>,
        >(|instance| &raw const instance.relays, ::core::mem::offset_of!(Board, relays));
    }
    impl ::kmod_core::__private::GpioChipField for __kmod_relays {
        const NAME: ::kmod_core::__private::NodeName = ::kmod_core::__private::NodeName {
            before: c"relays",
            after: ::core::option::Option::Some(c""),
        };
        const LINES: ::core::primitive::u16 = 8;
        const NAMES: &'static [::kmod_core::__private::GpioName] = &[
            ::kmod_core::__private::GpioName::new(::core::option::Option::Some(c"pump")),
            ::kmod_core::__private::GpioName::new(::core::option::Option::None),
            ::kmod_core::__private::GpioName::new(::core::option::Option::Some(c"valve")),
        ];
        const CAN_SLEEP: ::core::primitive::bool = true;
    }
    impl ::kmod_core::__private::ClassField for __kmod_relays {}
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Board>::ANSWER,
            &[
                ::kmod_core::__private::IsShared::<Rtc<Clock>>::ANSWER,
                ::kmod_core::__private::IsShared::<Led<Lamp>>::ANSWER,
                ::kmod_core::__private::IsShared::<Hwmon<Chip>>::ANSWER,
                ::kmod_core::__private::IsShared::<Iio<Meter>>::ANSWER,
                ::kmod_core::__private::IsShared::<Input<Buttons>>::ANSWER,
                ::kmod_core::__private::IsShared::<Input<Pad>>::ANSWER,
                ::kmod_core::__private::IsShared::<PowerSupply<Cell>>::ANSWER,
                ::kmod_core::__private::IsShared::<Led<Lamp>>::ANSWER,
                ::kmod_core::__private::IsShared::<GpioChip<Relays>>::ANSWER,
            ],
            "`Board` holds what `#[device]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[device]`",
        );
    };
    unsafe impl ::kmod_core::__private::Instance for Board {
        type Place = ::kmod_core::__private::Counted<Board>;
    }
    impl<M: ::kmod_core::__private::ModuleState> ::kmod_core::__private::Provides<M>
    for Board {}
    impl ::kmod_core::__private::Belongs<()> for Board {
        fn instance(&self) -> &() {
            &()
        }
    }
    impl ::kmod_core::__private::Belongs<Board> for Board {
        fn instance(&self) -> &Board {
            self
        }
    }
    impl Board {
        #[deny(
            dead_code,
            reason = "no driver makes `Board`: write `type Device = Board;` in the `impl` of a driver that is a field of the module's struct, or make that a `DefaultDriver<Board>`"
        )]
        pub(crate) const MADE_BY_A_DRIVER: () = ();
    }
    pub struct __KmodObjects {
        clock: ::kmod_core::__private::ClassObject<__kmod_clock>,
        lamp: ::kmod_core::__private::ClassObject<__kmod_lamp>,
        chip: ::kmod_core::__private::ClassObject<__kmod_chip>,
        meter: ::kmod_core::__private::ClassObject<__kmod_meter>,
        buttons: ::kmod_core::__private::ClassObject<__kmod_buttons>,
        pad: ::kmod_core::__private::ClassObject<__kmod_pad>,
        cell: ::kmod_core::__private::ClassObject<__kmod_cell>,
        status: ::kmod_core::__private::ClassObject<__kmod_status>,
        relays: ::kmod_core::__private::ClassObject<__kmod_relays>,
    }
    unsafe impl ::kmod_core::__private::Device for Board {
        type Objects = __KmodObjects;
        fn objects() -> Self::Objects {
            __KmodObjects {
                clock: ::kmod_core::__private::ClassObject::new(),
                lamp: ::kmod_core::__private::ClassObject::new(),
                chip: ::kmod_core::__private::ClassObject::new(),
                meter: ::kmod_core::__private::ClassObject::new(),
                buttons: ::kmod_core::__private::ClassObject::new(),
                pad: ::kmod_core::__private::ClassObject::new(),
                cell: ::kmod_core::__private::ClassObject::new(),
                status: ::kmod_core::__private::ClassObject::new(),
                relays: ::kmod_core::__private::ClassObject::new(),
            }
        }
        fn with_objects<R>(
            objects: &Self::Objects,
            with: impl ::core::ops::FnOnce(&[&dyn ::kmod_core::__private::Object]) -> R,
        ) -> R {
            with(
                &[
                    &objects.clock,
                    &objects.lamp,
                    &objects.chip,
                    &objects.meter,
                    &objects.buttons,
                    &objects.pad,
                    &objects.cell,
                    &objects.status,
                    &objects.relays,
                ],
            )
        }
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Rtc<Clock>>(),
        "field `clock` of `Board` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Led<Lamp>>(),
        "field `lamp` of `Board` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Hwmon<Chip>>(),
        "field `chip` of `Board` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Iio<Meter>>(),
        "field `meter` of `Board` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Input<Buttons>>(),
        "field `buttons` of `Board` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Input<Pad>>(),
        "field `pad` of `Board` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<PowerSupply<Cell>>(),
        "field `cell` of `Board` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Led<Lamp>>(),
        "field `status` of `Board` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<GpioChip<Relays>>(),
        "field `relays` of `Board` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Board>(),
        &[
            ::core::mem::size_of::<Rtc<Clock>>(),
            ::core::mem::size_of::<Led<Lamp>>(),
            ::core::mem::size_of::<Hwmon<Chip>>(),
            ::core::mem::size_of::<Iio<Meter>>(),
            ::core::mem::size_of::<Input<Buttons>>(),
            ::core::mem::size_of::<Input<Pad>>(),
            ::core::mem::size_of::<PowerSupply<Cell>>(),
            ::core::mem::size_of::<Led<Lamp>>(),
            ::core::mem::size_of::<GpioChip<Relays>>(),
        ],
        "`Board` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
};
impl LedOps for Lamp {
    type Module = ();
    const HANDLERS: ::kmod_core::__private::LedHandlers = ::kmod_core::__private::LedHandlers {
        brightness_set_blocking: true,
        ..::kmod_core::__private::LedHandlers::NONE
    };
    type Instance = Board;
    fn brightness_set_blocking(
        &self,
        led: &LedCall<'_, Self>,
        brightness: u32,
    ) -> Result {
        Ok(())
    }
}
