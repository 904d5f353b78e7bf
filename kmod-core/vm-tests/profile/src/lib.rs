// SPDX-License-Identifier: GPL-2.0-only
//! A machine with profiles, and what its handler is told.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::class::platform_profile::Profile;
use kmod_core::prelude::*;

/// Has profiles
#[kernel_module(name = "vm_profile", license = "GPL")]
#[derive(Default)]
struct Module {
    #[platform_driver(name = "vm_profile", devices = 1)]
    driver: Driver,
}

#[derive(Default)]
struct Driver;

#[handlers]
impl PlatformDriver for Driver {
    type Device = Machine;

    fn probe(&self, _device: &PlatformDevice<'_, Self>) -> Result<Machine> {
        Ok(Machine::default())
    }
}

#[device]
#[derive(Default)]
struct Machine {
    now: AtomicU32,
    /// What the handlers answer: an errno, or 0.
    #[sysfs(mode = 0o644)]
    fails: AtomicI32,
    /// A write of a number sets the profile as a key would; -1 has the next setting sleep.
    #[sysfs(mode = 0o200)]
    press: Press,
    #[platform_profile(name = "vm_profile", choices(low_power, balanced, performance))]
    profile: PlatformProfile<Profiles>,
    /// No attribute knows it.
    inert: PlatformProfile<Profiles>,
    sleeps: AtomicBool,
    never: Completion,
}

const ALL: [Profile; 4] = [
    Profile::LowPower,
    Profile::Balanced,
    Profile::Performance,
    // None of the choices.
    Profile::Cool,
];

#[derive(Default)]
struct Profiles;

#[handlers]
impl PlatformProfileOps for Profiles {
    type Instance = Machine;

    fn profile_get(&self, call: &PlatformProfileCall<'_, Self>) -> Result<Profile> {
        let machine = call.instance();
        fails(machine)?;
        let now = machine.now.load(Ordering::Relaxed) as usize;
        ALL.get(now).copied().ok_or(EIO)
    }

    fn profile_set(&self, call: &PlatformProfileCall<'_, Self>, profile: Profile) -> Result {
        let machine = call.instance();
        fails(machine)?;
        let to = ALL.iter().position(|one| *one == profile).ok_or(EBADE)?;
        machine.now.store(to as u32, Ordering::Relaxed);
        // In C it would wait for itself.
        machine.profile.notify();
        if machine.sleeps.load(Ordering::Relaxed) {
            let end = machine.never.wait_uninterruptible();
            if end != Err(ENODEV) {
                pr_err!("a handler's sleep ended with {:?}", end);
            }
        }
        Ok(())
    }
}

fn fails(machine: &Machine) -> Result {
    match machine.fails.load(Ordering::Relaxed) {
        0 => Ok(()),
        5 => Err(EIO),
        _ => Err(ENODATA),
    }
}

#[derive(Default)]
struct Press;

#[handlers]
impl SysfsFile for Press {
    type Instance = Machine;

    fn store(&self, file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
        let machine = file.instance();
        let number: i32 = kmod_core::str::parse(text)?;
        match u32::try_from(number) {
            Ok(number) => machine.now.store(number, Ordering::Relaxed),
            Err(_) => machine.sleeps.store(true, Ordering::Relaxed),
        }
        machine.inert.notify();
        machine.profile.notify();
        Ok(())
    }
}
