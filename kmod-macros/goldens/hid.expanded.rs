// SPDX-License-Identifier: GPL-2.0-only
/// Drives a keyboard.
struct Keys {
    driver: Driver,
}
///The parameters of [`Keys`].
struct KeysParams {}
impl KeysParams {}
const _: () = {
    static __KMOD_PARAMS: KeysParams = KeysParams {};
    const _: &[()] = &[
        ::kmod_core::__private::keys::kernel_module::ATTRIBUTE,
        ::kmod_core::__private::keys::kernel_module::name,
        ::kmod_core::__private::keys::kernel_module::license,
        ::kmod_core::__private::keys::hid_driver::ATTRIBUTE,
        ::kmod_core::__private::keys::hid_driver::name,
        ::kmod_core::__private::keys::hid_driver::ids,
        ::kmod_core::__private::keys::hid_driver::connect,
        ::kmod_core::__private::keys::hid_driver::open,
        ::kmod_core::__private::keys::hid_driver::force_feedback,
    ];
    struct __kmod_driver;
    unsafe impl ::kmod_core::__private::Field for __kmod_driver {
        type Type = Driver;
        type Instance = Keys;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Keys,
            Driver,
        >(|instance| &raw const instance.driver, ::core::mem::offset_of!(Keys, driver));
    }
    mod __kmod_driver_hid_ids {
        pub static IDS: [::kmod_core::__private::HidId; 3] = [
            ::kmod_core::__private::HidId::new([3, 4660, 22136], 0),
            ::kmod_core::__private::HidId::new([65535, 4660, 4294967295], 1),
            ::kmod_core::__private::HidId::END,
        ];
        #[cfg(target_os = "none")]
        ::core::arch::global_asm!(
            ".set __mod_hid__driver_device_table, {ids}",
            ".type __mod_hid__driver_device_table, %object",
            ".size __mod_hid__driver_device_table, {bytes}",
            ".set __mod_device_table__kmod_module__hid__driver, {ids}",
            ".type __mod_device_table__kmod_module__hid__driver, %object",
            ".size __mod_device_table__kmod_module__hid__driver, {bytes}", ids = sym IDS,
            bytes = const ::core::mem::size_of:: < [::kmod_core::__private::HidId; 3] >
            (),
        );
    }
    impl ::kmod_core::__private::DriverField for __kmod_driver {
        type Bus = ::kmod_core::__private::Hid;
        const NAME: &'static ::core::ffi::CStr = c"keys";
        const IDS: &'static [::kmod_core::__private::HidId] = &__kmod_driver_hid_ids::IDS;
        const DATA: &'static [<Driver as ::kmod_core::__private::Driver<
            ::kmod_core::__private::Hid,
        >>::Id] = {
            use ::kmod_core::__private::MadeElsewhere as _;
            <<Driver as ::kmod_core::__private::Driver<
                ::kmod_core::__private::Hid,
            >>::Device>::MADE_BY_A_DRIVER;
            &[Model::A, Model::B]
        };
    }
    impl ::kmod_core::__private::HidDriverField for __kmod_driver {
        const CONNECT: ::core::ffi::c_uint = ::kmod_core::__private::hid_connect(
            &["hidinput", "hidraw", "driver"],
        );
        const OPEN: ::core::primitive::bool = true;
        const FORCE_FEEDBACK: &'static [::kmod_core::__private::input_codes::ForceFeedback] = &[
            ::kmod_core::__private::input_codes::FF_RUMBLE,
            ::kmod_core::__private::input_codes::FF_CONSTANT,
        ];
    }
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Keys>::ANSWER,
            &[::kmod_core::__private::IsShared::<Driver>::ANSWER],
            "`Keys` holds what `#[kernel_module]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[kernel_module]`",
        );
    };
    impl ::kmod_core::ModuleInfo for Keys {
        type Params = KeysParams;
        fn params() -> &'static KeysParams {
            &__KMOD_PARAMS
        }
    }
    unsafe impl ::kmod_core::__private::Module for Keys {
        const NAME: &'static ::core::ffi::CStr = c"keys";
        const SLOT: *const ::kmod_core::__private::ModuleSlot<Keys> = {
            static SLOT: ::kmod_core::__private::ModuleSlot<Keys> = ::kmod_core::__private::ModuleSlot::new();
            &raw const SLOT
        };
        fn objects() -> &'static [&'static dyn ::kmod_core::__private::Object] {
            static OBJECT_0: ::kmod_core::__private::HidBusDriver<__kmod_driver> = ::kmod_core::__private::HidBusDriver::new();
            static OBJECTS: &[&dyn ::kmod_core::__private::Object] = &[&OBJECT_0];
            OBJECTS
        }
    }
    unsafe impl ::kmod_core::__private::Instance for Keys {
        type Place = ::kmod_core::__private::Static<Keys>;
    }
    impl ::kmod_core::__private::Provides<()> for Keys {}
    impl ::kmod_core::__private::Provides<Keys> for Keys {}
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
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Driver>(),
        "field `driver` of `Keys` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Keys>(),
        &[::core::mem::size_of::<Driver>()],
        "`Keys` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
    const _: unsafe fn() -> ::core::ffi::c_int = ::kmod_core::__private::init::<Keys>;
    #[doc(hidden)]
    #[macro_export]
    macro_rules! a_crate_has_one_kernel_module {
        () => {};
    }
    #[cfg(target_os = "none")]
    const _: () = {
        #[unsafe(no_mangle)]
        extern "C" fn init_module() -> ::core::ffi::c_int {
            unsafe { ::kmod_core::__private::init::<Keys>() }
        }
        #[unsafe(no_mangle)]
        extern "C" fn cleanup_module() {
            unsafe { ::kmod_core::__private::exit::<Keys>() }
        }
        mod modinfo {
            ::core::arch::global_asm!(
                ".pushsection .modinfo,\"a\"", ".asciz \"license=GPL\"",
                ".asciz \"description=Drives a keyboard.\"", ".popsection",
                ".pushsection .kmod.module", ".asciz \"keys\"", ".popsection",
                options(raw)
            );
        }
    };
    ::kmod_core::__private::told! {
        Declaration { name : "keys", description : "Drives a keyboard.", license : "GPL",
        authors : & [], params : & [], }
    }
};
impl HidDriver for Driver {
    type Module = ();
    const HANDLERS: ::kmod_core::__private::HidHandlers = ::kmod_core::__private::HidHandlers {
        raw_event: true,
        play_effect: true,
        ..::kmod_core::__private::HidHandlers::NONE
    };
    type Device = Keyboard;
    type Id = Model;
    fn probe(&self, device: &HidDevice<'_, Self>) -> Result<Keyboard> {
        Err(ENODEV)
    }
    fn raw_event(&self, keyboard: &Keyboard, report: &mut HidReport<'_>) -> Result {
        Ok(())
    }
    fn play_effect(&self, keyboard: &Keyboard, effect: FfEffect) {}
}
/// One keyboard.
struct Keyboard {
    hid: HidHandle,
}
const _: () = {
    const _: &[()] = &[::kmod_core::__private::keys::bus::ATTRIBUTE];
    const _: () = <HidHandle as ::kmod_core::__private::Shared>::CHECKED;
    struct __kmod_hid;
    unsafe impl ::kmod_core::__private::Field for __kmod_hid {
        type Type = HidHandle;
        type Instance = Keyboard;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Keyboard,
            HidHandle,
        >(|instance| &raw const instance.hid, ::core::mem::offset_of!(Keyboard, hid));
    }
    unsafe impl ::kmod_core::__private::BusField for __kmod_hid {}
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Keyboard>::ANSWER,
            &[::kmod_core::__private::IsShared::<HidHandle>::ANSWER],
            "`Keyboard` holds what `#[device]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[device]`",
        );
    };
    unsafe impl ::kmod_core::__private::Instance for Keyboard {
        type Place = ::kmod_core::__private::Counted<Keyboard>;
    }
    impl<M: ::kmod_core::__private::ModuleState> ::kmod_core::__private::Provides<M>
    for Keyboard {}
    impl ::kmod_core::__private::Belongs<()> for Keyboard {
        fn instance(&self) -> &() {
            &()
        }
    }
    impl ::kmod_core::__private::Belongs<Keyboard> for Keyboard {
        fn instance(&self) -> &Keyboard {
            self
        }
    }
    impl Keyboard {
        #[deny(
            dead_code,
            reason = "no driver makes `Keyboard`: write `type Device = Keyboard;` in the `impl` of a driver that is a field of the module's struct, or make that a `DefaultDriver<Keyboard>`"
        )]
        pub(crate) const MADE_BY_A_DRIVER: () = ();
    }
    pub struct __KmodObjects {
        hid: ::kmod_core::__private::BusObject<__kmod_hid>,
    }
    unsafe impl ::kmod_core::__private::Device for Keyboard {
        type Objects = __KmodObjects;
        fn objects() -> Self::Objects {
            __KmodObjects {
                hid: ::kmod_core::__private::BusObject::new(),
            }
        }
        fn with_objects<R>(
            objects: &Self::Objects,
            with: impl ::core::ops::FnOnce(&[&dyn ::kmod_core::__private::Object]) -> R,
        ) -> R {
            with(&[&objects.hid])
        }
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<HidHandle>(),
        "field `hid` of `Keyboard` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Keyboard>(),
        &[::core::mem::size_of::<HidHandle>()],
        "`Keyboard` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
};
