// SPDX-License-Identifier: GPL-2.0-only
#[derive(Default)]
struct Info;
///The parameters of [`Info`].
struct InfoParams {}
impl InfoParams {}
const _: () = {
    static __KMOD_PARAMS: InfoParams = InfoParams {};
    const _: &[()] = &[
        ::kmod_core::__private::keys::kernel_module::ATTRIBUTE,
        ::kmod_core::__private::keys::kernel_module::name,
        ::kmod_core::__private::keys::kernel_module::license,
        ::kmod_core::__private::keys::kernel_module::authors,
        ::kmod_core::__private::keys::kernel_module::description,
        ::kmod_core::__private::keys::kernel_module::version,
        ::kmod_core::__private::keys::kernel_module::alias,
        ::kmod_core::__private::keys::kernel_module::softdep,
        ::kmod_core::__private::keys::kernel_module::firmware,
        ::kmod_core::__private::keys::kernel_module::import_ns,
    ];
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Info>::ANSWER,
            &[],
            "`Info` holds what `#[kernel_module]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[kernel_module]`",
        );
    };
    impl ::kmod_core::ModuleInfo for Info {
        type Params = InfoParams;
        fn params() -> &'static InfoParams {
            &__KMOD_PARAMS
        }
    }
    unsafe impl ::kmod_core::__private::Module for Info {
        const NAME: &'static ::core::ffi::CStr = c"info";
        const FIRMWARE: &'static [&'static str] = &["info/firmware.bin"];
        const SLOT: *const ::kmod_core::__private::ModuleSlot<Info> = {
            static SLOT: ::kmod_core::__private::ModuleSlot<Info> = ::kmod_core::__private::ModuleSlot::new();
            &raw const SLOT
        };
        fn objects() -> &'static [&'static dyn ::kmod_core::__private::Object] {
            static OBJECTS: &[&dyn ::kmod_core::__private::Object] = &[];
            OBJECTS
        }
    }
    unsafe impl ::kmod_core::__private::Instance for Info {
        type Place = ::kmod_core::__private::Static<Info>;
    }
    impl ::kmod_core::__private::Provides<()> for Info {}
    impl ::kmod_core::__private::Provides<Info> for Info {}
    impl ::kmod_core::__private::Belongs<()> for Info {
        fn instance(&self) -> &() {
            &()
        }
    }
    impl ::kmod_core::__private::Belongs<Info> for Info {
        fn instance(&self) -> &Info {
            self
        }
    }
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Info>(),
        &[],
        "`Info` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
    const _: unsafe fn() -> ::core::ffi::c_int = ::kmod_core::__private::init::<Info>;
    #[doc(hidden)]
    #[macro_export]
    macro_rules! a_crate_has_one_kernel_module {
        () => {};
    }
    #[cfg(target_os = "none")]
    const _: () = {
        #[unsafe(no_mangle)]
        extern "C" fn init_module() -> ::core::ffi::c_int {
            unsafe { ::kmod_core::__private::init::<Info>() }
        }
        #[unsafe(no_mangle)]
        extern "C" fn cleanup_module() {
            unsafe { ::kmod_core::__private::exit::<Info>() }
        }
        mod modinfo {
            ::core::arch::global_asm!(
                ".pushsection .modinfo,\"a\"", ".asciz \"license=GPL v2\"",
                ".asciz \"description=A back\\\\slash and {}\"",
                ".asciz \"version=1.0\"", ".asciz \"softdep=pre: loop post: dummy\"",
                ".asciz \"author=A. Author <a@example.org>\"",
                ".asciz \"author=B\\303\\251 \\\"B\\\" Author\"",
                ".asciz \"alias=info-alias\"", ".asciz \"alias=char-major-10-200\"",
                ".asciz \"firmware=info/firmware.bin\"", ".asciz \"import_ns=DMA_BUF\"",
                ".popsection", ".pushsection .kmod.module", ".asciz \"info\"",
                ".popsection", options(raw)
            );
        }
    };
    ::kmod_core::__private::told! {
        Declaration { name : "info", description : "A back\\slash and {}", license :
        "GPL v2", authors : & ["A. Author <a@example.org>", "Bé \"B\" Author"], params :
        & [], }
    }
};
