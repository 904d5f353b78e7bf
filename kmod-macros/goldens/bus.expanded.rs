// SPDX-License-Identifier: GPL-2.0-only
/// Drives chips.
struct Chips {
    driver: Driver,
    other: DefaultDriver<Other>,
    firmware: Firmware,
    fan: Fan,
}
///The parameters of [`Chips`].
struct ChipsParams {}
impl ChipsParams {}
const _: () = {
    static __KMOD_PARAMS: ChipsParams = ChipsParams {};
    const _: &[()] = &[
        ::kmod_core::__private::keys::kernel_module::ATTRIBUTE,
        ::kmod_core::__private::keys::kernel_module::name,
        ::kmod_core::__private::keys::kernel_module::license,
        ::kmod_core::__private::keys::i2c_driver::ATTRIBUTE,
        ::kmod_core::__private::keys::i2c_driver::name,
        ::kmod_core::__private::keys::i2c_driver::ids,
        ::kmod_core::__private::keys::spi_driver::ATTRIBUTE,
        ::kmod_core::__private::keys::spi_driver::name,
        ::kmod_core::__private::keys::spi_driver::ids,
        ::kmod_core::__private::keys::acpi_driver::ATTRIBUTE,
        ::kmod_core::__private::keys::acpi_driver::ids,
        ::kmod_core::__private::keys::platform_driver::ATTRIBUTE,
        ::kmod_core::__private::keys::platform_driver::ids,
        ::kmod_core::__private::keys::platform_driver::acpi,
        ::kmod_core::__private::keys::platform_driver::of,
        ::kmod_core::__private::keys::platform_driver::dmi,
        ::kmod_core::__private::keys::platform_driver::devices,
    ];
    struct __kmod_driver;
    unsafe impl ::kmod_core::__private::Field for __kmod_driver {
        type Type = Driver;
        type Instance = Chips;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Chips,
            Driver,
        >(|instance| &raw const instance.driver, ::core::mem::offset_of!(Chips, driver));
    }
    mod __kmod_driver_i2c_ids {
        pub static IDS: [::kmod_core::__private::I2cId; 3] = [
            ::kmod_core::__private::I2cId::new("lm75", 0),
            ::kmod_core::__private::I2cId::new("tmp105", 1),
            ::kmod_core::__private::I2cId::END,
        ];
        #[cfg(target_os = "none")]
        ::core::arch::global_asm!(
            ".set __mod_i2c__driver_device_table, {ids}",
            ".type __mod_i2c__driver_device_table, %object",
            ".size __mod_i2c__driver_device_table, {bytes}",
            ".set __mod_device_table__kmod_module__i2c__driver, {ids}",
            ".type __mod_device_table__kmod_module__i2c__driver, %object",
            ".size __mod_device_table__kmod_module__i2c__driver, {bytes}", ids = sym IDS,
            bytes = const ::core::mem::size_of:: < [::kmod_core::__private::I2cId; 3] >
            (),
        );
    }
    impl ::kmod_core::__private::DriverField for __kmod_driver {
        type Bus = ::kmod_core::__private::I2c;
        const NAME: &'static ::core::ffi::CStr = c"chip";
        const IDS: &'static [::kmod_core::__private::I2cId] = &__kmod_driver_i2c_ids::IDS;
        const DATA: &'static [<Driver as ::kmod_core::__private::Driver<
            ::kmod_core::__private::I2c,
        >>::Id] = {
            use ::kmod_core::__private::MadeElsewhere as _;
            <<Driver as ::kmod_core::__private::Driver<
                ::kmod_core::__private::I2c,
            >>::Device>::MADE_BY_A_DRIVER;
            &[Model::A, Model::B]
        };
    }
    struct __kmod_other;
    unsafe impl ::kmod_core::__private::Field for __kmod_other {
        type Type = DefaultDriver<Other>;
        type Instance = Chips;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Chips,
            DefaultDriver<Other>,
        >(|instance| &raw const instance.other, ::core::mem::offset_of!(Chips, other));
    }
    mod __kmod_other_spi_ids {
        pub static IDS: [::kmod_core::__private::SpiId; 3] = [
            ::kmod_core::__private::SpiId::new("mcp3008", 0),
            ::kmod_core::__private::SpiId::new("mcp3004", 1),
            ::kmod_core::__private::SpiId::END,
        ];
        #[cfg(target_os = "none")]
        ::core::arch::global_asm!(
            ".set __mod_spi__other_device_table, {ids}",
            ".type __mod_spi__other_device_table, %object",
            ".size __mod_spi__other_device_table, {bytes}",
            ".set __mod_device_table__kmod_module__spi__other, {ids}",
            ".type __mod_device_table__kmod_module__spi__other, %object",
            ".size __mod_device_table__kmod_module__spi__other, {bytes}", ids = sym IDS,
            bytes = const ::core::mem::size_of:: < [::kmod_core::__private::SpiId; 3] >
            (),
        );
    }
    impl ::kmod_core::__private::DriverField for __kmod_other {
        type Bus = ::kmod_core::__private::Spi;
        const NAME: &'static ::core::ffi::CStr = c"other-chip";
        const IDS: &'static [::kmod_core::__private::SpiId] = &__kmod_other_spi_ids::IDS;
        const DATA: &'static [<DefaultDriver<
            Other,
        > as ::kmod_core::__private::Driver<::kmod_core::__private::Spi>>::Id] = {
            use ::kmod_core::__private::MadeElsewhere as _;
            <<DefaultDriver<
                Other,
            > as ::kmod_core::__private::Driver<
                ::kmod_core::__private::Spi,
            >>::Device>::MADE_BY_A_DRIVER;
            &[(), ()]
        };
    }
    struct __kmod_firmware;
    unsafe impl ::kmod_core::__private::Field for __kmod_firmware {
        type Type = Firmware;
        type Instance = Chips;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Chips,
            Firmware,
        >(
            |instance| &raw const instance.firmware,
            ::core::mem::offset_of!(Chips, firmware),
        );
    }
    mod __kmod_firmware_acpi_ids {
        pub static IDS: [::kmod_core::__private::AcpiId; 2] = [
            ::kmod_core::__private::AcpiId::new("ABCD0001", 0),
            ::kmod_core::__private::AcpiId::END,
        ];
        #[cfg(target_os = "none")]
        ::core::arch::global_asm!(
            ".set __mod_acpi__firmware_device_table, {ids}",
            ".type __mod_acpi__firmware_device_table, %object",
            ".size __mod_acpi__firmware_device_table, {bytes}",
            ".set __mod_device_table__kmod_module__acpi__firmware, {ids}",
            ".type __mod_device_table__kmod_module__acpi__firmware, %object",
            ".size __mod_device_table__kmod_module__acpi__firmware, {bytes}", ids = sym
            IDS, bytes = const ::core::mem::size_of:: < [::kmod_core::__private::AcpiId;
            2] > (),
        );
    }
    impl ::kmod_core::__private::DriverField for __kmod_firmware {
        type Bus = ::kmod_core::__private::Acpi;
        const NAME: &'static ::core::ffi::CStr = c"firmware";
        const IDS: &'static [::kmod_core::__private::AcpiId] = &__kmod_firmware_acpi_ids::IDS;
        const DATA: &'static [<Firmware as ::kmod_core::__private::Driver<
            ::kmod_core::__private::Acpi,
        >>::Id] = {
            use ::kmod_core::__private::MadeElsewhere as _;
            <<Firmware as ::kmod_core::__private::Driver<
                ::kmod_core::__private::Acpi,
            >>::Device>::MADE_BY_A_DRIVER;
            &[()]
        };
    }
    struct __kmod_fan;
    unsafe impl ::kmod_core::__private::Field for __kmod_fan {
        type Type = Fan;
        type Instance = Chips;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Chips,
            Fan,
        >(|instance| &raw const instance.fan, ::core::mem::offset_of!(Chips, fan));
    }
    mod __kmod_fan_platform_ids {
        pub static IDS: [::kmod_core::__private::PlatformId; 2] = [
            ::kmod_core::__private::PlatformId::new("fan", 0),
            ::kmod_core::__private::PlatformId::END,
        ];
        #[cfg(target_os = "none")]
        ::core::arch::global_asm!(
            ".set __mod_platform__fan_device_table, {ids}",
            ".type __mod_platform__fan_device_table, %object",
            ".size __mod_platform__fan_device_table, {bytes}",
            ".set __mod_device_table__kmod_module__platform__fan, {ids}",
            ".type __mod_device_table__kmod_module__platform__fan, %object",
            ".size __mod_device_table__kmod_module__platform__fan, {bytes}", ids = sym
            IDS, bytes = const ::core::mem::size_of:: <
            [::kmod_core::__private::PlatformId; 2] > (),
        );
    }
    mod __kmod_fan_acpi_ids {
        pub static IDS: [::kmod_core::__private::AcpiId; 3] = [
            ::kmod_core::__private::AcpiId::new("ABCD0002", 1),
            ::kmod_core::__private::AcpiId::new("ABCD0003", 2),
            ::kmod_core::__private::AcpiId::END,
        ];
        #[cfg(target_os = "none")]
        ::core::arch::global_asm!(
            ".set __mod_acpi__fan_device_table, {ids}",
            ".type __mod_acpi__fan_device_table, %object",
            ".size __mod_acpi__fan_device_table, {bytes}",
            ".set __mod_device_table__kmod_module__acpi__fan, {ids}",
            ".type __mod_device_table__kmod_module__acpi__fan, %object",
            ".size __mod_device_table__kmod_module__acpi__fan, {bytes}", ids = sym IDS,
            bytes = const ::core::mem::size_of:: < [::kmod_core::__private::AcpiId; 3] >
            (),
        );
    }
    mod __kmod_fan_of_ids {
        pub static IDS: [::kmod_core::__private::OfId; 2] = [
            ::kmod_core::__private::OfId::new("acme,fan", 3),
            ::kmod_core::__private::OfId::END,
        ];
        #[cfg(target_os = "none")]
        ::core::arch::global_asm!(
            ".set __mod_of__fan_device_table, {ids}",
            ".type __mod_of__fan_device_table, %object",
            ".size __mod_of__fan_device_table, {bytes}",
            ".set __mod_device_table__kmod_module__of__fan, {ids}",
            ".type __mod_device_table__kmod_module__of__fan, %object",
            ".size __mod_device_table__kmod_module__of__fan, {bytes}", ids = sym IDS,
            bytes = const ::core::mem::size_of:: < [::kmod_core::__private::OfId; 2] >
            (),
        );
    }
    impl ::kmod_core::__private::DriverField for __kmod_fan {
        type Bus = ::kmod_core::__private::Platform;
        const NAME: &'static ::core::ffi::CStr = c"fan";
        const IDS: &'static [::kmod_core::__private::PlatformIds] = &[
            ::kmod_core::__private::PlatformIds::new(
                &__kmod_fan_platform_ids::IDS,
                &__kmod_fan_acpi_ids::IDS,
                &__kmod_fan_of_ids::IDS,
                false,
            ),
        ];
        const DATA: &'static [<Fan as ::kmod_core::__private::Driver<
            ::kmod_core::__private::Platform,
        >>::Id] = {
            use ::kmod_core::__private::MadeElsewhere as _;
            <<Fan as ::kmod_core::__private::Driver<
                ::kmod_core::__private::Platform,
            >>::Device>::MADE_BY_A_DRIVER;
            &[1, 2, 3, 4]
        };
    }
    impl ::kmod_core::__private::PlatformField for __kmod_fan {
        const DEVICES: ::core::primitive::u32 = 1;
        fn is_machine() -> ::core::primitive::bool {
            ::kmod_core::__private::is_machine(&MACHINES)
        }
    }
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Chips>::ANSWER,
            &[
                ::kmod_core::__private::IsShared::<Driver>::ANSWER,
                ::kmod_core::__private::IsShared::<DefaultDriver<Other>>::ANSWER,
                ::kmod_core::__private::IsShared::<Firmware>::ANSWER,
                ::kmod_core::__private::IsShared::<Fan>::ANSWER,
            ],
            "`Chips` holds what `#[kernel_module]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[kernel_module]`",
        );
    };
    impl ::kmod_core::ModuleInfo for Chips {
        type Params = ChipsParams;
        fn params() -> &'static ChipsParams {
            &__KMOD_PARAMS
        }
    }
    unsafe impl ::kmod_core::__private::Module for Chips {
        const NAME: &'static ::core::ffi::CStr = c"chips";
        const SLOT: *const ::kmod_core::__private::ModuleSlot<Chips> = {
            static SLOT: ::kmod_core::__private::ModuleSlot<Chips> = ::kmod_core::__private::ModuleSlot::new();
            &raw const SLOT
        };
        fn objects() -> &'static [&'static dyn ::kmod_core::__private::Object] {
            static OBJECT_0: ::kmod_core::__private::BusDriver<__kmod_driver> = ::kmod_core::__private::BusDriver::new();
            static OBJECT_1: ::kmod_core::__private::BusDriver<__kmod_other> = ::kmod_core::__private::BusDriver::new();
            static OBJECT_2: ::kmod_core::__private::BusDriver<__kmod_firmware> = ::kmod_core::__private::BusDriver::new();
            static OBJECT_3: ::kmod_core::__private::PlatformObject<__kmod_fan> = ::kmod_core::__private::PlatformObject::new();
            static OBJECTS: &[&dyn ::kmod_core::__private::Object] = &[
                &OBJECT_0,
                &OBJECT_1,
                &OBJECT_2,
                &OBJECT_3,
            ];
            OBJECTS
        }
    }
    unsafe impl ::kmod_core::__private::Instance for Chips {
        type Place = ::kmod_core::__private::Static<Chips>;
    }
    impl ::kmod_core::__private::Provides<()> for Chips {}
    impl ::kmod_core::__private::Provides<Chips> for Chips {}
    impl ::kmod_core::__private::Belongs<()> for Chips {
        fn instance(&self) -> &() {
            &()
        }
    }
    impl ::kmod_core::__private::Belongs<Chips> for Chips {
        fn instance(&self) -> &Chips {
            self
        }
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Driver>(),
        "field `driver` of `Chips` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<DefaultDriver<Other>>(),
        "field `other` of `Chips` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Firmware>(),
        "field `firmware` of `Chips` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Fan>(),
        "field `fan` of `Chips` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Chips>(),
        &[
            ::core::mem::size_of::<Driver>(),
            ::core::mem::size_of::<DefaultDriver<Other>>(),
            ::core::mem::size_of::<Firmware>(),
            ::core::mem::size_of::<Fan>(),
        ],
        "`Chips` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
    const _: unsafe fn() -> ::core::ffi::c_int = ::kmod_core::__private::init::<Chips>;
    #[doc(hidden)]
    #[macro_export]
    macro_rules! a_crate_has_one_kernel_module {
        () => {};
    }
    #[cfg(target_os = "none")]
    const _: () = {
        #[unsafe(no_mangle)]
        extern "C" fn init_module() -> ::core::ffi::c_int {
            unsafe { ::kmod_core::__private::init::<Chips>() }
        }
        #[unsafe(no_mangle)]
        extern "C" fn cleanup_module() {
            unsafe { ::kmod_core::__private::exit::<Chips>() }
        }
        mod modinfo {
            ::core::arch::global_asm!(
                ".pushsection .modinfo,\"a\"", ".asciz \"license=GPL\"",
                ".asciz \"description=Drives chips.\"", ".popsection",
                ".pushsection .kmod.module", ".asciz \"chips\"", ".popsection",
                options(raw)
            );
        }
    };
    ::kmod_core::__private::told! {
        Declaration { name : "chips", description : "Drives chips.", license : "GPL",
        authors : & [], params : & [], }
    }
};
impl I2cDriver for Driver {
    type Module = ();
    const HANDLERS: ::kmod_core::__private::DriverHandlers = ::kmod_core::__private::DriverHandlers {
        ..::kmod_core::__private::DriverHandlers::NONE
    };
    type Device = Chip;
    type Id = Model;
    fn probe(&self, device: &I2cDevice<'_, Self>) -> Result<Chip> {
        Err(ENODEV)
    }
}
/// One chip.
struct Chip {
    chip: I2cClient,
    count: AtomicU32,
}
const _: () = {
    const _: &[()] = &[::kmod_core::__private::keys::bus::ATTRIBUTE];
    const _: () = <I2cClient as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <AtomicU32 as ::kmod_core::__private::Shared>::CHECKED;
    struct __kmod_chip;
    unsafe impl ::kmod_core::__private::Field for __kmod_chip {
        type Type = I2cClient;
        type Instance = Chip;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Chip,
            I2cClient,
        >(|instance| &raw const instance.chip, ::core::mem::offset_of!(Chip, chip));
    }
    unsafe impl ::kmod_core::__private::BusField for __kmod_chip {}
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Chip>::ANSWER,
            &[
                ::kmod_core::__private::IsShared::<I2cClient>::ANSWER,
                ::kmod_core::__private::IsShared::<AtomicU32>::ANSWER,
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
        chip: ::kmod_core::__private::BusObject<__kmod_chip>,
    }
    unsafe impl ::kmod_core::__private::Device for Chip {
        type Objects = __KmodObjects;
        fn objects() -> Self::Objects {
            __KmodObjects {
                chip: ::kmod_core::__private::BusObject::new(),
            }
        }
        fn with_objects<R>(
            objects: &Self::Objects,
            with: impl ::core::ops::FnOnce(&[&dyn ::kmod_core::__private::Object]) -> R,
        ) -> R {
            with(&[&objects.chip])
        }
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<I2cClient>(),
        "field `chip` of `Chip` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<AtomicU32>(),
        "field `count` of `Chip` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Chip>(),
        &[::core::mem::size_of::<I2cClient>(), ::core::mem::size_of::<AtomicU32>()],
        "`Chip` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
};
struct Other {
    spi: SpiHandle,
}
const _: () = {
    const _: &[()] = &[::kmod_core::__private::keys::bus::ATTRIBUTE];
    const _: () = <SpiHandle as ::kmod_core::__private::Shared>::CHECKED;
    struct __kmod_spi;
    unsafe impl ::kmod_core::__private::Field for __kmod_spi {
        type Type = SpiHandle;
        type Instance = Other;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Other,
            SpiHandle,
        >(|instance| &raw const instance.spi, ::core::mem::offset_of!(Other, spi));
    }
    unsafe impl ::kmod_core::__private::BusField for __kmod_spi {}
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Other>::ANSWER,
            &[::kmod_core::__private::IsShared::<SpiHandle>::ANSWER],
            "`Other` holds what `#[device]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[device]`",
        );
    };
    unsafe impl ::kmod_core::__private::Instance for Other {
        type Place = ::kmod_core::__private::Counted<Other>;
    }
    impl<M: ::kmod_core::__private::ModuleState> ::kmod_core::__private::Provides<M>
    for Other {}
    impl ::kmod_core::__private::Belongs<()> for Other {
        fn instance(&self) -> &() {
            &()
        }
    }
    impl ::kmod_core::__private::Belongs<Other> for Other {
        fn instance(&self) -> &Other {
            self
        }
    }
    impl Other {
        #[deny(
            dead_code,
            reason = "no driver makes `Other`: write `type Device = Other;` in the `impl` of a driver that is a field of the module's struct, or make that a `DefaultDriver<Other>`"
        )]
        pub(crate) const MADE_BY_A_DRIVER: () = ();
    }
    pub struct __KmodObjects {
        spi: ::kmod_core::__private::BusObject<__kmod_spi>,
    }
    unsafe impl ::kmod_core::__private::Device for Other {
        type Objects = __KmodObjects;
        fn objects() -> Self::Objects {
            __KmodObjects {
                spi: ::kmod_core::__private::BusObject::new(),
            }
        }
        fn with_objects<R>(
            objects: &Self::Objects,
            with: impl ::core::ops::FnOnce(&[&dyn ::kmod_core::__private::Object]) -> R,
        ) -> R {
            with(&[&objects.spi])
        }
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<SpiHandle>(),
        "field `spi` of `Other` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Other>(),
        &[::core::mem::size_of::<SpiHandle>()],
        "`Other` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
};
impl AcpiDriver for Firmware {
    type Module = ();
    type Id = ();
    const HANDLERS: ::kmod_core::__private::DriverHandlers = ::kmod_core::__private::DriverHandlers {
        ..::kmod_core::__private::DriverHandlers::NONE
    };
    type Device = Keys;
    fn probe(&self, device: &AcpiDevice<'_, Self>) -> Result<Keys> {
        Err(ENODEV)
    }
}
struct Keys {
    pressed: AcpiNotify<Pressed>,
}
const _: () = {
    const _: &[()] = &[::kmod_core::__private::keys::acpi_notify::ATTRIBUTE];
    const _: () = <AcpiNotify<Pressed> as ::kmod_core::__private::Shared>::CHECKED;
    struct __kmod_pressed;
    unsafe impl ::kmod_core::__private::Field for __kmod_pressed {
        type Type = AcpiNotify<Pressed>;
        type Instance = Keys;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Keys,
            AcpiNotify<Pressed>,
        >(
            |instance| &raw const instance.pressed,
            ::core::mem::offset_of!(Keys, pressed),
        );
    }
    impl ::kmod_core::__private::AcpiNotifyField for __kmod_pressed {}
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Keys>::ANSWER,
            &[::kmod_core::__private::IsShared::<AcpiNotify<Pressed>>::ANSWER],
            "`Keys` holds what `#[device]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[device]`",
        );
    };
    unsafe impl ::kmod_core::__private::Instance for Keys {
        type Place = ::kmod_core::__private::Counted<Keys>;
    }
    impl<M: ::kmod_core::__private::ModuleState> ::kmod_core::__private::Provides<M>
    for Keys {}
    impl ::kmod_core::__private::Belongs<()> for Keys {
        fn instance(&self) -> &() {
            &()
        }
    }
    impl ::kmod_core::__private::Belongs<Keys> for Keys {
        fn instance(&self) -> &Keys {
            self
        }
    }
    impl Keys {
        #[deny(
            dead_code,
            reason = "no driver makes `Keys`: write `type Device = Keys;` in the `impl` of a driver that is a field of the module's struct, or make that a `DefaultDriver<Keys>`"
        )]
        pub(crate) const MADE_BY_A_DRIVER: () = ();
    }
    pub struct __KmodObjects {
        pressed: ::kmod_core::__private::AcpiNotifyObject<__kmod_pressed>,
    }
    unsafe impl ::kmod_core::__private::Device for Keys {
        type Objects = __KmodObjects;
        fn objects() -> Self::Objects {
            __KmodObjects {
                pressed: ::kmod_core::__private::AcpiNotifyObject::new(),
            }
        }
        fn with_objects<R>(
            objects: &Self::Objects,
            with: impl ::core::ops::FnOnce(&[&dyn ::kmod_core::__private::Object]) -> R,
        ) -> R {
            with(&[&objects.pressed])
        }
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<AcpiNotify<Pressed>>(),
        "field `pressed` of `Keys` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Keys>(),
        &[::core::mem::size_of::<AcpiNotify<Pressed>>()],
        "`Keys` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
};
impl AcpiNotifyHandler for Pressed {
    type Module = ();
    type Instance = Keys;
    fn notified(&self, call: &AcpiNotifyCall<'_, Self>) {}
}
