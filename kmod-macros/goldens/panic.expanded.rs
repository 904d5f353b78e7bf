// SPDX-License-Identifier: GPL-2.0-only
#[derive(Default)]
struct Calm;
///The parameters of [`Calm`].
struct CalmParams {}
impl CalmParams {}
const _: () = {
    static __KMOD_PARAMS: CalmParams = CalmParams {};
    const _: &[()] = &[
        ::kmod_core::__private::keys::kernel_module::ATTRIBUTE,
        ::kmod_core::__private::keys::kernel_module::name,
        ::kmod_core::__private::keys::kernel_module::license,
        ::kmod_core::__private::keys::kernel_module::panic,
    ];
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Calm>::ANSWER,
            &[],
            "`Calm` holds what `#[kernel_module]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[kernel_module]`",
        );
    };
    impl ::kmod_core::ModuleInfo for Calm {
        type Params = CalmParams;
        fn params() -> &'static CalmParams {
            &__KMOD_PARAMS
        }
    }
    unsafe impl ::kmod_core::__private::Module for Calm {
        const NAME: &'static ::core::ffi::CStr = c"calm";
        const SLOT: *const ::kmod_core::__private::ModuleSlot<Calm> = {
            static SLOT: ::kmod_core::__private::ModuleSlot<Calm> = ::kmod_core::__private::ModuleSlot::new();
            &raw const SLOT
        };
        fn objects() -> &'static [&'static dyn ::kmod_core::__private::Object] {
            static OBJECTS: &[&dyn ::kmod_core::__private::Object] = &[];
            OBJECTS
        }
    }
    unsafe impl ::kmod_core::__private::Instance for Calm {
        type Place = ::kmod_core::__private::Static<Calm>;
    }
    impl ::kmod_core::__private::Provides<()> for Calm {}
    impl ::kmod_core::__private::Provides<Calm> for Calm {}
    impl ::kmod_core::__private::Belongs<()> for Calm {
        fn instance(&self) -> &() {
            &()
        }
    }
    impl ::kmod_core::__private::Belongs<Calm> for Calm {
        fn instance(&self) -> &Calm {
            self
        }
    }
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Calm>(),
        &[],
        "`Calm` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
    const _: unsafe fn() -> ::core::ffi::c_int = ::kmod_core::__private::init::<Calm>;
    #[doc(hidden)]
    #[macro_export]
    macro_rules! a_crate_has_one_kernel_module {
        () => {};
    }
    #[cfg(target_os = "none")]
    const _: () = {
        #[unsafe(no_mangle)]
        extern "C" fn init_module() -> ::core::ffi::c_int {
            unsafe { ::kmod_core::__private::init::<Calm>() }
        }
        #[unsafe(no_mangle)]
        extern "C" fn cleanup_module() {
            unsafe { ::kmod_core::__private::exit::<Calm>() }
        }
        mod modinfo {
            ::core::arch::global_asm!(
                ".pushsection .modinfo,\"a\"", ".asciz \"license=GPL\"", ".popsection",
                ".pushsection .kmod.module", ".asciz \"calm\"", ".popsection",
                options(raw)
            );
        }
        mod panic {
            ::core::arch::global_asm!(
                ".pushsection .kmod.panic_forbid", ".byte 1", ".popsection",
            );
        }
    };
    ::kmod_core::__private::told! {
        Declaration { name : "calm", description : "", license : "GPL", authors : & [],
        params : & [], }
    }
};
