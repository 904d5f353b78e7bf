// SPDX-License-Identifier: GPL-2.0-only
//! The traits of the buses' drivers: what all of them have is said here once.

/// The trait of the drivers of a bus, and that each type that has it is a [`Driver`](super::Driver) of it:
///
/// ```ignore
/// driver_trait! {
///     /// …
///     trait I2cDriver for I2c, I2cDevice;
///     /// Makes …
///     fn probe;
///     /// What `ids` say of each name …
///     type Id;
/// }
/// ```
///
/// A bus whose drivers have more handlers than these writes `trait HidDriver for Hid, HidDevice with HidHandlers;`,
/// where the type is that of all, and `more { … }` with the functions at the end.
macro_rules! driver_trait {
    (
        $(#[$of_trait:meta])*
        trait $name:ident for $bus:ident, $device:ident $(with $table:ident)?;
        $(#[$of_probe:meta])*
        fn probe;
        $(#[$of_id:meta])*
        type Id;
        $(more { $($more:tt)* })?
    ) => {
        $(#[$of_trait])*
        pub trait $name: Sized + $crate::sync::Shared {
            /// The module whose state the driver uses; `()` (what `#[handlers]` inserts) for none.
            type Module: $crate::instance::ModuleState;

            /// The struct of a device, under [`#[device]`](macro@crate::device).
            type Device: $crate::instance::Device;

            $(#[$of_id])*
            type Id: Sync + 'static;

            /// Which handlers the `impl` has; `#[handlers]` writes this.
            #[doc(hidden)]
            const HANDLERS: $crate::bus::handlers::table!($($table)?);

            $(#[$of_probe])*
            ///
            /// None of its objects is registered yet; they are, in field order, once this returns.
            ///
            /// # Errors
            ///
            /// Any: the driver is not bound then. `ENODEV` and `ENXIO` say that the device is none for this
            /// driver; `EPROBE_DEFER` has it called once more, later. Others the kernel logs.
            fn probe(&self, device: &$device<'_, Self>) -> $crate::error::Result<Self::Device>;

            /// The device is being taken away, or is gone already: nothing else of it runs any more, and
            /// nothing will; its objects are still registered.
            fn remove(&self, device: &Self::Device) {
                let _ = device;
            }

            /// The machine is being shut down or rebooted. The device stays as it is, and its handlers run
            /// on.
            fn shutdown(&self, device: &Self::Device) {
                let _ = device;
            }

            /// The system goes to sleep, or hibernates: its processes stand still, and the device is still on.
            ///
            /// # Errors
            ///
            /// Any: the system does not sleep.
            fn suspend(&self, device: &Self::Device) -> $crate::error::Result {
                let _ = device;
                Ok(())
            }

            /// The system has slept, or could not: the device is on again.
            ///
            /// # Errors
            ///
            /// Any, which the kernel logs.
            fn resume(&self, device: &Self::Device) -> $crate::error::Result {
                let _ = device;
                Ok(())
            }

            /// Nobody uses the device, as [`RuntimePm`](crate::runtime_pm::RuntimePm) counts.
            ///
            /// # Errors
            ///
            /// Any: it stays on. `EAGAIN` and `EBUSY` have it called again when it was used once more; after others
            /// runtime power management is at its end for this device.
            fn runtime_suspend(&self, device: &Self::Device) -> $crate::error::Result {
                let _ = device;
                Ok(())
            }

            /// Somebody wants to use the device.
            ///
            /// # Errors
            ///
            /// Any, which is told who wants to.
            fn runtime_resume(&self, device: &Self::Device) -> $crate::error::Result {
                let _ = device;
                Ok(())
            }

            $($($more)*)?
        }

        #[diagnostic::do_not_recommend]
        impl<D: $crate::instance::Device> $name for $crate::bus::DefaultDriver<D> {
            type Module = ();
            type Device = D;
            type Id = ();
            const HANDLERS: $crate::bus::handlers::table!($($table)?) =
                <$crate::bus::handlers::table!($($table)?)>::NONE;

            fn probe(&self, _device: &$device<'_, Self>) -> $crate::error::Result<D> {
                Ok(self.make())
            }
        }

        impl<D: $name> $crate::bus::Driver<$bus> for D {
            type Module = <D as $name>::Module;
            type Device = <D as $name>::Device;
            type Id = <D as $name>::Id;
            const HANDLERS: $crate::bus::DriverHandlers = <D as $name>::HANDLERS.of_all();

            fn probe(&self, device: &$device<'_, Self>) -> $crate::error::Result<Self::Device> {
                $name::probe(self, device)
            }

            fn remove(&self, device: &Self::Device) {
                $name::remove(self, device);
            }

            fn shutdown(&self, device: &Self::Device) {
                $name::shutdown(self, device);
            }

            fn suspend(&self, device: &Self::Device) -> $crate::error::Result {
                $name::suspend(self, device)
            }

            fn resume(&self, device: &Self::Device) -> $crate::error::Result {
                $name::resume(self, device)
            }

            fn runtime_suspend(&self, device: &Self::Device) -> $crate::error::Result {
                $name::runtime_suspend(self, device)
            }

            fn runtime_resume(&self, device: &Self::Device) -> $crate::error::Result {
                $name::runtime_resume(self, device)
            }
        }
    };
}

/// The type that says which handlers a driver has.
macro_rules! table {
    () => {
        $crate::bus::DriverHandlers
    };
    ($table:ident) => {
        $table
    };
}

pub(crate) use {driver_trait, table};
