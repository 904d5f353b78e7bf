// SPDX-License-Identifier: GPL-2.0-only
/// Drives a laptop.
struct Laptop {
    driver: Driver,
}
///The parameters of [`Laptop`].
struct LaptopParams {}
impl LaptopParams {}
const _: () = {
    static __KMOD_PARAMS: LaptopParams = LaptopParams {};
    const _: &[()] = &[
        ::kmod_core::__private::keys::kernel_module::ATTRIBUTE,
        ::kmod_core::__private::keys::kernel_module::name,
        ::kmod_core::__private::keys::kernel_module::license,
        ::kmod_core::__private::keys::wmi_driver::ATTRIBUTE,
        ::kmod_core::__private::keys::wmi_driver::name,
        ::kmod_core::__private::keys::wmi_driver::ids,
    ];
    struct __kmod_driver;
    unsafe impl ::kmod_core::__private::Field for __kmod_driver {
        type Type = Driver;
        type Instance = Laptop;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Laptop,
            Driver,
        >(
            |instance| &raw const instance.driver,
            ::core::mem::offset_of!(Laptop, driver),
        );
    }
    mod __kmod_driver_wmi_ids {
        pub static IDS: [::kmod_core::__private::WmiId; 3] = [
            ::kmod_core::__private::WmiId::new(
                "7A1B3C5D-0001-4E0F-8A9B-112233445566",
                0,
            ),
            ::kmod_core::__private::WmiId::new(
                "7A1B3C5D-0002-4E0F-8A9B-112233445566",
                1,
            ),
            ::kmod_core::__private::WmiId::END,
        ];
        #[cfg(target_os = "none")]
        ::core::arch::global_asm!(
            ".set __mod_wmi__driver_device_table, {ids}",
            ".type __mod_wmi__driver_device_table, %object",
            ".size __mod_wmi__driver_device_table, {bytes}",
            ".set __mod_device_table__kmod_module__wmi__driver, {ids}",
            ".type __mod_device_table__kmod_module__wmi__driver, %object",
            ".size __mod_device_table__kmod_module__wmi__driver, {bytes}", ids = sym IDS,
            bytes = const ::core::mem::size_of:: < [::kmod_core::__private::WmiId; 3] >
            (),
        );
    }
    impl ::kmod_core::__private::DriverField for __kmod_driver {
        type Bus = ::kmod_core::__private::Wmi;
        const NAME: &'static ::core::ffi::CStr = c"laptop";
        const IDS: &'static [::kmod_core::__private::WmiId] = &__kmod_driver_wmi_ids::IDS;
        const DATA: &'static [<Driver as ::kmod_core::__private::Driver<
            ::kmod_core::__private::Wmi,
        >>::Id] = {
            use ::kmod_core::__private::MadeElsewhere as _;
            <<Driver as ::kmod_core::__private::Driver<
                ::kmod_core::__private::Wmi,
            >>::Device>::MADE_BY_A_DRIVER;
            &[Block::Keys, Block::Lights]
        };
    }
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Laptop>::ANSWER,
            &[::kmod_core::__private::IsShared::<Driver>::ANSWER],
            "`Laptop` holds what `#[kernel_module]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[kernel_module]`",
        );
    };
    impl ::kmod_core::ModuleInfo for Laptop {
        type Params = LaptopParams;
        fn params() -> &'static LaptopParams {
            &__KMOD_PARAMS
        }
    }
    unsafe impl ::kmod_core::__private::Module for Laptop {
        const NAME: &'static ::core::ffi::CStr = c"laptop";
        const SLOT: *const ::kmod_core::__private::ModuleSlot<Laptop> = {
            static SLOT: ::kmod_core::__private::ModuleSlot<Laptop> = ::kmod_core::__private::ModuleSlot::new();
            &raw const SLOT
        };
        fn objects() -> &'static [&'static dyn ::kmod_core::__private::Object] {
            static OBJECT_0: ::kmod_core::__private::WmiBusDriver<__kmod_driver> = ::kmod_core::__private::WmiBusDriver::new();
            static OBJECTS: &[&dyn ::kmod_core::__private::Object] = &[&OBJECT_0];
            OBJECTS
        }
    }
    unsafe impl ::kmod_core::__private::Instance for Laptop {
        type Place = ::kmod_core::__private::Static<Laptop>;
    }
    impl ::kmod_core::__private::Provides<()> for Laptop {}
    impl ::kmod_core::__private::Provides<Laptop> for Laptop {}
    impl ::kmod_core::__private::Belongs<()> for Laptop {
        fn instance(&self) -> &() {
            &()
        }
    }
    impl ::kmod_core::__private::Belongs<Laptop> for Laptop {
        fn instance(&self) -> &Laptop {
            self
        }
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Driver>(),
        "field `driver` of `Laptop` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Laptop>(),
        &[::core::mem::size_of::<Driver>()],
        "`Laptop` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
    const _: unsafe fn() -> ::core::ffi::c_int = ::kmod_core::__private::init::<Laptop>;
    #[doc(hidden)]
    #[macro_export]
    macro_rules! a_crate_has_one_kernel_module {
        () => {};
    }
    #[cfg(target_os = "none")]
    const _: () = {
        #[unsafe(no_mangle)]
        extern "C" fn init_module() -> ::core::ffi::c_int {
            unsafe { ::kmod_core::__private::init::<Laptop>() }
        }
        #[unsafe(no_mangle)]
        extern "C" fn cleanup_module() {
            unsafe { ::kmod_core::__private::exit::<Laptop>() }
        }
        mod modinfo {
            ::core::arch::global_asm!(
                ".pushsection .modinfo,\"a\"", ".asciz \"license=GPL\"",
                ".asciz \"description=Drives a laptop.\"", ".popsection",
                ".pushsection .kmod.module", ".asciz \"laptop\"", ".popsection",
                options(raw)
            );
        }
    };
    ::kmod_core::__private::told! {
        Declaration { name : "laptop", description : "Drives a laptop.", license : "GPL",
        authors : & [], params : & [], }
    }
};
impl WmiDriver for Driver {
    type Module = ();
    const HANDLERS: ::kmod_core::__private::WmiHandlers = ::kmod_core::__private::WmiHandlers {
        notify: true,
        ..::kmod_core::__private::WmiHandlers::NONE
    };
    type Device = Keys;
    type Id = Block;
    fn probe(&self, device: &WmiDevice<'_, Self>) -> Result<Keys> {
        Err(ENODEV)
    }
    fn notify(&self, keys: &Keys, event: &WmiEvent<'_>) {}
}
/// One block.
struct Keys {
    block: WmiHandle,
}
const _: () = {
    const _: &[()] = &[::kmod_core::__private::keys::bus::ATTRIBUTE];
    const _: () = <WmiHandle as ::kmod_core::__private::Shared>::CHECKED;
    struct __kmod_block;
    unsafe impl ::kmod_core::__private::Field for __kmod_block {
        type Type = WmiHandle;
        type Instance = Keys;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Keys,
            WmiHandle,
        >(|instance| &raw const instance.block, ::core::mem::offset_of!(Keys, block));
    }
    unsafe impl ::kmod_core::__private::BusField for __kmod_block {}
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Keys>::ANSWER,
            &[::kmod_core::__private::IsShared::<WmiHandle>::ANSWER],
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
        block: ::kmod_core::__private::BusObject<__kmod_block>,
    }
    unsafe impl ::kmod_core::__private::Device for Keys {
        type Objects = __KmodObjects;
        fn objects() -> Self::Objects {
            __KmodObjects {
                block: ::kmod_core::__private::BusObject::new(),
            }
        }
        fn with_objects<R>(
            objects: &Self::Objects,
            with: impl ::core::ops::FnOnce(&[&dyn ::kmod_core::__private::Object]) -> R,
        ) -> R {
            with(&[&objects.block])
        }
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<WmiHandle>(),
        "field `block` of `Keys` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Keys>(),
        &[::core::mem::size_of::<WmiHandle>()],
        "`Keys` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
};
