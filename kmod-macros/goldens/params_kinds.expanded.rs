// SPDX-License-Identifier: GPL-2.0-only
#[derive(Default)]
pub struct Dials;
///The parameters of [`Dials`].
pub struct DialsParams {
    mask: ::kmod_core::__private::Plain<::kmod_core::__private::HexInt>,
    pitch: ::kmod_core::__private::Live<
        ::kmod_core::__private::Param<::core::primitive::u32>,
    >,
    ports: ::kmod_core::__private::Fixed<
        ::kmod_core::__private::Array<::core::primitive::u16, { 4 }>,
    >,
    names: ::kmod_core::__private::Live<::kmod_core::__private::Texts<CStr, { 2 }>>,
    label: ::kmod_core::__private::Live<
        ::kmod_core::__private::Text<::core::primitive::str>,
    >,
    speed: ::kmod_core::__private::Live<::kmod_core::__private::Custom<Speed>>,
}
impl DialsParams {
    /// In base 16.
    pub fn mask(&self) -> ::core::primitive::u32 {
        self.mask.get()
    }
    ///The parameter `pitch`.
    pub fn pitch(&self) -> ::core::primitive::u32 {
        self.pitch.get()
    }
    ///The parameter `ports`.
    pub fn ports(&self) -> &[::core::primitive::u16] {
        self.ports.get()
    }
    ///The parameter `names`.
    pub fn names(&self) -> ::kmod_core::__private::ParamTexts<CStr> {
        self.names.get()
    }
    ///The parameter `label`.
    pub fn label(&self) -> ::kmod_core::__private::ParamText<::core::primitive::str> {
        self.label.get()
    }
    ///The parameter `speed`.
    pub fn speed(&self) -> Speed {
        self.speed.get()
    }
}
const _: () = {
    static __KMOD_PARAMS: DialsParams = DialsParams {
        mask: <::kmod_core::__private::Plain<
            ::kmod_core::__private::HexInt,
        >>::new(c"flags", 0xff),
        pitch: ::kmod_core::__private::Live::new(
                <::kmod_core::__private::Param<
                    ::core::primitive::u32,
                >>::new(c"pitch", 440),
            )
            .validate({
                const VALIDATE: for<'a> fn(
                    ::core::primitive::u32,
                ) -> ::kmod_core::__private::Result = even;
                VALIDATE
            })
            .on_change(|value, locked| {
                const ON_CHANGE: for<'a> fn(&'a Dials, ::core::primitive::u32) = Dials::retune;
                ::kmod_core::__private::with_live::<
                    Dials,
                >(locked, |module| ON_CHANGE(module, value))
            }),
        ports: ::kmod_core::__private::Fixed::new(
            <::kmod_core::__private::Array<
                ::core::primitive::u16,
                { 4 },
            >>::with_range(&[1, FIRST], 1, MOST),
        ),
        names: ::kmod_core::__private::Live::new(
            <::kmod_core::__private::Texts<CStr, { 2 }>>::new(&[c"a"]),
        ),
        label: ::kmod_core::__private::Live::new(
            <::kmod_core::__private::Text<
                ::core::primitive::str,
            >>::with_room(c"none", 16),
        ),
        speed: ::kmod_core::__private::Live::new(
            <::kmod_core::__private::Custom<Speed>>::new(Speed::Slow),
        ),
    };
    const _: () = ::core::assert!(
        (1) <= (1) && (1) <= (MOST), "the default of `ports` is outside its range"
    );
    const _: () = ::core::assert!(
        (1) <= (FIRST) && (FIRST) <= (MOST),
        "the default of `ports` is outside its range"
    );
    const _: &[()] = &[
        ::kmod_core::__private::keys::kernel_module::ATTRIBUTE,
        ::kmod_core::__private::keys::kernel_module::name,
        ::kmod_core::__private::keys::kernel_module::license,
        ::kmod_core::__private::keys::kernel_module::params,
        ::kmod_core::__private::keys::param::ATTRIBUTE,
        ::kmod_core::__private::keys::param::perm,
        ::kmod_core::__private::keys::param::kind,
        ::kmod_core::__private::keys::param::name,
        ::kmod_core::__private::keys::param::ATTRIBUTE,
        ::kmod_core::__private::keys::param::perm,
        ::kmod_core::__private::keys::param::validate,
        ::kmod_core::__private::keys::param::on_change,
        ::kmod_core::__private::keys::param::ATTRIBUTE,
        ::kmod_core::__private::keys::param::range,
        ::kmod_core::__private::keys::param::hw,
        ::kmod_core::__private::keys::param::ATTRIBUTE,
        ::kmod_core::__private::keys::param::perm,
        ::kmod_core::__private::keys::param::ATTRIBUTE,
        ::kmod_core::__private::keys::param::perm,
        ::kmod_core::__private::keys::param::len,
        ::kmod_core::__private::keys::param::taint,
        ::kmod_core::__private::keys::param::ATTRIBUTE,
        ::kmod_core::__private::keys::param::perm,
    ];
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Dials>::ANSWER,
            &[],
            "`Dials` holds what `#[kernel_module]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[kernel_module]`",
        );
    };
    impl ::kmod_core::ModuleInfo for Dials {
        type Params = DialsParams;
        fn params() -> &'static DialsParams {
            &__KMOD_PARAMS
        }
    }
    unsafe impl ::kmod_core::__private::Module for Dials {
        const NAME: &'static ::core::ffi::CStr = c"dials";
        const SLOT: *const ::kmod_core::__private::ModuleSlot<Dials> = {
            static SLOT: ::kmod_core::__private::ModuleSlot<Dials> = ::kmod_core::__private::ModuleSlot::new();
            &raw const SLOT
        };
        fn objects() -> &'static [&'static dyn ::kmod_core::__private::Object] {
            static OBJECTS: &[&dyn ::kmod_core::__private::Object] = &[];
            OBJECTS
        }
        fn watched() -> &'static [&'static dyn ::kmod_core::__private::OnChange] {
            static WATCHED: &[&dyn ::kmod_core::__private::OnChange] = &[
                &__KMOD_PARAMS.pitch,
            ];
            WATCHED
        }
    }
    unsafe impl ::kmod_core::__private::Instance for Dials {
        type Place = ::kmod_core::__private::Static<Dials>;
    }
    impl ::kmod_core::__private::Provides<()> for Dials {}
    impl ::kmod_core::__private::Provides<Dials> for Dials {}
    impl ::kmod_core::__private::Belongs<()> for Dials {
        fn instance(&self) -> &() {
            &()
        }
    }
    impl ::kmod_core::__private::Belongs<Dials> for Dials {
        fn instance(&self) -> &Dials {
            self
        }
    }
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Dials>(),
        &[],
        "`Dials` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
    const _: unsafe fn() -> ::core::ffi::c_int = ::kmod_core::__private::init::<Dials>;
    #[doc(hidden)]
    #[macro_export]
    macro_rules! a_crate_has_one_kernel_module {
        () => {};
    }
    #[cfg(target_os = "none")]
    const _: () = {
        #[unsafe(no_mangle)]
        extern "C" fn init_module() -> ::core::ffi::c_int {
            unsafe { ::kmod_core::__private::init::<Dials>() }
        }
        #[unsafe(no_mangle)]
        extern "C" fn cleanup_module() {
            unsafe { ::kmod_core::__private::exit::<Dials>() }
        }
        #[used]
        #[unsafe(link_section = "__param")]
        static __KMOD_PARAM_TABLE: [::kmod_core::__private::KernelParam; 6usize] = [
            ::kmod_core::__private::KernelParam::new(
                c"flags",
                &__KMOD_PARAMS.mask,
                0o644,
            ),
            ::kmod_core::__private::KernelParam::new(
                c"pitch",
                &__KMOD_PARAMS.pitch,
                0o644,
            ),
            ::kmod_core::__private::KernelParam::new(
                    c"ports",
                    &__KMOD_PARAMS.ports,
                    0o444,
                )
                .hw(),
            ::kmod_core::__private::KernelParam::new(
                c"names",
                &__KMOD_PARAMS.names,
                0o644,
            ),
            ::kmod_core::__private::KernelParam::new(
                    c"label",
                    &__KMOD_PARAMS.label,
                    0o600,
                )
                .taints(),
            ::kmod_core::__private::KernelParam::new(
                c"speed",
                &__KMOD_PARAMS.speed,
                0o644,
            ),
        ];
        mod modinfo {
            ::core::arch::global_asm!(
                ".pushsection .modinfo,\"a\"", ".asciz \"license=GPL\"",
                ".asciz \"parmtype=flags:hexint\"", ".asciz \"parm=flags:In base 16.\"",
                ".asciz \"parmtype=pitch:uint\"",
                ".asciz \"parmtype=ports:array of ushort\"",
                ".asciz \"parmtype=names:array of charp\"",
                ".asciz \"parmtype=label:string\"", ".asciz \"parmtype=speed:Speed\"",
                ".popsection", ".pushsection .kmod.module", ".asciz \"dials\"",
                ".popsection", options(raw)
            );
        }
    };
    ::kmod_core::__private::told! {
        Declaration { name : "dials", description : "", license : "GPL", authors : & [],
        params : & [::kmod_core::__private::uapi::Parameter { name : "flags", ty :
        "hexint", docs : "In base 16.", default : "255", min : "", max : "", mode :
        0o644, }, ::kmod_core::__private::uapi::Parameter { name : "pitch", ty : "uint",
        docs : "", default : "440", min : "", max : "", mode : 0o644, },
        ::kmod_core::__private::uapi::Parameter { name : "ports", ty : "array of ushort",
        docs : "", default : "", min : "1", max : "", mode : 0o444, },
        ::kmod_core::__private::uapi::Parameter { name : "names", ty : "array of charp",
        docs : "", default : "a", min : "", max : "", mode : 0o644, },
        ::kmod_core::__private::uapi::Parameter { name : "label", ty : "string", docs :
        "", default : "none", min : "", max : "", mode : 0o600, },
        ::kmod_core::__private::uapi::Parameter { name : "speed", ty : "Speed", docs :
        "", default : "", min : "", max : "", mode : 0o644, }], }
    }
};
enum Speed {
    Slow,
    VeryFast,
    Stopped,
}
#[automatically_derived]
impl ::kmod_core::params::ParamValue for Speed {
    const NAMES: &'static ::core::primitive::str = "`slow`, `very_fast`, `off`";
    fn parse(text: &::core::primitive::str) -> ::kmod_core::Result<Self> {
        ::core::result::Result::Ok(
            match text {
                "slow" => Self::Slow,
                "very_fast" => Self::VeryFast,
                "off" => Self::Stopped,
                _ => return ::core::result::Result::Err(::kmod_core::error::code::EINVAL),
            },
        )
    }
    fn show(
        &self,
        to: &mut ::kmod_core::params::ParamWriter<'_>,
    ) -> ::kmod_core::Result {
        to.write_str(
            match *self {
                Self::Slow => "slow",
                Self::VeryFast => "very_fast",
                Self::Stopped => "off",
            },
        );
        ::core::result::Result::Ok(())
    }
}
