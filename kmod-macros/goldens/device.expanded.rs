// SPDX-License-Identifier: GPL-2.0-only
/// One of a driver's devices.
struct Counter {
    /// /dev/counter0
    node: Node,
    other: Node,
    tick: Timer<Tick>,
    #[cfg(feature = "work")]
    flush: Work<Flush>,
    count: AtomicU32,
}
const _: () = {
    const _: &[()] = &[
        ::kmod_core::__private::keys::misc::ATTRIBUTE,
        ::kmod_core::__private::keys::misc::name,
        ::kmod_core::__private::keys::misc::nodename,
        ::kmod_core::__private::keys::misc::mode,
        ::kmod_core::__private::keys::misc::ATTRIBUTE,
        ::kmod_core::__private::keys::timer::ATTRIBUTE,
        ::kmod_core::__private::keys::work::ATTRIBUTE,
    ];
    const _: () = <Timer<Tick> as ::kmod_core::__private::Shared>::CHECKED;
    #[cfg(feature = "work")]
    const _: () = <Work<Flush> as ::kmod_core::__private::Shared>::CHECKED;
    const _: () = <AtomicU32 as ::kmod_core::__private::Shared>::CHECKED;
    struct __kmod_node;
    unsafe impl ::kmod_core::__private::Field for __kmod_node {
        type Type = Node;
        type Instance = Counter;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Counter,
            Node,
        >(|instance| &raw const instance.node, ::core::mem::offset_of!(Counter, node));
    }
    unsafe impl ::kmod_core::__private::DeviceTable for __kmod_node {
        const OPS: &'static ::kmod_core::__private::file_operations = <<Node as ::kmod_core::__private::DeviceType>::Table<
            Self,
        > as ::kmod_core::__private::Operations>::OPS;
    }
    impl ::kmod_core::__private::DeviceMiscField for __kmod_node {
        const NAME: ::kmod_core::__private::NodeName = ::kmod_core::__private::NodeName {
            before: c"counter",
            after: ::core::option::Option::Some(c""),
        };
        const NODENAME: ::core::option::Option<::kmod_core::__private::NodeName> = ::core::option::Option::Some(::kmod_core::__private::NodeName {
            before: c"counter/",
            after: ::core::option::Option::Some(c""),
        });
        const MODE: ::core::primitive::u16 = 0o444;
    }
    ::kmod_core::__private::told! {
        Node { kind : "misc", class : "misc", name : "counter{index}", path :
        "/dev/counter/{index}", is_of_device : true, mode : 0o444, docs :
        "/dev/counter0", }
    }
    struct __kmod_other;
    unsafe impl ::kmod_core::__private::Field for __kmod_other {
        type Type = Node;
        type Instance = Counter;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Counter,
            Node,
        >(|instance| &raw const instance.other, ::core::mem::offset_of!(Counter, other));
    }
    unsafe impl ::kmod_core::__private::DeviceTable for __kmod_other {
        const OPS: &'static ::kmod_core::__private::file_operations = <<Node as ::kmod_core::__private::DeviceType>::Table<
            Self,
        > as ::kmod_core::__private::Operations>::OPS;
    }
    impl ::kmod_core::__private::DeviceMiscField for __kmod_other {
        const NAME: ::kmod_core::__private::NodeName = ::kmod_core::__private::NodeName {
            before: c"other",
            after: ::core::option::Option::Some(c""),
        };
    }
    ::kmod_core::__private::told! {
        Node { kind : "misc", class : "misc", name : "other{index}", path :
        "/dev/other{index}", is_of_device : true, mode : 0o0, docs : "", }
    }
    struct __kmod_tick;
    unsafe impl ::kmod_core::__private::Field for __kmod_tick {
        type Type = Timer<Tick>;
        type Instance = Counter;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Counter,
            Timer<Tick>,
        >(|instance| &raw const instance.tick, ::core::mem::offset_of!(Counter, tick));
    }
    impl ::kmod_core::__private::ObjectField for __kmod_tick {}
    #[cfg(feature = "work")]
    struct __kmod_flush;
    #[cfg(feature = "work")]
    unsafe impl ::kmod_core::__private::Field for __kmod_flush {
        type Type = Work<Flush>;
        type Instance = Counter;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Counter,
            Work<Flush>,
        >(|instance| &raw const instance.flush, ::core::mem::offset_of!(Counter, flush));
    }
    #[cfg(feature = "work")]
    impl ::kmod_core::__private::WorkField for __kmod_flush {
        type Queue = ::kmod_core::__private::SystemQueue<0>;
    }
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Counter>::ANSWER,
            &[
                ::kmod_core::__private::IsShared::<Node>::ANSWER,
                ::kmod_core::__private::IsShared::<Node>::ANSWER,
                ::kmod_core::__private::IsShared::<Timer<Tick>>::ANSWER,
                #[cfg(feature = "work")]
                ::kmod_core::__private::IsShared::<Work<Flush>>::ANSWER,
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
        node: ::kmod_core::__private::DeviceMisc,
        other: ::kmod_core::__private::DeviceMisc,
        tick: ::kmod_core::__private::Embedded<__kmod_tick>,
        #[cfg(feature = "work")]
        flush: ::kmod_core::__private::Queued<__kmod_flush>,
    }
    unsafe impl ::kmod_core::__private::Device for Counter {
        type Objects = __KmodObjects;
        fn objects() -> Self::Objects {
            __KmodObjects {
                node: ::kmod_core::__private::DeviceMisc::new::<__kmod_node>(),
                other: ::kmod_core::__private::DeviceMisc::new::<__kmod_other>(),
                tick: ::kmod_core::__private::Embedded::new(),
                #[cfg(feature = "work")]
                flush: ::kmod_core::__private::Queued::new(),
            }
        }
        fn with_objects<R>(
            objects: &Self::Objects,
            with: impl ::core::ops::FnOnce(&[&dyn ::kmod_core::__private::Object]) -> R,
        ) -> R {
            with(
                &[
                    &objects.node,
                    &objects.other,
                    &objects.tick,
                    #[cfg(feature = "work")]
                    &objects.flush,
                ],
            )
        }
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Node>(),
        "field `node` of `Counter` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Node>(),
        "field `other` of `Counter` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Timer<Tick>>(),
        "field `tick` of `Counter` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    #[cfg(feature = "work")]
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Work<Flush>>(),
        "field `flush` of `Counter` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<AtomicU32>(),
        "field `count` of `Counter` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Counter>(),
        &[
            ::core::mem::size_of::<Node>(),
            ::core::mem::size_of::<Node>(),
            ::core::mem::size_of::<Timer<Tick>>(),
            #[cfg(feature = "work")]
            ::core::mem::size_of::<Work<Flush>>(),
            ::core::mem::size_of::<AtomicU32>(),
        ],
        "`Counter` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
};
