// SPDX-License-Identifier: GPL-2.0-only
::core::compile_error! {
    "`#[kernel_module]` has no key `licence`\n= help: did you mean `license`?"
}
::core::compile_error! {
    "a module's name is made of ASCII letters, digits and `_`\n= help: write `\"mis_takes\"`"
}
::core::compile_error! {
    "the default of `step` is outside its range\n= help: take a value within it, 1 for example, or widen the range"
}
::core::compile_error! {
    "a parameter cannot have the type `f32`\n= help: the kernel does not compute with floats: take an integer, in thousandths for example"
}
::core::compile_error! {
    "`mode` is written in octal\n= help: write `mode = 0o644`"
}
struct Mistakes {
    bad: Device,
    good: Device,
}
///The parameters of [`Mistakes`].
struct MistakesParams {
    good: ::kmod_core::__private::Plain<::core::primitive::bool>,
}
impl MistakesParams {
    ///The parameter `step`.
    pub fn step(&self) -> ::core::primitive::u32 {
        loop {}
    }
    ///The parameter `ratio`.
    pub fn ratio(&self) -> ::core::primitive::f32 {
        loop {}
    }
    ///The parameter `good`.
    pub fn good(&self) -> ::core::primitive::bool {
        self.good.get()
    }
}
const _: () = {
    static __KMOD_PARAMS: MistakesParams = MistakesParams {
        good: <::kmod_core::__private::Plain<
            ::core::primitive::bool,
        >>::new(c"good", true),
    };
    const _: &[()] = &[
        ::kmod_core::__private::keys::kernel_module::ATTRIBUTE,
        ::kmod_core::__private::keys::kernel_module::name,
        ::kmod_core::__private::keys::kernel_module::params,
        ::kmod_core::__private::keys::param::ATTRIBUTE,
        ::kmod_core::__private::keys::param::range,
        ::kmod_core::__private::keys::chrdev::ATTRIBUTE,
        ::kmod_core::__private::keys::chrdev::mode,
        ::kmod_core::__private::keys::chrdev::ATTRIBUTE,
    ];
    struct __kmod_good;
    unsafe impl ::kmod_core::__private::Field for __kmod_good {
        type Type = Device;
        type Instance = Mistakes;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Mistakes,
            Device,
        >(|instance| &raw const instance.good, ::core::mem::offset_of!(Mistakes, good));
    }
    unsafe impl ::kmod_core::__private::DeviceTable for __kmod_good {
        const OPS: &'static ::kmod_core::__private::file_operations = <<Device as ::kmod_core::__private::DeviceType>::Table<
            Self,
        > as ::kmod_core::__private::Operations>::OPS;
    }
    impl ::kmod_core::__private::ChrdevField for __kmod_good {
        const NAME: &'static ::core::ffi::CStr = c"good";
        const CLASS: &'static ::core::ffi::CStr = c"good";
    }
    ::kmod_core::__private::told! {
        Node { kind : "chrdev", class : "good", name : "good", path : "/dev/good",
        is_of_device : false, mode : 0o0, docs : "", }
    }
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Mistakes>::ANSWER,
            &[
                ::kmod_core::__private::IsShared::<Device>::ANSWER,
                ::kmod_core::__private::IsShared::<Device>::ANSWER,
            ],
            "`Mistakes` holds what `#[kernel_module]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[kernel_module]`",
        );
    };
    impl ::kmod_core::ModuleInfo for Mistakes {
        type Params = MistakesParams;
        fn params() -> &'static MistakesParams {
            &__KMOD_PARAMS
        }
    }
    unsafe impl ::kmod_core::__private::Module for Mistakes {
        const NAME: &'static ::core::ffi::CStr = c"mis-takes";
        const SLOT: *const ::kmod_core::__private::ModuleSlot<Mistakes> = {
            static SLOT: ::kmod_core::__private::ModuleSlot<Mistakes> = ::kmod_core::__private::ModuleSlot::new();
            &raw const SLOT
        };
        fn objects() -> &'static [&'static dyn ::kmod_core::__private::Object] {
            static OBJECT_0: ::kmod_core::__private::Chrdev<__kmod_good> = ::kmod_core::__private::Chrdev::new();
            static OBJECTS: &[&dyn ::kmod_core::__private::Object] = &[&OBJECT_0];
            OBJECTS
        }
    }
    unsafe impl ::kmod_core::__private::Instance for Mistakes {
        type Place = ::kmod_core::__private::Static<Mistakes>;
    }
    impl ::kmod_core::__private::Provides<()> for Mistakes {}
    impl ::kmod_core::__private::Provides<Mistakes> for Mistakes {}
    impl ::kmod_core::__private::Belongs<()> for Mistakes {
        fn instance(&self) -> &() {
            &()
        }
    }
    impl ::kmod_core::__private::Belongs<Mistakes> for Mistakes {
        fn instance(&self) -> &Mistakes {
            self
        }
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Device>(),
        "field `bad` of `Mistakes` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Device>(),
        "field `good` of `Mistakes` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Mistakes>(),
        &[::core::mem::size_of::<Device>(), ::core::mem::size_of::<Device>()],
        "`Mistakes` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
    const _: unsafe fn() -> ::core::ffi::c_int = ::kmod_core::__private::init::<
        Mistakes,
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
            unsafe { ::kmod_core::__private::init::<Mistakes>() }
        }
        #[unsafe(no_mangle)]
        extern "C" fn cleanup_module() {
            unsafe { ::kmod_core::__private::exit::<Mistakes>() }
        }
        #[used]
        #[unsafe(link_section = "__param")]
        static __KMOD_PARAM_TABLE: [::kmod_core::__private::KernelParam; 1usize] = [
            ::kmod_core::__private::KernelParam::new(c"good", &__KMOD_PARAMS.good, 0o444),
        ];
        mod modinfo {
            ::core::arch::global_asm!(
                ".pushsection .modinfo,\"a\"", ".asciz \"parmtype=step:uint\"",
                ".asciz \"parmtype=good:bool\"", ".popsection",
                ".pushsection .kmod.module", ".asciz \"mis-takes\"", ".popsection",
                options(raw)
            );
        }
    };
    ::kmod_core::__private::told! {
        Declaration { name : "mis-takes", description : "", license : "", authors : & [],
        params : & [::kmod_core::__private::uapi::Parameter { name : "good", ty : "bool",
        docs : "", default : "1", min : "", max : "", mode : 0o444, }], }
    }
};
::core::compile_error! {
    "`read` takes `&self`: handlers run for several processes at once\n= help: write `&self`, and put what changes into a `Mutex`, a `SpinLock` or an atomic"
}
::core::compile_error! {
    "`FileOperations` has no handler `close`\n= help: did you mean `release`?"
}
::core::compile_error! {
    "there is a `PerOpen`, but no `open` that makes it\n= help: add `fn open(&self, file: &OpenFile<'_, Self>) -> Result<Self::PerOpen>`"
}
impl FileOperations for Device {
    type Module = ();
    type Instance = ();
    type Ioctl = ();
    const HANDLERS: ::kmod_core::__private::Handlers = ::kmod_core::__private::Handlers {
        read: true,
        ..::kmod_core::__private::Handlers::NONE
    };
    const LIFE: ::kmod_core::__private::Life<Self::PerOpen> = {
        use ::kmod_core::__private::PlainLife as _;
        const {
            (::kmod_core::__private::some_life)(
                ::kmod_core::__private::LifeOf::<Self::PerOpen>::LIFE,
            )
        }
    };
    fn open(
        &self,
        _file: &::kmod_core::file::OpenFile<'_, Self>,
    ) -> ::kmod_core::error::Result<Self::PerOpen> {
        loop {}
    }
    type PerOpen = u32;
    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        loop {}
    }
}
