// SPDX-License-Identifier: GPL-2.0-only
struct Steps {
    step: AtomicU32,
    #[cfg(feature = "switch")]
    on: AtomicBool,
    masks: [AtomicU32; 4],
    timeout: AtomicI32,
    steps: Device,
    last: AtomicI32,
}
///The parameters of [`Steps`].
struct StepsParams {}
impl StepsParams {}
const _: () = {
    static __KMOD_PARAMS: StepsParams = StepsParams {};
    const _: &[()] = &[
        ::kmod_core::__private::keys::kernel_module::ATTRIBUTE,
        ::kmod_core::__private::keys::kernel_module::name,
        ::kmod_core::__private::keys::kernel_module::license,
        ::kmod_core::__private::keys::sysctl::ATTRIBUTE,
        ::kmod_core::__private::keys::sysctl::path,
        ::kmod_core::__private::keys::sysctl::mode,
        ::kmod_core::__private::keys::sysctl::range,
        ::kmod_core::__private::keys::sysctl::on_change,
        ::kmod_core::__private::keys::sysctl::ATTRIBUTE,
        ::kmod_core::__private::keys::sysctl::path,
        ::kmod_core::__private::keys::sysctl::capability,
        ::kmod_core::__private::keys::sysctl::ATTRIBUTE,
        ::kmod_core::__private::keys::sysctl::path,
        ::kmod_core::__private::keys::sysctl::format,
        ::kmod_core::__private::keys::sysctl::ATTRIBUTE,
        ::kmod_core::__private::keys::sysctl::path,
        ::kmod_core::__private::keys::sysctl::jiffies,
        ::kmod_core::__private::keys::misc::ATTRIBUTE,
        ::kmod_core::__private::keys::sysctl::ATTRIBUTE,
        ::kmod_core::__private::keys::sysctl::path,
    ];
    struct __kmod_step;
    unsafe impl ::kmod_core::__private::Field for __kmod_step {
        type Type = AtomicU32;
        type Instance = Steps;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Steps,
            AtomicU32,
        >(|instance| &raw const instance.step, ::core::mem::offset_of!(Steps, step));
    }
    const _: () = ::kmod_core::__private::ranged::<AtomicU32>();
    impl ::kmod_core::__private::SysctlField for __kmod_step {
        const ENTRY: ::kmod_core::__private::SysctlEntry = {
            const HOW: &::kmod_core::__private::SysctlHow<AtomicU32> = &::kmod_core::__private::How {
                range: ::core::option::Option::Some((1, 100)),
                ..::kmod_core::__private::How::PLAIN
            };
            ::kmod_core::__private::SysctlEntry::new::<Self>(c"step", 0o600, HOW)
        };
        const ON_CHANGE: ::core::option::Option<
            fn(&<__kmod_step as ::kmod_core::__private::Field>::Instance),
        > = ::core::option::Option::Some({
            let on_change: fn(
                &<__kmod_step as ::kmod_core::__private::Field>::Instance,
            ) = Steps::changed;
            on_change
        });
    }
    ::kmod_core::__private::told! {
        Node { kind : "sysctl", class : "", name : "", path : "/proc/sys/steps/step",
        is_of_device : false, mode : 0o600, docs : "", }
    }
    #[cfg(feature = "switch")]
    struct __kmod_on;
    #[cfg(feature = "switch")]
    unsafe impl ::kmod_core::__private::Field for __kmod_on {
        type Type = AtomicBool;
        type Instance = Steps;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Steps,
            AtomicBool,
        >(|instance| &raw const instance.on, ::core::mem::offset_of!(Steps, on));
    }
    #[cfg(feature = "switch")]
    impl ::kmod_core::__private::SysctlField for __kmod_on {
        const ENTRY: ::kmod_core::__private::SysctlEntry = {
            const HOW: &::kmod_core::__private::SysctlHow<AtomicBool> = &::kmod_core::__private::How::PLAIN;
            ::kmod_core::__private::SysctlEntry::new::<Self>(c"on", 0o644, HOW)
        };
        const CAPABILITY: ::core::option::Option<::kmod_core::__private::Capability> = ::core::option::Option::Some(
            ::kmod_core::__private::capability::CAP_SYS_TIME,
        );
    }
    #[cfg(feature = "switch")]
    ::kmod_core::__private::told! {
        Node { kind : "sysctl", class : "", name : "", path : "/proc/sys/steps/on",
        is_of_device : false, mode : 0o644, docs : "", }
    }
    struct __kmod_masks;
    unsafe impl ::kmod_core::__private::Field for __kmod_masks {
        type Type = [AtomicU32; 4];
        type Instance = Steps;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Steps,
            [AtomicU32; 4],
        >(|instance| &raw const instance.masks, ::core::mem::offset_of!(Steps, masks));
    }
    const _: () = ::kmod_core::__private::formatted::<[AtomicU32; 4]>();
    impl ::kmod_core::__private::SysctlField for __kmod_masks {
        const ENTRY: ::kmod_core::__private::SysctlEntry = {
            const HOW: &::kmod_core::__private::SysctlHow<[AtomicU32; 4]> = &::kmod_core::__private::How {
                format: ::core::option::Option::Some(
                    ::kmod_core::__private::Format::Hex,
                ),
                ..::kmod_core::__private::How::PLAIN
            };
            ::kmod_core::__private::SysctlEntry::new::<Self>(c"masks", 0o644, HOW)
        };
    }
    ::kmod_core::__private::told! {
        Node { kind : "sysctl", class : "", name : "", path : "/proc/sys/steps/masks",
        is_of_device : false, mode : 0o644, docs : "", }
    }
    struct __kmod_timeout;
    unsafe impl ::kmod_core::__private::Field for __kmod_timeout {
        type Type = AtomicI32;
        type Instance = Steps;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Steps,
            AtomicI32,
        >(
            |instance| &raw const instance.timeout,
            ::core::mem::offset_of!(Steps, timeout),
        );
    }
    const _: () = ::kmod_core::__private::jiffies::<
        AtomicI32,
    >(::kmod_core::__private::Jiffies::UserHz, false);
    impl ::kmod_core::__private::SysctlField for __kmod_timeout {
        const ENTRY: ::kmod_core::__private::SysctlEntry = {
            const HOW: &::kmod_core::__private::SysctlHow<AtomicI32> = &::kmod_core::__private::How {
                jiffies: ::core::option::Option::Some(
                    ::kmod_core::__private::Jiffies::UserHz,
                ),
                ..::kmod_core::__private::How::PLAIN
            };
            ::kmod_core::__private::SysctlEntry::new::<Self>(c"timeout", 0o644, HOW)
        };
    }
    ::kmod_core::__private::told! {
        Node { kind : "sysctl", class : "", name : "", path :
        "/proc/sys/steps/more/timeout", is_of_device : false, mode : 0o644, docs : "", }
    }
    struct __kmod_steps;
    unsafe impl ::kmod_core::__private::Field for __kmod_steps {
        type Type = Device;
        type Instance = Steps;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Steps,
            Device,
        >(|instance| &raw const instance.steps, ::core::mem::offset_of!(Steps, steps));
    }
    unsafe impl ::kmod_core::__private::DeviceTable for __kmod_steps {
        const OPS: &'static ::kmod_core::__private::file_operations = <<Device as ::kmod_core::__private::DeviceType>::Table<
            Self,
        > as ::kmod_core::__private::Operations>::OPS;
    }
    impl ::kmod_core::__private::MiscField for __kmod_steps {
        const NAME: &'static ::core::ffi::CStr = c"steps";
    }
    ::kmod_core::__private::told! {
        Node { kind : "misc", class : "misc", name : "steps", path : "/dev/steps",
        is_of_device : false, mode : 0o0, docs : "", }
    }
    struct __kmod_last;
    unsafe impl ::kmod_core::__private::Field for __kmod_last {
        type Type = AtomicI32;
        type Instance = Steps;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Steps,
            AtomicI32,
        >(|instance| &raw const instance.last, ::core::mem::offset_of!(Steps, last));
    }
    impl ::kmod_core::__private::SysctlField for __kmod_last {
        const ENTRY: ::kmod_core::__private::SysctlEntry = {
            const HOW: &::kmod_core::__private::SysctlHow<AtomicI32> = &::kmod_core::__private::How::PLAIN;
            ::kmod_core::__private::SysctlEntry::new::<Self>(c"last", 0o644, HOW)
        };
    }
    ::kmod_core::__private::told! {
        Node { kind : "sysctl", class : "", name : "", path : "/proc/sys/steps/last",
        is_of_device : false, mode : 0o644, docs : "", }
    }
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Steps>::ANSWER,
            &[
                ::kmod_core::__private::IsShared::<AtomicU32>::ANSWER,
                #[cfg(feature = "switch")]
                ::kmod_core::__private::IsShared::<AtomicBool>::ANSWER,
                ::kmod_core::__private::IsShared::<[AtomicU32; 4]>::ANSWER,
                ::kmod_core::__private::IsShared::<AtomicI32>::ANSWER,
                ::kmod_core::__private::IsShared::<Device>::ANSWER,
                ::kmod_core::__private::IsShared::<AtomicI32>::ANSWER,
            ],
            "`Steps` holds what `#[kernel_module]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[kernel_module]`",
        );
    };
    impl ::kmod_core::ModuleInfo for Steps {
        type Params = StepsParams;
        fn params() -> &'static StepsParams {
            &__KMOD_PARAMS
        }
    }
    unsafe impl ::kmod_core::__private::Module for Steps {
        const NAME: &'static ::core::ffi::CStr = c"steps";
        const SLOT: *const ::kmod_core::__private::ModuleSlot<Steps> = {
            static SLOT: ::kmod_core::__private::ModuleSlot<Steps> = ::kmod_core::__private::ModuleSlot::new();
            &raw const SLOT
        };
        fn objects() -> &'static [&'static dyn ::kmod_core::__private::Object] {
            static OBJECT_0: ::kmod_core::__private::SysctlTable = {
                static ENTRIES: ::kmod_core::__private::SysctlEntries<
                    { <[()]>::len(&[(), #[cfg(feature = "switch")] (), ()]) },
                > = ::kmod_core::__private::SysctlEntries::new([
                    ::kmod_core::__private::SysctlEntry::of::<__kmod_step>(),
                    #[cfg(feature = "switch")]
                    ::kmod_core::__private::SysctlEntry::of::<__kmod_on>(),
                    ::kmod_core::__private::SysctlEntry::of::<__kmod_masks>(),
                ]);
                ::kmod_core::__private::SysctlTable::new(c"steps", &ENTRIES)
            };
            static OBJECT_1: ::kmod_core::__private::SysctlTable = {
                static ENTRIES: ::kmod_core::__private::SysctlEntries<
                    { <[()]>::len(&[()]) },
                > = ::kmod_core::__private::SysctlEntries::new([
                    ::kmod_core::__private::SysctlEntry::of::<__kmod_timeout>(),
                ]);
                ::kmod_core::__private::SysctlTable::new(c"steps/more", &ENTRIES)
            };
            static OBJECT_2: [::kmod_core::__private::Misc; { <[()]>::len(&[()]) }] = [
                ::kmod_core::__private::Misc::new::<__kmod_steps>(),
            ];
            static OBJECT_3: ::kmod_core::__private::SysctlTable = {
                static ENTRIES: ::kmod_core::__private::SysctlEntries<
                    { <[()]>::len(&[()]) },
                > = ::kmod_core::__private::SysctlEntries::new([
                    ::kmod_core::__private::SysctlEntry::of::<__kmod_last>(),
                ]);
                ::kmod_core::__private::SysctlTable::new(c"steps", &ENTRIES)
            };
            static OBJECTS: &[&dyn ::kmod_core::__private::Object] = &[
                &OBJECT_0,
                &OBJECT_1,
                &OBJECT_2,
                &OBJECT_3,
            ];
            OBJECTS
        }
    }
    unsafe impl ::kmod_core::__private::Instance for Steps {
        type Place = ::kmod_core::__private::Static<Steps>;
    }
    impl ::kmod_core::__private::Provides<()> for Steps {}
    impl ::kmod_core::__private::Provides<Steps> for Steps {}
    impl ::kmod_core::__private::Belongs<()> for Steps {
        fn instance(&self) -> &() {
            &()
        }
    }
    impl ::kmod_core::__private::Belongs<Steps> for Steps {
        fn instance(&self) -> &Steps {
            self
        }
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<AtomicU32>(),
        "field `step` of `Steps` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    #[cfg(feature = "switch")]
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<AtomicBool>(),
        "field `on` of `Steps` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<[AtomicU32; 4]>(),
        "field `masks` of `Steps` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<AtomicI32>(),
        "field `timeout` of `Steps` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Device>(),
        "field `steps` of `Steps` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<AtomicI32>(),
        "field `last` of `Steps` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Steps>(),
        &[
            ::core::mem::size_of::<AtomicU32>(),
            #[cfg(feature = "switch")]
            ::core::mem::size_of::<AtomicBool>(),
            ::core::mem::size_of::<[AtomicU32; 4]>(),
            ::core::mem::size_of::<AtomicI32>(),
            ::core::mem::size_of::<Device>(),
            ::core::mem::size_of::<AtomicI32>(),
        ],
        "`Steps` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
    const _: unsafe fn() -> ::core::ffi::c_int = ::kmod_core::__private::init::<Steps>;
    #[doc(hidden)]
    #[macro_export]
    macro_rules! a_crate_has_one_kernel_module {
        () => {};
    }
    #[cfg(target_os = "none")]
    const _: () = {
        #[unsafe(no_mangle)]
        extern "C" fn init_module() -> ::core::ffi::c_int {
            unsafe { ::kmod_core::__private::init::<Steps>() }
        }
        #[unsafe(no_mangle)]
        extern "C" fn cleanup_module() {
            unsafe { ::kmod_core::__private::exit::<Steps>() }
        }
        mod modinfo {
            ::core::arch::global_asm!(
                ".pushsection .modinfo,\"a\"", ".asciz \"license=GPL\"", ".popsection",
                ".pushsection .kmod.module", ".asciz \"steps\"", ".popsection",
                options(raw)
            );
        }
    };
    ::kmod_core::__private::told! {
        Declaration { name : "steps", description : "", license : "GPL", authors : & [],
        params : & [], }
    }
};
