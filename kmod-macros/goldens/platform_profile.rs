// SPDX-License-Identifier: GPL-2.0-only
/// A machine with profiles.
#[device]
struct Machine {
    #[platform_profile(choices(low_power, balanced_performance), name = "machine")]
    profile: PlatformProfile<Profiles>,
}
