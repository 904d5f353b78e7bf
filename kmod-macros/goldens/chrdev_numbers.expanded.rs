// SPDX-License-Identifier: GPL-2.0-only
/// A character device with every key, and one that shares its class.
struct Ticket {
    numbered: Dispenser,
    /// Of the same class.
    other: Dispenser,
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
        ::kmod_core::__private::keys::chrdev::ATTRIBUTE,
        ::kmod_core::__private::keys::chrdev::name,
        ::kmod_core::__private::keys::chrdev::nodename,
        ::kmod_core::__private::keys::chrdev::class,
        ::kmod_core::__private::keys::chrdev::mode,
        ::kmod_core::__private::keys::chrdev::major,
        ::kmod_core::__private::keys::chrdev::first_minor,
        ::kmod_core::__private::keys::chrdev::minors,
        ::kmod_core::__private::keys::chrdev::ATTRIBUTE,
        ::kmod_core::__private::keys::chrdev::class,
    ];
    struct __kmod_numbered;
    unsafe impl ::kmod_core::__private::Field for __kmod_numbered {
        type Type = Dispenser;
        type Instance = Ticket;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Ticket,
            Dispenser,
        >(
            |instance| &raw const instance.numbered,
            ::core::mem::offset_of!(Ticket, numbered),
        );
    }
    unsafe impl ::kmod_core::__private::DeviceTable for __kmod_numbered {
        const OPS: &'static ::kmod_core::__private::file_operations = <<Dispenser as ::kmod_core::__private::DeviceType>::Table<
            Self,
        > as ::kmod_core::__private::Operations>::OPS;
    }
    impl ::kmod_core::__private::ChrdevField for __kmod_numbered {
        const NAME: &'static ::core::ffi::CStr = c"tickets";
        const CLASS: &'static ::core::ffi::CStr = c"tickets";
        const SHARES_CLASS: ::core::primitive::bool = true;
        const NODENAME: ::core::option::Option<::kmod_core::__private::NodeName> = ::core::option::Option::Some(::kmod_core::__private::NodeName {
            before: c"ticket/",
            after: ::core::option::Option::Some(c""),
        });
        const MODE: ::core::primitive::u16 = 0o644;
        const MAJOR: ::core::primitive::u32 = 240;
        const FIRST_MINOR: ::core::primitive::u32 = 64;
        const MINORS: ::core::primitive::u32 = 4;
    }
    ::kmod_core::__private::told! {
        Node { kind : "chrdev", class : "tickets", name : "tickets{index}", path :
        "/dev/ticket/{index}", is_of_device : false, mode : 0o644, docs : "", }
    }
    struct __kmod_other;
    unsafe impl ::kmod_core::__private::Field for __kmod_other {
        type Type = Dispenser;
        type Instance = Ticket;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Ticket,
            Dispenser,
        >(|instance| &raw const instance.other, ::core::mem::offset_of!(Ticket, other));
    }
    unsafe impl ::kmod_core::__private::DeviceTable for __kmod_other {
        const OPS: &'static ::kmod_core::__private::file_operations = <<Dispenser as ::kmod_core::__private::DeviceType>::Table<
            Self,
        > as ::kmod_core::__private::Operations>::OPS;
    }
    impl ::kmod_core::__private::ChrdevField for __kmod_other {
        const NAME: &'static ::core::ffi::CStr = c"other";
        const CLASS: &'static ::core::ffi::CStr = c"tickets";
        const SHARES_CLASS: ::core::primitive::bool = true;
    }
    ::kmod_core::__private::told! {
        Node { kind : "chrdev", class : "tickets", name : "other", path : "/dev/other",
        is_of_device : false, mode : 0o0, docs : "Of the same class.", }
    }
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Ticket>::ANSWER,
            &[
                ::kmod_core::__private::IsShared::<Dispenser>::ANSWER,
                ::kmod_core::__private::IsShared::<Dispenser>::ANSWER,
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
            static OBJECT_0: [::kmod_core::__private::FixedChrdev; {
                <[()]>::len(&[(), ()])
            }] = [
                ::kmod_core::__private::FixedChrdev::new::<__kmod_numbered>(),
                ::kmod_core::__private::FixedChrdev::new::<__kmod_other>(),
            ];
            static OBJECTS: &[&dyn ::kmod_core::__private::Object] = &[&OBJECT_0];
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
        ::core::mem::size_of::<Dispenser>(),
        "field `numbered` of `Ticket` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Dispenser>(),
        "field `other` of `Ticket` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Ticket>(),
        &[::core::mem::size_of::<Dispenser>(), ::core::mem::size_of::<Dispenser>()],
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
                ".pushsection .modinfo,\"a\"", ".asciz \"license=GPL\"",
                ".asciz \"description=A character device with every key, and one that shares its class.\"",
                ".popsection", ".pushsection .kmod.module", ".asciz \"ticket\"",
                ".popsection", options(raw)
            );
        }
    };
    ::kmod_core::__private::told! {
        Declaration { name : "ticket", description :
        "A character device with every key, and one that shares its class.", license :
        "GPL", authors : & [], params : & [], }
    }
};
