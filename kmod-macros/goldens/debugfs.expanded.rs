// SPDX-License-Identifier: GPL-2.0-only
struct Ticket {
    sold: AtomicU32,
    #[cfg(feature = "stats")]
    stats: Stats,
}
///The parameters of [`Ticket`].
struct TicketParams {}
impl TicketParams {}
const _: () = {
    static __KMOD_PARAMS: TicketParams = TicketParams {};
    const _: &[()] = &[
        ::kmod_core::__private::keys::kernel_module::ATTRIBUTE,
        ::kmod_core::__private::keys::kernel_module::name,
        ::kmod_core::__private::keys::kernel_module::license,
        ::kmod_core::__private::keys::debugfs::ATTRIBUTE,
        ::kmod_core::__private::keys::debugfs::path,
        ::kmod_core::__private::keys::debugfs::mode,
        ::kmod_core::__private::keys::debugfs::ATTRIBUTE,
        ::kmod_core::__private::keys::debugfs::path,
    ];
    struct __kmod_sold;
    unsafe impl ::kmod_core::__private::Field for __kmod_sold {
        type Type = AtomicU32;
        type Instance = Ticket;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Ticket,
            AtomicU32,
        >(|instance| &raw const instance.sold, ::core::mem::offset_of!(Ticket, sold));
    }
    impl ::kmod_core::__private::DebugfsField for __kmod_sold {
        const PATH: ::kmod_core::__private::NodeName = ::kmod_core::__private::NodeName {
            before: c"ticket/sold",
            after: ::core::option::Option::None,
        };
        const MODE: ::core::option::Option<::core::primitive::u16> = ::core::option::Option::Some(
            0o644,
        );
    }
    const _: ::core::primitive::u16 = (::kmod_core::__private::text_mode::<
        AtomicU32,
    >)(::core::option::Option::Some(0o644));
    ::kmod_core::__private::told! {
        Node { kind : "debugfs", class : "", name : "", path :
        "/sys/kernel/debug/ticket/sold", is_of_device : false, mode : 0o644, docs : "", }
    }
    #[cfg(feature = "stats")]
    struct __kmod_stats;
    #[cfg(feature = "stats")]
    unsafe impl ::kmod_core::__private::Field for __kmod_stats {
        type Type = Stats;
        type Instance = Ticket;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Ticket,
            Stats,
        >(|instance| &raw const instance.stats, ::core::mem::offset_of!(Ticket, stats));
    }
    #[cfg(feature = "stats")]
    impl ::kmod_core::__private::DebugfsField for __kmod_stats {
        const PATH: ::kmod_core::__private::NodeName = ::kmod_core::__private::NodeName {
            before: c"ticket/inside/stats",
            after: ::core::option::Option::None,
        };
        const MODE: ::core::option::Option<::core::primitive::u16> = ::core::option::Option::None;
    }
    #[cfg(feature = "stats")]
    const _: ::core::primitive::u16 = (::kmod_core::__private::text_mode::<
        Stats,
    >)(::core::option::Option::None);
    #[cfg(feature = "stats")]
    ::kmod_core::__private::told! {
        Node { kind : "debugfs", class : "", name : "", path :
        "/sys/kernel/debug/ticket/inside/stats", is_of_device : false, mode :
        ::kmod_core::__private::told_text_mode:: < Stats > (), docs : "", }
    }
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Ticket>::ANSWER,
            &[
                ::kmod_core::__private::IsShared::<AtomicU32>::ANSWER,
                #[cfg(feature = "stats")]
                ::kmod_core::__private::IsShared::<Stats>::ANSWER,
            ],
            "`Ticket` holds what `#[kernel_module]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[kernel_module]`",
        );
    };
    impl ::kmod_core::ModuleInfo for Ticket {
        type Params = TicketParams;
        fn params() -> &'static TicketParams {
            &__KMOD_PARAMS
        }
    }
    unsafe impl ::kmod_core::__private::Module for Ticket {
        const NAME: &'static ::core::ffi::CStr = c"ticket";
        const SLOT: *const ::kmod_core::__private::ModuleSlot<Ticket> = {
            static SLOT: ::kmod_core::__private::ModuleSlot<Ticket> = ::kmod_core::__private::ModuleSlot::new();
            &raw const SLOT
        };
        fn objects() -> &'static [&'static dyn ::kmod_core::__private::Object] {
            static OBJECT_0: ::kmod_core::__private::Debugfs<__kmod_sold> = ::kmod_core::__private::Debugfs::new();
            #[cfg(feature = "stats")]
            static OBJECT_1: ::kmod_core::__private::Debugfs<__kmod_stats> = ::kmod_core::__private::Debugfs::new();
            static OBJECTS: &[&dyn ::kmod_core::__private::Object] = &[
                &OBJECT_0,
                #[cfg(feature = "stats")]
                &OBJECT_1,
            ];
            OBJECTS
        }
    }
    unsafe impl ::kmod_core::__private::Instance for Ticket {
        type Place = ::kmod_core::__private::Static<Ticket>;
    }
    impl ::kmod_core::__private::Provides<()> for Ticket {}
    impl ::kmod_core::__private::Provides<Ticket> for Ticket {}
    impl ::kmod_core::__private::Belongs<()> for Ticket {
        fn instance(&self) -> &() {
            &()
        }
    }
    impl ::kmod_core::__private::Belongs<Ticket> for Ticket {
        fn instance(&self) -> &Ticket {
            self
        }
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<AtomicU32>(),
        "field `sold` of `Ticket` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    #[cfg(feature = "stats")]
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Stats>(),
        "field `stats` of `Ticket` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Ticket>(),
        &[
            ::core::mem::size_of::<AtomicU32>(),
            #[cfg(feature = "stats")]
            ::core::mem::size_of::<Stats>(),
        ],
        "`Ticket` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
    const _: unsafe fn() -> ::core::ffi::c_int = ::kmod_core::__private::init::<Ticket>;
    #[doc(hidden)]
    #[macro_export]
    macro_rules! a_crate_has_one_kernel_module {
        () => {};
    }
    #[cfg(target_os = "none")]
    const _: () = {
        #[unsafe(no_mangle)]
        extern "C" fn init_module() -> ::core::ffi::c_int {
            unsafe { ::kmod_core::__private::init::<Ticket>() }
        }
        #[unsafe(no_mangle)]
        extern "C" fn cleanup_module() {
            unsafe { ::kmod_core::__private::exit::<Ticket>() }
        }
        mod modinfo {
            ::core::arch::global_asm!(
                ".pushsection .modinfo,\"a\"", ".asciz \"license=GPL\"", ".popsection",
                ".pushsection .kmod.module", ".asciz \"ticket\"", ".popsection",
                options(raw)
            );
        }
    };
    ::kmod_core::__private::told! {
        Declaration { name : "ticket", description : "", license : "GPL", authors : & [],
        params : & [], }
    }
};
struct Counter {
    stats: Stats,
    sold: AtomicU32,
}
const _: () = {
    const _: &[()] = &[
        ::kmod_core::__private::keys::debugfs::ATTRIBUTE,
        ::kmod_core::__private::keys::debugfs::path,
        ::kmod_core::__private::keys::debugfs::ATTRIBUTE,
        ::kmod_core::__private::keys::debugfs::path,
        ::kmod_core::__private::keys::debugfs::mode,
        ::kmod_core::__private::keys::debugfs::capability,
    ];
    struct __kmod_stats;
    unsafe impl ::kmod_core::__private::Field for __kmod_stats {
        type Type = Stats;
        type Instance = Counter;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Counter,
            Stats,
        >(|instance| &raw const instance.stats, ::core::mem::offset_of!(Counter, stats));
    }
    impl ::kmod_core::__private::DebugfsField for __kmod_stats {
        const PATH: ::kmod_core::__private::NodeName = ::kmod_core::__private::NodeName {
            before: c"ticket/counter",
            after: ::core::option::Option::Some(c"/stats"),
        };
        const MODE: ::core::option::Option<::core::primitive::u16> = ::core::option::Option::None;
    }
    const _: ::core::primitive::u16 = (::kmod_core::__private::text_mode::<
        Stats,
    >)(::core::option::Option::None);
    ::kmod_core::__private::told! {
        Node { kind : "debugfs", class : "", name : "", path :
        "/sys/kernel/debug/ticket/counter{index}/stats", is_of_device : true, mode :
        ::kmod_core::__private::told_text_mode:: < Stats > (), docs : "", }
    }
    struct __kmod_sold;
    unsafe impl ::kmod_core::__private::Field for __kmod_sold {
        type Type = AtomicU32;
        type Instance = Counter;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Counter,
            AtomicU32,
        >(|instance| &raw const instance.sold, ::core::mem::offset_of!(Counter, sold));
    }
    impl ::kmod_core::__private::DebugfsField for __kmod_sold {
        const PATH: ::kmod_core::__private::NodeName = ::kmod_core::__private::NodeName {
            before: c"ticket/counter",
            after: ::core::option::Option::Some(c"/sold"),
        };
        const MODE: ::core::option::Option<::core::primitive::u16> = ::core::option::Option::Some(
            0o600,
        );
        const CAPABILITY: ::core::option::Option<::kmod_core::__private::Capability> = ::core::option::Option::Some(
            ::kmod_core::__private::capability::CAP_SYSLOG,
        );
    }
    const _: ::core::primitive::u16 = (::kmod_core::__private::text_mode::<
        AtomicU32,
    >)(::core::option::Option::Some(0o600));
    ::kmod_core::__private::told! {
        Node { kind : "debugfs", class : "", name : "", path :
        "/sys/kernel/debug/ticket/counter{index}/sold", is_of_device : true, mode :
        0o600, docs : "", }
    }
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Counter>::ANSWER,
            &[
                ::kmod_core::__private::IsShared::<Stats>::ANSWER,
                ::kmod_core::__private::IsShared::<AtomicU32>::ANSWER,
            ],
            "`Counter` holds what `#[device]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[device]`",
        );
    };
    unsafe impl ::kmod_core::__private::Instance for Counter {
        type Place = ::kmod_core::__private::Counted<Counter>;
    }
    impl<M: ::kmod_core::__private::ModuleState> ::kmod_core::__private::Provides<M>
    for Counter {}
    impl ::kmod_core::__private::Belongs<()> for Counter {
        fn instance(&self) -> &() {
            &()
        }
    }
    impl ::kmod_core::__private::Belongs<Counter> for Counter {
        fn instance(&self) -> &Counter {
            self
        }
    }
    impl Counter {
        #[deny(
            dead_code,
            reason = "no driver makes `Counter`: write `type Device = Counter;` in the `impl` of a driver that is a field of the module's struct, or make that a `DefaultDriver<Counter>`"
        )]
        pub(crate) const MADE_BY_A_DRIVER: () = ();
    }
    pub struct __KmodObjects {
        stats: ::kmod_core::__private::Debugfs<__kmod_stats>,
        sold: ::kmod_core::__private::Debugfs<__kmod_sold>,
    }
    unsafe impl ::kmod_core::__private::Device for Counter {
        type Objects = __KmodObjects;
        fn objects() -> Self::Objects {
            __KmodObjects {
                stats: ::kmod_core::__private::Debugfs::new(),
                sold: ::kmod_core::__private::Debugfs::new(),
            }
        }
        fn with_objects<R>(
            objects: &Self::Objects,
            with: impl ::core::ops::FnOnce(&[&dyn ::kmod_core::__private::Object]) -> R,
        ) -> R {
            with(&[&objects.stats, &objects.sold])
        }
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Stats>(),
        "field `stats` of `Counter` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<AtomicU32>(),
        "field `sold` of `Counter` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Counter>(),
        &[::core::mem::size_of::<Stats>(), ::core::mem::size_of::<AtomicU32>()],
        "`Counter` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
};
