// SPDX-License-Identifier: GPL-2.0-only
/// Drives a lamp.
struct Lamps {
    driver: Driver,
}
///The parameters of [`Lamps`].
struct LampsParams {}
impl LampsParams {}
const _: () = {
    static __KMOD_PARAMS: LampsParams = LampsParams {};
    const _: &[()] = &[
        ::kmod_core::__private::keys::kernel_module::ATTRIBUTE,
        ::kmod_core::__private::keys::kernel_module::name,
        ::kmod_core::__private::keys::kernel_module::license,
        ::kmod_core::__private::keys::usb_driver::ATTRIBUTE,
        ::kmod_core::__private::keys::usb_driver::name,
        ::kmod_core::__private::keys::usb_driver::ids,
    ];
    struct __kmod_driver;
    unsafe impl ::kmod_core::__private::Field for __kmod_driver {
        type Type = Driver;
        type Instance = Lamps;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Lamps,
            Driver,
        >(|instance| &raw const instance.driver, ::core::mem::offset_of!(Lamps, driver));
    }
    mod __kmod_driver_usb_ids {
        pub static IDS: [::kmod_core::__private::UsbId; 4] = [
            ::kmod_core::__private::UsbId::new(
                [
                    ::core::option::Option::Some(4660),
                    ::core::option::Option::Some(22136),
                    ::core::option::Option::None,
                    ::core::option::Option::None,
                    ::core::option::Option::None,
                    ::core::option::Option::Some(2),
                ],
                0,
            ),
            ::kmod_core::__private::UsbId::new(
                [
                    ::core::option::Option::Some(4660),
                    ::core::option::Option::None,
                    ::core::option::Option::None,
                    ::core::option::Option::None,
                    ::core::option::Option::None,
                    ::core::option::Option::None,
                ],
                1,
            ),
            ::kmod_core::__private::UsbId::new(
                [
                    ::core::option::Option::None,
                    ::core::option::Option::None,
                    ::core::option::Option::Some(255),
                    ::core::option::Option::Some(1),
                    ::core::option::Option::None,
                    ::core::option::Option::None,
                ],
                2,
            ),
            ::kmod_core::__private::UsbId::END,
        ];
        #[cfg(target_os = "none")]
        ::core::arch::global_asm!(
            ".set __mod_usb__driver_device_table, {ids}",
            ".type __mod_usb__driver_device_table, %object",
            ".size __mod_usb__driver_device_table, {bytes}",
            ".set __mod_device_table__kmod_module__usb__driver, {ids}",
            ".type __mod_device_table__kmod_module__usb__driver, %object",
            ".size __mod_device_table__kmod_module__usb__driver, {bytes}", ids = sym IDS,
            bytes = const ::core::mem::size_of:: < [::kmod_core::__private::UsbId; 4] >
            (),
        );
    }
    impl ::kmod_core::__private::DriverField for __kmod_driver {
        type Bus = ::kmod_core::__private::Usb;
        const NAME: &'static ::core::ffi::CStr = c"lamps";
        const IDS: &'static [::kmod_core::__private::UsbId] = &__kmod_driver_usb_ids::IDS;
        const DATA: &'static [<Driver as ::kmod_core::__private::Driver<
            ::kmod_core::__private::Usb,
        >>::Id] = {
            use ::kmod_core::__private::MadeElsewhere as _;
            <<Driver as ::kmod_core::__private::Driver<
                ::kmod_core::__private::Usb,
            >>::Device>::MADE_BY_A_DRIVER;
            &[Model::A, Model::B, Model::C]
        };
    }
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Lamps>::ANSWER,
            &[::kmod_core::__private::IsShared::<Driver>::ANSWER],
            "`Lamps` holds what `#[kernel_module]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[kernel_module]`",
        );
    };
    impl ::kmod_core::ModuleInfo for Lamps {
        type Params = LampsParams;
        fn params() -> &'static LampsParams {
            &__KMOD_PARAMS
        }
    }
    unsafe impl ::kmod_core::__private::Module for Lamps {
        const NAME: &'static ::core::ffi::CStr = c"lamps";
        const SLOT: *const ::kmod_core::__private::ModuleSlot<Lamps> = {
            static SLOT: ::kmod_core::__private::ModuleSlot<Lamps> = ::kmod_core::__private::ModuleSlot::new();
            &raw const SLOT
        };
        fn objects() -> &'static [&'static dyn ::kmod_core::__private::Object] {
            static OBJECT_0: ::kmod_core::__private::BusDriver<__kmod_driver> = ::kmod_core::__private::BusDriver::new();
            static OBJECTS: &[&dyn ::kmod_core::__private::Object] = &[&OBJECT_0];
            OBJECTS
        }
    }
    unsafe impl ::kmod_core::__private::Instance for Lamps {
        type Place = ::kmod_core::__private::Static<Lamps>;
    }
    impl ::kmod_core::__private::Provides<()> for Lamps {}
    impl ::kmod_core::__private::Provides<Lamps> for Lamps {}
    impl ::kmod_core::__private::Belongs<()> for Lamps {
        fn instance(&self) -> &() {
            &()
        }
    }
    impl ::kmod_core::__private::Belongs<Lamps> for Lamps {
        fn instance(&self) -> &Lamps {
            self
        }
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Driver>(),
        "field `driver` of `Lamps` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Lamps>(),
        &[::core::mem::size_of::<Driver>()],
        "`Lamps` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
    const _: unsafe fn() -> ::core::ffi::c_int = ::kmod_core::__private::init::<Lamps>;
    #[doc(hidden)]
    #[macro_export]
    macro_rules! a_crate_has_one_kernel_module {
        () => {};
    }
    #[cfg(target_os = "none")]
    const _: () = {
        #[unsafe(no_mangle)]
        extern "C" fn init_module() -> ::core::ffi::c_int {
            unsafe { ::kmod_core::__private::init::<Lamps>() }
        }
        #[unsafe(no_mangle)]
        extern "C" fn cleanup_module() {
            unsafe { ::kmod_core::__private::exit::<Lamps>() }
        }
        mod modinfo {
            ::core::arch::global_asm!(
                ".pushsection .modinfo,\"a\"", ".asciz \"license=GPL\"",
                ".asciz \"description=Drives a lamp.\"", ".popsection",
                ".pushsection .kmod.module", ".asciz \"lamps\"", ".popsection",
                options(raw)
            );
        }
    };
    ::kmod_core::__private::told! {
        Declaration { name : "lamps", description : "Drives a lamp.", license : "GPL",
        authors : & [], params : & [], }
    }
};
impl UsbDriver for Driver {
    type Module = ();
    const HANDLERS: ::kmod_core::__private::DriverHandlers = ::kmod_core::__private::DriverHandlers {
        ..::kmod_core::__private::DriverHandlers::NONE
    };
    type Device = Lamp;
    type Id = Model;
    fn probe(&self, device: &UsbDevice<'_, Self>) -> Result<Lamp> {
        Err(ENODEV)
    }
}
/// One lamp.
struct Lamp {
    usb: UsbInterface,
    reports: Urb<Reports>,
}
const _: () = {
    const _: &[()] = &[
        ::kmod_core::__private::keys::bus::ATTRIBUTE,
        ::kmod_core::__private::keys::urb::ATTRIBUTE,
        ::kmod_core::__private::keys::urb::submit,
    ];
    const _: () = <UsbInterface as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <Urb<Reports> as ::kmod_core::__private::Shared>::CHECKED;
    struct __kmod_usb;
    unsafe impl ::kmod_core::__private::Field for __kmod_usb {
        type Type = UsbInterface;
        type Instance = Lamp;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Lamp,
            UsbInterface,
        >(|instance| &raw const instance.usb, ::core::mem::offset_of!(Lamp, usb));
    }
    unsafe impl ::kmod_core::__private::BusField for __kmod_usb {}
    struct __kmod_reports;
    unsafe impl ::kmod_core::__private::Field for __kmod_reports {
        type Type = Urb<Reports>;
        type Instance = Lamp;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Lamp,
            Urb<Reports>,
        >(
            |instance| &raw const instance.reports,
            ::core::mem::offset_of!(Lamp, reports),
        );
    }
    impl ::kmod_core::__private::UrbField for __kmod_reports {
        const SUBMIT: ::core::primitive::bool = true;
    }
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Lamp>::ANSWER,
            &[
                ::kmod_core::__private::IsShared::<UsbInterface>::ANSWER,
                ::kmod_core::__private::IsShared::<Urb<Reports>>::ANSWER,
            ],
            "`Lamp` holds what `#[device]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[device]`",
        );
    };
    unsafe impl ::kmod_core::__private::Instance for Lamp {
        type Place = ::kmod_core::__private::Counted<Lamp>;
    }
    impl<M: ::kmod_core::__private::ModuleState> ::kmod_core::__private::Provides<M>
    for Lamp {}
    impl ::kmod_core::__private::Belongs<()> for Lamp {
        fn instance(&self) -> &() {
            &()
        }
    }
    impl ::kmod_core::__private::Belongs<Lamp> for Lamp {
        fn instance(&self) -> &Lamp {
            self
        }
    }
    impl Lamp {
        #[deny(
            dead_code,
            reason = "no driver makes `Lamp`: write `type Device = Lamp;` in the `impl` of a driver that is a field of the module's struct, or make that a `DefaultDriver<Lamp>`"
        )]
        pub(crate) const MADE_BY_A_DRIVER: () = ();
    }
    pub struct __KmodObjects {
        usb: ::kmod_core::__private::BusObject<__kmod_usb>,
        reports: ::kmod_core::__private::UrbObject<__kmod_reports>,
    }
    unsafe impl ::kmod_core::__private::Device for Lamp {
        type Objects = __KmodObjects;
        fn objects() -> Self::Objects {
            __KmodObjects {
                usb: ::kmod_core::__private::BusObject::new(),
                reports: ::kmod_core::__private::UrbObject::new(),
            }
        }
        fn with_objects<R>(
            objects: &Self::Objects,
            with: impl ::core::ops::FnOnce(&[&dyn ::kmod_core::__private::Object]) -> R,
        ) -> R {
            with(&[&objects.usb, &objects.reports])
        }
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<UsbInterface>(),
        "field `usb` of `Lamp` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Urb<Reports>>(),
        "field `reports` of `Lamp` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Lamp>(),
        &[
            ::core::mem::size_of::<UsbInterface>(),
            ::core::mem::size_of::<Urb<Reports>>(),
        ],
        "`Lamp` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
};
impl UrbHandler for Reports {
    type Module = ();
    type Instance = Lamp;
    fn completed(&self, urb: &UrbCall<'_, Self>, received: Result<&[u8]>) -> UrbReturn {
        UrbReturn::Resubmit
    }
}
