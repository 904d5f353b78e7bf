// SPDX-License-Identifier: GPL-2.0-only
#[derive(Default)]
struct Session {
    idle: Timer<Idle>,
    #[cfg(feature = "queues")]
    events: WorkQueue,
    flush: Work<Flush>,
    bytes: AtomicU64,
}
const _: () = {
    const _: &[()] = &[
        ::kmod_core::__private::keys::timer::ATTRIBUTE,
        ::kmod_core::__private::keys::workqueue::ATTRIBUTE,
        ::kmod_core::__private::keys::work::ATTRIBUTE,
    ];
    const _: () = <Timer<Idle> as ::kmod_core::__private::Shared>::CHECKED;
    #[cfg(feature = "queues")]
    const _: () = <WorkQueue as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <Work<Flush> as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <AtomicU64 as ::kmod_core::__private::Shared>::CHECKED;
    struct __kmod_idle;
    unsafe impl ::kmod_core::__private::Field for __kmod_idle {
        type Type = Timer<Idle>;
        type Instance = Session;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Session,
            Timer<Idle>,
        >(|instance| &raw const instance.idle, ::core::mem::offset_of!(Session, idle));
    }
    impl ::kmod_core::__private::ObjectField for __kmod_idle {}
    #[cfg(feature = "queues")]
    struct __kmod_events;
    #[cfg(feature = "queues")]
    unsafe impl ::kmod_core::__private::Field for __kmod_events {
        type Type = WorkQueue;
        type Instance = Session;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Session,
            WorkQueue,
        >(
            |instance| &raw const instance.events,
            ::core::mem::offset_of!(Session, events),
        );
    }
    #[cfg(feature = "queues")]
    impl ::kmod_core::__private::WorkQueueField for __kmod_events {
        const NAME: &'static ::core::ffi::CStr = c"events";
        const FLAGS: ::core::primitive::u32 = ::kmod_core::__private::work_queue_flags(
            &[],
        );
        const ORDERED: ::core::primitive::bool = false;
        const MAX_ACTIVE: ::core::primitive::i32 = 0;
    }
    struct __kmod_flush;
    unsafe impl ::kmod_core::__private::Field for __kmod_flush {
        type Type = Work<Flush>;
        type Instance = Session;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Session,
            Work<Flush>,
        >(|instance| &raw const instance.flush, ::core::mem::offset_of!(Session, flush));
    }
    impl ::kmod_core::__private::WorkField for __kmod_flush {
        type Queue = ::kmod_core::__private::SystemQueue<0>;
    }
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Session>::ANSWER,
            &[
                ::kmod_core::__private::IsShared::<Timer<Idle>>::ANSWER,
                #[cfg(feature = "queues")]
                ::kmod_core::__private::IsShared::<WorkQueue>::ANSWER,
                ::kmod_core::__private::IsShared::<Work<Flush>>::ANSWER,
                ::kmod_core::__private::IsShared::<AtomicU64>::ANSWER,
            ],
            "`Session` holds what `#[per_open]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[per_open]`",
        );
    };
    unsafe impl ::kmod_core::__private::Instance for Session {
        type Place = ::kmod_core::__private::InFile<Session>;
    }
    impl ::kmod_core::__private::Belongs<()> for Session {
        fn instance(&self) -> &() {
            &()
        }
    }
    impl ::kmod_core::__private::Belongs<Session> for Session {
        fn instance(&self) -> &Session {
            self
        }
    }
    unsafe impl ::kmod_core::__private::OpenState for Session {
        const OBJECTS: &'static [&'static dyn ::kmod_core::__private::Object] = &[
            &::kmod_core::__private::Embedded::<__kmod_idle>::new(),
            #[cfg(feature = "queues")]
            &::kmod_core::__private::WorkQueueObject::<__kmod_events>::new(),
            &::kmod_core::__private::Queued::<__kmod_flush>::new(),
        ];
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Timer<Idle>>(),
        "field `idle` of `Session` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    #[cfg(feature = "queues")]
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<WorkQueue>(),
        "field `events` of `Session` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Work<Flush>>(),
        "field `flush` of `Session` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<AtomicU64>(),
        "field `bytes` of `Session` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Session>(),
        &[
            ::core::mem::size_of::<Timer<Idle>>(),
            #[cfg(feature = "queues")]
            ::core::mem::size_of::<WorkQueue>(),
            ::core::mem::size_of::<Work<Flush>>(),
            ::core::mem::size_of::<AtomicU64>(),
        ],
        "`Session` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
};
impl FileOperations for Node {
    type Module = ();
    type Instance = ();
    type Ioctl = ();
    const HANDLERS: ::kmod_core::__private::Handlers = ::kmod_core::__private::Handlers {
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
    type PerOpen = PerOpen<Session>;
    fn open(&self, _file: &OpenFile<'_, Self>) -> Result<PerOpen<Session>> {
        Ok(PerOpen::default())
    }
}
