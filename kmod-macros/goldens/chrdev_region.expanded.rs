// SPDX-License-Identifier: GPL-2.0-only
struct Region {
    region: ChrdevRegion,
}
///The parameters of [`Region`].
struct RegionParams {}
impl RegionParams {}
const _: () = {
    static __KMOD_PARAMS: RegionParams = RegionParams {};
    const _: &[()] = &[
        ::kmod_core::__private::keys::kernel_module::ATTRIBUTE,
        ::kmod_core::__private::keys::kernel_module::name,
        ::kmod_core::__private::keys::kernel_module::license,
        ::kmod_core::__private::keys::chrdev_region::ATTRIBUTE,
        ::kmod_core::__private::keys::chrdev_region::name,
        ::kmod_core::__private::keys::chrdev_region::minors,
    ];
    const _: () = <ChrdevRegion as ::kmod_core::__private::Shared>::CHECKED;
    struct __kmod_region;
    unsafe impl ::kmod_core::__private::Field for __kmod_region {
        type Type = ChrdevRegion;
        type Instance = Region;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Region,
            ChrdevRegion,
        >(
            |instance| &raw const instance.region,
            ::core::mem::offset_of!(Region, region),
        );
    }
    impl ::kmod_core::__private::ChrdevRegionField for __kmod_region {
        const NAME: &'static ::core::ffi::CStr = c"numbers";
        const MINORS: ::core::primitive::u32 = 4;
    }
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Region>::ANSWER,
            &[::kmod_core::__private::IsShared::<ChrdevRegion>::ANSWER],
            "`Region` holds what `#[kernel_module]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[kernel_module]`",
        );
    };
    impl ::kmod_core::ModuleInfo for Region {
        type Params = RegionParams;
        fn params() -> &'static RegionParams {
            &__KMOD_PARAMS
        }
    }
    unsafe impl ::kmod_core::__private::Module for Region {
        const NAME: &'static ::core::ffi::CStr = c"region";
        const SLOT: *const ::kmod_core::__private::ModuleSlot<Region> = {
            static SLOT: ::kmod_core::__private::ModuleSlot<Region> = ::kmod_core::__private::ModuleSlot::new();
            &raw const SLOT
        };
        fn objects() -> &'static [&'static dyn ::kmod_core::__private::Object] {
            static OBJECT_0: ::kmod_core::__private::ChrdevRegionObject<__kmod_region> = ::kmod_core::__private::ChrdevRegionObject::new();
            static OBJECTS: &[&dyn ::kmod_core::__private::Object] = &[&OBJECT_0];
            OBJECTS
        }
    }
    unsafe impl ::kmod_core::__private::Instance for Region {
        type Place = ::kmod_core::__private::Static<Region>;
    }
    impl ::kmod_core::__private::Provides<()> for Region {}
    impl ::kmod_core::__private::Provides<Region> for Region {}
    impl ::kmod_core::__private::Belongs<()> for Region {
        fn instance(&self) -> &() {
            &()
        }
    }
    impl ::kmod_core::__private::Belongs<Region> for Region {
        fn instance(&self) -> &Region {
            self
        }
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<ChrdevRegion>(),
        "field `region` of `Region` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Region>(),
        &[::core::mem::size_of::<ChrdevRegion>()],
        "`Region` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
    const _: unsafe fn() -> ::core::ffi::c_int = ::kmod_core::__private::init::<Region>;
    #[doc(hidden)]
    #[macro_export]
    macro_rules! a_crate_has_one_kernel_module {
        () => {};
    }
    #[cfg(target_os = "none")]
    const _: () = {
        #[unsafe(no_mangle)]
        extern "C" fn init_module() -> ::core::ffi::c_int {
            unsafe { ::kmod_core::__private::init::<Region>() }
        }
        #[unsafe(no_mangle)]
        extern "C" fn cleanup_module() {
            unsafe { ::kmod_core::__private::exit::<Region>() }
        }
        mod modinfo {
            ::core::arch::global_asm!(
                ".pushsection .modinfo,\"a\"", ".asciz \"license=GPL\"", ".popsection",
                ".pushsection .kmod.module", ".asciz \"region\"", ".popsection",
                options(raw)
            );
        }
    };
    ::kmod_core::__private::told! {
        Declaration { name : "region", description : "", license : "GPL", authors : & [],
        params : & [], }
    }
};
