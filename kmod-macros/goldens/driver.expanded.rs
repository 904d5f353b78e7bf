// SPDX-License-Identifier: GPL-2.0-only
/// Has timers, works and a driver.
struct Counters {
    tick: Timer<Tick>,
    flush: Work<Flush>,
    events: WorkQueue,
    later: DelayedWork<Flush>,
    now: Work<Flush>,
    notifier: Notifier,
    driver: Driver,
}
///The parameters of [`Counters`].
struct CountersParams {}
impl CountersParams {}
const _: () = {
    static __KMOD_PARAMS: CountersParams = CountersParams {};
    const _: &[()] = &[
        ::kmod_core::__private::keys::kernel_module::ATTRIBUTE,
        ::kmod_core::__private::keys::kernel_module::name,
        ::kmod_core::__private::keys::kernel_module::license,
        ::kmod_core::__private::keys::timer::ATTRIBUTE,
        ::kmod_core::__private::keys::work::ATTRIBUTE,
        ::kmod_core::__private::keys::workqueue::ATTRIBUTE,
        ::kmod_core::__private::keys::workqueue::name,
        ::kmod_core::__private::keys::workqueue::flags,
        ::kmod_core::__private::keys::workqueue::max_active,
        ::kmod_core::__private::keys::work::ATTRIBUTE,
        ::kmod_core::__private::keys::work::queue,
        ::kmod_core::__private::keys::work::ATTRIBUTE,
        ::kmod_core::__private::keys::work::queue,
        ::kmod_core::__private::keys::object::ATTRIBUTE,
        ::kmod_core::__private::keys::platform_driver::ATTRIBUTE,
        ::kmod_core::__private::keys::platform_driver::name,
        ::kmod_core::__private::keys::platform_driver::devices,
    ];
    const _: () = <Timer<Tick> as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <Work<Flush> as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <WorkQueue as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <DelayedWork<Flush> as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <Work<Flush> as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <Notifier as ::kmod_core::__private::Shared>::CHECKED;
    struct __kmod_tick;
    unsafe impl ::kmod_core::__private::Field for __kmod_tick {
        type Type = Timer<Tick>;
        type Instance = Counters;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Counters,
            Timer<Tick>,
        >(|instance| &raw const instance.tick, ::core::mem::offset_of!(Counters, tick));
    }
    impl ::kmod_core::__private::ObjectField for __kmod_tick {}
    struct __kmod_flush;
    unsafe impl ::kmod_core::__private::Field for __kmod_flush {
        type Type = Work<Flush>;
        type Instance = Counters;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Counters,
            Work<Flush>,
        >(
            |instance| &raw const instance.flush,
            ::core::mem::offset_of!(Counters, flush),
        );
    }
    impl ::kmod_core::__private::WorkField for __kmod_flush {
        type Queue = ::kmod_core::__private::SystemQueue<0>;
    }
    struct __kmod_events;
    unsafe impl ::kmod_core::__private::Field for __kmod_events {
        type Type = WorkQueue;
        type Instance = Counters;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Counters,
            WorkQueue,
        >(
            |instance| &raw const instance.events,
            ::core::mem::offset_of!(Counters, events),
        );
    }
    impl ::kmod_core::__private::WorkQueueField for __kmod_events {
        const NAME: &'static ::core::ffi::CStr = c"counters";
        const FLAGS: ::core::primitive::u32 = ::kmod_core::__private::work_queue_flags(
            &["unbound", "mem_reclaim"],
        );
        const ORDERED: ::core::primitive::bool = false;
        const MAX_ACTIVE: ::core::primitive::i32 = 4;
    }
    struct __kmod_later;
    unsafe impl ::kmod_core::__private::Field for __kmod_later {
        type Type = DelayedWork<Flush>;
        type Instance = Counters;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Counters,
            DelayedWork<Flush>,
        >(
            |instance| &raw const instance.later,
            ::core::mem::offset_of!(Counters, later),
        );
    }
    impl ::kmod_core::__private::WorkField for __kmod_later {
        type Queue = ::kmod_core::__private::OwnQueue<__kmod_events>;
    }
    struct __kmod_now;
    unsafe impl ::kmod_core::__private::Field for __kmod_now {
        type Type = Work<Flush>;
        type Instance = Counters;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Counters,
            Work<Flush>,
        >(|instance| &raw const instance.now, ::core::mem::offset_of!(Counters, now));
    }
    impl ::kmod_core::__private::WorkField for __kmod_now {
        type Queue = ::kmod_core::__private::SystemQueue<
            { ::kmod_core::__private::system_queue("highpri") },
        >;
    }
    struct __kmod_notifier;
    unsafe impl ::kmod_core::__private::Field for __kmod_notifier {
        type Type = Notifier;
        type Instance = Counters;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Counters,
            Notifier,
        >(
            |instance| &raw const instance.notifier,
            ::core::mem::offset_of!(Counters, notifier),
        );
    }
    impl ::kmod_core::__private::ObjectField for __kmod_notifier {}
    struct __kmod_driver;
    unsafe impl ::kmod_core::__private::Field for __kmod_driver {
        type Type = Driver;
        type Instance = Counters;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Counters,
            Driver,
        >(
            |instance| &raw const instance.driver,
            ::core::mem::offset_of!(Counters, driver),
        );
    }
    impl ::kmod_core::__private::DriverField for __kmod_driver {
        type Bus = ::kmod_core::__private::Platform;
        const NAME: &'static ::core::ffi::CStr = c"counter";
        const IDS: &'static [::kmod_core::__private::PlatformIds] = &[
            ::kmod_core::__private::PlatformIds::new(&[], &[], &[], true),
        ];
        const DATA: &'static [<Driver as ::kmod_core::__private::Driver<
            ::kmod_core::__private::Platform,
        >>::Id] = {
            use ::kmod_core::__private::MadeElsewhere as _;
            <<Driver as ::kmod_core::__private::Driver<
                ::kmod_core::__private::Platform,
            >>::Device>::MADE_BY_A_DRIVER;
            &[()]
        };
    }
    impl ::kmod_core::__private::PlatformField for __kmod_driver {
        const DEVICES: ::core::primitive::u32 = 2;
    }
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Counters>::ANSWER,
            &[
                ::kmod_core::__private::IsShared::<Timer<Tick>>::ANSWER,
                ::kmod_core::__private::IsShared::<Work<Flush>>::ANSWER,
                ::kmod_core::__private::IsShared::<WorkQueue>::ANSWER,
                ::kmod_core::__private::IsShared::<DelayedWork<Flush>>::ANSWER,
                ::kmod_core::__private::IsShared::<Work<Flush>>::ANSWER,
                ::kmod_core::__private::IsShared::<Notifier>::ANSWER,
                ::kmod_core::__private::IsShared::<Driver>::ANSWER,
            ],
            "`Counters` holds what `#[kernel_module]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[kernel_module]`",
        );
    };
    impl ::kmod_core::ModuleInfo for Counters {
        type Params = CountersParams;
        fn params() -> &'static CountersParams {
            &__KMOD_PARAMS
        }
    }
    unsafe impl ::kmod_core::__private::Module for Counters {
        const NAME: &'static ::core::ffi::CStr = c"counters";
        const SLOT: *const ::kmod_core::__private::ModuleSlot<Counters> = {
            static SLOT: ::kmod_core::__private::ModuleSlot<Counters> = ::kmod_core::__private::ModuleSlot::new();
            &raw const SLOT
        };
        fn objects() -> &'static [&'static dyn ::kmod_core::__private::Object] {
            static OBJECT_0: ::kmod_core::__private::Embedded<__kmod_tick> = ::kmod_core::__private::Embedded::new();
            static OBJECT_1: ::kmod_core::__private::Queued<__kmod_flush> = ::kmod_core::__private::Queued::new();
            static OBJECT_2: ::kmod_core::__private::WorkQueueObject<__kmod_events> = ::kmod_core::__private::WorkQueueObject::new();
            static OBJECT_3: ::kmod_core::__private::Queued<__kmod_later> = ::kmod_core::__private::Queued::new();
            static OBJECT_4: ::kmod_core::__private::Queued<__kmod_now> = ::kmod_core::__private::Queued::new();
            static OBJECT_5: ::kmod_core::__private::Embedded<__kmod_notifier> = ::kmod_core::__private::Embedded::new();
            static OBJECT_6: ::kmod_core::__private::PlatformObject<__kmod_driver> = ::kmod_core::__private::PlatformObject::new();
            static OBJECTS: &[&dyn ::kmod_core::__private::Object] = &[
                &OBJECT_0,
                &OBJECT_1,
                &OBJECT_2,
                &OBJECT_3,
                &OBJECT_4,
                &OBJECT_5,
                &OBJECT_6,
            ];
            OBJECTS
        }
    }
    unsafe impl ::kmod_core::__private::Instance for Counters {
        type Place = ::kmod_core::__private::Static<Counters>;
    }
    impl ::kmod_core::__private::Provides<()> for Counters {}
    impl ::kmod_core::__private::Provides<Counters> for Counters {}
    impl ::kmod_core::__private::Belongs<()> for Counters {
        fn instance(&self) -> &() {
            &()
        }
    }
    impl ::kmod_core::__private::Belongs<Counters> for Counters {
        fn instance(&self) -> &Counters {
            self
        }
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Timer<Tick>>(),
        "field `tick` of `Counters` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Work<Flush>>(),
        "field `flush` of `Counters` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<WorkQueue>(),
        "field `events` of `Counters` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<DelayedWork<Flush>>(),
        "field `later` of `Counters` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Work<Flush>>(),
        "field `now` of `Counters` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Notifier>(),
        "field `notifier` of `Counters` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Driver>(),
        "field `driver` of `Counters` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Counters>(),
        &[
            ::core::mem::size_of::<Timer<Tick>>(),
            ::core::mem::size_of::<Work<Flush>>(),
            ::core::mem::size_of::<WorkQueue>(),
            ::core::mem::size_of::<DelayedWork<Flush>>(),
            ::core::mem::size_of::<Work<Flush>>(),
            ::core::mem::size_of::<Notifier>(),
            ::core::mem::size_of::<Driver>(),
        ],
        "`Counters` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
    const _: unsafe fn() -> ::core::ffi::c_int = ::kmod_core::__private::init::<
        Counters,
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
            unsafe { ::kmod_core::__private::init::<Counters>() }
        }
        #[unsafe(no_mangle)]
        extern "C" fn cleanup_module() {
            unsafe { ::kmod_core::__private::exit::<Counters>() }
        }
        mod modinfo {
            ::core::arch::global_asm!(
                ".pushsection .modinfo,\"a\"", ".asciz \"license=GPL\"",
                ".asciz \"description=Has timers, works and a driver.\"", ".popsection",
                ".pushsection .kmod.module", ".asciz \"counters\"", ".popsection",
                options(raw)
            );
        }
    };
    ::kmod_core::__private::told! {
        Declaration { name : "counters", description : "Has timers, works and a driver.",
        license : "GPL", authors : & [], params : & [], }
    }
};
impl TimerHandler for Tick {
    type Module = ();
    type Instance = Counters;
    fn expired(&self, timer: &TimerCall<'_, Self>) -> Again {
        Again::No
    }
}
impl PlatformDriver for Driver {
    type Module = ();
    type Id = ();
    const HANDLERS: ::kmod_core::__private::DriverHandlers = ::kmod_core::__private::DriverHandlers {
        remove: true,
        ..::kmod_core::__private::DriverHandlers::NONE
    };
    type Device = Counter;
    fn probe(&self, device: &PlatformDevice<'_, Self>) -> Result<Counter> {
        Err(ENODEV)
    }
    fn remove(&self, device: &Counter) {}
}
