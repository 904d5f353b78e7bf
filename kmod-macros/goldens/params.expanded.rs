// SPDX-License-Identifier: GPL-2.0-only
#[derive(Default)]
pub struct Hello;
///The parameters of [`Hello`].
pub struct HelloParams {
    times: ::kmod_core::__private::Param<::core::primitive::u32>,
    loud: ::kmod_core::__private::Plain<::core::primitive::bool>,
    who: ::kmod_core::__private::Param<&'static ::core::primitive::str>,
    raw: ::kmod_core::__private::Param<&'static CStr>,
    most: ::kmod_core::__private::Param<::core::primitive::i64>,
}
impl HelloParams {
    /// How often.
    pub fn times(&self) -> ::core::primitive::u32 {
        self.times.get()
    }
    ///The parameter `loud`.
    pub fn loud(&self) -> ::core::primitive::bool {
        self.loud.get()
    }
    /// Whom.
    pub fn who(&self) -> &'static ::core::primitive::str {
        self.who.get()
    }
    ///The parameter `raw`.
    pub fn raw(&self) -> &'static CStr {
        self.raw.get()
    }
    ///The parameter `most`.
    pub fn most(&self) -> ::core::primitive::i64 {
        self.most.get()
    }
}
const _: () = {
    static __KMOD_PARAMS: HelloParams = HelloParams {
        times: <::kmod_core::__private::Param<
            ::core::primitive::u32,
        >>::with_range(c"times", 1, 1, 100),
        loud: <::kmod_core::__private::Plain<
            ::core::primitive::bool,
        >>::new(c"loud", false),
        who: <::kmod_core::__private::Param<
            &'static ::core::primitive::str,
        >>::new(c"who", c"world"),
        raw: <::kmod_core::__private::Param<&'static CStr>>::new(c"raw", c"x"),
        most: <::kmod_core::__private::Param<
            ::core::primitive::i64,
        >>::with_range(c"most", MOST, ::core::primitive::i64::MIN, MOST),
    };
    const _: () = ::core::assert!(
        (::core::primitive::i64::MIN) <= (MOST) && (MOST) <= (MOST),
        "the default of `most` is outside its range"
    );
    const _: &[()] = &[
        ::kmod_core::__private::keys::kernel_module::ATTRIBUTE,
        ::kmod_core::__private::keys::kernel_module::name,
        ::kmod_core::__private::keys::kernel_module::license,
        ::kmod_core::__private::keys::kernel_module::params,
        ::kmod_core::__private::keys::param::ATTRIBUTE,
        ::kmod_core::__private::keys::param::perm,
        ::kmod_core::__private::keys::param::range,
        ::kmod_core::__private::keys::param::ATTRIBUTE,
        ::kmod_core::__private::keys::param::perm,
        ::kmod_core::__private::keys::param::ATTRIBUTE,
        ::kmod_core::__private::keys::param::range,
    ];
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Hello>::ANSWER,
            &[],
            "`Hello` holds what `#[kernel_module]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[kernel_module]`",
        );
    };
    impl ::kmod_core::ModuleInfo for Hello {
        type Params = HelloParams;
        fn params() -> &'static HelloParams {
            &__KMOD_PARAMS
        }
    }
    unsafe impl ::kmod_core::__private::Module for Hello {
        const NAME: &'static ::core::ffi::CStr = c"hello";
        const SLOT: *const ::kmod_core::__private::ModuleSlot<Hello> = {
            static SLOT: ::kmod_core::__private::ModuleSlot<Hello> = ::kmod_core::__private::ModuleSlot::new();
            &raw const SLOT
        };
        fn objects() -> &'static [&'static dyn ::kmod_core::__private::Object] {
            static OBJECTS: &[&dyn ::kmod_core::__private::Object] = &[];
            OBJECTS
        }
    }
    unsafe impl ::kmod_core::__private::Instance for Hello {
        type Place = ::kmod_core::__private::Static<Hello>;
    }
    impl ::kmod_core::__private::Provides<()> for Hello {}
    impl ::kmod_core::__private::Provides<Hello> for Hello {}
    impl ::kmod_core::__private::Belongs<()> for Hello {
        fn instance(&self) -> &() {
            &()
        }
    }
    impl ::kmod_core::__private::Belongs<Hello> for Hello {
        fn instance(&self) -> &Hello {
            self
        }
    }
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Hello>(),
        &[],
        "`Hello` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
    const _: unsafe fn() -> ::core::ffi::c_int = ::kmod_core::__private::init::<Hello>;
    #[doc(hidden)]
    #[macro_export]
    macro_rules! a_crate_has_one_kernel_module {
        () => {};
    }
    #[cfg(target_os = "none")]
    const _: () = {
        #[unsafe(no_mangle)]
        extern "C" fn init_module() -> ::core::ffi::c_int {
            unsafe { ::kmod_core::__private::init::<Hello>() }
        }
        #[unsafe(no_mangle)]
        extern "C" fn cleanup_module() {
            unsafe { ::kmod_core::__private::exit::<Hello>() }
        }
        #[used]
        #[unsafe(link_section = "__param")]
        static __KMOD_PARAM_TABLE: [::kmod_core::__private::KernelParam; 5usize] = [
            ::kmod_core::__private::KernelParam::new(
                c"times",
                &__KMOD_PARAMS.times,
                0o644,
            ),
            ::kmod_core::__private::KernelParam::new(
                c"loud",
                &__KMOD_PARAMS.loud,
                0o444,
            ),
            ::kmod_core::__private::KernelParam::new(c"who", &__KMOD_PARAMS.who, 0o444),
            ::kmod_core::__private::KernelParam::new(c"raw", &__KMOD_PARAMS.raw, 0o0),
            ::kmod_core::__private::KernelParam::new(c"most", &__KMOD_PARAMS.most, 0o444),
        ];
        mod modinfo {
            ::core::arch::global_asm!(
                ".pushsection .modinfo,\"a\"", ".asciz \"license=Dual BSD/GPL\"",
                ".asciz \"parmtype=times:uint\"", ".asciz \"parm=times:How often.\"",
                ".asciz \"parmtype=loud:bool\"", ".asciz \"parmtype=who:charp\"",
                ".asciz \"parm=who:Whom.\"", ".asciz \"parmtype=raw:charp\"",
                ".asciz \"parmtype=most:long\"", ".popsection",
                ".pushsection .kmod.module", ".asciz \"hello\"", ".popsection",
                options(raw)
            );
        }
    };
    ::kmod_core::__private::told! {
        Declaration { name : "hello", description : "", license : "Dual BSD/GPL", authors
        : & [], params : & [::kmod_core::__private::uapi::Parameter { name : "times", ty
        : "uint", docs : "How often.", default : "1", min : "1", max : "100", mode :
        0o644, }, ::kmod_core::__private::uapi::Parameter { name : "loud", ty : "bool",
        docs : "", default : "0", min : "", max : "", mode : 0o444, },
        ::kmod_core::__private::uapi::Parameter { name : "who", ty : "charp", docs :
        "Whom.", default : "world", min : "", max : "", mode : 0o444, },
        ::kmod_core::__private::uapi::Parameter { name : "raw", ty : "charp", docs : "",
        default : "", min : "", max : "", mode : 0o0, },
        ::kmod_core::__private::uapi::Parameter { name : "most", ty : "long", docs : "",
        default : "", min : "", max : "", mode : 0o444, }], }
    }
};
