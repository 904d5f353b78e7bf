// SPDX-License-Identifier: GPL-2.0-only
/// Watches
struct Watch {
    opens: Kprobe<Opens>,
    #[cfg(feature = "returns")]
    returns: Kretprobe<Returns>,
}
///The parameters of [`Watch`].
struct WatchParams {}
impl WatchParams {}
const _: () = {
    static __KMOD_PARAMS: WatchParams = WatchParams {};
    const _: &[()] = &[
        ::kmod_core::__private::keys::kernel_module::ATTRIBUTE,
        ::kmod_core::__private::keys::kernel_module::name,
        ::kmod_core::__private::keys::kernel_module::license,
        ::kmod_core::__private::keys::kprobe::ATTRIBUTE,
        ::kmod_core::__private::keys::kprobe::symbol,
        ::kmod_core::__private::keys::kretprobe::ATTRIBUTE,
        ::kmod_core::__private::keys::kretprobe::symbol,
        ::kmod_core::__private::keys::kretprobe::maxactive,
    ];
    const _: () = <Kprobe<Opens> as ::kmod_core::__private::Shared>::CHECKED;
    #[cfg(feature = "returns")]
    const _: () = <Kretprobe<Returns> as ::kmod_core::__private::Shared>::CHECKED;
    struct __kmod_opens;
    unsafe impl ::kmod_core::__private::Field for __kmod_opens {
        type Type = Kprobe<Opens>;
        type Instance = Watch;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Watch,
            Kprobe<Opens>,
        >(|instance| &raw const instance.opens, ::core::mem::offset_of!(Watch, opens));
    }
    impl ::kmod_core::__private::ProbeSymbol for __kmod_opens {
        const SYMBOL: &'static ::core::ffi::CStr = c"do_sys_openat2";
    }
    impl ::kmod_core::__private::KprobeField for __kmod_opens {}
    #[cfg(feature = "returns")]
    struct __kmod_returns;
    #[cfg(feature = "returns")]
    unsafe impl ::kmod_core::__private::Field for __kmod_returns {
        type Type = Kretprobe<Returns>;
        type Instance = Watch;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Watch,
            Kretprobe<Returns>,
        >(
            |instance| &raw const instance.returns,
            ::core::mem::offset_of!(Watch, returns),
        );
    }
    #[cfg(feature = "returns")]
    impl ::kmod_core::__private::ProbeSymbol for __kmod_returns {
        const SYMBOL: &'static ::core::ffi::CStr = c"nf_tables:nft_do_chain";
    }
    #[cfg(feature = "returns")]
    impl ::kmod_core::__private::KretprobeField for __kmod_returns {
        const MAXACTIVE: ::core::ffi::c_int = 64;
    }
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Watch>::ANSWER,
            &[
                ::kmod_core::__private::IsShared::<Kprobe<Opens>>::ANSWER,
                #[cfg(feature = "returns")]
                ::kmod_core::__private::IsShared::<Kretprobe<Returns>>::ANSWER,
            ],
            "`Watch` holds what `#[kernel_module]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[kernel_module]`",
        );
    };
    impl ::kmod_core::ModuleInfo for Watch {
        type Params = WatchParams;
        fn params() -> &'static WatchParams {
            &__KMOD_PARAMS
        }
    }
    unsafe impl ::kmod_core::__private::Module for Watch {
        const NAME: &'static ::core::ffi::CStr = c"watch";
        const SLOT: *const ::kmod_core::__private::ModuleSlot<Watch> = {
            static SLOT: ::kmod_core::__private::ModuleSlot<Watch> = ::kmod_core::__private::ModuleSlot::new();
            &raw const SLOT
        };
        fn objects() -> &'static [&'static dyn ::kmod_core::__private::Object] {
            static OBJECT_0: ::kmod_core::__private::KprobeObject<__kmod_opens> = ::kmod_core::__private::KprobeObject::new();
            #[cfg(feature = "returns")]
            static OBJECT_1: ::kmod_core::__private::KretprobeObject<__kmod_returns> = ::kmod_core::__private::KretprobeObject::new();
            static OBJECTS: &[&dyn ::kmod_core::__private::Object] = &[
                &OBJECT_0,
                #[cfg(feature = "returns")]
                &OBJECT_1,
            ];
            OBJECTS
        }
    }
    unsafe impl ::kmod_core::__private::Instance for Watch {
        type Place = ::kmod_core::__private::Static<Watch>;
    }
    impl ::kmod_core::__private::Provides<()> for Watch {}
    impl ::kmod_core::__private::Provides<Watch> for Watch {}
    impl ::kmod_core::__private::Belongs<()> for Watch {
        fn instance(&self) -> &() {
            &()
        }
    }
    impl ::kmod_core::__private::Belongs<Watch> for Watch {
        fn instance(&self) -> &Watch {
            self
        }
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Kprobe<Opens>>(),
        "field `opens` of `Watch` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    #[cfg(feature = "returns")]
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Kretprobe<Returns>>(),
        "field `returns` of `Watch` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Watch>(),
        &[
            ::core::mem::size_of::<Kprobe<Opens>>(),
            #[cfg(feature = "returns")]
            ::core::mem::size_of::<Kretprobe<Returns>>(),
        ],
        "`Watch` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
    const _: unsafe fn() -> ::core::ffi::c_int = ::kmod_core::__private::init::<Watch>;
    #[doc(hidden)]
    #[macro_export]
    macro_rules! a_crate_has_one_kernel_module {
        () => {};
    }
    #[cfg(target_os = "none")]
    const _: () = {
        #[unsafe(no_mangle)]
        extern "C" fn init_module() -> ::core::ffi::c_int {
            unsafe { ::kmod_core::__private::init::<Watch>() }
        }
        #[unsafe(no_mangle)]
        extern "C" fn cleanup_module() {
            unsafe { ::kmod_core::__private::exit::<Watch>() }
        }
        mod modinfo {
            ::core::arch::global_asm!(
                ".pushsection .modinfo,\"a\"", ".asciz \"license=GPL\"",
                ".asciz \"description=Watches\"", ".popsection",
                ".pushsection .kmod.module", ".asciz \"watch\"", ".popsection",
                options(raw)
            );
        }
    };
    ::kmod_core::__private::told! {
        Declaration { name : "watch", description : "Watches", license : "GPL", authors :
        & [], params : & [], }
    }
};
impl KretprobeHandler for Returns {
    type Module = ();
    type Instance = ();
    type Data = ();
    const HANDLERS: ::kmod_core::__private::KretprobeHandlers = ::kmod_core::__private::KretprobeHandlers {
        ..::kmod_core::__private::KretprobeHandlers::NONE
    };
    fn returned(&self, call: &KretprobeReturn<'_, Self>) {}
}
