// SPDX-License-Identifier: GPL-2.0-only
/// Listens
struct Listener {
    reboot: Notifier<Reboot>,
    #[cfg(feature = "die")]
    oops: Notifier<Oops>,
}
///The parameters of [`Listener`].
struct ListenerParams {}
impl ListenerParams {}
const _: () = {
    static __KMOD_PARAMS: ListenerParams = ListenerParams {};
    const _: &[()] = &[
        ::kmod_core::__private::keys::kernel_module::ATTRIBUTE,
        ::kmod_core::__private::keys::kernel_module::name,
        ::kmod_core::__private::keys::kernel_module::license,
        ::kmod_core::__private::keys::notifier::ATTRIBUTE,
        ::kmod_core::__private::keys::notifier::reboot,
        ::kmod_core::__private::keys::notifier::ATTRIBUTE,
        ::kmod_core::__private::keys::notifier::die,
    ];
    const _: () = <Notifier<Reboot> as ::kmod_core::__private::Shared>::CHECKED;
    #[cfg(feature = "die")]
    const _: () = <Notifier<Oops> as ::kmod_core::__private::Shared>::CHECKED;
    struct __kmod_reboot;
    unsafe impl ::kmod_core::__private::Field for __kmod_reboot {
        type Type = Notifier<Reboot>;
        type Instance = Listener;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Listener,
            Notifier<Reboot>,
        >(
            |instance| &raw const instance.reboot,
            ::core::mem::offset_of!(Listener, reboot),
        );
    }
    impl ::kmod_core::__private::NotifierField for __kmod_reboot {
        type Event = ::kmod_core::__private::RebootEvent;
    }
    #[cfg(feature = "die")]
    struct __kmod_oops;
    #[cfg(feature = "die")]
    unsafe impl ::kmod_core::__private::Field for __kmod_oops {
        type Type = Notifier<Oops>;
        type Instance = Listener;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Listener,
            Notifier<Oops>,
        >(|instance| &raw const instance.oops, ::core::mem::offset_of!(Listener, oops));
    }
    #[cfg(feature = "die")]
    impl ::kmod_core::__private::NotifierField for __kmod_oops {
        type Event = ::kmod_core::__private::DieEvent;
    }
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Listener>::ANSWER,
            &[
                ::kmod_core::__private::IsShared::<Notifier<Reboot>>::ANSWER,
                #[cfg(feature = "die")]
                ::kmod_core::__private::IsShared::<Notifier<Oops>>::ANSWER,
            ],
            "`Listener` holds what `#[kernel_module]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[kernel_module]`",
        );
    };
    impl ::kmod_core::ModuleInfo for Listener {
        type Params = ListenerParams;
        fn params() -> &'static ListenerParams {
            &__KMOD_PARAMS
        }
    }
    unsafe impl ::kmod_core::__private::Module for Listener {
        const NAME: &'static ::core::ffi::CStr = c"listener";
        const SLOT: *const ::kmod_core::__private::ModuleSlot<Listener> = {
            static SLOT: ::kmod_core::__private::ModuleSlot<Listener> = ::kmod_core::__private::ModuleSlot::new();
            &raw const SLOT
        };
        fn objects() -> &'static [&'static dyn ::kmod_core::__private::Object] {
            static OBJECT_0: ::kmod_core::__private::NotifierObject<__kmod_reboot> = ::kmod_core::__private::NotifierObject::new();
            #[cfg(feature = "die")]
            static OBJECT_1: ::kmod_core::__private::NotifierObject<__kmod_oops> = ::kmod_core::__private::NotifierObject::new();
            static OBJECTS: &[&dyn ::kmod_core::__private::Object] = &[
                &OBJECT_0,
                #[cfg(feature = "die")]
                &OBJECT_1,
            ];
            OBJECTS
        }
    }
    unsafe impl ::kmod_core::__private::Instance for Listener {
        type Place = ::kmod_core::__private::Static<Listener>;
    }
    impl ::kmod_core::__private::Provides<()> for Listener {}
    impl ::kmod_core::__private::Provides<Listener> for Listener {}
    impl ::kmod_core::__private::Belongs<()> for Listener {
        fn instance(&self) -> &() {
            &()
        }
    }
    impl ::kmod_core::__private::Belongs<Listener> for Listener {
        fn instance(&self) -> &Listener {
            self
        }
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Notifier<Reboot>>(),
        "field `reboot` of `Listener` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    #[cfg(feature = "die")]
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Notifier<Oops>>(),
        "field `oops` of `Listener` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Listener>(),
        &[
            ::core::mem::size_of::<Notifier<Reboot>>(),
            #[cfg(feature = "die")]
            ::core::mem::size_of::<Notifier<Oops>>(),
        ],
        "`Listener` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
    const _: unsafe fn() -> ::core::ffi::c_int = ::kmod_core::__private::init::<
        Listener,
    >;
    #[doc(hidden)]
    #[macro_export]
    macro_rules! a_crate_has_one_kernel_module {
        () => {};
    }
    #[cfg(target_os = "none")]
    const _: () = {
        #[unsafe(no_mangle)]
        extern "C" fn init_module() -> ::core::ffi::c_int {
            unsafe { ::kmod_core::__private::init::<Listener>() }
        }
        #[unsafe(no_mangle)]
        extern "C" fn cleanup_module() {
            unsafe { ::kmod_core::__private::exit::<Listener>() }
        }
        mod modinfo {
            ::core::arch::global_asm!(
                ".pushsection .modinfo,\"a\"", ".asciz \"license=GPL\"",
                ".asciz \"description=Listens\"", ".popsection",
                ".pushsection .kmod.module", ".asciz \"listener\"", ".popsection",
                options(raw)
            );
        }
    };
    ::kmod_core::__private::told! {
        Declaration { name : "listener", description : "Listens", license : "GPL",
        authors : & [], params : & [], }
    }
};
