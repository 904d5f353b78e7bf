// SPDX-License-Identifier: GPL-2.0-only
struct Module {
    signals: Tracepoint<Signals>,
}
///The parameters of [`Module`].
struct ModuleParams {}
impl ModuleParams {}
const _: () = {
    static __KMOD_PARAMS: ModuleParams = ModuleParams {};
    const _: &[()] = &[
        ::kmod_core::__private::keys::kernel_module::ATTRIBUTE,
        ::kmod_core::__private::keys::kernel_module::name,
        ::kmod_core::__private::keys::kernel_module::license,
        ::kmod_core::__private::keys::tracepoint::ATTRIBUTE,
        ::kmod_core::__private::keys::tracepoint::name,
        ::kmod_core::__private::keys::tracepoint::header,
    ];
    const _: () = <Tracepoint<Signals> as ::kmod_core::__private::Shared>::CHECKED;
    struct __kmod_signals;
    unsafe impl ::kmod_core::__private::Field for __kmod_signals {
        type Type = Tracepoint<Signals>;
        type Instance = Module;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Module,
            Tracepoint<Signals>,
        >(
            |instance| &raw const instance.signals,
            ::core::mem::offset_of!(Module, signals),
        );
    }
    const _: () = {
        unsafe impl ::kmod_core::__private::TracepointName for __kmod_signals {
            const NAME: &'static ::core::ffi::CStr = c"signal_generate";
            fn function() -> *mut ::core::ffi::c_void {
                ::kmod_core::__private::tracepoint_function!(
                    "kmod_tracepoint_of_signal_generate"
                )
            }
        }
        ::kmod_core::__private::told_link! {
            ::kmod_core::__private::uapi::Item::Tracepoint(&
            ::kmod_core::__private::uapi::Tracepoint { name : "signal_generate", header :
            "trace/events/signal.h", place :
            ::kmod_core::__private::concat!(::kmod_core::__private::file!(), ":",
            ::kmod_core::__private::line!()), })
        }
    };
    impl ::kmod_core::__private::TracepointField for __kmod_signals {}
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Module>::ANSWER,
            &[::kmod_core::__private::IsShared::<Tracepoint<Signals>>::ANSWER],
            "`Module` holds what `#[kernel_module]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[kernel_module]`",
        );
    };
    impl ::kmod_core::ModuleInfo for Module {
        type Params = ModuleParams;
        fn params() -> &'static ModuleParams {
            &__KMOD_PARAMS
        }
    }
    unsafe impl ::kmod_core::__private::Module for Module {
        const NAME: &'static ::core::ffi::CStr = c"signals";
        const SLOT: *const ::kmod_core::__private::ModuleSlot<Module> = {
            static SLOT: ::kmod_core::__private::ModuleSlot<Module> = ::kmod_core::__private::ModuleSlot::new();
            &raw const SLOT
        };
        fn objects() -> &'static [&'static dyn ::kmod_core::__private::Object] {
            static OBJECT_0: ::kmod_core::__private::TracepointObject<__kmod_signals> = ::kmod_core::__private::TracepointObject::new();
            static OBJECTS: &[&dyn ::kmod_core::__private::Object] = &[&OBJECT_0];
            OBJECTS
        }
    }
    unsafe impl ::kmod_core::__private::Instance for Module {
        type Place = ::kmod_core::__private::Static<Module>;
    }
    impl ::kmod_core::__private::Provides<()> for Module {}
    impl ::kmod_core::__private::Provides<Module> for Module {}
    impl ::kmod_core::__private::Belongs<()> for Module {
        fn instance(&self) -> &() {
            &()
        }
    }
    impl ::kmod_core::__private::Belongs<Module> for Module {
        fn instance(&self) -> &Module {
            self
        }
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Tracepoint<Signals>>(),
        "field `signals` of `Module` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Module>(),
        &[::core::mem::size_of::<Tracepoint<Signals>>()],
        "`Module` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
    const _: unsafe fn() -> ::core::ffi::c_int = ::kmod_core::__private::init::<Module>;
    #[doc(hidden)]
    #[macro_export]
    macro_rules! a_crate_has_one_kernel_module {
        () => {};
    }
    #[cfg(target_os = "none")]
    const _: () = {
        #[unsafe(no_mangle)]
        extern "C" fn init_module() -> ::core::ffi::c_int {
            unsafe { ::kmod_core::__private::init::<Module>() }
        }
        #[unsafe(no_mangle)]
        extern "C" fn cleanup_module() {
            unsafe { ::kmod_core::__private::exit::<Module>() }
        }
        mod modinfo {
            ::core::arch::global_asm!(
                ".pushsection .modinfo,\"a\"", ".asciz \"license=GPL\"", ".popsection",
                ".pushsection .kmod.module", ".asciz \"signals\"", ".popsection",
                options(raw)
            );
        }
    };
    ::kmod_core::__private::told! {
        Declaration { name : "signals", description : "", license : "GPL", authors : &
        [], params : & [], }
    }
};
impl TracepointHandler for Signals {
    type Module = ();
    type Instance = ();
    fn hit(&self, call: &TracepointCall<'_, Self>) {
        pr_info!("{}\n", call.comm());
    }
}
