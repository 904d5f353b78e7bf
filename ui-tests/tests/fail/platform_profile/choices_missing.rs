// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
#[derive(Default)]
struct Machine {
    #[platform_profile]
    profile: PlatformProfile<Profiles>,
}

#[derive(Default)]
struct Profiles;

#[handlers]
impl PlatformProfileOps for Profiles {
    fn profile_get(&self, _call: &PlatformProfileCall<'_, Self>) -> Result<Profile> {
        Ok(Profile::Quiet)
    }

    fn profile_set(&self, _call: &PlatformProfileCall<'_, Self>, _profile: Profile) -> Result {
        Ok(())
    }
}

fn main() {}
