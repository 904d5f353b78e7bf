// SPDX-License-Identifier: GPL-2.0-only
struct Ticket {
    sold: AtomicU32,
    #[cfg(feature = "stats")]
    stats: Stats,
    ticket: Stats,
    of_ticket: AtomicU32,
    #[cfg(feature = "stats")]
    left: AtomicU32,
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
        ::kmod_core::__private::keys::sysfs::ATTRIBUTE,
        ::kmod_core::__private::keys::sysfs::mode,
        ::kmod_core::__private::keys::sysfs::ATTRIBUTE,
        ::kmod_core::__private::keys::sysfs::name,
        ::kmod_core::__private::keys::misc::ATTRIBUTE,
        ::kmod_core::__private::keys::sysfs::ATTRIBUTE,
        ::kmod_core::__private::keys::sysfs::of,
        ::kmod_core::__private::keys::sysfs::name,
        ::kmod_core::__private::keys::sysfs::ATTRIBUTE,
        ::kmod_core::__private::keys::sysfs::of,
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
    impl ::kmod_core::__private::SysfsField for __kmod_sold {
        const NAME: &'static ::core::ffi::CStr = c"sold";
        const MODE: ::core::option::Option<::core::primitive::u16> = ::core::option::Option::Some(
            0o644,
        );
    }
    const _: ::core::primitive::u16 = (::kmod_core::__private::sysfs_mode::<
        AtomicU32,
    >)(::core::option::Option::Some(0o644));
    ::kmod_core::__private::told! {
        Node { kind : "sysfs", class : "", name : "", path : "sold", is_of_device :
        false, mode : 0o644, docs : "", }
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
    impl ::kmod_core::__private::SysfsField for __kmod_stats {
        const NAME: &'static ::core::ffi::CStr = c"statistics";
        const MODE: ::core::option::Option<::core::primitive::u16> = ::core::option::Option::None;
    }
    #[cfg(feature = "stats")]
    const _: ::core::primitive::u16 = (::kmod_core::__private::sysfs_mode::<
        Stats,
    >)(::core::option::Option::None);
    #[cfg(feature = "stats")]
    ::kmod_core::__private::told! {
        Node { kind : "sysfs", class : "", name : "", path : "statistics", is_of_device :
        false, mode : ::kmod_core::__private::told_sysfs_mode:: < Stats > (), docs : "",
        }
    }
    struct __kmod_ticket;
    unsafe impl ::kmod_core::__private::Field for __kmod_ticket {
        type Type = Stats;
        type Instance = Ticket;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Ticket,
            Stats,
        >(
            |instance| &raw const instance.ticket,
            ::core::mem::offset_of!(Ticket, ticket),
        );
    }
    unsafe impl ::kmod_core::__private::DeviceTable for __kmod_ticket {
        const OPS: &'static ::kmod_core::__private::file_operations = <<Stats as ::kmod_core::__private::DeviceType>::Table<
            Self,
        > as ::kmod_core::__private::Operations>::OPS;
        const FILES: ::core::option::Option<
            &'static dyn ::kmod_core::__private::DeviceFiles,
        > = ::core::option::Option::Some(
            &[
                ::kmod_core::__private::Sysfs::<__kmod_of_ticket>::DEVICE_FILE,
                #[cfg(feature = "stats")]
                ::kmod_core::__private::Sysfs::<__kmod_left>::DEVICE_FILE,
            ],
        );
    }
    impl ::kmod_core::__private::MiscField for __kmod_ticket {
        const NAME: &'static ::core::ffi::CStr = c"ticket";
    }
    ::kmod_core::__private::told! {
        Node { kind : "misc", class : "misc", name : "ticket", path : "/dev/ticket",
        is_of_device : false, mode : 0o0, docs : "", }
    }
    struct __kmod_of_ticket;
    unsafe impl ::kmod_core::__private::Field for __kmod_of_ticket {
        type Type = AtomicU32;
        type Instance = Ticket;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Ticket,
            AtomicU32,
        >(
            |instance| &raw const instance.of_ticket,
            ::core::mem::offset_of!(Ticket, of_ticket),
        );
    }
    impl ::kmod_core::__private::SysfsField for __kmod_of_ticket {
        const NAME: &'static ::core::ffi::CStr = c"sold";
        const OF_DEVICE: ::core::primitive::bool = ::kmod_core::__private::is_of_device::<
            __kmod_ticket,
        >();
        const MODE: ::core::option::Option<::core::primitive::u16> = ::core::option::Option::None;
    }
    const _: ::core::primitive::u16 = (::kmod_core::__private::sysfs_mode::<
        AtomicU32,
    >)(::core::option::Option::None);
    ::kmod_core::__private::told! {
        Node { kind : "sysfs", class : "", name : "", path :
        "/sys/class/misc/ticket/sold", is_of_device : false, mode :
        ::kmod_core::__private::told_sysfs_mode:: < AtomicU32 > (), docs : "", }
    }
    #[cfg(feature = "stats")]
    struct __kmod_left;
    #[cfg(feature = "stats")]
    unsafe impl ::kmod_core::__private::Field for __kmod_left {
        type Type = AtomicU32;
        type Instance = Ticket;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Ticket,
            AtomicU32,
        >(|instance| &raw const instance.left, ::core::mem::offset_of!(Ticket, left));
    }
    #[cfg(feature = "stats")]
    impl ::kmod_core::__private::SysfsField for __kmod_left {
        const NAME: &'static ::core::ffi::CStr = c"left";
        const OF_DEVICE: ::core::primitive::bool = ::kmod_core::__private::is_of_device::<
            __kmod_ticket,
        >();
        const MODE: ::core::option::Option<::core::primitive::u16> = ::core::option::Option::None;
    }
    #[cfg(feature = "stats")]
    const _: ::core::primitive::u16 = (::kmod_core::__private::sysfs_mode::<
        AtomicU32,
    >)(::core::option::Option::None);
    #[cfg(feature = "stats")]
    ::kmod_core::__private::told! {
        Node { kind : "sysfs", class : "", name : "", path :
        "/sys/class/misc/ticket/left", is_of_device : false, mode :
        ::kmod_core::__private::told_sysfs_mode:: < AtomicU32 > (), docs : "", }
    }
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Ticket>::ANSWER,
            &[
                ::kmod_core::__private::IsShared::<AtomicU32>::ANSWER,
                #[cfg(feature = "stats")]
                ::kmod_core::__private::IsShared::<Stats>::ANSWER,
                ::kmod_core::__private::IsShared::<Stats>::ANSWER,
                ::kmod_core::__private::IsShared::<AtomicU32>::ANSWER,
                #[cfg(feature = "stats")]
                ::kmod_core::__private::IsShared::<AtomicU32>::ANSWER,
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
            static OBJECT_0: ::kmod_core::__private::Sysfs<__kmod_sold> = ::kmod_core::__private::Sysfs::new();
            #[cfg(feature = "stats")]
            static OBJECT_1: ::kmod_core::__private::Sysfs<__kmod_stats> = ::kmod_core::__private::Sysfs::new();
            static OBJECT_2: [::kmod_core::__private::FiledMisc; {
                <[()]>::len(&[()])
            }] = [::kmod_core::__private::FiledMisc::new::<__kmod_ticket>()];
            static OBJECT_3: ::kmod_core::__private::Sysfs<__kmod_of_ticket> = ::kmod_core::__private::Sysfs::new();
            #[cfg(feature = "stats")]
            static OBJECT_4: ::kmod_core::__private::Sysfs<__kmod_left> = ::kmod_core::__private::Sysfs::new();
            static OBJECTS: &[&dyn ::kmod_core::__private::Object] = &[
                &OBJECT_0,
                #[cfg(feature = "stats")]
                &OBJECT_1,
                &OBJECT_2,
                &OBJECT_3,
                #[cfg(feature = "stats")]
                &OBJECT_4,
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
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Stats>(),
        "field `ticket` of `Ticket` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<AtomicU32>(),
        "field `of_ticket` of `Ticket` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    #[cfg(feature = "stats")]
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<AtomicU32>(),
        "field `left` of `Ticket` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Ticket>(),
        &[
            ::core::mem::size_of::<AtomicU32>(),
            #[cfg(feature = "stats")]
            ::core::mem::size_of::<Stats>(),
            ::core::mem::size_of::<Stats>(),
            ::core::mem::size_of::<AtomicU32>(),
            #[cfg(feature = "stats")]
            ::core::mem::size_of::<AtomicU32>(),
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
    sold: AtomicU32,
    node: Stats,
    left: AtomicU32,
}
const _: () = {
    const _: &[()] = &[
        ::kmod_core::__private::keys::sysfs::ATTRIBUTE,
        ::kmod_core::__private::keys::sysfs::mode,
        ::kmod_core::__private::keys::sysfs::capability,
        ::kmod_core::__private::keys::misc::ATTRIBUTE,
        ::kmod_core::__private::keys::misc::name,
        ::kmod_core::__private::keys::sysfs::ATTRIBUTE,
        ::kmod_core::__private::keys::sysfs::of,
    ];
    struct __kmod_sold;
    unsafe impl ::kmod_core::__private::Field for __kmod_sold {
        type Type = AtomicU32;
        type Instance = Counter;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Counter,
            AtomicU32,
        >(|instance| &raw const instance.sold, ::core::mem::offset_of!(Counter, sold));
    }
    impl ::kmod_core::__private::SysfsField for __kmod_sold {
        const NAME: &'static ::core::ffi::CStr = c"sold";
        const MODE: ::core::option::Option<::core::primitive::u16> = ::core::option::Option::Some(
            0o600,
        );
        const CAPABILITY: ::core::option::Option<::kmod_core::__private::Capability> = ::core::option::Option::Some(
            ::kmod_core::__private::capability::CAP_SYS_TIME,
        );
    }
    const _: ::core::primitive::u16 = (::kmod_core::__private::sysfs_mode::<
        AtomicU32,
    >)(::core::option::Option::Some(0o600));
    ::kmod_core::__private::told! {
        Node { kind : "sysfs", class : "", name : "", path : "sold", is_of_device : true,
        mode : 0o600, docs : "", }
    }
    struct __kmod_node;
    unsafe impl ::kmod_core::__private::Field for __kmod_node {
        type Type = Stats;
        type Instance = Counter;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Counter,
            Stats,
        >(|instance| &raw const instance.node, ::core::mem::offset_of!(Counter, node));
    }
    unsafe impl ::kmod_core::__private::DeviceTable for __kmod_node {
        const OPS: &'static ::kmod_core::__private::file_operations = <<Stats as ::kmod_core::__private::DeviceType>::Table<
            Self,
        > as ::kmod_core::__private::Operations>::OPS;
        const FILES: ::core::option::Option<
            &'static dyn ::kmod_core::__private::DeviceFiles,
        > = ::core::option::Option::Some(
            &[::kmod_core::__private::Sysfs::<__kmod_left>::DEVICE_FILE],
        );
    }
    impl ::kmod_core::__private::DeviceMiscField for __kmod_node {
        const NAME: ::kmod_core::__private::NodeName = ::kmod_core::__private::NodeName {
            before: c"counter",
            after: ::core::option::Option::Some(c""),
        };
    }
    ::kmod_core::__private::told! {
        Node { kind : "misc", class : "misc", name : "counter{index}", path :
        "/dev/counter{index}", is_of_device : true, mode : 0o0, docs : "", }
    }
    struct __kmod_left;
    unsafe impl ::kmod_core::__private::Field for __kmod_left {
        type Type = AtomicU32;
        type Instance = Counter;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Counter,
            AtomicU32,
        >(|instance| &raw const instance.left, ::core::mem::offset_of!(Counter, left));
    }
    impl ::kmod_core::__private::SysfsField for __kmod_left {
        const NAME: &'static ::core::ffi::CStr = c"left";
        const OF_DEVICE: ::core::primitive::bool = ::kmod_core::__private::is_of_device::<
            __kmod_node,
        >();
        const MODE: ::core::option::Option<::core::primitive::u16> = ::core::option::Option::None;
    }
    const _: ::core::primitive::u16 = (::kmod_core::__private::sysfs_mode::<
        AtomicU32,
    >)(::core::option::Option::None);
    ::kmod_core::__private::told! {
        Node { kind : "sysfs", class : "", name : "", path :
        "/sys/class/misc/counter{index}/left", is_of_device : true, mode :
        ::kmod_core::__private::told_sysfs_mode:: < AtomicU32 > (), docs : "", }
    }
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Counter>::ANSWER,
            &[
                ::kmod_core::__private::IsShared::<AtomicU32>::ANSWER,
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
        sold: ::kmod_core::__private::Sysfs<__kmod_sold>,
        node: ::kmod_core::__private::DeviceMisc,
        left: ::kmod_core::__private::Sysfs<__kmod_left>,
    }
    unsafe impl ::kmod_core::__private::Device for Counter {
        type Objects = __KmodObjects;
        fn objects() -> Self::Objects {
            __KmodObjects {
                sold: ::kmod_core::__private::Sysfs::new(),
                node: ::kmod_core::__private::DeviceMisc::new::<__kmod_node>(),
                left: ::kmod_core::__private::Sysfs::new(),
            }
        }
        fn with_objects<R>(
            objects: &Self::Objects,
            with: impl ::core::ops::FnOnce(&[&dyn ::kmod_core::__private::Object]) -> R,
        ) -> R {
            with(&[&objects.sold, &objects.node, &objects.left])
        }
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<AtomicU32>(),
        "field `sold` of `Counter` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Stats>(),
        "field `node` of `Counter` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<AtomicU32>(),
        "field `left` of `Counter` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Counter>(),
        &[
            ::core::mem::size_of::<AtomicU32>(),
            ::core::mem::size_of::<Stats>(),
            ::core::mem::size_of::<AtomicU32>(),
        ],
        "`Counter` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
};
impl SysfsFile for Stats {
    type Module = ();
    const HANDLERS: ::kmod_core::__private::SysfsHandlers = ::kmod_core::__private::SysfsHandlers {
        is_visible: true,
        show: true,
        ..::kmod_core::__private::SysfsHandlers::NONE
    };
    type Instance = Ticket;
    fn show(&self, file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        writeln!(to, "{}", file.instance().sold.load(Ordering::Relaxed))
    }
    fn is_visible(&self, _file: &SysfsCall<'_, Self>) -> bool {
        true
    }
}
