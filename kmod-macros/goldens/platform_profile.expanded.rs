// SPDX-License-Identifier: GPL-2.0-only
/// A machine with profiles.
struct Machine {
    profile: PlatformProfile<Profiles>,
}
const _: () = {
    const _: &[()] = &[
        ::kmod_core::__private::keys::platform_profile::ATTRIBUTE,
        ::kmod_core::__private::keys::platform_profile::choices,
        ::kmod_core::__private::keys::platform_profile::name,
    ];
    const _: () = <PlatformProfile<Profiles> as ::kmod_core::__private::Shared>::CHECKED;
    struct __kmod_profile;
    unsafe impl ::kmod_core::__private::Field for __kmod_profile {
        type Type = PlatformProfile<Profiles>;
        type Instance = Machine;
        const OFFSET: ::core::primitive::usize = ::kmod_core::__private::offset::<
            Machine,
            PlatformProfile<Profiles>,
        >(
            |instance| &raw const instance.profile,
            ::core::mem::offset_of!(Machine, profile),
        );
    }
    impl ::kmod_core::__private::PlatformProfileField for __kmod_profile {
        const NAME: ::kmod_core::__private::NodeName = ::kmod_core::__private::NodeName {
            before: c"machine",
            after: ::core::option::Option::None,
        };
        const CHOICES: ::core::primitive::u32 = ::kmod_core::__private::profiles(
            &["low_power", "balanced_performance"],
        );
    }
    impl ::kmod_core::__private::ClassField for __kmod_profile {}
    const _: () = {
        use ::kmod_core::__private::NotShared as _;
        ::kmod_core::__private::assert_shared(
            ::kmod_core::__private::IsShared::<Machine>::ANSWER,
            &[::kmod_core::__private::IsShared::<PlatformProfile<Profiles>>::ANSWER],
            "`Machine` holds what `#[device]` has not seen, and handlers cannot share it: put the attributes that change the struct above `#[device]`",
        );
    };
    unsafe impl ::kmod_core::__private::Instance for Machine {
        type Place = ::kmod_core::__private::Counted<Machine>;
    }
    impl<M: ::kmod_core::__private::ModuleState> ::kmod_core::__private::Provides<M>
    for Machine {}
    impl ::kmod_core::__private::Belongs<()> for Machine {
        fn instance(&self) -> &() {
            &()
        }
    }
    impl ::kmod_core::__private::Belongs<Machine> for Machine {
        fn instance(&self) -> &Machine {
            self
        }
    }
    impl Machine {
        #[deny(
            dead_code,
            reason = "no driver makes `Machine`: write `type Device = Machine;` in the `impl` of a driver that is a field of the module's struct, or make that a `DefaultDriver<Machine>`"
        )]
        pub(crate) const MADE_BY_A_DRIVER: () = ();
    }
    pub struct __KmodObjects {
        profile: ::kmod_core::__private::ClassObject<__kmod_profile>,
    }
    unsafe impl ::kmod_core::__private::Device for Machine {
        type Objects = __KmodObjects;
        fn objects() -> Self::Objects {
            __KmodObjects {
                profile: ::kmod_core::__private::ClassObject::new(),
            }
        }
        fn with_objects<R>(
            objects: &Self::Objects,
            with: impl ::core::ops::FnOnce(&[&dyn ::kmod_core::__private::Object]) -> R,
        ) -> R {
            with(&[&objects.profile])
        }
    }
    const _: () = (::kmod_core::__private::assert_field_size)(
        ::core::mem::size_of::<PlatformProfile<Profiles>>(),
        "field `profile` of `Machine` is too big for the kernel's stack: put it into a `KBox<..>`",
    );
    const _: () = (::kmod_core::__private::assert_size)(
        ::core::mem::size_of::<Machine>(),
        &[::core::mem::size_of::<PlatformProfile<Profiles>>()],
        "`Machine` is too big for the kernel's stack: put its larger fields into a `KBox<..>`",
    );
};
