// SPDX-License-Identifier: GPL-2.0-only
struct Ticket {
    serial: Mutex<[u8; 16]>,
    #[cfg(feature = "rom")]
    rom: Rom,
    ticket: Dispenser,
    raw: [AtomicU8; 4],
    debug: Rom,
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
        ::kmod_core::__private::keys::sysfs_bin::ATTRIBUTE,
        ::kmod_core::__private::keys::sysfs_bin::mode,
        ::kmod_core::__private::keys::sysfs_bin::ATTRIBUTE,
        ::kmod_core::__private::keys::sysfs_bin::name,
        ::kmod_core::__private::keys::sysfs_bin::size,
        ::kmod_core::__private::keys::sysfs_bin::capability,
        ::kmod_core::__private::keys::misc::ATTRIBUTE,
        ::kmod_core::__private::keys::sysfs_bin::ATTRIBUTE,
        ::kmod_core::__private::keys::sysfs_bin::of,
        ::kmod_core::__private::keys::sysfs_bin::group,
        ::kmod_core::__private::keys::debugfs_bin::ATTRIBUTE,
        ::kmod_core::__private::keys::debugfs_bin::path,
        ::kmod_core::__private::keys::debugfs_bin::size,
        ::kmod_core::__private::keys::debugfs_bin::capability,
    ];
    struct __kmod_serial;
    unsafe impl ::kmod_core::__private::Field for __kmod_serial {
        type Type = Mutex<[u8; 16]>;
        type Instance = Ticket;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Ticket,
            Mutex<[u8; 16]>,
        >(
            |instance| &raw const instance.serial,
            ::core::mem::offset_of!(Ticket, serial),
        );
    }
    impl ::kmod_core::__private::SysfsBinField for __kmod_serial {
        const NAME: &'static ::core::ffi::CStr = c"serial";
        const MODE: ::core::option::Option<::core::primitive::u16> = ::core::option::Option::Some(
            0o644,
        );
    }
    const _: ::core::primitive::u16 = (::kmod_core::__private::sysfs_bin_mode::<
        Mutex<[u8; 16]>,
    >)(::core::option::Option::Some(0o644));
    ::kmod_core::__private::told! {
        Node { kind : "sysfs_bin", class : "", name : "", path : "serial", is_of_device :
        false, mode : 0o644, docs : "", }
    }
    #[cfg(feature = "rom")]
    struct __kmod_rom;
    #[cfg(feature = "rom")]
    unsafe impl ::kmod_core::__private::Field for __kmod_rom {
        type Type = Rom;
        type Instance = Ticket;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Ticket,
            Rom,
        >(|instance| &raw const instance.rom, ::core::mem::offset_of!(Ticket, rom));
    }
    #[cfg(feature = "rom")]
    impl ::kmod_core::__private::SysfsBinField for __kmod_rom {
        const NAME: &'static ::core::ffi::CStr = c"eeprom";
        const MODE: ::core::option::Option<::core::primitive::u16> = ::core::option::Option::None;
        const SIZE: ::core::option::Option<::core::primitive::usize> = ::core::option::Option::Some(
            256,
        );
        const CAPABILITY: ::core::option::Option<::kmod_core::__private::Capability> = ::core::option::Option::Some(
            ::kmod_core::__private::capability::CAP_SYS_RAWIO,
        );
    }
    #[cfg(feature = "rom")]
    const _: ::core::primitive::u16 = (::kmod_core::__private::sysfs_bin_mode::<
        Rom,
    >)(::core::option::Option::None);
    #[cfg(feature = "rom")]
    ::kmod_core::__private::told! {
        Node { kind : "sysfs_bin", class : "", name : "", path : "eeprom", is_of_device :
        false, mode : ::kmod_core::__private::told_sysfs_bin_mode:: < Rom > (), docs :
        "", }
    }
    struct __kmod_ticket;
    unsafe impl ::kmod_core::__private::Field for __kmod_ticket {
        type Type = Dispenser;
        type Instance = Ticket;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Ticket,
            Dispenser,
        >(
            |instance| &raw const instance.ticket,
            ::core::mem::offset_of!(Ticket, ticket),
        );
    }
    unsafe impl ::kmod_core::__private::DeviceTable for __kmod_ticket {
        const OPS: &'static ::kmod_core::__private::file_operations = <<Dispenser as ::kmod_core::__private::DeviceType>::Table<
            Self,
        > as ::kmod_core::__private::Operations>::OPS;
        const FILES: ::core::option::Option<
            &'static dyn ::kmod_core::__private::DeviceFiles,
        > = ::core::option::Option::Some(
            &[::kmod_core::__private::SysfsBin::<__kmod_raw>::DEVICE_FILE],
        );
    }
    impl ::kmod_core::__private::MiscField for __kmod_ticket {
        const NAME: &'static ::core::ffi::CStr = c"ticket";
    }
    ::kmod_core::__private::told! {
        Node { kind : "misc", class : "misc", name : "ticket", path : "/dev/ticket",
        is_of_device : false, mode : 0o0, docs : "", }
    }
    struct __kmod_raw;
    unsafe impl ::kmod_core::__private::Field for __kmod_raw {
        type Type = [AtomicU8; 4];
        type Instance = Ticket;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Ticket,
            [AtomicU8; 4],
        >(|instance| &raw const instance.raw, ::core::mem::offset_of!(Ticket, raw));
    }
    impl ::kmod_core::__private::SysfsBinField for __kmod_raw {
        const NAME: &'static ::core::ffi::CStr = c"raw";
        const GROUP: ::core::option::Option<&'static ::core::ffi::CStr> = ::core::option::Option::Some(
            c"raw",
        );
        const OF_DEVICE: ::core::primitive::bool = ::kmod_core::__private::is_of_device::<
            __kmod_ticket,
        >();
        const MODE: ::core::option::Option<::core::primitive::u16> = ::core::option::Option::None;
    }
    const _: ::core::primitive::u16 = (::kmod_core::__private::sysfs_bin_mode::<
        [AtomicU8; 4],
    >)(::core::option::Option::None);
    ::kmod_core::__private::told! {
        Node { kind : "sysfs_bin", class : "", name : "", path :
        "/sys/class/misc/ticket/raw/raw", is_of_device : false, mode :
        ::kmod_core::__private::told_sysfs_bin_mode:: < [AtomicU8; 4] > (), docs : "", }
    }
    struct __kmod_debug;
    unsafe impl ::kmod_core::__private::Field for __kmod_debug {
        type Type = Rom;
        type Instance = Ticket;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Ticket,
            Rom,
        >(|instance| &raw const instance.debug, ::core::mem::offset_of!(Ticket, debug));
    }
    impl ::kmod_core::__private::DebugfsBinField for __kmod_debug {
        const PATH: ::kmod_core::__private::NodeName = ::kmod_core::__private::NodeName {
            before: c"ticket/rom",
            after: ::core::option::Option::None,
        };
        const MODE: ::core::option::Option<::core::primitive::u16> = ::core::option::Option::None;
        const SIZE: ::core::option::Option<::core::primitive::usize> = ::core::option::Option::Some(
            256,
        );
        const CAPABILITY: ::core::option::Option<::kmod_core::__private::Capability> = ::core::option::Option::Some(
            ::kmod_core::__private::capability::CAP_SYS_RAWIO,
        );
    }
    const _: ::core::primitive::u16 = (::kmod_core::__private::sysfs_bin_mode::<
        Rom,
    >)(::core::option::Option::None);
    ::kmod_core::__private::told! {
        Node { kind : "debugfs_bin", class : "", name : "", path :
        "/sys/kernel/debug/ticket/rom", is_of_device : false, mode :
        ::kmod_core::__private::told_sysfs_bin_mode:: < Rom > (), docs : "", }
    }
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Ticket>::ANSWER,
            &[
                ::kmod_core::__private::IsShared::<Mutex<[u8; 16]>>::ANSWER,
                #[cfg(feature = "rom")]
                ::kmod_core::__private::IsShared::<Rom>::ANSWER,
                ::kmod_core::__private::IsShared::<Dispenser>::ANSWER,
                ::kmod_core::__private::IsShared::<[AtomicU8; 4]>::ANSWER,
                ::kmod_core::__private::IsShared::<Rom>::ANSWER,
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
            static OBJECT_0: ::kmod_core::__private::SysfsBin<__kmod_serial> = ::kmod_core::__private::SysfsBin::new();
            #[cfg(feature = "rom")]
            static OBJECT_1: ::kmod_core::__private::SysfsBin<__kmod_rom> = ::kmod_core::__private::SysfsBin::new();
            static OBJECT_2: [::kmod_core::__private::FiledMisc; {
                <[()]>::len(&[()])
            }] = [::kmod_core::__private::FiledMisc::new::<__kmod_ticket>()];
            static OBJECT_3: ::kmod_core::__private::SysfsBin<__kmod_raw> = ::kmod_core::__private::SysfsBin::new();
            static OBJECT_4: ::kmod_core::__private::DebugfsBin<__kmod_debug> = ::kmod_core::__private::DebugfsBin::new();
            static OBJECTS: &[&dyn ::kmod_core::__private::Object] = &[
                &OBJECT_0,
                #[cfg(feature = "rom")]
                &OBJECT_1,
                &OBJECT_2,
                &OBJECT_3,
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
        ::core::mem::size_of::<Mutex<[u8; 16]>>(),
        "field `serial` of `Ticket` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    #[cfg(feature = "rom")]
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Rom>(),
        "field `rom` of `Ticket` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Dispenser>(),
        "field `ticket` of `Ticket` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<[AtomicU8; 4]>(),
        "field `raw` of `Ticket` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Rom>(),
        "field `debug` of `Ticket` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Ticket>(),
        &[
            ::core::mem::size_of::<Mutex<[u8; 16]>>(),
            #[cfg(feature = "rom")]
            ::core::mem::size_of::<Rom>(),
            ::core::mem::size_of::<Dispenser>(),
            ::core::mem::size_of::<[AtomicU8; 4]>(),
            ::core::mem::size_of::<Rom>(),
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
    rom: Rom,
    raw: Rom,
    debug: Mutex<[u8; 4]>,
}
const _: () = {
    const _: &[()] = &[
        ::kmod_core::__private::keys::sysfs_bin::ATTRIBUTE,
        ::kmod_core::__private::keys::sysfs_bin::ATTRIBUTE,
        ::kmod_core::__private::keys::sysfs_bin::group,
        ::kmod_core::__private::keys::debugfs_bin::ATTRIBUTE,
        ::kmod_core::__private::keys::debugfs_bin::path,
        ::kmod_core::__private::keys::debugfs_bin::mode,
    ];
    struct __kmod_rom;
    unsafe impl ::kmod_core::__private::Field for __kmod_rom {
        type Type = Rom;
        type Instance = Counter;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Counter,
            Rom,
        >(|instance| &raw const instance.rom, ::core::mem::offset_of!(Counter, rom));
    }
    impl ::kmod_core::__private::SysfsBinField for __kmod_rom {
        const NAME: &'static ::core::ffi::CStr = c"rom";
        const MODE: ::core::option::Option<::core::primitive::u16> = ::core::option::Option::None;
    }
    const _: ::core::primitive::u16 = (::kmod_core::__private::sysfs_bin_mode::<
        Rom,
    >)(::core::option::Option::None);
    ::kmod_core::__private::told! {
        Node { kind : "sysfs_bin", class : "", name : "", path : "rom", is_of_device :
        true, mode : ::kmod_core::__private::told_sysfs_bin_mode:: < Rom > (), docs : "",
        }
    }
    struct __kmod_raw;
    unsafe impl ::kmod_core::__private::Field for __kmod_raw {
        type Type = Rom;
        type Instance = Counter;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Counter,
            Rom,
        >(|instance| &raw const instance.raw, ::core::mem::offset_of!(Counter, raw));
    }
    impl ::kmod_core::__private::SysfsBinField for __kmod_raw {
        const NAME: &'static ::core::ffi::CStr = c"raw";
        const GROUP: ::core::option::Option<&'static ::core::ffi::CStr> = ::core::option::Option::Some(
            c"raw",
        );
        const MODE: ::core::option::Option<::core::primitive::u16> = ::core::option::Option::None;
    }
    const _: ::core::primitive::u16 = (::kmod_core::__private::sysfs_bin_mode::<
        Rom,
    >)(::core::option::Option::None);
    ::kmod_core::__private::told! {
        Node { kind : "sysfs_bin", class : "", name : "", path : "raw/raw", is_of_device
        : true, mode : ::kmod_core::__private::told_sysfs_bin_mode:: < Rom > (), docs :
        "", }
    }
    struct __kmod_debug;
    unsafe impl ::kmod_core::__private::Field for __kmod_debug {
        type Type = Mutex<[u8; 4]>;
        type Instance = Counter;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Counter,
            Mutex<[u8; 4]>,
        >(|instance| &raw const instance.debug, ::core::mem::offset_of!(Counter, debug));
    }
    impl ::kmod_core::__private::DebugfsBinField for __kmod_debug {
        const PATH: ::kmod_core::__private::NodeName = ::kmod_core::__private::NodeName {
            before: c"ticket/",
            after: ::core::option::Option::Some(c"/rom"),
        };
        const MODE: ::core::option::Option<::core::primitive::u16> = ::core::option::Option::Some(
            0o600,
        );
    }
    const _: ::core::primitive::u16 = (::kmod_core::__private::sysfs_bin_mode::<
        Mutex<[u8; 4]>,
    >)(::core::option::Option::Some(0o600));
    ::kmod_core::__private::told! {
        Node { kind : "debugfs_bin", class : "", name : "", path :
        "/sys/kernel/debug/ticket/{index}/rom", is_of_device : true, mode : 0o600, docs :
        "", }
    }
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Counter>::ANSWER,
            &[
                ::kmod_core::__private::IsShared::<Rom>::ANSWER,
                ::kmod_core::__private::IsShared::<Rom>::ANSWER,
                ::kmod_core::__private::IsShared::<Mutex<[u8; 4]>>::ANSWER,
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
        rom: ::kmod_core::__private::SysfsBin<__kmod_rom>,
        raw: ::kmod_core::__private::SysfsBin<__kmod_raw>,
        debug: ::kmod_core::__private::DebugfsBin<__kmod_debug>,
    }
    unsafe impl ::kmod_core::__private::Device for Counter {
        type Objects = __KmodObjects;
        fn objects() -> Self::Objects {
            __KmodObjects {
                rom: ::kmod_core::__private::SysfsBin::new(),
                raw: ::kmod_core::__private::SysfsBin::new(),
                debug: ::kmod_core::__private::DebugfsBin::new(),
            }
        }
        fn with_objects<R>(
            objects: &Self::Objects,
            with: impl ::core::ops::FnOnce(&[&dyn ::kmod_core::__private::Object]) -> R,
        ) -> R {
            with(&[&objects.rom, &objects.raw, &objects.debug])
        }
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Rom>(),
        "field `rom` of `Counter` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Rom>(),
        "field `raw` of `Counter` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<Mutex<[u8; 4]>>(),
        "field `debug` of `Counter` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Counter>(),
        &[
            ::core::mem::size_of::<Rom>(),
            ::core::mem::size_of::<Rom>(),
            ::core::mem::size_of::<Mutex<[u8; 4]>>(),
        ],
        "`Counter` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
};
impl SysfsBinary for Rom {
    type Module = ();
    type Instance = ();
    const HANDLERS: ::kmod_core::__private::SysfsBinaryHandlers = ::kmod_core::__private::SysfsBinaryHandlers {
        read: true,
        ..::kmod_core::__private::SysfsBinaryHandlers::NONE
    };
    fn read(
        &self,
        _file: &SysfsBinaryCall<'_, Self>,
        to: &mut SysfsBytes<'_>,
        pos: u64,
    ) -> Result {
        to.write_from(b"rom", pos);
        Ok(())
    }
}
